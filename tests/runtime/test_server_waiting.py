"""What a client says behind CONNECT, before it has heard CONNECTED."""

import pytest

from kiosk_api import API, ON_DONE, ON_ERROR
from session_line import CODEC, KEY
from stompws.errors import RemoteProtocolError
from stompws.frames import Limits
from stompws.protocol import (
    ConnectRequested,
    Disconnected,
    DisconnectRequested,
    HeartbeatReceived,
    SendReceived,
    ServerProtocol,
    Subscribed,
)
from stompws.server import ConnectArrived, RefusalKind, Refused, ServerSession, SessionEvent

CONNECT = b"CONNECT\naccept-version:1.2,1.1\nhost:x\nx-kiosk-key:" + KEY.encode() + b"\n\n\0"
LISTEN = "SUBSCRIBE\nid:{}\ndestination:{}\nreceipt:r-{}\n\n\0"
BEHIND = b"\n".join(
    (
        LISTEN.format(1, ON_ERROR.channel.address, 1).encode(),
        LISTEN.format(2, ON_DONE.channel.address, 2).encode(),
        b"SEND\ndestination:/nowhere\nreceipt:r-3\n\n\0",
        b"DISCONNECT\nreceipt:bye\n\n\0",
    )
)
WHOLE = CONNECT + BEHIND


def play(session: ServerSession, *portions: bytes) -> tuple[list[SessionEvent], bytes]:
    """All that is reported and all that is said."""
    events = [event for portion in portions for event in session.receive_data(portion, 0.0)]
    return events, b"".join(session.data_to_send(0.0))


@pytest.mark.parametrize("cut", range(len(WHOLE) + 1))
def test_wherever_the_octets_are_cut_the_session_is_the_same(cut: int) -> None:
    """What comes in one portion with CONNECT counts as what comes right after it."""
    events, said = play(ServerSession(API, CODEC), CONNECT, BEHIND)
    assert [event.kind for event in events if isinstance(event, Refused)] == ["unknown-destination"]
    assert said.count(b"RECEIPT\n") == 4
    assert play(ServerSession(API, CODEC), WHOLE[:cut], WHOLE[cut:]) == (events, said)


@pytest.mark.parametrize("portion", [1, 2, 7])
def test_in_small_portions_too(portion: int) -> None:
    """Down to single octets."""
    portions = [WHOLE[at : at + portion] for at in range(0, len(WHOLE), portion)]
    whole = play(ServerSession(API, CODEC), WHOLE)
    assert play(ServerSession(API, CODEC), *portions) == whole


def test_a_server_that_takes_its_time_reads_on_when_it_has_accepted() -> None:
    """Until then nothing is reported of it, in however many portions it comes."""
    session = ServerSession(API, CODEC, accept=False)
    (arrived,) = session.receive_data(CONNECT + BEHIND[:20], 0.0)
    assert isinstance(arrived, ConnectArrived)
    assert session.receive_data(BEHIND[20:], 0.0) == []
    session.accept()
    later = session.receive_data(b"", 0.0)
    assert [arrived, *later][1:] == play(ServerSession(API, CODEC), WHOLE)[0][1:]


def test_the_version_that_is_accepted_decides_how_the_rest_is_read() -> None:
    """CR is escaped in 1.2 and not in 1.1: before CONNECTED nobody can know."""
    escaped = b"SEND\ndestination:/a\\rb\n\n\0"
    protocol = ServerProtocol()
    (request,) = protocol.receive_data(CONNECT + escaped, 0.0)
    assert isinstance(request, ConnectRequested)
    protocol.accept(request.versions[0])
    (sent,) = protocol.receive_data(b"", 0.0)
    assert isinstance(sent, SendReceived)
    assert sent.destination == "/a\rb"
    protocol = ServerProtocol()
    (request,) = protocol.receive_data(CONNECT + escaped, 0.0)
    assert isinstance(request, ConnectRequested)
    protocol.accept(request.versions[1])
    with pytest.raises(RemoteProtocolError, match="escape"):
        protocol.receive_data(b"", 0.0)


def test_what_waits_behind_a_rejected_connect_is_never_read() -> None:
    """ERROR ends the session."""
    protocol = ServerProtocol()
    protocol.receive_data(WHOLE, 0.0)
    protocol.reject("no")
    assert protocol.closed
    assert protocol.receive_data(b"", 0.0) == []


def test_a_stranger_is_refused_once_whatever_stands_behind() -> None:
    """One answer to a bad credential; the rest is not read."""
    session = ServerSession(API, CODEC, authenticate=lambda _: False)
    (refused,) = session.receive_data(WHOLE, 0.0)
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.BAD_CREDENTIAL
    assert session.receive_data(BEHIND, 0.0) == []


def test_not_more_than_a_frame_may_wait() -> None:
    """A client that is never answered cannot fill the memory."""
    protocol = ServerProtocol(limits=Limits(max_frame_bytes=200))
    protocol.receive_data(CONNECT, 0.0)
    assert protocol.receive_data(b"\n" * 200, 0.0) == []
    with pytest.raises(RemoteProtocolError, match="before CONNECTED"):
        protocol.receive_data(b"\n", 0.0)
    assert protocol.closed


def test_the_end_comes_before_connected() -> None:
    """A client that has left is not waited for."""
    protocol = ServerProtocol()
    protocol.receive_data(WHOLE, 0.0)
    (gone,) = protocol.eof()
    assert isinstance(gone, Disconnected)
    assert not gone.clean


def test_a_protocol_tells_everything_in_its_order() -> None:
    """Events of what waited are those of what comes in time."""
    protocol = ServerProtocol()
    protocol.receive_data(CONNECT + b"\n\n" + BEHIND, 0.0)
    protocol.accept()
    kinds = [type(event) for event in protocol.receive_data(b"", 0.0)]
    assert [one for one in kinds if one is not HeartbeatReceived] == [
        *(Subscribed, Subscribed, SendReceived),
        DisconnectRequested,
    ]
