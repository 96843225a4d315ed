"""The steps of a scenario. Pure data; `playing.py` says what each does."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Literal

import attrs
from attrs.converters import optional

from worldpay_ips import ReceiptType, Result

from .faults import Fault
from .pin_pad import CardWay

Patch = Mapping[str, Any]
"""A JSON merge patch, RFC 7396, on a message as it travels: null takes a field away."""


class Ask(StrEnum):
    """What the merchant can be asked to do during a payment, in the API's own words."""

    VOICE_AUTHORISATION = "voice-authorisation"
    SIGNATURE_VERIFICATION = "signature-verification"
    AVS_CONFIRMATION = "avs-confirmation"


def read_only(value: Mapping[str, Any]) -> Patch:
    """A copy that nobody can change."""
    return MappingProxyType(dict(value))


def _decimal(value: object) -> Decimal:
    return Decimal(str(value))


def _payments(
    items: Iterable[Result | str],
) -> tuple[Result | Literal["decided"], ...]:
    return tuple("decided" if item == "decided" else Result(item) for item in items)


_NO_PATCH: Final[Patch] = MappingProxyType({})


# -- what the cardholder does. Passed over when the request brings its card, as a token does.


@attrs.frozen
class TakeCard:
    """The cardholder is asked for the card; until it is there the payment can be aborted."""

    by: CardWay | None = attrs.field(default=None, converter=optional(CardWay))
    """How it comes; None leaves the result as the documentation shows it."""
    text: str = "PLEASE INSERT CARD"
    """Notified first; nothing when empty."""
    after: float = 0
    """Seconds until the card is there."""

    def __str__(self) -> str:
        return f"card: {self.by or 'as documented'}"


@attrs.frozen
class TakePin:
    """The cardholder enters the PIN."""

    correct: bool = True
    text: str = "ENTER PIN"

    def __str__(self) -> str:
        return f"pin: {'correct' if self.correct else 'wrong'}"


@attrs.frozen
class TakeOutCard:
    """The cardholder takes the card out; too soon ends the payment."""

    too_soon: bool = False
    text: str = "PLEASE REMOVE CARD"

    def __str__(self) -> str:
        return f"remove_card: {'too-soon' if self.too_soon else 'ok'}"


# -- what the server does


@attrs.frozen
class Notify:
    """A text for the staff."""

    text: str
    reader_only: bool = False
    """Passed over when the request brings its card."""

    def __str__(self) -> str:
        return f"notify: {self.text}"


@attrs.frozen
class Wait:
    """Time passes, on the simulator's clock."""

    seconds: float

    def __str__(self) -> str:
        return f"wait: {self.seconds:g}"


@attrs.frozen
class AbortWindow:
    """From here on the payment can be aborted, or no longer can be.

    It begins open; a card that was read closes it.
    """

    open: bool

    def __str__(self) -> str:
        return f"abort_window: {'open' if self.open else 'closed'}"


@attrs.frozen
class Question:
    """The merchant is asked to do something. Not asked once the payment is refused."""

    kind: Ask = attrs.field(converter=Ask)
    yes: Result | None = attrs.field(default=None, converter=optional(Result))
    """The result after a yes. None is the rule for this kind: see `Inventions`."""
    no: Result | None = attrs.field(default=None, converter=optional(Result))
    within: float | None = None
    """Seconds for the answer; None is `Inventions.answer_seconds`."""
    late: Result | None = attrs.field(default=None, converter=optional(Result))
    """The result without an answer; None is `Inventions.answer_late`."""

    def __str__(self) -> str:
        return f"ask: {self.kind}"


@attrs.frozen
class Conversion:
    """The cardholder pays in another currency."""

    currency: str
    rate: Decimal = attrs.field(converter=_decimal)


@attrs.frozen(kw_only=True)
class Decide:
    """The payment is decided. A success is in the ledger from here on, whoever hears of it."""

    result: Result | None = attrs.field(default=None, converter=optional(Result))
    """None is the success that fits the kind of payment. What an answer, a wrong PIN or a card
    that was taken away has led to stands above both."""
    amount: int | None = None
    """What is authorised, without the parts below; None is what was asked for."""
    cashback: int | None = None
    gratuity: int | None = None
    donation: int | None = None
    dcc: Conversion | None = None
    balance: str | None = attrs.field(default=None, repr=False)
    """What is left on a gift card: `£25.00`."""

    def __str__(self) -> str:
        return f"decide: {self.result or 'success'}"


@attrs.frozen
class GiveReceipt:
    """A receipt. Before `decide` it is a slip, which `sign_here` makes one to sign."""

    type: ReceiptType = attrs.field(converter=ReceiptType)
    sign_here: bool = False

    def __str__(self) -> str:
        return f"receipt: {self.type}"


@attrs.frozen(kw_only=True)
class TellResult:
    """The result message."""

    patch: Patch = attrs.field(default=_NO_PATCH, converter=read_only, repr=False)
    """Changes the message: `{"payments": ...}` replaces all of the list; `payment_patch` is for
    what is in it."""
    payment_patch: Patch = attrs.field(default=_NO_PATCH, converter=read_only, repr=False)
    """Changes each payment in it; a query is told the same."""
    payments: tuple[Result | Literal["decided"], ...] = attrs.field(
        default=("decided",),
        converter=_payments,
    )
    """What stands in it, in this order: the payment as it was decided, and further attempts."""

    def __str__(self) -> str:
        return "result"


@attrs.frozen
class Complete:
    """The completion, after which the client leaves."""

    def __str__(self) -> str:
        return "complete"


@attrs.frozen(kw_only=True)
class Fail:
    """An error message. It ends the request; a payment that is not decided has failed."""

    code: str
    message: str

    def __str__(self) -> str:
        return f"error: {self.code}"


@attrs.frozen(kw_only=True)
class Reply:
    """The ordinary answer of an operation, changed by a patch."""

    patch: Patch = attrs.field(default=_NO_PATCH, converter=read_only, repr=False)

    def __str__(self) -> str:
        return "reply"


PaymentStep = (
    TakeCard
    | TakePin
    | TakeOutCard
    | Notify
    | Wait
    | AbortWindow
    | Question
    | Decide
    | GiveReceipt
    | TellResult
    | Complete
    | Fail
    | Fault
)
OperationStep = Wait | Reply | Fail | Fault

TELL_ALL: Final[tuple[PaymentStep, ...]] = (
    GiveReceipt(ReceiptType.CUSTOMER),
    GiveReceipt(ReceiptType.MERCHANT),
    TellResult(),
    Complete(),
)
"""How most payments end after `Decide`."""
