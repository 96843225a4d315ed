"""A newer server, an older one, and odd results: nothing is lost, and nothing is guessed."""

from datetime import UTC

import pytest

from ips_simulator import Inventions, Simulator, VirtualClock
from ips_till import Approved, Declined, MoneyOperation, NotTaken, Till, Unknown
from ips_till.classify import classify
from ips_till.journal import Intent
from ips_till.outcome import from_stored, to_stored
from stompws.shapes import DateTime
from till_helpers import Shop, sell
from worldpay_ips import Outcome, PaymentOutcome, Result, ResultValue

SALE = Intent(reference="R", paypoint_id="INST001", operation=MoneyOperation.SALE, amount=1099)


def result(outcome: str | None, result: str | None, amount: int | None = 1099) -> PaymentOutcome:
    return PaymentOutcome(
        merchant_transaction_reference="R",
        outcome=None if outcome is None else Outcome(outcome),
        result=None if result is None else Result(result),
        value=None if amount is None else ResultValue(amount=amount, currency_code="GBP"),
    )


@pytest.mark.criterion("AC42")
@pytest.mark.parametrize(
    ("outcome", "code", "kind"),
    [
        ("succeeded", "authorised-online", Approved),
        ("succeeded", "authorised-by-wallet", Approved),
        ("refused", "refused-by-wallet", Declined),
        ("failed", "aborted-by-wallet", NotTaken),
        ("settled-elsewhere", "authorised-online", Approved),
        ("settled-elsewhere", "refused-online", Declined),
        (None, "authorised-online", Approved),
        (None, "cancelled", NotTaken),
        ("settled-elsewhere", "wallet", Unknown),
        (None, None, Unknown),
        ("succeeded", "refused-online", Unknown),
        ("refused", "authorised-online", Unknown),
        ("failed", "authorised-online", Unknown),
        ("pending", "auth-completed", Unknown),
    ],
)
def test_what_is_known_decides(outcome: str | None, code: str | None, kind: type) -> None:
    """One known word is enough; none, or two that contradict each other, are never approved."""
    assert isinstance(classify(result(outcome, code), SALE), kind)


@pytest.mark.criterion("AC41")
def test_an_unknown_value_is_kept_and_compares_as_text() -> None:
    """In the outcome, in the journal, and back."""
    outcome = classify(result("succeeded", "authorised-by-wallet"), SALE)
    assert outcome.result == "authorised-by-wallet"
    stored = to_stored(outcome)
    again = from_stored(
        {**stored, "of_a_newer_version": 1},
        operation=SALE.operation,
        reference="R",
        paypoint_id="INST001",
    )
    assert again == outcome


@pytest.mark.criterion("AC41", "AC42")
@pytest.mark.parametrize(
    ("scenario", "kind"),
    [
        ("newer-enums", Approved),
        ("newer-fields", Approved),
        ("newer-instrument", Approved),
        ("newer-result", Approved),
        ("older-server", Approved),
        ("newer-outcome", Unknown),
    ],
)
def test_scenarios_of_other_versions(shop: Shop, till: Till, scenario: str, kind: type) -> None:
    """What a newer or older server says is understood as far as it can be."""
    shop.simulator.next_payment(scenario)
    payment = sell(till)
    assert isinstance(payment.outcome, kind)
    assert len(shop.charges(payment.reference)) == (kind is Approved)


@pytest.mark.criterion("AC43")
@pytest.mark.parametrize(
    ("scenario", "amount", "differs"),
    [("approved", 1099, False), ("partial-amount", 599, True), ("cashback", 3099, True)],
)
def test_another_amount_is_told(
    shop: Shop,
    till: Till,
    scenario: str,
    amount: int,
    differs: bool,
) -> None:
    """Partly approved, or more than asked for: the cashier is told both amounts."""
    shop.simulator.next_payment(scenario)
    payment = sell(till)
    assert isinstance(payment.outcome, Approved)
    assert (payment.outcome.amount, payment.outcome.amount_differs) == (amount, differs)
    assert ("10.99" in payment.outcome.what_to_do) is (differs or amount == 1099)
    assert [charge.amount for charge in shop.charges(payment.reference)] == [amount]


@pytest.mark.criterion("AC43")
def test_parts_beside_the_amount_are_told(shop: Shop) -> None:
    """Where the service names a tip beside the amount, the amount alone is not what was charged."""
    clock, rules = VirtualClock(auto=True), Inventions(amount_is_total=False)
    with Simulator(clock=clock, inventions=rules) as simulator:
        own = Shop(simulator, shop.folder)
        with own.till() as till:
            simulator.next_payment("gratuity")
            outcome = sell(till).outcome
            assert isinstance(outcome, Approved)
            assert outcome.amount_differs
        own.close()


@pytest.mark.criterion("AC43")
def test_an_amount_that_was_not_told_differs() -> None:
    """Nobody can say that it is the one that was asked for."""
    outcome = classify(result("succeeded", "authorised-online", amount=None), SALE)
    assert isinstance(outcome, Approved)
    assert outcome.amount_differs


@pytest.mark.criterion("AC48")
@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("2019-08-24T14:15:22Z", "2019-08-24 14:15:22 UTC (+00:00)"),
        ("yesterday", "yesterday"),
        (None, ""),
    ],
)
def test_an_outcome_says_when(when: str | None, text: str) -> None:
    """For people, in the zone they want; odd times stay as they came."""
    payment = PaymentOutcome(
        merchant_transaction_reference="R",
        result=Result.AUTHORISED_ONLINE,
        transaction_date_time=None if when is None else DateTime(when),
    )
    assert classify(payment, SALE).when(UTC) == text
