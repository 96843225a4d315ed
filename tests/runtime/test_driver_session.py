"""A session over real sockets of this machine, from CONNECTED to its end."""

import pytest
from websockets.typing import Subprotocol

from driver_peers import CANARY, PATIENCE, Peer, serving, wait_for, well_behaved
from stompws.driver import Driver
from stompws.errors import RemoteProtocolError, RemoteRejectedError, SendFailedError
from stompws.frames import Frame, Version
from stompws.protocol import ClientProtocol, ErrorReceived, MessageReceived, SendReceived

pytestmark = pytest.mark.usefixtures("either_driver", "nothing_left_behind")


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


@pytest.mark.conformance(74, 78, role="client", versions=["1.2"])
def test_connected_tells_what_was_agreed() -> None:
    """The highest common version and the heart-beats are known once `open` returns."""
    with serving(heart_beat=(0, 20_000)) as url, Driver.open(url) as driver:
        assert driver.connected is not None
        assert driver.connected.version is Version.V1_2
        assert driver.connected.heart_beat == (20_000, 0)
        assert driver.subprotocol is None  # offered, none chosen, fine


@pytest.mark.conformance(78, role="client", versions=["1.2"])
def test_subprotocols_are_offered() -> None:
    """The upgrade request offers all STOMP versions, newest first."""
    offers: list[str | None] = []

    def play(peer: Peer) -> None:
        assert peer.ws.request is not None
        offers.append(peer.ws.request.headers.get("Sec-WebSocket-Protocol"))
        well_behaved(peer)

    with serving(play) as url, Driver.open(url):
        pass
    assert offers == ["v12.stomp, v11.stomp, v10.stomp"]


@pytest.mark.conformance(78, role="client", versions=["1.2"])
def test_chosen_subprotocol_is_told() -> None:
    """A server may choose one of the offered; which version is spoken CONNECTED decides."""
    chosen = Subprotocol("v12.stomp")
    with serving(subprotocols=[chosen]) as url, Driver.open(url) as driver:
        assert driver.subprotocol == chosen
        assert driver.connected is not None
    with serving() as url, Driver.open(url, subprotocols=[]) as driver:
        assert driver.subprotocol is None


def test_no_event_in_time_is_none() -> None:
    """A timeout is normal, not an error."""
    with serving() as url, Driver.open(url) as driver:
        assert driver.next_event(0.01) is None
        assert driver.next_event(0) is None


@pytest.mark.conformance(82, role="client", versions=["1.2"])
def test_error_frame_ends_the_session() -> None:
    """After ERROR the client closes by itself; later calls fail."""

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


@pytest.mark.conformance(79, role="client", versions=["1.2"])
def test_error_instead_of_connected_raises_at_once() -> None:
    """ERROR as the answer to CONNECT is raised by `open`, with its text."""

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
        "it was the answer to CONNECT: are the credential and the host right?"
    )


@pytest.mark.conformance(81, role="client", versions=["1.2"])
def test_something_else_than_connected_is_an_error() -> None:
    """The first word of a server must be CONNECTED or ERROR."""

    def play(peer: Peer) -> None:
        next(peer.events())
        peer.protocol.send_frame(Frame("RECEIPT", (("receipt-id", "1"),)))
        peer.flush()
        for _ in peer.events():
            pass

    with serving(play) as url, pytest.raises(RemoteProtocolError, match="RECEIPT"):
        Driver.open(url)


@pytest.mark.conformance(77, role="client", versions=["1.2"])
def test_version_that_was_not_offered_is_refused() -> None:
    """A server cannot choose what was not on offer."""

    def play(peer: Peer) -> None:
        next(peer.events())
        peer.protocol.send_frame(Frame("CONNECTED", (("version", "1.0"),)))
        peer.flush()
        for _ in peer.events():
            pass

    with serving(play) as url, pytest.raises(RemoteProtocolError, match="not offered"):
        Driver.open(url, versions=[Version.V1_2])


@pytest.mark.conformance(53, role="client", versions=["1.2"])
def test_message_before_garbage_is_delivered() -> None:
    """What could be read before the unreadable is not lost; then comes the error."""

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
