"""The model of an API between the document and the generated code.

Traits are applied, defaults filled in and references followed; what is left are keys (of channels,
messages, operations, tags) and JSON pointers to schemas. Collections are sorted by key, so that the
order of the document's keys makes no difference. Lists of the document keep their order, and the
variables of a server stand in the order in which its host and pathname use them.
"""

from collections.abc import Mapping
from functools import cached_property

import attrs

from .pointers import Json


@attrs.frozen(kw_only=True)
class SourceModel:
    """`x-source`: where a statement comes from and how sure we are."""

    origins: tuple[str, ...]
    """Keys of `info.x-sources`."""
    confidence: str
    """`high`, `medium`, `low` or `invented`."""
    note: str | None = None

    @property
    def guessed(self) -> bool:
        """True when nobody wrote this down so that one could rely on it."""
        return self.confidence != "high"


@attrs.frozen(kw_only=True)
class TagModel:
    """A tag: the group that operations and messages belong to."""

    key: str
    """Key in `components.tags`, or a name made from an inline tag's `name`."""
    name: str
    description: str | None = None


@attrs.frozen(kw_only=True)
class VariableModel:
    """A variable in a server's host or path."""

    name: str
    description: str | None = None
    default: str | None = None
    enum: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    schema: dict[str, Json] | None = attrs.field(default=None, hash=False)
    """`x-schema`: what the values look like."""


@attrs.frozen(kw_only=True)
class ParameterModel:
    """A parameter in a channel's address."""

    name: str
    description: str | None = None
    default: str | None = None
    enum: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    location: str | None = None
    """Run-time expression of where a message says it, such as `$message.payload#/user/id`."""
    schema: dict[str, Json] | None = attrs.field(default=None, hash=False)
    """`x-schema`, in 2.x `schema`: what the values look like. It may be a reference."""


@attrs.frozen(kw_only=True)
class ServerModel:
    """A server to connect to."""

    key: str
    pointer: str
    title: str | None = None
    description: str | None = None
    host: str
    pathname: str = ""
    protocol: str
    protocol_version: str | None = None
    transport: str | None = None
    """`x-transport.protocol`: what carries the protocol, such as `wss`."""
    subprotocols: tuple[str, ...] = ()
    variables: tuple[VariableModel, ...] = ()
    """In the order in which host and pathname use them."""
    summary: str | None = None
    tags: tuple[str, ...] = ()
    security: tuple[str, ...] = ()
    """Keys of the security schemes, of which one is enough."""
    bindings: dict[str, Json] | None = attrs.field(default=None, hash=False)
    """As JSON, by protocol."""


@attrs.frozen(kw_only=True)
class ChannelModel:
    """A destination."""

    key: str
    pointer: str
    address: str | None
    """None when it is known at run time only."""
    title: str | None = None
    summary: str | None = None
    description: str | None = None
    messages: tuple[str, ...] = ()
    """Keys of all its messages, sorted."""
    parameters: tuple[ParameterModel, ...] = ()
    """In the order in which the address uses them; then those that it does not use, by name."""
    servers: tuple[str, ...] = ()
    """Keys of the servers that have it; empty: all of them."""
    tags: tuple[str, ...] = ()
    bindings: dict[str, Json] | None = attrs.field(default=None, hash=False)
    """As JSON, by protocol."""


@attrs.frozen(kw_only=True)
class ExampleModel:
    """An example of a message."""

    name: str | None = None
    summary: str | None = None
    headers: dict[str, Json] | None = attrs.field(default=None, hash=False)
    payload: Json = attrs.field(default=None, hash=False)
    has_payload: bool = True
    """False when the example shows headers only; `null` is a payload."""


@attrs.frozen(kw_only=True)
class MessageModel:
    """A message, traits applied."""

    key: str
    """Component key; for a message that stands in a channel, its key there."""
    pointer: str
    name: str
    title: str | None = None
    summary: str | None = None
    description: str | None = None
    payload: str | None = None
    """Pointer of the payload's schema, references followed: `/components/schemas/Payment`."""
    headers: str | None = None
    """Pointer of the headers' schema, references followed."""
    correlation_location: str | None = None
    """Run-time expression, such as `$message.header#/x-correlation-id`."""
    content_type: str | None = None
    tags: tuple[str, ...] = ()
    examples: tuple[ExampleModel, ...] = ()
    payload_format: str | None = None
    """`schemaFormat` of a payload in a schema language that is not supported; None otherwise."""
    headers_format: str | None = None
    """The same of the headers."""
    bindings: dict[str, Json] | None = attrs.field(default=None, hash=False)
    """As JSON, by protocol."""

    @property
    def is_json(self) -> bool:
        """True when its media type is JSON, or none is named."""
        name = (self.content_type or "application/json").partition(";")[0].strip().lower()
        return name.endswith(("/json", "+json"))


