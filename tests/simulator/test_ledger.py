"""The ledger: what was charged, and what will be settled."""

import threading
from collections.abc import Callable

import attrs
import pytest

from ips_simulator import Behaviour, ChargeKind, Hold, Ledger, Simulator, Step
from sim_helpers import cancel, card_of, pay, settle, till
from worldpay_ips import (
    BatchReportRequest,
    CardPresent,
    Instruction,
    PaymentApi,
    PaymentRequest,
    PaymentResultQuery,
    PaymentType,
    RequestValue,
    Result,
)


def book(ledger: Ledger, kind: ChargeKind, amount: int, gateway: str = "1234567890AB") -> None:
    ledger.book(
        kind,
        paypoint_id="INST001",
        batch_number=1,
        merchant_transaction_reference="M1",
        gateway_transaction_reference=gateway,
        amount=amount,
    )


def sale(reference: str) -> PaymentRequest:
    return PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference=reference,
        instruction=Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent()),
    )


def kinds(simulator: Simulator) -> list[tuple[str, int]]:
    return [(charge.kind.value, charge.amount) for charge in simulator.ledger.charges]


def test_entries_cannot_be_changed() -> None:
    """A judge whose book can be rewritten is none."""
    ledger = Ledger()
    book(ledger, ChargeKind.SALE, 1099)
    before = ledger.charges
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        before[0].amount = 1  # type: ignore[misc]
    book(ledger, ChargeKind.SALE, 500)
    assert [charge.amount for charge in before] == [1099]


def test_the_same_charge_made_twice_stands_there_twice() -> None:
    """Entries are never merged: that is how a double charge is found."""
    ledger = Ledger()
    book(ledger, ChargeKind.SALE, 1099)
    book(ledger, ChargeKind.SALE, 1099)
    assert [charge.number for charge in ledger.charges] == [1, 2]
    assert ledger.totals().sale_amount == 2198


def test_totals_leave_out_what_was_cancelled() -> None:
    """A cancel prevents settlement."""
    ledger = Ledger()
    book(ledger, ChargeKind.SALE, 1099, "1234567890AB")
    book(ledger, ChargeKind.SALE, 500, "1234567891AB")
    book(ledger, ChargeKind.CANCEL, 1099, "1234567890AB")
    totals = ledger.totals()
    assert (totals.sale_count, totals.sale_amount, totals.net_amount) == (1, 500, 500)


def test_an_authorisation_is_not_paid_until_it_is_settled() -> None:
    """Only the settled amount counts, which may be less."""
    ledger = Ledger()
    book(ledger, ChargeKind.AUTHORISATION, 8000)
    assert ledger.totals().sale_amount == 0
    book(ledger, ChargeKind.SETTLEMENT, 6500)
    assert ledger.totals().sale_amount == 6500


