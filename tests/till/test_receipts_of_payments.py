"""Receipts of payments: in the journal first, complete, and printed once."""

import pytest

from ips_simulator.scenario_steps import Complete, Decide, Fail, TellResult
from ips_till import Approved, ReceiptReady, RefusedError, Till
from ips_till.receipts import AlreadyPrintedError, Receipt, plain, print_once, reprint
from till_helpers import Shop, sell

NO_RECEIPT = {"queryPaymentReceipt": (Fail(code="90033", message="[invented] none"),)}


@pytest.mark.criterion("AC31")
def test_a_receipt_is_in_the_journal_before_it_is_delivered(shop: Shop, till: Till) -> None:
    """Whoever has the event could lose it: another process finds it in the file already."""
    other, delivered = shop.journal(), 0
    with till.sale(1099) as payment:
        for event in payment:
            if isinstance(event, ReceiptReady):
                entry = other.find(payment.reference)
                assert entry is not None
                assert event.receipt in entry.receipts
                delivered += 1
    assert delivered == 2


@pytest.mark.criterion("AC32")
def test_missing_receipts_are_named_and_fetched_later(shop: Shop, till: Till) -> None:
    """The service had none at first; asked again while the payment is the last one, it has."""
    shop.play(Decide(), TellResult(), Complete(), operations=NO_RECEIPT)
    payment = sell(till)
    assert isinstance(payment.outcome, Approved)
    assert payment.outcome.missing_receipts == ("customer", "merchant")
    assert "Receipts are missing" in payment.outcome.what_to_do
    shop.simulator.choose("INST001", None)  # what an operation is answered ends with a choice
    assert [item.type for item in till.ensure_receipts(payment.reference)] == [
        "customer",
        "merchant",
    ]


@pytest.mark.criterion("AC32")
def test_receipts_of_an_earlier_payment_cannot_be_had(shop: Shop, till: Till) -> None:
    """The service answers for the last payment only: nothing comes, and nothing of another's."""
    shop.play(Decide(), TellResult(), Complete(), operations=NO_RECEIPT)
    payment = sell(till)
    sell(till, 500)
    assert till.ensure_receipts(payment.reference) == ()


@pytest.mark.criterion("AC32")
def test_receipts_that_are_there_are_not_asked_for(shop: Shop, till: Till) -> None:
    """Asking twice gives the same two, and prints nothing twice."""
    payment = sell(till)
    first = till.ensure_receipts(payment.reference)
    assert [receipt.type for receipt in first] == ["customer", "merchant"]
    assert till.ensure_receipts(payment.reference) == first
    shop.simulator.next_payment("declined-online")
    declined = sell(till)
    with pytest.raises(RefusedError, match="not approved"):
        till.ensure_receipts(declined.reference)


@pytest.mark.criterion("AC33")
def test_an_original_is_printed_once_over_all_processes(shop: Shop, till: Till) -> None:
    """The journal counts; a second till prints a duplicate."""
    payment = sell(till)
    stored = till.ensure_receipts(payment.reference)[0]
    printed: list[str] = []

    def output(receipt: Receipt, duplicate: bool) -> None:
        printed.append(plain(receipt, duplicate=duplicate))

    print_once(stored, payment.reference, ledger=till.journal, output=output)
    with shop.till() as other:
        with pytest.raises(AlreadyPrintedError):
            print_once(stored, payment.reference, ledger=other.journal, output=output)
        reprint(stored, payment.reference, ledger=other.journal, output=output)
    assert ["DUPLICATE" in text for text in printed] == [False, True]
    entry = till.journal.find(payment.reference)
    assert entry is not None
    assert entry.receipts[0].printed == 3  # the refused original counts, too
