"""Faults that change what is in a frame. Pure functions, octets in and octets out."""

import uuid
from collections.abc import Callable, Mapping
from typing import Final

import attrs

from stompws.frames import Frame, Version, encode_frame

from .faults import OWN_HEADERS, Fault, FaultKind

CORRELATION_ID: Final = "x-wp-correlation-id"


@attrs.frozen
class Parcel:
    """A frame on its way, with its octets."""

    frame: Frame
    data: bytes = attrs.field(repr=False)
    fault: str | None = None
    """What has been done to it."""


def change(parcel: Parcel, fault: Fault, version: Version) -> Parcel:
    """Do to a frame what a fault says; faults of time and order leave it as it is."""
    changer = _CHANGERS.get(fault.kind)
    changed = parcel if changer is None else changer(parcel, fault, version)
    return attrs.evolve(changed, fault=fault.kind.value)


def _corrupt(parcel: Parcel, fault: Fault, _version: Version) -> Parcel:
    """Turn the lowest bit of the first octets of the body or, without one, of the command.

    `{` becomes `z`: nothing that begins so is JSON, and the frame itself stays readable.
    """
    frame, data = parcel.frame, parcel.data
    start = data.index(b"\n\n") + 2 if frame.body else 0
    end = min(start + fault.number, start + len(frame.body or frame.command))
    spoilt = bytes(octet ^ 1 for octet in data[start:end])
    if frame.body:
        frame = Frame(frame.command, frame.headers, spoilt + frame.body[end - start :])
    return Parcel(frame, data[:start] + spoilt + data[end:])


def _foreign(parcel: Parcel, _fault: Fault, version: Version) -> Parcel:
    kept = tuple(pair for pair in parcel.frame.headers if pair[0] != CORRELATION_ID)
    return _rewritten(parcel, (*kept, (CORRELATION_ID, str(uuid.uuid4()))), version)


def _missing(parcel: Parcel, fault: Fault, version: Version) -> Parcel:
    left_out = fault.headers or OWN_HEADERS
    kept = tuple(pair for pair in parcel.frame.headers if pair[0] not in left_out)
    return _rewritten(parcel, kept, version)


def _rewritten(parcel: Parcel, headers: tuple[tuple[str, str], ...], version: Version) -> Parcel:
    frame = Frame(parcel.frame.command, headers, parcel.frame.body)
    return Parcel(frame, encode_frame(frame, version))


_CHANGERS: Final[Mapping[FaultKind, Callable[[Parcel, Fault, Version], Parcel]]] = {
    FaultKind.CORRUPT: _corrupt,
    FaultKind.FOREIGN_CORRELATION_ID: _foreign,
    FaultKind.MISSING_HEADERS: _missing,
}
