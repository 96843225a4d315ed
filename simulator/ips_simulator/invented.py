"""Everything that this simulator decided because no source tells.

Each decision says what is unknown. Texts that reach a client begin with `[invented]`, so that
nobody takes them for Worldpay's; so do the codes begin with 9, which no documented code does.
What a test may want otherwise is a switch of `Inventions`.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

import attrs

from worldpay_ips import Result

MARK: Final = "[invented]"


@attrs.frozen(kw_only=True)
class Invention:
    """One refusal: its code, its text, and what nobody knows about it."""

    code: str
    text: str
    unknown: str

    @property
    def message(self) -> str:
        """The text as it is sent."""
        return f"{MARK} {self.text}"


_TABLE = "The table of error codes is not public; of all codes only 10001 is known."

# -- connections

KEY_MISSING: Final = Invention(
    code="90001",
    text="this connection has no license key",
    unknown="How a connection without the key it needs fails: as STOMP error, error message or"
    " close. Here: a STOMP ERROR frame.",
)
KEY_UNKNOWN: Final = Invention(
    code="90002",
    text="the license key is not valid",
    unknown="How a license key that is not valid fails. Here: a STOMP ERROR frame that answers"
    " CONNECT.",
)
KEY_EXPIRED: Final = Invention(
    code="90003",
    text="the license key has expired",
    unknown="How an expired license key fails, and whether the server tells it from an unknown"
    " one. Here: a STOMP ERROR frame that answers CONNECT.",
)
SECOND_REQUEST: Final = Invention(
    code="90010",
    text="a connection carries one request, and this one has had it",
    unknown="That each request needs a connection of its own is documented; what happens"
    " otherwise is not.",
)
UNKNOWN_DESTINATION: Final = Invention(
    code="90011",
    text="there is no such destination",
    unknown="What the server makes of a destination that it does not have.",
)
NOT_SUBSCRIBED: Final = Invention(
    code="90012",
    text="subscribe to the destinations of the replies before the request",
    unknown="Whether the server insists on the subscriptions before the request, or sends into"
    " the void.",
)
MISPLACED: Final = Invention(
    code="90013",
    text="this message does not belong here",
    unknown="What the server makes of an abort, a confirmation or a subscription out of place.",
)

# -- messages

MALFORMED: Final = Invention(code="90020", text="the message is not valid", unknown=_TABLE)
WRONG_REFERENCE: Final = Invention(
    code="90021",
    text="the reference is not that of the payment in flight",
    unknown="Whether the reference of an abort or a confirmation is compared at all.",
)
NO_QUESTION: Final = Invention(
    code="90022",
    text="no action waits for a confirmation",
    unknown="That each action is confirmed once is documented; what a second confirmation does"
    " is not.",
)
WRONG_ACTION: Final = Invention(
    code="90023",
    text="another action was asked for",
    unknown="What a confirmation of another kind than asked does.",
)

# -- business

CODE_UNKNOWN: Final = Invention(
    code="90030", text="the activation code does not belong to this point of sale", unknown=_TABLE
)
CODE_USED: Final = Invention(
    code="90031",
    text="the activation code has been used",
    unknown="That a code works once is told by the product pages; the error is not.",
)
NOT_THE_LAST_PAYMENT: Final = Invention(
    code="90032",
    text="this is not the reference of the last payment",
    unknown="What a query for another payment than the last one returns.",
)
NO_SUCH_RECEIPT: Final = Invention(
    code="90033",
    text="the last payment has no receipt of this type",
    unknown="What a query for a receipt that does not exist returns: settlements have none.",
)

PAYPOINT_BUSY: Final = Invention(
    code="90034",
    text="a payment is running on this paypoint",
    unknown="Whether a second payment gets a result, as by default, or an error, or waits.",
)
NO_MAGIC: Final = Invention(
    code="90035",
    text="no scenario has this magic amount; docs/scenarios.md lists them",
    unknown="Magic amounts are the simulator's alone.",
)

# -- the simulator itself

FAILED: Final = Invention(
    code="90040",
    text="the simulator has failed",
    unknown="How a server that cannot go on says so. Here: a STOMP ERROR frame.",
)


def _is_bool(_switches: object, field: "attrs.Attribute[bool]", value: object) -> None:
    if not isinstance(value, bool):
        raise ValueError(f"{field.name} is true or false")


def _is_time(_switches: object, field: "attrs.Attribute[float]", value: float) -> None:
    if not 0 <= value < _CENTURY:
        raise ValueError(f"{field.name} is a time, from 0 on")


_CENTURY: Final = 100 * 365.25 * 86400


class SecondPayment(StrEnum):
    """What becomes of a payment on a paypoint that is busy with one."""

    BUSY = "busy"
    """The result `Inventions.busy`."""
    QUEUE = "queue"
    """It waits for its turn, unless its client leaves."""
    ERROR = "error"
    """An error message."""


class WrongReference(StrEnum):
    """What a query gets that names another payment than the one it may ask for."""

    ERROR = "error"
    EMPTY = "empty"
    """A result with no payment in it; for a receipt, which has no such thing, the error."""
    LAST = "last"
    """The last payment, whatever its reference."""


@attrs.frozen(kw_only=True)
class Inventions:
    """The switches. Each default is what we find most likely."""

    # -- results that are not known

    aborted: Result = attrs.field(default=Result.ABORTED, converter=Result)
    """The result after an abort in time. Unknown: it may be `cancelled` or `succeeded` as well."""
    abort_pre_auth: bool = attrs.field(default=True, validator=_is_bool)
    """Whether a pre-authorisation can be aborted. Documented are sale, refund and check card."""
    busy: Result = attrs.field(default=Result.ABORTED_BUSY, converter=Result)
    """The result when the paypoint is in use. That it is one at a time is implied only."""
    pre_auth: Result = attrs.field(default=Result.PRE_AUTH_COMPLETED, converter=Result)
    """The result of a successful pre-authorisation. Unknown; the value is known by name only."""
    check_card: Result = attrs.field(default=Result.SUCCEEDED, converter=Result)
    """The result of a successful check of a card. Unknown."""
    referral_declined: Result = attrs.field(default=Result.REFUSED_ONLINE, converter=Result)
    """The result when no authorisation code was obtained. Unknown."""
    signature_refused: Result = attrs.field(default=Result.REFUSED_OFFLINE, converter=Result)
    """The result when the merchant did not accept the signature. Unknown."""
    avs_refused: Result = attrs.field(default=Result.REFUSED_AVS_REQUIRED, converter=Result)
    """The result when the merchant did not accept the address check. Unknown."""
    pin_refused: Result = attrs.field(default=Result.REFUSED_OFFLINE, converter=Result)
    """The result after three wrong PINs. Unknown."""
    card_removed: Result = attrs.field(default=Result.ABORTED, converter=Result)
    """The result when the card was taken out too soon. Unknown."""
    cancelled_at_pad: Result = attrs.field(default=Result.CANCELLED, converter=Result)
    """The result when the cardholder pressed the red key, or brought no card in time."""
    already_acted: Result = attrs.field(default=Result.INVALID_TRANSACTION_STATE, converter=Result)
    """The result of settling or cancelling twice, or what was never open. Trigger unknown."""

    # -- the flow of a payment

    slip_before_signature: bool = attrs.field(default=True, validator=_is_bool)
    """Whether the merchant's receipt, to be signed, comes before the question whether the
    signature matches. Unknown; a signature needs something to be written on."""
    amount_is_total: bool = attrs.field(default=True, validator=_is_bool)
    """Whether the amount of a result holds cashback, gratuity and donation, as what the product
    pages say of cashback makes likely, or is what was asked for. All of it is charged."""
    card_seconds: float = attrs.field(default=30.0, converter=float, validator=_is_time)
    """How long the device waits for a person. Unknown; the predecessor's is 30 seconds."""
    answer_seconds: float = attrs.field(default=300.0, converter=float, validator=_is_time)
    """How long the server waits for the merchant's answer. Unknown."""
    answer_late: Result = attrs.field(default=Result.ABORTED, converter=Result)
    """The result when no answer came in time. Unknown."""

    # -- one payment and the next

    second_payment: SecondPayment = attrs.field(default=SecondPayment.BUSY, converter=SecondPayment)
    """What becomes of a payment while another runs on its paypoint. Unknown."""
    only_last_payment: bool = attrs.field(default=True, validator=_is_bool)
    """Whether queries answer for the last payment of the paypoint alone, as documented."""
    wrong_reference: WrongReference = attrs.field(
        default=WrongReference.ERROR, converter=WrongReference
    )
    """What a query with another reference gets. Unknown."""
    pending_while_in_flight: bool = attrs.field(default=True, validator=_is_bool)
    """Whether a query is told `in-progress` of a payment that runs. Otherwise the payment before
    it is the last one until it is decided. That there are pending results makes it likely."""

    # -- links and licenses

    payment_survives_client: bool = attrs.field(default=True, validator=_is_bool)
    """Whether a payment goes on when its client's connection is lost. Unknown; that its result can
    be asked for later makes it likely. A question that nobody answers ends it in any case."""
    survival_seconds: float | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(float),
        validator=attrs.validators.optional(_is_time),
    )
    """For how long it goes on; what is decided by then stays so. None is to its end. Unknown."""
    keys_survive_refresh: bool = attrs.field(default=True, validator=_is_bool)
    """Whether the old license key works after a refresh. Unknown."""
    license_days: float = attrs.field(default=365.0, converter=float, validator=_is_time)
    """How long a license key is valid. Live keys show 365 or 366 days."""

    @property
    def license_lifetime(self) -> timedelta:
        """The same, as a duration."""
        return timedelta(days=self.license_days)

    def with_rules(self, rules: Mapping[str, Any]) -> "Inventions":
        """The same with some switches set otherwise.

        Raises:
            TypeError: There is no such switch.
            ValueError: It cannot be set so.
        """
        return attrs.evolve(self, **rules) if rules else self
