"""Who takes a message to a broker and back: ours, stomp.py, and websocket-client on its own."""

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import stomp
import websocket

from stompws.driver import Driver
from stompws.protocol import ClientProtocol
from stompws.session_events import MessageReceived

LOGIN = {"login": "guest", "passcode": "guest"}  # RabbitMQ's documented default
HEADERS = {"content-type": "application/json"}
_SCRIPT = Path("tests/interop/rabbitmq.sh")
_PATIENCE = 10.0  # seconds any answer may take before the benchmark is broken
_ECHO = """
from websockets.sync.server import serve

def echo(connection):
    for message in connection:
        connection.send(message)

with serve(echo, "127.0.0.1", 0, compression=None) as server:
    print(server.socket.getsockname()[1], flush=True)
    server.serve_forever()
"""

Turn = Callable[[], object]


class NotMeasurableError(Exception):
    """What is to be measured cannot be had on this machine. The text says why."""


@contextmanager
def rabbitmq() -> Iterator[str]:
    """A broker of its own, in another process; gives its address."""
    with tempfile.TemporaryDirectory(prefix="bench-rabbitmq-") as folder:
        start = [str(_SCRIPT), "start", folder, str(os.getpid())]
        started = subprocess.run(start, capture_output=True, text=True, check=False)
        if started.returncode:
            raise NotMeasurableError(started.stderr)
        try:
            yield (Path(folder) / "addresses").read_text().split()[0]
        finally:
            subprocess.run([str(_SCRIPT), "stop", folder], check=True)


def _open_ours(url: str) -> Driver:
    return Driver.open(url, connect_headers=LOGIN, host="/", heart_beat=(0, 0))


def _next_body(driver: Driver) -> bytes:
    event = driver.next_event(_PATIENCE)
    assert isinstance(event, MessageReceived), event
    return event.body


@contextmanager
def ours(url: str, destination: str, body: bytes) -> Iterator[Turn]:
    """One session: send, and wait until the message has come back."""
    with _open_ours(url) as driver:
        driver.send_frames(lambda protocol: protocol.subscribe(destination))

        def turn() -> None:
            driver.send(destination, body, HEADERS)
            assert _next_body(driver) == body

        yield turn


def one_shot_ours(url: str, destination: str, body: bytes) -> Turn:
    """Connect, subscribe, send, take the reply, disconnect."""

    def say(protocol: ClientProtocol) -> None:
        protocol.subscribe(destination)
        protocol.send(destination, body, HEADERS)

    def turn() -> None:
        with _open_ours(url) as driver:
            driver.send_frames(say)
            assert _next_body(driver) == body

    return turn


@contextmanager
def on_this_thread(url: str, destination: str, body: bytes) -> Iterator[Turn]:
    """Our protocol on websocket-client, read by the thread that waits; see decision 8."""
    connection = websocket.create_connection(
        url, timeout=_PATIENCE, skip_utf8_validation=True, subprotocols=["v12.stomp"]
    )
    protocol = ClientProtocol()

    def next_message() -> bytes | None:
        for event in protocol.receive_data(connection.recv_data()[1], now=0.0):
            if isinstance(event, MessageReceived):
                return event.body
        return None

    def flush() -> None:
        for message in protocol.data_to_send():
            connection.send(message)

    with contextlib.closing(connection):
        protocol.connect(LOGIN, host="/")
        flush()
        next_message()
        protocol.subscribe(destination)
        flush()

        def turn() -> None:
            protocol.send(destination, body, HEADERS)
            flush()
            found = next_message()
            while found is None:
                found = next_message()
            assert found == body

        yield turn


class _Inbox(stomp.ConnectionListener):
    """Hands what stomp.py receives to the thread that waits for it."""

    def __init__(self) -> None:
        self.messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.gone = threading.Event()

    def on_disconnected(self) -> None:
        self.gone.set()

    def on_message(self, frame: Any) -> None:
        self.messages.put(frame)

    def next_body(self) -> bytes:
        return self.messages.get(timeout=_PATIENCE).body.encode()

    def wait_for_the_end(self) -> None:
        assert self.gone.wait(_PATIENCE)


