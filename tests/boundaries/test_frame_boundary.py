"""The boundary where octets come in, and go out: STOMP frames and their headers."""

import pytest

from stompws.codec import Codec
from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frame_parser import FrameParser
from stompws.frames import Frame, Limits, Version, encode_frame
from stompws.protocol import ClientProtocol, Connected
from stompws.server import ClientLeft, RefusalKind, Refused, ServerSession
from worldpay_ips.operations import API

V1_0, V1_1, V1_2 = Version.V1_0, Version.V1_1, Version.V1_2
SMALL = Limits(max_frame_bytes=64, max_headers=2, max_header_line_bytes=20)
TOO_LONG = "the frame is longer than the limit of 64 octets (Limits.max_frame_bytes)"
CONNECT = b"CONNECT\naccept-version:1.2\nhost:localhost\n\n\0"
CONNECTED = b"CONNECTED\nversion:1.2\n\n\0"


@pytest.mark.parametrize(
    ("raw", "octet", "problem"),
    [
        (b"HELLO\n\n\0", 0, "expected a STOMP command"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", 0, "expected a STOMP command"),
        (b"message\n\n\0", 0, "expected a STOMP command"),
        (b"MESSAGE\ndestination\n\n\0", 0, "header 1: expected name:value, got no colon"),
        (b"MESSAGE\n:/q\n\n\0", 0, "header 1: the name is empty"),
        (b"MESSAGE\na:b\nc:\\t\n\n\0", 0, "header 2: undefined escape sequence"),
        (b"MESSAGE\na:b\rc\n\n\0", 0, "header 1: CR without LF"),
        (b"MESSAGE\na:\xff\n\n\0", 10, "expected UTF-8 in the headers"),
        (b"MESSAGE\na:b\0\n\n\0", 11, "expected a blank line before NUL"),
        (b"MESSAGE\na:b\0", 11, "expected a blank line before NUL"),
        (b"\rMESSAGE\n\n\0", 0, "expected a command, got CR without LF"),
        (b"MESSAGE\ncontent-length:2\n\nabc\0", 28, "expected NUL after content-length octets"),
        (
            b"MESSAGE\ncontent-length:-1\n\nabc\0",
            0,
            "header 1: content-length: expected decimal digits",
        ),
        (b"RECEIPT\nreceipt-id:1\n\nabc\0", 22, "RECEIPT must not have a body"),
    ],
)
def test_octets_that_are_no_frame_are_refused_with_their_place(
    raw: bytes, octet: int, problem: str
) -> None:
    """Where in the stream, which header, and what was expected; the octets are not quoted."""
    parser = FrameParser(version=V1_2)
    parser.feed(raw)
    with pytest.raises(RemoteProtocolError) as refused:
        parser.next_frame()
    assert str(refused.value) == f"not a STOMP frame, octet {octet} of the stream: {problem}"


@pytest.mark.parametrize(
    ("raw", "octet", "problem"),
    [
        (b"MESSAGE\na:" + b"b" * 40 + b"\n\n\0", 8, "a header line is longer than 20 octets"),
        (b"MESSAGE\na:" + b"b" * 40, 8, "a header line is longer than 20 octets"),
        (b"MESSAGE\na:1\nb:2\nc:3\n\n\0", 0, "more than 2 headers"),
        (b"MESSAGE\n\n" + b"b" * 60 + b"\0", 0, TOO_LONG),
        (b"MESSAGE\n\n" + b"b" * 60, 0, TOO_LONG),
        (
            b"MESSAGE\ncontent-length:65\n\n",
            0,
            f"header 1: content-length: {TOO_LONG}",
        ),
    ],
)
def test_a_frame_beyond_a_limit_is_refused_before_its_end(
    raw: bytes, octet: int, problem: str
) -> None:
    """A peer cannot fill our memory: the limit is told as soon as it is passed."""
    parser = FrameParser(SMALL, V1_2)
    parser.feed(raw)
    with pytest.raises(RemoteProtocolError) as refused:
        parser.next_frame()
    assert str(refused.value) == f"not a STOMP frame, octet {octet} of the stream: {problem}"


def test_an_escape_of_another_version_is_refused() -> None:
    r"""STOMP 1.1 does not have `\r`."""
    parser = FrameParser(version=V1_1)
    parser.feed(b"MESSAGE\na:\\r\n\n\0")
    with pytest.raises(RemoteProtocolError) as refused:
        parser.next_frame()
    assert str(refused.value) == (
        "not a STOMP frame, octet 0 of the stream: header 1: undefined escape sequence"
    )


@pytest.mark.parametrize(
    ("before", "raw", "detail"),
    [
        (
            b"",
            b"GET / HTTP/1.1\n\n\0",
            "not a STOMP frame, octet 0 of the stream: expected a STOMP command",
        ),
        (b"", b"SEND\ndestination:/v1/payment\n\n{}\0", "SEND from the client while connecting"),
        (
            b"",
            b"CONNECT\naccept-version:1.2\nhost:h\nheart-beat:a\n\n\0",
            "CONNECT: heart-beat: expected two numbers of ms",
        ),
        (CONNECT, CONNECT, "CONNECT from the client while connected"),
        (CONNECT, b"MESSAGE\n\n\0", "MESSAGE from the client while connected"),
        (CONNECT, b"SEND\n\n{}\0", "SEND: expected the header destination"),
        (
            CONNECT,
            b"SUBSCRIBE\ndestination:/client/v1/error\n\n\0",
            "SUBSCRIBE: expected the header id",
        ),
        (CONNECT, b"SUBSCRIBE\nid:1\n\n\0", "SUBSCRIBE: expected the header destination"),
        (
            CONNECT,
            b"UNSUBSCRIBE\nid:7\n\n\0",
            "UNSUBSCRIBE: no running subscription has this id",
        ),
    ],
)
def test_a_server_reports_octets_that_break_the_protocol(
    before: bytes, raw: bytes, detail: str
) -> None:
    """Nothing is raised for what a client sent; the session is over."""
    session = ServerSession(API, Codec([]))
    session.receive_data(before, 0.0)
    refused, left = session.receive_data(raw, 0.0)
    assert refused == Refused(kind=RefusalKind.BROKEN_PROTOCOL, detail=detail)
    assert left == ClientLeft(polite=False, reason="the client broke the protocol")
    assert session.closed


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
            "not a STOMP frame, octet 0 of the stream: expected a STOMP command",
        ),
        (
            b"CONNECTED\nversion:1.3\n\n\0",
            "CONNECTED: the server chose a version that was not offered",
        ),
        (
            b"CONNECTED\nversion:1.2\nheart-beat:1\n\n\0",
            "CONNECTED: heart-beat: expected two numbers of ms",
        ),
        (b"RECEIPT\nreceipt-id:1\n\n\0", "RECEIPT from the server while connecting"),
        (b"SEND\ndestination:/q\n\n\0", "SEND from the server while connecting"),
    ],
)
def test_a_client_refuses_what_does_not_answer_connect(raw: bytes, text: str) -> None:
    """Only CONNECTED with an offered version, or ERROR, does."""
    client = ClientProtocol()
    client.connect(host="localhost")
    with pytest.raises(RemoteProtocolError) as refused:
        client.receive_data(raw, 0.0)
    assert str(refused.value) == text
    assert client.closed


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"MESSAGE\nsubscription:1\n\n{}\0", "MESSAGE: expected the header destination"),
        (b"RECEIPT\n\n\0", "RECEIPT: expected the header receipt-id"),
        (CONNECTED, "CONNECTED from the server while connected"),
        (
            b"MESSAGE\ndestination\n\n\0",
            (
                "not a STOMP frame, octet 24 of the stream:"
                " header 1: expected name:value, got no colon"
            ),
        ),
    ],
)
def test_a_client_delivers_what_came_before_a_fault(raw: bytes, text: str) -> None:
    """The good frame is an event; the fault behind it ends the session and is kept."""
    client = ClientProtocol()
    client.connect(host="localhost")
    (event,) = client.receive_data(CONNECTED + raw, 0.0)
    assert isinstance(event, Connected)
    assert str(client.failure) == text
    assert client.closed


