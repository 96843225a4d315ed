"""Rules for single values: what a schema says, as attrs validators that also drive the codec.

Each rule exists twice, once fast (`accepts`) and once in words (`violations`); the tests hold the
two together. No text ever quotes the value.
"""

# ruff: noqa: D102 - what the methods of rules do is documented once, in `Rule`

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, TypeAlias, TypeVar

import attrs

from .ecma import compile_pattern
from .errors import InvalidMessageError, Problem
from .values import Date, DateTime, Json, OpenStrEnum, pseudo_member

T = TypeVar("T")
Violation: TypeAlias = tuple[str, str]
"""Where below the value (`""`, `[2]`, `.name`), and what was expected there."""
Accepts: TypeAlias = Callable[[object], bool]
Limit: TypeAlias = int | Decimal | None

MOST_DIGITS = 4300
"""Longer integers are refused, as CPython does by default: their arithmetic is quadratic."""


class Misfit(ValueError):  # noqa: N818 - a signal inside the codec, not an error to users
    """The JSON value is of a type that the rule cannot hold at all."""


def kind_of(value: object) -> str:
    """Name a value's JSON type, or its Python type when it has none."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float | Decimal):
        return "float" if isinstance(value, float) else "number"
    if type(value) is str:
        return "string"
    if isinstance(value, list):
        return "array"
    return "object" if isinstance(value, dict) else type(value).__name__


@attrs.frozen
class Rule:
    """What one schema says of one value. Calling it makes it an attrs validator."""

    accepts: Accepts = attrs.field(init=False, eq=False, repr=False)
    """Tells whether a Python value is right: as `violations` does, and fast."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "accepts", self.compiled())

    def compiled(self) -> Accepts:
        """Make `accepts`."""
        return lambda value: not self.violations(value)

    @property
    def nullable(self) -> bool:
        """True when the JSON value null is among the accepted ones."""
        return False

    def violations(self, value: object) -> Sequence[Violation]:
        """Tell everything that is wrong with a Python value; not inside the structs it holds."""
        raise NotImplementedError

    def from_wire(self, wire: Json) -> object:
        """Turn the JSON value into the Python one, or raise `Misfit`. Limits are not looked at."""
        raise NotImplementedError

    def parts(self) -> Sequence["Rule"]:
        """Rules of the values inside this value."""
        return ()

    def structs(self) -> Sequence[type[Any]]:
        """Classes that a value of this rule can be an instance of."""
        return ()

    def __call__(self, instance: Any, attribute: "attrs.Attribute[T]", value: T) -> None:
        # With Any in place of T, pyright would take the default of a Literal field for a str.
        if not self.accepts(value):
            info: Mapping[Any, Any] = attribute.metadata
            path, guessed = f"$.{info.get('wire', attribute.name)}", bool(info.get("guessed"))
            found = [Problem(path + at, text, guessed) for at, text in self.violations(value)]
            raise InvalidMessageError(type(instance).__name__, found) from None


