"""What a client says at the level of STOMP: broken, odd, or not to be repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_api import API, ON_ERROR, PLACE_ORDER
from session_line import (
    CODEC,
    CORRELATION,
    KEY,
    MESSAGE,
    ORDER_TEXT,
    OWN,
    QUERY_TEXT,
    Line,
    refusal,
)
from stompws.errors import LocalProtocolError
from stompws.protocol import ReceiptReceived
from stompws.server import ClientLeft, RefusalKind, Refused, ServerSession


@pytest.mark.parametrize("data", [b"HELLO\n\n\0", b"SEND\ndestination:/x\n\n\0", b"\xff\n\n\0"])
def test_octets_that_are_not_stomp_are_reported_once_and_end_the_session(data: bytes) -> None:
    """Nothing is raised, nothing more is read, and an ERROR may still be said."""
    session = ServerSession(API, CODEC)
    refused, left = session.receive_data(data, 0.0)
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.BROKEN_PROTOCOL
    assert left == ClientLeft(polite=False, reason="the client broke the protocol")
    assert session.closed
    assert session.receive_data(data, 0.0) == []
    assert session.receive_eof() == []
    assert session.tick(0.0) == []
    session.stomp_error("what?")
    assert session.data_to_send()


def test_what_precedes_unreadable_octets_is_reported_first() -> None:
    """Events keep their order; a receipt is not owed any more."""
    session = ServerSession(API, CODEC)
    session.receive_data(b"CONNECT\naccept-version:1.2\nhost:x\nx-kiosk-key:k\n\n\0", 0.0)
    subscribe = b"SUBSCRIBE\nid:1\ndestination:/nowhere\nreceipt:r\n\n\0"
    events = session.receive_data(subscribe + b"JUNK\n\n\0", 0.0)
    kinds = [event.kind for event in events if isinstance(event, Refused)]
    assert kinds == [RefusalKind.UNKNOWN_DESTINATION, RefusalKind.BROKEN_PROTOCOL]
    assert isinstance(events[-1], ClientLeft)


LISTEN = f"SUBSCRIBE\nid:1\ndestination:{ON_ERROR.channel.address}\n"


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize(
    ("frame", "header"),
    [
        (LISTEN.replace("id:1", "id:1\r"), "id"),
        (LISTEN + "receipt:abc\r\n", "receipt"),
        (LISTEN + f"{CORRELATION}:c-1\r\n", CORRELATION),
        (f"SEND\ndestination:{PLACE_ORDER.channel.address}\n{CORRELATION}:c\r-1\n", CORRELATION),
        ("DISCONNECT\nreceipt:bye\r\n", "receipt"),
    ],
)
def test_an_id_that_cannot_be_written_back_is_refused_when_it_comes(
    version: str, frame: str, header: str
) -> None:
    """STOMP 1.0 and 1.1 read CR as a part of the value and have no escape for it.

    Whoever finds that out when a reply is due has acted already, and cannot say so.
    """
    session = ServerSession(API, CODEC)
    connect = f"CONNECT\naccept-version:{version}\nhost:x\nx-kiosk-key:{KEY}\n\n\0"
    session.receive_data(connect, 0.0)
    refused, left = session.receive_data(f"{frame}\n\0", 0.0)
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.BROKEN_PROTOCOL
    assert f"header {header}: STOMP {version}" in refused.detail
    assert "abc" not in refused.detail
    assert isinstance(left, ClientLeft)
    session.stomp_error(refused.detail)


def test_1_2_writes_every_id_back() -> None:
    """It has an escape for CR, so there is nothing to refuse."""
    line = Line()
    line.client.send("/nowhere", b"", {**OWN, CORRELATION: "c\r-1"}, receipt="r\r\n:1")
    assert refusal(line.pump()).correlation_id == "c\r-1"
    receipts = [event.receipt_id for event in line.heard if isinstance(event, ReceiptReceived)]
    assert receipts == ["r\r\n:1"]


@pytest.mark.parametrize("name", ["/nowhere", "/v1/ordrs", "client.v12.error"])
def test_a_destination_that_looks_misspelt_is_quoted(name: str) -> None:
    """Whoever wrote it finds it that way."""
    line = Line()
    line.client.send(name)
    assert refusal(line.pump()).detail == f"no such destination: '{name}'"


@pytest.mark.parametrize(
    "name",
    [
        "/v1/4929491234560002",
        "/v1/4929/4912/3456/0002",
        "/4929 4912 3456 0002",
        "eyJhbGciOiJIUzI1NiJ9.eyJvIjoiMSJ9.c2lnbmVk",
        "AV46HTR3",
        "/v1/\N{SNOWMAN}",
        "/v1/x'",
        "/" + "x" * 33,
        "",
    ],
)
def test_another_unknown_destination_is_not_quoted(name: str) -> None:
    """It may be anything: a card number, a key, a code. Its length is told."""
    line = Line()
    line.client.send(name)
    assert refusal(line.pump()).detail == (f"no such destination: a name of {len(name)} characters")


@pytest.mark.parametrize("frame", [b"ACK\nid:1\n\n\0", b"BEGIN\ntransaction:1\n\n\0"])
def test_acknowledgements_and_transactions_are_refused(frame: bytes) -> None:
    """STOMP has them; the API does not."""
    line = Line()
    events = line.server.receive_data(frame, 0.0)
    assert refusal(events).kind is RefusalKind.UNSUPPORTED


@given(
    st.lists(
        st.tuples(
            st.sampled_from([op.channel.address for op in API.operations]) | st.text(max_size=9),
            st.binary(max_size=20) | st.sampled_from([ORDER_TEXT, QUERY_TEXT, b"{}"]),
            st.dictionaries(
                st.sampled_from([CORRELATION, MESSAGE, "x-other"]), st.text(max_size=3)
            ),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_whatever_a_client_says_nothing_is_raised(
    said: list[tuple[str, bytes, dict[str, str], bool]],
) -> None:
    """Each frame is judged: an event, a refusal, or a subscription noted in silence."""
    line = Line()
    for destination, body, headers, subscribes in said:
        try:
            if subscribes:
                line.client.subscribe(destination, headers)
            else:
                line.client.send(destination, body, headers)
        except LocalProtocolError:
            continue  # the client's own protocol knows better than to say it
        assert len(line.pump()) <= 1
    assert not line.server.closed


@given(st.lists(st.binary(max_size=30), max_size=5))
def test_whatever_octets_come_nothing_is_raised(portions: list[bytes]) -> None:
    """Nonsense is reported at most once, and then nothing more is read."""
    session = ServerSession(API, CODEC)
    head = b"CONNECT\naccept-version:1.2\nhost:x\n\n\0"
    events = [e for data in (head, *portions) for e in session.receive_data(data, 0.0)]
    broken = [e for e in events if getattr(e, "kind", None) is RefusalKind.BROKEN_PROTOCOL]
    assert len(broken) == session.closed
