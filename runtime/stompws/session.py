"""What both ends of a STOMP session share: states, the way of frames, heart-beats.

No socket, no thread, no clock. Time comes in as `now`, monotonic seconds of the caller's choice.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from .errors import LocalProtocolError, RemoteProtocolError
from .frame_parser import FrameParser, Heartbeat
from .frames import Frame, Limits, Version, encode_frame
from .session_events import Disconnected, HeartBeat, HeartbeatReceived

Direction = Literal["sent", "received"]
Observer = Callable[[Direction, Frame], None]

EARLY = 0.9
"""Beats go out after this part of the agreed interval: the peer's clock and the network differ."""

PATIENCE = 2.0
"""The peer is dead after so many silent intervals. STOMP 1.2, Heart-beating: "an error margin"."""

_BEAT = re.compile(r"[0-9]{1,9},[0-9]{1,9}")


class State(StrEnum):
    """Where a session stands. It only ever moves down this list."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    DISCONNECTING = "disconnecting"
    CLOSED = "closed"


_EventT = TypeVar("_EventT")
_SharedEvent = HeartbeatReceived | Disconnected


class Session(ABC, Generic[_EventT]):
    """One end of a session. `EventT` is what it reports.

    When unreadable input follows readable input, the events of the readable part are returned, and
    the `RemoteProtocolError` is in `failure` and raised by the next call that takes time.
    """

    def __init__(self, *, limits: Limits | None = None, observer: Observer | None = None) -> None:
        """Args: bounds for what the peer sends; a function that sees every frame, both ways."""
        self.state = State.CONNECTING
        self.version: Version | None = None
        self.failure: RemoteProtocolError | None = None
        self._parser = FrameParser(limits)
        self._observer = observer
        self._out: list[tuple[Frame | None, bytes]] = []
        self._now = 0.0
        self._agree_by: tuple[float, str] | None = None
        self._beat_every = self._silence_after = 0.0  # seconds; 0 = none
        self._last_sent = self._last_received = 0.0

    @property
    def closed(self) -> bool:
        """True when nothing more can be said by either side."""
        return self.state is State.CLOSED

    # Bytes in.

    def receive_data(self, data: bytes | str, now: float) -> list[_EventT | _SharedEvent]:
        """Take what arrived, any portion of the stream, and return what it means.

        Raises:
            RemoteProtocolError: STOMP forbids it. The session is closed.
        """
        self._advance(now)
        if self.closed:
            return []
        if data:
            self._last_received = now  # STOMP 1.2, Heart-beating: any data received counts
        events: list[_EventT | _SharedEvent] = []
        failure: RemoteProtocolError | None = None
        try:
            if data:
                self._parser.feed(data.encode() if isinstance(data, str) else data)
            while not self.closed and not self._waits():
                if (item := self._parser.next_frame()) is None:
                    break
                if isinstance(item, Heartbeat):
                    events.append(HeartbeatReceived())
                    continue
                if self._observer is not None:
                    self._observer("received", item)
                events.extend(self._received(item))
        except UnicodeEncodeError:
            failure = RemoteProtocolError("a text message holds a lone surrogate")
        except RemoteProtocolError as exc:
            failure = exc
        if failure is not None:
            self.state = State.CLOSED
            if not events:
                raise failure  # out here: the error that holds the text is no context of this one
            self.failure = failure
        return events

    def _waits(self) -> bool:
        """True while what has arrived is not to be read on; nothing more waits then than `Limits`.

        Raises:
            RemoteProtocolError: More waits than that.
        """
        return False

    @abstractmethod
    def _received(self, frame: Frame) -> Iterable[_EventT | _SharedEvent]:
        """Say what a frame means, or raise RemoteProtocolError."""

    def peer_alive(self, now: float) -> None:
        """Count a sign of life below STOMP, such as part of a WebSocket message."""
        self._advance(now)
        self._last_received = now

    def eof(self, reason: str = "the peer closed the connection") -> list[Disconnected]:
        """Note that nothing more will arrive; return the last event, once.

        `reason` is for people and may be shown.
        """
        if self.closed:
            return []
        clean = self.state is State.DISCONNECTING
        if self._parser.buffered and not clean:
            reason += " in the middle of a frame"
        self.state = State.CLOSED
        return [Disconnected(clean, reason)]

    # Bytes out.

    def data_to_send(self, now: float | None = None) -> list[bytes]:
        """Return what is to be sent, one frame per item, and forget it.

        With `now`, what is returned counts as sent at that time, else at the last known one.
        """
        if not self._out:
            return []
        if now is not None:
            self._now = max(self._now, now)
        items, self._out = self._out, []
        self._last_sent = self._now  # any frame replaces a beat
        if self._observer is not None:
            for frame, _ in items:
                if frame is not None:
                    self._observer("sent", frame)
        return [data for _, data in items]

    def discard_unsent(self) -> None:
        """Forget what `data_to_send` has not returned yet. Ids given out stay used."""
        self._out.clear()

    def _queue(self, frame: Frame) -> None:
        version = self.version or Version.V1_2
        self._out.append((frame, encode_frame(frame, version)))

    # Time.

    def give_up_at(self, deadline: float, reason: str) -> None:
        """Have `tick` end the session when it is not agreed by then, on the clock of `now`.

        `reason` is for people and may be shown.
        """
        self._agree_by = deadline, reason

    def next_deadline(self, now: float) -> float | None:
        """Return when `tick` is due, on the clock of `now`; None when nothing is."""
        self._now = max(self._now, now)
        due: list[float] = []
        if self._agree_by is not None and self.state is State.CONNECTING:
            due.append(self._agree_by[0])
        if self._beat_every and self.state is State.CONNECTED:
            due.append(self._last_sent + self._beat_every)
        if self._silence_after and not self.closed:
            due.append(self._last_received + self._silence_after)
        return min(due, default=None)

    def seconds_to_next_beat(self, now: float) -> float | None:
        """Return the seconds until `tick` is due, at least 0; None when nothing is due."""
        deadline = self.next_deadline(now)
        return None if deadline is None else max(0.0, deadline - now)

    def tick(self, now: float) -> list[_EventT | _SharedEvent]:
        """Queue a beat when one is due; report a peer silent, or without a session, for too long.

        Raises:
            RemoteProtocolError: An earlier portion ended in something unreadable.
        """
        self._advance(now)
        if self.closed:
            return []
        if self.state is State.CONNECTING and self._agree_by is not None:
            deadline, reason = self._agree_by
            if now < deadline:
                return []
            self.state = State.CLOSED
            self._out.clear()
            return [Disconnected(clean=False, reason=reason)]
        silent = now - self._last_received
        # The sum is that of `next_deadline`: a difference may round to a little less.
        if self._silence_after and now >= self._last_received + self._silence_after:
            agreed = self._silence_after / PATIENCE
            self.state = State.CLOSED
            self._out.clear()
            reason = f"nothing received for {silent:.1f} s, expected a beat every {agreed:g} s"
            return [Disconnected(clean=False, reason=reason)]
        # Nothing may follow DISCONNECT, not even a beat.
        due = self._beat_every and now >= self._last_sent + self._beat_every
        if due and self.state is State.CONNECTED and not self._out:
            self._out.append((None, b"\n"))
        return []

    def _advance(self, now: float) -> None:
        self._now = max(self._now, now)
        if self.failure is not None:
            failure, self.failure = self.failure, None
            raise failure

    def _agree(self, version: Version, ours: HeartBeat, theirs: HeartBeat) -> HeartBeat:
        """Enter CONNECTED; return the agreed milliseconds (we send, we receive)."""
        self.state = State.CONNECTED
        self.version = self._parser.version = version
        # STOMP 1.2, Heart-beating: MAX(cx, sy), and none if either is 0. The same the other way.
        sends = max(ours[0], theirs[1]) if ours[0] and theirs[1] else 0
        receives = max(ours[1], theirs[0]) if ours[1] and theirs[0] else 0
        self._beat_every = sends / 1000 * EARLY
        self._silence_after = receives / 1000 * PATIENCE
        self._last_sent = self._last_received = self._now
        return sends, receives

    def _require(self, state: State, doing: str) -> None:
        if self.state is not state:
            raise LocalProtocolError(f"{doing}: the session is {self.state}, not {state}")


def first_headers(frame: Frame) -> dict[str, str]:
    """Return the headers as a mapping. STOMP 1.2, Repeated Header Entries: the first one wins."""
    return dict(reversed(frame.headers))


def read_heart_beat(frame: Frame) -> HeartBeat:
    """Return the heart-beat header, (0, 0) when it is absent; raise RemoteProtocolError."""
    value = frame.header("heart-beat")
    if value is None:
        return 0, 0
    if not _BEAT.fullmatch(value):
        raise RemoteProtocolError(f"{frame.command}: heart-beat: expected two numbers of ms")
    first, second = value.split(",")
    return int(first), int(second)


def check_heart_beat(heart_beat: HeartBeat) -> str:
    """Return the header's value for two numbers of milliseconds; raise LocalProtocolError."""
    value = f"{heart_beat[0]},{heart_beat[1]}"
    if not _BEAT.fullmatch(value):
        raise LocalProtocolError("heart-beat: expected two numbers of milliseconds, 0 or more")
    return value


def refuse_reserved(headers: Mapping[str, object] | None, reserved: Iterable[str]) -> None:
    """Raise LocalProtocolError when a caller's headers hold one that the protocol writes."""
    for name in reserved:
        if headers and name in headers:
            raise LocalProtocolError(f"header {name!r} is written by the protocol")
