"""A stream of octets cut into pieces: the HTTP upgrade, then WebSocket frames."""

import attrs

from stompws.errors import RemoteProtocolError
from stompws.frame_parser import FrameParser, Heartbeat
from stompws.frames import Frame, Version

_DATA_OPCODES = (0x0, 0x1, 0x2)  # RFC 6455, 11.8: continuation, text, binary


@attrs.frozen
class Piece:
    """The upgrade, a WebSocket frame or, where framing is not understood, whatever came at once."""

    raw: bytes = attrs.field(repr=False)
    offset: int
    """Octets of this direction before it."""

    number: int | None = None
    """Which STOMP frame of its direction it carries, from 1; 0 is the upgrade, None anything else.
    Both sides of this project put one STOMP frame into one WebSocket frame."""

    body: int = 0
    """Where the payload begins."""

    mask: bytes = b""
    """Of the payload, from a client."""

    whole: "Piece | None" = attrs.field(default=None, repr=False)
    """What it is the rest of, when its beginning passed earlier."""

    @property
    def end(self) -> int:
        """Octets of this direction up to its end."""
        return self.offset + len(self.raw)

    @property
    def payload(self) -> bytes:
        """What the WebSocket frame carries."""
        payload = self.raw[self.body :]
        if not self.mask:
            return payload
        key = (self.mask * (len(payload) // 4 + 1))[: len(payload)]
        return (int.from_bytes(payload) ^ int.from_bytes(key)).to_bytes(len(payload))

    @property
    def frame(self) -> Frame | None:
        """The STOMP frame in it, when there is one that can be read."""
        if not self.number:
            return None
        parser = FrameParser(version=Version.V1_2)
        parser.feed(self.payload)
        try:
            found = parser.next_frame()
        except RemoteProtocolError:  # spoiled by the relay
            return None
        return None if isinstance(found, Heartbeat) else found

    def spoiled(self, index: int, mask: int) -> "Piece":
        """The piece with one octet changed."""
        raw = bytearray(self.raw)
        raw[index] ^= mask
        return attrs.evolve(self, raw=bytes(raw))


class Pieces:
    """Cuts one direction of a connection. `framed=False`: every portion is a piece."""

    def __init__(self, *, framed: bool) -> None:
        self._framed = framed
        self._buffer = b""
        self._offset = self._frames = 0
        self._upgraded = False

    def feed(self, data: bytes) -> list[Piece]:
        """Take octets; return the pieces that are complete."""
        self._buffer += data
        found: list[Piece] = []
        while (piece := self._next()) is not None:
            self._buffer = self._buffer[len(piece.raw) :]
            self._offset = piece.end
            found.append(piece)
        return found

    def rest(self) -> Piece | None:
        """What is left of a piece that never became complete."""
        return Piece(self._buffer, self._offset) if self._buffer else None

    def _next(self) -> Piece | None:
        if not self._framed:
            return self.rest()
        if self._upgraded:
            return self._websocket_frame()
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        self._upgraded = True
        return Piece(self._buffer[: end + 4], self._offset, 0)

    def _websocket_frame(self) -> Piece | None:
        """Read one frame by RFC 6455, 5.2."""
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        length, body = buffer[1] & 0x7F, 2
        if length > 125:
            body += 2 if length == 126 else 8
            length = int.from_bytes(buffer[2:body])
        mask = b""
        if buffer[1] & 0x80:
            mask = buffer[body : body + 4]
            body += 4
        if len(buffer) < body + length:
            return None
        piece = Piece(buffer[: body + length], self._offset, None, body, mask)
        if buffer[0] & 0x0F in _DATA_OPCODES and piece.payload.strip(b"\r\n"):
            self._frames += 1
            piece = attrs.evolve(piece, number=self._frames)
        return piece
