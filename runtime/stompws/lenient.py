"""The slow way of reading: says everything that is wrong, and saves what can be saved.

A value that breaks a limit is kept. A value of a type that its field cannot hold makes the nearest
optional field around it absent, and stands raw in the `unknown_fields` of that field's owner.
"""

from collections.abc import Mapping
from typing import Any, Final, cast

import attrs

from .compound import Either, Fits, Late, Row
from .errors import Problem
from .plans import Field, conditions_of, fields_of, whole_of
from .rule import kind_of
from .rules import Anything, Items, Misfit, Nullable, Of, Rule, Values, step
from .shapes import Struct, TaggedUnion, Unrecognised
from .values import FrozenMap, Json, UnknownFields


class _Nothing:
    """What comes back when a JSON value cannot be held. Why is among the problems."""


NOTHING: Final = _Nothing()
MISSING: Final = "required, but missing"
"""The rule of a `Problem` about a field that is not there."""


@attrs.define
class Walker:
    """Reads one document against rules and collects the problems."""

    problems: list[Problem] = attrs.field(factory=list[Problem])
    guessed: bool = False

    def problem(self, path: str, rule: str) -> None:
        """Note what was expected at a place."""
        self.problems.append(Problem(path, rule, self.guessed))

    def refuse(self, path: str, expected: str, wire: Json) -> _Nothing:
        """Note that the type is not the expected one."""
        self.problem(path, f"expected {expected}, got {kind_of(wire)}")
        return NOTHING

    def read(self, rule: Rule, wire: Json, path: str) -> object:
        """Read one value by its rule."""
        match rule:
            case Nullable(rule=inner):
                return None if wire is None else self.read(inner, wire, path)
            case Of(cls=cls):
                return self.struct(cls, wire, path)
            case TaggedUnion():
                return self.union(rule, wire, path)
            case Items():
                return self.items(rule, wire, path)
            case Values():
                return self.mapping(rule, wire, path)
            case Anything():
                return wire
            case Late(rule=inner):
                return self.read(inner, wire, path)
            case Fits(rule=inner):
                value = self.read(inner, wire, path)
                for at, text in rule.conditions.violations(wire):
                    self.problem(path + at, text)
                return value
            case Either():
                return self.either(rule, wire, path)
            case Row():
                return self.row(rule, wire, path)
            case _:
                return self.scalar(rule, wire, path)

    def scalar(self, rule: Rule, wire: Json, path: str) -> object:
        """Read a value that holds no others."""
        try:
            value = rule.from_wire(wire)
        except Misfit as exc:
            self.problem(path, str(exc))
            return NOTHING
        for at, text in rule.violations(value):
            self.problem(path + at, text)
        return value

    def items(self, rule: Items, wire: Json, path: str) -> object:
        """Read an array. One item that cannot be held loses the array: a gap would be a lie."""
        if not isinstance(wire, list):
            return self.refuse(path, "array", wire)
        found = [self.read(rule.rule, item, f"{path}[{i}]") for i, item in enumerate(wire)]
        if NOTHING in found:
            return NOTHING
        for at, text in rule.sizes(found):
            self.problem(path + at, text)
        return tuple(found)

    def either(self, rule: Either, wire: Json, path: str) -> object:
        """Read the alternative that fits best; of those that do not fit, the nearest."""
        tries: list[tuple[int, object, list[Problem]]] = []
        for index, inner in enumerate(rule.rules):
            walker = Walker(guessed=self.guessed)
            tries.append((index, walker.read(inner, wire, path), walker.problems))
        found = [(index, value) for index, value, problems in tries if not problems]
        if found:
            if rule.one and len(found) > 1:
                what = f"exactly one of the {len(tries)} alternatives, this fits {len(found)}"
                self.problem(path, f"expected what fits {what}")
            return rule.best(found, wire)
        named = rule.named(wire)
        held = [item for item in tries if item[1] is not NOTHING] or tries
        _, value, problems = min(held, key=lambda item: (item[0] != named, len(item[2])))
        if named is None:
            self.problem(path, f"expected one of {len(tries)} alternatives, got {kind_of(wire)}")
        else:
            self.problems += problems
        return value

    def row(self, rule: Row, wire: Json, path: str) -> object:
        """Read an array whose items have rules of their own."""
        if not isinstance(wire, list):
            return self.refuse(path, "array", wire)
        found = [self.read(rule.rule_at(i), item, f"{path}[{i}]") for i, item in enumerate(wire)]
        if NOTHING in found:
            return NOTHING
        for at, text in rule.sized.sizes(found):
            self.problem(path + at, text)
        return tuple(found)

    def mapping(self, rule: Values, wire: Json, path: str) -> object:
        """Read an object whose names are not fixed."""
        if not isinstance(wire, dict):
            return self.refuse(path, "object", wire)
        found = {name: self.read(rule.rule, item, path + step(name)) for name, item in wire.items()}
        if NOTHING in found.values():
            return NOTHING
        for at, text in rule.sizes(found):
            self.problem(path + at, text)
        return FrozenMap(found)

    def union(self, union: TaggedUnion, wire: Json, path: str) -> object:
        """Read the variant that the tag names."""
        if not isinstance(wire, dict):
            return self.refuse(path, "object", wire)
        tag_path = path + step(union.tag)
        tag = wire.get(union.tag)
        if isinstance(tag, str):
            if (cls := union.by_tag.get(tag)) is not None:
                return self.struct(cls, wire, path)
            if union.open:
                return Unrecognised(tag, UnknownFields(wire))
            self.problem(tag_path, f"expected one of {', '.join(union.by_tag)}")
        elif union.tag in wire:
            self.refuse(tag_path, "string", tag)
        else:
            self.problem(tag_path, MISSING)
        return Unrecognised(None, UnknownFields(wire)) if union.open else NOTHING

    def struct(self, cls: type[Struct], wire: Json, path: str) -> object:
        """Read an object by its class."""
        if (whole := whole_of(cls)) is not None:
            value = self.read(whole.rule, wire, path)
            return NOTHING if value is NOTHING else _build(cls, {whole.name: value}, {})
        if not isinstance(wire, dict):
            return self.refuse(path, "object", wire)
        before = self.guessed
        values: dict[str, object] = {}
        fields = fields_of(cls)
        named = {field.wire for field in fields if field.kind is None}
        raw: dict[str, Json] = {name: item for name, item in wire.items() if name not in named}
        complete = True
        for field in fields:
            if field.kind == "rest":
                values[field.name] = self._rest(field, raw, named, path)
                continue
            self.guessed = before or field.guessed
            value = self._field(field, wire, path + step(field.wire))
            if value is NOTHING and field.required:
                complete = False
            elif value is NOTHING:
                values[field.name], raw[field.wire] = field.absent, wire[field.wire]
            else:
                values[field.name] = value
        self.guessed = before
        if cls.schema_closed:
            for name in raw.keys() - named:
                self.problem(path + step(name), "expected nothing to be here")
        if (conditions := conditions_of(cls)) is not None:
            for at, text in conditions.violations(wire):
                self.problem(path + at, text)
        return _build(cls, values, raw) if complete else NOTHING

    def _rest(
        self, field: Field, raw: dict[str, Json], named: set[str], path: str
    ) -> FrozenMap[object]:
        """Read the properties that have no field; those that cannot be held stay raw."""
        rule = cast("Values", field.rule)
        found: dict[str, object] = {}
        for name in [name for name in raw if name not in named]:
            value = self.read(rule.rule, raw[name], path + step(name))
            if value is not NOTHING:
                found[name] = value
                del raw[name]
        for at, text in rule.sizes(found):
            self.problem(path + at, text)
        return FrozenMap(found)

    def _field(self, field: Field, wire: Mapping[str, Json], path: str) -> object:
        if field.wire in wire:
            return self.read(field.rule, wire[field.wire], path)
        if field.required:
            self.problem(path, MISSING)
            return NOTHING
        return field.absent


def _build(cls: type[Struct], values: Mapping[str, object], raw: Mapping[str, Json]) -> Struct:
    """Make an instance past its validators. Sending checks every value again."""
    new = cast("Any", object.__new__(cls))
    for name, value in values.items():
        object.__setattr__(new, name, value)
    object.__setattr__(new, "unknown_fields", UnknownFields(raw))
    return cast("Struct", new)


def fits(rule: Rule, wire: Json) -> bool:
    """Tell whether nothing is wrong with a document."""
    return not read(rule, wire)[1]


def read(rule: Rule, wire: Json) -> tuple[Any, list[Problem]]:
    """Read a document by a rule: the value or `NOTHING`, and all problems."""
    walker = Walker()
    try:
        return walker.read(rule, wire, "$"), walker.problems
    except RecursionError:
        return NOTHING, [Problem("$", "nested too deeply")]
