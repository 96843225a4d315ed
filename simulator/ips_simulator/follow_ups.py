"""Settling and cancelling an earlier payment.

Which result answers which mistake is invented; the results themselves are known by name.
"""

from worldpay_ips import (
    OriginalCard,
    PaymentCancellation,
    PaymentOutcome,
    PaymentSettlement,
    ReportedPaymentType,
    Result,
)

from .invented import Inventions
from .ledger import ChargeKind
from .paypoint import Done, Paypoint
from .receipts import make_receipts
from .results import make_bare_outcome, make_follow_up


def settle(paypoint: Paypoint, request: PaymentSettlement, inventions: Inventions) -> Done:
    """Settle a pre-authorised payment; less than was authorised is allowed, more is not."""
    reference = request.merchant_transaction_reference

    def failed(result: Result) -> Done:
        return Done(outcome=make_bare_outcome("settle", reference, result))

    if paypoint.busy:
        return failed(inventions.busy)
    original = paypoint.payments.get(request.gateway_transaction_reference)
    if original is None:
        return failed(Result.INVALID_GATEWAY_TRANSACTIONS_REFERENCE)
    if mismatch := _mismatch(original.outcome, request.payment_instrument):
        return failed(mismatch)
    booked = paypoint.booked(request.gateway_transaction_reference)
    if set(booked) != {ChargeKind.AUTHORISATION}:
        return failed(inventions.already_acted)
    authorised = _amount(original.outcome)
    amount = authorised if request.value is None else request.value.amount
    if amount > authorised:
        return failed(Result.INVALID_AMOUNT)
    outcome = make_follow_up(
        original.outcome, ReportedPaymentType.SETTLE, reference=reference, amount=amount
    )
    paypoint.book(ChargeKind.SETTLEMENT, outcome, amount)
    return Done(outcome=outcome)


def cancel(paypoint: Paypoint, request: PaymentCancellation, inventions: Inventions) -> Done:
    """Take a payment out of settlement, which is possible until its batch is closed."""
    reference = request.merchant_transaction_reference

    def failed(result: Result) -> Done:
        return Done(outcome=make_bare_outcome("cancel", reference, result))

    if paypoint.busy:
        return failed(inventions.busy)
    original = paypoint.payments.get(request.gateway_transaction_reference)
    if original is None:
        return failed(Result.INVALID_GATEWAY_TRANSACTIONS_REFERENCE)
    if mismatch := _mismatch(original.outcome, request.payment_instrument):
        return failed(mismatch)
    booked = paypoint.booked(request.gateway_transaction_reference)
    # An authorisation is in no batch's totals until it is settled.
    batches = {
        charge.batch_number
        for kind, charge in booked.items()
        if kind is not ChargeKind.AUTHORISATION
    }
    if not booked or ChargeKind.CANCEL in booked or batches - {paypoint.batch_number}:
        return failed(inventions.already_acted)
    amount = list(booked.values())[-1].amount  # of a settled authorisation: what was settled
    outcome = make_follow_up(
        original.outcome, ReportedPaymentType.CANCEL, reference=reference, amount=amount
    )
    paypoint.book(ChargeKind.CANCEL, outcome, amount)
    return Done(outcome=outcome, receipts=make_receipts(outcome))


def _amount(outcome: PaymentOutcome) -> int:
    return 0 if outcome.value is None else outcome.value.amount


def _mismatch(outcome: PaymentOutcome, named: OriginalCard) -> Result | None:
    """The result when a follow-up names another card than the payment's."""
    used = outcome.payment_instrument
    card = None if used is None else used.card
    if card is None or card.card_number != named.card_number:
        return Result.REJECTED_CARD_NUMBER_NOT_MATCHED
    if card.expiry_date != named.card_expiry_date:
        return Result.REJECTED_CARD_EXPIRY_DATE_NOT_MATCHED
    return None
