"""How an operation ends: four outcomes, and what the cashier does now.

`Unknown` is one of them so that a type checker complains where it was forgotten.
"""

from collections.abc import Callable
from datetime import tzinfo
from typing import Any, Final, TypeAlias, cast

import attrs

from stompws.records import Record

from .errors import ConfigurationError, OutcomeUnknownError
from .money import format_minor
from .operations import MoneyOperation
from .times import shown

TRY_AGAIN: Final = "Try again, as a new payment."


@attrs.frozen(kw_only=True)
class CardHandle(Record):
    """What a settlement or cancellation says of the card, as the service told it: cut short."""

    number: str = attrs.field(repr=False)
    """With the middle digits replaced: `123456XXXXXX3445`."""
    expiry_month: int = attrs.field(repr=False)
    expiry_year: int = attrs.field(repr=False)
    """Two digits."""

    @property
    def last_four(self) -> str:
        """The last four digits, which may be shown."""
        return self.number[-4:]


@attrs.frozen(kw_only=True)
class _Known(Record):
    """What every outcome tells."""

    operation: MoneyOperation
    reference: str
    """The merchant's transaction reference."""
    paypoint_id: str
    amount: int | None = None
    """Minor units, as the service said; None when it said nothing."""
    requested_amount: int | None = None
    """Minor units, as asked for."""
    currency: str | None = None
    """ISO 4217, as the service said."""
    requested_currency: str | None = None
    """ISO 4217, where the amount was asked for as `Money`."""
    result: str | None = None
    """The service's result, such as `authorised-online`; values of a newer server are kept."""
    at: str | None = None
    """When, as the service said, in its own words; `when` prints it for people."""
    abort_requested: bool = False
    """True when an abort had been asked for, whatever came of it."""

    def when(self, zone: tzinfo | None = None) -> str:
        """When it happened, for people: `2026-07-01 14:05:09 BST (+01:00)`; empty if not known.

        Args:
            zone: The time zone to show it in; this machine's when None.
        """
        return shown(self.at, zone)

    def amount_text(self) -> str:
        """The amount with its decimals and currency; empty when there is none."""
        amount = self.requested_amount if self.amount is None else self.amount
        if amount is None:
            return ""
        return f"{format_minor(amount, self.currency)} {self.currency or ''}".strip()


@attrs.frozen(kw_only=True)
class Approved(_Known):
    """The service has done it. For a sale: the money is taken."""

    amount_differs: bool = False
    """True when the amount is not the one asked for: partly approved, or with cashback or tip."""
    gateway_reference: str | None = None
    """The service's reference; needed to settle or cancel."""
    card: CardHandle | None = None
    """Needed to settle or cancel; None when the service did not tell, or it was erased."""
    card_scheme: str | None = None
    """Who issued the card, such as `visa-debit`."""
    token_id: str | None = attrs.field(default=None, repr=False)
    """Stands for the card in later payments. A secret: it is not in the journal."""
    tax_free_voucher: str | None = attrs.field(default=None, repr=False)
    """As it came, for `receipts.TaxFreeVoucher`. Not in the journal."""
    missing_receipts: tuple[str, ...] = ()
    """Types of receipts that should have come and could not be had."""

    @property
    def what_to_do(self) -> str:
        """Tell the cashier what to do now."""
        text = _DONE[self.operation].format(amount=self.amount_text())
        if self.amount_differs and self.requested_amount is not None:
            currency = self.requested_currency or self.currency
            asked = f"{format_minor(self.requested_amount, currency)} {currency or ''}".strip()
            text += f" Not the {asked} that was asked for: settle the difference."
        if self.abort_requested and self.operation in _CAN_CANCEL:
            text += " The abort came too late. To give the money back, cancel this payment."
        if self.missing_receipts:
            text += " Receipts are missing: " + ", ".join(self.missing_receipts) + "."
        return text


@attrs.frozen(kw_only=True)
class Declined(_Known):
    """The card was refused. Nothing was charged."""

    reason: str = ""
    """In words, for the cashier."""
    keep_card: bool = False
    """True when the issuer asks for the card to be kept."""
    try_again: bool = True
    """False when the issuer says that this card must not be tried again."""

    @property
    def what_to_do(self) -> str:
        """Tell the cashier what to do now."""
        if self.keep_card:
            return f"Declined: {self.reason} Nothing was charged. Keep the card if it is safe."
        if not self.try_again:
            return f"Declined: {self.reason} Nothing was charged. Do not try this card again."
        return f"Declined: {self.reason} Nothing was charged. Ask for another means of payment."


@attrs.frozen(kw_only=True)
class NotTaken(_Known):
    """No decision was made: aborted, busy, unavailable, not valid. Nothing was charged."""

    reason: str = ""
    """In words, for the cashier."""
    advice: str = TRY_AGAIN
    error_code: str | None = None
    """The code of the service's error message, when that was the answer."""

    @property
    def what_to_do(self) -> str:
        """Tell the cashier what to do now."""
        return f"Not taken: {self.reason} Nothing was charged. {self.advice}"


@attrs.frozen(kw_only=True)
class Unknown(_Known):
    """Nobody can say yet whether it happened. It must not be repeated."""

    why: str = ""
    correlation_id: str | None = None
    needs_person: bool = False
    """True when the service can no longer tell: a person compares the terminal, the receipts and
    the batch report."""
    _recover: "Callable[[], Outcome] | None" = attrs.field(
        default=None, repr=False, eq=False, alias="recover_with"
    )

    @property
    def what_to_do(self) -> str:
        """Tell the cashier what to do now."""
        if self.needs_person:
            return (
                f"Unknown: {self.why} Do not charge again. Look at the terminal's receipt and the"
                " batch report, and have the journal decided by a supervisor."
            )
        return f"Unknown: {self.why} Do not charge again. Recover it before the next payment."

    def recover(self) -> "Outcome":
        """Ask the service again; never charges. Raises as `OutcomeUnknownError.recover`."""
        if self._recover is None:
            raise ConfigurationError(
                "ask the till: till.recover(reference), awaited if it is asyncio"
            )
        return self._recover()

    def as_error(self) -> OutcomeUnknownError:
        """The same as an error, for programs that would rather raise."""
        return OutcomeUnknownError(
            operation=self.operation.value,
            reference=self.reference,
            paypoint_id=self.paypoint_id,
            correlation_id=self.correlation_id,
            why=self.why,
            recover=self._recover,
        )


Outcome: TypeAlias = Approved | Declined | NotTaken | Unknown

_CAN_CANCEL: Final = frozenset(
    {MoneyOperation.SALE, MoneyOperation.REFUND, MoneyOperation.PRE_AUTH}
)
_DONE: Final = {
    MoneyOperation.SALE: "Approved: {amount} taken. Hand over the goods and the receipt.",
    MoneyOperation.REFUND: "Refunded: {amount}. Hand over the receipt.",
    MoneyOperation.PRE_AUTH: "Authorised: {amount}. Settle it later.",
    MoneyOperation.CHECK_CARD: "The card was read. Nothing was charged.",
    MoneyOperation.ACCOUNT_VERIFICATION: "The account was verified. Nothing was charged.",
    MoneyOperation.SETTLE: "Settled: {amount}.",
    MoneyOperation.CANCEL: "Cancelled: {amount} will not be settled. The bank frees the money"
    " in a few days.",
    MoneyOperation.Z_REPORT: "The batch is closed.",
    MoneyOperation.RESTART: "The PIN pad restarts.",
}

_KINDS: Final[dict[str, type[Any]]] = {
    "approved": Approved,
    "declined": Declined,
    "not-taken": NotTaken,
    "unknown": Unknown,
}
_KIND_OF: Final = {kind: name for name, kind in _KINDS.items()}
_NOT_STORED: Final = {
    *("_recover", "tax_free_voucher", "token_id", "card"),
    *("operation", "reference", "paypoint_id"),
}


def kind_of(outcome: Outcome) -> str:
    """Return the kind of an outcome as a word: approved, declined, not-taken or unknown."""
    return _KIND_OF[type(outcome)]


def to_stored(outcome: Outcome) -> dict[str, Any]:
    """Write an outcome as JSON for the journal: without secrets, the card cut short."""
    fields = attrs.fields_dict(type(outcome))
    stored: dict[str, Any] = {"kind": kind_of(outcome)}
    for name in fields.keys() - _NOT_STORED:
        value = getattr(outcome, name)
        stored[name] = list(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value
    card = outcome.card if isinstance(outcome, Approved) else None
    if card is not None:
        expiry = [card.expiry_month, card.expiry_year]
        stored["card"] = {"number": card.number, "expiry": expiry}
    return stored


def from_stored(
    stored: Any, *, operation: MoneyOperation, reference: str, paypoint_id: str
) -> Outcome:
    """Read an outcome back from the journal; what a newer version wrote besides is left out."""
    kind = _KINDS[stored["kind"]]
    known = attrs.fields_dict(kind).keys() - _NOT_STORED
    values = {name: value for name, value in stored.items() if name in known}
    if "missing_receipts" in values:
        values["missing_receipts"] = tuple(values["missing_receipts"])
    if kind is Approved and (card := stored.get("card")):
        month, year = card["expiry"]
        values["card"] = CardHandle(number=card["number"], expiry_month=month, expiry_year=year)
    found: Outcome = kind(
        operation=operation, reference=reference, paypoint_id=paypoint_id, **values
    )
    return found
