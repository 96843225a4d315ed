"""What a `ServerSession` reports. Immutable; payloads and bodies never show in a `repr`."""

from enum import StrEnum
from typing import TypeAlias

import attrs

from .descriptors import Operation
from .errors import Problem
from .frames import Version
from .records import Record
from .shapes import Struct


class RefusalKind(StrEnum):
    """Which rule a client broke. What is answered is for whoever plays the server to decide."""

    BAD_CREDENTIAL = "bad-credential"
    """CONNECT carries a credential that is not accepted. CONNECTED has not been said."""
    NO_COMMON_VERSION = "no-common-version"
    """CONNECT offers no STOMP version that we speak. CONNECTED cannot be said."""
    NOT_AUTHENTICATED = "not-authenticated"
    """The operation needs a credential and CONNECT had none that was accepted."""
    UNKNOWN_DESTINATION = "unknown-destination"
    """A SEND or SUBSCRIBE to something that the API does not have, or not in this direction."""
    MISSING_SUBSCRIPTION = "missing-subscription"
    """A request came before the subscription of a destination that answers it."""
    SECOND_REQUEST = "second-request"
    """A connection carries one request."""
    NO_CONVERSATION = "no-conversation"
    """A message for a running conversation, and there is none, or it is not of this one."""
    ENDED = "ended"
    """The conversation is over."""
    NOTHING_TO_ANSWER = "nothing-to-answer"
    ALREADY_ANSWERED = "already-answered"
    FOREIGN_CORRELATION = "foreign-correlation"
    """A message inside a conversation whose correlation id is not that of the request."""
    MALFORMED_BODY = "malformed-body"
    """The body breaks its schema; `problems` tells where."""
    MALFORMED_HEADERS = "malformed-headers"
    """The application headers break their schema."""
    UNSUPPORTED = "unsupported"
    """A transaction, or an acknowledgement that no subscription asked for: STOMP has them, the API
    does not use them."""
    BROKEN_PROTOCOL = "broken-protocol"
    """The client's octets are not STOMP, or not in this order, or hold an id that the agreed
    version cannot write back. Nothing more is read."""


@attrs.frozen(kw_only=True)
class ConnectArrived(Record):
    """A client asks for a session. Already accepted when `accepted`, else call `accept`."""

    authenticated: bool
    accepted: bool
    versions: tuple[Version, ...]
    host: str | None


@attrs.frozen(kw_only=True)
class RequestArrived(Record):
    """The connection's request: well formed, allowed, and every answer can be delivered."""

    operation: Operation
    payload: Struct | None = attrs.field(repr=False)
    """None when the subscription is the request."""
    headers: Struct | None = attrs.field(repr=False)
    correlation_id: str | None


@attrs.frozen(kw_only=True)
class SendArrived(Record):
    """A message inside the running conversation that answers nothing."""

    operation: Operation
    payload: Struct = attrs.field(repr=False)
    headers: Struct | None = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class AnswerArrived(Record):
    """The answer to the oldest open question of its kind."""

    operation: Operation
    payload: Struct = attrs.field(repr=False)
    headers: Struct | None = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Refused(Record):
    """The client broke a rule. Nothing has been answered yet."""

    kind: RefusalKind
    detail: str
    """In words, without a value of the client's except a destination that is not ours, and that
    only when it looks like one."""

    operation: Operation | None = None
    problems: tuple[Problem, ...] = ()
    correlation_id: str | None = None


@attrs.frozen(kw_only=True)
class ClientLeft(Record):
    """Nothing more comes from this client: last event of a session."""

    polite: bool
    """True when it said DISCONNECT."""

    reason: str


SessionEvent: TypeAlias = (
    ConnectArrived | RequestArrived | SendArrived | AnswerArrived | Refused | ClientLeft
)
