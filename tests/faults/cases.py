"""Which faults an operation is given: every boundary, random octets, every frame of the server."""

import random
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import attrs

from fault_relay import Bytes, Direction, Fault, FrameNumber, Kind
from stompws.client import ClientOptions, Deadlines


class Group(StrEnum):
    """Faults that are played with the same deadlines."""

    CUT = "cut"
    HALF_OPEN = "half-open"
    SPOILED = "spoiled"


HEART_BEAT_SECONDS: Final = 1.0
"""Between beats, both ways, in the cases of half-open links."""

PROMPT_SECONDS: Final = 8.0
"""A link that ends visibly ends the operation at once; no deadline of `CUT` is as short as this."""

_MUTES: Final = (Kind.MUTE, Kind.MUTE_ONE_WAY)
_ENDS: Final = (Kind.CUT, Kind.CRASH, Kind.RESET)
_SPOILED_OCTETS: Final = 4  # random ones of each frame, besides the two that begin it


def _options(beat_ms: int, deadlines: Deadlines) -> ClientOptions:
    return ClientOptions(heart_beat_ms=(beat_ms, beat_ms), deadlines=deadlines)


OPTIONS: Final = {
    Group.CUT: _options(
        10_000, Deadlines(connect=15, first_event=15, between_events=15, total=30, close=10)
    ),
    Group.HALF_OPEN: _options(
        round(HEART_BEAT_SECONDS * 1000),
        Deadlines(connect=2, first_event=15, between_events=15, total=30, close=1),
    ),
    Group.SPOILED: _options(
        10_000, Deadlines(connect=1.5, first_event=1.5, between_events=1.5, total=6, close=1)
    ),
}
"""What the client is given in each group."""


@attrs.frozen
class Case:
    """One operation, played once with one fault."""

    operation: str
    fault: Fault

    @property
    def group(self) -> Group:
        """Which deadlines it is played with."""
        if self.fault.kind in _ENDS:
            return Group.CUT
        return Group.HALF_OPEN if self.fault.kind in _MUTES else Group.SPOILED

    @property
    def command(self) -> str:
        """Plays this case alone."""
        return f"python -m tests.faults --operations {self.operation} --fault {self.fault}"


@attrs.frozen
class Shape:
    """What a run of an operation without a fault looks like on the wire."""

    octets: dict[Direction, int]
    """All that is there in every run: the upgrade and the STOMP frames."""

    sizes: dict[Direction, tuple[int, ...]]
    """The octets of each STOMP frame, its WebSocket head included."""

    request_number: int
    """Which frame to the server is the request."""

    last_destination: str
    """Where the last message of the conversation arrives."""

    delivers_events: bool
    """False when the operation returns its only reply."""


def make_cases(operation: str, shape: Shape, *, positions: int, seed: int) -> list[Case]:
    """List all cases of an operation; the same for the same seed."""
    dice = random.Random(f"{seed} {operation}")  # noqa: S311 - positions, not secrets
    faults = [*_cuts(shape, positions, dice), *_mutes(shape), *_spoils(shape, dice)]
    return [Case(operation, fault) for fault in faults]


def _boundaries(shape: Shape, direction: Direction) -> Iterator[FrameNumber]:
    """After the upgrade and after each frame; and before each, once it has come."""
    for number in range(len(shape.sizes[direction]) + 1):
        yield FrameNumber(number)
        if number:
            yield FrameNumber(number, before=True)


def _cuts(shape: Shape, positions: int, dice: random.Random) -> Iterator[Fault]:
    for direction in Direction:
        for boundary in _boundaries(shape, direction):
            for kind in _ENDS:
                yield Fault(kind=kind, direction=direction, at=boundary)
        count = min(positions, shape.octets[direction])
        for index, octet in enumerate(dice.sample(range(shape.octets[direction]), count)):
            kind = _ENDS[index % len(_ENDS)]
            yield Fault(kind=kind, direction=direction, at=Bytes(octet))


def _mutes(shape: Shape) -> Iterator[Fault]:
    for direction in Direction:
        for boundary in _boundaries(shape, direction):
            for kind in _MUTES:
                yield Fault(kind=kind, direction=direction, at=boundary)


def _spoils(shape: Shape, dice: random.Random) -> Iterator[Fault]:
    """Spoil each frame of the server in each way."""
    direction = Direction.TO_CLIENT
    for number, size in enumerate(shape.sizes[direction], start=1):
        at = FrameNumber(number)
        for kind in (Kind.DROP, Kind.DUPLICATE, Kind.REORDER):
            yield Fault(kind=kind, direction=direction, at=at)
        for octet in (0, 1, *sorted(dice.sample(range(2, size), _SPOILED_OCTETS))):
            mask = 1 << dice.randrange(8)
            yield Fault(kind=Kind.CORRUPT, direction=direction, at=at, octet=octet, mask=mask)
