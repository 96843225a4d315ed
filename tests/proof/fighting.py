"""Processes that fight for one paypoint: never two payments at once, never one reference twice."""

import random
import threading
from collections import Counter
from typing import Any, Final

from tests.proof.child import Child
from tests.proof.hazards import Hazard
from tests.proof.points import AtFrame, How, Strike
from tests.proof.striking import StrikingRelay
from tests.proof.world import Paypoint, World

from fault_relay import Direction

_FIGHTERS: Final = 3
_ROUNDS: Final = 150
_LATE_SECONDS: Final = 0.12
_SHORT_ROUNDS: Final = 8


def play_fights(short: bool) -> list[Hazard]:
    """Three kinds of fights, in a journal on disk."""
    rounds = _SHORT_ROUNDS if short else _ROUNDS
    with World() as world:
        return [
            fight_for_paypoint(world, rounds),
            fight_with_one_reference(world, rounds),
            fight_over_the_dead(world, rounds),
        ]


def fight_for_paypoint(world: World, rounds: int) -> Hazard:
    """Several sales at once: each is taken alone, or refused."""
    hazard = Hazard(name=f"{_FIGHTERS} processes sell on one paypoint{_where(world)}")
    seen: Counter[str] = Counter()
    for number in range(rounds):
        paypoint = world.new_paypoint()
        tasks = [
            world.task(paypoint, [_sale(f"{paypoint.id}-{index}")]) for index in range(_FIGHTERS)
        ]
        children = _run_together(world, _late(tasks, number))
        _judge(hazard, f"round {number}", paypoint, children, seen, {"UnresolvedPaymentError"})
        paypoint.forget()
    hazard.rounds, hazard.seen = rounds, _text(seen)
    return hazard


def fight_with_one_reference(world: World, rounds: int) -> Hazard:
    """Several processes with the same reference: one of them sends it."""
    hazard = Hazard(name=f"{_FIGHTERS} processes use one reference{_where(world)}")
    seen: Counter[str] = Counter()
    for number in range(rounds):
        paypoint = world.new_paypoint()
        tasks = [world.task(paypoint, [_sale(f"{paypoint.id}-SAME")])] * _FIGHTERS
        children = _run_together(world, _late(tasks, number))
        refusals = {"UnresolvedPaymentError", "ReferenceUsedError"}
        _judge(hazard, f"round {number}", paypoint, children, seen, refusals)
        if len(paypoint.charges) != 1:
            hazard.bad.append(f"round {number}: {len(paypoint.charges)} charges of one reference")
        paypoint.forget()
    hazard.rounds, hazard.seen = rounds, _text(seen)
    return hazard


def fight_over_the_dead(world: World, rounds: int) -> Hazard:
    """A till is killed behind its request; the others recover it at once, and then sell."""
    hazard = Hazard(name=f"{_FIGHTERS} processes recover one that died{_where(world)}")
    seen: Counter[str] = Counter()
    for number in range(rounds):
        paypoint = world.new_paypoint()
        way = Direction.TO_SERVER if number % 4 == 3 else Direction.TO_CLIENT
        die(world, paypoint, AtFrame(1, way, 2 + number % 7, before=True))
        steps = [{"do": "recover", "patience": 10}]
        tasks = [
            world.task(paypoint, [*steps, _sale(f"{paypoint.id}-{index}")])
            for index in range(_FIGHTERS)
        ]
        children = _run_together(world, tasks)
        where = f"round {number}"
        recovered = [found for each in children for found in each.all("outcome")[:1]]
        dead = [c for c in paypoint.charges if c.merchant_transaction_reference.endswith("-DEAD")]
        if len(dead) > 1:
            hazard.bad.append(f"{where}: the dead one's sale was charged {len(dead)} times")
        for outcome in recovered:
            if outcome["reference"] != f"{paypoint.id}-DEAD":
                continue  # somebody has sold since
            seen[f"found {outcome['kind']}"] += 1
            if (outcome["kind"] == "approved") is not bool(dead):
                hazard.bad.append(f"{where}: recovered {outcome['kind']}, {len(dead)} charges")
        sold = [found for each in children for found in each.all("outcome")[1:]]
        approved = [found for found in sold if found["kind"] == "approved"]
        if len(approved) + len(dead) != len(paypoint.charges):
            hazard.bad.append(f"{where}: {len(approved)} sold, {len(paypoint.charges)} charges")
        if any(found["kind"] != "approved" for found in sold):
            hazard.bad.append(f"{where}: a sale ended as {[found['kind'] for found in sold]}")
        for each in children:
            _check_errors(hazard, where, each, {"UnresolvedPaymentError"})
        paypoint.forget()
    hazard.rounds, hazard.seen = rounds, _text(seen)
    return hazard


def die(world: World, paypoint: Paypoint, place: AtFrame) -> None:
    """Have a till killed in the middle of a sale."""
    tills: list[Child] = []

    def kill() -> None:
        for till in tills:
            till.kill()

    with StrikingRelay(world.simulator.address, Strike(How.KILL, place), kill) as relay:
        task = world.task(paypoint, [_sale(f"{paypoint.id}-DEAD")])
        tills.append(world.nursery.start({**task, "port": relay.port}))
        tills[0].run()


def _judge(
    hazard: Hazard,
    where: str,
    paypoint: Paypoint,
    children: list[Child],
    seen: Counter[str],
    refusals: set[str],
) -> None:
    outcomes = [found for child in children for found in child.all("outcome")]
    approved = [found for found in outcomes if found["kind"] == "approved"]
    for found in outcomes:
        seen[found["kind"]] += 1
        if found["kind"] != "approved":  # such as busy: two were on their way at once
            hazard.bad.append(f"{where}: {found['kind']}: {found['what_to_do']}")
    if len(approved) != len(paypoint.charges):
        hazard.bad.append(f"{where}: {len(approved)} approved, {len(paypoint.charges)} charges")
    if not approved:
        hazard.bad.append(f"{where}: nobody won")
    for child in children:
        for refused in child.all("refused"):
            seen[refused["error"]] += 1
        _check_errors(hazard, where, child, refusals)


def _check_errors(hazard: Hazard, where: str, child: Child, refusals: set[str]) -> None:
    for error in (*child.all("refused"), *child.all("raised")):
        if error["error"] not in refusals:
            hazard.bad.append(f"{where}: {error['error']}: {error['text']}")
    if child.last("done") is None:
        hazard.bad.append(f"{where}: a till died by itself")


def _run_together(world: World, tasks: list[dict[str, Any]]) -> list[Child]:
    children = [world.nursery.start(task) for task in tasks]
    threads = [threading.Thread(target=child.run) for child in children]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return children


def _late(tasks: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """Of every second round, some begin a little later than others."""
    dice = random.Random(number)  # noqa: S311 - moments, not secrets
    most = _LATE_SECONDS * (number % 2)
    return [{**task, "delay": dice.uniform(0, most)} for task in tasks]


def _sale(reference: str) -> dict[str, Any]:
    return {
        "do": "perform",
        "method": "sale",
        "arguments": {},
        "amount": 1099,
        "reference": reference,
    }


def _where(world: World) -> str:
    return "" if world.postgres is None else " (PostgreSQL)"


def _text(seen: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in seen.most_common())
