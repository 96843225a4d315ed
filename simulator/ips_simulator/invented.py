"""Everything that this simulator decided because no source tells.

Each decision says what is unknown. Texts that reach a client begin with `[invented]`, so that
nobody takes them for Worldpay's; so do the codes begin with 9, which no documented code does.
What a test may want otherwise is a switch of `Inventions`.
"""

from typing import Final

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

# -- the simulator itself

FAILED: Final = Invention(
    code="90040",
    text="the simulator has failed",
    unknown="How a server that cannot go on says so. Here: a STOMP ERROR frame.",
)


@attrs.frozen(kw_only=True)
class Inventions:
    """The switches. Each default is what we find most likely."""

    aborted: Result = Result.ABORTED
    """The result after an abort in time. Unknown: it may be `cancelled` or `succeeded` as well."""
    abort_pre_auth: bool = True
    """Whether a pre-authorisation can be aborted. Documented are sale, refund and check card."""
    busy: Result = Result.ABORTED_BUSY
    """The result when the paypoint is in use. That it is one at a time is implied only."""
    pre_auth: Result = Result.PRE_AUTH_COMPLETED
    """The result of a successful pre-authorisation. Unknown; the value is known by name only."""
    check_card: Result = Result.SUCCEEDED
    """The result of a successful check of a card. Unknown."""
    referral_declined: Result = Result.REFUSED_ONLINE
    """The result when no authorisation code was obtained. Unknown."""
    signature_refused: Result = Result.REFUSED_OFFLINE
    """The result when the merchant did not accept the signature. Unknown."""
    avs_refused: Result = Result.REFUSED_AVS_REQUIRED
    """The result when the merchant did not accept the address check. Unknown."""
    slip_before_signature: bool = True
    """Whether the merchant's receipt, to be signed, comes before the question whether the
    signature matches. Unknown; a signature needs something to be written on."""
    already_acted: Result = Result.INVALID_TRANSACTION_STATE
    """The result of settling or cancelling twice, or what was never open. Trigger unknown."""
    keys_survive_refresh: bool = True
    """Whether the old license key works after a refresh. Unknown."""
    payment_survives_client: bool = True
    """Whether a payment goes on when its client's connection is lost. Unknown; that its result can
    be asked for later makes it likely. A question that nobody answers ends it in any case."""
