"""What the codec's fast functions have in common: how they are called, and how they stop.

`readers` and `writers` build one function for each class and direction, once, from the rules. Such
a function gives the exact result or stops with one of `SLIPS`. It does not say what was wrong: then
the slow, explaining ways are asked (`lenient` when reading, `exact` when writing).
"""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from .rule import Accepts
from .rules import Items, Values
from .values import is_mapping, is_tuple

Hook: TypeAlias = Callable[[Any], Any]

SLIPS: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the fast functions stop with. `InvalidMessageError` and `Misfit` are ValueErrors."""

REQUIRED: Final = object()
"""Stands where a field has no value for being absent."""


def items_check(rule: Items, check: Accepts | None) -> Accepts:
    """Check an array whose items `check` checks, or nobody has to."""

    def accepts(value: Any) -> bool:
        return (
            is_tuple(value) and (check is None or all(map(check, value))) and not rule.sizes(value)
        )

    return accepts


def values_check(rule: Values, check: Accepts | None) -> Accepts:
    """Check an object whose values `check` checks, or nobody has to."""

    def accepts(value: Any) -> bool:
        return (
            is_mapping(value)
            and all(type(name) is str for name in value)
            and (check is None or all(map(check, value.values())))
            and not rule.sizes(value)
        )

    return accepts


def or_none(convert: Hook | None) -> Hook | None:
    """Let null pass a conversion."""
    if convert is None:
        return None
    return lambda value: None if value is None else convert(value)


def or_none_check(check: Accepts | None) -> Accepts | None:
    """Let null pass a check."""
    if check is None:
        return None
    return lambda value: value is None or check(value)