def _open_stomp_py(url: str) -> tuple[Any, _Inbox]:
    parts, inbox = urlsplit(url), _Inbox()
    connection: Any = stomp.WSStompConnection(
        [(parts.hostname, parts.port)], ws_path=parts.path, vhost="/"
    )
    connection.set_listener("inbox", inbox)
    connection.connect(LOGIN["login"], LOGIN["passcode"], wait=True)
    return connection, inbox


@contextmanager
def stomp_py(url: str, destination: str, body: bytes) -> Iterator[Turn]:
    """The same with stomp.py."""
    connection, inbox = _open_stomp_py(url)
    connection.subscribe(destination, id="1")

    def turn() -> None:
        connection.send(destination, body, headers=HEADERS)
        assert inbox.next_body() == body

    yield turn
    connection.disconnect()
    inbox.wait_for_the_end()


def one_shot_stomp_py(url: str, destination: str, body: bytes) -> Turn:
    """The same cycle with stomp.py."""

    def turn() -> None:
        connection, inbox = _open_stomp_py(url)
        connection.subscribe(destination, id="1")
        connection.send(destination, body, headers=HEADERS)
        assert inbox.next_body() == body
        connection.disconnect()  # returns at once, while the connection lives on
        inbox.wait_for_the_end()

    return turn


def _constant(command: str, body: bytes = b"", **headers: str) -> str:
    lines = "".join(f"{name.replace('_', '-')}:{value}\n" for name, value in headers.items())
    return f"{command}\n{lines}\n{body.decode()}\0"


def _open_constants(url: str, destination: str, body: bytes) -> tuple[websocket.WebSocket, str]:
    """A session of frames written beforehand; returns the one to send."""
    connection = websocket.create_connection(
        url, timeout=_PATIENCE, skip_utf8_validation=True, subprotocols=["v12.stomp"]
    )
    connection.send(_constant("CONNECT", accept_version="1.2", host="/", **LOGIN))
    assert connection.recv_data()[1].startswith(b"CONNECTED")
    connection.send(_constant("SUBSCRIBE", id="1", destination=destination))
    length = str(len(body))
    return connection, _constant("SEND", body, destination=destination, content_length=length)


@contextmanager
def constants(url: str, destination: str, body: bytes) -> Iterator[Turn]:
    """The least that websocket-client can do: one thread, nothing made or read for each frame."""
    connection, frame = _open_constants(url, destination, body)
    with contextlib.closing(connection):

        def turn() -> None:
            connection.send(frame)
            assert body in connection.recv_data()[1]

        yield turn


def one_shot_constants(url: str, destination: str, body: bytes) -> Turn:
    """The same cycle with frames written beforehand."""

    def turn() -> None:
        connection, frame = _open_constants(url, destination, body)
        connection.send(frame)
        assert body in connection.recv_data()[1]
        connection.send(_constant("DISCONNECT"))
        assert connection.recv_data()[0] == websocket.ABNF.OPCODE_CLOSE
        connection.shutdown()

    return turn


@contextmanager
def echo_address() -> Iterator[str]:
    """A WebSocket server that only echoes, in another process."""
    with subprocess.Popen([sys.executable, "-c", _ECHO], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            yield f"ws://127.0.0.1:{int(process.stdout.readline())}/"
        finally:
            process.terminate()


@contextmanager
def bare(url: str, body: bytes) -> Iterator[Turn]:
    """The floor: websocket-client alone, without its slow check of UTF-8."""
    with contextlib.closing(
        websocket.create_connection(url, timeout=_PATIENCE, skip_utf8_validation=True)
    ) as connection:

        def turn() -> None:
            connection.send(body)
            assert connection.recv_data()[1] == body

        yield turn
