"""Whether what may stand in one place became less or more, judged on the schemas.

What is not known here is compared by its structure and judged with care: a difference counts as
both less and more.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from ..schemas import (
    Anything,
    Array,
    Const,
    EnumSchema,
    Limit,
    Map,
    Named,
    ObjectSchema,
    OpenEnumSchema,
    Scalar,
    ScalarKind,
    UnionSchema,
    Value,
)
from .alternatives import Alternatives
from .api import Api
from .attributes import attribute_names, is_described
from .limits import NARROWER, OTHER, SAME, WIDER, Fit, fit_limits

UNTOLD = frozenset({"doc", "pointer", "description", "sensitive"})
"""What makes no difference to the values that fit."""


ANYTHING = Value(type=Anything())


def is_closed_object(schema: ObjectSchema) -> bool:
    """Tell whether an object may have no other properties than the known ones."""
    return bool(getattr(schema, "closed", False))


def fit_conditions(old: Value | ObjectSchema, new: Value | ObjectSchema) -> Fit:
    """Compare what is told in JSON Schema beside a type: with conditions, less fits."""
    if old.conditions == new.conditions:
        return SAME
    if old.conditions is None or new.conditions is None:
        return NARROWER if old.conditions is None else WIDER
    return OTHER


class ValueJudge:
    """Compares the values of two documents.

    `same` says which classes are compared with each other anyway: old pointer → new pointer.
    """

    def __init__(self, old: Api, new: Api, same: Mapping[str, str]) -> None:
        self._old, self._new, self._same = old, new, same
        self._open: set[tuple[str, str]] = set()
        self._alternatives = Alternatives(old, new, self.fit, self.equal)

    def fit(self, old: Value, new: Value) -> Fit:
        """Compare what may stand in one place. The insides of matched classes do not count."""
        fit = self.fit_type(old.type, new.type)
        before = old.nullable or isinstance(old.type, Anything)
        after = new.nullable or isinstance(new.type, Anything)
        if before != after:
            fit |= WIDER if after else NARROWER
        fit |= fit_conditions(old, new)
        return fit | self.fit_rest(old, new, {"type", "nullable", "conditions", "unchecked"})

    def fit_type(self, old: Any, new: Any) -> Fit:
        """Compare two types."""
        if isinstance(old, Named) and isinstance(new, Named):
            if self._same.get(old.pointer) == new.pointer:
                return fit_limits(old.limits, new.limits) | self.fit_rest(
                    old, new, {"pointer", "limits"}
                )
            return self._classes(old, new)
        if isinstance(old, Anything) or isinstance(new, Anything):
            if isinstance(old, Anything) and isinstance(new, Anything):
                return SAME
            return WIDER if isinstance(new, Anything) else NARROWER
        if isinstance(old, Scalar) and isinstance(new, Scalar):
            return _scalars(old, new) | self.fit_rest(old, new, {"kind", "limits"})
        for kind in (Array, Map):
            if isinstance(old, kind) and isinstance(new, kind):
                return self._containers(old, new)
        if (fit := self._alternatives.fit(old, new)) is not None:
            return fit
        if type(old) is type(new):
            return SAME if self.equal(old, new) else OTHER
        return self._mixed(old, new)

    def fit_rest(self, old: Any, new: Any, known: set[str]) -> Fit:
        """Compare what a version of the schema model has beside the attributes known here."""
        for name in attribute_names(old):
            if name in known or name in UNTOLD:
                continue
            if not self.equal(getattr(old, name), getattr(new, name, None)):
                return OTHER
        return SAME

    def equal(self, old: Any, new: Any) -> bool:
        """Tell whether two parts of the schema model say the same, wherever they stand."""
        return bool(plain(old, self._old_name) == plain(new, self._new.name))

    def _old_name(self, pointer: str) -> str:
        """Name a class of the old document as the new one names it."""
        found = self._same.get(pointer)
        return self._old.name(pointer) if found is None else self._new.name(found)

    def _containers(self, old: Any, new: Any) -> Fit:
        inner = "items" if isinstance(old, Array) else "values"
        fit = self.fit(getattr(old, inner), getattr(new, inner))
        fit |= fit_limits(old.limits, new.limits)
        return fit | self.fit_rest(old, new, {inner, "limits"})

    def _mixed(self, old: Any, new: Any) -> Fit:
        """Compare types of two sorts: an object with a map, a constant with a text."""
        if (fit := _within(old, self._old, new, self._new)) is not None:
            return fit
        if (fit := _within(new, self._new, old, self._old)) is not None:
            return Fit(loses=fit.gains, gains=fit.loses)
        return OTHER

    def _classes(self, old: Named, new: Named) -> Fit:
        """Compare two classes that are not the same one: one took the other's place."""
        place = (old.pointer, new.pointer)
        if place in self._open:
            return SAME  # round in a circle: what differs is found on the way
        self._open.add(place)
        try:
            before = self._old.classes.get(old.pointer)
            after = self._new.classes.get(new.pointer)
            fit = fit_limits(old.limits, new.limits)
            if isinstance(before, ObjectSchema) and isinstance(after, ObjectSchema):
                return fit | self._objects(before, after)
            if isinstance(before, UnionSchema) and isinstance(after, UnionSchema):
                return fit | (SAME if self.equal(before, after) else OTHER)
            return fit | _enums(before, after)
        finally:
            self._open.discard(place)

    def fit_others(self, old: ObjectSchema, new: ObjectSchema) -> Fit:
        """Compare what two objects say of other properties than the known ones, and as a whole."""
        was_closed, is_closed = is_closed_object(old), is_closed_object(new)
        fit = Fit(loses=is_closed and not was_closed, gains=was_closed and not is_closed)
        before, after = getattr(old, "rest", None), getattr(new, "rest", None)
        if not (was_closed or is_closed) and (before is not None or after is not None):
            fit |= self.fit(before or ANYTHING, after or ANYTHING)
        fit |= fit_conditions(old, new)
        known = {"fields", "closed", "rest", "conditions", "unchecked"}
        return fit | self.fit_rest(old, new, known)

    def _objects(self, old: ObjectSchema, new: ObjectSchema) -> Fit:
        fit = self.fit_others(old, new)
        after = {field.wire: field for field in new.fields}
        before = {field.wire: field for field in old.fields}
        for wire in sorted({*before, *after}):
            one, two = before.get(wire), after.get(wire)
            if one is None or two is None:
                # An unknown field is allowed unless the object is closed.
                fit |= Fit(
                    loses=is_closed_object(new) if two is None else two.required,
                    gains=is_closed_object(old) if one is None else one.required,
                )
                continue
            fit |= self.fit(one.value, two.value)
            fit |= Fit(
                loses=two.required and not one.required, gains=one.required and not two.required
            )
        return fit


CONSTANTS: dict[type, frozenset[ScalarKind]] = {
    str: frozenset({ScalarKind.TEXT}),
    bool: frozenset({ScalarKind.BOOLEAN}),
    int: frozenset({ScalarKind.INTEGER, ScalarKind.NUMBER}),
}

PARTS: dict[ScalarKind, frozenset[ScalarKind]] = {
    ScalarKind.TEXT: frozenset({ScalarKind.DATE, ScalarKind.DATE_TIME}),
    ScalarKind.NUMBER: frozenset({ScalarKind.INTEGER}),
}
"""Kinds whose values are all among those of another kind."""


def _scalars(old: Scalar, new: Scalar) -> Fit:
    if old.kind is new.kind:
        return fit_limits(old.limits, new.limits, whole=old.kind is ScalarKind.INTEGER)
    limits = fit_limits(old.limits, new.limits)
    if old.kind in PARTS.get(new.kind, ()):
        return WIDER | (OTHER if limits.loses else SAME)
    if new.kind in PARTS.get(old.kind, ()):
        return NARROWER | (OTHER if limits.gains else SAME)
    return OTHER


def _enums(old: Any, new: Any) -> Fit:
    """Compare lists of texts; an open one is any text."""
    if isinstance(old, OpenEnumSchema) and isinstance(new, OpenEnumSchema):
        return SAME
    if isinstance(old, EnumSchema) and isinstance(new, OpenEnumSchema):
        return WIDER
    if isinstance(old, OpenEnumSchema) and isinstance(new, EnumSchema):
        return NARROWER
    if isinstance(old, EnumSchema) and isinstance(new, EnumSchema):
        before, after = {m.value for m in old.members}, {m.value for m in new.members}
        return Fit(loses=bool(before - after), gains=bool(after - before))
    return OTHER


def _within(small: Any, of_small: Api, large: Any, of_large: Api) -> Fit | None:
    """Tell how the smaller sort becomes the larger one; None when it is not smaller."""
    limits: tuple[Limit, ...] = getattr(small, "limits", ())
    narrow, wide = _class(small, of_small), _class(large, of_large)
    if isinstance(narrow, EnumSchema) and isinstance(large, Scalar):
        return WIDER if large.kind is ScalarKind.TEXT and not large.limits else OTHER
    if isinstance(small, Const) and isinstance(wide, EnumSchema):
        values = {member.value for member in wide.members}
        if small.value not in values:
            return OTHER
        return WIDER if values - {small.value} else SAME
    if isinstance(small, Const) and isinstance(large, Scalar):
        kinds = CONSTANTS.get(type(small.value), frozenset())
        return WIDER if large.kind in kinds and not large.limits else OTHER
    if isinstance(narrow, OpenEnumSchema) and isinstance(large, Scalar):
        return _scalars(Scalar(kind=ScalarKind.TEXT, limits=limits), large)
    if isinstance(narrow, ObjectSchema) and isinstance(large, Map):
        free = isinstance(large.values.type, Anything) and not large.limits
        return WIDER if free else OTHER
    return None


def _class(type_: Any, api: Api) -> Any:
    return api.classes.get(type_.pointer) if isinstance(type_, Named) else None


def plain(value: Any, name: Callable[[str], str]) -> Any:
    """Write a part of the schema model without places and prose, its classes by name."""
    if is_described(value):
        parts: list[Any] = [type(value).__name__]
        for attribute in attribute_names(value):
            held = getattr(value, attribute)
            if isinstance(value, Named) and attribute == "pointer":
                parts.append(name(value.pointer))
            elif isinstance(value, UnionSchema) and attribute == "variants":
                parts.append(sorted(name(pointer) for pointer in value.variants))
            elif attribute not in UNTOLD:
                parts.append((attribute, plain(held, name)))
        return tuple(parts)
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), repr(plain(held, name))) for key, held in _items(value)))
    if isinstance(value, list | tuple):
        return tuple(plain(item, name) for item in cast("list[Any]", value))
    # `1`, `1.0` and `true` are equal in Python, and not in JSON.
    return type(value).__name__, str(value)


def _items(value: Any) -> Iterable[tuple[Any, Any]]:
    found: Iterable[tuple[Any, Any]] = value.items()
    return found
