"""The server's state machine, as simulators use it."""

import pytest

from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frames import Frame, Version
from stompws.protocol import (
    ClientProtocol,
    Connected,
    ConnectRequested,
    Disconnected,
    DisconnectRequested,
    MessageReceived,
    ReceiptReceived,
    SendReceived,
    ServerProtocol,
    State,
    Subscribed,
    TransactionRequested,
    Unsubscribed,
)

V1_0, V1_1, V1_2 = Version.V1_0, Version.V1_1, Version.V1_2


def accepted(version: str = "1.2") -> ServerProtocol:
    """Return a server that accepted a client of `version` at time 0, with nothing to send."""
    protocol = ServerProtocol()
    protocol.receive_data(f"CONNECT\naccept-version:{version}\nhost:h\n\n\0", 0)
    protocol.accept()
    protocol.data_to_send(0)
    return protocol


def exchange(client: ClientProtocol, server: ServerProtocol) -> tuple[list[object], list[object]]:
    """Carry everything both have to say; return the events of client and server."""
    for_server: list[object] = []
    for data in client.data_to_send(0):
        for_server += server.receive_data(data, 0)
    for_client: list[object] = []
    for data in server.data_to_send(0):
        for_client += client.receive_data(data, 0)
    return for_client, for_server


@pytest.mark.parametrize(
    ("raw", "command", "versions", "host"),
    [
        (b"CONNECT\naccept-version:1.2,1.0,1.1\nhost:h\n\n\0", "CONNECT", (V1_2, V1_1, V1_0), "h"),
        (b"STOMP\naccept-version:1.1, 1.2\n\n\0", "STOMP", (V1_2, V1_1), None),
        (b"CONNECT\n\n\0", "CONNECT", (V1_0,), None),
        (b"CONNECT\r\naccept-version:1.2\r\n\r\n\0", "CONNECT", (V1_2,), None),
        (b"\nCONNECT\naccept-version:9,2.0\n\n\0", "CONNECT", (), None),
    ],
    ids=["any order", "STOMP, spaces, no host", "1.0", "CRLF", "nothing we speak"],
)
def test_clients_of_every_kind_are_understood(
    raw: bytes, command: str, versions: tuple[Version, ...], host: str | None
) -> None:
    """CONNECT or STOMP, versions in any order, no host: real clients do all of that."""
    (event,) = (e for e in ServerProtocol().receive_data(raw, 0) if isinstance(e, ConnectRequested))
    assert (event.command, event.versions, event.host) == (command, versions, host)


def test_five_octet_chunks_are_read() -> None:
    """A client may cut its frames anywhere."""
    raw = b"CONNECT\naccept-version:1.2\npasscode:canary\\n\n\n\0"
    protocol = ServerProtocol()
    events = [e for n in range(0, len(raw), 5) for e in protocol.receive_data(raw[n : n + 5], 0)]
    (event,) = events
    assert isinstance(event, ConnectRequested)
    assert event.headers["passcode"] == "canary\\n"  # CONNECT is never unescaped
    assert "canary" not in repr(event)


def test_session_from_both_ends() -> None:
    """Client and server protocol understand each other from CONNECT to the last receipt."""
    client, server = ClientProtocol(), ServerProtocol()
    client.connect({"login": "me"}, host="h", heart_beat=(1000, 2000))
    _, (request,) = exchange(client, server)
    assert isinstance(request, ConnectRequested)
    assert request.heart_beat == (1000, 2000)
    agreed = server.accept(heart_beat=(3000, 500), headers={"server": "s:1", "session": "7"})
    assert agreed == (3000, 1000)
    (connected,), _ = exchange(client, server)
    assert isinstance(connected, Connected)
    assert (connected.version, connected.server, connected.session) == (V1_2, "s:1", "7")
    assert connected.heart_beat == (1000, 3000)

    subscription = client.subscribe("/a:b", receipt="r1")
    client.send("/a:b", b"one\0two", {"x:y": "\\\r\n"})
    _, (subscribed, received) = exchange(client, server)
    assert isinstance(subscribed, Subscribed)
    assert (subscribed.id, subscribed.destination, subscribed.ack) == (subscription, "/a:b", "auto")
    assert subscribed.receipt == "r1"
    assert isinstance(received, SendReceived)
    assert (received.destination, received.body) == ("/a:b", b"one\0two")
    assert received.headers["x:y"] == "\\\r\n"

    server.receipt("r1")
    message_id = server.message(
        subscription=subscription, destination="/a:b", body=b"three", headers={"h": 1}
    )
    (receipt, message), _ = exchange(client, server)
    assert receipt == ReceiptReceived("r1", expected=True)
    assert isinstance(message, MessageReceived)
    assert (message.message_id, message.body, message.headers["h"]) == (message_id, b"three", "1")

    client.unsubscribe(subscription)
    goodbye = client.disconnect()
    _, (unsubscribed, leaving) = exchange(client, server)
    assert isinstance(unsubscribed, Unsubscribed)
    assert unsubscribed.destination == "/a:b"
    assert leaving == DisconnectRequested(goodbye)
    server.receipt(goodbye)
    (_, end), _ = exchange(client, server)
    assert isinstance(end, Disconnected)
    assert end.clean
    assert server.eof() == [Disconnected(True, "the peer closed the connection")]