@attrs.frozen(kw_only=True)
class TerminalWhen:
    """A reply ends the conversation when its value equals the request's. Both are JSON pointers."""

    reply: str
    request: str


@attrs.frozen(kw_only=True)
class ReplyRule:
    """How one receive operation takes part in a conversation."""

    operation: str
    occurs: str
    """`one`, `optional`, `some` or `many`."""
    terminal: bool = False
    terminal_when: TerminalWhen | None = None
    after: tuple[str, ...] = ()
    answer: str | None = None


@attrs.frozen(kw_only=True)
class Recovery:
    """Which operation tells the outcome when it was not seen, and by which field of the request."""

    operation: str
    key: str


@attrs.frozen(kw_only=True)
class ConversationModel:
    """`x-conversation`, defaults filled in."""

    connection: str = "any"
    """`new`, `current` or `any`."""
    replies: tuple[ReplyRule, ...] = ()
    during: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    on_end: str = "keep"
    """`must-disconnect`, `should-disconnect` or `keep`."""
    at_most_once: bool = False
    recover: Recovery | None = None


@attrs.frozen(kw_only=True)
class ReplyModel:
    """AsyncAPI's own `reply` of an operation."""

    channel: str | None = None
    """Key of the channel; None when the document names none."""
    messages: tuple[str, ...] = ()
    """Keys of the messages; all of the channel when the document names none."""
    address_location: str | None = None
    """Run-time expression of where the request says the address: `$message.header#/reply-to`."""
    address_description: str | None = None


@attrs.frozen(kw_only=True)
class OperationModel:
    """Something the described application does, traits applied."""

    key: str
    pointer: str
    action: str
    """`send` or `receive`, seen by the described application."""
    channel: str
    """Key of the channel."""
    messages: tuple[str, ...]
    """Keys of the messages; all messages of the channel when the document names none."""
    title: str | None = None
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    security: tuple[str, ...] = ()
    """Keys of the security schemes; empty when the operation needs none."""
    conversation: ConversationModel | None = None
    source: SourceModel | None = None
    reply: ReplyModel | None = None
    """Kept as data also where `conversation` tells more."""
    synthetic: bool = False
    """True when it was made from another operation's `reply`; its pointer leads there."""
    bindings: dict[str, Json] | None = attrs.field(default=None, hash=False)
    """As JSON, by protocol."""

    @property
    def opens(self) -> bool:
        """True when this operation starts a conversation: a request, or a subscription as one."""
        rules = self.conversation
        if self.action == "send":
            return rules is None or rules.connection != "current"
        return rules is not None and bool(rules.replies)


@attrs.frozen(kw_only=True)
class SecurityModel:
    """A security scheme."""

    key: str
    type: str
    name: str | None = None
    location_in: str | None = None
    """`in`: where the credential stands, such as `header`."""
    header_of: str | None = None
    """`x-header-of`: `stomp-connect` for a header of the STOMP CONNECT frame."""
    description: str | None = None
    sensitive: bool = False
    obtained_operation: str | None = None
    """`x-obtained-from`: the receive operation that delivers the credential."""
    obtained_payload: str | None = None
    """JSON pointer into that operation's payload."""
    scheme: str | None = None
    """Of type `http`: the name of the HTTP authorization scheme, such as `bearer`."""
    bearer_format: str | None = None
    open_id_connect_url: str | None = None
    flows: dict[str, Json] | None = attrs.field(default=None, hash=False)
    """Of type `oauth2`: the flows as JSON."""
    scopes: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class ApiModel:
    """A whole API."""

    title: str
    version: str
    description: str | None = None
    perspective: str = "client"
    source_name: str
    """The document's path as it was given, with `/`."""
    digest: str
    """SHA-256 of the document's content as canonical JSON: layout and key order do not count."""
    servers: tuple[ServerModel, ...] = ()
    channels: tuple[ChannelModel, ...] = ()
    operations: tuple[OperationModel, ...] = ()
    messages: tuple[MessageModel, ...] = ()
    tags: tuple[TagModel, ...] = ()
    security: tuple[SecurityModel, ...] = ()
    default_content_type: str | None = None
    asyncapi: str = "3.0.0"
    """Version of the specification, as the document names it."""
    side: str = "described"
    """`described`: actions are the document's. `other`: they have been exchanged."""

    @cached_property
    def channel_by_key(self) -> Mapping[str, ChannelModel]:
        """Channels by key."""
        return {channel.key: channel for channel in self.channels}

    @cached_property
    def operation_by_key(self) -> Mapping[str, OperationModel]:
        """Operations by key."""
        return {operation.key: operation for operation in self.operations}

    @cached_property
    def message_by_key(self) -> Mapping[str, MessageModel]:
        """Messages by key."""
        return {message.key: message for message in self.messages}
