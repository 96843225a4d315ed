"""Wording that problems share."""

from collections.abc import Iterable
from difflib import get_close_matches

from .pointers import Json


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


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Advise the known name that is most like a wrong one, or list the known ones."""
    if (near := nearest(name, known)) is not None:
        return f"did you mean {near!r}?"
    names = sorted(known)
    if not names:
        return "none is defined"
    shown = ", ".join(names[:12])
    return f"known: {shown}" + (", …" if len(names) > 12 else "")


def nearest(name: str, known: Iterable[str], cutoff: float = 0.75) -> str | None:
    """Return the known name that is most like a wrong one, if any is like it."""
    by_lower = {candidate.lower(): candidate for candidate in sorted(known)}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=cutoff)
    return by_lower[found[0]] if found else None
