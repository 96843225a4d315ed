"""Reading: where the network happens to cut the octets makes no difference.

Beats are left out of the comparison: a run of line ends is one beat per portion, however many.
"""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conformance.peers import (
    ESCAPING,
    V1_2,
    agreed,
    at,
    cut_at,
    frames_toward,
    heard,
    meaning,
    octet_by_octet,
    toward,
)
from tests.conformance.readable import HEAD, LEGAL
from tests.conformance.unreadable import ILLEGAL

from stompws.errors import RemoteProtocolError
from stompws.frame_parser import FrameParser
from stompws.frames import Frame, Version

SHORT_ILLEGAL = [param for param in ILLEGAL if len(param.values[0]) < 200]


def outcome(role: str, version: Version, portions: Iterable[bytes]) -> list[object]:
    """Return the events of a session, and the error's text when there was one."""
    session = agreed(role, version)
    events: list[object] = []
    try:
        for portion in portions:
            events += heard(session, [portion])
        session.tick(0)
    except RemoteProtocolError as exc:
        events.append(str(exc).partition(" of the stream: ")[2])
    return events


def frames_of(version: Version, portions: Iterable[bytes]) -> list[Frame]:
    parser = FrameParser(version=version)
    found: list[Frame] = []
    for portion in portions:
        parser.feed(portion)
        found += [item for item in iter(parser.next_frame, None) if isinstance(item, Frame)]
    return found


def all_cuts(octets: bytes) -> list[list[bytes]]:
    """Once at every place, with an empty portion at both ends, and at every place at once."""
    cuts = [cut_at(octets, [place]) for place in range(len(octets) + 1)]
    return [*cuts, list(octet_by_octet(octets))]


@pytest.mark.conformance(25)
@pytest.mark.parametrize(("octets", "frames", "version", "role"), LEGAL)
def test_cut_anywhere(octets: bytes, frames: Sequence[Frame], version: Version, role: str) -> None:
    """Parser and session: the same after every single cut, and octet by octet."""
    expected = frames_toward(role, frames)
    events = [meaning(frame) for frame in expected]
    for portions in all_cuts(toward(role, octets)):
        assert frames_of(version, portions) == expected
        assert outcome(role, version, portions) == events


@pytest.mark.parametrize(("octets", "said", "version", "role"), SHORT_ILLEGAL)
def test_error_cut_anywhere(octets: bytes, said: str, version: Version, role: str) -> None:
    """An error says the same wherever it was cut, and comes after the same events."""
    octets = toward(role, HEAD + b"\n\0" + octets)
    (event, error) = outcome(role, version, [octets])
    assert said in str(error)
    for portions in all_cuts(octets):
        assert outcome(role, version, portions) == [event, error]


@pytest.mark.parametrize(("octets", "frames", "version", "role"), LEGAL)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_cut_at_random(
    octets: bytes, frames: Sequence[Frame], version: Version, role: str, data: st.DataObject
) -> None:
    """Frames one after the other, cut at any number of places, give the events of each."""
    stream = toward(role, octets)
    repeatable = not stream.startswith((b"ERROR", b"DISCONNECT"))  # nothing follows those
    times = data.draw(st.integers(1, 3)) if repeatable else 1
    places = data.draw(st.lists(st.integers(0, len(stream) * times)))
    expected = [meaning(frame) for frame in frames_toward(role, frames)] * times
    assert outcome(role, version, cut_at(stream * times, places)) == expected


BODY_CHARACTER = HEAD + "\nä€😀\0".encode()
NAMED_CHARACTER = HEAD + "ä€😀:😀€ä\n\n\0".encode()
INSIDE = [
    *at(26, "in-a-character-of-the-body", BODY_CHARACTER, "ä€😀".encode()),
    *at(27, "in-a-character-of-a-name", NAMED_CHARACTER, "ä€😀:".encode()),
    *at(27, "in-a-character-of-a-value", NAMED_CHARACTER, ":😀€ä".encode()),
    *at(28, "in-an-escape-of-a-value", HEAD + b"a:\\c\\n\n\n\0", b"\\c\\n", versions=ESCAPING),
    *at(28, "in-an-escape-of-a-name", HEAD + b"\\c\\n:a\n\n\0", b"\\c\\n", versions=ESCAPING),
    *at(29, "in-a-CRLF", HEAD + b"a:b\r\n\r\nx\0", b"\r\n\r\n", versions=[V1_2]),
    *at(29, "in-the-first-CRLF", b"MESSAGE\r\n" + HEAD[8:] + b"\n\0", b"\r\n", versions=[V1_2]),
]


@pytest.mark.parametrize(("octets", "part", "version", "role"), INSIDE)
def test_cut_inside(octets: bytes, part: bytes, version: Version, role: str) -> None:
    """Nothing is told before the rest has come, and then exactly what was meant."""
    octets, part = toward(role, octets), toward(role, part)
    whole = outcome(role, version, [octets])
    assert len(whole) == 1
    start = octets.index(part)
    for place in range(start + 1, start + len(part)):
        session = agreed(role, version)
        assert heard(session, [octets[:place]]) == []
        assert heard(session, [octets[place:]]) == whole


@pytest.mark.parametrize(("version", "role"), at(29, "of-a-beat", versions=[V1_2]))
def test_half_a_crlf_between_frames_waits(version: Version, role: str) -> None:
    """CR at the end of a portion is no beat and no error yet."""
    session = agreed(role, version)
    assert session.receive_data(b"\r", 0) == []
    assert len(session.receive_data(b"\n", 0)) == 1


@pytest.mark.parametrize(
    ("merged", "version", "role"),
    [*at(53, "then-half-a-frame", HEAD + b"\n1\0"), *at(24, "then-half-a-frame", HEAD + b"\n1\0")],
)
def test_complete_frames_are_delivered_at_once(merged: bytes, version: Version, role: str) -> None:
    """The frame that is whole does not wait for the one that is not, wherever that one ends."""
    merged = toward(role, merged)
    for place in range(len(merged)):
        session = agreed(role, version)
        assert len(heard(session, [merged + merged[:place]])) == 1
        assert len(heard(session, [merged[place:]])) == 1


PORTIONS = [
    *at(95, "one-frame-in-five-octets", 5),
    *at(95, "one-frame-octet-by-octet", 1),
    *at(96, "all-frames-in-one", 1000),
]


@pytest.mark.parametrize(("size", "version", "role"), PORTIONS)
def test_messages_of_the_websocket_are_a_stream(size: int, version: Version, role: str) -> None:
    """Whatever the WebSocket gives at once, frames begin and end where STOMP says."""
    octets = b"".join(toward(role, HEAD) + b"\n%d\0\n" % n for n in range(5))
    portions = cut_at(octets, range(size, len(octets), size))
    events = heard(agreed(role, version), portions)
    assert [event.body for event in events] == [b"0", b"1", b"2", b"3", b"4"]


@pytest.mark.parametrize(("version", "role"), at(97, "text-or-octets"))
def test_text_and_octets_are_the_same(version: Version, role: str) -> None:
    """What a WebSocket gives as text is the same as its octets."""
    octets = toward(role, HEAD + "ä:ö\n\n\N{SNOWMAN}\0".encode())
    session = agreed(role, version)
    assert session.receive_data(octets.decode(), 0) == session.receive_data(octets, 0)
    with pytest.raises(RemoteProtocolError, match="lone surrogate"):
        session.receive_data("\ud800", 0)
