"""Reading: what STOMP allows is read exactly, what it forbids is reported and quoted nowhere."""

import re
from collections.abc import Sequence

import pytest
from tests.conformance.peers import ALL, agreed, at, frames_toward, heard, meaning, toward
from tests.conformance.readable import HEAD, LEGAL
from tests.conformance.unreadable import ILLEGAL

from stompws.errors import RemoteProtocolError
from stompws.frame_parser import FrameParser, Heartbeat
from stompws.frames import Frame, Limits, Version
from stompws.protocol import (
    ClientProtocol,
    Connected,
    ConnectRequested,
    HeartbeatReceived,
    ServerProtocol,
)


def parsed(octets: bytes, version: Version, limits: Limits | None = None) -> list[Frame]:
    parser = FrameParser(limits, version)
    parser.feed(octets)
    items = list(iter(parser.next_frame, None))
    return [item for item in items if isinstance(item, Frame)]


@pytest.mark.parametrize(("octets", "frames", "version", "role"), LEGAL)
def test_frames_are_read(
    octets: bytes, frames: Sequence[Frame], version: Version, role: str
) -> None:
    """The parser gives exactly these frames: every header, in order, and every octet."""
    assert parsed(toward(role, octets), version) == frames_toward(role, frames)


@pytest.mark.parametrize(("octets", "frames", "version", "role"), LEGAL)
def test_session_tells_them(
    octets: bytes, frames: Sequence[Frame], version: Version, role: str
) -> None:
    """A session reports each of them whole; of repeated headers the first."""
    expected = [meaning(frame) for frame in frames_toward(role, frames)]
    assert heard(agreed(role, version), [toward(role, octets)]) == expected


@pytest.mark.parametrize(("octets", "said", "version", "role"), ILLEGAL)
def test_unreadable_is_an_error(octets: bytes, said: str, version: Version, role: str) -> None:
    """The error says where and what was expected, quotes nothing, and ends the session."""
    session = agreed(role, version)
    with pytest.raises(RemoteProtocolError, match=r"octet \d+ of the stream") as error:
        session.receive_data(toward(role, octets), 0)
    assert said in str(error.value)
    assert "canary" not in str(error.value)
    assert error.value.__context__ is None or error.value.__suppress_context__
    assert session.closed


@pytest.mark.parametrize(("octets", "said", "version", "role"), ILLEGAL)
def test_unreadable_loses_nothing_before_it(
    octets: bytes, said: str, version: Version, role: str
) -> None:
    """What was complete before is delivered; nothing after the error is."""
    good = toward(role, HEAD + b"\nx\0")
    session = agreed(role, version)
    assert len(heard(session, [good + toward(role, octets) + good])) == 1
    assert session.closed
    with pytest.raises(RemoteProtocolError, match=re.escape(said)):
        session.tick(0)
    assert session.receive_data(good, 0) == []


RAW_VALUES = [
    *at(17, "escapes-stay", rb"\n\c\\\r", r"\n\c\\\r"),
    *at(17, "no-escape-is-undefined", rb"a\tb" + b"\\", "a\\tb\\"),
    *at(18, "colons", b"a:b::c:", "a:b::c:"),
]


@pytest.mark.parametrize(("octets", "text", "version", "role"), RAW_VALUES)
def test_values_of_the_first_frame_are_raw(
    octets: bytes, text: str, version: Version, role: str
) -> None:
    """CONNECT and CONNECTED are read by peers that have not agreed on a version yet."""
    if role == "client":
        session = ClientProtocol()
        session.connect(host="h")
        raw = f"CONNECTED\nversion:{version}\nown:".encode() + octets + b"\n\n\0"
        (event,) = session.receive_data(raw, 0)
        assert isinstance(event, Connected)
    else:
        raw = f"CONNECT\naccept-version:{version}\nown:".encode() + octets + b"\n\n\0"
        (event,) = ServerProtocol().receive_data(raw, 0)
        assert isinstance(event, ConnectRequested)
    assert event.headers["own"] == text


BEATS = [
    *at(30, "LF", b"\n"),
    *at(30, "several", b"\n\n\n"),
    *at(31, "CRLF", b"\r\n"),
    *at(31, "CRLF-and-LF", b"\r\n\n\r\n"),
]


@pytest.mark.parametrize(("octets", "version", "role"), BEATS)
def test_line_ends_alone_are_a_beat(octets: bytes, version: Version, role: str) -> None:
    """Whoever drives the session sees a beat, and no frame."""
    assert agreed(role, version).receive_data(octets, 0) == [HeartbeatReceived()]
    parser = FrameParser(version=version)
    parser.feed(octets)
    assert isinstance(parser.next_frame(), Heartbeat)
    assert parser.next_frame() is None


@pytest.mark.parametrize(("version", "role"), at(12, "second-length-would-fit", versions=ALL))
def test_second_content_length_changes_nothing(version: Version, role: str) -> None:
    """The first one cuts the body; that the second one would fit makes it no better."""
    octets = toward(role, HEAD + b"content-length:1\ncontent-length:3\n\nabc\0")
    with pytest.raises(RemoteProtocolError, match="expected NUL"):
        agreed(role, version).receive_data(octets, 0)
