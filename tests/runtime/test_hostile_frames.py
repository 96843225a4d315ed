"""Frames: what is written is read, whatever is read is bounded, and no value becomes a header."""

import sys
import tracemalloc
from collections.abc import Iterator
from itertools import islice

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frame_parser import FrameParser, Heartbeat
from stompws.frames import WITH_BODY, Frame, Limits, Version, encode_frame, make_headers
from strategies import (
    COMMANDS,
    VERSIONS,
    any_text,
    cuts,
    frames,
    nearly_streams,
    portions,
    streams,
    versions,
)

V1_0, V1_1, V1_2 = VERSIONS
AGREED = st.none() | versions
TIGHT = st.builds(
    Limits,
    max_frame_bytes=st.integers(1, 120),
    max_headers=st.integers(0, 4),
    max_header_line_bytes=st.integers(1, 40),
)


def read(parser: FrameParser, data: list[bytes]) -> tuple[list[Frame], bool]:
    """Feed portions; return the frames read and whether the octets were refused."""
    found: list[Frame] = []
    for portion in data:
        parser.feed(portion)
        try:
            while (item := parser.next_frame()) is not None:
                if isinstance(item, Frame):
                    found.append(item)
        except RemoteProtocolError:
            return found, True
    return found, False


def sized(frame: Frame) -> Frame:
    """The frame as it is read back: the writer adds the length of a body."""
    if frame.command not in WITH_BODY:
        return frame
    length = ("content-length", str(len(frame.body)))
    return attrs.evolve(frame, headers=(*frame.headers, length))


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_is_written_is_read(version: Version, data: st.DataObject) -> None:
    """Reading undoes writing, in every version, for every command, header and body."""
    frame = data.draw(frames(version))
    octets = encode_frame(frame, version)
    places = data.draw(cuts)
    assert read(FrameParser(version=version), portions(octets, places)) == ([sized(frame)], False)


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_others_may_write_is_read(version: Version, data: st.DataObject) -> None:
    """Also with CRLF, raw colons, repeated headers, and bodies that only NUL ends."""
    stream = data.draw(streams(version))
    parser = FrameParser(version=version)
    assert read(parser, portions(stream.octets, data.draw(cuts))) == (list(stream.frames), False)


@pytest.mark.parametrize("version", [None, V1_2])
@pytest.mark.parametrize("body", [b"\n", b"\n\n", b"\r\n", b"\n\r\n", b"\n\nx"])
def test_a_body_that_begins_with_a_line_end_keeps_it(version: Version | None, body: bytes) -> None:
    """Behind a head with CRLF its first octets look like the blank line."""
    octets = b"ERROR\r\na:b\r\n\r\n" + body + b"\0"
    for cut in range(len(octets)):
        found = read(FrameParser(version=version), [octets[:cut], octets[cut:]])
        assert found == ([Frame("ERROR", (("a", "b"),), body)], False)


@settings(max_examples=400, deadline=None)
@given(data=st.data(), version=AGREED, limits=st.none() | TIGHT)
def test_a_cut_changes_nothing(
    data: st.DataObject, version: Version | None, limits: Limits | None
) -> None:
    """Any octets give the same frames and the same verdict, wherever they are cut."""
    octets = data.draw(nearly_streams(version or V1_2))
    whole = read(FrameParser(limits, version), [octets])
    assert read(FrameParser(limits, version), portions(octets, data.draw(cuts))) == whole


@settings(max_examples=300, deadline=None)
@given(data=st.data(), version=AGREED)
def test_a_refusal_is_final(data: st.DataObject, version: Version | None) -> None:
    """After it the same error comes for ever, nothing is read and nothing is kept."""
    parser = FrameParser(version=version)
    _, refused = read(parser, [data.draw(nearly_streams(version or V1_2))])
    if not refused:
        _, refused = read(parser, [b"\n\n\0\0NONSENSE\n\n\0"])
    assert refused
    texts = set[str]()
    for portion in (b"", b"\n", encode_frame(Frame("MESSAGE"), V1_2)):
        parser.feed(portion)
        with pytest.raises(RemoteProtocolError) as error:
            parser.next_frame()
        texts.add(str(error.value))
    assert len(texts) == 1


