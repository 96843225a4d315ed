"""Rules for what has no single type: alternatives, rows, listed values, further conditions."""

# ruff: noqa: D102 - what the methods of rules do is documented once, in `Rule`

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Final, TypeAlias, cast

import attrs

from .conditions import Conditions, Schema
from .rule import Accepts, Rule, Violation, kind_of, misfit
from .rules import Items, Optional
from .values import Json, is_array, is_mapping, is_tuple

__all__ = ["Among", "Either", "Fits", "Late", "Nothing", "Row"]

Listed: TypeAlias = str | int | bool | None
"""What Python's `Literal` may hold."""


@attrs.frozen
class Nothing(Rule):
    """No value at all: the schema contradicts itself, or is `false`."""

    def violations(self, value: object) -> Sequence[Violation]:
        return [("", f"expected nothing to be here, got {kind_of(value)}")]

    def from_wire(self, wire: Json) -> object:
        raise misfit("nothing", wire)


@attrs.frozen(init=False, repr=False)
class Among(Rule):
    """One of some values of any type. True is not 1; `1.0` on the wire is 1."""

    values: tuple[Listed, ...]

    def __init__(self, *values: Listed) -> None:
        object.__setattr__(self, "values", values)
        self.__attrs_post_init__()

    def __repr__(self) -> str:
        return f"Among({', '.join(map(repr, self.values))})"

    @property
    def nullable(self) -> bool:
        return None in self.values

    def compiled(self) -> Accepts:
        known = frozenset((type(value), value) for value in self.values)
        return lambda value: (
            (value is None or type(value) in (str, int, bool)) and (type(value), value) in known
        )

    def violations(self, value: object) -> Sequence[Violation]:
        return () if self.accepts(value) else [("", f"expected one of {len(self.values)} values")]

    def from_wire(self, wire: Json) -> Json:
        for value in self.values:
            if type(wire) is type(value) and wire == value:
                return wire
            if type(value) is int and kind_of(wire) == "number" and wire == value:
                return value
        raise misfit(f"one of {len(self.values)} values", wire)


@attrs.frozen(init=False, repr=False)
class Either(Rule):
    """What at least one of some rules accepts, or exactly one.

    Read as the alternative that knows most of the value; `tag` names a property whose value tells
    which one to try first.
    """

    rules: tuple[Rule, ...]
    one: bool
    tag: str | None
    names: Mapping[str, int] = attrs.field(eq=False)
    """Tag value → index of its alternative."""

    def __init__(
        self,
        *rules: Rule,
        one: bool = False,
        tag: str | None = None,
        names: Mapping[str, int] | None = None,
    ) -> None:
        for name, value in (("rules", rules), ("one", one), ("tag", tag), ("names", names or {})):
            object.__setattr__(self, name, value)
        self.__attrs_post_init__()

    def __repr__(self) -> str:
        return f"Either({', '.join(map(repr, self.rules))}{', one=True' if self.one else ''})"

    @property
    def nullable(self) -> bool:
        return any(rule.nullable for rule in self.rules)

    def compiled(self) -> Accepts:
        checks = [rule.accepts for rule in self.rules]
        return lambda value: any(check(value) for check in checks)

    def violations(self, value: object) -> Sequence[Violation]:
        if self.accepts(value):
            return ()
        return [("", f"expected one of {len(self.rules)} alternatives, got {kind_of(value)}")]

    def parts(self) -> Sequence[Rule]:
        return self.rules

    def named(self, wire: object) -> int | None:
        """Return the index of the alternative that the tag names."""
        if self.tag is None or not is_mapping(wire):
            return None
        name = wire.get(self.tag)
        return self.names.get(name) if isinstance(name, str) else None

    def best(self, found: Sequence[tuple[int, object]], wire: object) -> object:
        """Choose among the alternatives that fit, given as index and value."""
        named = self.named(wire)
        if len(found) == 1:
            return found[0][1]
        return min(found, key=lambda item: (item[0] != named, unknown_names(item[1]), item[0]))[1]


