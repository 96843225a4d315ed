"""The connection as an event loop turns it: no thread, no task, a timer for what is due.

Reading and heart-beats happen in callbacks of the loop, whatever the application awaits. Only one
that does not let the loop turn, because it computes or blocks, keeps heart-beats from leaving.
"""

import asyncio
import contextlib
import logging
import socket
import time
from collections import deque
from collections.abc import Callable

from .async_websocket import WebSocket
from .client_protocol import ClientProtocol
from .closing import Close
from .errors import ConnectionLostError, LinkError
from .line import Line
from .session_events import ProtocolEvent
from .upgrading import NO_ANSWER, broken_problem, tls_hint

log = logging.getLogger("stompws")


class Piece:
    """One frame on its way out."""

    __slots__ = ("data", "started")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.started = False
        """True once an octet of it has left or may have left."""


class AsyncLine(Line, asyncio.Protocol):
    """Moves data between one transport and one protocol. For `AsyncDriver` only.

    Frames are handed to the transport one at a time, each when it holds nothing back of those
    before. So a frame that was not handed over is certain not to have left.
    """

    def __init__(
        self,
        ws: WebSocket,
        protocol: ClientProtocol,
        where: str,
        *,
        secure: bool,
        send_timeout: float,
    ) -> None:
        super().__init__(protocol, where)
        self.ws = ws
        self.loop = asyncio.get_running_loop()
        self.events: deque[ProtocolEvent] = deque()
        """What was read and not taken."""

        self.gone = False
        """The socket is closed."""

        self.nudged = False
        """Somebody wants who waits for an event to look again."""

        self._secure, self._send_timeout = secure, send_timeout
        self._transport: asyncio.Transport | None = None
        self._raw: asyncio.Transport | None = None
        self._sock: socket.socket | None = None
        self._head: asyncio.Future[None] | None = None
        self._out: deque[Piece] = deque()
        self._handed = self._taken = 0  # pieces; taken: what the transport holds nothing back of
        self._blocked_since: float | None = None
        self._waiters: set[asyncio.Future[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._turn_is_due = False

    # Opening.

    def attach(
        self, transport: asyncio.Transport, raw: asyncio.Transport, sock: socket.socket
    ) -> None:
        """Go on with this transport, which is verified by now, and what is below its TLS."""
        # Above that it tells us: one octet, for zero would mean always to some of them.
        transport.set_write_buffer_limits(high=1, low=0)
        self._transport, self._raw, self._sock = transport, raw, sock

    async def upgrade(self, seconds: float) -> None:
        """Ask for the upgrade, and wait for the answer.

        Raises:
            ConnectionLostError: Refused, redirected, not a WebSocket endpoint, or no answer in
                time. Texts hold the HTTP status, nothing else of the answer.
        """
        if self.gone or self._transport is None:
            raise self.error or self.ws.end_of_head()
        self._head = self.loop.create_future()
        self._transport.write(self.ws.request())
        late = False
        try:
            async with asyncio.timeout(seconds):
                await self._head
        except TimeoutError:
            late = True
        finally:
            self._head = None
        if late:
            raise ConnectionLostError(f"{self.where}: {NO_ANSWER}{tls_hint(secure=self._secure)}")

    # What the loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for `attach`: TLS may come first."""

    def data_received(self, data: bytes) -> None:
        """Take what arrived."""
        if self.ended:
            return
        if not self.ws.upgraded:
            rest = self._receive_head(data)
            if not rest:
                return
            data = rest
        items, failure = self.ws.receive(data)
        self._queue(self.ws.replies())
        self._turn(items, failure)

    def eof_received(self) -> None:
        """Take the end of what the other side says for the end."""
        if not self.ws.upgraded:
            self._fail_head(self.ws.end_of_head())
        elif not self.ended:
            self._turn([Close(None)])

    def pause_writing(self) -> None:
        """Hand nothing more to the transport."""
        self._blocked_since = time.monotonic()
        self._rest(self._blocked_since)

    def resume_writing(self) -> None:
        """Hand on what waits."""
        self._blocked_since = None
        self._taken = self._handed
        self._write()
        self.changed_now()

    def connection_lost(self, exc: Exception | None) -> None:
        """Take note that the socket is closed."""
        self.gone = True
        if not self.ws.upgraded:
            self._fail_head(self._lost_head(exc))
        if not self.ended:
            self.break_off_after(exc or ConnectionLostError(f"{self.where}: the connection ended"))
            self.finish()
        self.changed_now()

    # The answer to the upgrade request.

    def _receive_head(self, data: bytes) -> bytes | None:
        try:
            rest = self.ws.receive_head(data)
        except ConnectionLostError as exc:
            self._fail_head(exc)
            return None
        if rest is not None and self._head is not None and not self._head.done():
            self._head.set_result(None)
        return rest

    def _fail_head(self, error: LinkError) -> None:
        self.error = self.error or error
        if self._head is not None and not self._head.done():
            self._head.set_exception(error)
        self.finish()

    def _lost_head(self, exc: Exception | None) -> LinkError:
        if not isinstance(exc, OSError):
            return self.ws.end_of_head()
        hint = tls_hint(secure=self._secure)
        return ConnectionLostError(f"{self.where}: {broken_problem(exc, hint)}")

    # Turning.

    def _turn(
        self, items: list[bytes | Close] | None = None, failure: LinkError | None = None
    ) -> None:
        """Deal with what came, and with what is due."""
        if self.ended:
            return
        now = time.monotonic()
        try:
            if items is not None and not self.protocol.closed:
                self.protocol.peer_alive(now)
            for item in items or (None,):
                if self.stop or not self.advance(item, now):
                    self.finish()
                    return
            if failure is not None:
                raise failure
        except Exception as exc:  # noqa: BLE001  (whatever it is, callers are told)
            self.break_off_after(exc)
            self.finish()
            return
        self._rest(now)

    def _rest(self, now: float) -> None:
        """Have a turn when something is due."""
        wait = self.seconds_to_wait(now)
        if wait is None or self.ended:
            return
        due = self.loop.time() + wait
        if self._timer is not None:
            if self._timer.when() <= due:
                return  # it comes in time, and rests again
            self._timer.cancel()
        self._timer = self.loop.call_at(due, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._turn_is_due = False
        now = time.monotonic()
        stuck = self._blocked_since is not None and now >= self._blocked_since + self._send_timeout
        if stuck and self.send_error is None and not self.ended:
            text = f"the other side took no data for {self._send_timeout:g} s"
            self.sending_broke(ConnectionLostError(f"{self.where}: {text}"), now)
        self._turn()

    def seconds_to_wait(self, now: float) -> float | None:
        """Return when a turn is due even if nothing happens; None when never."""
        wait = super().seconds_to_wait(now)
        if self._blocked_since is None or self.send_error is not None:
            return wait
        left = max(0.0, self._blocked_since + self._send_timeout - now)
        return left if wait is None else min(wait, left)

    def turn_again(self) -> None:
        """Have another turn, after what has arrived is read: timers come after sockets."""
        if not self._turn_is_due and not self.ended:
            self._turn_is_due = True
            if self._timer is not None:
                self._timer.cancel()
            self._timer = self.loop.call_later(0.0, self._on_timer)

    def abandon(self) -> None:
        """Say goodbye soon: nobody is left to close it."""
        self.abandoned = True
        self._turn()

    def finish(self) -> None:
        """Close everything that can be closed."""
        if self.ended:
            return
        self.note_end()
        self.ended = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._out.clear()
        if self._transport is None:
            self.gone = True
        else:
            self._transport.abort()
        self.changed_now()
        log.info("%s ended: %s", self.where, self.error or self.goodbye.reason)

    # Writing.

    def take(self, now: float) -> list[Piece]:
        """Return what the protocol has to say; it counts as said."""
        return [Piece(self.ws.message(data)) for data in self.protocol.data_to_send(now)]

    def hand_over(self, pieces: list[Piece]) -> int:
        """Queue them; return what `has_taken` is asked with."""
        self._out += pieces
        end = self._handed + len(self._out)
        self._write()
        self._rest(time.monotonic())
        return end

    def has_taken(self, end: int) -> bool:
        """Tell whether the transport holds nothing back of all pieces up to this one."""
        return self._taken >= end

    def push(self, now: float) -> None:
        """Hand over what the protocol has to say."""
        self._out += self.take(now)
        self._write()

    def flush(self) -> None:
        """Hand over what is left, as far as the transport takes it."""
        self._write()

    def say_close(self, code: int) -> None:
        """Queue the WebSocket's goodbye."""
        self._queue(self.ws.goodbye(code))

    def _queue(self, data: bytes) -> None:
        if data:
            self._out.append(Piece(data))
            self._write()

    def _write(self) -> None:
        transport, raw = self._transport, self._raw
        if transport is None or raw is None or self.send_error is not None:
            return
        # A transport that is closing drops what it is given; why, it tells a little later.
        while self._out and self._blocked_since is None and not raw.is_closing():
            piece = self._out.popleft()
            self._handed += 1
            piece.started = True
            transport.write(piece.data)
            if raw.is_closing() and not self._secure:
                piece.started = False  # the system refused it, and nothing waited before it
        if self._blocked_since is None and not raw.is_closing():
            self._taken = self._handed

    # For who waits.

    def put(self, event: ProtocolEvent) -> None:
        """Keep an event for callers."""
        self.events.append(event)

    def changed_now(self) -> None:
        """Have everybody who waits look again."""
        for waiter in self._waiters:
            _settle(waiter)

    def nudge(self) -> None:
        """Have who waits for an event look again."""
        self.nudged = True
        self.changed_now()

    async def until(self, condition: Callable[[], bool], seconds: float | None = None) -> bool:
        """Wait until something holds; False when it does not after so many seconds."""
        due = None if seconds is None else self.loop.time() + seconds
        while not condition():
            left = None if due is None else due - self.loop.time()
            if left is not None and left <= 0:
                return False
            waiter = self.loop.create_future()
            self._waiters.add(waiter)
            timer = None if left is None else self.loop.call_later(left, _settle, waiter)
            try:
                await waiter
            finally:
                self._waiters.discard(waiter)
                if timer is not None:
                    timer.cancel()
        return True

    async def read_what_came(self) -> None:
        """Let the loop read, when something has arrived that it has not read yet."""
        if self._sock is not None and not self.ended and _has_unread(self._sock):
            await asyncio.sleep(0)  # it looks at its sockets
            await asyncio.sleep(0)  # it has read


def _has_unread(sock: socket.socket) -> bool:
    with contextlib.suppress(OSError):
        sock.recv(1, socket.MSG_PEEK)
        return True
    return False


def _settle(waiter: "asyncio.Future[None]") -> None:
    if not waiter.done():
        waiter.set_result(None)
