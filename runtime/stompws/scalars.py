"""Rules for single values that are not numbers."""

# ruff: noqa: D102 - what the methods of rules do is documented once, in `Rule`

import json
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

import attrs

from .ecma import compile_pattern
from .numeric import Integer, decimal_of
from .rule import Accepts, Rule, Violation, kind_of, misfit
from .values import Date, DateTime, Json, OpenStrEnum, pseudo_member


@attrs.frozen
class Text(Rule):
    """A string. Lengths count code points; the pattern is ECMA-262 and searches."""

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None

    def compiled(self) -> Accepts:
        low, high = (
            self.min_length or 0,
            sys.maxsize if self.max_length is None else self.max_length,
        )
        if (low, high, self.pattern) == (0, sys.maxsize, None):
            return lambda value: type(value) is str
        if self.pattern is None:

            def accepts(value: object) -> bool:
                return type(value) is str and low <= len(value) <= high
        else:
            pattern, search = self.pattern, None

            def accepts(value: object) -> bool:
                nonlocal search
                if search is None:
                    # At the first value, not when a class is made: importing stays fast.
                    search = compile_pattern(pattern).search
                return (
                    type(value) is str and low <= len(value) <= high and search(value) is not None
                )

        return accepts

    def violations(self, value: object) -> Sequence[Violation]:
        if type(value) is not str:
            return [("", f"expected string, got {kind_of(value)}")]
        found: list[Violation] = []
        if self.min_length is not None and len(value) < self.min_length:
            found.append(("", f"expected at least {self.min_length} characters"))
        if self.max_length is not None and len(value) > self.max_length:
            found.append(("", f"expected at most {self.max_length} characters"))
        if self.pattern is not None and not compile_pattern(self.pattern).search(value):
            found.append(("", f"expected a match of the pattern {self.pattern}"))
        return found

    def from_wire(self, wire: Json) -> str:
        if type(wire) is not str:
            raise misfit("string", wire)
        return wire


@attrs.frozen
class Boolean(Rule):
    """True or false; 0 and 1 are numbers."""

    def compiled(self) -> Accepts:
        return lambda value: value is True or value is False

    def violations(self, value: object) -> Sequence[Violation]:
        return () if type(value) is bool else [("", f"expected boolean, got {kind_of(value)}")]

    def from_wire(self, wire: Json) -> bool:
        if type(wire) is not bool:
            raise misfit("boolean", wire)
        return wire


@attrs.frozen
class _Spelled(Rule):
    """A string with a class of its own, which keeps the spelling."""

    cls: ClassVar[type[str]] = str

    def compiled(self) -> Accepts:
        cls = self.cls
        return lambda value: type(value) is cls

    def violations(self, value: object) -> Sequence[Violation]:
        expected = self.cls.__name__
        return () if self.accepts(value) else [("", f"expected {expected}, got {kind_of(value)}")]

    def from_wire(self, wire: Json) -> str:
        if type(wire) is not str:
            raise misfit("string", wire)
        return self.cls(wire)


@attrs.frozen
class DateTimeText(_Spelled):
    """A `DateTime`. Its format is not asserted, as JSON Schema does not."""

    cls: ClassVar[type[str]] = DateTime


@attrs.frozen
class DateText(_Spelled):
    """A `Date`. Its format is not asserted."""

    cls: ClassVar[type[str]] = Date


@attrs.frozen
class Choice(Rule):
    """A member of an enumeration. An open one takes members that it does not know.

    The limits are those of `Text`; they hold for the member's text.
    """

    enum: type[StrEnum]
    min_length: int | None = attrs.field(default=None, kw_only=True)
    max_length: int | None = attrs.field(default=None, kw_only=True)
    pattern: str | None = attrs.field(default=None, kw_only=True)

    def compiled(self) -> Accepts:
        enum, members, fits = self.enum, self.members, self._text.accepts
        right = {text for text in members if fits(text)}
        if issubclass(enum, OpenStrEnum):

            def accepts(value: object) -> bool:
                return type(value) is enum and (value in right or fits(value.value))
        else:

            def accepts(value: object) -> bool:
                # A tolerant read makes members that are not registered: the type is not enough.
                return type(value) is enum and value in right

        return accepts

    @property
    def members(self) -> Mapping[str, StrEnum]:
        """Known members by their wire values."""
        return {member.value: member for member in self.enum}

    @property
    def limited(self) -> bool:
        """True when the text of a member has limits of its own."""
        return self._text != Text()

    @property
    def _text(self) -> Text:
        return Text(self.min_length, self.max_length, self.pattern)

    def violations(self, value: object) -> Sequence[Violation]:
        if self.accepts(value):
            return ()
        if not isinstance(value, self.enum):
            return [("", f"expected {self.enum.__name__}, got {kind_of(value)}")]
        if value in self.members or issubclass(self.enum, OpenStrEnum):
            return self._text.violations(value.value)
        return [("", f"expected one of {', '.join(self.members)}")]

    def from_wire(self, wire: Json) -> StrEnum:
        if type(wire) is not str:
            raise misfit("string", wire)
        return self.members.get(wire) or pseudo_member(self.enum, wire)


@attrs.frozen
class Const(Rule):
    """One fixed value."""

    value: str | int | bool | Decimal | None

    @property
    def nullable(self) -> bool:
        return self.value is None

    def compiled(self) -> Accepts:
        constant = self.value
        return lambda value: type(value) is type(constant) and value == constant

    def violations(self, value: object) -> Sequence[Violation]:
        return () if self.accepts(value) else [("", f"expected the constant {self.text}")]

    @property
    def text(self) -> str:
        """The constant as JSON writes it."""
        return str(self.value) if isinstance(self.value, Decimal) else json.dumps(self.value)

    def from_wire(self, wire: Json) -> Json:
        if type(self.value) is int:
            return Integer().from_wire(wire)
        if type(self.value) is Decimal:
            return decimal_of(wire)
        if type(wire) is not type(self.value):
            raise misfit(kind_of(self.value), wire)
        return wire
