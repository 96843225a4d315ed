"""Rules of the money path that a second reader found broken."""

import pytest

from ips_till import (
    Approved,
    Declined,
    Money,
    MoneyOperation,
    NotSentError,
    NotTaken,
    Payment,
    Till,
    Unknown,
)
from ips_till.paying import agreed, perform
from ips_till.player import ask
from playing_by_hand import by_hand, job_by_hand
from till_helpers import Shop
from worldpay_ips import Outcome, PaymentComplete, PaymentOutcome, Result, ResultValue
from worldpay_ips.operations import START_PAYMENT


@pytest.mark.criterion("AC28")
@pytest.mark.parametrize("end", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_a_handler_that_ends_its_thread_does_not_end_the_payment(end: type[BaseException]) -> None:
    """It has failed, as any other that raises: the policy answers, and the payment goes on."""

    def handler(_: object) -> bool:
        raise end

    with pytest.raises(RuntimeError, match=end.__name__):
        ask(handler, None, 5)


def _result(outcome: str, result: str) -> PaymentOutcome:
    return PaymentOutcome(
        merchant_transaction_reference="HAND",
        outcome=Outcome(outcome),
        result=Result(result),
        value=ResultValue(amount=1099, currency_code="GBP"),
    )


@pytest.mark.criterion("AC16")
def test_a_pending_result_before_the_final_one_is_not_a_second_result(till: Till) -> None:
    """The service says twice how it stands: the last word counts."""
    job = job_by_hand(till, "HAND")
    results = [_result("pending", "in-progress"), _result("refused", "refused-online")]
    by_hand(perform(job, START_PAYMENT, PaymentComplete()), results)
    assert isinstance(job.outcome, Declined)


@pytest.mark.criterion("AC17")
def test_an_abort_while_connecting_keeps_the_request_from_leaving(shop: Shop) -> None:
    """Pressed before anything left: nothing leaves, and that is certain."""
    started: list[Payment] = []

    def press() -> str:
        started[0].abort()
        return shop.simulator.license_key

    with shop.till(license_key=press) as till:
        started.append(till.sale(1099))
        with pytest.raises(NotSentError, match="aborted before it was sent"), started[0]:
            pass
        assert till.unresolved() == ()
    assert shop.simulator.ledger.charges == ()


@pytest.mark.criterion("AC43", "AC47")
def test_another_currency_than_was_meant_is_told(shop: Shop, till: Till) -> None:
    """The request has no currency: the paypoint's is charged, and the cashier has to know."""
    with till.sale(Money(1099, "EUR")) as payment:
        pass
    assert isinstance(payment.outcome, Approved)
    assert payment.outcome.currency == "GBP"
    assert payment.outcome.amount_differs
    assert "10.99 EUR" in payment.outcome.what_to_do
    assert len(shop.charges(payment.reference)) == 1


@pytest.mark.criterion("AC16")
def test_a_result_and_another_answer_to_the_query_are_for_a_person(shop: Shop) -> None:
    """What was told and what is found out must agree; where they do not, nobody guesses."""
    told = Approved(operation=MoneyOperation.SALE, reference="R", paypoint_id="P")
    found = NotTaken(operation=MoneyOperation.SALE, reference="R", paypoint_id="P")
    with shop.till() as till:
        job = job_by_hand(till, "HAND")
        judged = agreed(job, told, found)
        assert isinstance(judged, Unknown)
        assert judged.needs_person
        assert agreed(job, told, told) is told
        assert agreed(job, None, found) is found
        till.journal.give_back(job.lease)  # type: ignore[arg-type]
