"""How a payment that is decided looks in its result, and what it enters into the ledger."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

import attrs

from worldpay_ips import (
    Balance,
    CardVerificationMethod,
    DynamicCurrencyConversion,
    Outcome,
    PaymentOutcome,
    PaymentType,
    PosEntryMode,
    Result,
    ResultValue,
)

from .ledger import ChargeKind
from .pin_pad import CardWay
from .results import make_outcome, outcome_of, success_of, without_chip
from .scenario import Decide

if TYPE_CHECKING:
    from .payments import Payment

_CHARGES: Final = {
    PaymentType.SALE: ChargeKind.SALE,
    PaymentType.REFUND: ChargeKind.REFUND,
    PaymentType.PRE_AUTH: ChargeKind.AUTHORISATION,
}
_ENTRY: Final = {
    CardWay.INSERT: PosEntryMode.INTEGRATED_CIRCUIT_CHIP,
    CardWay.TAP: PosEntryMode.CONTACTLESS_CHIP,
    CardWay.SWIPE: PosEntryMode.MAGSTRIPE,
    CardWay.KEY: PosEntryMode.KEYED,
}


def interim_outcome(payment: "Payment") -> PaymentOutcome:
    """How it would end now, for a slip that is printed before."""
    return final_outcome(payment, Decide())


def final_outcome(payment: "Payment", step: Decide) -> PaymentOutcome:
    """The outcome; bare when it came to nothing before a card was read."""
    result = payment.ruled or step.result or success_of(payment.request, payment.inventions)
    if not payment.card_read and outcome_of(result) is not Outcome.SUCCEEDED:
        return payment.bare(result)
    outcome = make_outcome(
        payment.request,
        result,
        paypoint_id=payment.paypoint.id,
        numbers=payment.numbers,
        authorisation_code=payment.code,
    )
    if payment.way is not None:
        outcome = _as_entered(outcome, payment, payment.way)
    if outcome.outcome is Outcome.SUCCEEDED:
        outcome = attrs.evolve(outcome, value=_value(outcome, payment, step))
    used = outcome.payment_instrument
    if step.balance is not None and used is not None:
        balance = Balance(formatted_amount=step.balance)
        outcome = attrs.evolve(outcome, payment_instrument=attrs.evolve(used, balance=balance))
    return outcome


def charge(payment: "Payment", outcome: PaymentOutcome, step: Decide) -> None:
    """Enter the charge: from here on the money has moved, whoever hears of it."""
    kind = _CHARGES.get(payment.request.payment_type)
    amount = _total(payment, step)
    # An amount of 0 verifies an account: nothing is charged.
    if outcome.outcome is Outcome.SUCCEEDED and kind is not None and amount:
        offline = outcome.result is Result.AUTHORISED_OFFLINE
        payment.paypoint.book(kind, outcome, amount, offline=offline)


def _base(payment: "Payment", step: Decide) -> int:
    return payment.request.instruction.value.amount if step.amount is None else step.amount


def _total(payment: "Payment", step: Decide) -> int:
    parts = (step.cashback or 0) + (step.gratuity or 0) + (step.donation or 0)
    return _base(payment, step) + parts


def _value(outcome: PaymentOutcome, payment: "Payment", step: Decide) -> ResultValue:
    currency = outcome.value.currency_code if outcome.value is not None else None
    total, dcc = _total(payment, step), None
    if step.dcc is not None:
        converted = (total * step.dcc.rate).quantize(Decimal(1), ROUND_HALF_UP)
        dcc = DynamicCurrencyConversion(
            converted_currency_code=step.dcc.currency,
            converted_amount=int(converted),
            conversion_rate=step.dcc.rate,
        )
    return ResultValue(
        amount=total if payment.inventions.amount_is_total else _base(payment, step),
        currency_code=currency,
        cashback_amount=step.cashback,
        gratuity_amount=step.gratuity,
        donation_amount=step.donation,
        dcc=dcc,
    )


def _as_entered(outcome: PaymentOutcome, payment: "Payment", way: CardWay) -> PaymentOutcome:
    """What the way of the card and what the cardholder did leave in the result."""
    used = outcome.payment_instrument
    if used is None or used.card is None:
        return outcome
    if way in (CardWay.SWIPE, CardWay.KEY):
        track = used.card.track2_data if way is CardWay.SWIPE else None
        balance, card = used.balance, used.card
        used = without_chip(used, card, _ENTRY[way])
        card = attrs.evolve(used.card or card, track2_data=track)
        used = attrs.evolve(used, card=card, balance=balance)
    used = attrs.evolve(
        used, pos_entry_mode=_ENTRY[way], card_verification_method=_verified(payment)
    )
    return attrs.evolve(outcome, payment_instrument=used)


def _verified(payment: "Payment") -> CardVerificationMethod:
    match payment.pin_entered, payment.signed:
        case True, True:
            return CardVerificationMethod.PIN_AND_SIGNATURE
        case True, False:
            return CardVerificationMethod.PIN_OR_CONSUMER_DEVICE
        case False, True:
            return CardVerificationMethod.SIGNATURE
        case _:
            return CardVerificationMethod.NONE
