"""A server of the generated chat: `ServerSession` on a loopback socket, a handler behind it."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from stompws.descriptors import Operation
from stompws.frames import Frame
from stompws.server import RequestArrived, SendArrived, ServerSession, SessionEvent, codec_of
from stompws.session import Direction
from stompws.shapes import Struct


class Port:
    """The way of a handler's messages to one client."""

    def __init__(self, session: ServerSession) -> None:
        self._session = session

    async def send(self, operation: Operation, message: Struct) -> None:
        self._session.reply(operation, message)

    async def ask(self, operation: Operation, message: Struct) -> Struct:
        raise AssertionError(f"{operation.name}: nothing in a chat is answered, {message}")


class ChatServer:
    """What was said to the server, and by which frames."""

    def __init__(self, handler: Any) -> None:
        self._handler = handler
        self.events: list[SessionEvent] = []
        self.frames: list[Frame] = []
        self.port = 0

    def talk(self, socket: ServerConnection) -> None:
        """Serve one connection until it ends."""
        api = type(self._handler).api
        session = ServerSession(api, codec_of(api), observer=self._observe)
        with contextlib.suppress(ConnectionClosed):
            while not session.closed:
                for event in session.receive_data(socket.recv(), time.monotonic()):
                    self.events.append(event)
                    if isinstance(event, RequestArrived | SendArrived):
                        asyncio.run(self._handler.dispatch(event, Port(session)))
                for data in session.data_to_send():
                    socket.send(data)

    def _observe(self, direction: Direction, frame: Frame) -> None:
        if direction == "received":
            self.frames.append(frame)


@contextlib.contextmanager
def serving(handler: Any) -> Iterator[ChatServer]:
    """Serve on a free port of this machine."""
    chat = ChatServer(handler)
    with serve(chat.talk, "127.0.0.1", 0, subprotocols=["v12.stomp"]) as server:  # type: ignore[list-item]
        chat.port = server.socket.getsockname()[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield chat
        finally:
            server.shutdown()
            thread.join()
