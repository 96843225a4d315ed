"""Subscriptions and acknowledgements, as each version writes and reads them."""

import pytest
from tests.conformance.peers import (
    ALL,
    ESCAPING,
    V1_0,
    V1_1,
    V1_2,
    agreed,
    at,
    client_at,
    server_at,
)

from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frames import Version
from stompws.protocol import (
    Acknowledged,
    ClientProtocol,
    MessageReceived,
    ServerProtocol,
    Subscribed,
    Unsubscribed,
)

MESSAGE = b"MESSAGE\ndestination:/q\nmessage-id:m1\nsubscription:s1\nack:a7\n\n\0"


def client_of(version: Version) -> ClientProtocol:
    session = agreed("client", version)
    assert isinstance(session, ClientProtocol)
    return session


def server_of(version: Version) -> ServerProtocol:
    session = agreed("server", version)
    assert isinstance(session, ServerProtocol)
    return session


def received(client: ClientProtocol, raw: bytes = MESSAGE) -> MessageReceived:
    (message,) = client.receive_data(raw, 0)
    assert isinstance(message, MessageReceived)
    return message


NAMES = {
    V1_2: b"id:a7\n",
    V1_1: b"message-id:m1\nsubscription:s1\n",
    V1_0: b"message-id:m1\n",
}
WRITTEN_ANSWERS = [
    param
    for version, lines in NAMES.items()
    for command in ("ACK", "NACK")
    for param in client_at(92, command, command, lines, versions=[version])
    if (command, version) != ("NACK", V1_0)
]


@pytest.mark.parametrize(("command", "lines", "version"), WRITTEN_ANSWERS)
def test_answer_names_the_message(command: str, lines: bytes, version: Version) -> None:
    """1.2: the ack header; 1.1: message-id and subscription; 1.0: message-id. Nothing else."""
    client = client_of(version)
    answer = client.ack if command == "ACK" else client.nack
    answer(received(client))
    answer(received(client), transaction="t", receipt="r")
    head = command.encode() + b"\n" + lines
    assert client.data_to_send(0) == [head + b"\n\0", head + b"transaction:t\nreceipt:r\n\n\0"]


@pytest.mark.parametrize("version", client_at(92, "no-NACK", versions=[V1_0]))
def test_1_0_has_no_nack(version: Version) -> None:
    """The caller is told; nothing is queued."""
    client = client_of(version)
    with pytest.raises(LocalProtocolError, match="no NACK"):
        client.nack(received(client))
    assert client.data_to_send(0) == []


@pytest.mark.parametrize("version", client_at(92, "nothing-to-name"))
def test_message_without_a_name_cannot_be_answered(version: Version) -> None:
    """An answer that names no message would be for any, or for none."""
    client = client_of(version)
    message = received(client, b"MESSAGE\ndestination:/q\n\n\0")
    with pytest.raises(LocalProtocolError, match="the message has no"):
        client.ack(message)
    assert client.data_to_send(0) == []


@pytest.mark.parametrize(
    ("lines", "version"),
    [
        param
        for version, lines in NAMES.items()
        for param in server_at(92, "read", lines, versions=[version])
    ],
)
def test_answer_is_read(lines: bytes, version: Version) -> None:
    """A server is told the headers; NACK is unknown in 1.0, and a missing name is an error."""
    (ack,) = server_of(version).receive_data(b"ACK\n" + lines + b"\n\0", 0)
    assert isinstance(ack, Acknowledged)
    expected = dict(line.split(":") for line in lines.decode().splitlines())
    assert dict(ack.headers) == expected
    if version is V1_0:
        with pytest.raises(RemoteProtocolError, match="NACK"):
            server_of(version).receive_data(b"NACK\n" + lines + b"\n\0", 0)
    else:
        (nack,) = server_of(version).receive_data(b"NACK\n" + lines + b"\n\0", 0)
        assert isinstance(nack, Acknowledged)
        assert nack.command == "NACK"
    for line in lines.splitlines(keepends=True):
        with pytest.raises(RemoteProtocolError, match="ACK: expected the header"):
            server_of(version).receive_data(b"ACK\n" + lines.replace(line, b"", 1) + b"\n\0", 0)


