"""What a flight recording consists of, and its lines.

The first line is the header, each further one a frame or a note, in the order of happening. All of
it is ASCII, so that no editor or ticket can spoil it.
"""

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

import attrs

from stompws.masking import HIDDEN
from stompws.records import Record

FORMAT: Final = "ips-till-flight"
VERSION: Final = 1
SUFFIX: Final = ".flight.jsonl"


class FlightError(ValueError):
    """A file is no flight recording that can be read. The text says what is wrong, and where."""


@attrs.frozen(kw_only=True)
class Header(Record):
    """The first line."""

    till: str
    """The version that recorded."""
    api: str
    """The version of the specification that was spoken."""
    began: str
    """By the wall clock, ISO 8601, UTC: for people."""
    reference: str
    """The merchant's transaction reference."""
    paypoint_id: str
    operation: str
    """Such as `sale`."""
    version: int = VERSION
    """Of the format."""


@attrs.frozen(kw_only=True)
class FrameLine(Record):
    """A STOMP frame that was sent or came."""

    line: int
    """Where it stands in the file, from 1."""
    at: float
    """Seconds since the recording began, by the monotonic clock."""
    direction: Literal["sent", "received"]
    connection: int
    """Counts the connections of the recording from 1."""
    command: str
    headers: tuple[tuple[str, str], ...]
    """Names and shown values: `…` stands for what may not be seen."""
    body: Any = None
    """The masked message; None when there is none, or nothing of it may be shown."""
    size: int = 0
    """Octets of the body as it travelled."""

    def header(self, name: str) -> str | None:
        """Return the shown value of the first header of this name."""
        return next((value for key, value in self.headers if key == name), None)


@attrs.frozen(kw_only=True)
class NoteLine(Record):
    """What the till did, decided or found."""

    line: int
    at: float
    """Seconds since the recording began, by the monotonic clock."""
    kind: str
    """Such as `action-answered`; `docs/flight-recorder.md` lists them."""
    facts: Mapping[str, Any] = attrs.field(factory=dict[str, Any])


Line: TypeAlias = FrameLine | NoteLine


@attrs.frozen(kw_only=True)
class Flight(Record):
    """A recording of one operation."""

    header: Header
    lines: tuple[Line, ...]
    torn: bool = False
    """True when the last line was cut off: the till was killed, or the disk was full."""

    @property
    def ended(self) -> bool:
        """True when the recorder saw the end; else the till was killed in flight."""
        return any(isinstance(line, NoteLine) and line.kind == "end" for line in self.lines)

    @property
    def frames(self) -> tuple[FrameLine, ...]:
        """The frames alone."""
        return tuple(line for line in self.lines if isinstance(line, FrameLine))

    @property
    def notes(self) -> tuple[NoteLine, ...]:
        """The notes alone."""
        return tuple(line for line in self.lines if isinstance(line, NoteLine))


def render_header(header: Header) -> str:
    """The header as a line."""
    return render_line({"format": FORMAT, **attrs.asdict(header)})


def render_line(value: Mapping[str, Any]) -> str:
    """A line with its end."""
    return compact(value) + "\n"


def compact(value: object) -> str:
    """A masked value as JSON. Decimals become floats, or texts where no float holds them."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False, default=_other)


def _other(value: object) -> float | str:
    if not isinstance(value, Decimal):
        return HIDDEN
    number = float(value)
    return number if math.isfinite(number) else str(value)
