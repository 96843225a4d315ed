"""A byte stream to a server: found, connected, verified, then without ever blocking.

Looks like a socket to websocket-client. Writes are collected and leave in `flush`; reads come from
memory first. All calls on one stream are made under its user's lock, for OpenSSL allows one thread
at a time, and none of them blocks once `deadline` is None.
"""

import contextlib
import ipaddress
import selectors
import socket
import ssl
import threading
import time
from urllib.parse import urlsplit

import attrs

from .errors import ConnectionLostError, LocalProtocolError, RemoteProtocolError
from .records import Record
from .tls import TlsOptions, check_pin, handshake_problem, make_context, system_text

_PORTION = 64 * 1024
_HANDSHAKE_OCTETS = 64 * 1024


@attrs.frozen
class Target(Record):
    """Where a URL points. `str` is host and port: a path or query may hold a secret."""

    host: str
    port: int
    secure: bool

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_url(url: str) -> Target:
    """Return where `url` points.

    Raises:
        LocalProtocolError: Not a `wss://` URL, or a `ws://` one to another machine.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise LocalProtocolError("the URL cannot be read: expected wss://host:port/path") from None
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise LocalProtocolError("expected a URL such as wss://host:port/path")
    if not url.isascii() or any(char <= " " or char == "\x7f" for char in url):
        raise LocalProtocolError("the URL holds a space, a control or a non-ASCII character")
    if "@" in parts.netloc or "#" in url:
        raise LocalProtocolError("the URL must not hold a user, a password or a fragment")
    secure = parts.scheme == "wss"
    if not secure and not _is_loopback(parts.hostname):
        raise LocalProtocolError("ws:// is not encrypted and goes to this machine only: use wss://")
    return Target(parts.hostname, port or (443 if secure else 80), secure)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


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
        self._budget = min(limit, _HANDSHAKE_OCTETS)
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
            raise RemoteProtocolError(f"{self._where}: a message is longer than the limit")
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

    def _wait(self, deadline: float) -> None:
        """Wait for octets until `deadline`, sending what is queued; raise TimeoutError."""
        self.flush()
        with selectors.DefaultSelector() as selector:
            writing = selectors.EVENT_WRITE if self._out else 0
            selector.register(self._sock, selectors.EVENT_READ | writing)
            remaining = deadline - time.monotonic()
            if remaining <= 0 or not selector.select(remaining):
                raise TimeoutError


def open_stream(target: Target, tls: TlsOptions, *, deadline: float, limit: int) -> Stream:
    """Find, connect and verify, by `deadline` on time.monotonic.

    Raises:
        ConnectionLostError: With what went wrong, in a sentence. No octet of ours has left that
            could hold a secret.
        LocalProtocolError: The TLS options cannot be used.
    """
    context = make_context(tls) if target.secure else None
    sock = _connect(target, deadline)
    try:
        if context is not None:
            sock = _secured(sock, context, tls, target, deadline)
        return Stream(sock, deadline=deadline, limit=limit, where=str(target))
    except BaseException:
        sock.close()
        raise


def remaining_time(deadline: float, target: Target, doing: str) -> float:
    """Return the seconds left; raise ConnectionLostError when there are none."""
    if (seconds := deadline - time.monotonic()) <= 0:
        raise ConnectionLostError(f"{target}: no time left while {doing}")
    return seconds


def _connect(target: Target, deadline: float) -> socket.socket:
    """Try one address after the other, each with a fair part of the time left."""
    addresses = _resolve(target, deadline)
    problem = "no address"
    for index, (family, address) in enumerate(addresses):
        seconds = remaining_time(deadline, target, "connecting") / (len(addresses) - index)
        try:
            return _connect_to(family, address, seconds)
        except TimeoutError:
            problem = (
                f"no answer within {seconds:.3g} s; is the host right and switched on, "
                "and does no firewall stand between?"
            )
        except ConnectionRefusedError:
            problem = "connection refused; is the server running, and is the port right?"
        except OSError as exc:  # also when this machine does not know the family of the address
            problem = f"cannot connect: {system_text(exc)}"
    raise ConnectionLostError(f"{target}: {problem}")


def _connect_to(
    family: socket.AddressFamily, address: tuple[str | int | bytes, ...], seconds: float
) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        sock.connect(address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock


_Address = tuple[socket.AddressFamily, tuple[str | int | bytes, ...]]


def _resolve(target: Target, deadline: float) -> list[_Address]:
    """Look the name up, on a thread of its own because the system's call knows no deadline."""
    found: list[_Address] = []
    problems: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            infos = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as exc:
            problems.append(exc)
            return
        found.extend((family, tuple(address)) for family, _, _, _, address in infos)

    with contextlib.suppress(ValueError):
        ipaddress.ip_address(target.host)
        look_up()  # digits need no looking up
        return found
    thread = threading.Thread(target=look_up, name="stompws-resolve", daemon=True)
    start_thread(thread, str(target))
    thread.join(remaining_time(deadline, target, "looking the name up"))
    if problems:
        raise ConnectionLostError(f"{target}: {_lookup_text(problems[0])}")
    if not found:
        raise ConnectionLostError(
            f"{target}: the name could not be looked up in time; is this machine online?"
        )
    if not target.secure and not all(_is_loopback(str(address[0])) for _, address in found):
        raise LocalProtocolError("ws:// goes to this machine only, and the name is another one's")
    return found


def _secured(
    sock: socket.socket,
    context: ssl.SSLContext,
    tls: TlsOptions,
    target: Target,
    deadline: float,
) -> ssl.SSLSocket:
    sock.settimeout(remaining_time(deadline, target, "connecting"))
    try:
        secure = context.wrap_socket(sock, server_hostname=tls.server_hostname or target.host)
    except TimeoutError:
        raise ConnectionLostError(
            f"{target}: no TLS handshake in time; does the port speak TLS?"
        ) from None
    except (OSError, ValueError) as exc:
        raise ConnectionLostError(f"{target}: {handshake_problem(exc, tls)}") from None
    try:
        if (pin := tls.pin()) is not None:
            check_pin(secure, pin, str(target))
    except BaseException:
        secure.close()
        raise
    return secure


def _lookup_text(problem: OSError | UnicodeError) -> str:
    if isinstance(problem, socket.gaierror | UnicodeError):
        return "the name is not known; is it spelt right, and is this machine online?"
    return f"the name could not be looked up: {system_text(problem)}"


def start_thread(thread: threading.Thread, where: str) -> None:
    """Start a thread; raise ConnectionLostError when the system has none left."""
    try:
        thread.start()
    except RuntimeError:
        raise ConnectionLostError(
            f"{where}: the system gives this program no more threads; close some conversations"
        ) from None
