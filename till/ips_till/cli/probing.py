"""One TLS handshake with the service, to see whom it says it is and what time it has."""

import email.utils
import socket
import ssl
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import attrs

from stompws.errors import ConnectionLostError
from stompws.records import Record
from stompws.tls import TlsOptions, check_pin, handshake_problem, make_context

_SECONDS: Final = 5.0
_LARGEST: Final = 4096


@attrs.frozen(kw_only=True)
class Probe(Record):
    """What a handshake told."""

    version: str
    """Of TLS."""
    valid_until: datetime | None
    """Of the certificate; None when it is pinned, and not read."""
    their_time: datetime | None
    """By the service's HTTP; None when it does not tell."""


class ProbeError(Exception):
    """There is no connection. The text says why and what to do."""


def probe(url: str, options: TlsOptions) -> Probe:
    """Shake hands, and ask for the time.

    Raises:
        ProbeError: There is no connection, or it is not trusted.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    context = make_context(options)
    try:
        plain = socket.create_connection((host, port), timeout=_SECONDS)
    except socket.gaierror:
        raise ProbeError(f"the name {host} is not known here; check the name and the DNS") from None
    except TimeoutError:
        raise ProbeError(f"{host}:{port} does not answer; check the network") from None
    except OSError as exc:
        raise ProbeError(
            f"{host}:{port}: {exc.strerror or 'not reachable'}; is the service running there?"
        ) from None
    with plain:
        try:
            with context.wrap_socket(
                plain, server_hostname=options.server_hostname or host
            ) as wrapped:
                return _look(wrapped, host, options)
        except ConnectionLostError as exc:
            raise ProbeError(str(exc)) from None
        except (OSError, ValueError) as exc:
            raise ProbeError(handshake_problem(exc, options)) from None


def _look(wrapped: ssl.SSLSocket, host: str, options: TlsOptions) -> Probe:
    if (pin := options.pin()) is not None:
        check_pin(wrapped, pin, host)
    ends = (wrapped.getpeercert() or {}).get("notAfter")
    until = None
    if isinstance(ends, str):
        until = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)
    return Probe(
        version=wrapped.version() or "TLS", valid_until=until, their_time=_their_time(wrapped, host)
    )


def _their_time(wrapped: ssl.SSLSocket, host: str) -> datetime | None:
    """Ask by HTTP for a page that need not exist: the answer has a date."""
    try:
        wrapped.sendall(f"HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = wrapped.recv(_LARGEST)
    except OSError:
        return None
    for line in answer.split(b"\r\n"):
        if line.lower().startswith(b"date:"):
            try:
                found = email.utils.parsedate_to_datetime(line[5:].decode("latin-1").strip())
            except ValueError:
                return None
            return found if found.tzinfo is not None else None
    return None