def test_threads_do_not_lose_entries() -> None:
    """The ledger is written by the simulator's thread and read by tests."""
    ledger = Ledger()
    threads = [
        threading.Thread(target=lambda: [book(ledger, ChargeKind.SALE, 1) for _ in range(200)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [charge.number for charge in ledger.charges] == list(range(1, 1601))


def test_each_kind_of_payment_makes_its_entry(simulator: Simulator, api: PaymentApi) -> None:
    """One operation that moves money makes one entry; checking a card or an account, none."""
    pay(api, PaymentType.SALE, 1099)
    pay(api, PaymentType.REFUND, 300)
    authorised = pay(api, PaymentType.PRE_AUTH, 8000)
    pay(api, PaymentType.CHECK_CARD, 1099)
    pay(api, PaymentType.SALE, 0)
    assert settle(api, authorised, 6500) is Result.SUCCEEDED
    assert kinds(simulator) == [
        ("sale", 1099),
        ("refund", 300),
        ("authorisation", 8000),
        ("settlement", 6500),
    ]


def test_a_refused_payment_makes_no_entry(simulator: Simulator, api: PaymentApi) -> None:
    """Refused is not charged."""
    simulator.next_payment(Behaviour(outcome="refused-online"))
    assert pay(api, PaymentType.SALE, 1099).result is Result.REFUSED_ONLINE
    assert simulator.ledger.charges == ()


def test_a_payment_is_cancelled_once(simulator: Simulator, api: PaymentApi) -> None:
    """The second cancel changes nothing. Its result is invented."""
    sale = pay(api, PaymentType.SALE, 1099)
    assert cancel(api, sale) is Result.SUCCEEDED
    assert cancel(api, sale) is Result.INVALID_TRANSACTION_STATE
    assert kinds(simulator) == [("sale", 1099), ("cancel", 1099)]


def test_a_pre_authorisation_is_settled_once_and_not_for_more(
    simulator: Simulator, api: PaymentApi
) -> None:
    """What was authorised is the limit. The results are invented."""
    authorised = pay(api, PaymentType.PRE_AUTH, 8000)
    assert settle(api, authorised, 8001) is Result.INVALID_AMOUNT
    assert settle(api, authorised) is Result.SUCCEEDED
    assert settle(api, authorised) is Result.INVALID_TRANSACTION_STATE
    assert kinds(simulator) == [("authorisation", 8000), ("settlement", 8000)]


def test_the_cancel_of_a_settlement_takes_back_what_was_settled(
    simulator: Simulator, api: PaymentApi
) -> None:
    """A cancel repeats the amount that it takes back, which is not what was authorised."""
    authorised = pay(api, PaymentType.PRE_AUTH, 1000)
    assert settle(api, authorised, 500) is Result.SUCCEEDED
    assert cancel(api, authorised) is Result.SUCCEEDED
    assert kinds(simulator) == [("authorisation", 1000), ("settlement", 500), ("cancel", 500)]
    assert simulator.ledger.totals().net_amount == 0


def test_the_cancel_of_an_authorisation_takes_back_all_of_it(
    simulator: Simulator, api: PaymentApi
) -> None:
    """Nothing was settled, so the whole amount is free again, and can no longer be settled."""
    authorised = pay(api, PaymentType.PRE_AUTH, 1000)
    assert cancel(api, authorised) is Result.SUCCEEDED
    assert settle(api, authorised) is Result.INVALID_TRANSACTION_STATE
    assert kinds(simulator) == [("authorisation", 1000), ("cancel", 1000)]


def test_a_settlement_of_nothing_is_one(simulator: Simulator, api: PaymentApi) -> None:
    """It gives the authorised amount back, stands in the ledger, and is not made twice."""
    authorised = pay(api, PaymentType.PRE_AUTH, 1000)
    assert settle(api, authorised, 0) is Result.SUCCEEDED
    assert settle(api, authorised, 0) is Result.INVALID_TRANSACTION_STATE
    assert settle(api, authorised, 1000) is Result.INVALID_TRANSACTION_STATE
    assert kinds(simulator) == [("authorisation", 1000), ("settlement", 0)]
    assert simulator.ledger.totals().net_amount == 0


@pytest.mark.parametrize("follow_up", [settle, cancel])
def test_a_follow_up_that_finds_the_paypoint_busy_hides_nothing(
    simulator: Simulator, api: PaymentApi, follow_up: Callable[..., Result]
) -> None:
    """The last payment is the one that runs: its till must be able to ask how it stands."""
    authorised = pay(api, PaymentType.PRE_AUTH, 1000, "OLD")
    hold = Hold(Step.AUTHORISATION)
    simulator.next_payment(Behaviour(hold=hold))
    running = api.start_payment(sale("RUNNING"))
    hold.wait_until_reached()
    assert follow_up(api, authorised) is Result.ABORTED_BUSY
    query = PaymentResultQuery(merchant_transaction_reference="RUNNING")
    assert api.query_payment_result(query).payments[0].result is Result.IN_PROGRESS
    hold.release()
    with running as events:
        assert [e.payload for e in events][-1] is not None
    assert kinds(simulator) == [("authorisation", 1000), ("sale", 1099)]
    assert api.query_payment_result(query).payments[0].result is Result.AUTHORISED_ONLINE


def test_a_sale_cannot_be_settled(simulator: Simulator, api: PaymentApi) -> None:
    """Settling is for pre-authorisations."""
    sale = pay(api, PaymentType.SALE, 1099)
    assert settle(api, sale) is Result.INVALID_TRANSACTION_STATE
    assert kinds(simulator) == [("sale", 1099)]


def test_another_card_cannot_cancel(simulator: Simulator, api: PaymentApi) -> None:
    """The card of a cancel is compared with the payment's; so is its expiry date."""
    sale = pay(api, PaymentType.SALE, 1099)
    card = card_of(sale)
    other = attrs.evolve(card, card_number="492949XXXXXX0003")
    assert cancel(api, sale, other) is Result.REJECTED_CARD_NUMBER_NOT_MATCHED
    late = attrs.evolve(card, card_expiry_date=attrs.evolve(card.card_expiry_date, month=11))
    assert cancel(api, sale, late) is Result.REJECTED_CARD_EXPIRY_DATE_NOT_MATCHED
    assert kinds(simulator) == [("sale", 1099)]


def test_batch_reports_add_up_with_the_ledger(simulator: Simulator, api: PaymentApi) -> None:
    """An X report leaves the batch open, a Z report closes it; both are sums of the ledger."""
    pay(api, PaymentType.SALE, 1099)
    pay(api, PaymentType.SALE, 901)
    pay(api, PaymentType.REFUND, 300)
    x_report = api.request_batch_report(BatchReportRequest(close_batch=False))
    z_report = api.request_batch_report(BatchReportRequest(close_batch=True))
    empty = api.request_batch_report(BatchReportRequest(close_batch=False))
    totals = simulator.ledger.totals()
    for report in (x_report, z_report):
        assert (report.sale_count, report.sale_total_amount) == (2, totals.sale_amount)
        assert (report.refund_count, report.refund_total_amount) == (1, totals.refund_amount)
        assert report.batch_report is not None
        schemes = report.batch_report.report or ()
        assert sum(scheme.debit_totals or 0 for scheme in schemes) == 2000
        assert sum(scheme.credit_totals or 0 for scheme in schemes) == 300
    assert x_report.batch_number == z_report.batch_number == 541505
    assert (empty.batch_number, empty.sale_count, empty.refund_count) == (541506, 0, 0)


def test_a_closed_batch_cannot_be_cancelled(simulator: Simulator, api: PaymentApi) -> None:
    """A cancel keeps a payment from settlement; after the Z report it is too late."""
    sale = pay(api, PaymentType.SALE, 1099)
    api.request_batch_report(BatchReportRequest(close_batch=True))
    assert cancel(api, sale) is Result.INVALID_TRANSACTION_STATE
    assert kinds(simulator) == [("sale", 1099)]


def test_offline_payments_wait_in_the_offline_report(simulator: Simulator, api: PaymentApi) -> None:
    """What IPS accepted on its own is charged and counted until it is sent on."""
    simulator.next_payment(Behaviour(outcome="authorised-offline"))
    pay(api, PaymentType.SALE, 1099)
    pay(api, PaymentType.SALE, 500)
    assert api.request_offline_report().count == 1
    assert [charge.offline for charge in simulator.ledger.charges] == [True, False]


def test_paypoints_have_ledgers_and_batches_of_their_own(simulator: Simulator) -> None:
    """What one paypoint charges is not in another's report."""
    for name, amount in (("A", 100), ("B", 250)):
        api = till(simulator, name)
        pay(api, PaymentType.SALE, amount)
        report = api.request_batch_report(BatchReportRequest(close_batch=False))
        assert (report.sale_count, report.sale_total_amount) == (1, amount)
    assert [charge.paypoint_id for charge in simulator.ledger.charges] == ["A", "B"]
