"""Agreeing on a session: what is offered, what is chosen, and what is no answer."""

from itertools import combinations, permutations
from math import nextafter

import pytest
from tests.conformance.peers import (
    ALL,
    CLIENT,
    SERVER,
    V1_0,
    V1_1,
    V1_2,
    Session,
    agreed,
    at,
    client_at,
    server_at,
)

from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frames import Version
from stompws.protocol import (
    ClientProtocol,
    Connected,
    ConnectRequested,
    Disconnected,
    ErrorReceived,
    ServerProtocol,
    State,
)

OFFERS = [offer for size in (1, 2, 3) for offer in combinations(ALL, size)]


def asking(*versions: Version, heart_beat: tuple[int, int] = (0, 0)) -> ClientProtocol:
    """A client that has said CONNECT and waits."""
    client = ClientProtocol()
    client.connect(host="h", versions=versions or ALL, heart_beat=heart_beat)
    client.data_to_send(0)
    return client


def asked(offer: str, *more: str) -> ServerProtocol:
    """A server that has been asked for a session."""
    server = ServerProtocol()
    lines = ["CONNECT", f"accept-version:{offer}", *more]
    server.receive_data("\n".join(lines) + "\n\n\0", 0)
    return server


def first(role: str, version: Version) -> Session:
    """One end, before the other has said anything."""
    return asking(version) if role == "client" else ServerProtocol()


@pytest.mark.parametrize("version", client_at(73, "names-both"))
def test_connect_names_versions_and_host(version: Version) -> None:
    """Also who offers only 1.0 does no harm with them; no space stands after the commas."""
    client = ClientProtocol()
    client.connect(host="example", versions=[V1_2, version])
    (octets,) = client.data_to_send(0)
    offer = "1.2" if version is V1_2 else f"{version},1.2"
    expected = f"CONNECT\naccept-version:{offer}\nhost:example\nheart-beat:0,0\n\n\0"
    assert octets == expected.encode()


@pytest.mark.parametrize("version", client_at(73, "needs-a-host"))
def test_connect_needs_a_host(version: Version) -> None:
    """1.1 and 1.2 cannot be offered without; 1.0 knows none."""
    client = ClientProtocol()
    if version is V1_0:
        client.connect(host=None, versions=[version])
        assert b"host" not in client.data_to_send(0)[0]
    else:
        with pytest.raises(LocalProtocolError, match="need a host"):
            client.connect(host=None, versions=[version])


CHOICES = [
    param
    for offer in OFFERS
    for version in offer
    for param in client_at(74, ",".join(offer), offer, versions=[version])
]


@pytest.mark.parametrize(("offer", "version"), CHOICES)
def test_server_chooses_of_the_offer(offer: tuple[Version, ...], version: Version) -> None:
    """Whatever it chooses is spoken from then on."""
    client = asking(*offer)
    (event,) = client.receive_data(f"CONNECTED\nversion:{version}\n\n\0", 0)
    assert isinstance(event, Connected)
    assert event.version is client.version is version


ORDERS = [
    param
    for size in (1, 2, 3)
    for order in permutations(ALL, size)
    for param in server_at(74, ",".join(order), order, versions=[max(order)])
]


@pytest.mark.parametrize(("order", "version"), ORDERS)
def test_highest_common_version_is_accepted(order: tuple[Version, ...], version: Version) -> None:
    """Offered in any order, with spaces and with versions that nobody knows yet."""
    for offer in (",".join(order), ", ".join([*order, "1.3", "2.0"])):
        server = asked(offer)
        server.accept()
        assert server.version is version
        assert server.data_to_send(0)[0].startswith(f"CONNECTED\nversion:{version}\n".encode())


@pytest.mark.parametrize(("version", "role"), at(75, "no-version", versions=[V1_0]))
def test_no_version_is_1_0(version: Version, role: str) -> None:
    """CONNECTED without version, or CONNECT without accept-version, is of a 1.0 peer."""
    session: Session
    if role == "client":
        session = asking()
        (event,) = session.receive_data(b"CONNECTED\nsession:x\n\n\0", 0)
        assert isinstance(event, Connected)
    else:
        session = ServerProtocol()
        (request,) = session.receive_data(b"CONNECT\nlogin:a\n\n\0", 0)
        assert isinstance(request, ConnectRequested)
        assert request.versions == (V1_0,)
        session.accept()
        assert b"version" not in session.data_to_send(0)[0]
    assert session.version is version


@pytest.mark.parametrize(("version", "role"), at(75, "not-offered", versions=[V1_0]))
def test_no_version_fails_where_1_0_was_not_offered(version: Version, role: str) -> None:
    """A 1.0 server cannot serve a client that needs 1.1, nor the other way round."""
    if role == "client":
        with pytest.raises(RemoteProtocolError, match="not offered"):
            asking(V1_1, V1_2).receive_data(b"CONNECTED\n\n\0", 0)
    else:
        server = ServerProtocol()
        server.receive_data(b"CONNECT\n\n\0", 0)
        with pytest.raises(LocalProtocolError, match="does not offer"):
            server.accept(V1_1)
    assert version is V1_0


