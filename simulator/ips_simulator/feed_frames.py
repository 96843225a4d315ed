"""STOMP frames as they may be shown in the feed."""

from typing import Final

from stompws.codec import Codec
from stompws.frames import SAFE_HEADERS, Frame
from stompws.redaction import Redactor, mask_numbers
from stompws.session import Direction
from stompws.shapes import Struct
from worldpay_ips.operations import API

from .feed import FrameSeen

_OWN: Final = frozenset({"x-wp-correlation-id", "x-wp-message-id", "message", "receipt-id"})
_HIDDEN: Final = "…"
_LONGEST: Final = 200

# One destination has one message in one direction, except where a client sends and listens.
_SENT: Final = {
    operation.channel.address: operation.messages[0].payload
    for operation in API.operations
    if operation.messages and not operation.channel.address.startswith("/client/")
}
_RECEIVED: Final = {
    operation.channel.address: operation.messages[0].payload
    for operation in API.operations
    if operation.messages and operation.channel.address.startswith("/client/")
}


def frame_seen(
    direction: Direction,
    frame: Frame,
    codec: Codec,
    *,
    at: float,
    paypoint_id: str,
    connection: int,
    fault: str | None = None,
) -> FrameSeen:
    """What may be shown of a frame."""
    return FrameSeen(
        at=at,
        paypoint_id=paypoint_id,
        connection=connection,
        direction="in" if direction == "received" else "out",
        command=frame.command,
        headers=tuple(_header(name, value) for name, value in frame.headers),
        body=_body(direction, frame, codec),
        size=len(frame.body),
        fault=fault,
    )


def _header(name: str, value: str) -> tuple[str, str]:
    shown = name in SAFE_HEADERS or name in _OWN
    return mask_numbers(name)[:_LONGEST], mask_numbers(value)[:_LONGEST] if shown else _HIDDEN


def _body(direction: Direction, frame: Frame, codec: Codec) -> str | None:
    """The body as its message, redacted. What is no message of its destination is not shown."""
    types = _SENT if direction == "received" else _RECEIVED
    type_: type[Struct] | None = types.get(frame.header("destination") or "")
    if not frame.body or type_ is None:
        return None
    return Redactor().show(codec.receive(type_, frame.body).payload)
