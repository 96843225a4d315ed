"""From the service's result to an outcome: never from texts, or the length of a list."""

from collections.abc import Mapping
from typing import Final, TypedDict

from stompws.masking import mask_numbers
from worldpay_ips import Outcome as WireOutcome
from worldpay_ips import PaymentOutcome, PaymentResult, ReportedPaymentType, Result

from .journal import Intent
from .money import exponent
from .operations import MoneyOperation
from .outcome import TRY_AGAIN, Approved, CardHandle, Declined, NotTaken, Outcome, Unknown

_SUCCEEDED: Final = frozenset(
    {
        Result.AUTHORISED_ONLINE,
        Result.AUTHORISED_OFFLINE,
        Result.AUTHORISED_REFERRAL,
        Result.KEYED_RECOVERY_SUCCESS,
        Result.PRE_AUTH_COMPLETED,
        Result.SUCCEEDED,
    }
)
_PENDING: Final = frozenset({Result.STARTED, Result.IN_PROGRESS, Result.AUTH_COMPLETED})
_REFUSED: Final[Mapping[Result, str]] = {
    Result.REFUSED_AVS_REQUIRED: "address verification is needed.",
    Result.REFUSED_DO_NOT_REATTEMPT: "the issuer refused the card for good.",
    Result.REFUSED_OFFLINE: "the payment server refused it.",
    Result.REFUSED_ONLINE: "the issuer refused it.",
    Result.REFUSED_ONLINE_CAPTURE_CARD: "the issuer refused it.",
}
_FAILED: Final[Mapping[Result, str]] = {
    Result.ABORTED: "it was aborted.",
    Result.ABORTED_BUSY: "the PIN pad is busy with another payment.",
    Result.ABORTED_DEVICE_UNAVAILABLE: "no PIN pad is available.",
    Result.CANCELLED: "it was cancelled at the PIN pad or by the till.",
    Result.DENIED_CASHBACK: "the cashback is not allowed.",
    Result.DENIED_TRANSACTION: "the transaction is not allowed.",
    Result.FAILED: "it failed.",
    Result.INVALID_AMOUNT: "the amount is not valid.",
    Result.INVALID_CARD_EXPIRY_DATE: "the expiry date is not valid.",
    Result.INVALID_CARD_NUMBER: "the card number is not valid.",
    Result.INVALID_EXPIRED_CARD: "the card has expired.",
    Result.INVALID_GATEWAY_TRANSACTIONS_REFERENCE: "the service does not know the payment.",
    Result.INVALID_ISSUE_NUMBER: "the issue number is not valid.",
    Result.INVALID_MERCHANT: "the merchant is not valid.",
    Result.INVALID_MERCHANT_STATUS: "the merchant's status does not allow it.",
    Result.INVALID_OPERATION: "the operation is not valid.",
    Result.INVALID_TERMINAL: "the terminal is not valid.",
    Result.INVALID_TRANSACTION_STATE: "the payment is in a state that does not allow it.",
    Result.PRE_VALID_CARD: "the card is not valid yet.",
    Result.REJECTED_CARD_EXPIRY_DATE_NOT_MATCHED: "the expiry date is not that of the payment.",
    Result.REJECTED_CARD_NOT_ACCEPTED: "the card is not accepted.",
    Result.REJECTED_CARD_NUMBER_NOT_MATCHED: "the card is not that of the payment.",
    Result.REJECTED_PRE_AUTH: "the pre-authorisation was rejected.",
}
_ADVICE: Final[Mapping[Result, str]] = {
    Result.ABORTED_BUSY: "Wait until the PIN pad is free, then try again, as a new payment.",
    Result.ABORTED_DEVICE_UNAVAILABLE: "Check that the PIN pad is on and connected, then try again,"
    " as a new payment.",
    Result.INVALID_EXPIRED_CARD: "Ask for another card.",
    Result.REJECTED_CARD_NOT_ACCEPTED: "Ask for another card.",
    Result.PRE_VALID_CARD: "Ask for another card.",
}
_TYPES: Final[Mapping[MoneyOperation, frozenset[ReportedPaymentType]]] = {
    MoneyOperation.SALE: frozenset({ReportedPaymentType.SALE}),
    MoneyOperation.REFUND: frozenset({ReportedPaymentType.REFUND}),
    MoneyOperation.PRE_AUTH: frozenset({ReportedPaymentType.PRE_AUTH}),
    MoneyOperation.ACCOUNT_VERIFICATION: frozenset({ReportedPaymentType.SALE}),
    MoneyOperation.CHECK_CARD: frozenset(
        {ReportedPaymentType.CHECK_CARD, ReportedPaymentType.CHECK_CARD_PAYMENT}
    ),
    MoneyOperation.SETTLE: frozenset({ReportedPaymentType.SETTLE}),
    MoneyOperation.CANCEL: frozenset({ReportedPaymentType.CANCEL}),
}
_CHARGING: Final = frozenset({MoneyOperation.SALE, MoneyOperation.REFUND, MoneyOperation.PRE_AUTH})
_LONGEST_TIME: Final = 40  # characters


class _Common(TypedDict):
    """What all outcomes tell."""

    operation: MoneyOperation
    reference: str
    paypoint_id: str
    requested_amount: int | None
    requested_currency: str | None
    amount: int | None
    currency: str | None
    result: str | None
    at: str | None
    abort_requested: bool


