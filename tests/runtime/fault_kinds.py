"""What can go wrong on a link, and where: the vocabulary of the fault relay."""

import re
from enum import StrEnum
from typing import Final, Self

import attrs


class Direction(StrEnum):
    """Which way octets travel."""

    TO_SERVER = "to-server"
    TO_CLIENT = "to-client"


class Kind(StrEnum):
    """What happens to the link."""

    CUT = "cut"
    """TCP ends both ways with FIN; what either side still says is taken and thrown away."""

    CRASH = "crash"
    """As when a process dies: FIN both ways, and whatever is said after it is answered by RST."""

    RESET = "reset"
    """RST both ways."""

    MUTE = "mute"
    """Half-open: nothing passes any more, neither way, and neither side is told."""

    MUTE_ONE_WAY = "mute-one-way"
    """Half-open in the direction of the fault; the other one goes on."""

    DELAY = "delay"
    """This direction rests for `seconds`."""

    DROP = "drop"
    """One frame, or `octets` octets, are left out."""

    DUPLICATE = "duplicate"
    """One frame passes twice."""

    REORDER = "reorder"
    """One frame passes after the one that follows it. When none follows, it never passes."""

    CORRUPT = "corrupt"
    """One octet is XORed with `mask`."""


OF_ONE_FRAME: Final = frozenset([Kind.DUPLICATE, Kind.REORDER])
IN_PLACE: Final = frozenset([Kind.DROP, Kind.DUPLICATE, Kind.REORDER, Kind.CORRUPT])
"""These concern what stands at the position; the others happen once everything before it passed."""


@attrs.frozen
class Bytes:
    """After so many octets of one direction, the HTTP upgrade included."""

    count: int = attrs.field(validator=attrs.validators.ge(0))


@attrs.frozen
class FrameNumber:
    """A STOMP frame of one direction, counted from 1; 0 stands for the end of the HTTP upgrade.

    Heart-beats and the control frames of WebSocket are not counted.
    """

    number: int = attrs.field(validator=attrs.validators.ge(0))
    before: bool = False
    """True: when the frame has come and nothing of it has passed. False: when all of it has."""


_TEXT: Final = re.compile(
    r"(?P<kind>[a-z-]+)/(?P<direction>to-(?:server|client))/(?P<where>byte|before|frame)="
    r"(?P<number>\d+)(?:/octet=(?P<octet>\d+))?(?:/mask=(?P<mask>\d+))?(?:/octets=(?P<octets>\d+))?"
    r"(?:/seconds=(?P<seconds>[\d.]+))?"
)


@attrs.frozen(kw_only=True)
class Fault:
    """One thing that goes wrong, once. `str` and `parse` are each other's opposites."""

    kind: Kind = attrs.field(converter=Kind)
    direction: Direction = attrs.field(converter=Direction)
    at: Bytes | FrameNumber
    octet: int = 0
    """CORRUPT of a frame: which octet of it, its WebSocket head included."""

    mask: int = 0x01
    """CORRUPT: the bits that change."""

    octets: int = 1
    """DROP at a byte: how many are left out."""

    seconds: float = 0.0
    """DELAY: how long."""

    def __attrs_post_init__(self) -> None:
        if isinstance(self.at, Bytes):
            wrong = self.kind in OF_ONE_FRAME
        else:
            wrong = self.kind in IN_PLACE and (self.at.before or not self.at.number)
        if wrong:
            raise ValueError(f"{self.kind} cannot happen at {self.at}")

    def __str__(self) -> str:
        if isinstance(self.at, Bytes):
            where = f"byte={self.at.count}"
        else:
            where = f"{'before' if self.at.before else 'frame'}={self.at.number}"
        parts = [self.kind.value, self.direction.value, where]
        defaults = attrs.fields(Fault)
        more = {name: getattr(self, name) for name in ("octet", "mask", "octets", "seconds")}
        parts += [
            f"{name}={value}"
            for name, value in more.items()
            if value != getattr(defaults, name).default
        ]
        return "/".join(parts)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` wrote."""
        if (found := _TEXT.fullmatch(text)) is None:
            raise ValueError(f"{text!a} is no fault")
        number = int(found["number"])
        position = found["where"]
        at = Bytes(number) if position == "byte" else FrameNumber(number, position == "before")
        more = {name: int(found[name]) for name in ("octet", "mask", "octets") if found[name]}
        seconds = float(found["seconds"] or 0.0)
        kind, direction = Kind(found["kind"]), Direction(found["direction"])
        return cls(kind=kind, direction=direction, at=at, seconds=seconds, **more)
