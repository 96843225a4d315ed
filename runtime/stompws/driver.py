"""One WebSocket, one `ClientProtocol`, one thread behind them: what callers hold.

Callers' threads write, and take what was read from a queue, so one who thinks for a minute does not
kill the link. The thread is in `pump`.
"""

import contextlib
import errno
import logging
import os
import queue
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import TypeVar
from urllib.parse import urlsplit

from .client_protocol import ALL_VERSIONS, ClientProtocol, Headers
from .clock import Clock
from .closing import LINGER_SECONDS
from .connecting import open_stream
from .errors import ConnectionLostError, LocalProtocolError, RemoteRejectedError, SendFailedError
from .frames import Limits, Version
from .line import broken
from .observing import TraceCallback, make_observer
from .pump import END, End, Pump
from .session import State
from .session_events import Connected, ErrorReceived, HeartBeat, ProtocolEvent
from .target import read_url
from .tls import TlsOptions, system_text
from .upgrading import MESSAGE_OVERHEAD, SUBPROTOCOLS, check_http_headers, check_subprotocols
from .waiting import PumpWaiting
from .wslink import WebSocketLink

__all__ = ["SUBPROTOCOLS", "Driver", "TlsOptions", "TraceCallback"]

log = logging.getLogger("stompws")

_T = TypeVar("_T")


