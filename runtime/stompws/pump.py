"""The thread that reads, keeps heart-beats alive and notices the end.

One lock guards protocol, link and stream; nothing is ever waited for while it is held, because the
stream does not block. All waiting is for events: the socket, a waker, the queue.
"""

import contextlib
import logging
import queue
import selectors
import threading
import time
from collections.abc import Callable, Iterable
from typing import Final

from .client_protocol import ClientProtocol
from .connecting import start_thread
from .errors import ConnectionLostError, LinkError, RemoteProtocolError, RemoteRejectedError
from .session import State
from .session_events import Disconnected, ErrorReceived, HeartbeatReceived, ProtocolEvent
from .stream import Selector, Stream
from .tls import system_text
from .waker import Waker
from .wslink import NORMAL, PROTOCOL_ERROR, Close, WebSocketLink

log = logging.getLogger("stompws")

LINGER_SECONDS: Final = 1.0
"""How long the other side may take to answer the WebSocket's close frame, and how long we go on to
read what it said before it stopped to take what we say."""


class End:
    """In the queue, of a wait: what comes next is for another one."""


END: Final = End()
"""Of all waits: nothing follows."""


class Pump:
    """Moves data between one stream and one protocol. For `Driver` only.

    Attributes are read and written under `lock`, except `events`, which is a queue.
    """

    def __init__(
        self, stream: Stream, link: WebSocketLink, protocol: ClientProtocol, where: str
    ) -> None:
        self.stream, self.link, self.protocol, self.where = stream, link, protocol, where
        self.lock = threading.RLock()  # a trace callback may call back
        self.changed = threading.Condition(self.lock)
        """Notified when octets have left and when the link has ended."""

        self.events: queue.SimpleQueue[ProtocolEvent | End] = queue.SimpleQueue()
        self.delivered = 0
        """How many events were put there."""

        self._on_drained: list[tuple[Callable[[], None], threading.Event]] = []
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
        """When waiting for the other side's goodbye ends, on time.monotonic."""

        self.abandoned = False
        """Nobody is left to close it: say goodbye at the next turn."""

        self.ended = False
        with contextlib.ExitStack() as undo:  # when this machine has no more descriptors
            self._selector = undo.enter_context(Selector())
            self._waker = Waker()
            undo.callback(self._waker.close)
            self._selector.register(self._waker, selectors.EVENT_READ)
            self._selector.register(stream, selectors.EVENT_READ)
            undo.pop_all()
        self._thread = threading.Thread(target=self._run, name=f"stompws {where}", daemon=True)

    @property
    def over(self) -> bool:
        """True when nothing more can be sent."""
        return self.stop or self.ended or self.send_error is not None or self.protocol.closed

    @property
    def why_over(self) -> LinkError | None:
        """Why nothing more can be sent, when that was no clean end."""
        return self.error or self.send_error

    def start(self) -> None:
        """Begin to read.

        Raises:
            ConnectionLostError: The system has no thread left. Everything is closed.
        """
        try:
            start_thread(self._thread, self.where)
        except BaseException:
            with self.lock:
                self.release()
            raise

    def join(self, seconds: float) -> None:
        """Wait for the thread's end, unless that is who asks."""
        if threading.current_thread() is not self._thread:
            self._thread.join(seconds)

    def wake(self) -> None:
        """Let the thread look again at what it waits for."""
        self._waker.wake()

    def when_drained(self, callback: Callable[[], None]) -> None:
        """Call back, under the lock, once all that has arrived by now is delivered; wait for it."""
        called = threading.Event()
        with self.lock:
            self._on_drained.append((callback, called))
            if self.ended:
                self._tell_drained()
            else:
                self.wake()
        called.wait(LINGER_SECONDS)

    def _tell_drained(self) -> None:
        waiting, self._on_drained = self._on_drained, []
        for callback, called in waiting:
            callback()
            called.set()

    def push(self, now: float, starts: list[int] | None = None) -> None:
        """Hand what the protocol has to say to the socket; note where each frame starts.

        Raises:
            OSError: The connection is broken.
        """
        for data in self.protocol.data_to_send(now):
            if starts is not None:
                starts.append(self.stream.queued)
            self.link.send(data)
        self.stream.flush()

    def sending_broke(self, error: ConnectionLostError) -> None:
        """Note, once, that nothing more can be sent; reading goes on to what has arrived."""
        if self.send_error is None:
            self.send_error = error
            self.hurry(LINGER_SECONDS)
        self.wake()
        self.changed.notify_all()

    def hurry(self, seconds: float) -> None:
        """Wait no longer than this for the other side's goodbye."""
        by = time.monotonic() + seconds
        self.stop_by = by if self.stop_by is None else min(by, self.stop_by)

    def abandon(self) -> None:
        """Say goodbye, soon. Takes no lock, so a garbage collection may call it anywhere."""
        self.abandoned = True
        self.wake()

    def break_off(self, error: LinkError) -> None:
        """Note, once, that the link is unusable."""
        # Once sending broke, what has not left by then must not leave later.
        if isinstance(error, RemoteProtocolError) and self.send_error is None:
            with contextlib.suppress(OSError):
                self.link.send_close(PROTOCOL_ERROR)
                self.stream.flush()
        # STOMP 1.2, Connection Lingering: after DISCONNECT any end is a normal one.
        over = self.protocol.state in (State.DISCONNECTING, State.CLOSED)
        if self.error is None and (not over or isinstance(error, RemoteProtocolError)):
            self.error = error
        self.protocol.eof()
        self.stop = True
        self.wake()
        self.changed.notify_all()

    def release(self) -> None:
        """Close everything that can be closed."""
        self.ended = True
        self._tell_drained()
        self._selector.close()
        self.stream.close()
        self._waker.close()
        self.changed.notify_all()

    def _run(self) -> None:
        """Turn until either side ends it; whatever happens, tell."""
        try:
            while self._turn(self._selector):
                pass
        finally:
            with self.lock:
                if self.error is None and not self.over:
                    self.error = ConnectionLostError(f"{self.where}: the connection ended")
                self.release()
                self.events.put(END)
            log.info("%s ended: %s", self.where, self.error or self.goodbye.reason)

    def _turn(self, selector: selectors.BaseSelector) -> bool:
        """Wait for something to happen and deal with it; False when it was the end."""
        with self.lock:
            wait = self._seconds_to_wait(time.monotonic())
            interest = selectors.EVENT_READ
            if self.stream.taken < self.stream.queued:
                interest |= selectors.EVENT_WRITE
            if selector.get_key(self.stream).events != interest:
                selector.modify(self.stream, interest)
            at_hand = self.stream.readable
        if not at_hand and any(key.fileobj is self._waker for key, _ in selector.select(wait)):
            self._waker.clear()
        with self.lock:
            try:
                return self._pump(time.monotonic())
            except LinkError as exc:
                self.break_off(_at(self.where, exc))
            except OSError as exc:
                self.break_off(self.send_error or broken(self.where, exc))
            except Exception as exc:  # noqa: BLE001  (a bug must not leave a caller waiting)
                name = type(exc).__name__
                self.break_off(ConnectionLostError(f"{self.where}: internal error, {name}"))
            return False

    def _seconds_to_wait(self, now: float) -> float | None:
        if self._on_drained:
            return 0.0
        waits = [self.protocol.seconds_to_next_beat(now)]
        if self.stop_by is not None:
            waits.append(max(0.0, self.stop_by - now))
        return min((wait for wait in waits if wait is not None), default=None)

    def _pump(self, now: float) -> bool:
        """Take one message, say what is due; False when it is over."""
        if self.stop:
            return False
        protocol, stream = self.protocol, self.stream
        before = stream.received
        data = self.link.receive()
        if stream.received != before and not protocol.closed:
            protocol.peer_alive(now)
        if isinstance(data, Close):
            if self.send_error is None or data.code is not None:
                self._on_close(data)
        elif data is not None:
            self._deliver(protocol.receive_data(data, now))
        elif self._on_drained:
            self._tell_drained()
        self._deliver(protocol.tick(now))
        if self.send_error is not None:
            return self._read_on(data, now, self.send_error)
        if isinstance(data, Close) or self.stop:
            with contextlib.suppress(OSError):
                stream.flush()  # the answer to a close frame
            return False
        if self.abandoned:
            self._say_goodbye()
        if protocol.closed:
            self.link.send_close(NORMAL)
            self.hurry(LINGER_SECONDS)
        late = self.stop_by is not None and now >= self.stop_by
        if late:
            self._deliver(protocol.eof("no answer to the goodbye"))
            self.link.send_close(NORMAL)
        try:
            self.push(now)
        except OSError as exc:
            self.sending_broke(broken(self.where, exc))
        self.changed.notify_all()
        return not late

    def _read_on(self, data: bytes | Close | None, now: float, error: LinkError) -> bool:
        """Go on, with nothing sent, until all that has arrived is read; False when it is."""
        late = self.stop_by is not None and now >= self.stop_by
        over = late or self.stop or self.protocol.closed
        if isinstance(data, bytes) and not over:
            return True
        self.break_off(error)
        return False

    def _say_goodbye(self) -> None:
        self.abandoned = False
        if self.protocol.state is State.CONNECTED:
            log.warning("%s: left open and forgotten; closed now", self.where)
            self.protocol.disconnect()
        self.hurry(LINGER_SECONDS)

    def _on_close(self, close: Close) -> None:
        """Note the end of the WebSocket, and what it means for the session."""
        self.close_code, self.close_reason = close.code, self.protocol.scrub(close.reason)
        reason = "the server closed the connection"
        if close.code is not None:
            reason += f" (code {close.code}{', ' if close.reason else ''}{self.close_reason})"
        self._deliver(self.protocol.eof(reason))

    def _deliver(self, events: Iterable[ProtocolEvent]) -> None:
        """Queue events for callers; the end is kept apart, for it must come last."""
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
                    self.delivered += 1
                    self.events.put(event)


def broken(where: str, exc: OSError) -> ConnectionLostError:
    """Return what a failed call of the socket means."""
    return ConnectionLostError(f"{where}: the connection broke ({system_text(exc)})")


def _at(where: str, error: LinkError) -> LinkError:
    """Say where an error of the sans-IO part happened."""
    if isinstance(error, RemoteProtocolError) and not str(error).startswith(where):
        return RemoteProtocolError(f"{where}: {error}")
    return error
