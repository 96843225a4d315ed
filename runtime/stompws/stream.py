"""A byte stream to a server, once connected and verified, that does not block.

Looks like a socket to websocket-client. Writes are collected and leave in `flush`; reads come from
memory first. All calls on one stream are made under its user's lock, for OpenSSL allows one thread
at a time, and none of them blocks once `deadline` is None.
"""

import contextlib
import selectors
import socket
import ssl
import time
from typing import Final

from .errors import RemoteProtocolError
from .upgrading import HANDSHAKE_OCTETS

# Where there is `poll` it needs no descriptor of its own, as `epoll` does for each connection.
Selector: Final[type[selectors.BaseSelector]] = getattr(
    selectors, "PollSelector", selectors.DefaultSelector
)

_PORTION = 64 * 1024


class Stream:
    """One connected, verified byte stream, with the part of a socket that websocket-client uses."""

    def __init__(self, sock: socket.socket, *, deadline: float, limit: int, where: str) -> None:
        sock.setblocking(False)
        self.deadline: float | None = deadline
        """Until when `recv` may wait, on time.monotonic; None: not at all."""

        self.received = 0
        """Octets that have arrived."""

        self.queued = 0
        """Octets given to `send`, since the start."""

        self.left = 0
        """How many of those have left, or may have: what TLS has taken once it may keep."""

        self._sock = sock
        self._limit = limit
        self._where = where
        self._budget = min(limit, HANDSHAKE_OCTETS)
        self._in = memoryview(b"")
        self._out = bytearray()

    # What websocket-client calls.

    def fileno(self) -> int:
        """Return the socket's descriptor, for selectors."""
        return self._sock.fileno()

    def gettimeout(self) -> float:
        """Return anything but 0, for which websocket-client reads in another way."""
        return 1.0

    def settimeout(self, timeout: float | None) -> None:
        """Ignore it: `deadline` rules."""

    def setsockopt(self, *args: int) -> None:
        """Ignore it: set when connecting."""

    def recv(self, size: int) -> bytes:
        """Return some octets, b"" at the end; raise TimeoutError when there are none yet."""
        while not self._in:
            if not self._fill():
                if self.deadline is None:
                    raise TimeoutError
                self._wait(self.deadline)
            elif not self._in:
                return b""
        portion = bytes(self._in[:size])
        self._in = self._in[size:]
        self._budget -= len(portion)
        if self._budget < 0:
            raise self._too_long()
        return portion

    def send(self, data: bytes) -> int:
        """Queue `data` for `flush`."""
        self._out += data
        self.queued += len(data)
        return len(data)

    def shutdown(self, how: int) -> None:
        """Shut the socket down, when there is still something to shut."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(how)

    def close(self) -> None:
        """Close the socket. What is queued is lost."""
        self._sock.close()

    # What the driver calls.

    def look(self) -> memoryview | None:
        """Return what came and was not read; empty at the end, None when nothing is there yet."""
        return self._in if self._in or self._fill() else None

    def take_message(self, start: int, end: int) -> bytes:
        """Read as far as `end` octets of what `look` has shown, and return those from `start`."""
        data = bytes(self._in[start:end])
        self._in = self._in[end:]
        if end > self._limit:
            raise self._too_long()
        return data

    def message_complete(self) -> None:
        """Begin to count towards the limit again."""
        self._budget = self._limit

    @property
    def readable(self) -> bool:
        """True when octets are at hand that no selector would tell of."""
        pending = isinstance(self._sock, ssl.SSLSocket) and self._sock.pending() > 0
        return bool(self._in) or pending

    @property
    def taken(self) -> int:
        """How many of the queued octets the socket has taken for good."""
        return self.queued - len(self._out)

    def flush(self) -> None:
        """Hand as much as the socket takes to it, now; raise OSError when it is broken."""
        while self._out:
            secure = isinstance(self._sock, ssl.SSLSocket)
            if secure:
                # OpenSSL may send a part of this and still ask for another try.
                self.left = self.queued
            try:
                taken = self._sock.send(self._out)
            except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
                return
            del self._out[:taken]
            if not secure:
                self.left += taken

    def _fill(self) -> bool:
        """Read what is there; False when that is nothing yet. At the end memory stays empty."""
        try:
            data = self._sock.recv(_PORTION)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        self.received += len(data)
        self._in = memoryview(data)
        return True

    def _too_long(self) -> RemoteProtocolError:
        return RemoteProtocolError(f"{self._where}: a message is longer than the limit")

    def _wait(self, deadline: float) -> None:
        """Wait for octets until `deadline`, sending what is queued; raise TimeoutError."""
        self.flush()
        with Selector() as selector:
            writing = selectors.EVENT_WRITE if self._out else 0
            selector.register(self._sock, selectors.EVENT_READ | writing)
            remaining = deadline - time.monotonic()
            if remaining <= 0 or not selector.select(remaining):
                raise TimeoutError
