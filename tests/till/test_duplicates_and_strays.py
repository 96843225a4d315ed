"""Messages that come twice, and messages that belong to something else."""

import pytest

from ips_simulator import Behaviour, Fault
from ips_simulator.scenario_steps import Decide, TellResult
from ips_till import (
    Actions,
    Approved,
    SecondResultError,
    Till,
    Unknown,
    UnresolvedPaymentError,
)
from ips_till.paying import perform
from playing_by_hand import by_hand, job_by_hand
from till_helpers import Shop, sell, sends
from worldpay_ips import Outcome as WireOutcome
from worldpay_ips import PaymentComplete, PaymentOutcome, Result
from worldpay_ips.operations import START_PAYMENT


@pytest.mark.criterion("AC15")
def test_a_result_that_comes_again_changes_nothing(shop: Shop, till: Till) -> None:
    """With the same message id it is heard once."""
    shop.simulator.next_payment("fault-duplicate")
    payment = sell(till)
    assert isinstance(payment.outcome, Approved)
    assert len(shop.charges(payment.reference)) == 1
    entry = till.journal.find(payment.reference)
    assert entry is not None
    assert sum(note.kind == "result" for note in entry.notes) == 1


@pytest.mark.criterion("AC15")
def test_a_result_with_the_same_content_changes_nothing(till: Till) -> None:
    """Under another message id: no simulator sends it twice, so the procedure is played by hand."""
    job = job_by_hand(till, "SAME")
    again = PaymentOutcome(
        merchant_transaction_reference="SAME",
        outcome=WireOutcome.SUCCEEDED,
        result=Result.AUTHORISED_ONLINE,
    )
    by_hand(perform(job, START_PAYMENT, PaymentComplete()), [again, again])
    assert isinstance(job.outcome, Approved)
    entry = till.journal.find("SAME")
    assert entry is not None
    assert sum(note.kind == "result" for note in entry.notes) == 1


@pytest.mark.criterion("AC15")
@pytest.mark.parametrize("place", ["action", "notification", "complete"])
def test_other_messages_that_come_again_are_heard_once(shop: Shop, place: str) -> None:
    """A question above all: one answer is sent, and the payment is charged once."""
    answers = sends(shop, "/v1/payment/action")
    shop.simulator.inject(
        "INST001", Fault(kind="duplicate", destination=f"/client/v1/payment/{place}", count=2)
    )
    asked: list[object] = []

    def yes(question: object) -> bool:
        asked.append(question)
        return True

    with shop.till(on_action=Actions(otherwise="decline", signature=yes)) as till:
        shop.simulator.next_payment(Behaviour(actions=["signature-verification"]))
        payment = sell(till)
    assert isinstance(payment.outcome, Approved)
    assert (len(asked), len(answers)) == (1, 1)
    assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC15")
def test_a_receipt_that_comes_again_is_one_receipt(shop: Shop, till: Till) -> None:
    """Two of the same type and text are one in the journal, and one for the printer."""
    shop.simulator.inject(
        "INST001", Fault(kind="duplicate", destination="/client/v1/payment/receipt", count=2)
    )
    payment = sell(till)
    entry = till.journal.find(payment.reference)
    assert entry is not None
    assert sorted(receipt.type for receipt in entry.receipts) == ["customer", "merchant"]


@pytest.mark.criterion("AC16")
def test_two_different_results_are_for_a_person(shop: Shop, till: Till) -> None:
    """It raises, both are in the journal, the outcome is unknown, and the paypoint is closed.

    No simulator sends this; the procedure is played by hand.
    """
    job = job_by_hand(till, "TWO")
    results = [
        PaymentOutcome(
            merchant_transaction_reference="TWO", outcome=WireOutcome.SUCCEEDED, result=result
        )
        for result in (Result.AUTHORISED_ONLINE, Result.AUTHORISED_REFERRAL)
    ]
    with pytest.raises(SecondResultError, match="a person must decide"):
        by_hand(perform(job, START_PAYMENT, PaymentComplete()), results)
    assert isinstance(job.outcome, Unknown)
    assert job.outcome.needs_person
    entry = till.journal.find("TWO")
    assert entry is not None
    kept = [note.facts["result"] for note in entry.notes if note.kind == "result"]
    assert kept == ["authorised-online", "authorised-referral"]
    with pytest.raises(UnresolvedPaymentError), till.sale(500):
        pass
    recovered = till.recover("TWO")
    assert isinstance(recovered, Unknown)
    assert recovered.needs_person
    assert shop.simulator.ledger.charges == ()


@pytest.mark.criterion("AC20", "AC21")
@pytest.mark.parametrize("kind", ["foreign-correlation-id", "missing-headers"])
@pytest.mark.parametrize("destination", ["result", "notification", "receipt"])
def test_a_message_of_another_conversation_is_a_stray(
    shop: Shop, till: Till, kind: str, destination: str
) -> None:
    """Another correlation id, or none: kept, reported, counted, and never taken for ours."""
    place = f"/client/v1/payment/{destination}"
    shop.simulator.inject("INST001", Fault(kind=kind, destination=place))
    payment = sell(till)
    assert payment.strays == 1
    assert [stray.destination for stray in shop.strays] == [place]
    entry = till.journal.find(payment.reference)
    assert entry is not None
    assert sum(note.kind == "stray" for note in entry.notes) == 1
    assert isinstance(payment.outcome, Approved)
    assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC20", "AC21")
def test_a_result_that_names_another_payment_is_a_stray(shop: Shop, till: Till) -> None:
    """The correlation id is ours and the reference is not: it is not taken for ours."""
    other = {"merchantTransactionReference": "OTHER", "outcome": "succeeded", "paymentType": "sale"}
    shop.play(Decide(result=Result.REFUSED_ONLINE), TellResult(patch={"payments": [other]}))
    payment = sell(till)
    assert payment.strays == 1
    assert len(shop.strays) == 1
    assert isinstance(payment.outcome, Unknown)
    assert shop.charges(payment.reference) == ()
