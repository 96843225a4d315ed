"""What every journal promises, whatever it is made of."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from ips_till.errors import (
    JournalError,
    LeaseLostError,
    ReferenceUsedError,
    UnresolvedPaymentError,
)
from ips_till.journal import Phase
from ips_till.operations import MoneyOperation
from journal_place import (
    APPROVED,
    NOT_TAKEN,
    PostgresPlace,
    SqlitePlace,
    intent,
    sent,
    take_over_soon,
)

Place = SqlitePlace | PostgresPlace
LATER = timedelta(days=1)


def test_what_returned_is_read_by_whoever_opens_it_next(place: Place) -> None:
    """An entry has all that was written, in the order in which it was."""
    journal = place.open()
    facts = {"batch": 17, "names": ["a", None, True], "big": 10**30}
    lease = journal.begin(intent(about="B7", operation=MoneyOperation.SETTLE, facts=facts))
    journal.sending(lease, correlation_id="c1")
    journal.note(lease, "one", {"n": 1})
    journal.note(lease, "two", {})
    receipt = journal.keep_receipt(lease, "customer", "Thank you\n£10.99")
    journal.keep_receipt(lease, "merchant", "£10.99")
    entry = place.open().find("A1")
    assert entry is not None
    assert entry.intent == intent(about="B7", operation=MoneyOperation.SETTLE, facts=facts)
    assert (entry.phase, entry.correlation_id) == (Phase.SENDING, "c1")
    assert [(note.kind, note.facts) for note in entry.notes] == [("one", {"n": 1}), ("two", {})]
    assert entry.receipts[0] == receipt
    assert [(r.type, r.number) for r in entry.receipts] == [("customer", 1), ("merchant", 2)]
    assert entry.began_at <= (entry.sending_at or entry.began_at) <= datetime.now(UTC)
    journal.resolve(lease, APPROVED)
    resolved = place.open().find("A1")
    assert resolved is not None
    assert (resolved.phase, resolved.outcome) == (Phase.RESOLVED, APPROVED)
    assert not resolved.unresolved


@pytest.mark.criterion("AC8", "AC9")
def test_a_paypoint_is_leased_from_begin_to_resolve(place: Place) -> None:
    """Until it is resolved a second start is refused, from this journal and from any other."""
    one, other = place.open(), place.open()
    lease = one.begin(intent())
    for phase in Phase.INTENDED, Phase.SENDING:
        for journal in one, other:
            with pytest.raises(UnresolvedPaymentError) as refused:
                journal.begin(intent("A2"))
            assert (refused.value.reference, refused.value.in_flight) == ("A1", True), phase
        if phase is Phase.INTENDED:
            one.sending(lease, correlation_id="c")
    assert other.begin(intent("B1", "P2")).paypoint_id == "P2"
    one.resolve(lease, APPROVED)
    assert other.begin(intent("A2")).token > lease.token


@pytest.mark.criterion("AC9")
def test_given_back_the_paypoint_stays_closed(place: Place) -> None:
    """Nobody works at it, and still the unresolved one comes first; `in_flight` tells that."""
    journal, other = place.open(), place.open()
    lease = sent(journal)
    journal.give_back(lease)
    with pytest.raises(UnresolvedPaymentError) as refused:
        other.begin(intent("A2"))
    assert not refused.value.in_flight
    with pytest.raises(LeaseLostError):
        other.resolve(attrs.evolve(lease, token=lease.token + 1), APPROVED)
    again = other.take_over("P1")
    assert again is not None
    other.resolve(again, APPROVED)
    entry = other.find("A1")
    assert entry is not None
    assert [(note.kind, note.facts["proof"]) for note in entry.notes] == [
        ("taken-over", "given-back")
    ]


def test_a_living_till_is_not_taken_over(place: Place) -> None:
    """Not by its own process either."""
    journal, other = place.open(), place.open()
    lease = sent(journal)
    for who in journal, other:
        with pytest.raises(UnresolvedPaymentError) as refused:
            who.take_over("P1")
        assert refused.value.in_flight
        with pytest.raises(UnresolvedPaymentError):
            who.decide("A1", NOT_TAKEN, reason="impatience")
    journal.resolve(lease, APPROVED)
    assert other.take_over("P1") is None


def test_whoever_lost_the_lease_can_write_nothing(place: Place) -> None:
    """Every write checks the token."""
    journal, other = place.open(), place.open()
    old = sent(journal)
    journal.give_back(old)
    new = other.take_over("P1")
    assert new is not None
    assert new.token > old.token
    before = other.find("A1")
    for write in (
        lambda: journal.renew(old),
        lambda: journal.sending(old, correlation_id="d"),
        lambda: journal.note(old, "late", {}),
        lambda: journal.keep_receipt(old, "customer", "late"),
        lambda: journal.resolve(old, NOT_TAKEN),
        lambda: journal.give_back(old),
    ):
        with pytest.raises(LeaseLostError):
            write()
    assert other.find("A1") == before
    other.renew(new)


@pytest.mark.criterion("AC1", "AC12")
def test_an_entry_is_sent_once(place: Place) -> None:
    """A second `sending` is refused, with the same correlation id or another one."""
    journal = place.open()
    lease = sent(journal)
    for correlation_id in "c-A1", "c2":
        with pytest.raises(JournalError, match="never sent twice"):
            journal.sending(lease, correlation_id=correlation_id)
    journal.give_back(lease)
    again = journal.take_over("P1")
    assert again is not None
    with pytest.raises(JournalError, match="never sent twice"):
        journal.sending(again, correlation_id="c3")


@pytest.mark.criterion("AC12")
def test_a_reference_that_was_sent_is_refused_for_ever(place: Place) -> None:
    """On every paypoint, also after the entry was purged."""
    journal = place.open()
    journal.resolve(sent(journal), APPROVED)
    for paypoint in "P1", "P2":
        with pytest.raises(ReferenceUsedError):
            journal.begin(intent("A1", paypoint))
    assert journal.purge(before=datetime.now(UTC) + LATER) == 1
    assert journal.find("A1") is None
    with pytest.raises(ReferenceUsedError):
        place.open().begin(intent("A1"))


def test_a_reference_that_was_never_sent_may_be_used_again(place: Place) -> None:
    """Nothing left under it; but two unresolved entries never share one."""
    journal = place.open()
    first = journal.begin(intent())
    with pytest.raises(ReferenceUsedError):
        journal.begin(intent("A1", "P2"))
    journal.resolve(first, NOT_TAKEN)
    lease = sent(journal)
    assert lease.token > first.token
    found = journal.find("A1")
    assert found is not None
    assert found.id == lease.entry_id


@pytest.mark.criterion("AC10", "AC11")
def test_an_override_needs_a_reason_and_records_it(place: Place) -> None:
    """It stands with both entries; the broken one can be recovered by its reference only."""
    journal = place.open()
    old = sent(journal)
    for empty in "", " \n":
        with pytest.raises(ValueError, match="reason"):
            journal.begin(intent("A2"), override=empty)
    new = journal.begin(intent("A2"), override="the terminal burnt down")
    with pytest.raises(LeaseLostError):
        journal.note(old, "late", {})
    broken, override = journal.find("A1"), journal.find("A2")
    assert broken is not None
    assert override is not None
    assert broken.broken == override.override == "the terminal burnt down"
    assert broken.phase is Phase.SENDING
    assert [(note.kind, note.facts["about"]) for note in broken.notes] == [("broken", "A2")]
    assert [entry.reference for entry in journal.unresolved("P1")] == ["A1", "A2"]
    journal.resolve(new, APPROVED)
    assert journal.take_over("P1") is None
    third = journal.begin(intent("A3"))  # what is broken does not close the paypoint
    again = journal.take_over("P1", "A1")
    assert again is not None
    journal.resolve(again, NOT_TAKEN)
    journal.resolve(third, APPROVED)
    assert journal.unresolved() == ()


def test_what_needs_a_person_waits_for_one(place: Place) -> None:
    """It is taken over only by name, closes the paypoint, and a decision says why it ends."""
    journal = place.open()
    journal.give_back(sent(journal), needs_person=True)
    assert journal.take_over("P1") is None
    again = journal.take_over("P1", "A1")
    assert again is not None
    journal.give_back(again, needs_person=True)
    with pytest.raises(UnresolvedPaymentError):
        journal.begin(intent("A2"))
    assert [entry.needs_person for entry in journal.unresolved()] == [True]
    with pytest.raises(ValueError, match="reason"):
        journal.decide("A1", NOT_TAKEN, reason=" ")
    with pytest.raises(JournalError, match="no unresolved entry"):
        journal.decide("A9", NOT_TAKEN, reason="none")
    journal.decide("A1", NOT_TAKEN, reason="not on the batch report")
    entry = journal.find("A1")
    assert entry is not None
    assert (entry.outcome, entry.needs_person) == (NOT_TAKEN, False)
    assert entry.notes[-1].kind == "decided"
    assert entry.notes[-1].facts["reason"] == "not on the batch report"
    assert "@" in entry.notes[-1].facts["by"]
    journal.begin(intent("A2"))


def test_resolving_again_changes_nothing(place: Place) -> None:
    """The same outcome is fine: its first answer may have been lost. Another one is refused."""
    journal = place.open()
    lease = sent(journal)
    journal.resolve(lease, APPROVED)
    journal.resolve(lease, APPROVED)
    with pytest.raises(LeaseLostError, match="another outcome"):
        journal.resolve(lease, NOT_TAKEN)
    with pytest.raises(LeaseLostError, match="has ended"):
        journal.note(lease, "late", {})
    entry = journal.find("A1")
    assert entry is not None
    assert entry.outcome == APPROVED


@pytest.mark.criterion("AC31")
def test_a_receipt_is_kept_once_and_its_printings_counted(place: Place) -> None:
    """The same type and text is one receipt; each printing tells how many there were before."""
    journal = place.open()
    lease = sent(journal)
    first = journal.keep_receipt(lease, "customer", "Thank you")
    assert journal.keep_receipt(lease, "customer", "Thank you") == first
    assert journal.keep_receipt(lease, "merchant", "Thank you").number == 2
    journal.resolve(lease, APPROVED)
    assert journal.add_receipt("A1", "merchant", "Thank you").number == 2
    assert journal.add_receipt("A1", "customer", "And again").number == 3
    assert [place.open().mark_printed("A1", 1) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(JournalError, match="no receipt number 9"):
        journal.mark_printed("A1", 9)
    with pytest.raises(JournalError, match="no entry"):
        journal.mark_printed("A9", 1)
    journal.add_facts("A1", "fetched", {"receipts": 1})
    entry = journal.find("A1")
    assert entry is not None
    assert [receipt.printed for receipt in entry.receipts] == [3, 0, 0]
    assert entry.notes[-1].kind == "fetched"


def test_purge_forgets_what_ended_before_and_nothing_else(place: Place) -> None:
    """What is not resolved stays however old it is; so does what ended later."""
    journal = place.open()
    lease = sent(journal, "A1")
    journal.note(lease, "n", {})
    journal.keep_receipt(lease, "customer", "Thank you")
    journal.resolve(lease, APPROVED)
    limit = datetime.now(UTC)
    journal.resolve(sent(journal, "A2"), APPROVED)
    journal.give_back(sent(journal, "A3"))
    assert journal.purge(before=limit) == 1
    assert [entry.reference for entry in journal.latest()] == ["A3", "A2"]
    assert place.rows("SELECT entry FROM ips_till_notes") == []
    assert place.rows("SELECT entry FROM ips_till_receipts") == []
    assert journal.purge(before=limit) == 0
    with pytest.raises(ValueError, match="time zone"):
        journal.purge(before=datetime(2026, 11, 23))  # noqa: DTZ001 - what is refused


def test_latest_and_unresolved_are_in_order(place: Place) -> None:
    """The latest first, the oldest unresolved first; of one paypoint or of all."""
    journal = place.open()
    for number in range(5):
        journal.resolve(sent(journal, f"A{number}"), APPROVED)
    sent(journal, "B1", "P2")
    sent(journal, "A9")
    names = [entry.reference for entry in journal.latest(3)]
    assert names == ["A9", "B1", "A4"]
    assert [e.reference for e in journal.latest(2, paypoint_id="P1")] == ["A9", "A4"]
    assert [e.reference for e in journal.unresolved()] == ["B1", "A9"]
    assert [e.reference for e in journal.unresolved("P1")] == ["A9"]
    assert journal.find("nowhere") is None


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"reference": ""}, ValueError),
        ({"reference": "A" * 31}, ValueError),
        ({"reference": "A 1"}, ValueError),
        ({"about": "no/such"}, ValueError),
        ({"paypoint_id": ""}, ValueError),
        ({"amount": 10.99}, TypeError),
        ({"amount": True}, TypeError),
    ],
)
def test_what_is_no_intent_is_refused(
    sqlite_place: SqlitePlace, changes: dict[str, object], kind: type[Exception]
) -> None:
    """References are the service's, amounts are ints in minor units; nothing is written."""
    journal = sqlite_place.open()
    with pytest.raises(kind):
        journal.begin(attrs.evolve(intent(), **changes))
    assert journal.latest() == ()


def test_closed_it_says_so_and_its_leases_stay(place: Place) -> None:
    """As after a crash: another till takes over, at once or when the heart-beat is old."""
    place.short_leases()
    journal = place.open()
    sent(journal)
    journal.close()
    journal.close()
    with pytest.raises(JournalError, match="closed"):
        journal.latest()
    assert take_over_soon(place.open()) is not None
