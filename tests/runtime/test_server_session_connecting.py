"""How a client gets in: credentials, versions, octets that are not STOMP."""

import pytest

from kiosk_api import API
from session_line import CODEC, KEY, Line, refusal
from stompws.frames import Version
from stompws.protocol import Connected, ErrorReceived
from stompws.server import ConnectArrived, RefusalKind, ServerSession


def refuse_all(_: str) -> bool:
    return False


def test_a_client_with_an_accepted_credential_is_connected_and_authenticated() -> None:
    """CONNECTED follows by itself, and the session knows that the credential was good."""
    line = Line(authenticate=KEY.__eq__)
    assert line.connected == [
        ConnectArrived(
            authenticated=True,
            accepted=True,
            versions=(Version.V1_2, Version.V1_1, Version.V1_0),
            host="kiosk",
        )
    ]
    assert isinstance(line.heard[0], Connected)


def test_a_client_without_a_credential_is_connected_but_not_authenticated() -> None:
    """Some operations need no credential."""
    line = Line(key=None)
    assert isinstance(line.connected[0], ConnectArrived)
    assert not line.server.authenticated


@pytest.mark.parametrize("key", ["wrong", ""])
def test_a_bad_credential_is_refused_and_nothing_is_said(key: str) -> None:
    """What a bad credential is answered with is not ours to decide; its value is not repeated."""
    line = Line(key=key, authenticate=KEY.__eq__)
    refused = refusal(line.connected)
    assert refused.kind is RefusalKind.BAD_CREDENTIAL
    assert "wrong" not in repr(refused)
    assert line.heard == []


def test_after_a_bad_credential_the_caller_may_accept_or_reject() -> None:
    """Accepted all the same, the connection is one without authentication."""
    line = Line(key="wrong", authenticate=refuse_all)
    line.server.accept()
    assert isinstance(line.hear()[0], Connected)
    assert not line.server.authenticated
    other = Line(key="wrong", authenticate=refuse_all)
    other.server.stomp_error("go away")
    assert isinstance(other.hear()[0], ErrorReceived)
    assert other.server.closed


def test_a_client_may_be_kept_waiting_for_connected() -> None:
    """With `accept=False` CONNECTED is the caller's to say."""
    line = Line(accept=False)
    (event,) = line.connected
    assert isinstance(event, ConnectArrived)
    assert not event.accepted
    assert line.heard == []
    line.server.accept(Version.V1_1)
    (connected,) = line.hear()
    assert isinstance(connected, Connected)
    assert connected.version is Version.V1_1


def test_a_client_that_offers_no_version_of_ours_is_refused() -> None:
    """CONNECTED cannot name a version that was not offered."""
    session = ServerSession(API, CODEC)
    events = session.receive_data(b"CONNECT\naccept-version:9\nhost:x\n\n\0", 0.0)
    assert refusal(events).kind is RefusalKind.NO_COMMON_VERSION