@pytest.mark.parametrize(("version", "role"), at(76, "no-header"))
def test_no_heart_beat_header_is_none(version: Version, role: str) -> None:
    """The header may be left out; then nobody beats and nobody waits for beats."""
    session: Session
    if role == "client":
        session = asking(version, heart_beat=(1000, 1000))
        (event,) = session.receive_data(f"CONNECTED\nversion:{version}\n\n\0", 0)
        assert isinstance(event, Connected)
        assert event.heart_beat == (0, 0)
    else:
        session = asked(version)
        assert session.accept(heart_beat=(1000, 1000)) == (0, 0)
        session.data_to_send(0)
    assert session.next_deadline(0) is None
    assert session.tick(10**9) == []
    assert session.data_to_send(10**9) == []


@pytest.mark.parametrize(
    ("chosen", "version"),
    [
        param
        for version in ALL
        for chosen in ("1.0", "1.1", "1.2", "1.3", "", "1.2 ", "1", "1.2,1.1")
        if chosen != version
        for param in client_at(77, f"chosen-{chosen!r}", chosen, versions=[version])
    ],
)
def test_version_not_offered_fails(chosen: str, version: Version) -> None:
    """The only version offered is the only one that can be chosen."""
    client = asking(version)
    with pytest.raises(RemoteProtocolError, match="not offered"):
        client.receive_data(f"CONNECTED\nversion:{chosen}\n\n\0", 0)
    assert client.closed


@pytest.mark.parametrize("version", server_at(77, "nothing-in-common"))
def test_no_common_version_cannot_be_accepted(version: Version) -> None:
    """The answer is ERROR, which names what would have been spoken."""
    server = asked("1.3,2.0")
    for choice in (None, version):
        with pytest.raises(LocalProtocolError, match="offer"):
            server.accept(choice)
    server.reject("none of these", headers={"version": version})
    assert f"\nversion:{version}\n".encode() in server.data_to_send(0)[0]
    assert server.closed


@pytest.mark.parametrize(("version", "role"), at(79, "ERROR"))
def test_error_answers_connect(version: Version, role: str) -> None:
    """It is reported with its text and body, and no session comes of it."""
    client, server = asking(version), asked(version)
    server.reject("go: away", b"details")
    (octets,) = server.data_to_send(0)
    (event,) = client.receive_data(octets, 0)
    assert isinstance(event, ErrorReceived)
    assert event.body == b"details"
    assert event.message == "go: away"
    assert client.closed
    assert server.closed
    with pytest.raises(LocalProtocolError):
        client.send("/q") if role == "client" else server.accept()


@pytest.mark.parametrize("version", client_at(80, "by-the-clock"))
def test_wait_for_connected_has_a_deadline(version: Version) -> None:
    """At the deadline, not before it, the session ends; a sign of life does not help."""
    client = asking(version)
    client.give_up_at(15.0, "no CONNECTED within 15 s")
    just_before = nextafter(15.0, 0.0)
    assert client.next_deadline(0) == 15.0
    assert client.receive_data(b"\n", 14.0) != []
    assert client.tick(just_before) == []
    assert client.tick(15.0) == [Disconnected(False, "no CONNECTED within 15 s")]
    assert client.closed
    assert client.receive_data(f"CONNECTED\nversion:{version}\n\n\0", 15.0) == []


@pytest.mark.parametrize("version", client_at(80, "met"))
def test_deadline_is_over_once_connected(version: Version) -> None:
    """What came in time has all the time there is."""
    client = asking(version)
    client.give_up_at(15.0, "too late")
    (event,) = client.receive_data(f"CONNECTED\nversion:{version}\n\n\0", nextafter(15.0, 0.0))
    assert isinstance(event, Connected)
    assert client.next_deadline(15.0) is None
    assert client.tick(10**9) == []
    assert client.state is State.CONNECTED


WRONG_FIRST = [
    *at(81, "MESSAGE", b"MESSAGE\ndestination:/q\n\n\0", roles=CLIENT),
    *at(81, "RECEIPT", b"RECEIPT\nreceipt-id:1\n\n\0", roles=CLIENT),
    *at(81, "CONNECT", b"CONNECT\n\n\0", roles=CLIENT),
    *at(81, "SEND", b"SEND\ndestination:/q\n\n\0"),
    *at(81, "SUBSCRIBE", b"SUBSCRIBE\ndestination:/q\nid:s\n\n\0", roles=SERVER),
    *at(81, "DISCONNECT", b"DISCONNECT\n\n\0", roles=SERVER),
    *at(81, "CONNECTED", b"CONNECTED\n\n\0", roles=SERVER),
    *at(81, "HTTP", b"HTTP/1.1 200 OK\r\n\r\n\0"),
]


@pytest.mark.parametrize(("octets", "version", "role"), WRONG_FIRST)
def test_something_else_first_is_an_error(octets: bytes, version: Version, role: str) -> None:
    """Only CONNECTED or ERROR answers CONNECT, and only CONNECT or STOMP begins."""
    session = first(role, version)
    with pytest.raises(RemoteProtocolError):
        session.receive_data(octets, 0)
    assert session.closed


@pytest.mark.parametrize(("version", "role"), at(81, "twice"))
def test_second_connect_is_an_error(version: Version, role: str) -> None:
    """A session is agreed once."""
    octets = (
        b"CONNECTED\nversion:%b\n\n\0" if role == "client" else b"CONNECT\naccept-version:%b\n\n\0"
    )
    with pytest.raises(RemoteProtocolError, match="while connected"):
        agreed(role, version).receive_data(octets % version.encode(), 0)
