"""An API as data: servers, channels, operations and the rules of each conversation.

Generated code declares these; client, server and simulator act on them. Replies name operations by
key, so that an operation may name itself (a subscription that is its own request).
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, Self

import attrs

from .addresses import Parameter, fill, read
from .records import Record
from .values import FrozenMap

Data = Mapping[str, Any]
"""JSON of the document that nothing here interprets."""

_NOTHING: Final[Data] = FrozenMap[Any]({})


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
class Endpoint(Record):
    """A server as data, of whatever protocol."""

    name: str
    protocol: str
    """In small letters: `kafka`, `mqtt`, `wss` …"""
    location: str
    """Host and path, with the variables in braces."""
    protocol_version: str | None = None
    variables: tuple[Parameter, ...] = ()
    security: tuple[str, ...] = ()
    """Names of security schemes, of which one is enough."""
    tags: tuple[str, ...] = ()
    bindings: Data = attrs.field(default=_NOTHING, hash=False)
    """By protocol."""


@attrs.frozen(kw_only=True)
class SecurityScheme(Record):
    """A way to prove who one is, as data."""

    name: str
    type: str
    """`userPassword`, `apiKey`, `X509`, `http`, `oauth2` …"""
    details: Data = attrs.field(default=_NOTHING, hash=False)
    """What the document says beside it: `in`, `scheme`, `flows` …"""


@attrs.frozen(kw_only=True)
class Channel(Record):
    """Where messages travel: a STOMP destination, a topic, a queue."""

    name: str
    address: str
    """With the parameters in braces; empty when it is known at run time only."""
    parameters: tuple[Parameter, ...] = ()
    values: Mapping[str, str] = attrs.field(default=_NOTHING, hash=False)
    """What `at` has filled in, by name."""
    messages: tuple[str, ...] = ()
    """Names of its messages, in packages without a client; there the operations tell."""
    servers: tuple[str, ...] = ()
    """Names of the servers that have it; all when empty."""
    tags: tuple[str, ...] = ()
    bindings: Data = attrs.field(default=_NOTHING, hash=False)

    def at(self, values: Mapping[str, str]) -> Self:
        """Return the channel with its parameters filled in.

        Raises:
            LocalProtocolError: A value is missing or not allowed.
        """
        if not self.parameters:
            return self
        names = {parameter.name for parameter in self.parameters}
        given = {name: value for name, value in values.items() if name in names}
        address = fill(self.address, self.parameters, given)
        return attrs.evolve(self, address=address, parameters=(), values=given)

    def values_in(self, address: str) -> Mapping[str, str] | None:
        """Return the parameters' values when the address is one of this channel, else None."""
        if not self.parameters:
            return _NOTHING if address == self.address else None
        return read(self.address, self.parameters, address)


@attrs.frozen(kw_only=True)
class MessageType(Record):
    """A message: the classes of its payload and of its headers."""

    name: str
    payload: type[Any]
    """`Raw` when it travels as it is: it is no JSON, or its schema is not understood."""
    headers: type[Any] | None = None
    content_type: str | None = None
    """When it is not JSON."""
    schema_format: str | None = None
    """The schema language, when it is none that is understood."""
    correlation_id: str | None = None
    """Run-time expression, in packages without a client."""
    tags: tuple[str, ...] = ()
    bindings: Data = attrs.field(default=_NOTHING, hash=False)


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
class ReplyAddress(Record):
    """Where the reply to an operation goes, as data."""

    channel: Channel | None
    messages: tuple[MessageType, ...] = ()
    location: str | None = None
    """Run-time expression of where the request names it, such as `$message.header#/reply-to`."""


@attrs.frozen(kw_only=True)
class Operation(Record):
    """One thing the described application can do on a channel."""

    name: str
    action: Action
    channel: Channel
    messages: tuple[MessageType, ...]
    authenticated: bool = False
    conversation: ConversationRules = ConversationRules()
    reply: ReplyAddress | None = None
    """AsyncAPI's own `reply`, where it is not played by `conversation`."""
    security: tuple[str, ...] = ()
    """Names of security schemes, of which one is enough."""
    tags: tuple[str, ...] = ()
    bindings: Data = attrs.field(default=_NOTHING, hash=False)

    def at(self, values: Mapping[str, str]) -> Self:
        """Return the operation on its channel with the parameters filled in; see `Channel.at`."""
        channel = self.channel.at(values)
        return self if channel is self.channel else attrs.evolve(self, channel=channel)

    def to(self, address: str) -> Self:
        """Return the operation on its channel at an address that is known only now."""
        return attrs.evolve(self, channel=attrs.evolve(self.channel, address=address))

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
    endpoints: tuple[Endpoint, ...] = ()
    """Servers that are data: no client of ours speaks their protocol."""
    channels: tuple[Channel, ...] = ()
    """In packages without a client; otherwise the operations name them."""
    other_messages: tuple[MessageType, ...] = ()
    """Those of no operation."""
    security: tuple[SecurityScheme, ...] = ()

    def at(self, values: Mapping[str, str]) -> "Api":
        """Return the API with the parameters filled in of all channels that `values` suffice for.

        `values` are by name; what an operation lacks is told when it is used.
        """
        if not values:
            return self
        bound = tuple(
            operation.at(values)
            if {p.name for p in operation.channel.parameters if p.default is None} <= values.keys()
            else operation
            for operation in self.operations
        )
        return attrs.evolve(self, operations=bound)

    @cached_property
    def by_name(self) -> Mapping[str, Operation]:
        """Operations by key."""
        return {operation.name: operation for operation in self.operations}

    @cached_property
    def plain(self) -> frozenset[str]:
        """Names of the operations of no conversation: sent, or listened to, at any time."""
        named: set[str] = set()
        for operation in self.operations:
            rules = operation.conversation
            named |= {*rules.during, *rules.errors}
            for reply in rules.replies:
                named |= {reply.operation, *([reply.answer] if reply.answer else [])}
            if rules != ConversationRules():
                named.add(operation.name)
        return frozenset(self.by_name) - named

    @cached_property
    def messages(self) -> tuple[MessageType, ...]:
        """Every message of the API once, in the order of the operations."""
        found = {message.name: message for op in self.operations for message in op.messages}
        for operation in self.operations:
            if operation.reply is not None:
                found |= {message.name: message for message in operation.reply.messages}
        return tuple({**found, **{m.name: m for m in self.other_messages}}.values())
