"""Plain YAML scalars, read by the core schema of YAML 1.2 (section 10.3.2).

YAML 1.1, which PyYAML implements, takes `no` for a boolean, `12:30` for an integer and
`2024-01-31` for a date. Here those are texts, as in JSON and in other YAML 1.2 readers.
"""

import math
import re
from decimal import Decimal

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
NO_JSON = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
NUMBER_START = frozenset("+-.0123456789")
MAX_DIGITS = 1000
"""Longer integers are refused: converting them takes quadratic time."""

Scalar = None | bool | int | float | str
BASES = {"0o": 8, "0x": 16}


class BadScalarError(ValueError):
    """A scalar that has no value in JSON."""


def plain_scalar(text: str) -> Scalar:
    """Return the value of an unquoted scalar; raise BadScalarError when JSON has none for it."""
    if text in NULLS:
        return None
    if text in BOOLEANS:
        return BOOLEANS[text]
    if text[0] not in NUMBER_START:
        return text
    if INTEGER.fullmatch(text):
        return _integer(text)
    if FLOAT.fullmatch(text):
        return _float(text)
    if NO_JSON.fullmatch(text):
        raise BadScalarError(f"{text} is not a JSON number")
    return text


def tagged_scalar(tag: str, text: str) -> Scalar:
    """Return the value of a scalar with a standard tag such as `!!int`."""
    if tag == "str":
        return text
    value = plain_scalar(text)
    if tag == "float" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    expected = {"int": int, "float": float, "bool": bool, "null": type(None)}[tag]
    if type(value) is not expected:
        raise BadScalarError(f"the value does not fit its tag !!{tag}")
    return value


def is_inexact(text: str) -> bool:
    """Tell whether a number has more digits than the double that will hold it."""
    value = float(text)
    return Decimal(text) != Decimal(repr(value))


def is_float(text: str) -> bool:
    """Tell whether a plain scalar is a number with a fraction or an exponent."""
    return not INTEGER.fullmatch(text) and FLOAT.fullmatch(text) is not None


def _integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise BadScalarError(f"the integer has more than {MAX_DIGITS} digits")
    base = BASES.get(text[:2])
    return int(text) if base is None else int(text[2:], base)


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise BadScalarError("the number is too big for a double")
    return value