def _exact(value: object) -> int | Decimal | None:
    """Limits as exact numbers: 0.1 in a schema means the decimal 0.1."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if value is None or isinstance(value, int | Decimal):
        return value
    raise TypeError(f"a limit is a number, not {type(value).__name__}")


def _refuse(expected: str, value: object) -> Misfit:
    return Misfit(f"expected {expected}, got {kind_of(value)}")


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
        if self.pattern is None:

            def accepts(value: object) -> bool:
                return type(value) is str and low <= len(value) <= high
        else:
            search = compile_pattern(self.pattern).search

            def accepts(value: object) -> bool:
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
            raise _refuse("string", wire)
        return wire


def is_multiple(value: int | Decimal, step: int | Decimal) -> bool:
    """Tell exactly, and without writing out huge exponents, whether value = n * step."""
    (coefficient, exponent), (unit, unit_exponent) = _parts(value), _parts(step)
    shift = exponent - unit_exponent
    if shift >= 0:
        return coefficient * pow(10, shift, unit) % unit == 0
    # value = coefficient / 10**-shift units: with more digits below the unit than it has at all,
    # only zero is a multiple.
    if -shift > len(str(coefficient)):
        return coefficient == 0
    return bool(coefficient % (unit * 10**-shift) == 0)


def _parts(number: int | Decimal) -> tuple[int, int]:
    if isinstance(number, int):
        return abs(number), 0
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 - NaN and Infinity were refused before
    return int(Decimal((0, digits, 0))), exponent


@attrs.frozen
class _Numeric(Rule):
    """Limits shared by `Integer` and `Number`."""

    minimum: Limit = attrs.field(default=None, converter=_exact)
    maximum: Limit = attrs.field(default=None, converter=_exact)
    exclusive_minimum: Limit = attrs.field(default=None, converter=_exact)
    exclusive_maximum: Limit = attrs.field(default=None, converter=_exact)
    multiple_of: Limit = attrs.field(default=None, converter=_exact)

    def limits(self, value: int | Decimal) -> Sequence[Violation]:
        """Tell which limits a number of the right type breaks."""
        found: list[Violation] = []
        if self.minimum is not None and value < self.minimum:
            found.append(("", f"expected at least {self.minimum}"))
        if self.maximum is not None and value > self.maximum:
            found.append(("", f"expected at most {self.maximum}"))
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            found.append(("", f"expected more than {self.exclusive_minimum}"))
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            found.append(("", f"expected less than {self.exclusive_maximum}"))
        if self.multiple_of is not None and not is_multiple(value, self.multiple_of):
            found.append(("", f"expected a multiple of {self.multiple_of}"))
        return found


@attrs.frozen
class Integer(_Numeric):
    """A whole number. `1.0` on the wire is one; a bool or a float in Python is not."""

    def compiled(self) -> Accepts:
        low, high, limits = self.minimum, self.maximum, self.limits
        whole = (self.exclusive_minimum, self.exclusive_maximum, self.multiple_of)
        if whole == (None, None, None) and low is not None and high is not None:

            def accepts(value: object) -> bool:
                return type(value) is int and low <= value <= high
        else:

            def accepts(value: object) -> bool:
                return type(value) is int and not limits(value)

        return accepts

    def violations(self, value: object) -> Sequence[Violation]:
        if type(value) is not int:
            return [("", f"expected integer, got {kind_of(value)}")]
        return self.limits(value)

    def from_wire(self, wire: Json) -> int:
        if type(wire) is int:
            return wire
        number = decimal_of(wire, "integer")
        if number.adjusted() >= MOST_DIGITS:
            raise Misfit(f"expected an integer of at most {MOST_DIGITS} digits")
        if number != number.to_integral_value():
            raise _refuse("integer", number)
        return int(number)


def decimal_of(wire: object, expected: str = "number") -> Decimal:
    """Turn any JSON number into a Decimal; floats come from converters fed by other parsers."""
    if type(wire) is Decimal and wire.is_finite():
        return wire
    if type(wire) is int:
        return Decimal(wire)
    if type(wire) is float:
        number = Decimal(repr(wire))
        if number.is_finite():
            return number
    raise _refuse(expected, wire)


@attrs.frozen
class Number(_Numeric):
    """A number with a fraction, held as a finite `Decimal`: a float is refused."""

    def compiled(self) -> Accepts:
        limits = self.limits

        def accepts(value: object) -> bool:
            return type(value) is Decimal and value.is_finite() and not limits(value)

        return accepts

    def violations(self, value: object) -> Sequence[Violation]:
        if type(value) is not Decimal:
            return [("", f"expected Decimal, got {kind_of(value)}")]
        return self.limits(value) if value.is_finite() else [("", "expected a finite number")]

    def from_wire(self, wire: Json) -> Decimal:
        return decimal_of(wire)


@attrs.frozen
class Boolean(Rule):
    """True or false; 0 and 1 are numbers."""

    def compiled(self) -> Accepts:
        return lambda value: value is True or value is False

    def violations(self, value: object) -> Sequence[Violation]:
        return () if type(value) is bool else [("", f"expected boolean, got {kind_of(value)}")]

    def from_wire(self, wire: Json) -> bool:
        if type(wire) is not bool:
            raise _refuse("boolean", wire)
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
            raise _refuse("string", wire)
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
    """A member of an enumeration. An open one takes members that it does not know."""

    enum: type[StrEnum]

    def compiled(self) -> Accepts:
        enum, members = self.enum, self.members
        if issubclass(enum, OpenStrEnum):

            def accepts(value: object) -> bool:
                return type(value) is enum
        else:

            def accepts(value: object) -> bool:
                # A tolerant read makes members that are not registered: the type is not enough.
                return type(value) is enum and value in members

        return accepts

    @property
    def members(self) -> Mapping[str, StrEnum]:
        """Known members by their wire values."""
        return {member.value: member for member in self.enum}

    def violations(self, value: object) -> Sequence[Violation]:
        if self.accepts(value):
            return ()
        if type(value) is self.enum:
            return [("", f"expected one of {', '.join(self.members)}")]
        return [("", f"expected {self.enum.__name__}, got {kind_of(value)}")]

    def from_wire(self, wire: Json) -> StrEnum:
        if type(wire) is not str:
            raise _refuse("string", wire)
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
            raise _refuse(kind_of(self.value), wire)
        return wire
