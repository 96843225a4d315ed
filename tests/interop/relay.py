"""A relay between a WebSocket client and a WebSocket server that packs the stream differently.

    with Relay("ws://127.0.0.1:15674/ws", cut=5) as relay:
        ...  # connect to relay.url

STOMP is a stream, and a WebSocket message no unit of it: gateways cut frames and glue them
together, choose between text and binary, and choose a subprotocol or none. Both directions are
treated alike.
"""

import asyncio
import codecs
import contextlib
import re
import socket
import threading
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Final, Literal, Self

import attrs
from websockets.asyncio.client import connect
from websockets.asyncio.connection import Connection
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Close
from websockets.typing import Subprotocol

Direction = Literal["to-server", "to-client"]

_FIRST_OFFERED: Final = "the first that is offered"
_START_SECONDS: Final = 10.0
_CLOSE_SECONDS: Final = 1.0
_MOST_GLUED: Final = 1000  # a stream without a pause is passed on too
_BEAT: Final = re.compile(rb"[\r\n]+")
_NOT_SENDABLE: Final = frozenset([1005, 1006, 1015])  # RFC 6455, 7.4.1


@attrs.define
class Tally:
    """What went one way."""

    came: int = 0
    """WebSocket messages taken."""

    passed: int = 0
    """WebSocket messages handed on."""

    beats: int = 0
    """Of those that came, how many held line ends alone."""

    largest: int = 0
    """Octets of the largest one handed on."""


class Relay:
    """Runs from `with` on; each client's connection gets one of its own to the server.

    Args:
        target: The server's URL.
        cut: Hand on messages of at most so many octets.
        pause: Glue together what comes until nothing has come for so many seconds.
        text: Hand on text messages (cut between characters then), else binary ones.
        subprotocol: What to choose of the client's offer; None chooses none.
        mute: Heart-beats that go this way are not handed on.
    """

    def __init__(
        self,
        target: str,
        *,
        cut: int | None = None,
        pause: float | None = None,
        text: bool = False,
        subprotocol: str | None = _FIRST_OFFERED,
        mute: Direction | None = None,
    ) -> None:
        self._target, self._cut, self._pause, self._text = target, cut, pause, text
        self._subprotocol, self._mute = subprotocol, mute
        self.url = ""
        self.tallies: dict[Direction, Tally] = {"to-server": Tally(), "to-client": Tally()}
        self.ended_by: list[Direction] = []
        """Of each connection that is over: whose close came first, as the way that it went."""

        self._ready, self._stop = threading.Event(), asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="relay")

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(_START_SECONDS):
            raise RuntimeError("the relay did not start")
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        server = await serve(
            self._relay, "127.0.0.1", 0, select_subprotocol=self._choose,
            compression=None, max_size=None, ping_interval=None, close_timeout=_CLOSE_SECONDS,
        )  # fmt: skip
        async with server:
            self.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/"
            self._ready.set()
            await self._stop.wait()

    def _choose(
        self, _connection: ServerConnection, offered: Sequence[Subprotocol]
    ) -> Subprotocol | None:
        if self._subprotocol == _FIRST_OFFERED:
            return next(iter(offered), None)
        return next((offer for offer in offered if offer == self._subprotocol), None)

    async def _relay(self, client: ServerConnection) -> None:
        connecting = connect(
            self._target, subprotocols=[Subprotocol("v12.stomp")],
            compression=None, max_size=None, ping_interval=None, close_timeout=_CLOSE_SECONDS,
        )  # fmt: skip
        async with connecting as server:
            ends: list[Direction] = []
            await asyncio.gather(  # the close that is handed on ends the other way too
                self._pass_on(client, server, "to-server", ends),
                self._pass_on(server, client, "to-client", ends),
            )

    async def _pass_on(
        self, source: Connection, sink: Connection, way: Direction, ends: list[Direction]
    ) -> None:
        """Hand on one way until `source` closes, and the close as well."""
        tally = self.tallies[way]
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while True:
                messages = await self._take(source)
                tally.came += len(messages)
                beats = [data for data in messages if _BEAT.fullmatch(data)]
                tally.beats += len(beats)
                if way == self._mute:
                    messages = [data for data in messages if data not in beats]
                stream = b"".join(messages)
                pieces = self._pieces(decoder.decode(stream) if self._text else stream)
                # The other way tells of an end.
                with contextlib.suppress(ConnectionClosed), _together(sink):
                    for piece in pieces:
                        await sink.send(piece, text=self._text)
                        tally.passed += 1
                        tally.largest = max(tally.largest, len(piece))
        except ConnectionClosed:
            ends.append(way)
            if len(ends) == 1:
                self.ended_by.append(way)
            close = source.protocol.close_rcvd or Close(1006, "")
            if close.code in _NOT_SENDABLE:
                sink.transport.abort()
            else:
                await sink.close(close.code, close.reason)

    async def _take(self, source: Connection) -> list[bytes]:
        """Take what is handed on together: one message, or all until there is a pause."""
        taken = [await source.recv(decode=False)]
        while self._pause is not None and len(taken) < _MOST_GLUED:
            try:
                taken.append(await asyncio.wait_for(source.recv(decode=False), self._pause))
            except (TimeoutError, ConnectionClosed):  # the close comes again at the next call
                break
        return taken

    def _pieces(self, stream: bytes | str) -> Iterator[bytes]:
        """Cut as wanted; text between characters, so that each message is valid UTF-8."""
        if self._cut is None:
            if stream:
                yield stream.encode() if isinstance(stream, str) else stream
        elif isinstance(stream, bytes):
            for at in range(0, len(stream), self._cut):
                yield stream[at : at + self._cut]
        else:
            piece = b""
            for character in stream:
                octets = character.encode()
                if piece and len(piece) + len(octets) > self._cut:
                    yield piece
                    piece = b""
                piece += octets
            if piece:
                yield piece


@contextlib.contextmanager
def _together(sink: Connection) -> Iterator[None]:
    """Have pieces travel together.

    To octets that come after a close TCP answers with a reset, which can drop the close itself.
    """
    line: socket.socket = sink.transport.get_extra_info("socket")
    cork = getattr(socket, "TCP_CORK", None)  # Linux has it
    if cork is not None:
        line.setsockopt(socket.IPPROTO_TCP, cork, 1)
    try:
        yield
    finally:
        if cork is not None:
            with contextlib.suppress(OSError):  # it may be closed by now
                line.setsockopt(socket.IPPROTO_TCP, cork, 0)
