"""Writing: the octets of a frame, as each version wants them, from both roles."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conformance.peers import (
    ALL,
    ESCAPING,
    V1_0,
    V1_1,
    V1_2,
    Headers,
    Session,
    agreed,
    at,
    say,
    written,
)

from stompws.errors import LocalProtocolError
from stompws.frame_parser import FrameParser
from stompws.frames import Frame, Version, encode_frame
from stompws.protocol import ClientProtocol, ServerProtocol


def value(
    row: int, name: str, text: str, octets: bytes, versions: Iterable[Version]
) -> list[object]:
    """A header value and its octets."""
    return at(row, name, "own", text, b"own:" + octets, versions=versions)


def header_name(
    row: int, name: str, text: str, octets: bytes, versions: Iterable[Version]
) -> list[object]:
    """A header name and its octets."""
    return at(row, name, text, "value", octets + b":value", versions=versions)


LINES = [
    *value(59, "backslash", "a\\b", rb"a\\b", [V1_2]),
    *value(59, "LF", "a\nb", rb"a\nb", [V1_2]),
    *value(59, "colon", "a:b", rb"a\cb", [V1_2]),
    *value(59, "CR", "a\rb", rb"a\rb", [V1_2]),
    *value(59, "CRLF-at-the-end", "a\r\n", rb"a\r\n", [V1_2]),
    *value(59, "backslash-first", r"\n\c\r\\", rb"\\n\\c\\r\\\\", [V1_2]),
    *value(59, "spaces-stay", " a\t ", b" a\t ", [V1_2]),
    *value(59, "empty", "", b"", [V1_2]),
    *value(59, "any-character", "ä\u2028\x85😀", "ä\u2028\x85😀".encode(), [V1_2]),
    *header_name(60, "colon", "a:b", rb"a\cb", ESCAPING),
    *header_name(60, "LF-and-backslash", "a\n\\", rb"a\n\\", ESCAPING),
    *header_name(60, "CR", "a\rb", rb"a\rb", [V1_2]),
    *value(61, "backslash", "a\\b", rb"a\\b", [V1_1]),
    *value(61, "LF", "a\nb", rb"a\nb", [V1_1]),
    *value(61, "colon", "a:b", rb"a\cb", [V1_1]),
    *value(61, "backslash-first", r"\n\c", rb"\\n\\c", [V1_1]),
    *value(62, "backslash", r"a\nb\\", rb"a\nb\\", [V1_0]),
    *value(62, "colon", "a:b", b"a:b", [V1_0]),
]


@pytest.mark.parametrize(("name", "text", "line", "version", "role"), LINES)
def test_header_is_written(name: str, text: str, line: bytes, version: Version, role: str) -> None:
    """Exactly this line, escaped as the version knows it, stands among the headers."""
    head, _, body = written(role, version, {name: text}, b"x").partition(b"\n\n")
    assert head.split(b"\n").count(line) == 1
    assert body == b"x\0"
    plain = written(role, version, {}, b"x")
    assert len(head.split(b"\n")) == len(plain.partition(b"\n\n")[0].split(b"\n")) + 1


REFUSED_HEADERS = [
    *at(61, "CR", {"own": "canary\r"}, versions=[V1_1]),
    *at(61, "CR-in-a-name", {"a\r": "canary"}, versions=[V1_1]),
    *at(62, "CR", {"own": "canary\r"}, versions=[V1_0]),
    *at(62, "LF", {"own": "canary\nevil:1"}, versions=[V1_0]),
    *at(62, "NUL", {"own": "canary\0"}, versions=[V1_0]),
    *at(62, "LF-in-a-name", {"evil:1\na": "canary"}, versions=[V1_0]),
    *at(62, "colon-in-a-name", {"a:b": "canary"}, versions=[V1_0]),
    *at(60, "NUL-in-a-name", {"a\0": "canary"}, versions=ESCAPING),
    *at(60, "NUL-in-a-value", {"a": "canary\0"}, versions=ESCAPING),
    *at(60, "empty-name", {"": "canary"}, versions=ESCAPING),
    *at(69, "float", {"own": 1.5}),
    *at(69, "bool", {"own": True}),
    *at(69, "bytes", {"own": b"canary"}),
    *at(69, "list", {"own": ["canary"]}),
    *at(69, "no-Unicode", {"own": "canary\udc80"}),
]


@pytest.mark.parametrize(("headers", "version", "role"), REFUSED_HEADERS)
def test_header_is_refused(headers: Headers, version: Version, role: str) -> None:
    """What cannot be written is the caller's error; nothing is queued and no value quoted."""
    session = agreed(role, version)
    with pytest.raises(LocalProtocolError, match="header") as error:
        say(session, b"", headers)
    assert "canary" not in str(error.value)
    assert error.value.__context__ is None or error.value.__suppress_context__
    assert session.data_to_send(0) == []


