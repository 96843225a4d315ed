"""Both ends of a session, played with anything at all, and the rules that hold whatever comes.

A broken rule is an `AssertionError`; any exception that is not the runtime's own goes through. The
properties of hypothesis and the fuzzer play the same two classes.
"""

from collections.abc import Mapping
from typing import ClassVar

from kiosk_api import API, ON_DONE, ON_ERROR, ON_PROGRESS
from session_line import CODEC
from stompws.descriptors import Operation
from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frame_parser import FrameParser
from stompws.frames import WITH_BODY, Frame, Limits, Version
from stompws.protocol import (
    ALL_VERSIONS,
    ClientProtocol,
    Disconnected,
    ErrorReceived,
    HeartbeatReceived,
    MessageReceived,
    ProtocolEvent,
    State,
)
from stompws.server import ClientLeft, RefusalKind, Refused, ServerSession, SessionEvent

Pairs = tuple[tuple[str, str], ...]
_ORDER = list(State)


class _Said:
    """What leaves, read back by a parser of its own."""

    def __init__(self) -> None:
        self._parser = FrameParser()
        self.frames = 0
        self.last = ""  # command of the last frame

    def read(self, octets: list[bytes], version: Version | None) -> list[Frame]:
        """Read what leaves; every item is one frame, or one beat."""
        found: list[Frame] = []
        self._parser.version = version
        for item in octets:
            if item == b"\n":
                continue
            self._parser.feed(item)
            frame = self._parser.next_frame()
            assert isinstance(frame, Frame), "an item that is no frame"
            assert self._parser.next_frame() is None, "more than one frame in an item"
            assert self._parser.buffered == 0, "octets behind the frame"
            assert self.last not in ("DISCONNECT", "ERROR"), "a frame behind the last one"
            self.last = frame.command
            found.append(frame)
        self.frames += len(found)
        return found


def without_length(frame: Frame) -> Pairs:
    """The headers, less the length, which must be there once, and right, where there is a body."""
    lengths = [value for name, value in frame.headers if name == "content-length"]
    assert lengths == ([str(len(frame.body))] if frame.command in WITH_BODY else [])
    return tuple(pair for pair in frame.headers if pair[0] != "content-length")


class ClientPlay:
    """A `ClientProtocol`: octets in any portions, calls in any order with any texts."""

    ACTIONS: ClassVar = (
        "connect", "subscribe", "unsubscribe", "send", "ack", "nack", "begin", "commit", "abort",
        "disconnect",
    )  # fmt: skip

    def __init__(self, limits: Limits | None = None, *, shows: bool = True) -> None:
        self._shows = shows
        self.protocol = ClientProtocol(limits=limits)
        self.events: list[ProtocolEvent] = []
        self.failed = False
        self.now = 0.0
        self._said = _Said()
        self._state = State.CONNECTING
        self._silent = False  # nothing may leave any more

    def feed(self, data: bytes | str) -> None:
        """The server says something."""
        before, self.now = self.protocol.closed, self.now + 0.01
        try:
            events = self.protocol.receive_data(data, self.now)
        except RemoteProtocolError:
            assert not before, "a second error"
            events, self.failed = [], True
            assert self.protocol.closed
        assert not (before and events), "an event after the end"
        self._take(events)
        if self.protocol.failure is not None:
            self._raise_failure()
        self._check(())

    def _raise_failure(self) -> None:
        """An error that came behind readable frames is raised once, by the next call."""
        self.failed = True
        assert self.protocol.closed
        try:
            self.protocol.tick(self.now)
        except RemoteProtocolError:
            assert self.protocol.tick(self.now) == [], "an event after the error"
        else:
            raise AssertionError("the error got lost")

    def tick(self, seconds: float) -> None:
        """Time passes."""
        self.now += seconds
        self._take(self.protocol.tick(self.now))
        self._check((), beats=True)

    def eof(self) -> None:
        """The connection ends."""
        self._take(self.protocol.eof())
        assert self.protocol.closed
        assert self.protocol.eof() == []
        self._check(())

    def say(self, action: str, text: str, other: str, body: bytes = b"") -> bool:
        """Call a public function with these texts; tell whether it was accepted."""
        try:
            headers = self._call(action, text, other, body)
        except LocalProtocolError:
            self._check(())
            return False
        self._check((headers,), action=action, body=body)
        return True

    def _call(self, action: str, text: str, other: str, body: bytes) -> Pairs:
        """Call it and return the headers that must be on the wire."""
        client, own = self.protocol, {other: text}
        pair: Pairs = () if other == "content-length" else ((other, text),)
        receipt = other or True
        asked: Pairs = (("receipt", other),) if other else ()
        match action:
            case "connect":
                client.connect(own, host=text)
                beat = ("accept-version", ",".join(ALL_VERSIONS)), ("host", text)
                return (*beat, ("heart-beat", "0,0"), *pair)
            case "subscribe":
                given = client.subscribe(text, own, subscription_id=other or None)
                return (("id", given), ("destination", text), *pair)
            case "unsubscribe":
                known = client.version is Version.V1_0
                client.unsubscribe(text, own)
                return (("id", text), *self._destination(known), *pair)
            case "send":
                client.send(text, body, own)
                return (("destination", text), *pair)
            case "ack" | "nack":
                message = MessageReceived("/q", other, text, {"ack": text}, b"")
                (client.ack if action == "ack" else client.nack)(message, transaction=text)
                ids: Mapping[Version | None, Pairs] = {
                    Version.V1_2: (("id", text),),
                    Version.V1_1: (("message-id", text), ("subscription", other)),
                    Version.V1_0: (("message-id", text),),
                }
                return (*ids[client.version], ("transaction", text))
            case "begin" | "commit" | "abort":
                given_receipt = getattr(client, action)(text, receipt=receipt)
                return (("transaction", text), *(asked or (("receipt", given_receipt),)))
            case _:
                return (("receipt", client.disconnect()),)

    def _destination(self, known: bool) -> Pairs:
        return (("destination", "?"),) if known else ()

    def _take(self, events: list[ProtocolEvent]) -> None:
        for event in events:
            assert not self.events or not _ends(self.events[-1]), "an event after the last one"
            self.events.append(event)
            if self._shows:
                repr(event)
            self._silent |= isinstance(event, ErrorReceived | Disconnected)

    def _check(
        self, said: tuple[Pairs, ...], *, action: str = "", body: bytes = b"", beats: bool = False
    ) -> None:
        state = self.protocol.state
        assert _ORDER.index(state) >= _ORDER.index(self._state), "the state went back"
        self._state = state
        items = self.protocol.data_to_send(self.now)
        assert not (items and (self._silent or self.failed)), "said something after the end"
        assert beats or b"\n" not in items, "a beat that nobody asked for"
        frames = self._said.read(items, self.protocol.version)
        got = [without_length(frame) for frame in frames]
        if action == "unsubscribe" and self.protocol.version is Version.V1_0:
            got = [tuple((n, "?" if n == "destination" else v) for n, v in one) for one in got]
        assert got == list(said), "other headers than those that were given"
        assert [frame.command for frame in frames] == [action.upper()] * len(said)
        assert action != "send" or [frame.body for frame in frames] == [body] * len(said)


