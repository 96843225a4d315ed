"""A process of its own that works at a journal, until it has done its task or is killed.

journal_worker.py ADDRESS hold REFERENCE       begin and send, say so, wait to be killed
journal_worker.py ADDRESS payments NAME        one payment after another on paypoint P1, each
                                               line on stdout after the method has returned
journal_worker.py ADDRESS fight NAME WITNESS COUNT
                                               fight for P1 until COUNT payments were made;
                                               what stands in WITNESS is theirs alone meanwhile
"""

import itertools
import os
import sys
import time
from pathlib import Path

from ips_till.errors import ReferenceUsedError, UnresolvedPaymentError
from ips_till.journal import Journal
from ips_till.journals import SqliteJournal
from ips_till.journals.postgres import PostgresJournal
from journal_place import APPROVED, LEASE_SECONDS, intent


def open_at(address: str) -> Journal:
    """Open the journal as the tests do."""
    if address.startswith("postgresql:"):
        return PostgresJournal(
            address, lease_seconds=LEASE_SECONDS, heart_beat_seconds=LEASE_SECONDS / 4
        )
    return SqliteJournal(address)


def hold(journal: Journal, reference: str) -> None:
    """Begin and send, then wait to be killed."""
    lease = journal.begin(intent(reference))
    journal.sending(lease, correlation_id="c")
    say("held")
    while True:
        time.sleep(0.1)
        journal.renew(lease)


def payments(journal: Journal, name: str) -> None:
    """Make one payment after another."""
    for number in itertools.count(1):
        reference = f"{name}-{number}"
        lease = journal.begin(intent(reference))
        say(f"begun {reference}")
        journal.sending(lease, correlation_id=f"c-{reference}")
        say(f"sent {reference}")
        journal.note(lease, "hello", {"n": number})
        say(f"noted {reference}")
        journal.keep_receipt(lease, "customer", f"receipt {reference}")
        say(f"receipt {reference}")
        journal.resolve(lease, {**APPROVED, "n": number})
        say(f"resolved {reference}")


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
    tasks = {"hold": hold, "payments": payments, "fight": fight}
    tasks[sys.argv[2]](open_at(sys.argv[1]), *sys.argv[3:])