def test_version_is_told_only_to_clients_that_ask() -> None:
    """A 1.0 client that names no version gets CONNECTED as 1.0 knows it."""
    protocol = ServerProtocol()
    protocol.receive_data(b"CONNECT\nlogin:a\n\n\0", 0)
    protocol.accept()
    assert protocol.data_to_send() == [b"CONNECTED\nheart-beat:0,0\n\n\0"]
    assert protocol.version is V1_0


def test_accept_needs_a_common_version() -> None:
    """A version the client does not offer cannot be accepted; the answer is ERROR."""
    protocol = ServerProtocol()
    with pytest.raises(LocalProtocolError, match="no client has asked"):
        protocol.accept()
    protocol.receive_data(b"CONNECT\naccept-version:1.1\n\n\0", 0)
    with pytest.raises(LocalProtocolError, match="does not offer"):
        protocol.accept(V1_2)
    protocol.reject("supported: 1.2", headers={"version": "1.2"})
    (data,) = protocol.data_to_send()
    assert data.startswith(b"ERROR\nmessage:supported\\c 1.2\n")
    assert protocol.closed


@pytest.mark.parametrize(
    "raw",
    [
        b"SEND\n\nx\0",
        b"SUBSCRIBE\nid:1\n\n\0",
        b"UNSUBSCRIBE\nid:1\n\n\0",
        b"UNSUBSCRIBE\n\n\0",
        b"BEGIN\n\n\0",
        b"MESSAGE\ndestination:/q\n\n\0",
    ],
    ids=[
        "SEND without destination",
        "SUBSCRIBE without destination",
        "UNSUBSCRIBE of nothing",
        "UNSUBSCRIBE without id",
        "BEGIN without transaction",
        "MESSAGE from a client",
    ],
)
def test_illegal_input_is_refused(raw: bytes) -> None:
    """What a client must not say is the client's error."""
    protocol = accepted()
    with pytest.raises(RemoteProtocolError):  # noqa: PT012  (at once, or after what was readable)
        protocol.receive_data(raw, 0)
        protocol.tick(0)
    assert protocol.closed
    protocol.error("you broke a rule")
    assert len(protocol.data_to_send()) == 1
    with pytest.raises(LocalProtocolError, match="said before"):
        protocol.error("again")


def test_transactions_are_surfaced() -> None:
    """BEGIN, COMMIT and ABORT are reported; what they mean is the caller's business."""
    raw = b"BEGIN\ntransaction:t\n\n\0COMMIT\ntransaction:t\nreceipt:r\n\n\0"
    assert accepted().receive_data(raw, 0) == [
        TransactionRequested("BEGIN", "t"),
        TransactionRequested("COMMIT", "t", "r"),
    ]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_subscription_that_no_message_could_name_is_refused(version: str) -> None:
    """MESSAGE repeats the id; in 1.0 and 1.1 one with CR cannot be written."""
    protocol = accepted(version)
    with pytest.raises(RemoteProtocolError, match="SUBSCRIBE: header id: STOMP"):
        protocol.receive_data(b"SUBSCRIBE\nid:s\r\ndestination:/q\n\n\0", 0)
    assert protocol.subscriptions == {}


def test_headers_to_be_repeated_are_the_callers_to_name() -> None:
    """Only what somebody is going to write back has to be writable."""
    for echoed, refused in (([], False), (["reply-to"], True)):
        protocol = ServerProtocol(echoed=echoed)
        protocol.receive_data(b"CONNECT\naccept-version:1.1\nhost:x\n\n\0", 0)
        protocol.accept()
        send = b"SEND\ndestination:/q\nreply-to:a\rb\n\n\0"
        if refused:
            with pytest.raises(RemoteProtocolError, match=r"header reply-to: STOMP 1\.1"):
                protocol.receive_data(send, 0)
        else:
            assert len(protocol.receive_data(send, 0)) == 1


def test_message_needs_a_running_subscription() -> None:
    """A server that keeps the rules sends only what was subscribed to."""
    with pytest.raises(LocalProtocolError, match="no running subscription"):
        accepted().message(subscription="s", destination="/q")


def test_server_can_misbehave_on_purpose() -> None:
    """Any frame and any octets can be sent, to play a server that breaks the rules."""
    protocol = ServerProtocol()
    protocol.send_frame(Frame("RECEIPT", (("receipt-id", "1"),)))
    protocol.send_raw(b"\xff\0")
    assert protocol.data_to_send() == [b"RECEIPT\nreceipt-id:1\n\n\0", b"\xff\0"]


def test_disconnect_may_ask_for_no_receipt() -> None:
    """A client may leave without wanting an answer; beats stop."""
    protocol = accepted()
    assert protocol.receive_data(b"DISCONNECT\n\n\0", 0) == [DisconnectRequested(None)]
    assert protocol.state is State.DISCONNECTING
    with pytest.raises(LocalProtocolError, match="disconnecting"):
        protocol.message(subscription="s", destination="/q")
