"""An API as data: servers, channels, operations and the rules of each conversation.

Generated code declares these; client, server and simulator act on them. Replies name operations by
key, so that an operation may name itself (a subscription that is its own request).
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

import attrs

from .records import Record


class Action(StrEnum):
    """What the described application does."""

    SEND = "send"
    RECEIVE = "receive"


class Connection(StrEnum):
    """Which connection an operation may use."""

    NEW = "new"
    """The first message on a connection of its own."""
    CURRENT = "current"
    """Only inside a conversation that is open."""
    ANY = "any"


class Occurs(StrEnum):
    """How often a reply comes."""

    ONE = "one"
    OPTIONAL = "optional"
    SOME = "some"
    """One or more."""
    MANY = "many"
    """None or more."""


class OnEnd(StrEnum):
    """What the client does with the connection when the conversation has ended."""

    MUST_DISCONNECT = "must-disconnect"
    SHOULD_DISCONNECT = "should-disconnect"
    KEEP = "keep"


@attrs.frozen(kw_only=True)
class Channel(Record):
    """A STOMP destination."""

    name: str
    address: str


@attrs.frozen(kw_only=True)
class MessageType(Record):
    """A message: the classes of its payload and of its headers."""

    name: str
    payload: type[Any]
    headers: type[Any] | None = None


@attrs.frozen(kw_only=True)
class TerminalWhen(Record):
    """A reply ends the conversation when its value equals the request's. Both are JSON pointers."""

    reply: str
    request: str


@attrs.frozen(kw_only=True)
class Reply(Record):
    """How one receive operation takes part in a conversation."""

    operation: str
    occurs: Occurs
    terminal: bool = False
    terminal_when: TerminalWhen | None = None
    after: tuple[str, ...] = ()
    answer: str | None = None
    """The send operation that answers each of these messages exactly once."""


@attrs.frozen(kw_only=True)
class Recovery(Record):
    """Which operation tells the outcome when it was not seen, and by which field of the request."""

    operation: str
    key: str


@attrs.frozen(kw_only=True)
class ConversationRules(Record):
    """What `x-conversation` says of one operation."""

    connection: Connection = Connection.ANY
    replies: tuple[Reply, ...] = ()
    during: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    on_end: OnEnd = OnEnd.KEEP
    at_most_once: bool = False
    recover: Recovery | None = None


@attrs.frozen(kw_only=True)
class Operation(Record):
    """One thing the described application can do on a channel."""

    name: str
    action: Action
    channel: Channel
    messages: tuple[MessageType, ...]
    authenticated: bool = False
    conversation: ConversationRules = ConversationRules()

    @property
    def opens(self) -> bool:
        """True when it starts a conversation: a request, or a subscription that is one."""
        if self.action is Action.SEND:
            return self.conversation.connection is not Connection.CURRENT
        return any(reply.operation == self.name for reply in self.conversation.replies)


@attrs.frozen(kw_only=True)
class HeaderRoles(Record):
    """Which application headers the runtime fills and reads, by their names on the wire."""

    correlation_id: str | None = None
    message_id: str | None = None
    publisher_id: str | None = None


@attrs.frozen(kw_only=True)
class ConnectHeader(Record):
    """A credential that travels as a header of the STOMP CONNECT frame."""

    name: str
    """The header's name on the wire."""
    parameter: str
    """The client's parameter that holds it."""


@attrs.frozen(kw_only=True, slots=False)
class Api(Record):
    """A whole API, as generated from one document."""

    title: str
    version: str
    operations: tuple[Operation, ...]
    headers: HeaderRoles = HeaderRoles()
    credential: ConnectHeader | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Operation]:
        """Operations by key."""
        return {operation.name: operation for operation in self.operations}

    @cached_property
    def messages(self) -> tuple[MessageType, ...]:
        """Every message of the API once, in the order of the operations."""
        found = {message.name: message for op in self.operations for message in op.messages}
        return tuple(found.values())