@pytest.mark.parametrize(("version", "role"), at(69, "None-and-int"))
def test_none_is_left_out_and_int_is_decimal(version: Version, role: str) -> None:
    """None is no header, also no empty one; numbers are digits without end."""
    octets = written(role, version, {"none": None, "number": 7, "big": 10**20, "less": -3})
    lines = octets.split(b"\n")
    assert [line for line in lines if line.startswith((b"number", b"big", b"less"))] == [
        b"number:7", b"big:100000000000000000000", b"less:-3"
    ]  # fmt: skip
    assert b"none" not in octets


FIRST_FRAMES = [
    *at(63, "escapes", r"a\nb\c\\", rb"a\nb\c\\"),
    *at(63, "colons", "a:b::", b"a:b::"),
]


def speak_first(role: str, version: Version, headers: Headers) -> Session:
    """Say CONNECT or CONNECTED with these headers."""
    if role == "client":
        client = ClientProtocol()
        client.connect(headers, host="h", versions=[version])
        return client
    server = ServerProtocol()
    server.receive_data(f"CONNECT\naccept-version:{version}\n\n\0", 0)
    server.accept(headers=headers)
    return server


@pytest.mark.parametrize(("text", "octets", "version", "role"), FIRST_FRAMES)
def test_first_frame_is_not_escaped(text: str, octets: bytes, version: Version, role: str) -> None:
    """A 1.0 peer has to be able to read CONNECT and CONNECTED."""
    (raw,) = speak_first(role, version, {"own": text}).data_to_send(0)
    assert b"\nown:" + octets + b"\n" in raw


INJECTIONS = [
    *at(64, "LF", {"passcode": "p\nevil:1"}),
    *at(64, "CRLF", {"passcode": "p\r\nevil:1"}),
    *at(64, "CR", {"passcode": "p\r"}),
    *at(64, "NUL", {"passcode": "p\0MESSAGE"}),
    *at(64, "name", {"evil:1\na": "p"}),
    *at(64, "colon-in-a-name", {"evil:1": "p"}),
]


@pytest.mark.parametrize(("headers", "version", "role"), INJECTIONS)
def test_header_injection_is_refused(headers: Headers, version: Version, role: str) -> None:
    """Without escapes a line end in a value would be a header of its own."""
    with pytest.raises(LocalProtocolError, match="header"):
        speak_first(role, version, headers)


def lengths(octets: bytes) -> list[bytes]:
    head = octets.partition(b"\n\n")[0]
    return [line for line in head.split(b"\n") if line.lower().startswith(b"content-length")]


BODIES = [
    *at(65, "octets-not-characters", "äö😀".encode(), b"content-length:8"),
    *at(65, "empty", b"", b"content-length:0"),
    *at(65, "a-megabyte", b"x" * 2**20, b"content-length:1048576"),
    *at(66, "NUL", b"a\0b", b"content-length:3"),
    *at(66, "only-NUL", b"\0", b"content-length:1"),
    *at(68, "line-ends", b"\r\n\na\\n\\c\n", b"content-length:9"),
    *at(68, "blanks", b"  \t ", b"content-length:4"),
    *at(70, "every-octet", bytes(range(256)), b"content-length:256"),
    *at(70, "no-UTF-8", b"\xff\xfe\xc3", b"content-length:3"),
    *at(72, "looks-like-headers", b"own:1\n\nx", b"content-length:8"),
]


