"""Servers on bare sockets: they answer nonsense, or reset the connection."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Generator

import attrs
from websockets.frames import Frame as WebSocketFrame
from websockets.http11 import Request
from websockets.server import ServerProtocol as WebSocketServer

from driver_peers import PATIENCE


@contextlib.contextmanager
def listening(answer: bytes | None) -> Generator[str]:
    """Run a TCP server that reads a request and answers `answer`, or never (None)."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def handle() -> None:
            with contextlib.suppress(OSError):
                connection, _ = listener.accept()
                with connection:
                    if answer is None:
                        done.wait(PATIENCE)
                        return
                    connection.recv(65536)
                    connection.sendall(answer)

        thread = threading.Thread(target=handle, daemon=True)
        thread.start()
        try:
            yield f"ws://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            done.set()
            thread.join(PATIENCE)


@attrs.frozen
class Abrupt:
    """A server that says something after CONNECTED and resets the connection at once."""

    url: str
    go: threading.Event
    gone: threading.Event


@contextlib.contextmanager
def resetting(*said: WebSocketFrame, tls: ssl.SSLContext | None = None) -> Generator[Abrupt]:
    """Run a server on bare sockets: only there is it known when the reset has been sent."""
    go, gone = threading.Event(), threading.Event()

    def play(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # a reset drops the rest
        ws = WebSocketServer()
        while not go.is_set():
            ws.receive_data(connection.recv(65536))
            for event in ws.events_received():
                if isinstance(event, Request):
                    ws.send_response(ws.accept(event))
                elif event.data.startswith(b"CONNECT"):
                    ws.send_text(b"CONNECTED\nversion:1.2\n\n\0")
                    connection.sendall(b"".join(ws.data_to_send()))
                    go.wait(PATIENCE)
            connection.sendall(b"".join(ws.data_to_send()))
        connection.sendall(b"".join(frame.serialize(mask=False) for frame in said))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def handle() -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with contextlib.ExitStack() as stack:
                if tls is not None:
                    connection = tls.wrap_socket(connection, server_side=True)
                stack.enter_context(connection)
                play(connection)
        gone.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=handle, daemon=True)
        thread.start()
        try:
            port = listener.getsockname()[1]
            yield Abrupt(f"{'wss' if tls else 'ws'}://localhost:{port}/", go, gone)
        finally:
            go.set()
            thread.join(PATIENCE)
