"""Rules for values inside values; with those for single ones, all that generated code imports.

A rule is an attrs validator. The codec reads the same rules to build its hooks, so that what may be
constructed, what may be decoded and what the schema accepts cannot drift apart.
"""

# ruff: noqa: D102 - what the methods of rules do is documented once, in `Rule`

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

import attrs

from .masking import mask_numbers
from .numeric import Integer, Number
from .rule import Accepts, Misfit, Rule, Violation, kind_of
from .scalars import Boolean, Choice, Const, DateText, DateTimeText, Text
from .values import ABSENT, Json, is_array, is_mapping, is_tuple

__all__ = [
    "Anything",
    "Boolean",
    "Choice",
    "Const",
    "DateText",
    "DateTimeText",
    "Integer",
    "Items",
    "Misfit",
    "Nullable",
    "Number",
    "Of",
    "Optional",
    "Rule",
    "Text",
    "Values",
    "Violation",
    "optional",
]


@attrs.frozen
class Of(Rule):
    """An instance of one message class, or of the class that a function names later."""

    target: type[Any] | Callable[[], type[Any]]

    @property
    def cls(self) -> type[Any]:
        """The message class."""
        return self.target if isinstance(self.target, type) else self.target()

    def compiled(self) -> Accepts:
        target = self.target
        if isinstance(target, type):
            return lambda value: type(value) is target
        return lambda value: type(value) is self.cls

    def violations(self, value: object) -> Sequence[Violation]:
        if self.accepts(value):
            return ()
        return [("", f"expected {self.cls.__name__}, got {kind_of(value)}")]

    def structs(self) -> Sequence[type[Any]]:
        return (self.cls,)


@attrs.frozen
class Items(Rule):
    """An array, held as a tuple."""

    rule: Rule
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False

    def compiled(self) -> Accepts:
        inner, sizes = self.rule.accepts, self.sizes
        if (self.min_items, self.max_items, self.unique) == (None, None, False):
            return lambda value: is_tuple(value) and all(map(inner, value))
        return lambda value: is_tuple(value) and all(map(inner, value)) and not sizes(value)

    def sizes(self, value: Sequence[object]) -> list[Violation]:
        """Tell what is wrong with the array as a whole."""
        found: list[Violation] = []
        if self.min_items is not None and len(value) < self.min_items:
            found.append(("", f"expected at least {self.min_items} items"))
        if self.max_items is not None and len(value) > self.max_items:
            found.append(("", f"expected at most {self.max_items} items"))
        if self.unique and len({fingerprint(item) for item in value}) < len(value):
            found.append(("", "expected items that differ from each other"))
        return found

    def violations(self, value: object) -> Sequence[Violation]:
        if not is_tuple(value):
            return [("", f"expected tuple, got {kind_of(value)}")]
        inner = [
            (f"[{index}]{at}", text)
            for index, item in enumerate(value)
            for at, text in self.rule.violations(item)
        ]
        return self.sizes(value) + inner

    def parts(self) -> Sequence[Rule]:
        return (self.rule,)


@attrs.frozen
class Values(Rule):
    """An object whose names are not fixed, held as a mapping."""

    rule: Rule
    min_properties: int | None = None
    max_properties: int | None = None

    def sizes(self, value: Mapping[Any, object]) -> list[Violation]:
        """Tell what is wrong with the object as a whole."""
        found: list[Violation] = []
        if self.min_properties is not None and len(value) < self.min_properties:
            found.append(("", f"expected at least {self.min_properties} properties"))
        if self.max_properties is not None and len(value) > self.max_properties:
            found.append(("", f"expected at most {self.max_properties} properties"))
        return found

    def violations(self, value: object) -> Sequence[Violation]:
        if not is_mapping(value):
            return [("", f"expected mapping, got {kind_of(value)}")]
        found = self.sizes(value)
        for name, item in value.items():
            if type(name) is not str:
                found.append(("", "expected names that are strings"))
            else:
                found += [(step(name) + at, text) for at, text in self.rule.violations(item)]
        return found

    def parts(self) -> Sequence[Rule]:
        return (self.rule,)


@attrs.frozen
class Anything(Rule):
    """Any JSON value, null too. Numbers are int or Decimal."""

    @property
    def nullable(self) -> bool:
        return True

    def violations(self, value: object) -> Sequence[Violation]:
        if value is None or type(value) in (bool, int, str):
            return ()
        if type(value) is Decimal:
            return () if value.is_finite() else [("", "expected a finite number")]
        if is_mapping(value):
            return Values(self).violations(value)
        if is_array(value):
            return Items(self).violations(tuple(value))
        return [("", f"expected a JSON value, got {kind_of(value)}")]

    def from_wire(self, wire: Json) -> Json:
        return wire


@attrs.frozen
class Nullable(Rule):
    """What the inner rule accepts, or None for null."""

    rule: Rule

    @property
    def nullable(self) -> bool:
        return True

    def compiled(self) -> Accepts:
        inner = self.rule.accepts
        return lambda value: value is None or inner(value)

    def violations(self, value: object) -> Sequence[Violation]:
        return () if value is None else self.rule.violations(value)

    def parts(self) -> Sequence[Rule]:
        return (self.rule,)


@attrs.frozen
class Optional(Rule):
    """A field that may be left out: None says so, or ABSENT where None means null."""

    rule: Rule

    @property
    def nullable(self) -> bool:
        return self.rule.nullable

    @property
    def absent(self) -> object:
        """The value that stands for a field that is not there."""
        return ABSENT if self.rule.nullable else None

    def compiled(self) -> Accepts:
        absent, inner = self.absent, self.rule.accepts
        return lambda value: value is absent or inner(value)

    def violations(self, value: object) -> Sequence[Violation]:
        return () if value is self.absent else self.rule.violations(value)

    def parts(self) -> Sequence[Rule]:
        return (self.rule,)


def optional(rule: Rule) -> Rule:
    """Let a field be left out."""
    return Optional(rule)


def step(name: str) -> str:
    """Write one step of a wire path. A name that a peer made up could hold anything: not shown."""
    plain = name.isascii() and name.isidentifier() and len(name) <= 64
    shown = plain and sum(map(str.isdigit, name)) < 8 and mask_numbers(name) == name  # base64
    return f".{name}" if shown else "[…]"


def fingerprint(value: object) -> object:
    """Make a hashable stand-in, equal for what JSON counts as equal: 1 and 1.0, not true."""
    if value is None or isinstance(value, bool):
        return "literal", repr(value)
    if isinstance(value, str):
        return "string", str(value)
    if is_array(value):
        return "array", tuple(fingerprint(item) for item in value)
    if is_mapping(value):
        return "object", frozenset((name, fingerprint(item)) for name, item in value.items())
    if attrs.has(type(value)):
        fields = attrs.fields(cast("Any", type(value)))
        return type(value), tuple(fingerprint(getattr(value, field.name)) for field in fields)
    if isinstance(value, int) or (isinstance(value, Decimal) and value.is_finite()):
        return "number", value
    return "other", id(value)  # no JSON, and perhaps no hash: somebody else complains of it
