"""Messages that come twice, and messages that belong to something else."""

import pytest

from ips_simulator import Fault
from ips_till import (
    Approved,
    Notification,
    SecondResultError,
    Till,
    Unknown,
    UnresolvedPaymentError,
)
from till_helpers import Shop, sell

TWICE = """
payment:
  - card: insert
  - decide
  - result
  - result
  - complete
"""
TWO_RESULTS = """
payment:
  - card: insert
  - decide
  - result
  - result: {patch: {payments: [{outcome: refused, result: refused-online}]}}
  - complete
"""


@pytest.mark.criterion("AC15")
@pytest.mark.parametrize("scenario", ["fault-duplicate", None])
def test_a_result_that_comes_again_changes_nothing(
    shop: Shop, till: Till, scenario: str | None
) -> None:
    """The same message id, or another id with the same content."""
    shop.simulator.next_payment(scenario or shop.scenario(TWICE))
    payment = sell(till)
    assert isinstance(payment.outcome, Approved)
    assert len(shop.charges(payment.reference)) == 1
    entry = till.journal.find(payment.reference)
    assert entry is not None
    assert sum(note.kind == "result" for note in entry.notes) == 1


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
    """It raises, both are in the journal, the outcome is unknown, and the paypoint is closed."""
    shop.simulator.next_payment(shop.scenario(TWO_RESULTS))
    payment = till.sale(1099)
    with pytest.raises(SecondResultError, match="a person must decide"), payment:
        pass
    assert isinstance(payment.outcome, Unknown)
    assert payment.outcome.needs_person
    entry = till.journal.find(payment.reference)
    assert entry is not None
    kinds = [note.facts["kind"] for note in entry.notes if note.kind == "result"]
    assert kinds == ["approved", "declined"]
    with pytest.raises(UnresolvedPaymentError), till.sale(500):
        pass
    recovered = till.recover(payment.reference)
    assert isinstance(recovered, Unknown)
    assert recovered.needs_person


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


OTHERS = {
    "notification": """
        payment:
          - notify: {text: ENTER PIN, patch: {merchantTransactionReference: OTHER}}
          - card: insert
          - decide
          - result
          - complete
    """,
    "result": """
        payment:
          - card: insert
          - decide
          - result: {patch: {payments: [{merchantTransactionReference: OTHER}]}}
          - complete
    """,
}


@pytest.mark.criterion("AC20", "AC21")
@pytest.mark.parametrize("which", OTHERS)
def test_a_message_that_names_another_payment_is_a_stray(
    shop: Shop, till: Till, which: str
) -> None:
    """The correlation id is ours and the reference is not: it is not delivered as ours."""
    shop.simulator.next_payment(shop.scenario(OTHERS[which]))
    with till.sale(1099) as payment:
        texts = [event.text for event in payment if isinstance(event, Notification)]
    assert "ENTER PIN" not in texts
    assert payment.strays == 1
    assert len(shop.strays) == 1
    assert isinstance(payment.outcome, Approved)
    assert len(shop.charges(payment.reference)) == 1
