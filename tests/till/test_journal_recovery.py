"""What a till says of an entry that a dead one left, by how surely that one is dead."""

import time

import pytest

from ips_simulator import Simulator
from ips_till.errors import UnresolvedPaymentError
from ips_till.journal import Phase
from ips_till.outcome import NotTaken, Outcome, Unknown
from ips_till.settings import TillSettings
from ips_till.till import Till
from journal_place import SHORT, PostgresPlace, SqlitePlace, intent

Place = SqlitePlace | PostgresPlace


def recovered(place: Place, task: str) -> Outcome | None:
    """Kill a till that has begun and sent nothing; recover as soon as it counts as dead."""
    place.short_leases()
    with Simulator() as simulator:
        paypoint = simulator.server().paypoint_id
        with place.worker(task, "A1", paypoint) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
        till = Till(
            simulator.server(),
            license_key=simulator.license_key,
            journal=place.open(),
            settings=TillSettings(recovery_pause=0.05),
            on_action="decline",
        )
        with till:
            until = time.monotonic() + 10 * SHORT
            while True:
                try:
                    return till.recover()
                except UnresolvedPaymentError:
                    assert time.monotonic() < until
                    time.sleep(0.1)


@pytest.mark.criterion("AC5")
def test_what_was_not_sent_was_not_taken(place: Place) -> None:
    """The journal is written first; so what it says was not sent was not, wherever its till is."""
    outcome = recovered(place, "intend")
    assert isinstance(outcome, NotTaken)
    assert place.open().unresolved() == ()


@pytest.mark.criterion("AC5", "AC11")
def test_no_such_payment_is_conclusive_when_its_till_is_dead(sqlite_place: SqlitePlace) -> None:
    """The system says that the process has ended: it sends nothing any more."""
    outcome = recovered(sqlite_place, "hold")
    assert isinstance(outcome, NotTaken)
    assert sqlite_place.open().unresolved() == ()


@pytest.mark.criterion("AC5", "AC11")
def test_no_such_payment_proves_nothing_when_its_till_may_stand_still(
    postgres_place: PostgresPlace,
) -> None:
    """An old heart-beat is all that is known: it may be about to send. That is for a person."""
    outcome = recovered(postgres_place, "hold")
    assert isinstance(outcome, Unknown)
    assert outcome.needs_person
    assert "stood still" in outcome.why
    journal = postgres_place.open()
    (entry,) = journal.unresolved()
    assert (entry.phase, entry.needs_person, entry.seemed_dead) == (Phase.SENDING, True, True)
    with pytest.raises(UnresolvedPaymentError):
        journal.begin(intent("A2", entry.intent.paypoint_id))
