"""The boundary to websocket-client: what we use of it, typed, and what its errors mean.

websocket-client frames, masks, checks the handshake and answers pings. The socket under it is ours
(`Stream`), so nothing here blocks, proxies of the environment are not consulted and redirects are
not followed.
"""

import contextlib
import errno
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Protocol, cast

import attrs
import websocket

from .errors import ConnectionLostError, LocalProtocolError, RemoteProtocolError
from .records import Record
from .stream import Stream

NORMAL, PROTOCOL_ERROR = 1000, 1002  # RFC 6455, 7.4.1
_CONTINUATION, _TEXT, _BINARY, _CLOSE = 0x0, 0x1, 0x2, 0x8  # RFC 6455, 11.8
_MAX_REASON_OCTETS = 123  # RFC 6455, 5.5: 125 less the code
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x20-\x7e\t]*")
_OURS = frozenset(["host", "upgrade", "connection", "content-length", "transfer-encoding"])


@attrs.frozen
class Close(Record):
    """The peer ended the WebSocket."""

    code: int | None
    """RFC 6455 close code; None when the connection just ended."""

    reason: str = ""
    """Printable, at most 123 octets."""


class _Frame(Protocol):
    data: bytes


class _WebSocket(Protocol):
    """The part of websocket.WebSocket that we use."""

    def connect(self, url: str, **options: object) -> None: ...
    def getheaders(self) -> dict[str, str] | None: ...
    def recv_data_frame(self, control_frame: bool) -> tuple[int, _Frame]: ...
    def send(self, payload: bytes, opcode: int) -> int: ...
    def send_close(self, status: int, reason: bytes) -> None: ...


class WebSocketLink:
    """WebSocket messages over a `Stream`. Made by `open`."""

    def __init__(self, ws: _WebSocket, stream: Stream, where: str) -> None:
        self._ws, self._stream, self._where = ws, stream, where
        self._closing = False

    @classmethod
    def open(
        cls,
        stream: Stream,
        url: str,
        *,
        where: str,
        http_headers: Mapping[str, str],
        subprotocols: Sequence[str],
    ) -> "WebSocketLink":
        """Do the HTTP upgrade, within the stream's deadline.

        Raises:
            ConnectionLostError: Refused, redirected, not a WebSocket endpoint, or no answer in
                time. Texts hold the HTTP status, nothing else of the answer.
        """
        header = [f"{name}: {value}" for name, value in http_headers.items()]
        if subprotocols:
            # As a plain header: given as `subprotocols`, a server that picks none is refused.
            header.append(f"Sec-WebSocket-Protocol: {', '.join(subprotocols)}")
        ws = cast(
            _WebSocket,
            websocket.WebSocket(
                skip_utf8_validation=True,  # slow in pure Python; STOMP headers are checked later
                fire_cont_frame=True,  # STOMP is a stream: parts need not be put together first
                enable_multithread=False,  # our caller holds a lock
            ),
        )
        try:
            ws.connect(url, socket=stream, header=header, redirect_limit=0, suppress_origin=True)
        # All `from None`: the causes quote headers and body of the answer.
        except websocket.WebSocketBadStatusException as exc:
            status = _status_text(exc.status_code)
            raise ConnectionLostError(f"{where}: the server answered HTTP {status}") from None
        except websocket.WebSocketTimeoutException:
            raise ConnectionLostError(f"{where}: no answer to the WebSocket request") from None
        except websocket.WebSocketConnectionClosedException:
            raise ConnectionLostError(
                f"{where}: the server closed the connection during the WebSocket handshake"
            ) from None
        except websocket.WebSocketException as exc:
            redirected = str(exc).startswith("Redirect")
            problem = "redirects, which is not followed" if redirected else "is no WebSocket server"
            raise ConnectionLostError(f"{where}: the server {problem}") from None
        except OSError:
            raise ConnectionLostError(
                f"{where}: the connection broke during the WebSocket handshake"
            ) from None
        stream.deadline = None
        stream.message_complete()
        return cls(ws, stream, where)

    @property
    def subprotocol(self) -> str | None:
        """What the server chose; None, which is normal, when it chose none."""
        return (self._ws.getheaders() or {}).get("sec-websocket-protocol")

    def send(self, data: bytes) -> None:
        """Queue one message on the stream: text when it is UTF-8, else binary."""
        opcode = _TEXT
        if not data.isascii():
            try:
                data.decode()
            except UnicodeDecodeError:
                opcode = _BINARY
        try:
            self._ws.send(data, opcode)
        except websocket.WebSocketConnectionClosedException:
            raise BrokenPipeError(errno.EPIPE, "closed") from None

    def receive(self) -> bytes | Close | None:
        """Return the next data, or the end, or None when there is nothing yet; queue pongs.

        Raises:
            RemoteProtocolError: The framing is broken or a message exceeds the limit.
            OSError: The connection broke.
        """
        while True:
            try:
                opcode, frame = self._ws.recv_data_frame(True)
            except websocket.WebSocketTimeoutException:
                return None
            except websocket.WebSocketConnectionClosedException:
                return Close(None)
            except websocket.WebSocketException:
                raise RemoteProtocolError(f"{self._where}: broken WebSocket framing") from None
            self._stream.message_complete()
            if opcode in (_CONTINUATION, _TEXT, _BINARY):
                return frame.data
            if opcode == _CLOSE:
                self._closing = True  # websocket-client has queued the answer
                return _read_close(frame.data)

    def send_close(self, code: int) -> None:
        """Queue a close frame, once."""
        if not self._closing:
            self._closing = True
            with contextlib.suppress(websocket.WebSocketConnectionClosedException):
                self._ws.send_close(code, b"")


def check_http_headers(headers: Mapping[str, str]) -> None:
    """Raise LocalProtocolError for headers that cannot be sent or are the handshake's own."""
    for name, value in headers.items():
        if not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
            raise LocalProtocolError(f"HTTP header {name!a}: not a legal name or value")
        if name.lower() in _OURS or name.lower().startswith("sec-websocket-"):
            raise LocalProtocolError(f"HTTP header {name!a} is written by the handshake")


def _status_text(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _read_close(data: bytes) -> Close:
    if len(data) < 2:
        return Close(1005)  # RFC 6455, 7.1.5: no code in the frame
    reason = data[2 : 2 + _MAX_REASON_OCTETS].decode(errors="replace")
    printable = "".join(char if char.isprintable() else " " for char in reason)
    # A replacement character takes more octets than what it stands for: cut again.
    shown = printable.encode()[:_MAX_REASON_OCTETS].decode(errors="ignore")
    return Close(int.from_bytes(data[:2]), shown)
