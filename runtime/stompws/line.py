"""One link and one session: what a turn does with them, and how it all ends. No waiting, no clock.

`Pump` turns on a thread, `AsyncLine` on an event loop; the two differ in how they come by the time
and the data, and in who is told.
"""

import contextlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable

from .client_protocol import ClientProtocol
from .closing import LINGER_SECONDS, NORMAL, PROTOCOL_ERROR, Close
from .errors import ConnectionLostError, LinkError, RemoteProtocolError, RemoteRejectedError
from .session import State
from .session_events import Disconnected, ErrorReceived, HeartbeatReceived, ProtocolEvent
from .tls import system_text

log = logging.getLogger("stompws")


class Line(ABC):
    """Moves data between one link and one protocol. The driver's lock, if it has one, is held."""

    def __init__(self, protocol: ClientProtocol, where: str) -> None:
        self.protocol, self.where = protocol, where
        self.error: LinkError | None = None
        """Why the link ended, when that was not a clean end."""

        self.send_error: ConnectionLostError | None = None
        """Why nothing more can be sent. What had arrived by then is still read and delivered."""

        self.goodbye = Disconnected(clean=True, reason="closed")
        """The last event, when it was."""

        self.close_code: int | None = None
        self.close_reason = ""
        self.stop = False
        """End at the next turn."""

        self.stop_by: float | None = None
        """When waiting for the other side's goodbye ends, on the clock of `now`."""

        self.abandoned = False
        """Nobody is left to close it: say goodbye at the next turn."""

        self.ended = False

    # What a driver does.

    @abstractmethod
    def push(self, now: float) -> None:
        """Hand what the protocol has to say to the link; raise OSError when that is broken."""

    @abstractmethod
    def flush(self) -> None:
        """Hand on what is left to be sent; raise OSError when the link is broken."""

    @abstractmethod
    def say_close(self, code: int) -> None:
        """Say the WebSocket's goodbye, once; raise OSError when the link is broken."""

    @abstractmethod
    def put(self, event: ProtocolEvent) -> None:
        """Keep an event for who takes them."""

    @abstractmethod
    def changed_now(self) -> None:
        """Tell who waits to see octets leave, or the end, to look again."""

    @abstractmethod
    def turn_again(self) -> None:
        """Have another turn soon."""

    # What both do.

    @property
    def over(self) -> bool:
        """True when nothing more can be sent."""
        return self.stop or self.ended or self.send_error is not None or self.protocol.closed

    @property
    def why_over(self) -> LinkError | None:
        """Why nothing more can be sent, when that was no clean end."""
        return self.error or self.send_error

    def sending_broke(self, error: ConnectionLostError, now: float) -> None:
        """Note, once, that nothing more can be sent; reading goes on to what has arrived."""
        if self.send_error is None:
            self.send_error = error
            self.hurry(LINGER_SECONDS, now)
        self.turn_again()
        self.changed_now()

    def hurry(self, seconds: float, now: float) -> None:
        """Wait no longer than this for the other side's goodbye."""
        by = now + seconds
        self.stop_by = by if self.stop_by is None else min(by, self.stop_by)

    def break_off(self, error: LinkError) -> None:
        """Note, once, that the link is unusable."""
        # Once sending broke, what has not left by then must not leave later.
        if isinstance(error, RemoteProtocolError) and self.send_error is None:
            with contextlib.suppress(OSError):
                self.say_close(PROTOCOL_ERROR)
                self.flush()
        # STOMP 1.2, Connection Lingering: after DISCONNECT any end is a normal one.
        over = self.protocol.state in (State.DISCONNECTING, State.CLOSED)
        if self.error is None and (not over or isinstance(error, RemoteProtocolError)):
            self.error = error
        self.protocol.eof()
        self.stop = True
        self.turn_again()
        self.changed_now()

    def break_off_after(self, exc: Exception) -> None:
        """Note that a turn went wrong: the link is unusable, for this reason."""
        if isinstance(exc, LinkError):
            self.break_off(_at(self.where, exc))
        elif isinstance(exc, OSError):
            self.break_off(self.send_error or broken(self.where, exc))
        else:  # a bug, which must not leave a caller waiting
            name = type(exc).__name__
            self.break_off(ConnectionLostError(f"{self.where}: internal error, {name}"))

    def seconds_to_wait(self, now: float) -> float | None:
        """Return when a turn is due even if nothing happens; None when never."""
        waits = [self.protocol.seconds_to_next_beat(now)]
        if self.stop_by is not None:
            waits.append(max(0.0, self.stop_by - now))
        return min((wait for wait in waits if wait is not None), default=None)

    def advance(self, data: bytes | Close | None, now: float) -> bool:
        """Take one message, or the end, or None; say what is due; False when it is over."""
        protocol = self.protocol
        if isinstance(data, Close):
            if self.send_error is None or data.code is not None:
                self._on_close(data)
        elif data is not None:
            self._deliver(protocol.receive_data(data, now))
        self._deliver(protocol.tick(now))
        if self.send_error is not None:
            return self._read_on(data, now, self.send_error)
        if isinstance(data, Close) or self.stop:
            with contextlib.suppress(OSError):
                self.flush()  # the answer to a close frame
            return False
        if self.abandoned:
            self._say_goodbye(now)
        if protocol.closed:
            self.say_close(NORMAL)
            self.hurry(LINGER_SECONDS, now)
        late = self.stop_by is not None and now >= self.stop_by
        if late:
            self._deliver(protocol.eof("no answer to the goodbye"))
            self.say_close(NORMAL)
        try:
            self.push(now)
        except OSError as exc:
            self.sending_broke(broken(self.where, exc), now)
        self.changed_now()
        return not late

    def note_end(self) -> None:
        """Say why it ended, at the very last, when nothing has said so."""
        if self.error is None and not self.over:
            self.error = ConnectionLostError(f"{self.where}: the connection ended")

    def _read_on(self, data: bytes | Close | None, now: float, error: LinkError) -> bool:
        """Go on, with nothing sent, until all that has arrived is read; False when it is."""
        late = self.stop_by is not None and now >= self.stop_by
        over = late or self.stop or self.protocol.closed
        if isinstance(data, bytes) and not over:
            return True
        self.break_off(error)
        return False

    def _say_goodbye(self, now: float) -> None:
        self.abandoned = False
        if self.protocol.state is State.CONNECTED:
            log.warning("%s: left open and forgotten; closed now", self.where)
            self.protocol.disconnect()
        self.hurry(LINGER_SECONDS, now)

    def _on_close(self, close: Close) -> None:
        """Note the end of the WebSocket, and what it means for the session."""
        self.close_code, self.close_reason = close.code, self.protocol.scrub(close.reason)
        reason = "the server closed the connection"
        if close.code is not None:
            reason += f" (code {close.code}{', ' if close.reason else ''}{self.close_reason})"
        self._deliver(self.protocol.eof(reason))

    def _deliver(self, events: Iterable[ProtocolEvent]) -> None:
        """Keep events for callers; the end is kept apart, for it must come last."""
        for event in events:
            match event:
                case HeartbeatReceived():
                    pass
                case Disconnected(clean=True):
                    self.goodbye = event
                case Disconnected(reason=reason):
                    self.stop = True
                    self.error = ConnectionLostError(
                        f"{self.where}: {reason}",
                        close_code=self.close_code,
                        close_reason=self.close_reason or None,
                    )
                case _:
                    if isinstance(event, ErrorReceived):
                        self.error = RemoteRejectedError(event.message, where=self.where)
                    self.put(event)


def broken(where: str, exc: OSError) -> ConnectionLostError:
    """Return what a failed call of the socket means."""
    return ConnectionLostError(f"{where}: the connection broke ({system_text(exc)})")


def _at(where: str, error: LinkError) -> LinkError:
    """Say where an error of the sans-IO part happened."""
    if isinstance(error, RemoteProtocolError) and not str(error).startswith(where):
        return RemoteProtocolError(f"{where}: {error}")
    return error
