"""The boundary to websockets: what we use of it, without input and output, and what it means.

Its sans-IO part checks the handshake, frames, masks, and answers pings. It looks at no environment,
follows no redirect, and is given a logger that keeps silent: its own would write down all octets,
credentials included. Of an answer that is no upgrade it sees nothing.
"""

import logging
import re
from collections.abc import Mapping, MutableMapping, Sequence
from importlib import import_module
from typing import Any, Final, Protocol

from .closing import Close, read_close
from .errors import ConnectionLostError, RemoteProtocolError
from .upgrading import (
    HANDSHAKE_OCTETS,
    HUNG_UP,
    NOT_ONE,
    REDIRECTS,
    UNREADABLE,
    check_http_headers,
    check_subprotocols,
    status_problem,
    tls_hint,
)


def _load(name: str) -> Any:
    # By name: who copies the runtime without this package still has types that check.
    try:
        return import_module(name)
    except ModuleNotFoundError as exc:
        if exc.name is None or exc.name.partition(".")[0] != "websockets":
            raise
    raise ModuleNotFoundError(
        "asyncio connections need the package websockets, 14 or newer: "
        "install it, or the extra [asyncio] of this package",
        name="websockets",
    )


_client, _exceptions = _load("websockets.client"), _load("websockets.exceptions")
_http, _state = _load("websockets.http11"), _load("websockets.protocol").State
_uri = _load("websockets.uri")

# In no hierarchy: no configuration of logging finds it and wakes it.
_SILENT: Final = logging.Logger("silent")  # noqa: LOG001  (see above)
_SILENT.disabled = True
_DATA, _CLOSE = frozenset([0x0, 0x1, 0x2]), 0x8  # RFC 6455, 11.8
_REDIRECTIONS = frozenset([301, 302, 303, 307, 308])
_UPGRADED = 101
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?:[ \r\n]|$)")
_END_OF_HEAD = b"\r\n\r\n"


class _Request(Protocol):
    headers: MutableMapping[str, str]


class _Session(Protocol):
    """The part of websockets.client.ClientProtocol that we use."""

    subprotocol: str | None
    handshake_exc: Exception | None
    parser_exc: Exception | None

    @property
    def state(self) -> object: ...
    def connect(self) -> _Request: ...
    def send_request(self, request: _Request) -> None: ...
    def send_text(self, data: bytes) -> None: ...
    def send_binary(self, data: bytes) -> None: ...
    def send_close(self, code: int) -> None: ...
    def data_to_send(self) -> list[bytes]: ...
    def receive_data(self, data: bytes) -> None: ...
    def events_received(self) -> list[Any]: ...


class WebSocket:
    """One client's WebSocket: octets in, messages out, and the other way round."""

    def __init__(
        self,
        url: str,
        *,
        where: str,
        http_headers: Mapping[str, str],
        subprotocols: Sequence[str],
        limit: int,
    ) -> None:
        check_http_headers(http_headers)
        check_subprotocols(subprotocols)
        self._where = where
        self._hint = tls_hint(secure=url.lower().startswith("wss:"))
        self._head = bytearray()
        self._http_headers = http_headers
        self._ws: _Session = _client.ClientProtocol(
            _uri.parse_uri(url),
            subprotocols=list(subprotocols) or None,
            max_size=limit,
            logger=_SILENT,
        )

    @property
    def upgraded(self) -> bool:
        """True once the server has agreed."""
        return self._ws.state is not _state.CONNECTING

    @property
    def subprotocol(self) -> str | None:
        """What the server chose; None, which is normal, when it chose none."""
        return self._ws.subprotocol

    # Octets out.

    def request(self) -> bytes:
        """Return the request for the upgrade."""
        request = self._ws.connect()
        for name, value in self._http_headers.items():
            request.headers[name] = value
        self._ws.send_request(request)
        return b"".join(self._ws.data_to_send())

    def message(self, data: bytes) -> bytes:
        """Return one message: text when it is UTF-8, else binary.

        Raises:
            BrokenPipeError: Either side has said goodbye.
        """
        if self._ws.state is not _state.OPEN:
            raise BrokenPipeError
        if _is_text(data):
            self._ws.send_text(data)
        else:
            self._ws.send_binary(data)
        return self.replies()

    def goodbye(self, code: int) -> bytes:
        """Return a close frame; nothing when one has been returned."""
        if self._ws.state is _state.OPEN:
            self._ws.send_close(code)
        return self.replies()

    def replies(self) -> bytes:
        """Return what is to be sent for what was received: pongs, the answer to a close frame."""
        return b"".join(self._ws.data_to_send())

    # Octets in.

    def receive_head(self, data: bytes) -> bytes | None:
        """Take a portion of the answer to the request; return what came behind it, when it is all.

        Raises:
            ConnectionLostError: It is a refusal, or no answer of a WebSocket server.
        """
        self._head += data
        line, complete, _ = bytes(self._head[:1024]).partition(b"\n")
        if complete and (problem := self._problem_of(line.rstrip(b"\r"))) is not None:
            raise self._lost(problem)
        if (end := self._head.find(_END_OF_HEAD)) < 0:
            if len(self._head) > HANDSHAKE_OCTETS:
                raise self._lost(UNREADABLE + self._hint)
            return None
        end += len(_END_OF_HEAD)
        self._ws.receive_data(bytes(self._head[:end]))
        self._ws.events_received()
        rest = bytes(self._head[end:])
        self._head.clear()
        if (failure := self._ws.handshake_exc) is not None:
            self._ws.handshake_exc = None  # it quotes the answer
            known = isinstance(failure, _exceptions.InvalidHandshake)
            raise self._lost((NOT_ONE if known else UNREADABLE) + self._hint)
        return rest

    def end_of_head(self) -> ConnectionLostError:
        """Say what it means that the connection ended before the answer was complete."""
        line = bytes(self._head[:1024]).partition(b"\n")[0].rstrip(b"\r")
        return self._lost((self._problem_of(line) if line else None) or HUNG_UP + self._hint)

    def receive(self, data: bytes) -> tuple[list[bytes | Close], RemoteProtocolError | None]:
        """Take what arrived; return the messages, or parts of them, and what broke after those."""
        self._ws.receive_data(data)
        found: list[bytes | Close] = []
        for event in self._ws.events_received():
            if isinstance(event, _http.Response):
                continue
            if event.opcode in _DATA:
                found.append(bytes(event.data))
            elif event.opcode == _CLOSE:
                found.append(read_close(bytes(event.data)))
        failure = self._ws.parser_exc
        if failure is None:
            return found, None
        self._ws.parser_exc = None
        long = isinstance(failure, _exceptions.PayloadTooBig)
        what = "a message is longer than the limit" if long else "broken WebSocket framing"
        return found, RemoteProtocolError(f"{self._where}: {what}")

    def _problem_of(self, line: bytes) -> str | None:
        """Say what is wrong with the first line of an answer."""
        if not line:
            return status_problem(None, self._hint)
        if (found := _STATUS.match(line)) is None:
            return NOT_ONE + self._hint
        if (code := int(found[1])) == _UPGRADED:
            return None
        return REDIRECTS if code in _REDIRECTIONS else status_problem(code, self._hint)

    def _lost(self, problem: str) -> ConnectionLostError:
        return ConnectionLostError(f"{self._where}: {problem}")


def _is_text(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
