"""Processes that are killed at any moment leave a journal that is whole, and can be taken over."""

import random
import signal
import time

import pytest

from ips_till.errors import UnresolvedPaymentError
from ips_till.journal import Entry, Journal, Phase
from journal_place import (
    APPROVED,
    NOT_TAKEN,
    SHORT,
    PostgresPlace,
    SqlitePlace,
    intent,
    take_over_soon,
)

Place = SqlitePlace | PostgresPlace
SEED = 20261123
FURTHER = [Phase.INTENDED, Phase.SENDING, Phase.RESOLVED]


def told(place: Place, name: str, lines: int, delay: float) -> list[str]:
    """Have a process make payments; kill it when it has told so much, and a moment later."""
    with place.worker("payments", name) as process:
        assert process.stdout is not None
        heard = [process.stdout.readline() for _ in range(lines)]
        time.sleep(delay)
        process.kill()
        heard += process.stdout.readlines()
    return [line.strip() for line in heard if line.endswith("\n")]


def check(journal: Journal, line: str) -> None:
    """Whatever had returned is in the journal."""
    what, reference = line.split()
    entry = journal.find(reference)
    assert entry is not None, line
    least = {"begun": Phase.INTENDED, "resolved": Phase.RESOLVED}.get(what, Phase.SENDING)
    assert FURTHER.index(entry.phase) >= FURTHER.index(least), line
    if what in ("noted", "receipt", "resolved"):
        assert [note.kind for note in entry.notes][:1] == ["hello"], line
    if what in ("receipt", "resolved"):
        assert [receipt.text for receipt in entry.receipts] == [f"receipt {reference}"], line
    check_legal(entry)


def check_legal(entry: Entry) -> None:
    """What it says of itself agrees."""
    assert (entry.sending_at is None) == (entry.correlation_id is None)
    assert (entry.phase is Phase.RESOLVED) == (entry.outcome is not None)
    assert entry.sending_at is not None or entry.phase is Phase.INTENDED


def take_up(journal: Journal, lines: list[str]) -> list[Phase]:
    """Check what a dead process told, and resolve what it left; return how far that had come."""
    for line in lines:
        check(journal, line)
    left = journal.unresolved()
    assert len(left) <= 1
    for entry in left:
        check_legal(entry)
        with pytest.raises(UnresolvedPaymentError):
            journal.begin(intent("A1"))
        lease = take_over_soon(journal)
        assert lease is not None
        assert lease.reference == entry.reference
        journal.resolve(lease, NOT_TAKEN if entry.phase is Phase.INTENDED else APPROVED)
    assert journal.unresolved() == ()
    return [entry.phase for entry in left]


@pytest.mark.criterion("AC4", "AC5")
def test_killed_at_any_moment_nothing_is_lost_that_had_returned(place: Place) -> None:
    """And what was under way is found in a legal phase, by whoever takes it over."""
    place.short_leases()
    journal = place.open()
    chance = random.Random(SEED)  # noqa: S311 - a fixed seed
    for kill in range(20 if isinstance(place, SqlitePlace) else 3):
        take_up(journal, told(place, f"K{kill}", chance.randrange(1, 12), chance.random() / 100))


@pytest.mark.criterion("AC4", "AC5")
def test_killed_between_two_writes_it_is_found_where_it_was(place: Place) -> None:
    """Sent is what was written as sent, and nothing else."""
    place.short_leases()
    journal = place.open()
    found: list[list[Phase]] = []
    for writes in range(1, 6):
        with place.worker("stop", f"S{writes}", str(writes)) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline().strip() for _ in range(writes)]
            process.kill()
        found.append(take_up(journal, lines))
    assert found == [[Phase.INTENDED], [Phase.SENDING], [Phase.SENDING], [Phase.SENDING], []]


@pytest.mark.criterion("AC5")
def test_a_killed_till_is_recoverable_at_once(sqlite_place: SqlitePlace) -> None:
    """Its lock died with it; while it lives, also while it stands still, it is not taken over."""
    journal = sqlite_place.open()
    with sqlite_place.worker("hold", "A1", "P1") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        for signal_ in (signal.SIGSTOP, signal.SIGCONT):
            process.send_signal(signal_)
            with pytest.raises(UnresolvedPaymentError) as refused:
                journal.take_over("P1")
            assert refused.value.in_flight
        process.kill()
        process.wait()
        began = time.monotonic()
        assert journal.take_over("P1") is not None
        assert time.monotonic() - began < 1
    entry = journal.find("A1")
    assert entry is not None
    assert entry.notes[0].facts["proof"] == "process-ended"
    leases = sqlite_place.path.with_name("till.sqlite3-leases")
    assert len(list(leases.iterdir())) == 1  # the dead one's is removed


@pytest.mark.criterion("AC8")
def test_a_dead_worker_is_taken_over_when_its_heart_beat_is_old(
    postgres_place: PostgresPlace,
) -> None:
    """Not before: for as long as a lease lives, nobody can know."""
    postgres_place.short_leases()
    journal = postgres_place.open()
    with postgres_place.worker("hold", "A1", "P1") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        time.sleep(1.5 * SHORT)  # it lives longer than one lease: it renews
        with pytest.raises(UnresolvedPaymentError):
            journal.take_over("P1")
        process.kill()
        process.wait()
        with pytest.raises(UnresolvedPaymentError):
            journal.take_over("P1")
        began = time.monotonic()
        assert take_over_soon(journal) is not None
        assert time.monotonic() - began > SHORT / 2
    entry = journal.find("A1")
    assert entry is not None
    assert entry.notes[0].facts["proof"] == "heart-beat-old"


@pytest.mark.criterion("AC8")
def test_a_worker_that_stood_still_finds_its_lease_lost(postgres_place: PostgresPlace) -> None:
    """Another one took over meanwhile: the first one's next write is refused."""
    postgres_place.short_leases()
    journal = postgres_place.open()
    with postgres_place.worker("hold", "A1", "P1") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        process.send_signal(signal.SIGSTOP)
        lease = take_over_soon(journal)
        assert lease is not None
        process.send_signal(signal.SIGCONT)
        assert process.wait(10) == 1  # LeaseLostError out of `renew`
    journal.resolve(lease, APPROVED)