@settings(max_examples=500, deadline=None)
@given(
    command=st.sampled_from(COMMANDS),
    headers=st.lists(st.tuples(any_text, any_text), max_size=4),
    body=st.binary(max_size=8),
    version=versions,
)
def test_no_value_becomes_a_header(
    command: str, headers: list[tuple[str, str]], body: bytes, version: Version
) -> None:
    """Any names and values at all: refused, or read back as exactly these headers of one frame."""
    frame = Frame(command, tuple(headers), body if command in WITH_BODY else b"")
    try:
        octets = encode_frame(frame, version)
    except LocalProtocolError:
        return
    own = tuple(pair for pair in headers if pair[0] != "content-length")
    expected = [sized(attrs.evolve(frame, headers=own))]
    assert read(FrameParser(version=version), [octets]) == (expected, False)


def test_an_integer_beyond_measure_is_refused() -> None:
    """CPython does not write it, and says so with an error of its own."""
    with pytest.raises(LocalProtocolError, match="header 'a'"):
        make_headers({"a": 10**5000})


# Limits, each at its boundary: what just fits is read, one octet or line more is refused.

SIZE, LINE, COUNT = 64, 20, 3
LIMITS = Limits(max_frame_bytes=SIZE, max_headers=COUNT, max_header_line_bytes=LINE)
HEAD = b"MESSAGE\n\n"
LENGTH = b"MESSAGE\ncontent-length:%d\n\n"
LONG, LONG_CRLF = b"MESSAGE\na:%b\n\n\0", b"ERROR\r\na:%b\r\n\r\n\0"
BOUNDARIES = [
    ("frame, ended by NUL", HEAD + b"x" * (SIZE - 10) + b"\0", HEAD + b"x" * (SIZE - 9) + b"\0"),
    ("frame, announced", LENGTH % 36 + b"x" * 36 + b"\0", LENGTH % 37 + b"x" * 37 + b"\0"),
    ("header count", b"MESSAGE\n" + b"a:b\n" * 3 + b"\n\0", b"MESSAGE\n" + b"a:b\n" * 4 + b"\n\0"),
    ("header length", LONG % (b"x" * 18), LONG % (b"x" * 19)),
    ("header length, CRLF", LONG_CRLF % (b"x" * 18), LONG_CRLF % (b"x" * 19)),
    (
        "all headers as long as they may be",
        b"SUBSCRIBE\n" + (b"a:" + b"x" * 14 + b"\n") * 3 + b"\n\0",
        b"SUBSCRIBE\n" + (b"a:" + b"x" * 15 + b"\n") * 3 + b"\n\0",
    ),
]  # fmt: skip


@pytest.mark.parametrize("size", [1000, 1], ids=["whole", "octets"])
@pytest.mark.parametrize(("_", "fits", "exceeds"), BOUNDARIES, ids=[row[0] for row in BOUNDARIES])
def test_a_limit_holds_to_the_octet(_: str, fits: bytes, exceeds: bytes, size: int) -> None:
    """What just fits is read and one more is refused, however it arrives."""

    def outcome(raw: bytes) -> tuple[int, bool]:
        cut = [raw[n : n + size] for n in range(0, len(raw), size)]
        found, refused = read(FrameParser(LIMITS, V1_2), cut)
        return len(found), refused

    assert outcome(fits) == (1, False)
    assert outcome(exceeds) == (0, True)


def test_every_header_line_may_be_as_long_as_the_limit() -> None:
    """The limits of count and length together refuse nothing that each of them allows."""
    raw = b"MESSAGE\n" + (b"a:" + b"x" * (LINE - 2) + b"\n") * COUNT + b"\n\0"
    limits = attrs.evolve(LIMITS, max_frame_bytes=1000)
    for cut in range(len(raw)):
        assert read(FrameParser(limits, V1_2), [raw[:cut], raw[cut:]])[1] is False