@pytest.mark.parametrize("version", client_at(93, "unique"))
def test_ids_of_subscriptions_are_unique(version: Version) -> None:
    """Chosen by us or by the caller, also after UNSUBSCRIBE: a late MESSAGE has one owner."""
    client = client_of(version)
    client.subscribe("/q", subscription_id="sub-1")
    ids = {client.subscribe("/q") for _ in range(5)}
    assert len(ids) == 5
    assert "sub-1" not in ids
    client.unsubscribe("sub-1")
    with pytest.raises(LocalProtocolError, match="used before"):
        client.subscribe("/q", subscription_id="sub-1")
    with pytest.raises(LocalProtocolError, match="no running subscription"):
        client.unsubscribe("sub-1")
    lines = [raw.split(b"\n")[1] for raw in client.data_to_send(0)]
    assert lines[:-1] == [b"id:sub-1", *(f"id:sub-{n}".encode() for n in range(2, 7))]
    assert lines[-1] == b"id:sub-1"  # of UNSUBSCRIBE


TWICE = b"SUBSCRIBE\nid:s\ndestination:/other\n\n\0"  # `s` is running: see `agreed`


@pytest.mark.parametrize("version", server_at(93, "twice", versions=ESCAPING))
def test_id_in_use_is_the_clients_error(version: Version) -> None:
    """Of two subscriptions with one id a MESSAGE could be for either."""
    server = server_of(version)
    with pytest.raises(RemoteProtocolError, match="in use"):
        server.receive_data(TWICE, 0)
    assert server.subscriptions == {"s": "/q"}


@pytest.mark.parametrize("version", server_at(93, "without-id"))
def test_id_may_be_missing_in_1_0_only(version: Version) -> None:
    """There a subscription is known by its destination."""
    server = server_of(version)
    raw = b"SUBSCRIBE\ndestination:/p\n\n\0"
    if version is not V1_0:
        with pytest.raises(RemoteProtocolError, match="expected the header id"):
            server.receive_data(raw, 0)
        return
    (subscribed,) = server.receive_data(raw, 0)
    assert isinstance(subscribed, Subscribed)
    assert subscribed.id == "/p"
    (gone,) = server.receive_data(b"UNSUBSCRIBE\ndestination:/p\n\n\0", 0)
    assert isinstance(gone, Unsubscribed)
    assert gone.id == "/p"


MODES = [
    (mode, [v for v in ALL if v is not V1_0 or mode != "client-individual"])
    for mode in ("auto", "client", "client-individual")
]
LEGAL_MODES = [p for mode, versions in MODES for p in at(94, mode, mode, versions=versions)]
ILLEGAL_MODES = [
    *at(94, "individual-in-1.0", "client-individual", versions=[V1_0]),
    *at(94, "unknown", "never"),
    *at(94, "capital", "Client"),
    *at(94, "empty", ""),
]


@pytest.mark.parametrize(("mode", "version", "role"), LEGAL_MODES)
def test_ack_mode_is_carried(mode: str, version: Version, role: str) -> None:
    """As it was asked for; left out it is auto."""
    client = client_of(version)
    client.subscribe("/q", ack=mode if role == "client" else None, subscription_id="x")
    (raw,) = client.data_to_send(0)
    if role == "client":
        assert raw == f"SUBSCRIBE\nid:x\ndestination:/q\nack:{mode}\n\n\0".encode()
        return
    (implied,) = server_of(version).receive_data(raw, 0)
    assert isinstance(implied, Subscribed)
    assert implied.ack == "auto"
    asked = raw.replace(b"\n\n", f"\nack:{mode}\n\n".encode())
    (subscribed,) = server_of(version).receive_data(asked, 0)
    assert isinstance(subscribed, Subscribed)
    assert subscribed.ack == mode


@pytest.mark.parametrize(("mode", "version", "role"), ILLEGAL_MODES)
def test_other_ack_modes_do_not_exist(mode: str, version: Version, role: str) -> None:
    """Of a caller's and of a client's."""
    if role == "client":
        client = client_of(version)
        with pytest.raises(LocalProtocolError, match="ack"):
            client.subscribe("/q", ack=mode)
        assert client.data_to_send(0) == []
    else:
        raw = f"SUBSCRIBE\nid:x\ndestination:/q\nack:{mode}\n\n\0"
        with pytest.raises(RemoteProtocolError, match="ack"):
            server_of(version).receive_data(raw, 0)
