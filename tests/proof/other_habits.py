"""Services with other habits: what nobody knows of the real one, decided otherwise.

See `ips_simulator.invented`: each switch is a decision that no source tells.
"""

import random
from typing import Any, Final

from tests.proof.campaign import learn
from tests.proof.cases import Case, all_strikes, sample
from tests.proof.databases import fill, run_strikes
from tests.proof.hazards import Hazard
from tests.proof.operations import PLAIN
from tests.proof.world import World

from ips_simulator import Inventions

_HABITS: Final[dict[str, dict[str, Any]]] = {
    "a payment ends with its client": {"payment_survives_client": False},
    "a payment ends soon after its client": {"survival_seconds": 1},
    "an unknown payment is answered with an empty list": {"wrong_reference": "empty"},
    "an unknown payment is answered with the last one": {"wrong_reference": "last"},
    "earlier payments can be asked for": {"only_last_payment": False},
    "a payment that runs cannot be asked for": {"pending_while_in_flight": False},
    "a second payment waits": {"second_payment": "queue"},
    "a second payment is an error": {"second_payment": "error"},
}
_PLAYED: Final = (("sale", "approved"), ("sale", "slow"), ("settle", PLAIN), ("cancel", PLAIN))
_WIDTH: Final = 4
_SHORT: Final = 3


def play_other_habits(short: bool) -> list[Hazard]:
    """Each boundary of some operations, on services that differ in one habit each."""
    found: list[Hazard] = []
    for number, (habit, switches) in enumerate(_HABITS.items()):
        if short and number % 4 != 2:
            continue
        hazard = Hazard(name=f"another habit of the service: {habit}")
        with World(inventions=Inventions(**switches)) as world:
            for operation, scenario in _PLAYED:
                quiet = Case(operation=operation, scenario=scenario, strike=None)
                shape, first = learn(world, quiet)
                strikes = all_strikes(shape)
                if short:
                    strikes = sample(strikes, _SHORT, random.Random(1))  # noqa: S311 - places
                fill(hazard, [first, *run_strikes(world, quiet, shape, strikes, _WIDTH)])
        found.append(hazard)
    return found
