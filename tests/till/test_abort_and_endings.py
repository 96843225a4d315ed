"""Aborts, errors, and the ways in which a payment can end."""

import threading
import time

import pytest

from ips_simulator import Behaviour, Hold, Inventions, Simulator, VirtualClock
from ips_simulator.scenario_steps import Complete, Decide, Fail, Reply, TellResult
from ips_till import (
    ActionError,
    Approved,
    Declined,
    Notification,
    NotSentError,
    NotTaken,
    ReceiptReady,
    Recovering,
    Till,
    TillError,
    Unknown,
)
from stompws.errors import RemoteRejectedError
from till_helpers import FAST, Shop, agrees, quick, sell


@pytest.mark.criterion("AC17")
def test_an_abort_in_time_is_told_by_the_result(shop: Shop, till: Till) -> None:
    """`abort` returns nothing and decides nothing; the result says that it was aborted."""
    hold = Hold("card")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    with till.sale(1099) as payment:
        hold.wait_until_reached()
        payment.abort()
    assert isinstance(payment.outcome, NotTaken)
    assert payment.outcome.abort_requested
    assert shop.simulator.ledger.charges == ()


@pytest.mark.criterion("AC17", "AC18")
def test_an_abort_that_comes_too_late_is_an_approval(shop: Shop, till: Till) -> None:
    """The card was read already: charged, and the text says how to give the money back."""
    hold = Hold("authorisation")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    with till.sale(1099) as payment:
        hold.wait_until_reached()
        payment.abort()
        hold.wait_until_abort_came()
        hold.release()
    assert isinstance(payment.outcome, Approved)
    assert payment.outcome.abort_requested
    assert "cancel" in payment.outcome.what_to_do
    assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC18")
def test_an_abort_that_races_the_card_agrees_with_the_ledger(shop: Shop, till: Till) -> None:
    """Whoever wins, the outcome says what the ledger says."""
    for _ in range(20):
        shop.simulator.next_payment("abort-race")
        with till.sale(1099) as payment:
            thread = threading.Thread(target=payment.abort)
            thread.start()
            payment.finish()
            thread.join()
        assert agrees(payment.outcome, shop.charges(payment.reference))
        assert not isinstance(payment.outcome, Unknown)


@pytest.mark.criterion("AC19")
def test_an_abort_after_the_approval_points_to_cancel(shop: Shop, till: Till) -> None:
    """The result has come: an abort would be a wish, and the error says what to do instead."""
    hold = Hold("complete")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    with till.sale(1099) as payment:
        hold_released = False
        for event in payment:
            if isinstance(event, ReceiptReady) and not hold_released:
                hold.wait_until_reached()
                hold.release()
                hold_released = True
    with pytest.raises(ActionError, match="cancel it"):
        payment.abort()
    assert isinstance(payment.outcome, Approved)
    assert isinstance(till.cancel(payment.outcome), Approved)
    assert shop.simulator.ledger.totals().net_amount == 0


@pytest.mark.criterion("AC19")
def test_an_abort_after_a_recovered_approval_points_to_cancel(shop: Shop, till: Till) -> None:
    """The approval was found out by asking: an abort is as pointless, and says so as well."""
    shop.simulator.next_payment("lost-before-result")
    payment = sell(till)
    assert isinstance(payment.outcome, Approved)
    with pytest.raises(ActionError, match="cancel it"):
        payment.abort()
    assert not payment.outcome.abort_requested


@pytest.mark.criterion("AC17")
@pytest.mark.parametrize("result", ["aborted", "cancelled", "succeeded"])
def test_whatever_a_server_calls_an_abort_is_not_taken(shop: Shop, result: str) -> None:
    """Which result follows an abort is not known; `succeeded` is the abort's success."""
    clock, rules = VirtualClock(auto=True), Inventions(aborted=result)
    with Simulator(clock=clock, inventions=rules) as simulator:
        own = Shop(simulator, shop.folder)
        with own.till() as till:
            hold = Hold("card")
            simulator.next_payment(Behaviour(), hold=hold)
            with till.sale(1099) as payment:
                hold.wait_until_reached()
                payment.abort()
            assert isinstance(payment.outcome, NotTaken)
            assert simulator.ledger.charges == ()
        own.close()


@pytest.mark.criterion("AC22")
def test_a_notification_decides_nothing(shop: Shop, till: Till) -> None:
    """The pad says SUCCESS and the card is declined; the pad says CANCELLED and it is approved."""
    shop.simulator.next_payment(
        Behaviour(after_card=("PAYMENT SUCCESS", "APPROVED"), outcome="refused-online")
    )
    assert isinstance(sell(till).outcome, Declined)
    shop.simulator.next_payment(Behaviour(after_card=("CANCELLED", "DECLINED")))
    assert isinstance(sell(till).outcome, Approved)


@pytest.mark.criterion("AC22")
@pytest.mark.parametrize(("scenario", "charged"), [("empty-list", 0), ("empty-list-approved", 1)])
def test_an_empty_list_decides_nothing(shop: Shop, till: Till, scenario: str, charged: int) -> None:
    """The till asks; one was charged and one was not."""
    shop.simulator.next_payment(scenario)
    with till.sale(1099) as payment:
        asked = [event for event in payment if isinstance(event, Recovering)]
    assert asked
    assert len(shop.charges(payment.reference)) == charged
    assert isinstance(payment.outcome, Approved if charged else NotTaken)


