"""The boundary to websocket-client: what we use of it, typed, and what its errors mean.

websocket-client frames, masks, checks the handshake and answers pings. The socket under it is ours
(`Stream`), so nothing here blocks, proxies of the environment are not consulted and redirects are
not followed. After the handshake its `send` and `recv` are not used: when the program has called
`websocket.enableTrace`, they log all octets, credentials included. The handshake is logged then:
the path of the URL and the HTTP headers.
"""

import errno
from collections.abc import Mapping, Sequence
from http.cookies import CookieError
from typing import Protocol, cast

import websocket

from .closing import NORMAL, Close, read_close
from .errors import ConnectionLostError, RemoteProtocolError
from .stream import Stream
from .upgrading import (
    HUNG_UP,
    NO_ANSWER,
    NOT_ONE,
    REDIRECTS,
    UNREADABLE,
    broken_problem,
    status_problem,
    tls_hint,
)

_CONTINUATION, _TEXT, _BINARY, _CLOSE, _PING, _PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA  # 11.8 there
_WHOLE = frozenset([0x80 | _TEXT, 0x80 | _BINARY])  # 5.2: FIN, and no extension's bit
_TWO_MORE = 126  # 5.2: the length is in the next two octets; greater: in eight, or masked
_MAX_CONTROL_OCTETS = 125  # RFC 6455, 5.5
_UNREADABLE = (CookieError, LookupError, ValueError)  # what it lets through of odd answers


class _Frame(Protocol):
    opcode: int
    fin: int
    data: bytes


class _WebSocket(Protocol):
    """The part of websocket.WebSocket that we use."""

    sock: object

    def connect(self, url: str, **options: object) -> None: ...
    def getheaders(self) -> dict[str, str] | None: ...
    def recv_frame(self) -> _Frame: ...


class _Asking:
    """What websocket-client takes for its socket while it asks for the upgrade: a `Stream`.

    It keeps the cookies of all servers in one jar of the program, for any domain that a server
    names, and unquotes line ends in them. So a server could write lines of its own into the
    requests to others: nothing leaves but what we said.
    """

    def __init__(self, stream: Stream, last_line: str) -> None:
        self._stream = stream
        self._last_line = f"\r\n{last_line}\r\n".encode()
        self.recv, self.gettimeout = stream.recv, stream.gettimeout  # asked for octet by octet

    def send(self, data: bytes) -> int:
        """Queue the request without the cookies, which stand at its end."""
        head, last, _ = data.partition(self._last_line)
        self._stream.send(head + last + b"\r\n")
        return len(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


class WebSocketLink:
    """WebSocket messages over a `Stream`. Made by `open`."""

    def __init__(self, ws: _WebSocket, stream: Stream, where: str) -> None:
        self._ws, self._stream, self._where = ws, stream, where
        self._closing = self._ended = False
        self._in_message = False  # the last frame was not the end of its message
        self._in_frame = False  # websocket-client may hold a part of one

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
                enable_multithread=False,  # our caller holds a lock
            ),
        )
        problem: str | None = None
        asking = _Asking(stream, header[-1] if header else "Connection: Upgrade")
        try:
            ws.connect(url, socket=asking, header=header, redirect_limit=0, suppress_origin=True)
        except (websocket.WebSocketException, OSError, *_UNREADABLE) as exc:
            problem = _problem_of(exc, secure=url.lower().startswith("wss:"))
        if problem is not None:
            # Out here: the cause, which quotes headers and body of the answer, is no context.
            raise ConnectionLostError(f"{where}: {problem}")
        ws.sock = stream
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
        if self._ended:
            raise BrokenPipeError(errno.EPIPE, "closed")
        self._queue(data, opcode)

    def receive(self) -> bytes | Close | None:
        """Return the next data, or the end, or None when there is nothing yet; queue pongs.

        Raises:
            RemoteProtocolError: The framing is broken or a message exceeds the limit.
            OSError: The connection broke.
        """
        if not self._in_frame and not self._in_message:
            if (at_hand := self._stream.look()) is None:
                return None
            if (place := _find_whole_message(at_hand)) is not None:
                return self._stream.take_message(*place)
        while True:
            self._in_frame = True
            try:
                frame = self._ws.recv_frame()
            except websocket.WebSocketTimeoutException:
                return None
            except websocket.WebSocketConnectionClosedException:
                self._ended = True
                return Close(None)
            except websocket.WebSocketException:
                raise self._broken() from None
            self._in_frame = False
            self._stream.message_complete()
            if frame.opcode in (_CONTINUATION, _TEXT, _BINARY):
                # RFC 6455, 5.4: the first frame of a message has its opcode, the others have 0.
                if (frame.opcode == _CONTINUATION) is not self._in_message:
                    raise self._broken()
                self._in_message = not frame.fin
                return frame.data
            if len(frame.data) > _MAX_CONTROL_OCTETS:
                raise self._broken()
            if frame.opcode == _CLOSE:
                self.send_close(NORMAL)
                return read_close(frame.data)
            if frame.opcode == _PING and not self._closing:
                self._queue(frame.data, _PONG)

    def send_close(self, code: int) -> None:
        """Queue a close frame, once."""
        if not self._closing and not self._ended:
            self._closing = True
            self._queue(code.to_bytes(2, "big"), _CLOSE)

    def _queue(self, data: bytes, opcode: int) -> None:
        frame = websocket.ABNF.create_frame(data, opcode)
        self._stream.send(frame.format())

    def _broken(self) -> RemoteProtocolError:
        return RemoteProtocolError(f"{self._where}: broken WebSocket framing")


def _find_whole_message(octets: memoryview) -> tuple[int, int] | None:
    """Return where the data of an unmasked frame that is a whole message begins and ends.

    RFC 6455, 5.2. Nearly all messages are such frames and arrive whole, and seeing so takes a fifth
    of the time that websocket-client needs. None for everything else, which is websocket-client's.
    """
    size = len(octets)
    if size < 2 or octets[0] not in _WHOLE:
        return None
    start, length = 2, octets[1]
    if length == _TWO_MORE and size >= 4:
        start, length = 4, int.from_bytes(octets[2:4])
    elif length >= _TWO_MORE:
        return None
    return (start, start + length) if start + length <= size else None


def _problem_of(exc: Exception, *, secure: bool) -> str:
    """Say why the upgrade failed, and what to look at. Of the answer only its status is told."""
    hint = tls_hint(secure=secure)
    match exc:
        case websocket.WebSocketBadStatusException():
            return status_problem(exc.status_code, hint)
        case websocket.WebSocketTimeoutException():
            return NO_ANSWER + hint
        case websocket.WebSocketConnectionClosedException():
            return HUNG_UP + hint
        case websocket.WebSocketException():
            return REDIRECTS if str(exc).startswith("Redirect") else NOT_ONE + hint
        case OSError():
            return broken_problem(exc, hint)
        case _:
            return UNREADABLE + hint