@attrs.frozen(init=False, repr=False)
class Row(Rule):
    """An array whose items have rules of their own by position, held as a tuple."""

    rules: tuple[Rule, ...]
    rest: Rule | None
    """The rule of the items after these; None when there may be none."""
    sized: Items

    def __init__(
        self,
        *rules: Rule,
        rest: Rule | None = None,
        min_items: int | None = None,
        max_items: int | None = None,
        unique: bool = False,
    ) -> None:
        sized = Items(rest or Nothing(), min_items, max_items, unique)
        for name, value in (("rules", rules), ("rest", rest), ("sized", sized)):
            object.__setattr__(self, name, value)
        self.__attrs_post_init__()

    def __repr__(self) -> str:
        return f"Row({', '.join(map(repr, self.rules))}, rest={self.rest!r})"

    def rule_at(self, index: int) -> Rule:
        """Return the rule of the item at an index."""
        return self.rules[index] if index < len(self.rules) else self.sized.rule

    def compiled(self) -> Accepts:
        sizes = self.sized.sizes
        return lambda value: (
            is_tuple(value)
            and all(self.rule_at(index).accepts(item) for index, item in enumerate(value))
            and not sizes(value)
        )

    def violations(self, value: object) -> Sequence[Violation]:
        if not is_tuple(value):
            return [("", f"expected tuple, got {kind_of(value)}")]
        return self.sized.sizes(value) + [
            (f"[{index}]{at}", text)
            for index, item in enumerate(value)
            for at, text in self.rule_at(index).violations(item)
        ]

    def parts(self) -> Sequence[Rule]:
        return (*self.rules, self.sized.rule)


@attrs.frozen
class Fits(Rule):
    """What a rule accepts and a JSON Schema too; it is judged on the JSON value."""

    rule: Rule
    schema: Schema = attrs.field(hash=False, repr=False)

    @property
    def conditions(self) -> Conditions:
        """The schema, ready to judge."""
        return Conditions(self.schema)

    @property
    def nullable(self) -> bool:
        return self.rule.nullable

    def compiled(self) -> Accepts:
        inner, conditions = self.rule.accepts, self.conditions
        return lambda value: inner(value) and conditions.hold(wire_of(value))

    def violations(self, value: object) -> Sequence[Violation]:
        return list(self.rule.violations(value)) or list(self.conditions.violations(wire_of(value)))

    def from_wire(self, wire: Json) -> object:
        return self.rule.from_wire(wire)

    def parts(self) -> Sequence[Rule]:
        return (self.rule,)


@attrs.frozen
class Late(Rule):
    """A rule that is defined further down, in a circle of types."""

    target: Callable[[], Rule]
    null: bool = False
    """True when it accepts null; the rule itself cannot be asked yet."""

    @property
    def nullable(self) -> bool:
        return self.null

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self.target()

    def compiled(self) -> Accepts:
        return lambda value: self.rule.accepts(value)

    def violations(self, value: object) -> Sequence[Violation]:
        return self.rule.violations(value)

    def from_wire(self, wire: Json) -> object:
        return self.rule.from_wire(wire)

    def parts(self) -> Sequence[Rule]:
        return (self.rule,)


_UNKNOWN: Final = "unknown_fields"


def unknown_names(value: object) -> int:
    """Count the properties that nobody knows in a value and below it."""
    if is_mapping(value):
        return sum(map(unknown_names, value.values()))
    if is_array(value):
        return sum(map(unknown_names, value))
    if not attrs.has(type(value)):
        return 0
    fields = attrs.fields(cast("Any", type(value)))
    own = sum(unknown_names(getattr(value, f.name)) for f in fields if f.name != _UNKNOWN)
    return own + len(getattr(value, _UNKNOWN, ()))


def wire_of(value: object) -> Any:
    """Give a value as the JSON value it stands for, with all it holds."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return str(value)
    if is_mapping(value):
        return {name: wire_of(item) for name, item in value.items()}
    if is_array(value):
        return [wire_of(item) for item in value]
    if not attrs.has(type(value)):
        return value
    return _object(value) if hasattr(value, _UNKNOWN) else wire_of(cast("Any", value).raw)


def _object(value: object) -> Any:
    out: dict[str, Any] = {}
    for field in attrs.fields(cast("Any", type(value))):
        if field.name == _UNKNOWN:
            continue
        item, rule = getattr(value, field.name), field.validator
        if isinstance(rule, Optional) and item is rule.absent:
            continue
        kind = field.metadata.get("kind")
        if kind == "whole":
            return wire_of(item)
        if kind == "rest":
            out.update(wire_of(item))
        else:
            out[field.metadata.get("wire", field.name)] = wire_of(item)
    for name, item in getattr(value, _UNKNOWN, {}).items():
        out.setdefault(name, wire_of(item))
    return out
