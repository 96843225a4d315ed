"""One payment at a time on a paypoint, and one reference for each."""

import os
import re
import threading

import pytest

from ips_simulator import Behaviour, Hold
from ips_till import (
    Approved,
    Intent,
    MoneyOperation,
    ReferenceUsedError,
    RefusedError,
    Till,
    TimeSortedReferences,
    Unknown,
    UnresolvedPaymentError,
    UsedAfterForkError,
)
from ips_till.outcome import Declined, NotTaken
from till_helpers import Shop, quick, sell


def left_behind(shop: Shop, till: Till) -> str:
    """Leave a payment without a known outcome; return its reference."""
    hold = Hold("result")
    shop.simulator.next_payment(Behaviour(drop_before="card"), hold=hold)
    payment = sell(till)
    assert isinstance(payment.outcome, Unknown)
    hold.release()
    return payment.reference


@pytest.mark.criterion("AC8")
def test_of_many_threads_one_takes_the_payment(shop: Shop) -> None:
    """Sixteen threads with tills of their own start at once: one sale, fifteen refusals."""
    hold = Hold("card")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    barrier, lock = threading.Barrier(16), threading.Lock()
    taken: list[str] = []
    refused: list[str] = []

    def work() -> None:
        with shop.till() as till:
            barrier.wait(10)
            try:
                with till.sale(1099) as payment:
                    payment.finish()
            except UnresolvedPaymentError as exc:
                with lock:
                    refused.append(exc.reference)
                    if len(refused) == 15:
                        hold.release()
            else:
                with lock:
                    taken.append(payment.reference)

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(taken) == 1
    assert set(refused) == set(taken)
    assert len(shop.simulator.ledger.charges) == 1


@pytest.mark.criterion("AC8")
def test_paypoints_do_not_hinder_each_other(shop: Shop) -> None:
    """The lease is of one paypoint: two of them take payments at the same time."""
    hold = Hold("card")
    shop.simulator.next_payment(Behaviour(), paypoint_id="INST001", hold=hold)
    with (
        shop.till() as one,
        shop.till(paypoint_id="INST002") as two,
        one.sale(1099) as first,
    ):
        assert isinstance(sell(two).outcome, Approved)
        hold.release()
        assert isinstance(first.finish(), Approved)


@pytest.mark.criterion("AC9")
def test_a_second_start_is_refused(shop: Shop) -> None:
    """It names the payment that has to be recovered first; nothing is sent."""
    with shop.till(settings=quick(recovery_total=0.2)) as till:
        reference = left_behind(shop, till)
        for start in (till.sale(500), till.refund(500), till.pre_auth(500)):
            with pytest.raises(UnresolvedPaymentError, match="recover it first") as caught:
                start.__enter__()
            assert caught.value.reference == reference
        assert isinstance(till.recover(), Approved)
        assert isinstance(sell(till).outcome, Approved)


@pytest.mark.criterion("AC10", "AC11")
def test_overriding_is_recorded_and_breaks_the_lease(shop: Shop) -> None:
    """The reason stands in both entries; of the first one "not found" proves nothing any more."""
    with shop.till(settings=quick(recovery_total=0.2)) as till:
        reference = left_behind(shop, till)
        payment = sell(till, 500, override="the customer has paid in cash")
        assert isinstance(payment.outcome, Approved)
        first, second = till.journal.find(reference), till.journal.find(payment.reference)
        assert first is not None
        assert second is not None
        assert (first.broken, second.override) == ("the customer has paid in cash",) * 2
        outcome = till.recover(reference)
        assert isinstance(outcome, Unknown)
        assert outcome.needs_person


@pytest.mark.criterion("AC10")
@pytest.mark.parametrize("reason", ["", "  "])
def test_overriding_needs_a_reason(till: Till, reason: str) -> None:
    """Blanks are no reason."""
    with pytest.raises(ValueError, match="the reason"):
        till.sale(1099, override=reason)


@pytest.mark.criterion("AC11")
def test_what_needs_a_person_is_decided_by_one(shop: Shop, till: Till) -> None:
    """Until then the paypoint is closed; the reason stands in the journal."""
    shop.simulator.next_payment("query-unknown")
    payment = sell(till)
    assert isinstance(till.recover(), Unknown)
    with pytest.raises(UnresolvedPaymentError), till.sale(500):
        pass
    till.journal.decide(payment.reference, {"kind": "approved"}, reason="the slip says so")
    assert till.unresolved() == ()
    entry = till.journal.find(payment.reference)
    assert entry is not None
    assert any(note.facts.get("reason") == "the slip says so" for note in entry.notes)
    assert isinstance(sell(till, 500).outcome, Approved)


