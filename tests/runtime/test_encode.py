"""Writing frames: what leaves is legal in the version spoken, or nothing leaves."""

import pytest

from stompws.errors import LocalProtocolError
from stompws.frames import Frame, Version, encode_frame, make_headers

V1_0, V1_1, V1_2 = Version.V1_0, Version.V1_1, Version.V1_2
LENGTH_0 = b"content-length:0\n\n\0"


@pytest.mark.parametrize(
    ("version", "frame", "raw"),
    [
        pytest.param(
            V1_2,
            Frame("SEND", (("a", "\\\n:\r"),)),
            b"SEND\na:\\\\\\n\\c\\r\n" + LENGTH_0,
            id="59 values",
        ),
        pytest.param(
            V1_2, Frame("SEND", (("a:\n", "b"),)), b"SEND\na\\c\\n:b\n" + LENGTH_0, id="60 names"
        ),
        pytest.param(
            V1_1,
            Frame("SEND", (("a", "\\\n:"),)),
            b"SEND\na:\\\\\\n\\c\n" + LENGTH_0,
            id="61 in 1.1",
        ),
        pytest.param(
            V1_0, Frame("SEND", (("a", "\\b:c"),)), b"SEND\na:\\b:c\n" + LENGTH_0, id="62 in 1.0"
        ),
        pytest.param(
            V1_2, Frame("CONNECT", (("a", "\\b:c"),)), b"CONNECT\na:\\b:c\n\n\0", id="63 CONNECT"
        ),
        pytest.param(
            V1_2, Frame("CONNECTED", (("a", "b:c"),)), b"CONNECTED\na:b:c\n\n\0", id="63 CONNECTED"
        ),
        pytest.param(
            V1_2, Frame("STOMP", (("a", "b:c"),)), b"STOMP\na:b\\cc\n\n\0", id="STOMP is escaped"
        ),
        pytest.param(
            V1_2,
            Frame("SEND", (), "äö".encode()),
            "SEND\ncontent-length:4\n\näö\0".encode(),
            id="65 octets",
        ),
        pytest.param(
            V1_2, Frame("SEND", (), b"a\0b"), b"SEND\ncontent-length:3\n\na\0b\0", id="66 NUL"
        ),
        pytest.param(
            V1_2,
            Frame("SEND", (("content-length", "9"), ("a", "b"), ("content-length", "x")), b"z"),
            b"SEND\na:b\ncontent-length:1\n\nz\0",
            id="67 length is ours",
        ),
        pytest.param(
            V1_2,
            Frame("SEND", (), b"\\\r\n:\xff"),
            b"SEND\ncontent-length:5\n\n\\\r\n:\xff\0",
            id="68 body",
        ),
        pytest.param(V1_2, Frame("DISCONNECT"), b"DISCONNECT\n\n\0", id="72 blank line"),
        pytest.param(
            V1_2, Frame("SEND", (("ä", ""),)), "SEND\nä:\n".encode() + LENGTH_0, id="UTF-8, empty"
        ),
    ],
)
def test_frame_is_written(version: Version, frame: Frame, raw: bytes) -> None:
    """Escapes are those of the version, and content-length counts octets (rows in the ids)."""
    assert encode_frame(frame, version) == raw


@pytest.mark.parametrize(
    ("version", "frame"),
    [
        pytest.param(V1_1, Frame("SEND", (("a", "canary\r"),)), id="61 CR in 1.1"),
        pytest.param(V1_0, Frame("SEND", (("a", "canary\nevil:1"),)), id="62 LF in 1.0"),
        pytest.param(V1_0, Frame("SEND", (("a", "canary\r"),)), id="62 CR in 1.0"),
        pytest.param(V1_0, Frame("SEND", (("a:b", "canary"),)), id="62 colon in a name in 1.0"),
        pytest.param(V1_0, Frame("SEND", (("a", "canary\0"),)), id="62 NUL in 1.0"),
        pytest.param(V1_2, Frame("SEND", (("a", "canary\0"),)), id="NUL in 1.2"),
        pytest.param(V1_2, Frame("CONNECT", (("passcode", "canary\nevil:1"),)), id="64 injection"),
        pytest.param(V1_2, Frame("CONNECT", (("passcode", "canary\r"),)), id="64 CR"),
        pytest.param(V1_2, Frame("CONNECT", (("a:b", "canary"),)), id="64 name"),
        pytest.param(V1_2, Frame("SEND", (("", "canary"),)), id="empty name"),
        pytest.param(V1_2, Frame("SEND", (("a", "canary\ud800"),)), id="not Unicode"),
        pytest.param(V1_2, Frame("SUBSCRIBE", (), b"canary"), id="body where none is allowed"),
        pytest.param(V1_2, Frame("canary"), id="unknown command"),
        pytest.param(V1_2, Frame("SEND\n\n\0canary"), id="command injection"),
    ],
)
def test_unwritable_is_refused(version: Version, frame: Frame) -> None:
    """What the version cannot carry is the caller's error, and its value is not quoted."""
    with pytest.raises(LocalProtocolError) as error:
        encode_frame(frame, version)
    assert "canary" not in str(error.value)
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_numbers_and_absent_values_are_understood() -> None:
    """An int is written in decimal, a None left out, and the mapping not changed (rows 69, 71)."""
    given: dict[str, str | int | None] = {"a": 7, "b": None, "c": ""}
    assert make_headers(given) == (("a", "7"), ("c", ""))
    assert given == {"a": 7, "b": None, "c": ""}
    assert make_headers(None) == ()


@pytest.mark.parametrize(
    "value", [True, 1.5, b"x", object()], ids=["bool", "float", "bytes", "object"]
)
def test_other_values_are_refused(value: object) -> None:
    """Nothing is turned into text by guessing (row 69)."""
    headers: dict[str, object] = {"a": value}
    with pytest.raises(LocalProtocolError, match="header 'a': expected text or int"):
        make_headers(headers)  # type: ignore[arg-type]  # the point of the test


def test_header_that_is_no_text_is_refused() -> None:
    """A frame built by hand is checked too (row 69)."""
    frame = Frame("SEND", (("a", 1),))  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(LocalProtocolError, match="must be text"):
        encode_frame(frame, V1_2)