@pytest.mark.criterion("AC22", "AC42")
def test_empty_answers_to_everything_are_for_a_person(shop: Shop, till: Till) -> None:
    """Result and query both empty: nobody knows, and nobody says that it was not charged."""
    empty = {"payments": []}
    shop.play(
        Decide(),
        TellResult(patch=empty),
        Complete(),
        operations={"queryPaymentResult": (Reply(patch=empty),)},
    )
    payment = sell(till)
    assert isinstance(payment.outcome, Unknown)
    assert payment.outcome.needs_person
    assert shop.charges(payment.reference)


@pytest.mark.criterion("AC22")
def test_of_several_attempts_the_approved_one_counts(shop: Shop, till: Till) -> None:
    """A first attempt was declined, the second is charged."""
    shop.simulator.next_payment("several-payments")
    payment = sell(till)
    assert isinstance(payment.outcome, Approved)
    assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC23")
@pytest.mark.parametrize(("scenario", "charged"), [("error", 0), ("error-after-approval", 1)])
def test_after_an_error_the_till_asks_once_more(
    shop: Shop, till: Till, scenario: str, charged: int
) -> None:
    """An error message is no proof: the query tells whether it was charged."""
    shop.simulator.next_payment(scenario)
    payment = sell(till)
    assert isinstance(payment.outcome, Approved if charged else NotTaken)
    assert len(shop.charges(payment.reference)) == charged


@pytest.mark.criterion("AC23")
def test_an_error_that_cannot_be_confirmed_is_not_believed(shop: Shop, till: Till) -> None:
    """It was charged, the service told an error, and the query says neither yes nor no."""
    shop.play(
        Decide(),
        Fail(code="10001", message="[invented] after the decision"),
        operations={"queryPaymentResult": (Fail(code="90099", message="[invented] not now"),)},
    )
    payment = sell(till)
    assert isinstance(payment.outcome, Unknown)
    assert payment.outcome.needs_person
    assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC24")
def test_a_completion_without_a_result_is_asked_after(shop: Shop, till: Till) -> None:
    """The service says that it is over and not how."""
    shop.play(Decide(), Complete())
    payment = sell(till)
    assert isinstance(payment.outcome, Approved)
    assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC25")
def test_a_result_without_a_completion_is_an_outcome(shop: Shop, till: Till) -> None:
    """After a grace time the session is closed, and the receipts that did not come are fetched."""
    shop.play(Decide(), TellResult())  # and never a completion
    began = time.monotonic()
    payment = sell(till)
    assert isinstance(payment.outcome, Approved)
    assert FAST.grace_after_result <= time.monotonic() - began < 10
    entry = till.journal.find(payment.reference)
    assert entry is not None
    assert len(entry.receipts) == 2


@pytest.mark.criterion("AC26")
@pytest.mark.parametrize("scenario", ["fault-stomp-error", "fault-reset", "lost-before-result"])
def test_an_end_of_the_link_is_told_with_its_phase(shop: Shop, scenario: str) -> None:
    """An observer is told the phase and the class of the error, and the payment is found out."""
    told: list[dict[str, object]] = []

    class Observer:
        def note(self, kind: str, /, **facts: object) -> None:
            if kind == "link-lost":
                told.append(facts)

        def trace(self, *_: object) -> None: ...

        def end(self) -> None: ...

    with shop.till(observe=lambda _intent: Observer()) as till:
        shop.simulator.next_payment(scenario)
        assert isinstance(sell(till).outcome, Approved)
    error = "RemoteRejectedError" if scenario == "fault-stomp-error" else "ConnectionLostError"
    assert told == [{"phase": "after-sent", "why": error}]


@pytest.mark.criterion("AC26")
def test_a_refused_connection_is_a_typed_error(shop: Shop) -> None:
    """A STOMP ERROR in answer to CONNECT: not sent, with the server's words."""
    with (
        shop.till(license_key="nonsense") as till,
        pytest.raises(NotSentError) as caught,
        till.sale(1099),
    ):
        pass
    assert isinstance(caught.value.reason, RemoteRejectedError)


def test_an_abort_before_the_payment_began_is_an_error(till: Till) -> None:
    """There is nothing to abort."""
    with pytest.raises(TillError, match="not begun"):
        till.sale(1099).abort()


@pytest.mark.criterion("AC17")
def test_an_abort_is_remembered_over_a_crash(shop: Shop) -> None:
    """What was asked for stands in the journal, and the recovered outcome says so."""
    with shop.till(settings=quick(recovery_total=0.2)) as till:
        hold = Hold("authorisation")
        shop.simulator.next_payment(Behaviour(), hold=hold)
        payment = till.sale(1099)
        payment.__enter__()
        hold.wait_until_reached()
        payment.abort()
        hold.wait_until_abort_came()
        payment.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
        hold.release()
        time.sleep(0.1)
        outcome = till.recover()
        assert isinstance(outcome, Approved)
        assert outcome.abort_requested


def test_what_the_pad_says_is_delivered_in_order(till: Till) -> None:
    """For the screen: the texts of the service, nothing of ours between."""
    with till.sale(1099) as payment:
        texts = [event.text for event in payment if isinstance(event, Notification)]
    assert texts[0] == "PLEASE INSERT CARD"
    assert texts[-1] == "Authorising..."
