"""How a client leaves: politely, in silence, or with receipts still owed."""

import pytest

from kiosk_api import API, ON_ERROR
from session_line import CODEC, Line, ordering
from stompws.protocol import ReceiptReceived
from stompws.server import ClientLeft, ServerSession


def test_a_polite_client_gets_its_receipt() -> None:
    """DISCONNECT with a receipt is confirmed; then the connection may be closed."""
    line = Line()
    line.client.disconnect()
    assert line.pump() == [ClientLeft(polite=True, reason="the client said goodbye")]
    assert isinstance(line.heard[-2], ReceiptReceived)
    assert line.client.closed
    assert line.server.closed
    assert line.server.receive_eof() == []


def test_a_server_may_never_send_a_receipt() -> None:
    """As some servers do."""
    line = Line(receipts=False)
    line.client.disconnect()
    line.pump()
    assert not line.client.closed


def test_a_receipt_asked_for_with_any_frame_is_sent() -> None:
    """STOMP allows it on SEND and SUBSCRIBE too."""
    line = Line()
    line.client.subscribe(ON_ERROR.channel.address, receipt="r-1")
    line.client.send("/nowhere", receipt="r-2")
    line.pump()
    receipts = [event.receipt_id for event in line.heard if isinstance(event, ReceiptReceived)]
    assert receipts == ["r-1", "r-2"]


def test_a_client_that_vanishes_is_reported_once() -> None:
    """The end of the connection without DISCONNECT is not polite."""
    line = ordering()
    assert line.server.receive_eof("reset") == [ClientLeft(polite=False, reason="reset")]
    assert line.server.receive_eof() == []
    assert line.server.closed


def test_a_silent_client_is_reported_where_heart_beats_are_agreed() -> None:
    """Heart-beats go both ways; silence for too long is the end."""
    session = ServerSession(API, CODEC, heart_beat_ms=(1000, 1000))
    session.receive_data(b"CONNECT\naccept-version:1.2\nhost:x\nheart-beat:1000,1000\n\n\0", 0.0)
    session.data_to_send(0.0)
    assert session.seconds_to_next_beat(0.0) == pytest.approx(0.9)
    assert session.tick(1.0) == []
    assert session.data_to_send(1.0) == [b"\n"]
    (left,) = session.tick(9.0)
    assert isinstance(left, ClientLeft)
    assert not left.polite
    assert session.seconds_to_next_beat(9.0) is None
