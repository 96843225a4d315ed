"""Journals in PostgreSQL: the matrix of a sale, workers that die, and a server that crashes."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import attrs
from tests.proof.campaign import Result, learn, run_one
from tests.proof.cases import Case, Shape, all_strikes, at_journal, sample
from tests.proof.fighting import fight_for_paypoint, fight_over_the_dead, fight_with_one_reference
from tests.proof.hazards import Hazard
from tests.proof.points import How, Strike
from tests.proof.world import World

from postgres_server import PostgresUnavailableError, Server

_WIDTH: Final = 12
"""A dead worker's lease has to run out: most of a case is waiting."""
_ROUNDS: Final = 20


def play_databases(short: bool) -> list[Hazard]:
    """Everything that is different when many workers share a database."""
    try:
        server = Server.start()
    except PostgresUnavailableError as exc:
        return [Hazard(name="PostgreSQL", bad=[str(exc)], seen="not played")]
    try:
        with World(postgres=server) as world:
            return _play(world, short=short)
    finally:
        server.stop()


def _play(world: World, *, short: bool) -> list[Hazard]:
    quiet = Case(operation="sale", scenario="approved", strike=None)
    shape, first = learn(world, quiet)
    strikes = all_strikes(shape)
    restarts = at_journal(shape, How.RESTART)
    if short:
        dice = random.Random(1)  # noqa: S311 - places, not secrets
        strikes, restarts = sample(strikes, 12, dice), restarts[1:4:2]
    played = Hazard(name="a worker that is killed or cut off (PostgreSQL)")
    fill(played, [first, *run_strikes(world, quiet, shape, strikes, _WIDTH)])
    crashed = Hazard(name="the database crashes and comes back, at each write (PostgreSQL)")
    # One after the other: the others would suffer from its crash as well.
    fill(crashed, run_strikes(world, quiet, shape, restarts, 1))
    rounds = 3 if short else _ROUNDS
    return [
        played,
        crashed,
        fight_for_paypoint(world, rounds),
        fight_with_one_reference(world, rounds),
        fight_over_the_dead(world, 2 if short else _ROUNDS),
    ]


def run_strikes(
    world: World, quiet: Case, shape: Shape, strikes: Sequence[Strike], width: int
) -> list[Result]:
    """Play strikes of one operation, so many at once."""
    cases = [attrs.evolve(quiet, strike=strike) for strike in strikes]
    if width == 1:  # in this thread: the server ends with the one that starts it again
        return [run_one(world, case, shape) for case in cases]
    with ThreadPoolExecutor(width) as threads:
        return list(threads.map(lambda case: run_one(world, case, shape), cases))


def fill(hazard: Hazard, results: Sequence[Result]) -> None:
    """Add results to a hazard."""
    hazard.rounds += len(results)
    for result in results:
        where = f"{result.case.operation}, {result.case.scenario}, {result.case.strike}"
        hazard.bad += [f"{text} ({where})" for text in result.verdict.bad]
        hazard.endings[result.verdict.ending] += 1
    hazard.seen = ", ".join(f"{count} {what}" for what, count in hazard.endings.most_common())
