"""Header values through RabbitMQ and back, in the three versions and their escapes."""

import pytest

from stompws.errors import ConnectionLostError, LocalProtocolError
from stompws.frames import Version

from .rabbitmq_broker import Line
from .rabbitmq_talk import take, wait_for_end

pytestmark = pytest.mark.usefixtures("nothing_left_behind")

PLAIN = {
    "x-plain": "value",
    "x-empty": "",
    "x-trailing": "two  words  ",
    "x-scripts": "Grüße 東京 𝄞",
}
IN_1_1 = {
    **PLAIN,
    "x-leading": "  two  ",  # in 1.0 RabbitMQ drops leading blanks
    "x-colon": "a:b:",
    "x-backslash": "a\\b\\\\c\\",
    "x-line": "one\ntwo\n",
    "x-escape": "\\n is no line end, \\c no colon",
    "x:name\\with\nall": "kept",
}
IN_1_2 = {**IN_1_1, "x-return": "one\r\ntwo\r", "x-escaped-return": "\\r"}


@pytest.mark.parametrize(
    ("version", "headers"),
    [(Version.V1_0, PLAIN), (Version.V1_1, IN_1_1), (Version.V1_2, IN_1_2)],
    ids=list(Version),
)
def test_headers_come_back_as_they_were_sent(
    line: Line, queue: str, version: Version, headers: dict[str, str]
) -> None:
    """All that a version can carry survives two escapings and two unescapings (13, 59 to 62)."""
    with line.open(versions=[version]) as driver:
        driver.send_frames(
            lambda protocol: (protocol.subscribe(queue), protocol.send(queue, b"", headers))
        )
        (message,) = take(driver, 1)
    assert {name: message.headers.get(name) for name in headers} == headers


def test_version_1_0_shows_what_rabbitmq_escapes(line: Line, queue: str) -> None:
    r"""STOMP 1.0 has no escapes: RabbitMQ's `\c` for a colon reaches the caller as it came (39)."""
    with line.open(versions=[Version.V1_0]) as driver:
        driver.send_frames(
            lambda protocol: (protocol.subscribe(queue), protocol.send(queue, b"", {"x": "a:b"}))
        )
        (message,) = take(driver, 1)
    assert message.headers["x"] == "a\\cb"


def test_version_1_0_loses_leading_blanks_to_rabbitmq(line: Line, queue: str) -> None:
    """RabbitMQ trims what it reads in 1.0, on the left; what it says is not trimmed again (20)."""
    with line.open(versions=[Version.V1_0]) as driver:
        driver.send_frames(
            lambda protocol: (protocol.subscribe(queue), protocol.send(queue, b"", {"x": "  2  "}))
        )
        (message,) = take(driver, 1)
    assert message.headers["x"] == "2  "


def test_backslash_in_1_0_may_end_the_session_with_a_reason(line: Line, queue: str) -> None:
    """RabbitMQ reads escapes in 1.0 too; what it says when it refuses one reaches the caller."""
    with line.open(versions=[Version.V1_0]) as driver:
        driver.send(queue, b"", {"x": "C:\\tills"})
        end = wait_for_end(driver)
    assert isinstance(end, ConnectionLostError)
    assert end.close_code == 1007
    assert "bad_escape" in (end.close_reason or "")


@pytest.mark.parametrize(
    ("version", "value"),
    [
        (Version.V1_0, "a\nevil:1"),
        (Version.V1_0, "a\rb"),
        (Version.V1_1, "a\rb"),
        (Version.V1_2, "a\0b"),
    ],
    ids=["LF in 1.0", "CR in 1.0", "CR in 1.1", "NUL in 1.2"],
)
def test_what_a_version_cannot_carry_is_refused_and_the_session_goes_on(
    line: Line, queue: str, version: Version, value: str
) -> None:
    """A header that would become another one, or end the frame, never leaves (61, 62)."""
    with line.open(versions=[version]) as driver:
        with pytest.raises(LocalProtocolError):
            driver.send(queue, b"bad", {"x": value})
        driver.send_frames(
            lambda protocol: (protocol.subscribe(queue), protocol.send(queue, b"good"))
        )
        (message,) = take(driver, 1)
    assert message.body == b"good"
    assert "evil" not in message.headers
