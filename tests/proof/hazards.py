"""What happens to journals, and to tills that share one: everything that is no cell of the matrix.

Each hazard is played in many rounds, with the ledger as the judge.
"""

import time
from collections.abc import Callable
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


PlayHazard: TypeAlias = Callable[[bool], list[Hazard]]
"""Plays hazards; True for a sample of the rounds."""


def run_hazards(console: Console, *, short: bool) -> list[Hazard]:
    """Play them all, and say how each went."""
    from tests.proof.asyncio_tills import play_asyncio
    from tests.proof.databases import play_databases
    from tests.proof.fighting import play_fights
    from tests.proof.running_on import play_running_on
    from tests.proof.unwritable import play_unwritable

    plays: list[PlayHazard] = [
        play_unwritable,
        play_running_on,
        play_fights,
        play_asyncio,
        play_databases,
    ]
    found: list[Hazard] = []
    for play in plays:
        begin = time.monotonic()
        for hazard in play(short):
            console.print(
                f"{hazard.name}: {hazard.rounds} rounds, {len(hazard.bad)} bad", highlight=False
            )
            found.append(hazard)
        console.print(f"  … {time.monotonic() - begin:.0f} s", style="dim")
    return found
