"""How a session ends: `close`, and a server that has gone or fallen silent."""

import threading
import time

import pytest

from driver_peers import CANARY, PATIENCE, Peer, serving, wait_for
from stompws.driver import Driver
from stompws.errors import ConnectionLostError, LocalProtocolError, SendFailedError
from stompws.protocol import (
    Disconnected,
    DisconnectRequested,
    ProtocolEvent,
    ReceiptReceived,
    ServerEvent,
)

pytestmark = pytest.mark.usefixtures("either_driver", "nothing_left_behind")


@pytest.mark.conformance(85, role="client", versions=["1.2"])
def test_close_says_disconnect_and_waits_for_its_receipt() -> None:
    """DISCONNECT asks for a receipt; the last event is a clean end."""
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


@pytest.mark.conformance(86, role="client", versions=["1.2"])
def test_close_without_receipt_is_clean() -> None:
    """A server may close at once after DISCONNECT; RabbitMQ does."""

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


@pytest.mark.conformance(85, role="client", versions=["1.2"])
def test_close_does_not_wait_for_ever() -> None:
    """A server that ignores DISCONNECT delays `close` by its timeout at most."""
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


@pytest.mark.conformance(87, role="client", versions=["1.2"])
def test_close_is_idempotent_and_sending_after_it_refused() -> None:
    """After `close` nothing is sent, and that is the caller's mistake."""
    with serving() as url:
        driver = Driver.open(url)
        driver.close()
        driver.close()
        with pytest.raises(LocalProtocolError, match="closed"):
            driver.send("/q", b"x")


@pytest.mark.conformance(98, role="client", versions=["1.2"])
def test_close_code_and_reason_are_kept() -> None:
    """Why a server closed the WebSocket is known, and fit to be shown."""

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


@pytest.mark.conformance(89, role="client", versions=["1.2"])
def test_half_open_connection_is_noticed() -> None:
    """A server that promised beats and falls silent is given up, with margin."""
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
