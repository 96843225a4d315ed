"""What a conversation opens with: who answers it, where that arrives, and what is said first."""

from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from .codec import Codec
from .decoding import decode_body, decode_headers
from .descriptors import Action, Api, Operation
from .errors import (
    DecodeError,
    InvalidMessageError,
    LocalProtocolError,
)
from .headers import new_id, write_headers
from .plans import fields_of
from .pointers import value_at
from .protocol import ClientProtocol
from .records import Record
from .shapes import Raw, Struct
from .values import is_array, is_mapping

REASON_SECONDS: Final = 1.0
"""For what the server may have said before the connection broke."""


@attrs.frozen(kw_only=True)
class Opening(Record):
    """The plan of one conversation. Made, and the request encoded, before a socket is opened."""

    api: Api
    operation: Operation
    correlation_id: str
    publisher_id: str
    body: bytes | None = attrs.field(repr=False)
    """The request, encoded; None when the subscription is the request."""
    secrets: tuple[str, ...] = attrs.field(default=(), repr=False)
    """Sensitive values of the request: whatever the server says for people may quote them."""

    @property
    def subscriptions(self) -> tuple[str, ...]:
        """The destinations to subscribe to, each once.

        Errors come first and the operation's own destination last: where a subscription is the
        request, everything that may answer it is listened to by then.
        """
        rules = self.operation.conversation
        names = [*rules.errors, *(reply.operation for reply in rules.replies)]
        names.sort(key=lambda name: name == self.operation.name)
        return tuple(dict.fromkeys(self.api.by_name[name].channel.address for name in names))

    @property
    def answers_at(self) -> Mapping[str, Operation]:
        """The reply or error operation of each destination."""
        rules = self.operation.conversation
        names = [*rules.errors, *(reply.operation for reply in rules.replies)]
        found = (self.api.by_name[name] for name in names)
        return {operation.channel.address: operation for operation in found}

    @property
    def recovery_key(self) -> str | None:
        """The value by which the outcome can be asked for, when the request holds one."""
        recover = self.operation.conversation.recover
        if recover is None:
            return None
        escaped = recover.key.replace("~", "~0").replace("/", "~1")
        value = value_at(f"/{escaped}", self.body)
        return value if isinstance(value, str) else None

    def headers(self) -> dict[str, str]:
        """Return the headers of one message of ours, with a message id of its own."""
        return write_headers(
            self.api.headers,
            correlation_id=self.correlation_id,
            message_id=new_id(),
            publisher_id=self.publisher_id,
        )


def prepare(
    api: Api, codec: Codec, operation: Operation, request: Struct | None, publisher_id: str
) -> Opening:
    """Return the plan for an operation.

    Raises:
        InvalidMessageError: The request breaks its schema.
        LocalProtocolError: The operation cannot be opened this way.
    """
    if not operation.opens:
        raise LocalProtocolError(f"{operation.name} opens no conversation")
    body: bytes | None = None
    if operation.action is Action.SEND:
        body = encode_for(codec, operation, request)
    elif request is not None:
        raise LocalProtocolError(f"{operation.name} has no request: its subscription is one")
    opening = Opening(
        api=api,
        operation=operation,
        correlation_id=new_id(),
        publisher_id=publisher_id,
        body=body,
        secrets=tuple(secrets_of(request)),
    )
    try:
        decode_headers(codec, operation.messages, opening.headers())
    except DecodeError as exc:  # most likely a publisher id of the user's own
        raise InvalidMessageError(exc.type_name, exc.problems) from None
    return opening


def secrets_of(value: object, *, sensitive: bool = False) -> Iterator[str]:
    """List the texts and numbers that stand in sensitive fields of a message."""
    if isinstance(value, Struct):
        for field in fields_of(type(value)):
            inside = getattr(value, field.name)
            yield from secrets_of(inside, sensitive=sensitive or field.sensitive)
    elif is_mapping(value):
        for item in value.values():
            yield from secrets_of(item, sensitive=sensitive)
    elif is_array(value):
        for item in value:
            yield from secrets_of(item, sensitive=sensitive)
    elif sensitive and isinstance(value, str | int) and not isinstance(value, bool):
        yield str(value)


def encode_for(codec: Codec, operation: Operation, message: Struct | None) -> bytes:
    """Encode a message of an operation, exactly; None is an empty object.

    Raises:
        InvalidMessageError: The message breaks its schema.
        LocalProtocolError: It is no message of the operation.
    """
    types = tuple(type_.payload for type_ in operation.messages)
    if message is None:
        return _encode_empty(codec, operation)
    if not types and isinstance(message, Raw):
        return message.data  # an operation that says nothing of its messages
    if not isinstance(message, types):
        given = type(message).__name__
        raise LocalProtocolError(f"{operation.name}: {given} is no message of this operation")
    return codec.encode(message)


def _encode_empty(codec: Codec, operation: Operation) -> bytes:
    """Encode what None stands for: generated code lets it pass where no field is required."""
    try:
        return codec.encode(decode_body(codec, operation.messages, b"{}"))
    except DecodeError:
        raise LocalProtocolError(f"{operation.name}: needs a message, got None") from None


def say_opening(protocol: ClientProtocol, opening: Opening) -> dict[str, str]:
    """Subscribe and send the request; return the subscriptions, id to destination."""
    subscribed: dict[str, str] = {}
    protocol.keep_secret(opening.secrets)
    for address in opening.subscriptions:
        subscribed[protocol.subscribe(address, opening.headers())] = address
    if opening.body is not None:
        protocol.send(opening.operation.channel.address, opening.body, opening.headers())
    return subscribed
