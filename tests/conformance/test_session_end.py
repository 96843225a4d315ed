"""Receipts, ERROR, DISCONNECT: what they tie together and what they end."""

import pytest
from tests.conformance.peers import ESCAPING, agreed, at, client_at, say, server_at, toward
from tests.conformance.readable import HEAD

from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frames import Version
from stompws.protocol import (
    ClientProtocol,
    Disconnected,
    DisconnectRequested,
    ErrorReceived,
    MessageReceived,
    ReceiptReceived,
    ServerProtocol,
    State,
)


def client_of(version: Version) -> ClientProtocol:
    session = agreed("client", version)
    assert isinstance(session, ClientProtocol)
    return session


def server_of(version: Version) -> ServerProtocol:
    session = agreed("server", version)
    assert isinstance(session, ServerProtocol)
    return session


def receipt(receipt_id: str) -> bytes:
    return f"RECEIPT\nreceipt-id:{receipt_id}\n\n\0".encode()


# Receipts.


@pytest.mark.parametrize("version", client_at(83, "matched"))
def test_receipt_is_matched_by_its_id(version: Version) -> None:
    """In any order; the id may be chosen by the caller or by us, and is written into the frame."""
    client = client_of(version)
    ours = client.send("/q", receipt=True)
    assert ours is not None
    assert client.send("/q", receipt="mine") == "mine"
    first, second = client.data_to_send(0)
    assert f"\nreceipt:{ours}\n".encode() in first
    assert b"\nreceipt:mine\n" in second
    assert client.receive_data(receipt(ours), 0) == [ReceiptReceived(ours, expected=True)]
    assert client.receive_data(receipt("mine"), 0) == [ReceiptReceived("mine", expected=True)]


@pytest.mark.parametrize("version", client_at(83, "unknown"))
def test_unknown_receipt_has_no_effect(version: Version) -> None:
    """It is told as unexpected, also when it comes twice; the session and open receipts stay."""
    client = client_of(version)
    client.send("/q", receipt="mine")
    stray = [ReceiptReceived("other", expected=False)]
    assert client.receive_data(receipt("other"), 0) == stray
    assert client.receive_data(receipt("mine"), 0) == [ReceiptReceived("mine", expected=True)]
    again = [ReceiptReceived("mine", expected=False)]
    assert client.receive_data(receipt("mine"), 0) == again
    assert client.state is State.CONNECTED
    with pytest.raises(RemoteProtocolError, match="receipt-id"):
        client.receive_data(b"RECEIPT\nreceipt:mine\n\n\0", 0)


@pytest.mark.parametrize("version", client_at(83, "still-open"))
def test_an_open_receipt_is_asked_for_once(version: Version) -> None:
    """Two frames with one receipt could not be told apart; once it came it may be used again."""
    client = client_of(version)
    client.send("/q", receipt="mine")
    with pytest.raises(LocalProtocolError, match="still open"):
        client.send("/q", receipt="mine")
    client.receive_data(receipt("mine"), 0)
    assert client.send("/q", receipt="mine") == "mine"


@pytest.mark.parametrize("version", client_at(84, "cumulative"))
def test_receipt_stands_for_everything_before_it(version: Version) -> None:
    """It names the earlier ones that are open; those still count when they come themselves."""
    client = client_of(version)
    for name in ("a", "b", "c", "d"):
        client.send("/q", receipt=name)
    assert client.receive_data(receipt("a"), 0) == [ReceiptReceived("a", expected=True)]
    (third,) = client.receive_data(receipt("c"), 0)
    assert third == ReceiptReceived("c", expected=True, earlier=("b",))
    (late,) = client.receive_data(receipt("b"), 0)
    assert late == ReceiptReceived("b", expected=True)
    (last,) = client.receive_data(receipt("d"), 0)
    assert last == ReceiptReceived("d", expected=True)


@pytest.mark.parametrize("version", client_at(84, "of-DISCONNECT"))
def test_receipt_of_disconnect_stands_for_all(version: Version) -> None:
    """Whoever waits for it knows of everything that was said."""
    client = client_of(version)
    client.subscribe("/q", receipt="a")
    client.send("/q", receipt="b")
    goodbye = client.disconnect()
    event, end = client.receive_data(receipt(goodbye), 0)
    assert event == ReceiptReceived(goodbye, expected=True, earlier=("a", "b"))
    assert isinstance(end, Disconnected)


# ERROR.


@pytest.mark.parametrize("version", client_at(82, "client"))
def test_error_ends_the_clients_session(version: Version) -> None:
    """What was queued is not sent, what follows is not heard, and later calls fail."""
    client = client_of(version)
    client.subscribe("/q", subscription_id="s")
    client.data_to_send(0)
    client.send("/q")
    raw = b"ERROR\nreceipt-id:r\nmessage:bad\n\nwhy\0" + HEAD + b"\n\0"
    (event,) = client.receive_data(raw, 0)
    assert isinstance(event, ErrorReceived)
    assert (event.message, event.body, event.receipt_id) == ("bad", b"why", "r")
    assert client.closed
    assert client.data_to_send(0) == []
    assert client.receive_data(HEAD + b"\n\0", 0) == []
    assert client.eof() == []
    for call in (
        lambda: client.send("/q"),
        lambda: client.subscribe("/p"),
        lambda: client.unsubscribe("s"),
        lambda: client.begin("t"),
        client.disconnect,
    ):
        with pytest.raises(LocalProtocolError, match="closed"):
            call()


