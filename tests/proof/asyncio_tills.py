"""The same core under the asyncio driver: what is killed and cut off there."""

import random

from tests.proof.campaign import learn
from tests.proof.cases import Case, all_strikes, at_journal, sample
from tests.proof.databases import fill, run_strikes
from tests.proof.hazards import Hazard
from tests.proof.operations import PLAIN
from tests.proof.points import How
from tests.proof.world import World

_PLAYED = (
    ("sale", "approved"),
    ("sale", "declined-online"),
    ("sale", "lost-before-result"),
    ("settle", PLAIN),
    ("cancel", PLAIN),
    ("Z report", PLAIN),
    ("restart", PLAIN),
)
_WIDTH = 4
_SHORT = 4


def play_asyncio(short: bool) -> list[Hazard]:
    """Each boundary of some operations, by tills of an asyncio application."""
    found: list[Hazard] = []
    with World(asyncio=True) as world:
        for operation, scenario in _PLAYED[:: 3 if short else 1]:
            quiet = Case(operation=operation, scenario=scenario, strike=None)
            shape, first = learn(world, quiet)
            strikes = [*all_strikes(shape), *at_journal(shape, How.FULL)]
            if short:
                strikes = sample(strikes, _SHORT, random.Random(1))  # noqa: S311 - places
            name = operation if scenario == PLAIN else f"{operation}, {scenario}"
            hazard = Hazard(name=f"an asyncio till is killed or cut off: {name}")
            fill(hazard, [first, *run_strikes(world, quiet, shape, strikes, _WIDTH)])
            found.append(hazard)
    return found
