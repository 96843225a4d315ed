"""Recovering while the payment of a till that died still runs: its end is waited for."""

import threading
from collections import Counter
from typing import Final

from tests.proof.campaign import learn
from tests.proof.cases import Case
from tests.proof.fighting import die
from tests.proof.hazards import Hazard
from tests.proof.operations import AMOUNT
from tests.proof.points import AtFrame
from tests.proof.world import World

from fault_relay import Direction
from ips_simulator import Hold
from ips_simulator.points import Step

_STEPS: Final = (Step.STARTED, Step.CARD, Step.AUTHORISATION, Step.RECEIPTS, Step.RESULT)
_SECONDS: Final = 0.6
"""For which the payment goes on after its till has died."""


def play_running_on(short: bool) -> list[Hazard]:
    """Approved and declined payments that wait at each of their steps."""
    hazard = Hazard(name="recovering while the payment still runs")
    seen: Counter[str] = Counter()
    scenarios = ("approved", "declined-online")
    with World() as world:
        shape, _ = learn(world, Case(operation="sale", scenario="approved", strike=None))
        # The last thing that a till says is goodbye; before it, the request.
        request = len(shape.sizes[0][Direction.TO_SERVER]) - 1
        behind = AtFrame(1, Direction.TO_SERVER, request, before=False)
        for step in _STEPS[:: 3 if short else 1]:
            for scenario in scenarios:
                hold = Hold(step)
                _play(world, hazard, seen, behind, hold, scenario)
    hazard.seen = ", ".join(f"{count} {what}" for what, count in seen.most_common())
    return [hazard]


def _play(
    world: World,
    hazard: Hazard,
    seen: Counter[str],
    behind: AtFrame,
    hold: Hold,
    scenario: str,
) -> None:
    paypoint = world.new_paypoint()
    world.simulator.next_payment(scenario, paypoint_id=paypoint.id, hold=hold)
    die(world, paypoint, behind)
    hold.wait_until_reached()
    release = threading.Timer(_SECONDS, hold.release)
    release.start()
    child = world.nursery.start(world.task(paypoint, [{"do": "recover", "patience": 10}]))
    child.run()
    release.join()
    hazard.rounds += 1
    outcome, waited = child.last("outcome"), child.last("waited")
    charges = [charge.amount for charge in paypoint.charges]
    where = f"{scenario}, held before {hold.step}"
    if outcome is None or waited is None:
        hazard.bad.append(f"{where}: {child.told}")
        return
    seen[outcome["kind"]] += 1
    wanted = ("approved", [AMOUNT]) if scenario == "approved" else ("declined", [])
    if (outcome["kind"], charges) != wanted:
        hazard.bad.append(f"{where}: {outcome['kind']}, and the ledger has {charges}")
    if hold.step is not Step.RESULT and waited["seconds"] < _SECONDS / 2:
        hazard.bad.append(f"{where}: known after {waited['seconds']:.2f} s, too early to be true")
    paypoint.forget()
