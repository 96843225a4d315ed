"""The frame parser and what is shown of frames, beyond the rules of `docs/conformance.md`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stompws.errors import LocalProtocolError, RemoteProtocolError
from stompws.frame_parser import FrameParser
from stompws.frames import (
    Frame,
    Version,
    describe,
    encode_frame,
)

V1_0, V1_1, V1_2 = Version.V1_0, Version.V1_1, Version.V1_2


def parse(*portions: bytes, version: Version | None = V1_2) -> list[Frame]:
    """Feed the portions one by one; return the frames."""
    parser = FrameParser(version=version)
    frames: list[Frame] = []
    for portion in portions:
        parser.feed(portion)
        while (item := parser.next_frame()) is not None:
            if isinstance(item, Frame):
                frames.append(item)
    return frames


def message(*headers: tuple[str, str], body: bytes = b"") -> Frame:
    return Frame("MESSAGE", headers, body)


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


def test_first_of_repeated_headers_wins() -> None:
    """`header` gives the first entry; all are kept."""
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


def test_repr_shows_no_secret() -> None:
    """Values of unknown headers and bodies do not show; names and lengths do."""
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