INJECTED = "/q\nx-wp-authorization:stolen"


@pytest.mark.parametrize(
    ("frame", "version", "text"),
    [
        (
            Frame("SEND", (("destination", INJECTED),)),
            V1_0,
            "SEND: header 'destination': cannot be written without escapes",
        ),
        (
            Frame("CONNECT", (("host", INJECTED),)),
            V1_2,
            "CONNECT: header 'host': cannot be written without escapes",
        ),
        (
            Frame("SEND", (("a:b", "c"),)),
            V1_0,
            "SEND: header 'a:b': cannot be written without escapes",
        ),
        (
            Frame("SEND", (("a", "b\r"),)),
            V1_1,
            "SEND: header 'a': holds CR, which cannot be written here",
        ),
        (Frame("SEND", (("a", "b\0"),)), V1_2, "SEND: header 'a': holds NUL, which ends a frame"),
        (Frame("SEND", (("", "b"),)), V1_2, "SEND: a header name is empty"),
        (Frame("SEND", (("a", "\ud800"),)), V1_2, "SEND: a header is not valid Unicode text"),
        (Frame("SEND\n\nSEND"), V1_2, "unknown STOMP command"),
        (
            Frame("SUBSCRIBE", (), b"b"),
            V1_2,
            "SUBSCRIBE: STOMP allows no body on this command",
        ),
    ],
)
def test_a_header_that_would_become_another_one_is_not_sent(
    frame: Frame, version: Version, text: str
) -> None:
    """What the version cannot escape is refused, by name and without the value."""
    with pytest.raises(LocalProtocolError) as refused:
        encode_frame(frame, version)
    assert str(refused.value) == text


def test_an_injected_header_stays_a_value_where_escapes_exist() -> None:
    """STOMP 1.2 escapes the line end and the colon: it is read back as one header."""
    frame = Frame("SEND", (("destination", INJECTED),))
    parser = FrameParser(version=V1_2)
    parser.feed(encode_frame(frame, V1_2))
    read = parser.next_frame()
    assert isinstance(read, Frame)
    assert read.headers == (("destination", INJECTED), ("content-length", "0"))
