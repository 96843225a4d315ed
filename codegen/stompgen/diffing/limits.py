"""Whether limits became tighter or looser."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from ..schemas import Limit

Bound = tuple[Fraction, bool]
"""A bound, and whether it is itself excluded."""


@attrs.frozen
class Fit:
    """How the values of one place relate to those it had before."""

    loses: bool = False
    """True when a value that was fine may not be any more."""
    gains: bool = False
    """True when a value may be fine now that was not."""

    def __or__(self, other: "Fit") -> "Fit":
        return Fit(self.loses or other.loses, self.gains or other.gains)

    def __bool__(self) -> bool:
        return self.loses or self.gains


SAME, NARROWER, WIDER, OTHER = Fit(), Fit(loses=True), Fit(gains=True), Fit(loses=True, gains=True)


def fit_limits(old: Iterable[Limit], new: Iterable[Limit], *, whole: bool = False) -> Fit:
    """Compare the limits of two places of the same kind; `whole` when values are integers."""
    before, after = dict(old), dict(new)
    fit = _low(_lower(before, whole), _lower(after, whole))
    fit |= _low(_negative(_upper(before, whole)), _negative(_upper(after, whole)))
    fit |= _step(before.get("multiple_of"), after.get("multiple_of"))
    for name in sorted({*before, *after} - {"multiple_of", *BOUNDS}):
        fit |= _other(name, before.get(name), after.get(name))
    return fit


BOUNDS = frozenset({"minimum", "maximum", "exclusive_minimum", "exclusive_maximum"})


def _lower(limits: Mapping[str, Any], whole: bool) -> Bound | None:
    found: list[Bound] = []
    if (value := limits.get("minimum")) is not None:
        found.append((_exact(value), False))
    if (value := limits.get("exclusive_minimum")) is not None:
        found.append((_exact(value), True))
    if not found:
        return None
    value, open_ = max(found)
    if not whole:
        return value, open_
    # Among whole numbers, more than 3 is at least 4, and at least 3.5 is too.
    return Fraction(value.__floor__() + 1 if open_ else value.__ceil__()), False


def _upper(limits: Mapping[str, Any], whole: bool) -> Bound | None:
    turned: dict[str, Any] = {}
    if (value := limits.get("maximum")) is not None:
        turned["minimum"] = -_exact(value)
    if (value := limits.get("exclusive_maximum")) is not None:
        turned["exclusive_minimum"] = -_exact(value)
    return _negative(_lower(turned, whole))


def _negative(bound: Bound | None) -> Bound | None:
    return None if bound is None else (-bound[0], bound[1])


def _low(old: Bound | None, new: Bound | None) -> Fit:
    if old == new:
        return SAME
    if old is None:
        return NARROWER
    if new is None:
        return WIDER
    return NARROWER if new > old else WIDER


def _step(old: Any, new: Any) -> Fit:
    if old == new:
        return SAME
    if old is None:
        return NARROWER
    if new is None:
        return WIDER
    before, after = _exact(old), _exact(new)
    if before == 0 or after == 0:
        return OTHER
    if (after / before).denominator == 1:
        return NARROWER
    return WIDER if (before / after).denominator == 1 else OTHER


def _other(name: str, old: Any, new: Any) -> Fit:
    if old == new and type(old) is type(new):
        return SAME
    absent_old, absent_new = old in (None, False), new in (None, False)
    if absent_old or absent_new:
        fit = SAME if absent_old and absent_new else NARROWER if absent_old else WIDER
        nothing = name.startswith("min_") and (old or new) == 0
        return SAME if nothing else fit
    if name.startswith(("min_", "max_")) and isinstance(old, int) and isinstance(new, int):
        return NARROWER if (new > old) == name.startswith("min_") else WIDER
    return OTHER  # two patterns, or limits that are not known here


def _exact(value: Any) -> Fraction:
    """Return a number as it is written: 0.1 is a tenth."""
    return Fraction(value) if isinstance(value, int | Fraction) else Fraction(str(value))
