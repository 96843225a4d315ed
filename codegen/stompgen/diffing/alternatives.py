"""Compares types that join others: alternatives, listed values, rows, and what allows nothing.

None when neither type is one of these. What is said is never too little: alternatives of which a
value may fit two are judged with care.
"""

from collections.abc import Callable
from typing import Any

from ..schemas import (
    Among,
    Array,
    Const,
    Either,
    EnumSchema,
    Map,
    Named,
    Never,
    OpenEnumSchema,
    Row,
    Scalar,
    ScalarKind,
    Value,
)
from .api import Api
from .limits import NARROWER, OTHER, SAME, WIDER, Fit, fit_limits

FitOf = Callable[[Value, Value], Fit]
Equal = Callable[[Any, Any], bool]

NUMBERS = frozenset({ScalarKind.INTEGER, ScalarKind.NUMBER})


class Alternatives:
    """Compares such types, with the help of what compares all others."""

    def __init__(self, old: Api, new: Api, fit: FitOf, equal: Equal) -> None:
        self._old, self._new, self._fit, self._equal = old, new, fit, equal

    def fit(self, old: Any, new: Any) -> Fit | None:
        """Compare two types; None when neither joins others."""
        if isinstance(old, Never) or isinstance(new, Never):
            return Fit(loses=not isinstance(old, Never), gains=not isinstance(new, Never))
        if isinstance(old, Among | Const) and isinstance(new, Among | Const):
            before, after = _listed(old), _listed(new)
            return Fit(loses=bool(before - after), gains=bool(after - before))
        if isinstance(old, Row) and isinstance(new, Row):
            return self._rows(old, new)
        if isinstance(old, Either) and isinstance(new, Either):
            return self._both(old, new)
        if isinstance(new, Either):
            return self._joined(old, new, backwards=False)
        if isinstance(old, Either):
            fit = self._joined(new, old, backwards=True)
            return Fit(loses=fit.gains, gains=fit.loses)
        if isinstance(old, Among) and isinstance(new, Scalar):
            return _into_scalar(old, new)
        if isinstance(new, Among) and isinstance(old, Scalar):
            fit = _into_scalar(new, old)
            return Fit(loses=fit.gains, gains=fit.loses)
        return None

    def _rows(self, old: Row, new: Row) -> Fit:
        if len(old.items) != len(new.items):
            return OTHER
        fit = fit_limits(old.limits, new.limits)
        for one, two in zip(old.items, new.items, strict=True):
            fit |= self._fit(one, two)
        nothing = Value(type=Never())
        return fit | self._fit(old.rest or nothing, new.rest or nothing)

    def _both(self, old: Either, new: Either) -> Fit:
        if old.one != new.one or old.tag != new.tag:
            return OTHER
        gone = [v for v in old.variants if not any(self._equal(v, w) for w in new.variants)]
        come = [w for w in new.variants if not any(self._equal(v, w) for v in old.variants)]
        if not gone and not come:
            return SAME if old.names == new.names else OTHER
        if gone and come:
            if len(gone) != len(come):
                return OTHER
            fit = SAME
            for one, two in zip(gone, come, strict=True):
                fit |= self._fit(one, two)
            return fit
        if old.one and old.tag is None and not self._apart(old, new, gone, come):
            return OTHER  # what fits an old one and a new one fits no longer exactly one
        return NARROWER if gone else WIDER

    def _apart(self, old: Either, new: Either, gone: list[Value], come: list[Value]) -> bool:
        """Tell whether no value can fit both what came or went and what stayed."""
        moved = {kind for v in gone for kind in _kinds(v, self._old)}
        moved |= {kind for v in come for kind in _kinds(v, self._new)}
        side, api = (new, self._new) if gone else (old, self._old)
        stayed = {kind for v in side.variants for kind in _kinds(v, api)}
        return not moved & stayed and "any" not in moved | stayed

    def _joined(self, single: Any, either: Either, *, backwards: bool) -> Fit:
        """Compare one type with alternatives of which it may be one."""
        alone = Value(type=single)
        api = self._old if backwards else self._new
        for variant in either.variants:
            same = self._equal(variant, alone) if backwards else self._equal(alone, variant)
            if not same:
                continue
            others = {kind for v in either.variants if v is not variant for kind in _kinds(v, api)}
            if not either.one or not (others & _kinds(variant, api)):
                return WIDER
        return OTHER


def _listed(type_: Among | Const) -> set[tuple[str, str]]:
    values = type_.values if isinstance(type_, Among) else (type_.value,)
    # In JSON, `1` and `true` are two values.
    return {(type(value).__name__, str(value)) for value in values}


def _into_scalar(small: Among, large: Scalar) -> Fit:
    """Tell how listed values become any of a kind."""
    kinds: set[ScalarKind | None] = set()
    for value in small.values:
        if isinstance(value, bool):
            kinds.add(ScalarKind.BOOLEAN)
        elif isinstance(value, str):
            kinds.add(ScalarKind.TEXT)
        else:
            kinds.add(None if value is None else ScalarKind.INTEGER)
    fits = kinds <= (NUMBERS if large.kind is ScalarKind.NUMBER else {large.kind})
    return WIDER if fits and not large.limits else OTHER


def _kinds(value: Value, api: Api) -> set[str]:
    """Name the JSON types that a value may have; `any` when that is not known."""
    type_, found = value.type, {"null"} if value.nullable else set[str]()
    if isinstance(type_, Scalar):
        number = type_.kind in NUMBERS
        boolean = type_.kind is ScalarKind.BOOLEAN
        return found | {"number" if number else "boolean" if boolean else "string"}
    if isinstance(type_, Array | Row):
        return found | {"array"}
    if isinstance(type_, Map):
        return found | {"object"}
    if isinstance(type_, Named):
        schema = api.classes.get(type_.pointer)
        is_text = isinstance(schema, EnumSchema | OpenEnumSchema)
        return found | {"string" if is_text else "object"}
    return found | {"any"}
