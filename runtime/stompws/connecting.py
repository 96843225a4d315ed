"""The way to a `Stream`: the name looked up, connected, verified, all of it by one deadline."""

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Final

from .errors import ConnectionLostError, LocalProtocolError
from .stream import Stream
from .target import Target, is_loopback
from .tls import TlsOptions, check_pin, handshake_problem, shared_context, system_text

LOOKUP_TOO_LATE: Final = "the name could not be looked up in time; is this machine online?"
TLS_TOO_LATE: Final = "no TLS handshake in time; does the port speak TLS?"

Address = tuple[socket.AddressFamily, tuple[str | int | bytes, ...]]
"""Of an `AF_INET` or `AF_INET6` socket."""


def open_stream(target: Target, tls: TlsOptions, *, deadline: float, limit: int) -> Stream:
    """Find, connect and verify, by `deadline` on time.monotonic.

    Raises:
        ConnectionLostError: With what went wrong, in a sentence. No octet of ours has left that
            could hold a secret.
        LocalProtocolError: The TLS options cannot be used.
    """
    context = shared_context(tls) if target.secure else None
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
        except OSError as exc:  # also when this machine does not know the family of the address
            problem = connect_problem(exc, seconds)
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


def _resolve(target: Target, deadline: float) -> list[Address]:
    """Look the name up, on a thread of its own because the system's call knows no deadline."""
    found: list[Address] = []
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
        raise ConnectionLostError(f"{target}: {lookup_problem(problems[0])}")
    if not found:
        raise ConnectionLostError(f"{target}: {LOOKUP_TOO_LATE}")
    refuse_other_machines(target, found)
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
        raise ConnectionLostError(f"{target}: {TLS_TOO_LATE}") from None
    except (OSError, ValueError) as exc:
        raise ConnectionLostError(f"{target}: {handshake_problem(exc, tls)}") from None
    try:
        if (pin := tls.pin()) is not None:
            check_pin(secure, pin, str(target))
    except BaseException:
        secure.close()
        raise
    return secure


def connect_problem(exc: OSError, seconds: float) -> str:
    """Say why there is no connection to one address, which was given so many seconds."""
    match exc:
        case TimeoutError():
            return (
                f"no answer within {seconds:.3g} s; is the host right and switched on, "
                "and does no firewall stand between?"
            )
        case ConnectionRefusedError():
            return "connection refused; is the server running, and is the port right?"
        case _:
            return f"cannot connect: {system_text(exc)}"


def lookup_problem(problem: OSError | UnicodeError) -> str:
    """Say why a name has no address."""
    if isinstance(problem, socket.gaierror | UnicodeError):
        return "the name is not known; is it spelt right, and is this machine online?"
    return f"the name could not be looked up: {system_text(problem)}"


def refuse_other_machines(target: Target, addresses: Iterable[Address]) -> None:
    """Raise LocalProtocolError when a name for unencrypted connections is not this machine's."""
    if not target.secure and not all(is_loopback(str(address[0])) for _, address in addresses):
        raise LocalProtocolError("ws:// goes to this machine only, and the name is another one's")


def start_thread(thread: threading.Thread, where: str) -> None:
    """Start a thread; raise ConnectionLostError when the system has none left."""
    try:
        thread.start()
    except RuntimeError:
        raise ConnectionLostError(
            f"{where}: the system gives this program no more threads; close some conversations"
        ) from None
