"""A process of its own that works at a journal, until it has done its task or is killed.

It is given the journal's address, the task and what the task wants:

- hold REFERENCE PAYPOINT: begin and send, say so, wait to be killed
- intend REFERENCE PAYPOINT: the same without sending
- payments NAME: one payment after another on paypoint P1, telling each method that has returned
- stop NAME COUNT: the same, but stand still when so many methods have returned
- fight NAME WITNESS COUNT: fight for P1 until COUNT payments were made; while it has the paypoint,
  the file WITNESS exists
"""

import itertools
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ips_till.errors import ReferenceUsedError, UnresolvedPaymentError
from ips_till.journal import Journal, Lease
from ips_till.journals import SqliteJournal
from ips_till.journals.postgres import PostgresJournal
from journal_place import APPROVED, LEASE_VARIABLE, LONG, intent


def open_at(address: str) -> Journal:
    """Open the journal as the tests do."""
    if address.startswith("postgresql:"):
        seconds = float(os.environ.get(LEASE_VARIABLE, LONG))
        return PostgresJournal(address, lease_seconds=seconds, heart_beat_seconds=seconds / 4)
    return SqliteJournal(address)


def hold(journal: Journal, reference: str, paypoint_id: str) -> None:
    """Begin and send, then wait to be killed."""
    lease = journal.begin(intent(reference, paypoint_id))
    journal.sending(lease, correlation_id="c")
    keep(journal, lease)


def intend(journal: Journal, reference: str, paypoint_id: str) -> None:
    """Begin, then wait to be killed."""
    keep(journal, journal.begin(intent(reference, paypoint_id)))


def keep(journal: Journal, lease: Lease) -> None:
    """Live."""
    say("held")
    while True:
        time.sleep(0.1)
        journal.renew(lease)


def payments(journal: Journal, name: str) -> None:
    """Make one payment after another."""
    for line in writes(journal, name):
        say(line)


def stop(journal: Journal, name: str, count: str) -> None:
    """Make payments until so many methods have returned; then wait to be killed."""
    for line in itertools.islice(writes(journal, name), int(count)):
        say(line)
    time.sleep(60)


def writes(journal: Journal, name: str) -> Iterator[str]:
    """Make one payment after another; tell each method that has returned."""
    for number in itertools.count(1):
        reference = f"{name}-{number}"
        lease = journal.begin(intent(reference))
        yield f"begun {reference}"
        journal.sending(lease, correlation_id=f"c-{reference}")
        yield f"sent {reference}"
        journal.note(lease, "hello", {"n": number})
        yield f"noted {reference}"
        journal.keep_receipt(lease, "customer", f"receipt {reference}")
        yield f"receipt {reference}"
        journal.resolve(lease, {**APPROVED, "n": number})
        yield f"resolved {reference}"


def fight(journal: Journal, name: str, witness: str, count: str) -> None:
    """Fight for the paypoint; whoever has it makes a file that only one can make."""
    made, lost = 0, 0
    while made < int(count):
        reference = f"{name}-{made}"
        try:
            lease = journal.begin(intent(reference))
        except UnresolvedPaymentError:
            lost += 1
            time.sleep(0.001)
            continue
        except ReferenceUsedError:  # pragma: no cover - would be a fault
            say("used")
            raise
        os.close(os.open(witness, os.O_CREAT | os.O_EXCL))  # raises where somebody else has it
        journal.sending(lease, correlation_id=reference)
        Path(witness).unlink()
        journal.resolve(lease, APPROVED)
        made += 1
    say(f"made {made} lost {lost}")


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    tasks = {
        "hold": hold,
        "intend": intend,
        "payments": payments,
        "stop": stop,
        "fight": fight,
    }
    tasks[sys.argv[2]](open_at(sys.argv[1]), *sys.argv[3:])
