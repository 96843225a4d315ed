"""What a till asks for, made into an intent for the journal and a request for the service."""

import attrs

from stompws.descriptors import Operation
from stompws.shapes import Struct
from worldpay_ips import (
    BatchReportRequest,
    CardKeyed,
    CardKeyedRecovery,
    CardNotPresent,
    CardPresent,
    CardToken,
    DeviceRestartRequest,
    ExpiryDate,
    Instruction,
    OriginalCard,
    PaymentCancellation,
    PaymentRequest,
    PaymentSettlement,
    PaymentType,
    RequestValue,
    TokenPurpose,
)
from worldpay_ips.operations import (
    CANCEL_PAYMENT,
    REQUEST_BATCH_REPORT,
    RESTART_DEVICE,
    SETTLE_PAYMENT,
    START_PAYMENT,
)

from .errors import RefusedError
from .journal import Intent
from .money import Amount, Money, minor_units
from .operations import MoneyOperation
from .outcome import Approved
from .references import check_reference

_TYPES = {
    MoneyOperation.SALE: PaymentType.SALE,
    MoneyOperation.REFUND: PaymentType.REFUND,
    MoneyOperation.PRE_AUTH: PaymentType.PRE_AUTH,
    MoneyOperation.CHECK_CARD: PaymentType.CHECK_CARD,
    MoneyOperation.ACCOUNT_VERIFICATION: PaymentType.SALE,
}


@attrs.frozen(kw_only=True)
class Order:
    """One operation, ready to be journaled and sent."""

    intent: Intent
    operation: Operation
    request: Struct = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Instrument:
    """What is charged. By default a card at the PIN pad."""

    token: str | None = attrs.field(default=None, repr=False)
    """A token that an earlier payment delivered."""
    auth_code: str | None = attrs.field(default=None, repr=False)
    """Of a sale that was authorised before, by telephone: it is only entered again."""
    keyed: bool = False
    """The number is typed in at the PIN pad."""
    not_present: bool = False
    """The number is typed in at the PIN pad, and the cardholder is elsewhere."""
    token_purpose: TokenPurpose | None = None
    """What a token is stored or used for."""
    online: bool | None = None
    """Whether it must be handled online; None leaves it to the service."""

    def message(self) -> CardPresent | CardToken | CardKeyedRecovery | CardKeyed | CardNotPresent:
        """The same for the service.

        Raises:
            ValueError: Two of them are given.
        """
        chosen = [self.token is not None, self.auth_code is not None, self.keyed, self.not_present]
        if sum(chosen) > 1:
            raise ValueError("give one of token, auth_code, keyed and not_present")
        if self.token is not None:
            return CardToken(token_id=self.token, token_purpose=self.token_purpose)
        if self.auth_code is not None:
            return CardKeyedRecovery(auth_code=self.auth_code)
        if self.keyed:
            return CardKeyed(is_handled_online=self.online)
        if self.not_present:
            return CardNotPresent(is_handled_online=self.online)
        return CardPresent(is_handled_online=self.online, token_purpose=self.token_purpose)


def payment_order(
    kind: MoneyOperation,
    amount: Amount,
    *,
    reference: str,
    paypoint_id: str,
    instrument: Instrument,
    original_gateway_reference: str | None = None,
) -> Order:
    """A payment.

    Raises:
        TypeError: The amount is neither an int nor a `Money`.
        ValueError: The amount, the reference or the instrument cannot be sent.
    """
    charging = kind in (MoneyOperation.SALE, MoneyOperation.REFUND, MoneyOperation.PRE_AUTH)
    minor = minor_units(amount, least=1 if charging else 0)
    request = PaymentRequest(
        payment_type=_TYPES[kind],
        merchant_transaction_reference=check_reference(reference),
        instruction=Instruction(
            value=RequestValue(amount=minor),
            payment_instrument=instrument.message(),
            original_gateway_transaction_reference=original_gateway_reference,
        ),
    )
    intent = Intent(
        reference=reference,
        paypoint_id=paypoint_id,
        operation=kind,
        amount=minor,
        facts=_currency(amount),
    )
    return Order(intent=intent, operation=START_PAYMENT, request=request)


