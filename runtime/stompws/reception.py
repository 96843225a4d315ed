"""What a client asks for, judged by the API: the rules of a `ServerSession`. No STOMP in here."""

import re
from collections.abc import Collection, Mapping
from typing import Final

import attrs

from .codec import Codec
from .conversation import Conversation, SendFault
from .decoding import decode_body, decode_headers
from .descriptors import Action, Api, Connection, Operation
from .errors import DecodeError
from .headers import read_role
from .records import Record
from .server_events import (
    AnswerArrived,
    RefusalKind,
    Refused,
    RequestArrived,
    SendArrived,
    SessionEvent,
)
from .shapes import Raw, Struct

_FAULTS = {
    SendFault.NOT_PART: (RefusalKind.NO_CONVERSATION, "is not part of the conversation"),
    SendFault.SECOND_REQUEST: (RefusalKind.SECOND_REQUEST, "was sent on this connection before"),
    SendFault.NOTHING_TO_ANSWER: (RefusalKind.NOTHING_TO_ANSWER, "has nothing to answer"),
    SendFault.ALREADY_ANSWERED: (RefusalKind.ALREADY_ANSWERED, "was answered before"),
    SendFault.ENDED: (RefusalKind.ENDED, "came after the end of the conversation"),
}

# A destination that is not ours is whatever the client put there. It is shown when it looks like a
# misspelt one: words that end in two digits at most, which no card number, key or code does.
_WORD: Final = "[A-Za-z_-]{1,32}[0-9]{0,2}"
_SHOWABLE: Final = re.compile(rf"/?{_WORD}(?:[/.]{_WORD}){{0,9}}")


@attrs.frozen
class Letter(Record):
    """A SEND or SUBSCRIBE frame, without STOMP."""

    destination: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False, default=b"")