UNFINISHED = [
    ("long line and more", b"MESSAGE\na:" + b"x" * 19 + b"\nb:c\n"),
    ("long line, the last", b"MESSAGE\na:" + b"x" * 19),
    ("long line, CR", b"MESSAGE\na:" + b"x" * 19 + b"\r"),
    ("announced beyond the frame", LENGTH % 37),
    ("head beyond the frame", b"SUBSCRIBE\n" + (b"a:" + b"x" * 16 + b"\n") * 3),
]


@pytest.mark.parametrize(("_", "raw"), UNFINISHED, ids=[row[0] for row in UNFINISHED])
def test_what_cannot_fit_is_refused_before_its_end(_: str, raw: bytes) -> None:
    """At the octet that decides it, wherever the octets are cut."""
    for cut in range(len(raw)):
        assert read(FrameParser(LIMITS, V1_2), [raw[:cut], raw[cut:]]) == ([], True)


# Memory, while a peer never comes to an end.

PORTION = 1024
BOUND = Limits(max_frame_bytes=2**15, max_headers=16, max_header_line_bytes=1024)


def endless(head: bytes, rest: bytes) -> Iterator[bytes]:
    yield head
    while True:
        yield (rest * PORTION)[:PORTION]


ENDLESS = [
    ("body without NUL", b"MESSAGE\n\n", b"x"),
    ("one header", b"MESSAGE\na:", b"x"),
    ("headers", b"MESSAGE\n", b"a:b\n"),
    ("escapes", b"MESSAGE\na:", b"\\n"),
    ("command", b"", b"M"),
    ("line ends", b"", b"\n"),
    ("CRLF", b"", b"\r\n"),
    ("carriage returns", b"", b"\r"),
    ("NUL", b"", b"\0"),
    ("a length of 10^12", b"MESSAGE\ncontent-length:1000000000000\n\n", b"x"),
    ("a length of many digits", b"MESSAGE\ncontent-length:", b"9"),
    ("the longest length", b"MESSAGE\ncontent-length:32000\n\n", b"x"),
    ("empty frames", b"", b"MESSAGE\n\n\0"),
]


@pytest.mark.parametrize(("_", "head", "rest"), ENDLESS, ids=[row[0] for row in ENDLESS])
def test_endless_octets_take_bounded_memory(_: str, head: bytes, rest: bytes) -> None:
    """What is kept never exceeds a few times the limit, though 32 times as much comes."""
    parser = FrameParser(BOUND, V1_2)
    tracemalloc.start()
    try:
        for portion in islice(endless(head, rest), 32 * BOUND.max_frame_bytes // PORTION):
            parser.feed(portion)
            try:
                while isinstance(parser.next_frame(), Frame | Heartbeat):
                    pass
            except RemoteProtocolError:
                pass  # a driver would hang up; this peer goes on, and nothing more is kept
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * BOUND.max_frame_bytes
    assert parser.buffered <= BOUND.max_frame_bytes


def work(head: bytes, rest: bytes, octets: int, size: int) -> int:
    """Count the calls, of Python and C functions, that reading so many octets takes."""
    parser = FrameParser(BOUND, V1_2)
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    raw = head + (rest * octets)[:octets]
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(parser, [raw[n : n + size] for n in range(0, len(raw), size)])
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("size", [1, 7, 2**20], ids=["octets", "pieces", "whole"])
@pytest.mark.parametrize(("_", "head", "rest"), ENDLESS, ids=[row[0] for row in ENDLESS])
def test_twice_the_octets_take_at_most_twice_the_work(
    _: str, head: bytes, rest: bytes, size: int
) -> None:
    """Counted in calls, which no other load on the machine changes."""
    assert work(head, rest, 8000, size) <= 2 * work(head, rest, 4000, size) + 50
