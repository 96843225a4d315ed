"""Reading STOMP frames: from either side, all three versions, incremental and bounded.

The contract of the reader: it is fed octets in any portions, it is asked for frames until it has
none, it looks at no octet twice, and what it cannot read it reports and never skips. No socket, no
clock. Texts of errors give position and expectation, never a header value or a body. What a head
that has arrived whole may hold is in `frame_head`.
"""

import re
from typing import Final, NoReturn

import attrs

from .errors import RemoteProtocolError
from .frame_head import Head, HeadProblem, check_line_lengths, frame_too_long, read_head
from .frames import (
    COMMANDS,
    WITH_BODY,
    Frame,
    Limits,
    Version,
    set_body,
    set_command,
    set_headers,
)
from .records import Record

_LF, _CR = 0x0A, 0x0D
_new: Final = object.__new__
_find_blank_line: Final = re.compile(rb"\n\n").search  # for so short a text faster than bytes.find


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
        self._limits = limits = limits or Limits()
        self._most_octets = limits.max_frame_bytes  # these three: at hand for every frame
        self._most_headers = limits.max_headers
        self._longest_line = limits.max_header_line_bytes
        self._buffer: bytes | bytearray = b""
        self._portion = b""  # the buffer, when that is one portion as it came, else nothing
        self._offset = 0  # octets of the stream before the buffer
        self._start = 0  # where the current frame starts in the buffer
        self._seen = 0  # of a frame that was looked at, what needs not be searched again
        self._line = 0  # start of the last header line seen, while the head is incomplete
        self._head: Head | None = None
        self._body = 0  # where the body starts, once the head is read
        self._failure: str | None = None

    @property
    def buffered(self) -> int:
        """Octets of a frame that has begun and is not complete."""
        return len(self._buffer) - self._start

    def feed(self, data: bytes) -> None:
        """Take more octets; any portion will do."""
        if self._start != len(self._buffer):
            self._append(data)
            return
        self._offset += self._start  # the usual case: nothing left over, nothing copied
        self._buffer = self._portion = data
        self._start = self._seen = 0

    def _append(self, data: bytes) -> None:
        """Forget the octets of frames that have been handed out, and keep the rest and these."""
        if self._failure is not None:
            return
        start = self._start
        if isinstance(self._buffer, bytes):
            self._buffer = bytearray(memoryview(self._buffer)[start:])
            self._portion = b""
        else:
            del self._buffer[:start]
        self._buffer += data
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
        # Nearly all frames arrive whole and are plain: for speed, one loop and no calls for them.
        # The rest, odd, wrong or not yet complete, is left untouched to `_next_with_care`, which
        # reads the same and more, and tells what is wrong and where.
        buffer, start = self._portion, self._start
        if start == len(buffer):
            return None if buffer else self._next_with_care()
        nul = buffer.find(0, start)
        found = _find_blank_line(buffer, start, nul)
        if found is None or nul < 0 or nul - start >= self._most_octets:
            return self._next_with_care()
        blank = found.start()
        try:
            text = buffer[start:blank].decode()
        except UnicodeDecodeError:
            text = ""  # which is no command
        if "\\" in text or "\r" in text or blank - start > self._longest_line:
            return self._next_with_care()
        body = blank + 2
        lines = text.split("\n")
        command = lines.pop(0)
        if command not in (WITH_BODY if nul > body else COMMANDS):
            return self._next_with_care()
        headers: list[tuple[str, str]] = []
        for line in lines:
            name, colon, value = line.partition(":")
            # When this length is not where NUL is, NUL may be part of the body.
            if not name or not colon or (name == "content-length" and value != str(nul - body)):
                return self._next_with_care()
            headers.append((name, value))
        if len(headers) > self._most_headers:
            return self._next_with_care()
        end, size = nul + 1, len(buffer)
        while end < size and buffer[end] == _LF:
            end += 1
        self._start = end
        frame = _new(Frame)  # as `Frame` does it, without its call
        set_command(frame, command)
        set_headers(frame, tuple(headers))
        set_body(frame, buffer[body:nul])
        return frame

    def _next_with_care(self) -> Frame | Heartbeat | None:
        """Do what `next_frame` says, whatever comes."""
        if self._failure is not None:
            raise RemoteProtocolError(self._failure)
        if self._start == len(self._buffer):
            return None
        if self._head is None:
            if self._seen <= self._start:
                if self._skip_line_ends():
                    return HEARTBEAT
                if self._buffer[self._start] == _CR:
                    return None  # half a CRLF
            text, offset = "", 0
            try:
                self._head = self._find_head()
            except HeadProblem as problem:
                text, offset = problem.text, problem.offset
            if text:  # refused out here: that error, which leads to the octets, is no context
                self._refuse(text, self._start + offset)
            if self._head is None:
                return None
        return self._take_frame(self._head)

    def _skip_line_ends(self) -> bool:
        """Skip LF and CRLF before a frame; True when there were any."""
        buffer, position, size = self._buffer, self._start, len(self._buffer)
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

    def _find_head(self) -> Head | None:
        """Find the blank line that ends the headers and read them; None when it is not there."""
        buffer, start = self._buffer, self._start
        look = max(start, self._seen - 2)  # the blank line may have begun in the last portion
        nul = buffer.find(0, self._seen)
        stop = len(buffer) if nul < 0 else nul  # the frames behind this one are not looked at
        end, after = buffer.find(b"\n\n", look, stop), 2
        if self.version is None or self.version is Version.V1_2:
            # Its last octet may be the first of what was found, when the body begins with LF.
            crlf = buffer.find(b"\n\r\n", look, stop if end < 0 else end + 1)
            if crlf >= 0:
                end, after = crlf, 3
        if end < 0:
            if nul >= 0:
                self._refuse("expected a blank line before NUL", nul)
            self._refuse_long_head()
            return None
        self._seen = self._body = end + after
        return read_head(buffer[start:end], self.version, self._limits)

    def _refuse_long_head(self) -> None:
        """Look, once, at the size of what arrived of an unfinished head."""
        buffer, limits, size = self._buffer, self._limits, len(self._buffer)
        if size - self._line > limits.max_header_line_bytes:
            # Lines that are complete are looked at too: a cut must not decide what is refused.
            check_line_lengths(buffer[self._line : size], limits, self._line - self._start)
        if (newline := buffer.rfind(b"\n", self._seen)) >= 0:
            self._line = newline + 1
        # The command is a line too, and of a CRLF that ends it all the first octet may be here.
        most = (limits.max_headers + 1) * (limits.max_header_line_bytes + 2) + 1
        most = min(most, limits.max_frame_bytes)
        if size - self._start > most:
            self._refuse(f"the headers are longer than the limit of {most} octets")
        self._seen = size

    def _take_frame(self, head: Head) -> Frame | None:
        """Return the frame whose head has been read, once its body is complete."""
        command, length = head.command, head.length
        buffer, body = self._buffer, self._body
        if length is None:
            end = buffer.find(0, self._seen)
            if end < 0:
                self._seen = len(buffer)
                if self._seen - self._start > self._limits.max_frame_bytes:
                    self._refuse(frame_too_long(self._limits))
                return None
        else:
            end = body + length
            # Now: what is announced needs not be waited for.
            if end + 1 - self._start > self._limits.max_frame_bytes:
                self._refuse(frame_too_long(self._limits))
            if end >= len(buffer):
                return None
            if buffer[end]:  # STOMP 1.2, content-length: exactly as many octets, then NUL
                self._refuse("expected NUL after content-length octets", end)
        if end > body and command not in WITH_BODY:
            self._refuse(f"{command} must not have a body", body)
        if end + 1 - self._start > self._limits.max_frame_bytes:
            self._refuse(frame_too_long(self._limits))
        with memoryview(buffer) as view:
            content = bytes(view[body:end])  # the body's only copy
        end, size = end + 1, len(buffer)
        while end < size and buffer[end] == _LF:
            end += 1  # RabbitMQ ends every frame with an extra LF
        self._start = self._seen = end
        self._head = None
        return Frame(command, head.headers, content)

    def _refuse(self, problem: str, position: int | None = None) -> NoReturn:
        octet = self._offset + (self._start if position is None else position)
        self._failure = f"not a STOMP frame, octet {octet} of the stream: {problem}"
        self._buffer = self._portion = b""
        self._start = -1  # neither `feed` nor `next_frame` goes its short way any more
        raise RemoteProtocolError(self._failure) from None
