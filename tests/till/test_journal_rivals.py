"""Threads and processes that fight for one paypoint: one of them has it at any time."""

import os
import threading
import time
from pathlib import Path

import pytest

from ips_till.errors import TillError, UnresolvedPaymentError
from ips_till.journal import Journal
from journal_place import APPROVED, PostgresPlace, SqlitePlace, intent, sent

Place = SqlitePlace | PostgresPlace
THREADS, EACH = 16, 4


def payments(journal: Journal, name: str, witness: Path) -> None:
    """Make some; while one has the paypoint, a file exists that only one can make."""
    for number in range(EACH):
        while True:
            try:
                lease = journal.begin(intent(f"{name}-{number}"))
                break
            except UnresolvedPaymentError:
                time.sleep(0.002)
        os.close(os.open(witness, os.O_CREAT | os.O_EXCL))  # raises where somebody else has it
        journal.sending(lease, correlation_id=name)
        witness.unlink()
        journal.resolve(lease, APPROVED)


@pytest.mark.criterion("AC8")
@pytest.mark.parametrize("shared", [True, False], ids=["one journal", "a journal each"])
def test_threads_take_turns(place: Place, tmp_path: Path, shared: bool) -> None:
    """Sixteen threads; every payment is made once, and all of them are."""
    common = place.open()
    troubles: list[BaseException] = []

    def run(name: str) -> None:
        try:
            payments(common if shared else place.open(), name, tmp_path / "witness")
        except (TillError, OSError) as exc:
            troubles.append(exc)

    threads = [threading.Thread(target=run, args=(f"T{n}",)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert troubles == []
    entries = common.latest(1000)
    assert len({entry.reference for entry in entries}) == THREADS * EACH
    assert all(entry.outcome == APPROVED for entry in entries)


@pytest.mark.criterion("AC8")
def test_processes_take_turns(place: Place, tmp_path: Path) -> None:
    """Three of them, with an independent witness."""
    journal, count = place.open(), 12
    witness = str(tmp_path / "witness")
    with (
        place.worker("fight", "F1", witness, str(count)) as one,
        place.worker("fight", "F2", witness, str(count)) as two,
        place.worker("fight", "F3", witness, str(count)) as three,
    ):
        for process in one, two, three:
            assert process.stdout is not None
            assert process.stdout.read().startswith(f"made {count} lost")
            assert process.wait(10) == 0
    assert len(journal.latest(1000)) == 3 * count


@pytest.mark.criterion("AC8")
def test_one_of_many_takes_over(place: Place) -> None:
    """What is given back is taken by one; the others hear that it is being worked at."""
    journal = place.open()
    journal.give_back(sent(journal))
    taken: list[object] = []
    start = threading.Barrier(8)

    def run() -> None:
        other = place.open()
        start.wait(30)
        try:
            taken.append(other.take_over("P1"))
        except UnresolvedPaymentError as exc:
            taken.append(exc.in_flight)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert taken.count(True) == 7
    assert len(taken) == 8


def test_many_paypoints_are_independent(place: Place) -> None:
    """A lease closes its own paypoint and no other."""
    journal = place.open()
    leases = [sent(journal, f"A{number}", f"P{number}") for number in range(20)]
    for lease in leases:
        journal.resolve(lease, APPROVED)
    assert len({lease.token for lease in leases}) == 20
