"""A codec and a conversation, fed with anything at all, and the rules that hold whatever comes."""

import contextlib
from collections.abc import Iterator
from typing import Any

from kiosk_api import API
from session_line import CODEC
from stompws.client import ClientOptions, Stray
from stompws.codec import Codec
from stompws.conversation import Conversation
from stompws.delivery import Event
from stompws.descriptors import Operation
from stompws.errors import ApiError, DecodeError, InvalidMessageError
from stompws.inbox import Inbox
from stompws.jsontext import NotJsonError, parse
from stompws.opening import Opening
from stompws.protocol import MessageReceived
from stompws.shapes import Struct, Undecodable

CORRELATION = "c-1"


def play_codec(codec: Codec, type_: type[Struct], data: bytes, *, shows: bool = True) -> str:
    """Read a text both ways, and write back what was read; tell what became of it."""
    received = codec.receive(type_, data)  # whatever comes, this does not raise
    if shows:
        repr(received)
    message, refusal = _decode(codec, type_, data)
    if message is None:
        assert refusal is not None
        assert refusal.problems, "refused without a reason"
        assert refusal.__suppress_context__ or refusal.__context__ is None
        assert received.problems, "the strict way refuses what the tolerant one finds right"
    else:
        assert received.payload == message, "two ways, two messages"
        assert not received.problems
        _send_again(codec, type_, message)
    payload = received.payload
    if isinstance(payload, Undecodable):
        assert received.problems, "undecodable without a reason"
        assert payload.raw == received.raw == data, "octets got lost"
        return "undecodable"
    if received.raw is None:
        assert parse(codec.dump(payload))[0] == parse(data)[0], "a value got lost"
    else:
        assert received.raw == data, "octets got lost"
    return "problems" if received.problems else "read"


def _decode(
    codec: Codec, type_: type[Struct], data: bytes
) -> tuple[Struct | None, DecodeError | None]:
    try:
        return codec.decode(type_, data), None
    except DecodeError as exc:
        return None, exc


def _send_again(codec: Codec, type_: type[Struct], message: Struct) -> None:
    """What was read strictly can be sent, or holds what nobody knows; never more, never less."""
    try:
        octets = codec.encode(message)
    except InvalidMessageError:
        return
    assert codec.decode(type_, octets) == message, "another message was sent"


def check_json(data: bytes) -> None:
    """Read JSON: a value, or the one error, which is turned into a problem above."""
    with contextlib.suppress(NotJsonError):
        parse(data)


class ConversationPlay:
    """The client's end of one conversation: messages of any content, in any order, on any channel.

    Nothing that comes is lost: it is an event, a stray, a counted duplicate, or the error message.
    """

    def __init__(self, operation: Operation, request: bytes | None, *, shows: bool = True) -> None:
        self._shows = shows
        self.strays: list[Stray] = []
        self.events: list[Event[Any]] = []
        self.came = self.errors = 0
        opening = Opening(
            api=API,
            operation=operation,
            correlation_id=CORRELATION,
            publisher_id="till-1",
            body=request,
        )
        self.addresses = [*opening.answers_at, "/elsewhere"]
        options = ClientOptions(on_stray=self.strays.append)
        self.inbox: Inbox[Any] = Inbox(opening, CODEC, options, {"sub-1": self.addresses[0]})
        self.rules: Conversation = self.inbox.rules

    def take(self, place: int, headers: dict[str, str], body: bytes) -> None:
        """A message comes in."""
        ended, self.came = self.rules.ended, self.came + 1
        address = self.addresses[place % len(self.addresses)]
        subscription = "sub-1" if place & 64 else None
        message = MessageReceived(address, subscription, None, headers, body)
        try:
            event = self.inbox.take(message)
        except ApiError as exc:
            assert not ended, "an error message after the end"
            assert self.rules.ended
            self.errors += 1
            self._show(exc.payload)
        else:
            assert not (ended and event is not None), "an event after the end"
            if event is not None:
                self.events.append(event)
                self._show(event)
                if isinstance(event.payload, Undecodable):
                    assert event.raw == body, "octets got lost"
        self._check()

    def send(self, number: int) -> None:
        """The user sends a message inside it, when that is legal."""
        name = API.operations[number % len(API.operations)].name
        owed = len(self.rules.unanswered)
        if self.rules.check_send(name) is None:
            assert not self.rules.ended
            self.rules.count_send(name)
        assert len(self.rules.unanswered) in (owed, owed - 1)
        self._check()

    def _check(self) -> None:
        known = len(self.events) + len(self.strays) + self.rules.duplicates + self.errors
        assert known == self.came, "a message got lost"
        assert self.errors <= 1
        assert tuple(self.inbox.strays) == tuple(self.strays)
        self._show(self.strays[-1:])

    def _show(self, value: object) -> None:
        if self._shows:
            repr(value)


def headers_of(choice: int, text: str) -> Iterator[tuple[str, str]]:
    """Application headers, right or not so."""
    yield "x-kiosk-correlation-id", CORRELATION if choice & 1 else text
    if choice & 2:
        yield "x-kiosk-message-id", text
    if choice & 4:
        yield "x-kiosk-publisher-id", text
