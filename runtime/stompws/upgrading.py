"""The upgrade to a WebSocket: what may be asked for, and what is told when it fails."""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Final

from .errors import LocalProtocolError
from .tls import SHORTAGES, system_text

SUBPROTOCOLS: Final = ("v12.stomp", "v11.stomp", "v10.stomp")

MESSAGE_OVERHEAD: Final = 64 * 1024
"""Octets that a WebSocket message may hold beside one frame."""

HANDSHAKE_OCTETS: Final = 64 * 1024
"""Octets that the answer to the upgrade request may have."""

NOT_ONE = "the server is no WebSocket server; are port and path right?"
NO_ANSWER = (
    "no answer to the WebSocket request, or only a part of it, in time; "
    "is the port one for WebSocket?"
)
HUNG_UP = "the server closed the connection during the WebSocket handshake; is the port right?"
REDIRECTS = (
    "the server redirects, which is not followed; "
    "is the path right? If so use the address it redirects to"
)
UNREADABLE = "the server's answer cannot be read; are port and path right?"

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x20-\x7e\t]*")
_OURS = frozenset(["host", "upgrade", "connection", "content-length", "transfer-encoding"])


def check_http_headers(headers: Mapping[str, str]) -> None:
    """Raise LocalProtocolError for headers that cannot be sent or are the handshake's own."""
    for name, value in headers.items():
        if not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
            raise LocalProtocolError(f"HTTP header {name!a}: not a legal name or value")
        if name.lower() in _OURS or name.lower().startswith("sec-websocket-"):
            raise LocalProtocolError(f"HTTP header {name!a} is written by the handshake")


def check_subprotocols(names: Iterable[str]) -> None:
    """Raise LocalProtocolError for names that are no tokens: they would become other headers."""
    for name in names:
        if not _TOKEN.fullmatch(name):
            raise LocalProtocolError("subprotocols: expected names such as v12.stomp")


def tls_hint(*, secure: bool) -> str:
    """Return what is added to most of the texts where the connection is a plain one."""
    return "" if secure else " A port that wants TLS needs wss://"


def broken_problem(exc: OSError, hint: str) -> str:
    """Say what a failed call of the socket during the handshake means."""
    if exc.errno in SHORTAGES:
        return f"no WebSocket handshake: {system_text(exc)}"
    return (
        f"the connection broke during the WebSocket handshake ({system_text(exc)}); "
        f"is the port right?{hint}"
    )


def status_problem(code: int | None, hint: str) -> str:
    """Say what an HTTP status means that is not the upgrade's; None is that of an empty answer."""
    if code is None:
        return f"the server gave an empty answer; is the port one for WebSocket?{hint}"
    try:
        status = f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        status = str(code)
    match code:
        case 401 | 403 | 407:
            advice = (
                "our credential had not been sent yet: a proxy or gateway stands between, "
                "or this machine may not connect"
            )
        case 404 | 410:
            advice = "is the path of the URL right?"
        case 429 | 502 | 503 | 504:
            advice = "the server is not ready: try again later"
        case _ if code >= 500:
            advice = "the fault is the server's: look into its log"
        case _:
            advice = f"is it a WebSocket server, and are port and path right?{hint}"
    return f"the server answered HTTP {status}; {advice}"
