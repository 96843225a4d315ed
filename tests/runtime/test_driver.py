"""The driver against a small server, over real sockets of this machine."""

import contextlib
import datetime as dt
import gc
import io
import logging
import os
import re
import socket
import ssl
import struct
import threading
import time
import warnings
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import attrs
import pytest
import trustme
import websocket
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol as WebSocketServer
from websockets.sync.server import ServerConnection
from websockets.sync.server import serve as serve_websocket

from stompws.driver import Driver, TlsOptions
from stompws.errors import (
    ConnectionLostError,
    LocalProtocolError,
    RemoteProtocolError,
    RemoteRejectedError,
    SendFailedError,
)
from stompws.frames import Frame, Limits, Version
from stompws.protocol import (
    ClientProtocol,
    ConnectRequested,
    Direction,
    Disconnected,
    DisconnectRequested,
    ErrorReceived,
    MessageReceived,
    ProtocolEvent,
    ReceiptReceived,
    SendReceived,
    ServerEvent,
    ServerProtocol,
)
from stompws.trace import Trace

CANARY = "canary-6f1d2"
PATIENCE = 5.0  # seconds any test waits for what must come


class Peer:
    """One accepted connection, on the server's side."""

    def __init__(self, ws: ServerConnection, heart_beat: tuple[int, int] = (0, 0)) -> None:
        self.ws, self.heart_beat = ws, heart_beat
        self.protocol = ServerProtocol()

    def events(self) -> Iterator[ServerEvent]:
        """What the client says, until it goes away."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                data = self.ws.recv(decode=False)
                yield from self.protocol.receive_data(data, time.monotonic())

    def flush(self) -> None:
        for data in self.protocol.data_to_send():
            self.ws.send(data, text=True)

    def accept(self) -> None:
        """Take the client's CONNECT."""
        next(event for event in self.events() if isinstance(event, ConnectRequested))
        self.protocol.accept(heart_beat=self.heart_beat)
        self.flush()

    def echo(self) -> None:
        """Send back what is sent, to the subscription of its destination; say goodbye."""
        for event in self.events():
            match event:
                case SendReceived(destination=destination, body=body, receipt=receipt):
                    for subscription, wanted in self.protocol.subscriptions.items():
                        if wanted == destination:
                            self.protocol.message(
                                subscription=subscription, destination=destination, body=body
                            )
                    if receipt:
                        self.protocol.receipt(receipt)
                case DisconnectRequested(receipt=receipt) if receipt:
                    self.protocol.receipt(receipt)
                case _:
                    pass
            self.flush()


Play = Callable[[Peer], None]


def well_behaved(peer: Peer) -> None:
    peer.accept()
    peer.echo()


