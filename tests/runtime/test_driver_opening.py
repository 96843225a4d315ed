"""Opening: what cannot be reached, what does not answer in time, what is not tried."""

import contextlib
import os
import socket
import threading
from pathlib import Path

import pytest
from websockets.http11 import Request
from websockets.server import ServerProtocol as WebSocketServer

from bare_servers import listening
from driver_peers import CANARY, PATIENCE, Peer, serving
from stompws.driver import Driver
from stompws.errors import ConnectionLostError, LocalProtocolError
from stompws.protocol import ServerEvent

pytestmark = pytest.mark.usefixtures("either_driver", "nothing_left_behind")


def test_refused_port_is_said_plainly() -> None:
    """A port where nobody listens gives host, port and the likely reason."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(ConnectionLostError, match=f"^localhost:{port}: connection refused"):
        Driver.open(f"ws://localhost:{port}/{CANARY}")


def test_unknown_name_is_said_plainly() -> None:
    """A host that does not exist is told apart from one that does not answer."""
    with pytest.raises(ConnectionLostError, match=r"^host\.invalid:443: the name is not known"):
        Driver.open("wss://host.invalid/", connect_timeout=PATIENCE)


def test_an_address_this_machine_cannot_use_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name may stand for addresses of a family the system lacks: the next one is tried."""
    look_up = socket.getaddrinfo

    def with_a_strange_one(*args: object, **options: object) -> list[object]:
        found: list[object] = [(socket.AF_APPLETALK, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 1))]
        return found + look_up(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", with_a_strange_one)
    with serving() as url, Driver.open(url) as driver:
        assert driver.connected is not None


def open_descriptors() -> int:
    return len(list(Path("/dev/fd").iterdir()))


@pytest.mark.threads_only("there is no thread")
def test_no_thread_left_is_a_lost_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was said, not even CONNECT, and nothing stays open."""
    start = threading.Thread.start
    said: list[ServerEvent] = []
    over = threading.Event()

    def play(peer: Peer) -> None:
        said.extend(peer.events())
        over.set()

    def refuse(thread: threading.Thread) -> None:
        if thread.name.startswith("stompws "):
            raise RuntimeError("can't start new thread")
        start(thread)

    with serving(play) as url:
        monkeypatch.setattr(threading.Thread, "start", refuse)
        with pytest.raises(ConnectionLostError, match=r"^localhost:.*no more threads"):
            Driver.open(url)
        assert over.wait(PATIENCE)
    assert said == []


@pytest.mark.threads_only("one socket is all it needs")
def test_no_descriptor_left_is_a_lost_connection() -> None:
    """Too many open files is said so, with host and port, and nothing stays open."""
    resource = pytest.importorskip("resource")
    before = open_descriptors()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken: list[int] = []

    def take_all() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before + 40, hard))
        with contextlib.suppress(OSError):
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))

    done = threading.Event()

    def handle() -> None:
        connection, _ = listener.accept()
        with connection:
            ws = WebSocketServer()
            ws.receive_data(connection.recv(65536))
            for event in ws.events_received():
                assert isinstance(event, Request)
                ws.send_response(ws.accept(event))
            take_all()  # while the client waits for the answer
            connection.sendall(b"".join(ws.data_to_send()))
            done.wait(PATIENCE)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=handle, daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        try:
            for _ in range(2):  # in the middle of the opening, and at its start
                with pytest.raises(ConnectionLostError) as lost:
                    Driver.open(f"ws://127.0.0.1:{port}/")
                assert str(lost.value).startswith(f"127.0.0.1:{port}: ")
                assert "Too many open files" in str(lost.value)
                with contextlib.suppress(OSError):
                    while True:
                        taken.append(os.open(os.devnull, os.O_RDONLY))
        finally:
            for descriptor in taken:
                os.close(descriptor)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            done.set()
            thread.join(PATIENCE)
    assert open_descriptors() == before


@pytest.mark.conformance(80, role="client", versions=["1.2"])
def test_silence_before_the_upgrade_ends_at_the_deadline() -> None:
    """One deadline covers every step: here the HTTP answer never comes."""
    with listening(None) as url, pytest.raises(ConnectionLostError, match="no answer"):
        Driver.open(url, connect_timeout=0.2)


@pytest.mark.conformance(80, role="client", versions=["1.2"])
def test_silence_instead_of_connected_ends_at_the_deadline() -> None:
    """One deadline covers every step: here CONNECTED never comes."""

    def play(peer: Peer) -> None:
        for _ in peer.events():
            pass

    with serving(play) as url, pytest.raises(ConnectionLostError, match="no CONNECTED within"):
        Driver.open(url, connect_timeout=0.3)


@pytest.mark.parametrize(
    "url",
    [
        "ws://192.0.2.1/",
        "ws://example.com/",
        "http://localhost/",
        "wss://user:pw@localhost/",
        "wss://localhost/payment/IN;ST",
        "wss://localhost/#x",
        "wss://localhost/a b",
        "wss://localhost:99999/",
        "localhost",
    ],
)
def test_unusable_urls_are_refused(url: str) -> None:
    """Unencrypted to another machine, credentials in the URL and nonsense are not tried."""
    with pytest.raises(LocalProtocolError):
        Driver.open(url)


@pytest.mark.parametrize(
    "headers",
    [{"X": "a\r\nY: b"}, {"Host": "x"}, {"Sec-WebSocket-Key": "x"}, {"a b": "c"}],
    ids=["injection", "host", "key", "name"],
)
def test_unusable_http_headers_are_refused(headers: dict[str, str]) -> None:
    """HTTP headers cannot smuggle others in, nor replace the handshake's own."""
    with pytest.raises(LocalProtocolError):
        Driver.open("ws://localhost:1/", http_headers=headers)
