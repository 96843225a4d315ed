"""Reading frames: tables of octets and what they mean. Rows are those of the conformance page."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frame_parser import HEARTBEAT, FrameParser, Heartbeat
from stompws.frames import (
    Frame,
    Limits,
    Version,
    describe,
    encode_frame,
)

V1_0, V1_1, V1_2 = Version.V1_0, Version.V1_1, Version.V1_2


def parse(
    *portions: bytes, version: Version | None = V1_2, limits: Limits | None = None
) -> list[Frame]:
    """Feed the portions one by one; return the frames."""
    parser = FrameParser(limits, version)
    frames: list[Frame] = []
    for portion in portions:
        parser.feed(portion)
        while (item := parser.next_frame()) is not None:
            if isinstance(item, Frame):
                frames.append(item)
    return frames


def message(*headers: tuple[str, str], body: bytes = b"") -> Frame:
    return Frame("MESSAGE", headers, body)


READABLE: list[tuple[str, Version, bytes, list[Frame]]] = [
    ("1 minimal", V1_2, b"RECEIPT\nreceipt-id:1\n\n\0", [Frame("RECEIPT", (("receipt-id", "1"),))]),
    ("2 line ends after", V1_2, b"MESSAGE\n\n\0\n\n\r\n", [message()]),
    ("3 line ends before", V1_2, b"\n\r\n\nMESSAGE\n\n\0", [message()]),
    ("4 CRLF", V1_2, b"MESSAGE\r\na:b\r\n\r\nx\0", [message(("a", "b"), body=b"x")]),
    (
        "5 mixed line ends",
        V1_2,
        b"MESSAGE\na:b\r\nc:d\n\r\nx\n\ny\0",
        [message(("a", "b"), ("c", "d"), body=b"x\n\ny")],
    ),
    ("6 body to NUL", V1_2, b"MESSAGE\n\nbody\0", [message(body=b"body")]),
    (
        "7 NUL in body",
        V1_2,
        b"MESSAGE\ncontent-length:3\n\na\0b\0",
        [message(("content-length", "3"), body=b"a\0b")],
    ),
    (
        "8 octets, not characters",
        V1_2,
        "MESSAGE\ncontent-length:4\n\näö\0".encode(),
        [message(("content-length", "4"), body="äö".encode())],
    ),
    ("9 length 0", V1_2, b"MESSAGE\ncontent-length:0\n\n\0", [message(("content-length", "0"))]),
    ("10 no headers", V1_2, b"ERROR\n\n\0", [Frame("ERROR")]),
    (
        "12 repeated content-length",
        V1_2,
        b"MESSAGE\ncontent-length:1\ncontent-length:5\n\nx\0",
        [message(("content-length", "1"), ("content-length", "5"), body=b"x")],
    ),
    ("13 escapes", V1_2, b"MESSAGE\na:\\n\\c\\\\\\r\n\n\0", [message(("a", "\n:\\\r"))]),
    ("14 left to right", V1_2, b"MESSAGE\na:\\\\n\n\n\0", [message(("a", "\\n"))]),
    (
        "17 CONNECTED raw",
        V1_2,
        b"CONNECTED\na:\\n\\q\\\n\n\0",
        [Frame("CONNECTED", (("a", "\\n\\q\\"),))],
    ),
    ("18 CONNECTED colons", V1_2, b"CONNECTED\na:b:c\n\n\0", [Frame("CONNECTED", (("a", "b:c"),))]),
    ("19 raw colon", V1_2, b"MESSAGE\na:b:c\n\n\0", [message(("a", "b:c"))]),
    ("20 never trimmed", V1_2, b"MESSAGE\n a : b \n\n\0", [message((" a ", " b "))]),
    ("21 empty value", V1_2, b"MESSAGE\na:\n\n\0", [message(("a", ""))]),
    (
        "24 two frames",
        V1_2,
        b"MESSAGE\n\n1\0MESSAGE\n\n2\0",
        [message(body=b"1"), message(body=b"2")],
    ),
    ("39 1.0 unescapes nothing", V1_0, b"MESSAGE\na:\\n\\c\\\n\n\0", [message(("a", "\\n\\c\\"))]),
    ("40 1.1 escapes", V1_1, b"MESSAGE\na:\\c\\n\\\\\n\n\0", [message(("a", ":\n\\"))]),
    ("42 body of any octets", V1_2, b"MESSAGE\n\n\xff\xfe\0", [message(body=b"\xff\xfe")]),
    ("43 blank lines in body", V1_2, b"MESSAGE\n\n\n\n\0", [message(body=b"\n\n")]),
    (
        "44 separators in body",
        V1_2,
        "MESSAGE\n\n\r\n\u2028\x0b\x85\0".encode(),
        [message(body="\r\n\u2028\x0b\x85".encode())],
    ),
    ("45 trailing LF", V1_2, b"MESSAGE\n\nx\n\0", [message(body=b"x\n")]),
    ("46 names unescaped", V1_2, b"MESSAGE\na\\cb:c\n\n\0", [message(("a:b", "c"))]),
    (
        "47 case matters",
        V1_2,
        b"MESSAGE\nContent-Length:9\n\nx\0",
        [message(("Content-Length", "9"), body=b"x")],
    ),
    ("49 non-ASCII", V1_2, "MESSAGE\nä:ö\u2028\n\n\0".encode(), [message(("ä", "ö\u2028"))]),
    ("50 beats glued", V1_2, b"\n\nMESSAGE\n\n\0\n\nMESSAGE\n\n\0\n", [message(), message()]),
    (
        "54 ERROR with body",
        V1_2,
        b"ERROR\nreceipt-id:7\nmessage:no\n\nwhy\0",
        [Frame("ERROR", (("receipt-id", "7"), ("message", "no")), b"why")],
    ),
    ("55 body not unescaped", V1_2, b"MESSAGE\n\n\\n\\q\0", [message(body=b"\\n\\q")]),
    ("56 CR kept in 1.1", V1_1, b"MESSAGE\na:b\rc\n\n\0", [message(("a", "b\rc"))]),
    ("57 odd names", V1_2, b"MESSAGE\n__proto__:1\n\n\0", [message(("__proto__", "1"))]),
]
IDS = [row[0] for row in READABLE]


@pytest.mark.parametrize(("_", "version", "raw", "frames"), READABLE, ids=IDS)
def test_frame_is_read(_: str, version: Version, raw: bytes, frames: Sequence[Frame]) -> None:
    """What STOMP allows is read exactly (rows in the ids)."""
    assert parse(raw, version=version) == frames


@pytest.mark.parametrize(("_", "version", "raw", "frames"), READABLE, ids=IDS)
def test_cut_anywhere_reads_the_same(
    _: str, version: Version, raw: bytes, frames: Sequence[Frame]
) -> None:
    """Where the network cuts the octets makes no difference (rows 25-29, 53)."""
    for cut in range(len(raw) + 1):
        assert parse(raw[:cut], raw[cut:], version=version) == frames
    assert parse(*(raw[n : n + 1] for n in range(len(raw))), version=version) == frames


UNREADABLE: list[tuple[str, Version, bytes]] = [
    ("15 undefined escape", V1_2, b"MESSAGE\na:canary\\t\n\n\0"),
    ("16 lone backslash", V1_2, b"MESSAGE\na:canary\\\n\n\0"),
    ("22 no colon", V1_2, b"MESSAGE\ncanary\n\n\0"),
    ("23 empty name", V1_2, b"MESSAGE\n:canary\n\n\0"),
    ("32 not NUL after length", V1_2, b"MESSAGE\ncontent-length:2\n\ncanary\0"),
    ("33 length no number", V1_2, b"MESSAGE\ncontent-length:canary\n\nx\0"),
    ("33 length with sign", V1_2, b"MESSAGE\ncontent-length:+1\n\nx\0"),
    ("33 length in other digits", V1_2, "MESSAGE\ncontent-length:\u0661\n\nx\0".encode()),
    ("33 length empty", V1_2, b"MESSAGE\ncontent-length:\n\nx\0"),
    ("34 negative length", V1_2, b"MESSAGE\ncontent-length:-1\n\nx\0"),
    ("35 length of a terabyte", V1_2, b"MESSAGE\ncontent-length:1000000000000\n\n"),
    ("35 length of 5000 digits", V1_2, b"MESSAGE\ncontent-length:" + b"9" * 5000 + b"\n\n"),
    ("36 unknown command", V1_2, b"canary\n\n\0"),
    ("36 command in small letters", V1_2, b"message\n\ncanary\0"),
    ("37 RECEIPT with body", V1_2, b"RECEIPT\nreceipt-id:1\n\ncanary\0"),
    ("37 RECEIPT with length", V1_2, b"RECEIPT\ncontent-length:6\n\ncanary\0"),
    ("38 \\r in 1.1", V1_1, b"MESSAGE\na:canary\\r\n\n\0"),
    ("38 CRLF in 1.1", V1_1, b"MESSAGE\r\na:canary\r\n\r\n\0\n\n"),
    ("41 UTF-8 in header", V1_2, b"MESSAGE\na:canary\xff\n\n\0"),
    ("48 NUL before blank line", V1_2, b"MESSAGE\na:canary\0\n\n\0"),
    ("48 NUL and no blank line", V1_2, b"MESSAGE\na:canary\0"),
    ("56 CR in header", V1_2, b"MESSAGE\na:canary\rb\n\n\0"),
    ("CR before a command", V1_2, b"\rMESSAGE\n\n\0"),
]


@pytest.mark.parametrize(("_", "version", "raw"), UNREADABLE, ids=[row[0] for row in UNREADABLE])
def test_unreadable_is_reported(_: str, version: Version, raw: bytes) -> None:
    """What STOMP forbids is an error that quotes nothing, however it arrives (rows in the ids)."""
    for portions in ([raw], [raw[n : n + 1] for n in range(len(raw))]):
        with pytest.raises(RemoteProtocolError, match=r"octet \d+ of the stream") as error:
            parse(*portions, version=version)
        assert "canary" not in str(error.value)
        assert error.value.__cause__ is None
        assert error.value.__suppress_context__ or error.value.__context__ is None


def test_position_counts_from_the_start_of_the_stream() -> None:
    """The position of a fault is where it is in all that was received."""
    good = b"MESSAGE\n\nx\0"
    with pytest.raises(RemoteProtocolError, match=f"octet {2 * len(good)} of the stream"):
        parse(good, good + b"NONSENSE\n\n\0")


def test_broken_parser_stays_broken() -> None:
    """After a fault nothing is guessed: the same error comes again."""
    parser = FrameParser()
    parser.feed(b"NONSENSE\n\n\0MESSAGE\n\n\0")
    for _ in range(2):
        with pytest.raises(RemoteProtocolError, match="expected a STOMP command"):
            parser.next_frame()


@pytest.mark.parametrize("raw", [b"\n", b"\r\n", b"\n\n\r\n"], ids=["LF", "CRLF", "several"])
def test_line_ends_alone_are_a_heart_beat(raw: bytes) -> None:
    """LF and CRLF between frames are a sign of life (rows 30, 31)."""
    parser = FrameParser(version=V1_2)
    parser.feed(raw)
    assert parser.next_frame() == HEARTBEAT
    assert parser.next_frame() is None


def test_half_a_crlf_waits() -> None:
    """A CR at the end of a portion may be half of a CRLF (row 29)."""
    parser = FrameParser(version=V1_2)
    parser.feed(b"\r")
    assert parser.next_frame() is None
    parser.feed(b"\nMESSAGE\n\n\0")
    assert isinstance(parser.next_frame(), Heartbeat)
    assert parser.next_frame() == message()


def test_first_of_repeated_headers_wins() -> None:
    """`header` gives the first entry; all are kept (row 11)."""
    (frame,) = parse(b"MESSAGE\nfoo:World\nfoo:Hello\n\n\0")
    assert frame.header("foo") == "World"
    assert frame.header("Foo", "default") == "default"
    assert frame.headers == (("foo", "World"), ("foo", "Hello"))


def test_before_negotiation_unknown_escapes_are_left_alone() -> None:
    """An ERROR that answers CONNECT is read whatever version wrote it."""
    (frame,) = parse(b"ERROR\r\nmessage:C\\c\\dir\r\n\r\nx\0", version=None)
    assert frame.header("message") == "C:\\dir"


def test_version_may_change_between_frames() -> None:
    """CONNECTED decides how the frames behind it in the same portion are read."""
    parser = FrameParser()
    parser.feed(b"CONNECTED\nversion:1.0\n\n\0MESSAGE\na:\\n\n\n\0")
    assert parser.next_frame() == Frame("CONNECTED", (("version", "1.0"),))
    parser.version = V1_0
    assert parser.next_frame() == message(("a", "\\n"))


LONG_LINE = Limits(max_header_line_bytes=20)
BEYOND_LIMITS: list[tuple[str, Limits, bytes]] = [
    ("body without end", Limits(max_frame_bytes=50), b"MESSAGE\n\n" + b"x" * 50),
    ("whole body", Limits(max_frame_bytes=50), b"MESSAGE\n\n" + b"x" * 50 + b"\0"),
    ("announced", Limits(max_frame_bytes=50), b"MESSAGE\ncontent-length:51\n\n"),
    (
        "announced in all",
        Limits(max_frame_bytes=50),
        b"MESSAGE\ncontent-length:40\n\n" + b"x" * 40 + b"\0",
    ),
    ("header count", Limits(max_headers=2), b"MESSAGE\na:1\nb:2\nc:3\n\n\0"),
    ("header without end", LONG_LINE, b"MESSAGE\na:1\nb:" + b"x" * 20),
    ("header line", LONG_LINE, b"MESSAGE\na:1\nb:" + b"x" * 20 + b"\n\n\0"),
    ("command line", LONG_LINE, b"M" * 22),
    (
        "head without end",
        Limits(max_headers=2, max_header_line_bytes=20),
        b"MESSAGE\n" + b"a:b\n" * 20,
    ),
]


@pytest.mark.parametrize(
    ("_", "limits", "raw"), BEYOND_LIMITS, ids=[row[0] for row in BEYOND_LIMITS]
)
def test_more_than_the_limits_is_refused(_: str, limits: Limits, raw: bytes) -> None:
    """A peer cannot make us hold more than we said (row 100)."""
    for portions in ([raw], [raw[n : n + 1] for n in range(len(raw))]):
        with pytest.raises(RemoteProtocolError, match=r"long|more than"):
            parse(*portions, limits=limits)


@pytest.mark.parametrize("portion", [2**20 + 100, 16 * 1024, 1], ids=["whole", "16 KB", "octets"])
def test_a_megabyte_takes_linear_time(portion: int) -> None:
    """No octet is looked at twice, however small the portions are (rows 51, 52)."""
    raw = b"MESSAGE\ndestination:/q\n\n" + b"x" * 2**20 + b"\0"
    started = time.process_time()
    frames = parse(*(raw[n : n + portion] for n in range(0, len(raw), portion)))
    assert time.process_time() - started < 10  # quadratic would be hours
    assert [len(frame.body) for frame in frames] == [2**20]


def test_repr_shows_no_secret() -> None:
    """Values of unknown headers and bodies do not show; names and lengths do (row 103)."""
    frame = Frame(
        "SEND", (("destination", "/q\n"), ("passcode", "canary"), ("own", "canary")), b"canary"
    )
    assert repr(frame) == r"<SEND destination='/q\n' passcode=… own=… body=6 octets>"
    assert "own='canary'" in describe(frame, ["own"])


def test_repr_masks_card_numbers_in_what_a_peer_chose() -> None:
    """A destination, an id or the name of a header may be anything, also where it is cut off."""
    number = "4111111111111111"
    late = "x" * 90 + f"/{number}"
    frame = message(("destination", f"/q/{number}"), (number, "x"), ("message-id", late))
    assert number[:12] not in repr(frame)
    assert number[:8] not in describe(frame)
    assert describe(frame).startswith("<MESSAGE destination='/q/************1111' ")


@pytest.mark.parametrize("command", ["SEND", "CONNECT"])
def test_text_that_cannot_be_encoded_is_refused_and_quoted_nowhere(command: str) -> None:
    """Also the context of an exception is written down by some programs."""
    frame = Frame(command, (("own", "secret\udc80"),))
    with pytest.raises(LocalProtocolError, match="not valid Unicode") as caught:
        encode_frame(frame, V1_2)
    assert caught.value.__context__ is None


def test_octets_that_are_not_text_are_refused_and_quoted_nowhere() -> None:
    """The error of the decoder holds all headers."""
    with pytest.raises(
        RemoteProtocolError, match="octet 12 of the stream: expected UTF-8"
    ) as caught:
        parse(b"ERROR\nown:a \xff\n\n\0")
    assert caught.value.__context__ is None


header_text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@settings(max_examples=200, deadline=None)
@given(
    headers=st.lists(st.tuples(header_text.filter(bool), header_text), max_size=5),
    body=st.binary(max_size=100),
    cut=st.integers(0, 300),
)
def test_what_is_written_is_read(headers: list[tuple[str, str]], body: bytes, cut: int) -> None:
    """Any header and body survives writing and reading in 1.2 (rows 59, 60, 68)."""
    headers = [pair for pair in headers if pair[0] != "content-length"]
    raw = encode_frame(Frame("MESSAGE", tuple(headers), body), V1_2)
    (frame,) = parse(raw[:cut], raw[cut:])
    assert frame.headers == (*headers, ("content-length", str(len(body))))
    assert frame.body == body


@settings(max_examples=300, deadline=None)
@given(raw=st.binary(max_size=80), cut=st.integers(0, 80))
def test_garbage_never_surprises(raw: bytes, cut: int) -> None:
    """Any octets give frames or a RemoteProtocolError, nothing else, wherever they are cut."""

    def outcome(*portions: bytes) -> list[Frame] | str:
        try:
            return parse(*portions)
        except RemoteProtocolError:
            return "refused"

    whole, parts = outcome(b"MESSAGE\n" + raw), outcome(b"MESSAGE\n" + raw[:cut], raw[cut:])
    assert whole == parts