@pytest.mark.parametrize("version", server_at(82, "server"))
def test_error_ends_the_servers_session(version: Version) -> None:
    """A server says it once, nothing after it, and hears nothing more."""
    server = server_of(version)
    server.error("no such queue", receipt_id="r")
    (raw,) = server.data_to_send(0)
    assert raw.startswith(b"ERROR\nmessage:no such queue\nreceipt-id:r\n")
    assert server.closed
    assert server.receive_data(toward("server", HEAD) + b"\n\0", 0) == []
    with pytest.raises(LocalProtocolError, match="closed"):
        say(server)
    with pytest.raises(LocalProtocolError, match="closed"):
        server.receipt("r")
    with pytest.raises(LocalProtocolError, match="said before"):
        server.error("again")
    assert server.data_to_send(0) == []


# DISCONNECT.


@pytest.mark.parametrize("version", client_at(85, "receipt"))
def test_disconnect_asks_for_a_receipt(version: Version) -> None:
    """Messages still come until it does; then the end is clean."""
    client = client_of(version)
    goodbye = client.disconnect()
    assert client.data_to_send(0) == [f"DISCONNECT\nreceipt:{goodbye}\n\n\0".encode()]
    assert client.state is State.DISCONNECTING
    (message,) = client.receive_data(HEAD + b"\n\0", 0)
    assert isinstance(message, MessageReceived)
    assert client.receive_data(receipt("other"), 0) == [ReceiptReceived("other", expected=False)]
    event, end = client.receive_data(receipt(goodbye), 0)
    assert event == ReceiptReceived(goodbye, expected=True)
    assert end == Disconnected(True, "the server confirmed the DISCONNECT")
    assert client.closed


@pytest.mark.parametrize("version", server_at(85, "answered"))
def test_disconnect_can_be_answered(version: Version) -> None:
    """A server learns which receipt is wanted, if one is, and may still say it."""
    server = server_of(version)
    raw = b"DISCONNECT\nreceipt:77\n\n\0"
    assert server.receive_data(raw, 0) == [DisconnectRequested("77")]
    server.receipt("77")
    assert server.data_to_send(0) == [receipt("77")]
    silent = server_of(version)
    assert silent.receive_data(b"DISCONNECT\n\n\0", 0) == [DisconnectRequested(None)]


@pytest.mark.parametrize("version", client_at(85, "dead-server", versions=ESCAPING))
def test_wait_for_the_receipt_ends_with_a_silent_server(version: Version) -> None:
    """The promise of beats holds after DISCONNECT; without one the driver's deadline does."""
    client = agreed("client", version, ours=(0, 10_000), theirs=(10_000, 0))
    assert isinstance(client, ClientProtocol)
    client.disconnect()
    assert client.next_deadline(0) == 20.0
    (end,) = client.tick(20.0)
    assert isinstance(end, Disconnected)
    assert client.closed


@pytest.mark.parametrize("version", client_at(86, "no-receipt"))
def test_close_after_disconnect_is_a_normal_end(version: Version) -> None:
    """Also in the middle of a frame; before DISCONNECT neither is."""
    for rest in (b"", b"MESSAGE\ndest"):
        client = client_of(version)
        client.disconnect()
        assert client.receive_data(rest, 0) == []
        assert client.eof("gone") == [Disconnected(True, "gone")]
        assert client.eof("gone") == []
    client = client_of(version)
    assert client.eof("gone") == [Disconnected(False, "gone")]
    client = client_of(version)
    client.receive_data(b"MESSAGE\ndest", 0)
    assert client.eof("gone") == [Disconnected(False, "gone in the middle of a frame")]


@pytest.mark.parametrize("version", client_at(87, "frames-and-beats", versions=ESCAPING))
def test_no_beat_follows_disconnect(version: Version) -> None:
    """Not after any time."""
    client = agreed("client", version, ours=(1000, 0), theirs=(0, 1000))
    assert isinstance(client, ClientProtocol)
    client.disconnect()
    assert len(client.data_to_send(0)) == 1
    assert client.next_deadline(0) is None
    client.tick(100)
    assert client.data_to_send(100) == []


@pytest.mark.parametrize("version", client_at(87, "frames"))
def test_no_frame_follows_disconnect(version: Version) -> None:
    """Each call is refused, and nothing is queued."""
    client = client_of(version)
    client.subscribe("/q", subscription_id="s")
    client.disconnect()
    client.data_to_send(0)
    for call in (
        lambda: client.send("/q"),
        lambda: client.subscribe("/p"),
        lambda: client.unsubscribe("s"),
        lambda: client.commit("t"),
        client.disconnect,
    ):
        with pytest.raises(LocalProtocolError, match="disconnecting"):
            call()
    assert client.data_to_send(0) == []


@pytest.mark.parametrize("version", server_at(87, "refused"))
def test_frame_after_disconnect_is_the_clients_error(version: Version) -> None:
    """A server does not act on it, and says no MESSAGE any more either."""
    server = server_of(version)
    server.receive_data(b"DISCONNECT\n\n\0", 0)
    with pytest.raises(LocalProtocolError, match="disconnecting"):
        say(server)
    with pytest.raises(RemoteProtocolError, match="SEND from the client while disconnecting"):
        server.receive_data(b"SEND\ndestination:/q\n\n\0", 0)


@pytest.mark.parametrize(("version", "role"), at(82, "unreadable"))
def test_unreadable_input_ends_the_session_too(version: Version, role: str) -> None:
    """No frame is said after it but a server's ERROR, which tells why."""
    session = agreed(role, version)
    with pytest.raises(RemoteProtocolError):
        session.receive_data(b"NONSENSE\n\n\0", 0)
    with pytest.raises(LocalProtocolError, match="closed"):
        say(session)
    if isinstance(session, ServerProtocol):
        session.error("no STOMP")
        assert len(session.data_to_send(0)) == 1
