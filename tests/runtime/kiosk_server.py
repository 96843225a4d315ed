"""A coffee kiosk on a loopback socket, played by small functions.

Each connection runs the script on a thread of its own. When the script returns, the kiosk listens
until the client leaves.
"""

import contextlib
import queue
import socket
import struct
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from kiosk_api import API
from stompws.descriptors import Operation
from stompws.frames import Frame
from stompws.server import (
    ClientLeft,
    RequestArrived,
    ServerSession,
    SessionEvent,
    codec_of,
)
from stompws.session import Direction
from stompws.shapes import Struct

CODEC = codec_of(API)
PATIENCE_SECONDS = 10.0  # a test that waits this long has failed

E = TypeVar("E", bound=SessionEvent)


class ClientGoneError(Exception):
    """The client left while the script waited for something else."""


class Call:
    """One connection to the kiosk, as its script sees it."""

    def __init__(self, socket_: ServerConnection, options: dict[str, Any]) -> None:
        self._socket = socket_
        self.seen: list[SessionEvent] = []
        self.frames: list[Frame] = []
        """Everything the client said."""
        self._unread: queue.SimpleQueue[SessionEvent] = queue.SimpleQueue()
        self.session = ServerSession(API, CODEC, observer=self._observe, **options)

    def _observe(self, direction: Direction, frame: Frame) -> None:
        if direction == "received":
            self.frames.append(frame)

    def wait_for(self, kind: type[E]) -> E:
        """Listen until an event of this kind comes; what comes before it is passed over.

        Raises:
            ClientGoneError: It will never come. The kiosk ends the script and thinks nothing of it.
        """
        while True:
            while self._unread.empty():
                self._listen()
            event = self._unread.get()
            if isinstance(event, kind):
                return event
            if isinstance(event, ClientLeft):
                raise ClientGoneError

    def request(self) -> RequestArrived:
        """Listen until the request comes."""
        return self.wait_for(RequestArrived)

    def reply(self, operation: Operation, message: Struct, **options: Any) -> str:
        message_id = self.session.reply(operation, message, **options)
        self.flush()
        return message_id

    def reply_raw(self, operation: Operation, body: bytes, **options: Any) -> str:
        message_id = self.session.reply_raw(operation, body, **options)
        self.flush()
        return message_id

    def accept(self) -> None:
        self.session.accept()
        self.flush()

    def stomp_error(self, text: str) -> None:
        self.session.stomp_error(text)
        self.flush()

    def flush(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            for data in self.session.data_to_send(time.monotonic()):
                self._socket.send(data)

    def drop(self) -> None:
        """End TCP at once, without a goodbye of any kind."""
        linger = struct.pack("ii", 1, 0)
        self._socket.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._socket.socket.shutdown(socket.SHUT_RDWR)

    def listen_to_the_end(self) -> None:
        while not self.session.closed:
            self._listen()
        self.flush()

    def _listen(self) -> None:
        try:
            events = self.session.receive_data(
                self._socket.recv(timeout=PATIENCE_SECONDS), time.monotonic()
            )
        except ConnectionClosed:
            events = self.session.receive_eof()
        self.flush()
        for event in events:
            self.seen.append(event)
            self._unread.put(event)


Script = Callable[[Call], None]


class Kiosk:
    """Serves the script on a free port of the loopback interface, until the `with` block ends."""

    def __init__(self, script: Script, **session_options: Any) -> None:
        self._script, self._options = script, session_options
        self._failures: list[BaseException] = []
        self._finished: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self._server: Server = serve(self._serve, "127.0.0.1", 0, compression=None)
        self.port: int = self._server.socket.getsockname()[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="kiosk")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        if exc is None:
            if self._failures:
                raise self._failures[0]
            _no_thread_stays()

    def finished(self) -> Call:
        """Wait for the next connection that has ended, and return it."""
        return self._finished.get(timeout=PATIENCE_SECONDS)

    def finished_by_now(self) -> Call | None:
        """Return the next connection that has ended, None when none has."""
        try:
            return self._finished.get_nowait()
        except queue.Empty:
            return None

    def _serve(self, socket_: ServerConnection) -> None:
        call = Call(socket_, self._options)
        try:
            with contextlib.suppress(ClientGoneError):
                self._script(call)
            call.listen_to_the_end()
        except BaseException as exc:
            self._failures.append(exc)
            raise
        finally:
            self._finished.put(call)


def _no_thread_stays() -> None:
    """Whatever a test does, the threads of its connections end with it."""
    for thread in threading.enumerate():
        if thread.name.startswith("stompws"):
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive(), f"{thread.name} was left behind"