@pytest.mark.parametrize(("body", "line", "version", "role"), BODIES)
def test_body_is_written(body: bytes, line: bytes, version: Version, role: str) -> None:
    """One content-length that counts octets, a blank line, the body as it is, and NUL."""
    octets = written(role, version, {}, body)
    head, blank, rest = octets.partition(b"\n\n")
    assert lengths(octets) == [line]
    assert blank
    assert rest == body + b"\0"
    assert b"\0" not in head


@pytest.mark.parametrize(("version", "role"), at(70, "text-is-refused"))
def test_text_is_no_body(version: Version, role: str) -> None:
    """Which octets a text is, the caller has to say; nothing is queued."""
    session = agreed(role, version)
    with pytest.raises(TypeError):
        say(session, "text")  # type: ignore[arg-type]  # what a caller may do all the same
    assert session.data_to_send(0) == []


OWN_LENGTHS = [
    *at(67, "wrong", "1"),
    *at(67, "right", "5"),
    *at(67, "nonsense", "all"),
    *at(67, "int", 3),
]


@pytest.mark.parametrize(("given_length", "version", "role"), OWN_LENGTHS)
def test_callers_content_length_is_replaced(
    given_length: str | int, version: Version, role: str
) -> None:
    """There is one, and it is right."""
    octets = written(role, version, {"content-length": given_length}, b"12345")
    assert lengths(octets) == [b"content-length:5"]


@pytest.mark.parametrize(("version", "role"), at(67, "frame-without-body"))
def test_frames_without_body_have_no_content_length(version: Version, role: str) -> None:
    """A peer would wait for a body that SUBSCRIBE and RECEIPT cannot have."""
    command = "SUBSCRIBE" if role == "client" else "RECEIPT"
    octets = encode_frame(Frame(command, (("content-length", "5"), ("a", "b"))), version)
    assert octets == command.encode() + b"\na:b\n\n\0"
    with pytest.raises(LocalProtocolError, match="no body"):
        encode_frame(Frame(command, (), b"x"), version)


@pytest.mark.parametrize(("version", "role"), at(71, "unchanged"))
def test_callers_headers_are_not_changed(version: Version, role: str) -> None:
    """A mapping that was passed in is as it was, and can be used again."""
    headers: dict[str, str | int | None] = {"a": "b", "n": 1, "none": None, "content-length": "9"}
    before = list(headers.items())
    first = written(role, version, headers, b"x")
    assert list(headers.items()) == before
    assert written(role, version, headers, b"x") == first


@pytest.mark.parametrize(("version", "role"), at(72, "without-body"))
def test_blank_line_stands_also_without_a_body(version: Version, role: str) -> None:
    """Command, headers, blank line, NUL."""
    assert written(role, version).endswith(b"\ncontent-length:0\n\n\0")


def text(version: Version) -> st.SearchStrategy[str]:
    """Texts that the version can write into a header value."""
    impossible = {V1_0: "\0\r\n", V1_1: "\0\r", V1_2: "\0"}[version]
    return st.text(st.characters(codec="utf-8", exclude_characters=impossible), max_size=20)


ROUND_TRIPS = [
    *at(59, "read-again", versions=[V1_2]),
    *at(61, "read-again", versions=[V1_1]),
    *at(62, "read-again", versions=[V1_0]),
    *at(68, "read-again", versions=ALL),
]


@pytest.mark.parametrize(("version", "role"), ROUND_TRIPS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_written_is_read(version: Version, role: str, data: st.DataObject) -> None:
    """Any value and body that a version can write comes back from the parser as it was."""
    values = data.draw(st.lists(text(version), max_size=4))
    body = data.draw(st.binary(max_size=60))
    octets = written(role, version, {f"own-{n}": v for n, v in enumerate(values)}, body)
    parser = FrameParser(version=version)
    for portion in (octets[:20], octets[20:]):
        parser.feed(portion)
    frame = parser.next_frame()
    assert isinstance(frame, Frame)
    assert [v for name, v in frame.headers if name.startswith("own-")] == values
    assert frame.body == body