def is_of(payment: PaymentOutcome, intent: Intent, *, must_name: bool) -> bool:
    """Tell whether a result is that of an intent.

    A reference that is there must match; one that is missing is a match only where the message
    came in the payment's own conversation, not with `must_name`. So must the type of the payment.
    """
    reference = payment.merchant_transaction_reference
    if reference is None:
        return not must_name
    if reference != intent.wire_reference:
        return False
    kind = payment.payment_type
    if kind is None or not kind.is_known:
        # Where two operations share a reference only the type tells them apart.
        return not must_name or intent.wire_reference == intent.reference
    return kind in _TYPES[intent.operation]


def ours(result: PaymentResult, intent: Intent, *, must_name: bool) -> PaymentOutcome | None:
    """The payment of a result that tells what became of an intent; None when none does.

    Of several attempts at one payment the approved one counts; where none was approved, the last.
    """
    found = [item for item in result.payments if is_of(item, intent, must_name=must_name)]
    distinct = [item for at, item in enumerate(found) if item not in found[:at]]
    if len(distinct) < 2:
        return distinct[0] if distinct else None
    meant = [type(classify(item, intent)) for item in distinct]
    if Unknown in meant or meant.count(Approved) > 1:
        return None
    return distinct[meant.index(Approved)] if Approved in meant else distinct[-1]


def is_pending(payment: PaymentOutcome) -> bool:
    """Tell whether the service says to ask again."""
    return payment.outcome == WireOutcome.PENDING or (
        payment.outcome is None and payment.result in _PENDING
    )


def classify(payment: PaymentOutcome, intent: Intent, *, abort_requested: bool = False) -> Outcome:
    """Return what a result means. What contradicts itself, or says nothing known, is `Unknown`."""
    says = {_of_outcome(payment.outcome), _of_result(payment.result)} - {None}
    value, result, when = payment.value, payment.result, payment.transaction_date_time
    known: _Common = {
        "operation": intent.operation,
        "reference": intent.reference,
        "paypoint_id": intent.paypoint_id,
        "requested_amount": intent.amount,
        "requested_currency": intent.currency,
        "amount": None if value is None else value.amount,
        "currency": None if value is None else _currency(value.currency_code),
        "result": None if result is None else mask_numbers(str(result.value)),
        "at": None if when is None else mask_numbers(str(when))[:_LONGEST_TIME],
        "abort_requested": abort_requested,
    }
    if says == {Approved} and not _is_abort(payment, intent, abort_requested=abort_requested):
        return _approved(payment, intent, known)
    if says == {Approved}:
        if payment.gateway_transaction_reference is None:
            return NotTaken(**known, reason="it was aborted.")
        why = "the abort was done, and yet the service names a payment."
        return Unknown(**known, why=why, needs_person=True)
    if says == {Declined}:
        return Declined(
            **known,
            reason=_REFUSED.get(result, "the service refused it.") if result else "it was refused.",
            keep_card=result is Result.REFUSED_ONLINE_CAPTURE_CARD,
            try_again=result is not Result.REFUSED_DO_NOT_REATTEMPT,
        )
    if says == {NotTaken}:
        reason = _FAILED.get(result, "the service could not do it.") if result else "it failed."
        advice = _ADVICE.get(result, TRY_AGAIN) if result else TRY_AGAIN
        return NotTaken(**known, reason=reason, advice=advice)
    if says == {Unknown}:
        return Unknown(**known, why="the service has not finished it.")
    why = (
        "the service's result says nothing that this version knows."
        if not says
        else "the service's result contradicts itself."
    )
    return Unknown(**known, why=why, needs_person=True)


def _currency(code: str | None) -> str | None:
    """A currency that can be written beside an amount; None for what a server makes up."""
    try:
        exponent(code or "")
    except ValueError:
        return None
    return code


def _of_outcome(outcome: WireOutcome | None) -> type[Outcome] | None:
    if outcome is None:
        return None
    return {
        WireOutcome.SUCCEEDED: Approved,
        WireOutcome.REFUSED: Declined,
        WireOutcome.FAILED: NotTaken,
        WireOutcome.PENDING: Unknown,
    }.get(outcome)


def _of_result(result: Result | None) -> type[Outcome] | None:
    if result is None:
        return None
    if result in _SUCCEEDED:
        return Approved
    if result in _PENDING:
        return Unknown
    if result in _REFUSED:
        return Declined
    return NotTaken if result in _FAILED else None


def _is_abort(payment: PaymentOutcome, intent: Intent, *, abort_requested: bool) -> bool:
    """`succeeded` is the result of an abort, a cancellation or a settlement that was done."""
    aborted = abort_requested and payment.result == Result.SUCCEEDED
    return aborted and intent.operation in _CHARGING


def _approved(payment: PaymentOutcome, intent: Intent, known: _Common) -> Approved:
    value = payment.value
    extras = (
        ()
        if value is None
        else (value.cashback_amount, value.gratuity_amount, value.donation_amount)
    )
    asked = intent.amount
    differs = asked is not None and (value is None or value.amount != asked or any(extras))
    # The request has no currency: the paypoint's is charged, whatever was meant.
    differs |= intent.currency is not None and known["currency"] != intent.currency
    instrument = payment.payment_instrument
    card = None if instrument is None else instrument.card
    handle = None
    if card is not None and card.card_number is not None and card.expiry_date is not None:
        handle = CardHandle(
            number=card.card_number,
            expiry_month=card.expiry_date.month,
            expiry_year=card.expiry_date.year,
        )
    scheme = (
        None
        if card is None or card.issuer_code is None
        else mask_numbers(str(card.issuer_code.value))
    )
    return Approved(
        **known,
        amount_differs=differs,
        gateway_reference=payment.gateway_transaction_reference,
        card=handle,
        card_scheme=scheme,
        token_id=None if card is None else card.token_id,
        tax_free_voucher=payment.tax_free_voucher,
    )
