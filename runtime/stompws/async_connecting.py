"""The way to a connected, verified transport of an event loop, all of it by one deadline.

A name is looked up on a thread of the loop's own pool, which the system's call may keep for longer
than the deadline; nothing else needs a thread.
"""

import asyncio
import contextlib
import ipaddress
import socket
import ssl
from collections.abc import Iterable

from .connecting import (
    LOOKUP_TOO_LATE,
    TLS_TOO_LATE,
    Address,
    connect_problem,
    lookup_problem,
    refuse_other_machines,
    remaining_time,
)
from .errors import ConnectionLostError
from .target import Target
from .tls import TlsOptions, check_pin, handshake_problem

_Place = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]
_NEVER_FIRST = 60.0  # seconds more than ours for the loop's own limits: ours tell what happened


async def open_socket(target: Target, deadline: float) -> socket.socket:
    """Look the name up and connect, to one address after the other, by `deadline` (monotonic).

    Raises:
        ConnectionLostError: With what went wrong, in a sentence.
        LocalProtocolError: The name is another machine's, and the connection would be plain.
    """
    addresses = await _resolve(target, deadline)
    problem = "no address"
    for index, (family, address) in enumerate(addresses):
        # Each is given a fair part of the time left.
        seconds = remaining_time(deadline, target, "connecting") / (len(addresses) - index)
        try:
            async with asyncio.timeout(seconds):
                return await _connect_to(family, address)
        except OSError as exc:  # also when this machine does not know the family of the address
            problem = connect_problem(exc, seconds)
    raise ConnectionLostError(f"{target}: {problem}")


async def secure(
    transport: asyncio.WriteTransport,
    protocol: asyncio.Protocol,
    context: ssl.SSLContext,
    tls: TlsOptions,
    target: Target,
    deadline: float,
) -> asyncio.Transport:
    """Put TLS on a connected transport, and verify, by `deadline` (monotonic).

    Raises:
        ConnectionLostError: With what went wrong. No octet of ours has left that could hold a
            secret.
        LocalProtocolError: The pin is none.
    """
    loop = asyncio.get_running_loop()
    seconds = remaining_time(deadline, target, "connecting")
    problem: str | None = None
    secured: asyncio.Transport | None = None
    try:
        async with asyncio.timeout(seconds):
            secured = await loop.start_tls(
                transport,
                protocol,
                context,
                server_hostname=tls.server_hostname or target.host,
                ssl_handshake_timeout=seconds + _NEVER_FIRST,
            )
    except TimeoutError:
        problem = TLS_TOO_LATE
    except (OSError, ValueError) as exc:
        problem = handshake_problem(exc, tls)
    if secured is None:
        raise ConnectionLostError(f"{target}: {problem or TLS_TOO_LATE}")
    if (pin := tls.pin()) is not None:
        check_pin(secured.get_extra_info("ssl_object"), pin, str(target))
    return secured


async def _resolve(target: Target, deadline: float) -> list[Address]:
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(target.host)
        # Digits need no looking up.
        return _listed(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))
    loop = asyncio.get_running_loop()
    problem: str | None = None
    found: list[Address] = []
    try:
        async with asyncio.timeout(remaining_time(deadline, target, "looking the name up")):
            infos = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        found = _listed(infos)
    except TimeoutError:
        problem = LOOKUP_TOO_LATE
    except (OSError, UnicodeError) as exc:
        problem = lookup_problem(exc)
    if problem is not None:
        raise ConnectionLostError(f"{target}: {problem}")
    refuse_other_machines(target, found)
    return found


def _listed(
    infos: Iterable[tuple[socket.AddressFamily, object, object, object, _Place]],
) -> list[Address]:
    return [(family, tuple(address)) for family, _, _, _, address in infos]


async def _connect_to(
    family: socket.AddressFamily, address: tuple[str | int | bytes, ...]
) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock
