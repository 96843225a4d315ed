"""Rules for numbers. All is exact: no float takes part in a comparison."""

# ruff: noqa: D102 - what the methods of rules do is documented once, in `Rule`

import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, TypeAlias

import attrs

from .rule import Accepts, Misfit, Rule, Violation, kind_of, misfit
from .values import Json

Limit: TypeAlias = int | Decimal | None

MOST_DIGITS: Final = 4300
"""Longer integers are refused, as CPython does by default: their arithmetic is quadratic."""


def most_digits() -> int:
    """Tell how long an integer may be: what `sys.set_int_max_str_digits` allows to write again."""
    return min(MOST_DIGITS, sys.get_int_max_str_digits() or MOST_DIGITS)


def _exact(value: object) -> int | Decimal | None:
    """Limits as exact numbers: 0.1 in a schema means the decimal 0.1."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if value is None or isinstance(value, int | Decimal):
        return value
    raise TypeError(f"a limit is a number, not {type(value).__name__}")


def is_multiple(value: int | Decimal, step: int | Decimal) -> bool:
    """Tell exactly, and without writing out huge exponents, whether value = n * step."""
    (coefficient, exponent), (unit, unit_exponent) = _parts(value), _parts(step)
    shift = exponent - unit_exponent
    if shift >= 0:
        return coefficient * pow(10, shift, unit) % unit == 0
    # value = coefficient / 10**-shift units: with more digits below the unit than it has at all,
    # only zero is a multiple.
    if -shift > coefficient.bit_length():  # an upper bound of its digits
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
        if number.adjusted() >= (most := most_digits()):
            raise Misfit(f"expected an integer of at most {most} digits")
        if number != number.to_integral_value():
            raise misfit("integer", number)
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
    raise misfit(expected, wire)


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