@contextlib.contextmanager
def serving(
    play: Play = well_behaved,
    *,
    tls: ssl.SSLContext | None = None,
    heart_beat: tuple[int, int] = (0, 0),
) -> Generator[str]:
    """Run a server whose side of each connection is `play`; give its URL."""

    def handle(ws: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            play(Peer(ws, heart_beat))

    with serve_websocket(
        handle, "127.0.0.1", 0, ssl=tls, compression=None, max_size=2**24, close_timeout=0.5
    ) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        port = server.socket.getsockname()[1]
        try:
            yield f"{'wss' if tls else 'ws'}://localhost:{port}/stomp"
        finally:
            server.shutdown()
            thread.join(PATIENCE)


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


def wait_for(driver: Driver, kind: type[ProtocolEvent]) -> ProtocolEvent:
    """Take events until one of `kind` comes."""
    while True:
        event = driver.next_event(PATIENCE)
        assert event is not None, f"no {kind.__name__} in time"
        if isinstance(event, kind):
            return event


@attrs.frozen
class Certificates:
    """A server's TLS context, the authority that signed it, and the certificate's digest."""

    server: ssl.SSLContext
    ca_file: Path
    fingerprint: str


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued.configure_cert(context)
    ca_file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    leaf = x509.load_pem_x509_certificate(issued.cert_chain_pems[0].bytes())
    return Certificates(context, ca_file, leaf.fingerprint(hashes.SHA256()).hex(":").upper())


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Generator[None]:
    """Every driver's thread has ended and every socket is closed when a test is over."""
    yield
    names = [thread.name for thread in threading.enumerate() if thread.name.startswith("stompws ")]
    assert names == []
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        gc.collect()


# Session.


def test_batch_is_pipelined_and_answered() -> None:
    """SUBSCRIBE and SEND leave in one go, without waiting for receipts in between."""

    def ask(protocol: ClientProtocol) -> str:
        subscription = protocol.subscribe("/q")
        protocol.send("/q", b"\x00hello")
        return subscription

    with serving() as url, Driver.open(url) as driver:
        subscription = driver.send_frames(ask)
        message = wait_for(driver, MessageReceived)
        assert isinstance(message, MessageReceived)
        assert (message.subscription, message.body) == (subscription, b"\x00hello")


def test_connected_tells_what_was_agreed() -> None:
    """The highest common version and the heart-beats are known once `open` returns (row 74)."""
    with serving(heart_beat=(0, 20_000)) as url, Driver.open(url) as driver:
        assert driver.connected is not None
        assert driver.connected.version is Version.V1_2
        assert driver.connected.heart_beat == (20_000, 0)
        assert driver.subprotocol is None  # row 78: offered, none chosen, fine


def test_subprotocols_are_offered() -> None:
    """The upgrade request offers all STOMP versions, newest first (row 78)."""
    offers: list[str | None] = []

    def play(peer: Peer) -> None:
        assert peer.ws.request is not None
        offers.append(peer.ws.request.headers.get("Sec-WebSocket-Protocol"))
        well_behaved(peer)

    with serving(play) as url, Driver.open(url):
        pass
    assert offers == ["v12.stomp, v11.stomp, v10.stomp"]


def test_close_says_disconnect_and_waits_for_its_receipt() -> None:
    """DISCONNECT asks for a receipt; the last event is a clean end (row 85)."""
    said: list[ServerEvent] = []

    def play(peer: Peer) -> None:
        peer.accept()
        for event in peer.events():
            said.append(event)
            if isinstance(event, DisconnectRequested):
                peer.protocol.receipt(event.receipt or "")
                peer.flush()

    with serving(play) as url:
        driver = Driver.open(url)
        driver.close()
        assert isinstance(driver.next_event(0), ReceiptReceived)
        assert driver.next_event(0) == driver.next_event(0)
        assert driver.next_event(0) == Disconnected(True, "the server confirmed the DISCONNECT")
    assert [type(event) for event in said] == [DisconnectRequested]


def test_close_without_receipt_is_clean() -> None:
    """A server may close at once after DISCONNECT; RabbitMQ does (row 86)."""

    def play(peer: Peer) -> None:
        peer.accept()
        next(event for event in peer.events() if isinstance(event, DisconnectRequested))
        peer.ws.close(1000, "STOMP died")

    with serving(play) as url:
        driver = Driver.open(url)
        driver.close()
        event = driver.next_event(0)
        assert isinstance(event, Disconnected)
        assert event.clean
        assert (driver.close_code, driver.close_reason) == (1000, "STOMP died")


def test_close_does_not_wait_for_ever() -> None:
    """A server that ignores DISCONNECT delays `close` by its timeout at most (row 85)."""
    over = threading.Event()

    def play(peer: Peer) -> None:
        peer.accept()
        over.wait(PATIENCE)

    with serving(play) as url:
        driver = Driver.open(url)
        started = time.monotonic()
        driver.close(timeout=0.2)
        assert time.monotonic() - started < PATIENCE / 2
        assert driver.ended
        over.set()


def test_close_wakes_a_waiting_thread() -> None:
    """`close` may be called from any thread; whoever waits for an event is told."""
    taken: list[ProtocolEvent | None] = []
    with serving() as url:
        driver = Driver.open(url)
        thread = threading.Thread(target=lambda: taken.append(wait_for(driver, Disconnected)))
        thread.start()
        driver.close()
        thread.join(PATIENCE)
    assert [type(event) for event in taken] == [Disconnected]


def test_close_is_idempotent_and_sending_after_it_refused() -> None:
    """After `close` nothing is sent, and that is the caller's mistake (row 87)."""
    with serving() as url:
        driver = Driver.open(url)
        driver.close()
        driver.close()
        with pytest.raises(LocalProtocolError, match="closed"):
            driver.send("/q", b"x")


def test_no_event_in_time_is_none() -> None:
    """A timeout is normal, not an error."""
    with serving() as url, Driver.open(url) as driver:
        assert driver.next_event(0.01) is None
        assert driver.next_event(0) is None


def test_error_frame_ends_the_session() -> None:
    """After ERROR the client closes by itself; later calls fail (row 82)."""

    def play(peer: Peer) -> None:
        peer.accept()
        next(event for event in peer.events() if isinstance(event, SendReceived))
        peer.protocol.error("no such queue")
        peer.flush()
        for _ in peer.events():  # goes on serving, as RabbitMQ does
            pass

    with serving(play) as url:
        driver = Driver.open(url)
        driver.send("/q")
        event = wait_for(driver, ErrorReceived)
        assert isinstance(event, ErrorReceived)
        assert event.message == "no such queue"
        with pytest.raises(RemoteRejectedError, match="no such queue"):
            driver.next_event(PATIENCE)
        with pytest.raises(SendFailedError) as failure:
            driver.send("/q")
        assert failure.value.started == ()
        driver.close()


def test_error_instead_of_connected_raises_at_once() -> None:
    """ERROR as the answer to CONNECT is raised by `open`, with its text (row 79)."""

    def play(peer: Peer) -> None:
        next(peer.events())
        peer.protocol.reject(f"license {CANARY} unknown")
        peer.flush()

    with serving(play) as url, pytest.raises(RemoteRejectedError) as refusal:
        Driver.open(url, connect_headers={"passcode": CANARY})
    assert refusal.value.server_message == "license *** unknown"
    where = url.removeprefix("ws://").removesuffix("/stomp")
    assert str(refusal.value) == (
        f"{where}: the server refused: license *** unknown; "
        "it was the answer to CONNECT: is the credential right?"
    )


def test_something_else_than_connected_is_an_error() -> None:
    """The first word of a server must be CONNECTED or ERROR (row 81)."""

    def play(peer: Peer) -> None:
        next(peer.events())
        peer.protocol.send_frame(Frame("RECEIPT", (("receipt-id", "1"),)))
        peer.flush()
        for _ in peer.events():
            pass

    with serving(play) as url, pytest.raises(RemoteProtocolError, match="RECEIPT"):
        Driver.open(url)


def test_version_that_was_not_offered_is_refused() -> None:
    """A server cannot choose what was not on offer (row 77)."""

    def play(peer: Peer) -> None:
        next(peer.events())
        peer.protocol.send_frame(Frame("CONNECTED", (("version", "1.0"),)))
        peer.flush()
        for _ in peer.events():
            pass

    with serving(play) as url, pytest.raises(RemoteProtocolError, match="not offered"):
        Driver.open(url, versions=[Version.V1_2])


def test_message_before_garbage_is_delivered() -> None:
    """What could be read before the unreadable is not lost; then comes the error (row 53)."""

    def play(peer: Peer) -> None:
        peer.accept()
        peer.protocol.send_raw(b"MESSAGE\ndestination:/q\nmessage-id:1\n\nx\0" + b"NONSENSE\n\n\0")
        peer.flush()
        for _ in peer.events():
            pass

    with serving(play) as url:
        driver = Driver.open(url)
        event = driver.next_event(PATIENCE)
        assert isinstance(event, MessageReceived)
        with pytest.raises(RemoteProtocolError, match="STOMP command"):
            driver.next_event(PATIENCE)
        driver.close()


# WebSocket.


@pytest.mark.parametrize("text", [True, False], ids=["text", "binary"])
@pytest.mark.parametrize("size", [1, 3, 1000], ids=["octets", "small", "merged"])
def test_message_boundaries_mean_nothing(text: bool, size: int) -> None:
    """One frame in many messages, many in one, text or binary: all the same (rows 95-97)."""
    frames = b"".join(
        b"MESSAGE\ndestination:/q\nmessage-id:%d\nsubscription:s\n\nbody %d\0\n" % (n, n)
        for n in range(5)
    )

    def play(peer: Peer) -> None:
        peer.accept()
        for start in range(0, len(frames), size):
            peer.ws.send(frames[start : start + size], text=text)
        peer.echo()

    with serving(play) as url, Driver.open(url) as driver:
        bodies = [getattr(wait_for(driver, MessageReceived), "body", None) for _ in range(5)]
    assert bodies == [b"body %d" % n for n in range(5)]


def test_fragmented_message_is_read_as_a_stream() -> None:
    """A WebSocket message in fragments, cut inside a character, is the same frame (row 95)."""
    raw = "MESSAGE\ndestination:/ä\nmessage-id:1\nsubscription:s\n\nößt\0".encode()

    def play(peer: Peer) -> None:
        peer.accept()
        peer.ws.send([raw[n : n + 1] for n in range(len(raw))])
        peer.echo()

    with serving(play) as url, Driver.open(url) as driver:
        message = wait_for(driver, MessageReceived)
        assert isinstance(message, MessageReceived)
        assert (message.destination, message.body.decode()) == ("/ä", "ößt")


def test_big_bodies_go_both_ways() -> None:
    """A megabyte of any octets survives the round trip (rows 51, 58)."""
    body = bytes(range(256)) * 4096
    with serving() as url, Driver.open(url) as driver:
        driver.send_frames(lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", body)))
        message = wait_for(driver, MessageReceived)
        assert isinstance(message, MessageReceived)
        assert message.body == body


def test_ping_is_answered() -> None:
    """A WebSocket ping gets its pong and is no STOMP data (row 99)."""
    answered = threading.Event()

    def play(peer: Peer) -> None:
        peer.accept()
        pong = peer.ws.ping()
        reader = threading.Thread(target=peer.echo)
        reader.start()
        if pong.wait(PATIENCE):
            answered.set()
        reader.join()

    with serving(play) as url, Driver.open(url) as driver:
        assert answered.wait(PATIENCE)
        assert driver.next_event(0) is None


def test_close_code_and_reason_are_kept() -> None:
    """Why a server closed the WebSocket is known, and fit to be shown (row 98)."""

    def play(peer: Peer) -> None:
        peer.accept()
        peer.ws.close(4001, f"bye\n{CANARY}")

    with serving(play) as url:
        driver = Driver.open(url, connect_headers={"passcode": CANARY})
        with pytest.raises(ConnectionLostError) as lost:
            driver.next_event(PATIENCE)
        assert (lost.value.close_code, lost.value.close_reason) == (4001, "bye ***")
        assert CANARY not in str(lost.value)
        assert (driver.close_code, driver.close_reason) == (4001, "bye ***")
        with pytest.raises(SendFailedError) as failure:
            driver.send("/q")
        assert failure.value.outcome_known
        driver.close()


def test_message_longer_than_the_limit_is_refused() -> None:
    """A WebSocket message can make us hold no more than the limit (row 100)."""

    def play(peer: Peer) -> None:
        peer.accept()
        peer.ws.send(b"MESSAGE\ndestination:/q\n\n" + b"x" * 300_000, text=False)
        for _ in peer.events():
            pass

    with serving(play) as url:
        driver = Driver.open(url, limits=Limits(max_frame_bytes=100_000))
        with pytest.raises(RemoteProtocolError, match="longer than the limit"):
            driver.next_event(PATIENCE)
        driver.close()


# Heart-beats.


def test_half_open_connection_is_noticed() -> None:
    """A server that promised beats and falls silent is given up, with margin (row 89)."""
    over = threading.Event()

    def play(peer: Peer) -> None:
        peer.accept()
        over.wait(PATIENCE)

    with serving(play, heart_beat=(50, 0)) as url:
        driver = Driver.open(url, heart_beat=(0, 50))
        with pytest.raises(ConnectionLostError, match="nothing received"):
            driver.next_event(PATIENCE)
        over.set()
        driver.close()


def test_beats_are_sent_while_the_caller_thinks() -> None:
    """Beats leave on time although no caller does anything (row 88)."""
    beats = threading.Semaphore(0)

    def play(peer: Peer) -> None:
        peer.accept()
        for event in peer.events():
            beats.release()
            if isinstance(event, DisconnectRequested):
                return

    with serving(play, heart_beat=(0, 30)) as url, Driver.open(url, heart_beat=(30, 0)):
        for _ in range(3):
            assert beats.acquire(timeout=PATIENCE)


# Sending.


def test_frames_of_many_threads_never_mix() -> None:
    """Threads may send at the same time; every frame arrives whole (row 102)."""
    threads, each = 8, 25
    body = b"x" * 20_000
    counted = threading.Semaphore(0)

    def play(peer: Peer) -> None:
        peer.accept()
        for event in peer.events():
            if isinstance(event, SendReceived):
                assert event.body == body
                counted.release()
            elif isinstance(event, DisconnectRequested):
                return

    def work(driver: Driver) -> None:
        for _ in range(each):
            driver.send("/q", body)

    with serving(play) as url, Driver.open(url) as driver:
        workers = [threading.Thread(target=work, args=(driver,)) for _ in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(PATIENCE)
        assert all(counted.acquire(timeout=PATIENCE) for _ in range(threads * each))


def test_failed_send_tells_which_frames_may_have_left() -> None:
    """Of a batch that got stuck, a frame of which no octet left is known as such."""
    over = threading.Event()

    def play(peer: Peer) -> None:
        peer.accept()
        over.wait(PATIENCE)  # reads no more: the buffers fill up

    def ask(protocol: ClientProtocol) -> None:
        for _ in range(200):
            protocol.send("/q", b"x" * 100_000)
        protocol.send("/q", b"the request")

    with serving(play) as url:
        driver = Driver.open(url)
        with pytest.raises(SendFailedError, match="took no data") as failure:
            driver.send_frames(ask, timeout=0.2)
        assert (failure.value.started[0], failure.value.started[-1]) == (True, False)
        assert not failure.value.last_started
        assert not failure.value.outcome_known
        with pytest.raises(ConnectionLostError):
            driver.next_event(PATIENCE)
        over.set()
        driver.close()


def test_illegal_batch_sends_nothing() -> None:
    """When a batch breaks a rule none of its frames leaves."""

    def ask(protocol: ClientProtocol) -> None:
        protocol.send("/first")
        protocol.subscribe("/q", subscription_id="same")
        protocol.subscribe("/q", subscription_id="same")

    said: list[ServerEvent] = []

    def play(peer: Peer) -> None:
        peer.accept()
        for event in peer.events():
            said.append(event)
            if isinstance(event, DisconnectRequested):
                return

    with (
        serving(play) as url,
        Driver.open(url) as driver,
        pytest.raises(LocalProtocolError, match="used before"),
    ):
        driver.send_frames(ask)
    assert [type(event) for event in said] == [DisconnectRequested]


def test_send_after_the_server_left_is_certain_not_to_have_left() -> None:
    """Once the end of the connection is known, a send fails with nothing started."""

    def play(peer: Peer) -> None:
        peer.accept()
        peer.ws.socket.shutdown(socket.SHUT_RDWR)

    with serving(play) as url:
        driver = Driver.open(url)
        with pytest.raises(ConnectionLostError):
            driver.next_event(PATIENCE)
        with pytest.raises(SendFailedError) as failure:
            driver.send("/q", b"x")
        assert not failure.value.last_started
        driver.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_use_after_fork_is_refused() -> None:
    """A connection belongs to the process that opened it."""
    with serving() as url, Driver.open(url) as driver:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # fork beside threads: the point
            child = os.fork()
        if child == 0:
            refused = 0
            for use in (lambda: driver.send("/q"), lambda: driver.next_event(0), driver.close):
                try:
                    use()
                except LocalProtocolError:
                    refused += 1
            os._exit(0 if refused == 3 else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("we_send", [True, False], ids=["our frame fails", "our pong fails"])
@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
def test_what_had_arrived_is_delivered_when_sending_fails(
    secure: bool, we_send: bool, certificates: Certificates
) -> None:
    """A connection that takes nothing more still gives what the server said before it broke."""
    messages = [
        WebSocketFrame(Opcode.TEXT, b"MESSAGE\ndestination:/q\nmessage-id:%d\n\n%d\0" % (n, n))
        for n in range(3)
    ]
    said = [messages[0], WebSocketFrame(Opcode.PING, b"?"), *messages[1:]]
    tls = TlsOptions(ca_file=certificates.ca_file)
    with resetting(*said, tls=certificates.server if secure else None) as server:
        driver = Driver.open(server.url, tls=tls)

        def ask(protocol: ClientProtocol) -> None:
            # Under the driver's lock: nothing is read before the connection has been reset.
            server.go.set()
            assert server.gone.wait(PATIENCE)
            if we_send:
                protocol.send("/q", b"x")

        with pytest.raises(SendFailedError) if we_send else contextlib.nullcontext():
            driver.send_frames(ask)
        bodies = [getattr(wait_for(driver, MessageReceived), "body", None) for _ in messages]
        assert bodies == [b"0", b"1", b"2"]
        with pytest.raises(ConnectionLostError):
            driver.next_event(PATIENCE)
        driver.close()


# Opening.


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


def test_http_refusal_gives_its_status() -> None:
    """The HTTP status is told; headers and body of the answer are not."""
    answer = f"HTTP/1.1 404 Not Found\r\nX-A: {CANARY}\r\nContent-Length: 12\r\n\r\n{CANARY}"
    with listening(answer.encode()) as url, pytest.raises(ConnectionLostError) as lost:
        Driver.open(url)
    assert "HTTP 404 Not Found" in str(lost.value)
    assert CANARY not in repr(lost.value)
    assert lost.value.__context__ is None  # it would quote the whole answer


def test_redirect_is_not_followed() -> None:
    """A redirect would lead past the checks of the URL and the certificate."""
    answer = b"HTTP/1.1 302 Found\r\nLocation: ws://203.0.113.1/\r\n\r\n"
    with listening(answer) as url, pytest.raises(ConnectionLostError, match="redirects"):
        Driver.open(url)


@pytest.mark.parametrize("answer", [b"HTTP/1.1 200 OK\r\n\r\n", b"hello\r\n\r\n"])
def test_other_servers_are_recognised(answer: bytes) -> None:
    """A server that does not speak WebSocket gives a plain sentence."""
    with listening(answer) as url, pytest.raises(ConnectionLostError, match="the server"):
        Driver.open(url)


TLS_HINT = "A port that wants TLS needs wss://"


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (
            b"HTTP/1.1 200 OK\r\n\r\n",
            (
                "the server answered HTTP 200 OK; is it a WebSocket server, and are port and path "
                f"right? {TLS_HINT}"
            ),
        ),
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\nThis port wants HTTPS",
            (
                "the server answered HTTP 400 Bad Request; is it a WebSocket server, "
                f"and are port and path right? {TLS_HINT}"
            ),
        ),
        (
            b"HTTP/1.1 401 Unauthorized\r\n\r\n",
            (
                "the server answered HTTP 401 Unauthorized; our credential had not been sent yet: "
                "a proxy or gateway stands between, or this machine may not connect"
            ),
        ),
        (
            b"HTTP/1.1 403 Forbidden\r\n\r\n",
            (
                "the server answered HTTP 403 Forbidden; our credential had not been sent yet: "
                "a proxy or gateway stands between, or this machine may not connect"
            ),
        ),
        (
            b"HTTP/1.1 404 Not Found\r\n\r\n",
            "the server answered HTTP 404 Not Found; is the path of the URL right?",
        ),
        (
            b"HTTP/1.1 500 Oops\r\n\r\n",
            (
                "the server answered HTTP 500 Internal Server Error; "
                "the fault is the server's: look into its log"
            ),
        ),
        (
            b"HTTP/1.1 503 x\r\n\r\n",
            (
                "the server answered HTTP 503 Service Unavailable; "
                "the server is not ready: try again later"
            ),
        ),
        (
            b"HTTP/1.1 302 Found\r\nLocation: ws://203.0.113.1/\r\n\r\n",
            (
                "the server redirects, which is not followed; is the path right? "
                "If so use the address it redirects to"
            ),
        ),
        (
            b"SSH-2.0-Example\r\n",
            f"the server is no WebSocket server; are port and path right? {TLS_HINT}",
        ),
        (
            b"\r\n\r\n",
            f"the server gave an empty answer; is the port one for WebSocket? {TLS_HINT}",
        ),
        (
            b"",
            (
                "the server closed the connection during the WebSocket handshake; "
                f"is the port right? {TLS_HINT}"
            ),
        ),
    ],
    ids=["200", "400", "401", "403", "404", "500", "503", "302", "SSH", "nothing", "end"],
)
def test_a_wrong_server_is_described_with_advice(answer: bytes, text: str) -> None:
    """Where it was, what came, and what to look at; a sentence, not a symbol."""
    with listening(answer) as url, pytest.raises(ConnectionLostError) as lost:
        Driver.open(url)
    where = url.removeprefix("ws://").removesuffix("/")
    assert str(lost.value) == f"{where}: {text}"


def test_a_plain_client_at_a_tls_port_is_told_to_use_tls(certificates: Certificates) -> None:
    """The server hangs up, and the reason for that is most often this one."""
    with serving(tls=certificates.server) as url:
        plain = url.replace("wss", "ws", 1)
        with pytest.raises(ConnectionLostError, match=re.escape(TLS_HINT)):
            Driver.open(plain)


def test_a_tls_client_at_a_plain_port_is_told_so() -> None:
    """OpenSSL calls it a wrong version number."""
    with listening(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
        where = url.removeprefix("ws://").removesuffix("/")
        text = "TLS handshake failed: the port does not speak TLS; is it the right one?"
        with pytest.raises(ConnectionLostError, match=f"^{where}: {re.escape(text)}$"):
            Driver.open(url.replace("ws", "wss", 1))


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


def test_silence_before_the_upgrade_ends_at_the_deadline() -> None:
    """One deadline covers every step: here the HTTP answer never comes (row 80)."""
    with listening(None) as url, pytest.raises(ConnectionLostError, match="no answer"):
        Driver.open(url, connect_timeout=0.2)


def test_silence_instead_of_connected_ends_at_the_deadline() -> None:
    """One deadline covers every step: here CONNECTED never comes (row 80)."""

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


# TLS.


def test_own_authority_is_trusted(certificates: Certificates) -> None:
    """With the authority's certificate as ca_file a server of one's own is verified (row 101)."""
    tls = TlsOptions(ca_file=certificates.ca_file)
    with serving(tls=certificates.server) as url, Driver.open(url, tls=tls) as driver:
        driver.send_frames(
            lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", b"x" * 100_000))
        )
        message = wait_for(driver, MessageReceived)
        assert isinstance(message, MessageReceived)
        assert len(message.body) == 100_000


def test_unknown_authority_is_refused_with_advice(certificates: Certificates) -> None:
    """A certificate nobody vouches for is refused by default, with advice (row 101)."""
    with (
        serving(tls=certificates.server) as url,
        pytest.raises(ConnectionLostError, match=r"not trusted .* ca_file"),
    ):
        Driver.open(url)


def test_wrong_name_is_refused(certificates: Certificates) -> None:
    """A valid certificate of another host is no proof (row 101)."""
    tls = TlsOptions(ca_file=certificates.ca_file, server_hostname="other.example")
    with (
        serving(tls=certificates.server) as url,
        pytest.raises(ConnectionLostError, match="not trusted"),
    ):
        Driver.open(url, tls=tls)


def test_a_certificate_gets_the_advice_that_fits_it(
    certificates: Certificates, tmp_path: Path
) -> None:
    """The file of the authority helps against an unknown one, and against nothing else."""
    authority = trustme.CA()
    expired = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(
        "localhost",
        not_before=dt.datetime(2019, 1, 1, tzinfo=dt.UTC),
        not_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
    ).configure_cert(expired)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    cases = [
        (expired, TlsOptions(ca_file=ca_file), "is the clock of this machine right"),
        (
            certificates.server,
            TlsOptions(ca_file=certificates.ca_file, server_hostname="other.example"),
            "in the URL or as server_hostname",
        ),
        (
            certificates.server,
            TlsOptions(ca_file=ca_file),
            f"ca_file {str(ca_file)!r} does not hold the authority that signed it",
        ),
        (certificates.server, TlsOptions(), "give its certificate as ca_file"),
    ]
    for server, tls, advice in cases:
        with serving(tls=server) as url:
            with pytest.raises(ConnectionLostError, match=re.escape(advice)) as lost:
                Driver.open(url, tls=tls)
            assert str(lost.value).startswith(url.removeprefix("wss://").removesuffix("/stomp"))
            assert ("give its certificate as ca_file" in str(lost.value)) is (tls == TlsOptions())


def test_a_file_that_is_missing_is_named() -> None:
    """The option and the path, and that the file is not there."""
    text = "ca_file '/not/here.pem' cannot be read: No such file or directory"
    with pytest.raises(LocalProtocolError, match=f"^{re.escape(text)}$"):
        Driver.open("wss://localhost:1/", tls=TlsOptions(ca_file="/not/here.pem"))


def test_pin_alone_verifies_a_self_signed_server(certificates: Certificates) -> None:
    """The pinned certificate is the verification; colons and capitals do not matter."""
    tls = TlsOptions(fingerprint_sha256=certificates.fingerprint)
    with serving(tls=certificates.server) as url, Driver.open(url, tls=tls) as driver:
        assert driver.connected is not None


def test_wrong_pin_is_refused_before_anything_secret_leaves(certificates: Certificates) -> None:
    """Not even the upgrade request reaches a server with another certificate."""
    reached = threading.Event()
    tls = TlsOptions(ca_file=certificates.ca_file, fingerprint_sha256="ab" * 32)
    with (
        serving(lambda _: reached.set(), tls=certificates.server) as url,
        pytest.raises(ConnectionLostError, match="not the pinned one"),
    ):
        Driver.open(url, tls=tls, connect_headers={"passcode": CANARY})
    assert not reached.is_set()


def test_client_certificate_is_presented(tmp_path: Path) -> None:
    """A server that asks for a client certificate gets it (row 101)."""
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(server)
    authority.configure_trust(server)
    server.verify_mode = ssl.CERT_REQUIRED
    own, ca_file = tmp_path / "own.pem", tmp_path / "ca.pem"
    authority.issue_cert("client.example").private_key_and_cert_chain_pem.write_to_path(str(own))
    authority.cert_pem.write_to_path(str(ca_file))
    with serving(tls=server) as url:
        with Driver.open(url, tls=TlsOptions(ca_file=ca_file, client_cert=own)) as driver:
            assert driver.connected is not None
        with pytest.raises(ConnectionLostError):
            Driver.open(url, tls=TlsOptions(ca_file=ca_file))


@pytest.mark.parametrize(
    "tls",
    [
        TlsOptions(fingerprint_sha256="abc"),
        TlsOptions(fingerprint_sha256="zz" * 32),
        TlsOptions(ca_file="/does/not/exist.pem"),
        TlsOptions(client_cert="/does/not/exist.pem"),
        TlsOptions(client_key="/does/not/exist.pem"),
    ],
    ids=["short", "not hex", "no ca", "no certificate", "key alone"],
)
def test_unusable_tls_options_are_refused(tls: TlsOptions) -> None:
    """A mistake in the options is the caller's, and is not taken for a network fault."""
    with pytest.raises(LocalProtocolError):
        Driver.open("wss://localhost:1/", tls=tls)


# Secrets.


def test_secrets_stay_out_of_logs_and_traces(caplog: pytest.LogCaptureFixture) -> None:
    """Credentials and bodies appear in no log line, trace line or repr (row 103)."""
    caplog.set_level(logging.DEBUG)
    out = io.StringIO()

    def ask(protocol: ClientProtocol) -> None:
        protocol.subscribe("/q", {"own": CANARY})
        protocol.send("/q", CANARY.encode(), {"x-key": CANARY, "x-shown": "harmless"})

    with (
        serving() as url,
        Driver.open(
            url + f"?key={CANARY}",
            connect_headers={"login": CANARY, "passcode": CANARY},
            http_headers={"Authorization": CANARY},
            trace=Trace(out, safe_headers=["x-shown"]),
        ) as driver,
    ):
        driver.send_frames(ask)
        assert CANARY not in repr(wait_for(driver, MessageReceived))
        assert CANARY not in repr(driver)
    own_records = [record for record in caplog.records if record.name == "stompws"]
    assert own_records
    assert all(CANARY not in record.getMessage() for record in own_records)
    assert CANARY not in out.getvalue()
    lines = out.getvalue().splitlines()
    assert any("-> <SEND destination='/q' x-key=… x-shown='harmless'" in line for line in lines)
    assert any("<- <MESSAGE destination='/q'" in line for line in lines)


def test_tracing_of_the_websocket_library_shows_no_secret() -> None:
    """A program that has switched that trace on gets nothing of what a session says in its log."""
    out = io.StringIO()
    websocket.enableTrace(True, handler=logging.StreamHandler(out))
    try:
        with serving() as url, Driver.open(url, connect_headers={"passcode": CANARY}) as driver:
            driver.send_frames(
                lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", CANARY.encode()))
            )
            assert wait_for(driver, MessageReceived)
    finally:
        websocket.enableTrace(False)
    assert "GET /stomp" in out.getvalue()  # the handshake is traced, and what follows is not
    assert CANARY not in out.getvalue()
    assert "CONNECT" not in out.getvalue()


def test_secrets_of_a_message_and_of_the_upgrade_are_masked_in_what_the_server_says() -> None:
    """A server that cannot read a message quotes it; a gateway quotes the HTTP headers."""

    def play(peer: Peer) -> None:
        peer.accept()
        sent = next(event for event in peer.events() if isinstance(event, SendReceived))
        peer.protocol.error(f"cannot read {sent.body.decode()} of gateway-key-1")
        peer.flush()

    with serving(play) as url:
        driver = Driver.open(url, http_headers={"X-Gateway": "gateway-key-1"})
        driver.send("/q", f"code {CANARY}".encode(), secrets=[CANARY])
        with pytest.raises(RemoteRejectedError) as refusal:
            wait_for(driver, Disconnected)
        assert refusal.value.server_message == "cannot read code *** of ***"
        driver.close()


def test_key_password_is_not_in_the_repr() -> None:
    """The options can be printed (row 103)."""
    assert CANARY not in repr(TlsOptions(client_key_password=CANARY))


def test_broken_trace_does_no_harm() -> None:
    """A trace callback that raises does not disturb the session."""

    def broken(_way: Direction, _frame: Frame, _when: float) -> None:
        raise ValueError(CANARY)

    with serving() as url, Driver.open(url, trace=broken) as driver:
        driver.send_frames(lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", b"x")))
        assert wait_for(driver, MessageReceived)
