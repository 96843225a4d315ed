"""Which strikes an operation is given with a scenario: every boundary, and octets by chance."""

import random
from collections.abc import Iterator, Sequence
from typing import Final

import attrs
from tests.proof.points import AtFrame, AtJournal, AtOctet, How, Strike

from fault_relay import Direction


@attrs.frozen(kw_only=True)
class Case:
    """One operation, played once with one scenario and one strike; None is no strike at all."""

    operation: str
    scenario: str
    strike: Strike | None

    @property
    def command(self) -> str:
        """Plays this case alone."""
        strike = "" if self.strike is None else f" --strike {self.strike}"
        return (
            f'python -m tests.proof --operation "{self.operation}" --scenario {self.scenario}'
            f"{strike}"
        )


@attrs.frozen(kw_only=True)
class Shape:
    """What a run without a strike looks like."""

    sizes: tuple[dict[Direction, tuple[int, ...]], ...]
    """Of each connection, the octets of each STOMP frame."""
    octets: tuple[dict[Direction, int], ...]
    """Of each connection, all that is there in every run."""
    calls: tuple[str, ...]
    """What is written into the journal."""
    outcome: str
    receipts: frozenset[str]
    """Types of those in the journal at the end."""


_LINK_ENDS: Final = (How.CUT, How.RESET)


def all_strikes(shape: Shape) -> list[Strike]:
    """A kill and a cut at every boundary of every frame, and a kill at each of the journal."""
    strikes: list[Strike] = []
    for index, place in enumerate(_boundaries(shape)):
        strikes.append(Strike(How.KILL, place))
        both = shape.sizes[place.connection - 1]
        last = place.number == len(both[place.direction])
        if place.before or last or place.direction is Direction.TO_SERVER:
            # A link that ends just behind a message ends just before the next one.
            strikes.append(Strike(_LINK_ENDS[index % 2], place))
    return strikes + at_journal(shape, How.KILL)


def at_journal(shape: Shape, *hows: How) -> list[Strike]:
    """Each of these before and after each write into the journal."""
    return [
        Strike(how, AtJournal(number, before))
        for how in hows
        for number in range(1, len(shape.calls) + 1)
        for before in (True, False)
    ]


def outages(shape: Shape) -> list[Strike]:
    """The link ends for good at every frame of the first connection."""
    return [Strike(How.OUTAGE, place) for place in _boundaries(shape) if place.connection == 1]


def random_strikes(shape: Shape, count: int, dice: random.Random) -> list[Strike]:
    """Kills and cuts behind octets by chance."""
    lanes = [
        (number, direction, size)
        for number, both in enumerate(shape.octets, 1)
        for direction, size in both.items()
        if size
    ]
    found: list[Strike] = []
    for _ in range(count):
        number, direction, size = dice.choices(lanes, [size for *_, size in lanes])[0]
        how = dice.choice((How.KILL, How.KILL, *_LINK_ENDS))
        found.append(Strike(how, AtOctet(number, direction, dice.randrange(size))))
    return found


def sample(strikes: Sequence[Strike], most: int, dice: random.Random) -> list[Strike]:
    """So many of them, in their order: each kind of strike once, as far as that goes."""
    kinds = {strike.kind: strike for strike in dice.sample(strikes, len(strikes))}
    firsts = list(kinds.values())
    chosen = set(dice.sample(firsts, min(most, len(firsts))))
    rest = [strike for strike in strikes if strike not in chosen]
    chosen |= set(dice.sample(rest, min(len(rest), most - len(chosen))))
    return [strike for strike in strikes if strike in chosen]


def _boundaries(shape: Shape) -> Iterator[AtFrame]:
    """Where frames end, both ways.

    Of what the till says, before each frame: nothing of it has passed. Of what it hears, on both
    sides of each: it may or may not have acted upon it.
    """
    for connection, both in enumerate(shape.sizes, 1):
        said, heard = both[Direction.TO_SERVER], both[Direction.TO_CLIENT]
        yield AtFrame(connection, Direction.TO_CLIENT, 0, before=False)
        for number in range(1, len(said) + 1):
            yield AtFrame(connection, Direction.TO_SERVER, number, before=True)
        if said:
            yield AtFrame(connection, Direction.TO_SERVER, len(said), before=False)
        for number in range(1, len(heard) + 1):
            yield AtFrame(connection, Direction.TO_CLIENT, number, before=True)
            yield AtFrame(connection, Direction.TO_CLIENT, number, before=False)