class Driver:
    """A running session. Made by `open`, ended by `close` or `with`; usable from any thread."""

    def __init__(self, pump: Pump, *, send_timeout: float) -> None:
        """For `open` only."""
        self.where = pump.where
        """Host and port, for texts."""

        self.connected: Connected | None = None
        """What the server agreed to."""

        self._pump = pump
        self._send_timeout = send_timeout
        self._close_asked = False
        self._taken = 0  # events, from the pump's queue
        self._pid = os.getpid()

    @classmethod
    def open(
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
    ) -> "Driver":
        """Connect, verify, and agree on a session; all of it within `connect_timeout` seconds.

        Args:
            url: `wss://host:port/path`; `ws://` to this machine only.
            connect_headers: Go into CONNECT, are secret, and leave only after the server has been
                verified.
            host: The virtual host CONNECT names; the URL's when None.
            versions: What to offer.
            heart_beat: Milliseconds (ours, wished for theirs); 0 is none.
            connect_timeout: Seconds for name, TCP, TLS, upgrade and CONNECTED together.
            send_timeout: Seconds the other side may refuse to take what we send.
            tls: How to trust the server.
            http_headers: For the upgrade request. Do not call `websocket.enableTrace` in a program
                that uses secret ones: it logs the request. What follows it is not logged.
            subprotocols: Offered to the server, which may choose none.
            limits: What the server may make us hold.
            trace: Called for every frame, under a lock: it must not block.
            safe_headers: More headers whose values may appear in the log.

        Raises:
            ConnectionLostError: No connection. The text says which step failed and why.
            RemoteRejectedError: The server answered ERROR.
            RemoteProtocolError: It answered something that is not STOMP.
            LocalProtocolError: An argument is not usable; nothing was tried.
        """
        deadline = time.monotonic() + connect_timeout
        target = read_url(url)
        where = str(target)
        limits = limits or Limits()
        check_http_headers(http_headers or {})
        check_subprotocols(subprotocols)
        observer = make_observer(trace, where, frozenset(safe_headers))
        protocol = ClientProtocol(limits=limits, observer=observer)
        protocol.keep_secret([*(http_headers or {}).values(), urlsplit(url).query])
        protocol.connect(
            connect_headers, host=host or target.host, versions=versions, heart_beat=heart_beat
        )
        stream = open_stream(
            target,
            tls or TlsOptions(),
            deadline=deadline,
            limit=limits.max_frame_bytes + MESSAGE_OVERHEAD,
        )
        try:
            link = WebSocketLink.open(
                stream,
                url,
                where=where,
                http_headers=http_headers or {},
                subprotocols=subprotocols,
            )
            driver = cls(Pump(stream, link, protocol, where), send_timeout=send_timeout)
        except BaseException as exc:
            stream.close()
            if isinstance(exc, OSError):  # most likely too many files are open
                problem = f"the system does not give what a connection needs: {system_text(exc)}"
                raise ConnectionLostError(f"{where}: {problem}") from None
            raise
        late = f"no CONNECTED within {connect_timeout:g} s"
        driver._start(deadline, f"{late}; a WebSocket is there: does STOMP answer at this path?")
        log.info("%s connected, STOMP %s", where, protocol.version)
        return driver

    def _start(self, deadline: float, too_late: str) -> None:
        """Say CONNECT and wait for the answer; when none comes by `deadline`, say `too_late`."""
        self._pump.protocol.give_up_at(deadline, too_late)
        self._pump.start()  # first: without its thread nothing is said
        try:
            with self._pump.lock:
                try:
                    self._pump.push(time.monotonic())
                except OSError as exc:
                    self._pump.sending_broke(broken(self.where, exc), time.monotonic())
            # The thread tells when it is too late, and is itself given a little time for it.
            event = self.next_event(max(0.0, deadline - time.monotonic()) + LINGER_SECONDS)
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
        except BaseException:
            self.abort()
            raise

    @property
    def subprotocol(self) -> str | None:
        """The WebSocket subprotocol the server chose, None when it chose none."""
        return self._pump.link.subprotocol

    @property
    def ended(self) -> bool:
        """True when the connection is gone and its thread about to end, or ended."""
        return self._pump.ended

    @property
    def close_code(self) -> int | None:
        """Code of the WebSocket close frame that came, if one did (RFC 6455, 7.4)."""
        return self._pump.close_code

    @property
    def close_reason(self) -> str:
        """Its reason: printable, at most 123 octets, our secrets masked."""
        return self._pump.close_reason

    # Sending.

    def send_frames(self, fill: Callable[[ClientProtocol], _T], timeout: float | None = None) -> _T:
        """Let `fill` speak to the protocol, then hand all it said to the socket in one go.

        `fill` may subscribe and send, in any number; it runs under the driver's lock and must not
        block. When it raises, nothing of the batch is sent. Returns what `fill` returns, once the
        operating system has taken every octet.

        Raises:
            SendFailedError: The connection broke, or the other side took nothing for `timeout`
                seconds (`send_timeout` when None). Its `started` says for each frame whether an
                octet may have left; False is certain.
            LocalProtocolError: The batch is illegal or the driver closed; nothing was sent.
        """
        self._check_process()
        with self._pump.lock:
            self._refuse_when_over()
            protocol, stream = self._pump.protocol, self._pump.stream
            try:
                result = fill(protocol)
            except BaseException:
                protocol.discard_unsent()
                raise
            starts: list[int] = []
            try:
                self._pump.push(time.monotonic(), starts)
                if stream.taken < stream.queued:
                    self._wait_until_taken(stream.queued, timeout)
            except OSError as exc:
                failure = broken(self.where, exc)
                self._pump.sending_broke(failure, time.monotonic())
                started = [stream.left > start for start in starts]
                text = str(self._pump.why_over or failure)
                raise SendFailedError(text, started=started) from None
            return result

    def send(
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

        return self.send_frames(fill)

    def _wait_until_taken(self, end: int, timeout: float | None) -> None:
        """Wait, letting the lock go, until the reading thread has flushed the rest."""
        self._pump.wake()
        seconds = self._send_timeout if timeout is None else timeout
        self._pump.changed.wait_for(
            lambda: self._pump.stream.taken >= end or self._pump.over, seconds
        )
        if self._pump.stream.taken >= end:
            return
        if self._pump.why_over is None:
            self._pump.sending_broke(
                ConnectionLostError(f"{self.where}: the other side took no data for {seconds:g} s"),
                time.monotonic(),
            )
        raise BrokenPipeError(errno.EPIPE, "not all was taken")

    def _refuse_when_over(self) -> None:
        if self._close_asked:
            raise LocalProtocolError(f"{self.where}: closed")
        if self._pump.over:
            why = self._pump.why_over or f"{self.where}: {self._pump.goodbye.reason}"
            raise SendFailedError(f"the connection has ended: {why}")

    # Receiving.

    def next_event(self, timeout: float | None = None) -> ProtocolEvent | None:
        """Return the next event, or None after `timeout` seconds; None waits without end.

        When the session is over every call returns `Disconnected` after `close`, else raises.

        Raises:
            ConnectionLostError: The connection broke; `close_code`, `close_reason` when known.
            RemoteProtocolError: The server sent something unreadable or forbidden.
            RemoteRejectedError: After an `ErrorReceived`.
            LocalProtocolError: Used in a process other than the one that opened it.
        """
        while isinstance(item := self._take(timeout), End):
            pass  # meant for a wait by a clock that has ended otherwise
        return item

    def next_event_by(self, clock: Clock, when: float) -> tuple[ProtocolEvent | None, bool]:
        """As `next_event`, by a clock; with None comes whether it is `when`, or a nudge came."""
        waiting = PumpWaiting(self._pump, self._taken)
        take_back = clock.wake_at(when, waiting)
        try:
            item = self._take(None)
        finally:
            take_back()
        return (None, item is waiting.nudge) if isinstance(item, End) else (item, False)

    def nudge(self) -> None:
        """Have whoever waits by a clock think again about when."""
        self._pump.events.put(End())

    def _take(self, timeout: float | None) -> ProtocolEvent | End | None:
        """Take what is next in the queue: an event, a nudge, or None when there was none."""
        self._check_process()
        try:
            item = self._pump.events.get(timeout is None or timeout > 0, timeout)
        except queue.Empty:
            return None
        if not isinstance(item, End):
            self._taken += 1
            return item
        if item is not END:
            return item
        self._pump.events.put(END)  # for later calls and other waiting threads
        if self._pump.error is not None:
            raise self._pump.error.with_traceback(None)
        return self._pump.goodbye

    # Ending.

    def close(self, timeout: float = 5.0) -> None:
        """Say DISCONNECT, wait at most `timeout` seconds for the goodbye, and close. Idempotent."""
        self._check_process()
        with self._pump.lock:
            self._pump.hurry(timeout, time.monotonic())
            if not self._close_asked and not self._pump.over:
                if self._pump.protocol.state is State.CONNECTED:
                    with contextlib.suppress(OSError):  # the reader finds out as well
                        self._pump.protocol.disconnect()
                        self._pump.push(time.monotonic())
                else:
                    self._pump.stop = True
            self._close_asked = True
            self._pump.wake()
        self._pump.join(timeout + LINGER_SECONDS)

    def abort(self) -> None:
        """End at once, without a goodbye."""
        self._check_process()
        with self._pump.lock:
            self._pump.stop = self._close_asked = True
            self._pump.wake()
        self._pump.join(LINGER_SECONDS)

    def abandon(self) -> None:
        """Have the thread say goodbye and end, without waiting for it.

        For whoever finds that nobody holds the session any more: it takes no lock.
        """
        if os.getpid() == self._pid:
            self._pump.abandon()

    def __enter__(self) -> "Driver":
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _check_process(self) -> None:
        if os.getpid() != self._pid:
            raise LocalProtocolError(
                f"{self.where}: opened before a fork; open a connection in each process"
            )