@pytest.mark.criterion("AC12")
def test_a_reference_is_sent_once(shop: Shop, till: Till) -> None:
    """Also from another till of the same journal."""
    sell(till, reference="ONCE")
    with shop.till() as other:
        for again in (till, other):
            with pytest.raises(ReferenceUsedError, match="ONCE"), again.sale(1, reference="ONCE"):
                pass
    assert len(shop.charges("ONCE")) == 1


@pytest.mark.criterion("AC13")
def test_references_are_unique_sorted_and_allowed() -> None:
    """Ten thousand in a row, from two factories."""
    one, two = TimeSortedReferences(), TimeSortedReferences()
    made = [one() for _ in range(10_000)]
    assert made == sorted(made)
    assert len({*made, *(two() for _ in range(10_000))}) == 20_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,30}", reference) for reference in made)


@pytest.mark.criterion("AC13")
def test_a_constant_reference_is_refused(shop: Shop) -> None:
    """A factory that repeats itself is found out before anything is sent."""
    with shop.till(new_reference=lambda: "SAME") as till:
        sell(till)
        with pytest.raises(ReferenceUsedError), till.sale(1099):
            pass
    assert len(shop.charges("SAME")) == 1


@pytest.mark.criterion("AC13")
@pytest.mark.parametrize("reference", ["", "A" * 31, "A B", "Ä", "A\n", 'A"'])
def test_a_reference_the_service_would_refuse_is_refused(till: Till, reference: str) -> None:
    """Before anything is journaled or sent, without quoting it."""
    with pytest.raises(ValueError, match="1 to 30") as caught:
        till.sale(1099, reference=reference)
    assert not reference or repr(reference) not in str(caught.value)


@pytest.mark.criterion("AC14")
@pytest.mark.parametrize("operation", list(MoneyOperation))
def test_every_outcome_says_what_to_do(operation: MoneyOperation) -> None:
    """For every operation and kind: whole sentences, and what must not be done is said."""
    known = {"operation": operation, "reference": "R", "paypoint_id": "P", "amount": 1099}
    approved = Approved(**known, currency="GBP", amount_differs=True, requested_amount=1000)
    for outcome in (
        approved,
        Declined(**known, reason="the issuer refused it."),
        NotTaken(**known, reason="it was cancelled."),
        Unknown(**known, why="the link was lost."),
        Unknown(**known, why="the link was lost.", needs_person=True),
    ):
        text = outcome.what_to_do
        assert text.endswith(".")
        assert text[0].isupper()
        if isinstance(outcome, Unknown):
            assert "Do not charge again" in text
        if isinstance(outcome, Declined | NotTaken):
            assert "Nothing was charged" in text


@pytest.mark.criterion("AC51")
def test_use_after_a_fork_raises(shop: Shop, till: Till) -> None:
    """A child has its parent's till and payment in memory, and may use neither."""
    hold = Hold("card")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    with till.sale(1099) as payment:
        child = os.fork()
        if child == 0:  # pragma: no cover - in the child
            os._exit(0 if _all_refuse(till, payment) else 1)
        assert os.waitpid(child, 0)[1] == 0
        hold.release()
    assert isinstance(payment.outcome, Approved)
    assert len(shop.charges(payment.reference)) == 1


def _all_refuse(till: Till, payment: object) -> bool:
    uses = [lambda: till.sale(1), till.recover, till.x_report, lambda: next(payment)]  # type: ignore[call-overload]
    refused = 0
    for use in uses:
        try:
            use()
        except UsedAfterForkError:
            refused += 1
    return refused == len(uses)


@pytest.mark.criterion("AC8")
def test_an_intent_whose_till_lives_cannot_be_taken_over(shop: Shop, till: Till) -> None:
    """Recovery is for what was left behind, not for what is going on."""
    intent = Intent(reference="LIVE", paypoint_id="INST001", operation=MoneyOperation.SALE)
    lease = till.journal.begin(intent)
    with shop.till() as other, pytest.raises(UnresolvedPaymentError) as caught:
        other.recover()
    assert caught.value.in_flight
    till.journal.give_back(lease)


def test_what_was_not_approved_cannot_be_cancelled_or_settled(shop: Shop, till: Till) -> None:
    """Nothing is sent; the error says why."""
    shop.simulator.next_payment("declined-online")
    declined = sell(till)
    sale = sell(till).outcome
    assert isinstance(sale, Approved)
    with pytest.raises(RefusedError, match="not approved"):
        till.cancel(declined.reference)
    with pytest.raises(RefusedError, match="no pre-authorisation"):
        till.settle(sale)
    with pytest.raises(RefusedError, match="no payment"):
        till.cancel("NOBODY")
