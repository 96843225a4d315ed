"""STOMP frames, what may be shown of them, and their octets in all three versions.

Reading them is in `frame_parser`. Texts of errors never hold a header value or a body.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

import attrs

from .errors import LocalProtocolError
from .masking import mask_numbers
from .records import Record


class Version(StrEnum):
    """A version of the STOMP protocol."""

    V1_0 = "1.0"
    V1_1 = "1.1"
    V1_2 = "1.2"


CLIENT_COMMANDS: Final = frozenset(
    ("CONNECT", "STOMP", "SEND", "SUBSCRIBE", "UNSUBSCRIBE", "DISCONNECT")
).union(("ACK", "NACK", "BEGIN", "COMMIT", "ABORT"))
SERVER_COMMANDS: Final = frozenset(["CONNECTED", "MESSAGE", "RECEIPT", "ERROR"])
COMMANDS: Final = CLIENT_COMMANDS | SERVER_COMMANDS

# STOMP 1.2, Body: "Only the SEND, MESSAGE, and ERROR frames MAY have a body."
WITH_BODY: Final = frozenset(["SEND", "MESSAGE", "ERROR"])

# STOMP 1.2, Value Encoding: these two stay readable for 1.0 peers. `STOMP` is not excepted.
NEVER_ESCAPED: Final = frozenset(["CONNECT", "CONNECTED"])

SAFE_HEADERS: Final = frozenset(
    ("destination", "id", "subscription", "message-id", "ack", "transaction")
).union(
    ("receipt", "receipt-id", "content-length", "content-type"),
    ("version", "accept-version", "heart-beat", "server", "session"),
)
"""Headers whose values may be shown. Every other value (login, passcode, anything own) may not."""

_ESCAPED_1_1: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", ":": "\\c"})
_ESCAPED_1_2: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", ":": "\\c", "\r": "\\r"})
_UNESCAPED_1_1: Final = {"\\": "\\", "n": "\n", "c": ":"}
_UNESCAPED_1_2: Final = {**_UNESCAPED_1_1, "r": "\r"}
_ESCAPE: Final = re.compile(r"\\(.?)", re.DOTALL)
_ORDINARY: Final = bytes(octet for octet in range(256) if octet not in b"\n:\\\r\0")
_SHOWN_CHARACTERS = 100


@attrs.frozen
class Limits(Record):
    """What a peer may make us hold in memory. More than that is a `RemoteProtocolError`."""

    max_frame_bytes: int = 16 * 1024 * 1024
    """Octets of one whole frame: command, headers and body."""

    max_headers: int = 128
    """Header lines of one frame."""

    max_header_line_bytes: int = 8 * 1024
    """Octets of the command line or of one header line, without its end."""


@attrs.frozen(repr=False, init=False)
class Frame(Record):
    """One STOMP frame as text and octets, headers in wire order with escapes resolved.

    `repr` shows values of `SAFE_HEADERS` only and the body as a length.
    """

    command: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def __init__(
        self, command: str, headers: tuple[tuple[str, str], ...] = (), body: bytes = b""
    ) -> None:
        # Frames are made all the time; this takes two thirds of the time that attrs' own takes.
        set_command(self, command)
        set_headers(self, headers)
        set_body(self, body)

    def header(self, name: str, default: str | None = None) -> str | None:
        """Return the value of the first header called `name` (case sensitive), else `default`."""
        for key, value in self.headers:
            if key == name:  # STOMP 1.2, Repeated Header Entries: the first one wins
                return value
        return default

    def __repr__(self) -> str:
        return describe(self)


_slots: Any = Frame
set_command = _slots.command.__set__
set_headers = _slots.headers.__set__
set_body = _slots.body.__set__


def describe(frame: Frame, safe_headers: Iterable[str] = ()) -> str:
    """Return one line about `frame` that holds no secret, for logs and traces.

    Values are shown of `SAFE_HEADERS` and of the names in `safe_headers`, cut to 100 characters.
    In them and in names, which a peer chooses, what looks like the number of a card is masked.
    """
    shown = SAFE_HEADERS.union(safe_headers)
    command = frame.command
    parts = [command if command in COMMANDS else ascii(_fit(command))[1:-1]]
    for name, value in frame.headers:
        label = ascii(_fit(name))[1:-1]
        parts.append(f"{label}={_fit(value)!a}" if name in shown else f"{label}=…")
    if frame.body:
        parts.append(f"body={len(frame.body)} octets")
    return f"<{' '.join(parts)}>"


def _fit(text: str) -> str:
    return mask_numbers(text)[:_SHOWN_CHARACTERS]  # in this order: half a number is not found


def make_headers(headers: Mapping[str, str | int | None] | None) -> tuple[tuple[str, str], ...]:
    """Return a caller's mapping as header pairs: an int in decimal, a None left out.

    Raises:
        LocalProtocolError: A value is neither text nor int. The value is not quoted.
    """
    pairs: list[tuple[str, str]] = []
    for name, value in (headers or {}).items():
        if isinstance(value, str):
            pairs.append((name, value))
        elif isinstance(value, int) and not isinstance(value, bool):
            try:
                pairs.append((name, str(value)))
            except ValueError:  # CPython writes 4300 digits and no more
                raise LocalProtocolError(f"header {name!a}: the number is too long") from None
        elif value is not None:
            kind = type(value).__name__
            raise LocalProtocolError(f"header {name!r}: expected text or int, got {kind}")
    return tuple(pairs)


def encode_frame(frame: Frame, version: Version) -> bytes:
    """Return the octets of `frame` as a peer that speaks `version` expects them.

    `content-length` is always ours: it counts the octets of the body of SEND, MESSAGE and ERROR,
    and one given by the caller is replaced.

    Raises:
        LocalProtocolError: The frame cannot be written in this version: unknown command, body on a
            command that has none, or a header that would need an escape the version lacks.
    """
    command, headers, body = frame.command, frame.headers, frame.body
    if command not in COMMANDS:
        raise LocalProtocolError("unknown STOMP command")
    try:
        text = "\n".join((command, *map(":".join, headers)))
    except TypeError:
        raise LocalProtocolError(f"{command}: header names and values must be text") from None
    try:
        head = text.encode()
    except UnicodeEncodeError:
        head = b""
    if not head:  # raised out here: that error, which holds all headers, is no context of this one
        raise LocalProtocolError(f"{command}: a header is not valid Unicode text")
    # One look at the whole block tells whether any header needs care; most never do. Of a block
    # that does not, LF and colon in turns are left when all that is ordinary is taken away.
    marks = head.translate(None, _ORDINARY)
    if marks != b"\n:" * len(headers) or "\n:" in text or "content-length" in text:
        head = _careful_head(frame, version).encode()
    if command in WITH_BODY:
        return b"%b\ncontent-length:%d\n\n%b\0" % (head, len(body), body)
    if body:
        raise LocalProtocolError(f"{command}: STOMP allows no body on this command")
    return head + b"\n\n\0"


def _careful_head(frame: Frame, version: Version) -> str:
    """Write command and headers with the escapes of `version`, refusing what it cannot carry."""
    never = frame.command in NEVER_ESCAPED or version is Version.V1_0
    lines = [frame.command]
    for name, value in frame.headers:
        if name == "content-length":
            continue
        where = f"{frame.command}: header {name!a}"
        if not name:
            raise LocalProtocolError(f"{frame.command}: a header name is empty")
        if "\0" in name or "\0" in value:
            raise LocalProtocolError(f"{where}: holds NUL, which ends a frame")
        if not never and version is Version.V1_2:
            lines.append(f"{name.translate(_ESCAPED_1_2)}:{value.translate(_ESCAPED_1_2)}")
            continue
        # STOMP 1.1 has no escape for CR. Raw it is legal, but a 1.2 reader would drop it.
        if "\r" in name or "\r" in value:
            raise LocalProtocolError(f"{where}: holds CR, which cannot be written here")
        if not never:
            lines.append(f"{name.translate(_ESCAPED_1_1)}:{value.translate(_ESCAPED_1_1)}")
            continue
        # Without escapes a line end in a value would be a header of its own: injection.
        if "\n" in name or "\n" in value or ":" in name:
            raise LocalProtocolError(f"{where}: cannot be written without escapes")
        lines.append(f"{name}:{value}")
    return "\n".join(lines)


def unescape(text: str, version: Version | None) -> str | None:
    """Resolve escapes left to right; None when one is undefined in `version`.

    While no version is agreed, known escapes are resolved and unknown ones left alone.
    """
    table = _UNESCAPED_1_1 if version is Version.V1_1 else _UNESCAPED_1_2
    if version is not None and any(found not in table for found in _ESCAPE.findall(text)):
        return None
    return _ESCAPE.sub(lambda match: table.get(match[1], match[0]), text)
