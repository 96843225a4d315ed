"""Results of payments, made from the one that the documentation shows.

What the documentation's card is worth is told with every card payment: a masked number, a track, a
token. Amounts, references and kinds are the request's; what a kind of payment cannot have (a chip
for a card on file, an authorisation for a refusal) is left out.
"""

from datetime import UTC, datetime
from typing import Final

import attrs

from stompws.shapes import DateTime
from worldpay_ips import (
    Authorisation,
    Card,
    CardKeyed,
    CardKeyedRecovery,
    CardNotPresent,
    CardPresent,
    CardToken,
    CardVerificationMethod,
    Outcome,
    PaymentOutcome,
    PaymentRequest,
    PaymentResult,
    PaymentType,
    PosEntryMode,
    ReportedPaymentType,
    Result,
    ResultValue,
    UsedInstrument,
    UsedInstrumentType,
)

from .documentation import documented
from .invented import Inventions

_PENDING: Final = (Result.STARTED, Result.IN_PROGRESS, Result.AUTH_COMPLETED)
_SUCCEEDED: Final = (Result.KEYED_RECOVERY_SUCCESS, Result.PRE_AUTH_COMPLETED, Result.SUCCEEDED)


def outcome_of(result: Result) -> Outcome:
    """The kind of a result, as the description of each result in the API begins."""
    if result in _SUCCEEDED or result.startswith("authorised"):
        return Outcome.SUCCEEDED
    if result.startswith("refused"):
        return Outcome.REFUSED
    return Outcome.PENDING if result in _PENDING else Outcome.FAILED


def success_of(request: PaymentRequest, inventions: Inventions) -> Result:
    """The result of a payment that nobody and nothing stands against."""
    match request.payment_type:
        case PaymentType.CHECK_CARD | PaymentType.CHECK_CARD_PAYMENT:
            return inventions.check_card
        case PaymentType.PRE_AUTH:
            return inventions.pre_auth
        case _ if isinstance(request.instruction.payment_instrument, CardKeyedRecovery):
            return Result.KEYED_RECOVERY_SUCCESS
        case _:
            return Result.AUTHORISED_ONLINE


def reads_card(request: PaymentRequest) -> bool:
    """Whether the card comes to the device; otherwise the request brings it."""
    return isinstance(request.instruction.payment_instrument, CardPresent)


@attrs.frozen(kw_only=True)
class Numbers:
    """What identifies one payment at the gateway and on paper."""

    sequence: int

    @property
    def gateway_reference(self) -> str:
        """The first is the documentation's `1234567890AB`."""
        return f"{1234567889 + self.sequence}AB"


def documented_outcome() -> PaymentOutcome:
    """The payment of the documentation's example."""
    return documented(PaymentResult).payments[0]


def make_outcome(
    request: PaymentRequest,
    result: Result,
    *,
    paypoint_id: str,
    numbers: Numbers,
    authorisation_code: str | None = None,
) -> PaymentOutcome:
    """The result of a payment that came as far as a decision."""
    shown = documented_outcome()
    kind = outcome_of(result)
    refund = request.payment_type is PaymentType.REFUND
    paypoint, value = shown.paypoint, shown.value
    return attrs.evolve(
        shown,
        payment_type=ReportedPaymentType(request.payment_type.value),
        transaction_date_time=DateTime.of(datetime.now(UTC)),
        outcome=kind,
        result=result,
        paypoint=None if paypoint is None else attrs.evolve(paypoint, paypoint_id=paypoint_id),
        value=ResultValue(
            amount=request.instruction.value.amount,
            currency_code="GBP" if value is None else value.currency_code,
        ),
        merchant_transaction_reference=request.merchant_transaction_reference,
        gateway_transaction_reference=numbers.gateway_reference,
        eft_sequence_number=numbers.sequence,
        retrieval_reference_number=numbers.sequence,
        receipt_number=numbers.sequence,
        receipt_customer_declaration="PLEASE CREDIT MY ACCOUNT"
        if refund
        else shown.receipt_customer_declaration,
        payment_instrument=_instrument(
            request, shown, approved=kind is Outcome.SUCCEEDED, code=authorisation_code
        ),
    )


def make_bare_outcome(kind: str, reference: str, result: Result) -> PaymentOutcome:
    """The result of something that runs, or that ended before a card and the gateway were used."""
    return PaymentOutcome(
        payment_type=ReportedPaymentType(kind),
        transaction_date_time=DateTime.of(datetime.now(UTC)),
        outcome=outcome_of(result),
        result=result,
        merchant_transaction_reference=reference,
    )


def make_follow_up(
    original: PaymentOutcome, kind: ReportedPaymentType, *, reference: str, amount: int
) -> PaymentOutcome:
    """The result of settling or cancelling a payment, when that was done."""
    value = original.value
    return attrs.evolve(
        original,
        payment_type=kind,
        transaction_date_time=DateTime.of(datetime.now(UTC)),
        outcome=Outcome.SUCCEEDED,
        result=Result.SUCCEEDED,
        merchant_transaction_reference=reference,
        value=None if value is None else attrs.evolve(value, amount=amount),
    )


def _instrument(
    request: PaymentRequest, shown: PaymentOutcome, *, approved: bool, code: str | None
) -> UsedInstrument | None:
    """What was paid with, as the documentation's card would show in this kind of payment."""
    used = shown.payment_instrument
    if used is None or used.card is None:
        return used
    asked = request.instruction.payment_instrument
    checked = request.payment_type in (PaymentType.CHECK_CARD, PaymentType.CHECK_CARD_PAYMENT)
    authorisation = used.authorisation if approved and not checked else None
    if authorisation is not None and code is not None:
        authorisation = Authorisation(authorisation_code=code)
    card, used = used.card, attrs.evolve(used, authorisation=authorisation)
    match asked:
        case CardPresent():
            return used
        case CardToken():
            return without_chip(
                attrs.evolve(used, type=UsedInstrumentType.CARD_TOKEN),
                attrs.evolve(card, token_id=asked.token_id),
                PosEntryMode.CARDHOLDER_NOT_PRESENT,
            )
        case CardKeyedRecovery():
            recovered = Authorisation(authorisation_code=asked.auth_code)
            return without_chip(
                attrs.evolve(
                    used,
                    type=UsedInstrumentType.CARD_KEYED_RECOVERY,
                    authorisation=recovered if approved else None,
                ),
                card,
                PosEntryMode.KEYED,
            )
        case CardKeyed():
            return without_chip(
                attrs.evolve(used, type=UsedInstrumentType.CARD_KEYED),
                card,
                PosEntryMode.KEYED,
            )
        case CardNotPresent():
            return without_chip(
                attrs.evolve(used, type=UsedInstrumentType.CARD_NOT_PRESENT),
                card,
                PosEntryMode.CARDHOLDER_NOT_PRESENT,
            )


def without_chip(used: UsedInstrument, card: Card, mode: PosEntryMode) -> UsedInstrument:
    """Leave out what only a card in the device can tell."""
    return attrs.evolve(
        used,
        card=attrs.evolve(
            card,
            track2_data=None,
            pan_sequence_number=None,
            application_label=None,
            application_identifier=None,
            application_effective_date=None,
        ),
        pos_entry_mode=mode,
        card_verification_method=CardVerificationMethod.CARDHOLDER_NOT_PRESENT,
        balance=None,
        debug=None,
    )