def _ends(event: object) -> bool:
    return isinstance(event, Disconnected | ClientLeft)


def telling(events: list[ProtocolEvent]) -> list[ProtocolEvent]:
    """Events less the heart-beats: of those, a cut between line ends makes two."""
    return [event for event in events if not isinstance(event, HeartbeatReceived)]


class ServerPlay:
    """A `ServerSession` of the kiosk: octets in any portions, replies with any texts."""

    OPERATIONS: ClassVar[tuple[Operation, ...]] = (ON_PROGRESS, ON_DONE, ON_ERROR)

    def __init__(self, limits: Limits | None = None, *, shows: bool = True) -> None:
        self._shows = shows
        self.session = ServerSession(API, CODEC, limits=limits, heart_beat_ms=(1000, 0))
        self.events: list[SessionEvent] = []
        self.now = 0.0
        self._said = _Said()

    def feed(self, data: bytes | str) -> None:
        """The client says something; nothing is ever raised for it."""
        before, self.now = self.session.closed, self.now + 0.01
        events = self.session.receive_data(data, self.now)
        assert not (before and events), "an event after the end"
        self._take(events)
        self._flush()

    def tick(self, seconds: float) -> None:
        """Time passes."""
        self.now += seconds
        self._take(self.session.tick(self.now))
        self._flush()

    def eof(self) -> None:
        """The connection ends."""
        self._take(self.session.receive_eof())
        assert self.session.closed

    def reply(self, number: int, text: str, other: str, body: bytes) -> bool:
        """Reply with these texts; tell whether it was accepted."""
        operation = self.OPERATIONS[number % len(self.OPERATIONS)]
        self._flush()
        try:
            given = self.session.reply_raw(
                operation, body, correlation_id=text, message_id=other, headers={"own": text}
            )
        except LocalProtocolError:
            assert self._flush() == [], "refused, and yet something was sent"
            return False
        (frame,) = self._flush()
        own = dict(without_length(frame))
        assert frame.body == body
        assert frame.command == "MESSAGE"
        assert len(own) == len(frame.headers) - 1, "a header that repeats"
        names = API.headers
        assert (own[names.correlation_id or ""], own[names.message_id or ""]) == (text, given)
        assert own["own"] == text
        own.pop("ack", None)  # where the subscription wants to acknowledge
        assert len(own) == 8  # three of STOMP, three of the application, the media type and `own`
        return True

    def error(self, text: str, other: str, body: bytes) -> bool:
        """Say ERROR with these texts; tell whether it was accepted."""
        self._flush()
        try:
            self.session.stomp_error(text, body, {other: text})
        except LocalProtocolError:
            assert self._flush() == [], "refused, and yet something was sent"
            return False
        (frame,) = self._flush()
        own: Pairs = () if other == "content-length" else ((other, text),)
        assert without_length(frame) == (("message", text), *own)
        assert (frame.command, frame.body) == ("ERROR", body)
        assert self.session.closed
        return True

    def _take(self, events: list[SessionEvent]) -> None:
        for event in events:
            assert not self.events or not _ends(self.events[-1]), "an event after the last one"
            self.events.append(event)
            if self._shows:
                repr(event)
            if isinstance(event, Refused) and event.kind is RefusalKind.BROKEN_PROTOCOL:
                assert self.session.closed

    def _flush(self) -> list[Frame]:
        version = self.session.protocol.version
        return self._said.read(self.session.data_to_send(self.now), version)
