"""One WebSocket, one `ClientProtocol`, one event loop: `Driver` without a thread."""

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit

from .async_connecting import open_socket, secure
from .async_line import AsyncLine
from .async_websocket import WebSocket
from .client_protocol import ALL_VERSIONS, ClientProtocol, Headers
from .closing import LINGER_SECONDS
from .errors import (
    ConnectionLostError,
    LinkError,
    LocalProtocolError,
    RemoteRejectedError,
    SendFailedError,
)
from .frames import Limits, Version
from .observing import TraceCallback, make_observer
from .session import State
from .session_events import Connected, ErrorReceived, HeartBeat, ProtocolEvent
from .target import Target, read_url
from .tls import TlsOptions, shared_context, system_text
from .upgrading import MESSAGE_OVERHEAD, SUBPROTOCOLS

__all__ = ["SUBPROTOCOLS", "AsyncDriver", "TlsOptions", "TraceCallback"]

log = logging.getLogger("stompws")

_T = TypeVar("_T")


class AsyncDriver:
    """A running session. Made by `open`, ended by `close` or `async with`.

    It belongs to the event loop it was opened in; any task of that loop may use it. What it does
    on its own happens in callbacks of the loop: there is no thread and no task to leave behind.
    """

    def __init__(self, line: AsyncLine, *, send_timeout: float) -> None:
        """For `open` only."""
        self.where = line.where
        """Host and port, for texts."""

        self.connected: Connected | None = None
        """What the server agreed to."""

        self._line = line
        self._send_timeout = send_timeout
        self._close_asked = False
        self._pid = os.getpid()

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        connect_headers: Headers | None = None,
        host: str | None = None,
        versions: Sequence[Version] = ALL_VERSIONS,
        heart_beat: HeartBeat = (10_000, 10_000),
        connect_timeout: float = 15.0,
        send_timeout: float = 10.0,
        tls: TlsOptions | None = None,
        http_headers: Mapping[str, str] | None = None,
        subprotocols: Sequence[str] = SUBPROTOCOLS,
        limits: Limits | None = None,
        trace: TraceCallback | None = None,
        safe_headers: Iterable[str] = (),
    ) -> "AsyncDriver":
        """Connect, verify, and agree on a session; all of it within `connect_timeout` seconds.

        Cancelled, it leaves no socket behind. Arguments and errors are those of `Driver.open`; a
        server that chooses a subprotocol that was not offered is refused (RFC 6455, 4.1).
        """
        deadline = time.monotonic() + connect_timeout
        target = read_url(url)
        where = str(target)
        limits = limits or Limits()
        observer = make_observer(trace, where, frozenset(safe_headers))
        protocol = ClientProtocol(limits=limits, observer=observer)
        protocol.keep_secret([*(http_headers or {}).values(), urlsplit(url).query])
        ws = WebSocket(
            url,
            where=where,
            http_headers=http_headers or {},
            subprotocols=subprotocols,
            limit=limits.max_frame_bytes + MESSAGE_OVERHEAD,
        )
        protocol.connect(
            connect_headers, host=host or target.host, versions=versions, heart_beat=heart_beat
        )
        line = AsyncLine(ws, protocol, where, secure=target.secure, send_timeout=send_timeout)
        driver = cls(line, send_timeout=send_timeout)
        late = f"no CONNECTED within {connect_timeout:g} s"
        try:
            await _connect(line, target, tls or TlsOptions(), deadline)
            await line.upgrade(max(0.0, deadline - time.monotonic()))
            await driver._start(
                deadline, f"{late}; a WebSocket is there: does STOMP answer at this path?"
            )
        except BaseException:
            line.stop = True
            line.finish()
            raise
        log.info("%s connected, STOMP %s", where, protocol.version)
        return driver

    async def _start(self, deadline: float, too_late: str) -> None:
        """Say CONNECT and wait for the answer; when none comes by `deadline`, say `too_late`."""
        line = self._line
        if not line.ended:
            line.protocol.give_up_at(deadline, too_late)
            line.hand_over(line.take(time.monotonic()))
        # The line tells when it is too late, and is itself given a little time for it.
        event = await self.next_event(max(0.0, deadline - time.monotonic()) + LINGER_SECONDS)
        if isinstance(event, Connected):
            self.connected = event
            return
        if isinstance(event, ErrorReceived):
            raise RemoteRejectedError(
                event.message,
                where=self.where,
                advice="it was the answer to CONNECT: are the credential and the host right?",
            )
        raise ConnectionLostError(f"{self.where}: {too_late}")

    @property
    def subprotocol(self) -> str | None:
        """The WebSocket subprotocol the server chose, None when it chose none."""
        return self._line.ws.subprotocol

    @property
    def ended(self) -> bool:
        """True when the connection is gone."""
        return self._line.ended

    @property
    def close_code(self) -> int | None:
        """Code of the WebSocket close frame that came, if one did (RFC 6455, 7.4)."""
        return self._line.close_code

    @property
    def close_reason(self) -> str:
        """Its reason: printable, at most 123 octets, our secrets masked."""
        return self._line.close_reason

    # Sending.

    async def send_frames(
        self,
        fill: Callable[[ClientProtocol], _T],
        timeout: float | None = None,
        *,
        until_started: bool = False,
    ) -> _T:
        """Let `fill` speak to the protocol, then hand all it said to the socket in one go.

        `fill` may subscribe and send, in any number; it must not block. When it raises, nothing of
        the batch is sent. Returns what `fill` returns, once the transport holds nothing of it back;
        with `until_started` once the last frame may have left, so that being cancelled here means
        that it has not. Then call `abort`, or it may leave later.

        Raises:
            SendFailedError: The connection broke, or the other side took nothing for `timeout`
                seconds (`send_timeout` when None). Its `started` says for each frame whether an
                octet may have left; False is certain.
            LocalProtocolError: The batch is illegal or the driver closed; nothing was sent.
        """
        self._check_place()
        line = self._line
        self._refuse_when_over()
        try:
            result = fill(line.protocol)
        except BaseException:
            line.protocol.discard_unsent()
            raise
        pieces = line.take(time.monotonic())
        await line.read_what_came()  # a write that fails would cost what has arrived by now
        if self._close_asked or line.over:
            raise SendFailedError(self._why_over(), started=[False for _ in pieces])
        if not pieces:
            return result
        end = line.hand_over(pieces)
        seconds = self._send_timeout if timeout is None else timeout

        def is_done() -> bool:
            return (until_started and pieces[-1].started) or line.has_taken(end)

        if not await line.until(lambda: is_done() or line.over, seconds):
            text = f"{self.where}: the other side took no data for {seconds:g} s"
            line.sending_broke(ConnectionLostError(text), time.monotonic())
        if is_done():
            return result
        raise SendFailedError(self._why_over(), started=[piece.started for piece in pieces])

    async def send(
        self,
        destination: str,
        body: bytes = b"",
        headers: Headers | None = None,
        *,
        receipt: bool | str = False,
        secrets: Iterable[str] = (),
    ) -> str | None:
        """Send one frame; return the receipt's id when one was asked for. As `send_frames`.

        `secrets`, and parts of them, are masked in what the server says for people.
        """

        def fill(protocol: ClientProtocol) -> str | None:
            protocol.keep_secret(secrets)
            return protocol.send(destination, body, headers, receipt=receipt)

        return await self.send_frames(fill)

    def _refuse_when_over(self) -> None:
        if self._close_asked:
            raise LocalProtocolError(f"{self.where}: closed")
        if self._line.over:
            raise SendFailedError(f"the connection has ended: {self._why_over()}")

    def _why_over(self) -> str:
        return str(self._line.why_over or f"{self.where}: {self._line.goodbye.reason}")

    # Receiving.

    async def next_event(self, timeout: float | None = None) -> ProtocolEvent | None:
        """Return the next event, or None after `timeout` seconds; None waits without end.

        Cancelled, it has taken nothing. When the session is over every call returns
        `Disconnected` after `close`, else raises.

        Raises:
            ConnectionLostError: The connection broke; `close_code`, `close_reason` when known.
            RemoteProtocolError: The server sent something unreadable or forbidden.
            RemoteRejectedError: After an `ErrorReceived`.
            LocalProtocolError: Used in another process or event loop than that of `open`.
        """
        self._check_place()
        line = self._line
        line.nudged = False
        if timeout is not None and timeout <= 0:
            if not line.events:
                await line.read_what_came()
        else:
            await line.until(lambda: bool(line.events) or line.ended or line.nudged, timeout)
        if line.events:
            return line.events.popleft()
        if not line.ended:
            return None
        if line.error is not None:
            raise line.error.with_traceback(None)
        return line.goodbye

    def nudge(self) -> None:
        """Have whoever waits for an event return None now."""
        self._line.nudge()

    # Ending.

    async def close(self, timeout: float = 5.0) -> None:
        """Say DISCONNECT, wait at most `timeout` seconds for the goodbye, and close. Idempotent.

        Cancelled, it closes at once.
        """
        self._check_place()
        line = self._line
        now = time.monotonic()
        line.hurry(timeout, now)
        if not self._close_asked and not line.over:
            if line.protocol.state is State.CONNECTED:
                with contextlib.suppress(OSError):  # the line finds out as well
                    line.protocol.disconnect()
                    line.push(now)
            else:
                line.stop = True
        self._close_asked = True
        line.turn_again()
        try:
            await line.until(lambda: line.gone, timeout + LINGER_SECONDS)
        finally:
            self.abort()  # nothing is left to be done, unless it was cancelled or took too long

    def abort(self) -> None:
        """End at once, without a goodbye. The socket is closed when the loop has turned."""
        self._check_place()
        self._line.stop = self._close_asked = True
        self._line.finish()

    def abandon(self) -> None:
        """Have the loop say goodbye and end, without waiting for it.

        For whoever finds that nobody holds the session any more, on any thread.
        """
        if os.getpid() == self._pid:
            with contextlib.suppress(RuntimeError):  # the loop is closed
                self._line.loop.call_soon_threadsafe(self._line.abandon)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    def _check_place(self) -> None:
        if os.getpid() != self._pid:
            raise LocalProtocolError(
                f"{self.where}: opened before a fork; open a connection in each process"
            )
        if asyncio.get_running_loop() is not self._line.loop:
            raise LocalProtocolError(
                f"{self.where}: opened in another event loop; open a connection in each"
            )


async def _connect(line: AsyncLine, target: Target, tls: TlsOptions, deadline: float) -> None:
    """Connect, verify, and give the line its transport."""
    context = shared_context(tls) if target.secure else None
    sock = await open_socket(target, deadline)
    raw: asyncio.Transport | None = None
    problem: str | None = None
    try:
        raw, _ = await line.loop.create_connection(lambda: line, sock=sock)
        if context is None:
            line.attach(raw, raw, sock)
        else:
            raw.set_write_buffer_limits(high=0)
            line.attach(await secure(raw, line, context, tls, target, deadline), raw, sock)
    except BaseException as exc:
        if raw is not None:
            raw.abort()
        else:
            sock.close()
        if isinstance(exc, LinkError) or not isinstance(exc, OSError):
            raise
        problem = system_text(exc)  # most likely too many files are open
    if problem is not None:
        text = f"the system does not give what a connection needs: {problem}"
        raise ConnectionLostError(f"{line.where}: {text}")
