"""What can go wrong between server and till, as data. `docs/faults-in-scenarios.md` says it all.

The connection and its `Outbound` make it happen.
"""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import attrs
from attrs.converters import optional

from .points import Step


class FaultKind(StrEnum):
    """Faults that can be played."""

    DROP = "drop"
    """The TCP connection is cut, without a word of WebSocket or STOMP."""
    RESET = "reset"
    """The same with a TCP reset, as of a machine that has lost its memory."""
    HALF_OPEN = "half-open"
    """Nothing passes any more, either way, and nobody is told."""
    MUTE = "mute"
    """The server says nothing more. It goes on listening."""
    STOMP_ERROR = "stomp-error"
    """A STOMP ERROR frame, and the end of the connection."""
    STOMP_ERROR_WITHOUT_CLOSE = "stomp-error-without-close"
    """A STOMP ERROR frame, after which the server goes on as if nothing had been."""
    NO_RECEIPTS = "no-receipts"
    """No RECEIPT is sent any more."""
    NO_HEART_BEATS = "no-heart-beats"
    """No heart-beat is sent any more, whatever was agreed."""
    CHUNKED = "chunked"
    """From now on each frame comes in many small WebSocket messages."""
    DEVICE_RESTART = "device-restart"
    """The payment device restarts. A payment that is not decided ends."""

    DELAY = "delay"
    """A frame is held up, and all that follows it."""
    LATE = "late"
    """A frame is held up, and what follows overtakes it."""
    DUPLICATE = "duplicate"
    """A frame comes once more."""
    REORDER = "reorder"
    """A frame and the next change places."""
    MERGED = "merged"
    """A frame and the next come in one WebSocket message."""
    CORRUPT = "corrupt"
    """The body of a frame is damaged at its beginning, so that it is no JSON."""
    FOREIGN_CORRELATION_ID = "foreign-correlation-id"
    """A message carries another correlation id than that of the request."""
    MISSING_HEADERS = "missing-headers"
    """A message comes without headers that it should have."""


OF_A_FRAME: Final = frozenset({
    FaultKind.DELAY,
    FaultKind.LATE,
    FaultKind.DUPLICATE,
    FaultKind.REORDER,
    FaultKind.MERGED,
    FaultKind.CORRUPT,
    FaultKind.FOREIGN_CORRELATION_ID,
    FaultKind.MISSING_HEADERS,
})  # fmt: skip
"""These change one frame; the others change the connection, or the server."""

DEFAULT_SECONDS: Final = MappingProxyType({
    FaultKind.DELAY: 5.0,
    FaultKind.LATE: 5.0,
    FaultKind.REORDER: 1.0,
    FaultKind.MERGED: 1.0,
    FaultKind.HALF_OPEN: 300.0,
    FaultKind.DEVICE_RESTART: 30.0,
})  # fmt: skip
DEFAULT_COUNT: Final = MappingProxyType({
    FaultKind.DUPLICATE: 1,
    FaultKind.CHUNKED: 5,
    FaultKind.MERGED: 2,
    FaultKind.CORRUPT: 1,
})  # fmt: skip
OWN_HEADERS: Final = ("x-wp-correlation-id", "x-wp-message-id", "x-wp-publisher-id")


def _names(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class Fault:
    """One fault: what, where, how much.

    Where is at most one of `at`, `frame` and `destination`. With none it is at once; what changes
    a frame then changes the next message.

    Raises:
        ValueError: The kind has no such parameter, or there are two places.
    """

    kind: FaultKind = attrs.field(converter=FaultKind)
    at: Step | None = attrs.field(default=None, converter=optional(Step))
    """Just before this point of the payment."""
    frame: int | None = None
    """At the n-th frame that the server sends on the connection; CONNECTED is the first."""
    destination: str | None = None
    """At the next message to this destination."""
    seconds: float | None = attrs.field(default=None, converter=optional(float))
    """How long, on the simulator's clock; None is what fits the kind."""
    count: int | None = None
    """How many copies, frames or octets; None is what fits the kind."""
    headers: tuple[str, ...] = attrs.field(default=(), converter=_names)
    """Which headers are left out; none is the three of the API."""

    def __attrs_post_init__(self) -> None:
        if sum(place is not None for place in (self.at, self.frame, self.destination)) > 1:
            raise ValueError("a fault strikes at one of: a point, a frame, a destination")
        if self.seconds is not None and self.kind not in DEFAULT_SECONDS:
            raise ValueError(f"{self.kind} takes no seconds")
        if self.count is not None and self.kind not in DEFAULT_COUNT:
            raise ValueError(f"{self.kind} takes no count")
        if self.headers and self.kind is not FaultKind.MISSING_HEADERS:
            raise ValueError(f"{self.kind} takes no headers")
        smallest = 2 if self.kind is FaultKind.MERGED else 1
        if self.count is not None and self.count < smallest:
            raise ValueError(f"{self.kind}: count is {smallest} or more")
        if self.frame is not None and self.frame < 1:
            raise ValueError("frame counts from 1")
        if self.seconds is not None and not 0 <= self.seconds < _CENTURY:
            raise ValueError("seconds is a time, from 0 on")

    def __str__(self) -> str:
        return self.kind.value

    @property
    def waits(self) -> bool:
        """True when a frame has to come by, if only to be changed."""
        placed = self.frame is not None or self.destination is not None
        return placed or self.kind in OF_A_FRAME

    @property
    def pause(self) -> float:
        """The seconds that count."""
        return DEFAULT_SECONDS.get(self.kind, 0.0) if self.seconds is None else self.seconds

    @property
    def number(self) -> int:
        """The count that counts."""
        return DEFAULT_COUNT.get(self.kind, 1) if self.count is None else self.count


_CENTURY: Final = 100 * 365.25 * 86400
