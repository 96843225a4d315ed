"""Sending: from many threads, in batches, and when it fails."""

import contextlib
import os
import socket
import threading
import warnings

import pytest
from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode

from bare_servers import resetting
from driver_peers import PATIENCE, Certificates, Peer, serving, wait_for
from stompws.driver import Driver, TlsOptions
from stompws.errors import ConnectionLostError, LocalProtocolError, SendFailedError
from stompws.protocol import (
    ClientProtocol,
    DisconnectRequested,
    MessageReceived,
    SendReceived,
    ServerEvent,
)

pytestmark = pytest.mark.usefixtures("either_driver", "nothing_left_behind")


@pytest.mark.conformance(102, role="client", versions=["1.2"])
def test_frames_of_many_threads_never_mix() -> None:
    """Threads may send at the same time; every frame arrives whole, and each thread's in order."""
    threads, each = 8, 25
    arrived: dict[bytes, list[int]] = {}
    counted = threading.Semaphore(0)

    def play(peer: Peer) -> None:
        peer.accept()
        for event in peer.events():
            if isinstance(event, SendReceived):
                thread, count, _ = event.body.split(b" ", 2)
                whole = event.body == body_of(int(thread), int(count))
                assert whole
                assert event.headers["thread"] == thread.decode()
                arrived.setdefault(thread, []).append(int(count))
                counted.release()
            elif isinstance(event, DisconnectRequested):
                return

    def body_of(thread: int, count: int) -> bytes:
        return b"%d %d " % (thread, count) * 3000

    def work(driver: Driver, thread: int) -> None:
        for count in range(each):
            driver.send("/q", body_of(thread, count), {"thread": thread})

    with serving(play) as url, Driver.open(url) as driver:
        workers = [threading.Thread(target=work, args=(driver, n)) for n in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(PATIENCE)
        assert all(counted.acquire(timeout=PATIENCE) for _ in range(threads * each))
    assert arrived == {b"%d" % n: list(range(each)) for n in range(threads)}


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


@pytest.mark.conformance(98, role="client", versions=["1.2"])
def test_send_after_the_server_left_is_certain_not_to_have_left() -> None:
    """Once the end of the connection is known, a send fails with nothing started."""

    def play(peer: Peer) -> None:
        peer.accept()
        peer.ws.socket.shutdown(socket.SHUT_RDWR)

    with serving(play) as url:
        driver = Driver.open(url)
        with pytest.raises(ConnectionLostError) as lost:
            driver.next_event(PATIENCE)
        assert (lost.value.close_code, driver.close_code) == (None, None)
        with pytest.raises(SendFailedError) as failure:
            driver.send("/q", b"x")
        assert not failure.value.last_started
        driver.close()


@pytest.mark.threads_only("the loop of the other one is on a thread, which does not survive a fork")
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