def settle_order(
    original: Approved, amount: Amount | None, *, reference: str, paypoint_id: str, own: bool = True
) -> Order:
    """The settlement of a pre-authorisation; None settles all of it.

    `own`: it is sent with its own reference, not with the payment's.

    Raises:
        RefusedError: The original is no pre-authorisation, or is not known well enough.
    """
    if original.operation is not MoneyOperation.PRE_AUTH:
        raise RefusedError(f"{original.reference} is no pre-authorisation; only those are settled")
    gateway_reference, card = _original(original, paypoint_id)
    minor = None if amount is None else minor_units(amount, least=0)
    sent_with = check_reference(reference) if own else original.reference
    request = PaymentSettlement(
        merchant_transaction_reference=sent_with,
        gateway_transaction_reference=gateway_reference,
        payment_instrument=card,
        value=None if minor is None else RequestValue(amount=minor),
    )
    return Order(
        intent=Intent(
            reference=reference,
            paypoint_id=paypoint_id,
            operation=MoneyOperation.SETTLE,
            amount=original.amount if minor is None else minor,
            about=original.reference,
            facts={**_currency(amount), **({} if own else {"wire_reference": sent_with})},
        ),
        operation=SETTLE_PAYMENT,
        request=request,
    )


def cancel_order(
    original: Approved, *, reference: str, paypoint_id: str, own: bool = True
) -> Order:
    """The cancellation of a sale, refund or pre-authorisation; `own` as with `settle_order`.

    Raises:
        RefusedError: The original cannot be cancelled, or is not known well enough.
    """
    if original.operation not in (
        MoneyOperation.SALE,
        MoneyOperation.REFUND,
        MoneyOperation.PRE_AUTH,
    ):
        raise RefusedError(f"{original.reference}: a {original.operation} cannot be cancelled")
    gateway_reference, card = _original(original, paypoint_id)
    sent_with = check_reference(reference) if own else original.reference
    request = PaymentCancellation(
        merchant_transaction_reference=sent_with,
        gateway_transaction_reference=gateway_reference,
        payment_instrument=card,
    )
    return Order(
        intent=Intent(
            reference=reference,
            paypoint_id=paypoint_id,
            operation=MoneyOperation.CANCEL,
            about=original.reference,
            facts={} if own else {"wire_reference": sent_with},
        ),
        operation=CANCEL_PAYMENT,
        request=request,
    )


def z_order(*, reference: str, paypoint_id: str) -> Order:
    """The closing of the batch."""
    return Order(
        intent=Intent(
            reference=reference, paypoint_id=paypoint_id, operation=MoneyOperation.Z_REPORT
        ),
        operation=REQUEST_BATCH_REPORT,
        request=BatchReportRequest(close_batch=True),
    )


def restart_order(*, reference: str, paypoint_id: str) -> Order:
    """The restart of the PIN pad."""
    return Order(
        intent=Intent(
            reference=reference, paypoint_id=paypoint_id, operation=MoneyOperation.RESTART
        ),
        operation=RESTART_DEVICE,
        request=DeviceRestartRequest(),
    )


def _currency(amount: Amount | None) -> dict[str, str]:
    return {"currency": amount.currency} if isinstance(amount, Money) else {}


def _original(original: Approved, paypoint_id: str) -> tuple[str, OriginalCard]:
    if original.paypoint_id != paypoint_id:
        raise RefusedError(
            f"{original.reference} was taken on {original.paypoint_id}, not on {paypoint_id}"
        )
    if original.gateway_reference is None or original.card is None:
        raise RefusedError(
            f"{original.reference}: the service's reference or the card is not known any more;"
            " use the service's own portal"
        )
    card = OriginalCard(
        card_number=original.card.number,
        card_expiry_date=ExpiryDate(
            month=original.card.expiry_month, year=original.card.expiry_year
        ),
    )
    return original.gateway_reference, card
