"""Plain frames that arrive whole take a short way. It reads as the long way does, or not at all."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stompws.errors import RemoteProtocolError
from stompws.frame_parser import FrameParser
from stompws.frames import Frame, Limits, Version

LIMITS = Limits(max_frame_bytes=60, max_headers=3, max_header_line_bytes=24)


def read(portions: list[bytes], version: Version | None) -> tuple[list[Frame], str | None]:
    """Return the frames read, and the error at the end if there was one."""
    parser = FrameParser(LIMITS, version)
    frames: list[Frame] = []
    try:
        for portion in portions:
            parser.feed(portion)
            while (item := parser.next_frame()) is not None:
                frames += [item] if isinstance(item, Frame) else []
    except RemoteProtocolError as exc:
        return frames, str(exc)
    return frames, None


pieces = st.sampled_from(
    [
        *(b"MESSAGE", b"SEND", b"RECEIPT", b"CONNECTED", b"NONSENSE", b"\n", b"\n", b"\n\n", b"\0"),
        *(b"\0\n", b"a:b", b":b", b"a:", b"a", b"a:b:c", b"a:\\n", b"\\q", b"\r\n", b"\r", b"\xff"),
        *(b"content-length:0", b"content-length:1", b"content-length:3", b"content-length:03"),
        *(b"content-length:x", b"{}", b"x", b"a\0b", "ä:ö".encode(), b"x" * 25, b"x" * 61),
        *(b"MESSAGE\na:b\n\nx\0", b"MESSAGE\ncontent-length:1\n\nx\0\n", b"RECEIPT\n\n\0"),
        *(b"MESSAGE\ncontent-length:3\n\na\0b\0", b"SEND\ncontent-length:2\n\nx\0", b"ERROR\n\n\0"),
    ]
)


@settings(max_examples=2000, deadline=None)
@given(
    raw=st.lists(pieces, max_size=14).map(b"".join),
    version=st.sampled_from([None, *Version]),
    cut=st.integers(0, 100),
)
def test_whole_or_in_parts_it_reads_the_same(raw: bytes, version: Version | None, cut: int) -> None:
    """In one portion frames may take the short way; octet by octet none does.

    The frames are the same, and so are an error and its place, but for what exceeds a limit: that
    may be noticed the earlier, the smaller the portions are.
    """
    frames, error = read([raw], version)
    for portions in ([raw[:cut], raw[cut:]], [raw[n : n + 1] for n in range(len(raw))]):
        again, other = read(portions, version)
        assert again == frames
        if "longer than" not in f"{error} {other}":
            assert other == error


@pytest.mark.parametrize("late", [b"MESSAGE\n\n\0", b"\n", b"", b"\0"])
def test_nothing_is_read_after_a_fault(late: bytes) -> None:
    """A broken parser takes no more octets, and says the same again."""
    parser = FrameParser(version=Version.V1_2)
    parser.feed(b"MESSAGE\n\n\0NONSENSE\n\n\0")
    assert parser.next_frame() == Frame("MESSAGE")
    for _ in range(3):
        with pytest.raises(RemoteProtocolError, match="octet 10 of the stream: expected a STOMP"):
            parser.next_frame()
        parser.feed(late)


@pytest.mark.parametrize(
    "frame",
    [b"MESSAGE\r\n\r\n\0", b"MESSAGE\na:\\n\n\n\0", b"MESSAGE\na:b\n\n\0", b"ERROR\r\n\n\0\n"],
    ids=["CRLF", "escape", "plain", "mixed"],
)
def test_many_frames_in_one_portion_take_linear_time(frame: bytes) -> None:
    """Reading one frame never looks through those that wait behind it."""
    count = 100_000
    parser = FrameParser(version=Version.V1_2)
    parser.feed(frame * count)
    started = time.process_time()
    found = 0
    while parser.next_frame() is not None:
        found += 1
    assert found == count
    assert time.process_time() - started < 15  # looking at all of them each time takes minutes
