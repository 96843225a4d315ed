"""Reading: nothing a peer sends makes us hold more than we said, and a megabyte is no trouble."""

import time

import pytest
from tests.conformance.peers import agreed, at, cut_at, heard, octet_by_octet, toward
from tests.conformance.readable import HEAD

from stompws.errors import RemoteProtocolError
from stompws.frames import Limits, Version

MEGABYTE = bytes(range(1, 256)) * 4113  # 1,048,815 octets, no NUL


def portions(octets: bytes, size: int) -> list[bytes]:
    return cut_at(octets, range(size, len(octets), size))


@pytest.mark.parametrize(
    ("size", "version", "role"),
    [
        *at(51, "in-one-portion", 2**21),
        *at(52, "in-portions-of-16-KB", 2**14),
    ],
)
def test_a_megabyte_is_read(size: int, version: Version, role: str) -> None:
    """Announced by content-length or ended by NUL, a big body is the same octets."""
    for length in (b"", b"content-length:%d\n" % len(MEGABYTE)):
        octets = toward(role, HEAD) + length + b"\n" + MEGABYTE + b"\0"
        (event,) = heard(agreed(role, version), portions(octets, size))
        assert event.body == MEGABYTE


@pytest.mark.parametrize(("version", "role"), at(52, "linear"))
def test_reading_takes_linear_time(version: Version, role: str) -> None:
    """Four times the body takes about four times as long.

    Were the octets at hand looked at again with each portion, it would be sixteen times.
    """

    def seconds(size: int) -> float:
        session = agreed(role, version)
        pieces = portions(toward(role, HEAD) + b"\n" + b"x" * size, 16)
        started = time.process_time()
        assert heard(session, pieces) == []
        taken = time.process_time() - started
        assert len(heard(session, [b"\0"])) == 1
        return taken

    small = min(seconds(2**18) for _ in range(3))
    assert min(seconds(2**20) for _ in range(2)) < 8 * small


@pytest.mark.parametrize(("version", "role"), at(35, "within-a-huge-limit"))
def test_an_announced_terabyte_reserves_nothing(version: Version, role: str) -> None:
    """Where the limit allows it the frame is waited for, and only what came is held."""
    session = agreed(role, version, limits=Limits(max_frame_bytes=10**13))
    octets = toward(role, HEAD) + b"content-length:1000000000000\n\nx"
    assert heard(session, [octets]) == []
    assert not session.closed
    (end,) = session.eof()
    assert "in the middle of a frame" in end.reason


FRAME_OF_50, TWO_HEADERS = Limits(max_frame_bytes=50), Limits(max_headers=2)
LINE_OF_20 = Limits(max_header_line_bytes=20)
SMALL_HEAD = Limits(max_headers=2, max_header_line_bytes=20)
TOO_MUCH = [
    *at(100, "body-without-end", FRAME_OF_50, HEAD + b"\n" + b"x" * 50),
    *at(100, "whole-body", FRAME_OF_50, HEAD + b"\n" + b"x" * 50 + b"\0"),
    *at(100, "announced-body", FRAME_OF_50, HEAD + b"content-length:51\n\n"),
    *at(100, "announced-in-all", FRAME_OF_50, HEAD + b"content-length:40\n\n" + b"x" * 40 + b"\0"),
    *at(100, "header-count", TWO_HEADERS, HEAD + b"b:2\nc:3\n\n\0"),
    *at(100, "header-without-end", LINE_OF_20, HEAD + b"b:" + b"x" * 20),
    *at(100, "header-line", LINE_OF_20, HEAD + b"b:" + b"x" * 20 + b"\n\n\0"),
    *at(100, "command-line", LINE_OF_20, b"M" * 22),
    *at(100, "head-without-end", SMALL_HEAD, HEAD + b"a:b\n" * 20),
]


@pytest.mark.parametrize(("limits", "octets", "version", "role"), TOO_MUCH)
def test_more_than_the_limits_is_refused(
    limits: Limits, octets: bytes, version: Version, role: str
) -> None:
    """However it arrives, at once or octet by octet."""
    octets = toward(role, octets)
    for pieces in ([octets], list(octet_by_octet(octets))):
        session = agreed(role, version, limits=limits)
        with pytest.raises(RemoteProtocolError, match=r"longer than|more than"):
            heard(session, pieces)
        assert session.closed


@pytest.mark.parametrize(("version", "role"), at(100, "exactly"))
def test_the_limit_itself_is_allowed(version: Version, role: str) -> None:
    """A frame of as many octets as the limit is read; with one more it is not."""
    octets = toward(role, HEAD) + b"\n" + b"x" * 40 + b"\0"
    for most, fits in ((len(octets), True), (len(octets) - 1, False)):
        session = agreed(role, version, limits=Limits(max_frame_bytes=most))
        if fits:
            assert len(heard(session, [octets])) == 1
        else:
            with pytest.raises(RemoteProtocolError, match="longer than"):
                heard(session, [octets])
