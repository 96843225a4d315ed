"""The end of a WebSocket as it is read and written: RFC 6455, 7."""

from typing import Final

import attrs

from .records import Record

NORMAL, PROTOCOL_ERROR = 1000, 1002  # RFC 6455, 7.4.1
LINGER_SECONDS: Final = 1.0
"""How long the other side may take to answer the WebSocket's close frame, and how long we go on to
read what it said before it stopped to take what we say."""

_MAX_REASON_OCTETS = 123  # RFC 6455, 5.5: 125 less the code


@attrs.frozen
class Close(Record):
    """The peer ended the WebSocket."""

    code: int | None
    """RFC 6455 close code; None when the connection just ended."""

    reason: str = ""
    """Printable, at most 123 octets."""


def read_close(data: bytes) -> Close:
    """Return what the payload of a close frame says."""
    if len(data) < 2:
        return Close(1005)  # RFC 6455, 7.1.5: no code in the frame
    reason = data[2 : 2 + _MAX_REASON_OCTETS].decode(errors="replace")
    printable = "".join(char if char.isprintable() else " " for char in reason)
    # A replacement character takes more octets than what it stands for: cut again.
    shown = printable.encode()[:_MAX_REASON_OCTETS].decode(errors="ignore")
    return Close(int.from_bytes(data[:2]), shown)
