"""What happens to journals, and to tills that share one."""

from collections.abc import Callable

import attrs
from rich.console import Console


@attrs.define(kw_only=True)
class Hazard:
    """One kind of trouble, played in many rounds."""

    name: str
    rounds: int = 0
    bad: list[str] = attrs.field(factory=list[str])
    seen: str = ""


HAZARDS: list[Callable[[bool], Hazard]] = []


def run_hazards(console: Console, *, short: bool) -> list[Hazard]:
    """Play them all; one that cannot be played is bad."""
    found: list[Hazard] = []
    for play in HAZARDS:
        hazard = play(short)
        console.print(f"{hazard.name}: {hazard.rounds} rounds, {len(hazard.bad)} bad")
        found.append(hazard)
    return found
