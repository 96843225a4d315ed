"""What a value must be, as conditions in Python: shared by decoding and encoding."""

import re

import attrs

from .filters import literal
from .schemas import Limit, Scalar, ScalarKind

PLAIN = re.compile(r"[A-Za-z0-9_.$/ -]+")
"""Texts that mean nothing to JSON, to Python's strings or to f-strings."""

ONE_SET = re.compile(
    r"\^(?:\[(?P<set>(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9_.: ]|-(?=\]))+)\]|\\(?P<digit>d))"
    r"(?:(?P<many>[*+])|\{(?P<low>\d{1,4})(?:(?P<comma>,)(?P<high>\d{1,4})?)?\})?\$"
)
"""A pattern that wants every character out of one set, and perhaps so many of them."""

DIGITS = frozenset("0123456789")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


@attrs.frozen(kw_only=True)
class Limits:
    """Limits of a text or an integer, as the generated conditions use them."""

    low: int | None = None
    high: int | None = None
    characters: str | None = None
    """All characters must be among these."""
    pattern: str | None = None
    """What `characters` cannot express, as ECMA-262 writes it."""
    step: int | None = None

    @property
    def needs_no_escapes(self) -> bool:
        """Tell whether JSON writes such a text as it is, between quotes."""
        return self.characters is not None

    def text(self, var: str, search: str) -> str:
        """Write when a value is no such text. `search` is the name that searches the pattern."""
        parts = [f"type({var}) is not str", *_range(self.low, self.high, f"len({var})")]
        if self.characters is not None:
            parts.append(_others(self.characters, var, empty=not self.low))
        if self.pattern is not None:
            parts.append(f"{search}({var}) is None")
        return " or ".join(parts)

    def integer(self, var: str) -> str:
        """Write when a value is no such integer."""
        parts = [f"type({var}) is not int", *_range(self.low, self.high, var)]
        parts += [f"{var} % {self.step}"] if self.step is not None else []
        return " or ".join(parts)


def _others(characters: str, var: str, *, empty: bool) -> str:
    """Write when a text has other characters. Methods of `str` are faster than a search."""
    # Nothing is left when the characters of a set are stripped from both ends.
    strip = f"{var}.strip({literal(characters)})"
    for known, method in ((LETTERS | DIGITS, "isalnum"), (LETTERS, "isalpha"), (DIGITS, "isdigit")):
        if not empty and frozenset(characters) == known:
            return f"not ({var}.isascii() and {var}.{method}())"
    if not empty and set(characters) > LETTERS | DIGITS:
        return f"not ({var}.isascii() and {var}.isalnum() or not {strip})"
    return strip


def _range(low: int | None, high: int | None, what: str) -> list[str]:
    if low is not None and low == high:
        return [f"{what} != {low}"]
    if low is not None and high is not None:
        return [f"not {low} <= {what} <= {high}"]
    if low is not None:
        return [f"{what} < {low}"]
    return [] if high is None else [f"{what} > {high}"]


def text_limits(given: tuple[Limit, ...]) -> Limits | None:
    """Read the limits of a text; None when one is not known here."""
    found = dict(given)
    low, high, pattern = (found.pop(k, None) for k in ("min_length", "max_length", "pattern"))
    if found or not all(v is None or type(v) is int for v in (low, high)):
        return None
    least = low if isinstance(low, int) else 0
    most = high if isinstance(high, int) else None
    if pattern is None:
        return Limits(low=least or None, high=most)
    if not isinstance(pattern, str):
        return None
    match = ONE_SET.fullmatch(pattern)
    if match is None:
        return Limits(low=least or None, high=most, pattern=pattern)
    characters = "0123456789" if match["digit"] else _characters(match["set"])
    if characters is None:
        return Limits(low=least or None, high=most, pattern=pattern)
    fewest, longest = _times(match)
    ends = [n for n in (most, longest) if n is not None]
    return Limits(
        low=max(least, fewest) or None, high=min(ends, default=None), characters=characters
    )


def _times(match: re.Match[str]) -> tuple[int, int | None]:
    if match["many"]:
        return (1 if match["many"] == "+" else 0), None
    if match["low"] is None:
        return 1, 1
    low = int(match["low"])
    return low, (low if not match["comma"] else int(match["high"]) if match["high"] else None)


def _characters(inside: str) -> str | None:
    found: list[str] = []
    for piece in re.findall(r".-.|.", inside):
        if len(piece) == 3:
            first, last = ord(piece[0]), ord(piece[2])
            if first > last:
                return None  # no pattern at all; who checks patterns says so
            found += map(chr, range(first, last + 1))
        else:
            found.append(piece)
    if not all(PLAIN.fullmatch(char) or char == ":" for char in found):
        return None  # `[A-z]` holds a backslash
    return "".join(sorted(set(found)))


def integer_limits(given: tuple[Limit, ...]) -> Limits | None:
    """Read the limits of an integer; None when one is not known here, or no whole number."""
    whole: dict[str, int] = {}
    for name, value in given:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if isinstance(value, float) and not value.is_integer():
            return None
        whole[name] = int(value)
    lows = [whole.pop("minimum", None), _moved(whole.pop("exclusive_minimum", None), 1)]
    highs = [whole.pop("maximum", None), _moved(whole.pop("exclusive_maximum", None), -1)]
    step = whole.pop("multiple_of", None)
    if whole or step == 0:
        return None
    return Limits(
        low=max((n for n in lows if n is not None), default=None),
        high=min((n for n in highs if n is not None), default=None),
        step=step,
    )


def _moved(value: int | None, by: int) -> int | None:
    return None if value is None else value + by


def sizes(given: tuple[Limit, ...], var: str) -> str | None:
    """Write when an array has the wrong length; None when a limit is not known here."""
    found = dict(given)
    low, high = found.pop("min_items", None), found.pop("max_items", None)
    if found or not all(v is None or type(v) is int for v in (low, high)):
        return None
    least, most = (v if isinstance(v, int) else None for v in (low, high))
    return " or ".join(_range(least or None, most, f"len({var})"))


def limits_of(scalar: Scalar) -> Limits | None:
    """Read the limits of a text or an integer."""
    if scalar.kind is ScalarKind.TEXT:
        return text_limits(scalar.limits)
    return integer_limits(scalar.limits)


def number_limits(given: tuple[Limit, ...], var: str) -> str | None:
    """Write when a Decimal is beyond its limits; None when one is not known here."""
    signs = {
        "minimum": "<",
        "maximum": ">",
        "exclusive_minimum": "<=",
        "exclusive_maximum": ">=",
    }
    parts: list[str] = []
    for name, value in given:
        if name not in signs or isinstance(value, bool) or not isinstance(value, int | float):
            return None
        exact = int(value) if isinstance(value, int) or value.is_integer() else None
        text = str(exact) if exact is not None else f"Decimal({literal(repr(value))})"
        parts.append(f"{var} {signs[name]} {text}")
    return " or ".join(parts)
