"""What happens to journals, and to tills that share one: everything that is no cell of the matrix.

Each hazard is played in many rounds, with the ledger as the judge.
"""

import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TypeAlias

import attrs
from rich.console import Console


@attrs.define(kw_only=True)
class Hazard:
    """One kind of trouble, and what came of it."""

    name: str
    rounds: int = 0
    bad: list[str] = attrs.field(factory=list[str])
    seen: str = ""
    endings: Counter[str] = attrs.field(factory=Counter[str], repr=False)


PlayHazard: TypeAlias = Callable[[bool], list[Hazard]]
"""Plays hazards; True for a sample of the rounds."""


def run_hazards(console: Console, *, short: bool, processes: int) -> list[Hazard]:
    """Play them all, a few at a time, and say how each went."""
    from tests.proof.asyncio_tills import play_asyncio
    from tests.proof.databases import play_databases
    from tests.proof.fighting import play_fights
    from tests.proof.other_habits import play_other_habits
    from tests.proof.running_on import play_running_on
    from tests.proof.unwritable import play_unwritable

    plays: list[PlayHazard] = [
        play_other_habits,
        play_fights,
        play_asyncio,
        play_databases,
        play_unwritable,
        play_running_on,
    ]
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=logging.disable
    ) as pool:
        running = [pool.submit(play, short) for play in plays]
        for future in as_completed(running):
            for hazard in future.result():
                console.print(
                    f"{hazard.name}: {hazard.rounds} rounds, {len(hazard.bad)} bad",
                    highlight=False,
                )
    return [hazard for future in running for hazard in future.result()]
