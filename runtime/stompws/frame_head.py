"""Reading the head of one STOMP frame: command, headers, and how long they say the body is.

The head is given whole, without the blank line behind it. Where in a stream it stands is the
reader's business: a problem names an octet of the head, never a header value.
"""

import attrs

from .frames import COMMANDS, NEVER_ESCAPED, WITH_BODY, Limits, Version, unescape
from .records import Record


@attrs.frozen
class Head(Record):
    """What stands before the body of a frame, escapes resolved."""

    command: str
    headers: tuple[tuple[str, str], ...]
    length: int | None
    """What `content-length` says; None when there is none and NUL ends the body."""


class HeadProblem(Exception):  # noqa: N818 - a signal to `frame_parser`, not an error to users
    """Why a head cannot be read, and which of its octets tells."""

    def __init__(self, text: str, offset: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.offset = offset


def read_head(raw: bytes | bytearray, version: Version | None, limits: Limits) -> Head:
    """Read a head as a peer that speaks `version` writes it; None: nothing is agreed yet.

    Raises:
        HeadProblem: This is not the head of a STOMP frame, or it exceeds the limits.
    """
    if len(raw) > limits.max_header_line_bytes:  # only then may one line be too long
        check_line_lengths(raw, limits)
    try:
        text = raw.decode()
    except UnicodeDecodeError as exc:
        raise HeadProblem("expected UTF-8 in the headers", exc.start) from None
    command, *lines = text.split("\n")
    if "\r" in text and (version is None or version is Version.V1_2):
        command, *lines = _without_carriage_returns([command, *lines])
    if command not in COMMANDS:
        raise HeadProblem("expected a STOMP command")
    if len(lines) > limits.max_headers:
        raise HeadProblem(f"more than {limits.max_headers} headers")
    escapes = "\\" in text and command not in NEVER_ESCAPED and version is not Version.V1_0
    headers: list[tuple[str, str]] = []
    length: int | None = None
    for number, line in enumerate(lines):
        name, colon, value = line.partition(":")
        if not colon:
            raise _header_problem(number, "expected name:value, got no colon")
        if not name:
            raise _header_problem(number, "the name is empty")
        if escapes and "\\" in line:
            name, value = _unescape(name, value, version, number)
        headers.append((name, value))
        if name == "content-length" and length is None:  # the first one wins
            length = _read_length(value, limits, number)
    if length and command not in WITH_BODY:
        raise HeadProblem(f"{command} must not have a body")
    return Head(command, tuple(headers), length)


def check_line_lengths(raw: bytes | bytearray, limits: Limits, offset: int = 0) -> None:
    """Look at the lines in `raw`, which is the head from `offset` on and may end in mid-line.

    Raises:
        HeadProblem: One is longer than the limit.
    """
    most = limits.max_header_line_bytes
    for line in raw.split(b"\n"):
        if len(line.removesuffix(b"\r")) > most:
            raise HeadProblem(f"a header line is longer than {most} octets", offset)
        offset += len(line) + 1


def frame_too_long(limits: Limits) -> str:
    """Say that a frame is too long, whether its head announces it or its octets show it."""
    most = limits.max_frame_bytes
    return f"the frame is longer than the limit of {most} octets (Limits.max_frame_bytes)"


def _without_carriage_returns(lines: list[str]) -> list[str]:
    """Drop the CR of each CRLF. STOMP 1.2, BNF: no other CR belongs in a header."""
    stripped = [line.removesuffix("\r") for line in lines]
    for number, line in enumerate(stripped):
        if "\r" in line:
            raise _header_problem(number - 1, "CR without LF")
    return stripped


def _unescape(name: str, value: str, version: Version | None, number: int) -> tuple[str, str]:
    """Resolve escapes. STOMP 1.2, Value Encoding: undefined ones are fatal."""
    new_name, new_value = unescape(name, version), unescape(value, version)
    if new_name is None or new_value is None:
        raise _header_problem(number, "undefined escape sequence")
    return new_name, new_value


def _read_length(value: str, limits: Limits, number: int) -> int:
    if not (value.isascii() and value.isdigit()):
        raise _header_problem(number, "content-length: expected decimal digits")
    digits = value.lstrip("0")
    # int() refuses thousands of digits with an error of its own, so count them first.
    if len(digits) > len(str(limits.max_frame_bytes)):
        raise _header_problem(number, f"content-length: {frame_too_long(limits)}")
    length = int(digits or "0")
    if length > limits.max_frame_bytes:
        raise _header_problem(number, f"content-length: {frame_too_long(limits)}")
    return length


def _header_problem(number: int, problem: str) -> HeadProblem:
    """Return a problem with header `number`, the first being 0."""
    return HeadProblem(f"header {number + 1}: {problem}")
