"""Wording that problems share."""

from collections.abc import Collection
from difflib import get_close_matches
from heapq import nsmallest

from .pointers import Json

MAX_COMPARED = 300
"""Names, and characters of a name, that are compared to guess what was meant."""


def kind_of(value: Json) -> str:
    """Name the JSON type of a value, with its article."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int):
        return "an integer"
    if isinstance(value, float):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "an object"


def did_you_mean(name: str, known: Collection[str]) -> str:
    """Advise the known name that is most like a wrong one, or list the known ones."""
    if (near := nearest(name, known)) is not None:
        return f"did you mean {near!r}?"
    names = nsmallest(13, known)
    if not names:
        return "none is defined"
    shown = ", ".join(names[:12])
    return f"known: {shown}" + (", …" if len(names) > 12 else "")


def nearest(name: str, known: Collection[str], cutoff: float = 0.75) -> str | None:
    """Return the known name that is most like a wrong one, if any is like it."""
    if len(known) > MAX_COMPARED or len(name) > MAX_COMPARED:
        return None  # comparing each with each would take quadratic time
    by_lower = {candidate.lower(): candidate for candidate in sorted(known)}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=cutoff)
    return by_lower[found[0]] if found else None