class Reception:
    """Judges what one connection's client says.

    A request that is refused counts as the connection's request all the same: its correlation id
    is the one that an error message has to carry.
    """

    def __init__(self, api: Api, codec: Codec) -> None:
        self._api, self._codec = api, codec
        self.authenticated = False
        self.conversation: Conversation | None = None
        self._turned_away = False  # the request was refused, so nothing can follow it
        self.correlation_id: str | None = None
        """Of the request or, before there is one, of the last message."""
        self._sends = _by_address(api, Action.SEND)
        self._receives = _by_address(api, Action.RECEIVE)

    def subscribe(self, letter: Letter, subscribed: Collection[str]) -> SessionEvent | None:
        """Judge a subscription; `subscribed` are the destinations of all, this one included."""
        operation = _at(self._receives, letter.destination)
        if operation is None:
            return self._unknown(letter)
        if refusal := self._unauthenticated(operation, letter):
            return refusal
        return self._open(operation, letter, subscribed) if operation.opens else None

    def send(self, letter: Letter, subscribed: Collection[str]) -> SessionEvent:
        """Judge a message; `subscribed` are the destinations that the client listens to."""
        operation = _at(self._sends, letter.destination)
        if operation is None:
            return self._unknown(letter)
        if refusal := self._unauthenticated(operation, letter):
            return refusal
        if operation.name in self._api.plain:
            return self._take(operation, letter)
        conversation = self.conversation
        if operation.opens and (
            conversation is None
            or operation.conversation.connection is Connection.NEW
            or conversation.check_send(operation.name) is SendFault.NOT_PART
        ):
            return self._open(operation, letter, subscribed)
        if conversation is None or self._turned_away:
            kind, text = RefusalKind.NO_CONVERSATION, "there is no conversation to send this in"
            return self._refuse(kind, f"{operation.name}: {text}", operation, letter)
        return self._inside(conversation, operation, letter)

    def _take(self, operation: Operation, letter: Letter) -> SessionEvent:
        """Judge a message that belongs to no conversation."""
        try:
            headers = decode_headers(self._codec, operation.messages, letter.headers)
        except DecodeError as exc:
            return self._malformed(RefusalKind.MALFORMED_HEADERS, exc, operation, letter)
        if not operation.messages:
            payload: Struct = Raw(data=letter.body)
            return SendArrived(operation=operation, payload=payload, headers=headers)
        try:
            payload = decode_body(self._codec, operation.messages, letter.body)
        except DecodeError as exc:
            return self._malformed(RefusalKind.MALFORMED_BODY, exc, operation, letter)
        return SendArrived(operation=operation, payload=payload, headers=headers)

    def _open(
        self, operation: Operation, letter: Letter, subscribed: Collection[str]
    ) -> SessionEvent:
        if self.conversation is not None:
            text = f"{operation.name}: a connection carries one request"
            return self._refuse(RefusalKind.SECOND_REQUEST, text, operation, letter)
        self.correlation_id = self._correlation_of(letter)
        self.conversation = Conversation(
            self._api, operation, correlation_id=self.correlation_id, request=letter.body
        )
        event = self._read_request(operation, letter, subscribed)
        self._turned_away = isinstance(event, Refused)
        return event

    def _read_request(
        self, operation: Operation, letter: Letter, subscribed: Collection[str]
    ) -> SessionEvent:
        if missing := self._not_subscribed(operation, subscribed):
            text = f"{operation.name}: no subscription of {', '.join(missing)}"
            return self._refuse(RefusalKind.MISSING_SUBSCRIPTION, text, operation, letter)
        try:
            headers = decode_headers(self._codec, operation.messages, letter.headers)
        except DecodeError as exc:
            return self._malformed(RefusalKind.MALFORMED_HEADERS, exc, operation, letter)
        if operation.action is Action.RECEIVE:
            payload = None
        else:
            try:
                payload = decode_body(self._codec, operation.messages, letter.body)
            except DecodeError as exc:
                return self._malformed(RefusalKind.MALFORMED_BODY, exc, operation, letter)
        return RequestArrived(
            operation=operation,
            payload=payload,
            headers=headers,
            correlation_id=self.correlation_id,
        )

    def _inside(
        self, conversation: Conversation, operation: Operation, letter: Letter
    ) -> SessionEvent:
        """Judge a message of a running conversation."""
        if fault := conversation.check_send(operation.name):
            kind, text = _FAULTS[fault]
            return self._refuse(kind, f"{operation.name} {text}", operation, letter)
        correlates = self._api.headers.correlation_id is not None
        if correlates and self._correlation_of(letter) != conversation.correlation_id:
            text = f"{operation.name}: its correlation id is not that of the request"
            return self._refuse(RefusalKind.FOREIGN_CORRELATION, text, operation, letter)
        try:
            headers = decode_headers(self._codec, operation.messages, letter.headers)
        except DecodeError as exc:
            return self._malformed(RefusalKind.MALFORMED_HEADERS, exc, operation, letter)
        try:
            payload = decode_body(self._codec, operation.messages, letter.body)
        except DecodeError as exc:
            return self._malformed(RefusalKind.MALFORMED_BODY, exc, operation, letter)
        conversation.count_send(operation.name)
        if conversation.is_answer(operation.name):
            return AnswerArrived(operation=operation, payload=payload, headers=headers)
        return SendArrived(operation=operation, payload=payload, headers=headers)

    def _not_subscribed(self, operation: Operation, subscribed: Collection[str]) -> list[str]:
        rules = operation.conversation
        needed = [*(reply.operation for reply in rules.replies), *rules.errors]
        addresses = (self._api.by_name[name].channel.address for name in needed)
        return [address for address in dict.fromkeys(addresses) if address not in subscribed]

    def _correlation_of(self, letter: Letter) -> str | None:
        return read_role(letter.headers, self._api.headers.correlation_id)

    def _unauthenticated(self, operation: Operation, letter: Letter) -> Refused | None:
        if self.authenticated or not operation.authenticated:
            return None
        text = f"{operation.name} needs an authenticated connection"
        return self._refuse(RefusalKind.NOT_AUTHENTICATED, text, operation, letter)

    def _unknown(self, letter: Letter) -> Refused:
        name = letter.destination
        shown = f"'{name}'" if _SHOWABLE.fullmatch(name) else f"a name of {len(name)} characters"
        text = f"no such destination: {shown}"
        return self._refuse(RefusalKind.UNKNOWN_DESTINATION, text, None, letter)

    def _malformed(
        self, kind: RefusalKind, error: DecodeError, operation: Operation, letter: Letter
    ) -> Refused:
        refusal = self._refuse(kind, str(error), operation, letter)
        return attrs.evolve(refusal, problems=error.problems)

    def _refuse(
        self, kind: RefusalKind, detail: str, operation: Operation | None, letter: Letter
    ) -> Refused:
        correlation_id = self._correlation_of(letter)
        if self.conversation is None:
            self.correlation_id = correlation_id
        return Refused(kind=kind, detail=detail, operation=operation, correlation_id=correlation_id)


def _by_address(api: Api, action: Action) -> dict[str, Operation]:
    """Return the operations by address. Where it has several, the one that opens counts."""
    found = sorted(api.operations, key=lambda operation: operation.opens)
    return {o.channel.address: o for o in found if o.action is action and o.channel.address}


def _at(operations: Mapping[str, Operation], destination: str) -> Operation | None:
    """Return the operation of a destination, the parameters of its address filled in."""
    if (found := operations.get(destination)) is not None and not found.channel.parameters:
        return found
    for operation in operations.values():
        if operation.channel.parameters:
            values = operation.channel.values_in(destination)
            if values is not None:
                return operation.at(values)
    return None
