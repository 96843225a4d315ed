"""Reading STOMP frames: from either side, all three versions, incremental and bounded.

The contract of the reader: it is fed octets in any portions, it is asked for frames until it has
none, it looks at no octet twice, and what it cannot read it reports and never skips. No socket, no
clock. Texts of errors give position and expectation, never a header value or a body.
"""

import re
from typing import Final, NoReturn

import attrs

from .errors import RemoteProtocolError
from .frames import COMMANDS, NEVER_ESCAPED, WITH_BODY, Frame, Limits, Version
from .records import Record

_UNESCAPED_1_1: Final = {"\\": "\\", "n": "\n", "c": ":"}
_UNESCAPED_1_2: Final = {**_UNESCAPED_1_1, "r": "\r"}
_ESCAPE: Final = re.compile(r"\\(.?)", re.DOTALL)
_LF, _CR = 0x0A, 0x0D
_Head = tuple[str, tuple[tuple[str, str], ...], int | None]  # command, headers, content-length


@attrs.frozen
class Heartbeat(Record):
    """Line ends between frames: nothing said, but the peer is alive."""


HEARTBEAT: Final = Heartbeat()


class FrameParser:
    """Turns octets into frames.

    `version` decides about escapes and line ends, and may be set between two frames. While it is
    None nothing has been agreed yet: known escapes are resolved, unknown ones are left alone.
    After an error the parser stays broken and raises the same again.
    """

    def __init__(self, limits: Limits | None = None, version: Version | None = None) -> None:
        self.version = version
        self._limits = limits or Limits()
        self._buffer: bytes | bytearray = b""
        self._offset = 0  # octets of the stream before the buffer
        self._start = 0  # where the current frame starts in the buffer
        self._seen = 0  # nothing before this index needs to be searched again
        self._line = 0  # start of the last header line seen, while the head is incomplete
        self._head: _Head | None = None
        self._body = 0  # where the body starts, once the head is read
        self._failure: str | None = None

    @property
    def buffered(self) -> int:
        """Octets of a frame that has begun and is not complete."""
        return len(self._buffer) - self._start

    def feed(self, data: bytes) -> None:
        """Take more octets; any portion will do."""
        if self._start == len(self._buffer):  # the usual case: nothing left over, nothing copied
            self._offset += self._start
            self._buffer = data
            self._start = self._seen = self._line = 0
            return
        if self._start:
            self._rebase()
        if isinstance(self._buffer, bytes):
            self._buffer = bytearray(self._buffer)
        self._buffer += data

    def _rebase(self) -> None:
        """Forget the octets of frames that have been handed out."""
        start = self._start
        if isinstance(self._buffer, bytes):
            self._buffer = self._buffer[start:]
        else:
            del self._buffer[:start]
        self._offset += start
        self._seen -= start
        self._line -= start
        self._body -= start
        self._start = 0

    def next_frame(self) -> Frame | Heartbeat | None:
        """Return the next frame, a heart-beat for a run of line ends, or None: feed more.

        Line ends that follow a frame in the same portion are padding and not reported.

        Raises:
            RemoteProtocolError: What comes next is not STOMP, or exceeds the limits.
        """
        if self._failure is not None:
            raise RemoteProtocolError(self._failure)
        if self._head is None:
            if self._start == self._seen:
                if self._skip_line_ends():
                    return HEARTBEAT
                if self._start == len(self._buffer) or self._buffer[self._start] == _CR:
                    return None  # nothing, or half a CRLF
            self._head = self._find_head()
            if self._head is None:
                return None
        return self._take_frame(self._head)

    def _skip_line_ends(self) -> bool:
        """Skip LF and CRLF before a frame; True when there were any."""
        buffer, position, size = self._buffer, self._start, len(self._buffer)
        if position < size and buffer[position] > _CR:
            return False  # a command, as usual
        while position < size:
            octet = buffer[position]
            if octet == _LF:
                position += 1
            elif octet == _CR and buffer[position + 1 : position + 2] == b"\n":
                position += 2  # STOMP 1.2, Frames: EOL may be CRLF. Harmless in every version.
            elif octet == _CR and position + 1 < size:
                self._refuse("expected a command, got CR without LF", position)
            else:
                break
        skipped = position > self._start
        self._start = self._seen = self._line = position
        return skipped

    def _find_head(self) -> _Head | None:
        """Find the blank line that ends the headers and read them; None when it is not there."""
        buffer, start = self._buffer, self._start
        look = max(start, self._seen - 2)  # the blank line may have begun in the last portion
        end, after = buffer.find(b"\n\n", look), 2
        if self.version is None or self.version is Version.V1_2:
            crlf = buffer.find(b"\n\r\n", look, len(buffer) if end < 0 else end)
            if crlf >= 0:
                end, after = crlf, 3
        if end < 0:
            self._refuse_long_head()
            return None
        self._seen = self._body = end + after
        return self._read_head(buffer[start:end])

    def _refuse_long_head(self) -> None:
        """Look, once, at what arrived of an unfinished head: NUL and size."""
        buffer, limits, size = self._buffer, self._limits, len(self._buffer)
        if (nul := buffer.find(0, self._seen)) >= 0:
            self._refuse("expected a blank line before NUL", nul)
        if (newline := buffer.rfind(b"\n", self._seen)) >= 0:
            self._line = newline + 1
        if size - self._line > limits.max_header_line_bytes + 1:  # 1 for a CR
            self._refuse_long_line(self._line)
        most = limits.max_headers * (limits.max_header_line_bytes + 2)
        most = min(most, limits.max_frame_bytes)
        if size - self._start > most:
            self._refuse(f"the headers are longer than the limit of {most} octets")
        self._seen = size

    def _read_head(self, raw: bytes | bytearray) -> _Head:
        """Read command and headers, and what they say about the length of the body."""
        if 0 in raw:
            self._refuse("expected a blank line before NUL", self._start + raw.find(0))
        limits, version = self._limits, self.version
        if len(raw) > limits.max_header_line_bytes:
            self._refuse_long_lines(raw)
        bad = -1
        try:
            text = raw.decode()
        except UnicodeDecodeError as exc:
            text, bad = "", exc.start
        if bad >= 0:  # refused out here: that error, which holds the octets, is no context of ours
            self._refuse("expected UTF-8 in the headers", self._start + bad)
        command, *lines = text.split("\n")
        if "\r" in text and (version is None or version is Version.V1_2):
            command, *lines = self._without_carriage_returns([command, *lines])
        if command not in COMMANDS:
            self._refuse("expected a STOMP command")
        if len(lines) > limits.max_headers:
            self._refuse(f"more than {limits.max_headers} headers")
        escapes = "\\" in text and command not in NEVER_ESCAPED and version is not Version.V1_0
        headers: list[tuple[str, str]] = []
        length: int | None = None
        for line in lines:
            name, colon, value = line.partition(":")
            if not colon:
                self._refuse_header(len(headers), "expected name:value, got no colon")
            if not name:
                self._refuse_header(len(headers), "the name is empty")
            if escapes and "\\" in line:
                name = self._unescape(name, len(headers))
                value = self._unescape(value, len(headers))
            headers.append((name, value))
            if name == "content-length" and length is None:  # the first one wins
                length = self._read_length(value, len(headers) - 1)
        if length and command not in WITH_BODY:
            self._refuse(f"{command} must not have a body")
        return command, tuple(headers), length

    def _take_frame(self, head: _Head) -> Frame | None:
        """Return the frame whose head has been read, once its body is complete."""
        command, headers, length = head
        buffer, body = self._buffer, self._body
        if length is None:
            end = buffer.find(0, self._seen)
            if end < 0:
                self._seen = len(buffer)
                if self._seen - self._start > self._limits.max_frame_bytes:
                    self._refuse(self._too_long)
                return None
        else:
            end = body + length
            if end >= len(buffer):
                return None
            if buffer[end]:  # STOMP 1.2, content-length: exactly as many octets, then NUL
                self._refuse("expected NUL after content-length octets", end)
        if end > body and command not in WITH_BODY:
            self._refuse(f"{command} must not have a body", body)
        if end + 1 - self._start > self._limits.max_frame_bytes:
            self._refuse(self._too_long)
        if isinstance(buffer, bytes):
            content = buffer[body:end]  # the body's only copy
        else:
            with memoryview(buffer) as view:
                content = bytes(view[body:end])
        frame = Frame(command, headers, content)
        end += 1
        size = len(buffer)
        while end < size and buffer[end] == _LF:
            end += 1  # RabbitMQ ends every frame with an extra LF
        self._start = self._seen = self._line = end
        self._head = None
        return frame

    def _without_carriage_returns(self, lines: list[str]) -> list[str]:
        """Drop the CR of each CRLF. STOMP 1.2, BNF: no other CR belongs in a header."""
        stripped = [line.removesuffix("\r") for line in lines]
        for number, line in enumerate(stripped):
            if "\r" in line:
                self._refuse_header(number - 1, "CR without LF")
        return stripped

    def _unescape(self, text: str, number: int) -> str:
        """Resolve escapes left to right. STOMP 1.2, Value Encoding: undefined ones are fatal."""
        table = _UNESCAPED_1_1 if self.version is Version.V1_1 else _UNESCAPED_1_2

        def resolve(match: re.Match[str]) -> str:
            found = table.get(match[1])
            if found is None and self.version is not None:
                self._refuse_header(number, "undefined escape sequence")
            return match[0] if found is None else found

        return _ESCAPE.sub(resolve, text)

    @property
    def _too_long(self) -> str:
        most = self._limits.max_frame_bytes
        return f"the frame is longer than the limit of {most} octets (Limits.max_frame_bytes)"

    def _read_length(self, value: str, number: int) -> int:
        if not (value.isascii() and value.isdigit()):
            self._refuse_header(number, "content-length: expected decimal digits")
        digits = value.lstrip("0")
        # int() refuses thousands of digits with an error of its own, so count them first.
        if len(digits) > len(str(self._limits.max_frame_bytes)):
            self._refuse_header(number, f"content-length: {self._too_long}")
        length = int(digits or "0")
        if length > self._limits.max_frame_bytes:
            self._refuse_header(number, f"content-length: {self._too_long}")
        return length

    def _refuse_long_lines(self, raw: bytes | bytearray) -> None:
        position = self._start
        for line in raw.split(b"\n"):
            if len(line.removesuffix(b"\r")) > self._limits.max_header_line_bytes:
                self._refuse_long_line(position)
            position += len(line) + 1

    def _refuse_long_line(self, position: int) -> NoReturn:
        limit = self._limits.max_header_line_bytes
        self._refuse(f"a header line is longer than {limit} octets", position)

    def _refuse_header(self, number: int, problem: str) -> NoReturn:
        """Report a problem with header `number`, the first being 0."""
        self._refuse(f"header {number + 1}: {problem}")

    def _refuse(self, problem: str, position: int | None = None) -> NoReturn:
        octet = self._offset + (self._start if position is None else position)
        self._failure = f"not a STOMP frame, octet {octet} of the stream: {problem}"
        self._buffer, self._offset, self._start = b"", octet, 0
        raise RemoteProtocolError(self._failure) from None
