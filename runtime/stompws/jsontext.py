"""JSON text ↔ Python values, with every digit kept and nothing let through that is not JSON."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from json.encoder import encode_basestring
from typing import Any, Final

from .errors import Problem
from .numeric import MOST_DIGITS, most_digits
from .rules import Misfit, step
from .values import Json, is_mapping

MOST_LEVELS: Final = 100
"""Arrays and objects inside each other. RFC 8259, section 9, lets a reader set such a limit; with
this one, whatever was read can be written again without running into Python's recursion limit."""

_MOST_REPEATED: Final = 100
"""So many names that came twice are told; a document may hold hundreds of thousands."""


class NotJsonError(Exception):
    """The text is not JSON. The problem says where; the text itself is not quoted."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.problem = Problem("$", rule)


class NotWritableError(Exception):
    """The value cannot be written as JSON."""


class Repeating(dict[str, Json]):
    """An object in which names came twice. The last value counts, as Python's json has it."""

    names: tuple[str, ...] = ()


class _Unusual(Exception):  # noqa: N818 - never leaves this module
    """The fast decoder met something that the careful one has to look at."""


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Unusual
    return found


def _repeating(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    marked = Repeating(found)
    times = Counter(name for name, _ in pairs)
    marked.names = tuple(name for name, count in times.items() if count > 1)
    return marked


def _long_integer(text: str) -> int | Decimal:
    # CPython refuses longer ones with a ValueError; a Decimal keeps the digits in linear time.
    return int(text) if len(text.removeprefix("-")) <= most_digits() else Decimal(text)


def no_constant(_: str) -> Any:
    """Refuse what Python's json takes for a number."""
    raise NotJsonError("NaN and Infinity are not JSON")


_FAST: Final = json.JSONDecoder(
    parse_float=Decimal, parse_constant=no_constant, object_pairs_hook=_object
)
_CAREFUL: Final = json.JSONDecoder(
    parse_float=Decimal,
    parse_int=_long_integer,
    parse_constant=no_constant,
    object_pairs_hook=_repeating,
)


def parse(data: bytes | str) -> tuple[Json, list[Problem]]:
    """Read JSON once. Problems are those that leave a value: names that came twice.

    Of values under one name the last is in the value returned; the others are in `data` only.

    Raises:
        NotJsonError: There is no value.

    """
    try:
        text = data if isinstance(data, str) else data.decode()
    except UnicodeDecodeError as exc:
        raise NotJsonError(f"expected UTF-8, got another byte at {exc.start}") from None
    try:
        value, usual = _decode(text)
    except json.JSONDecodeError as exc:
        place = f"line {exc.lineno}, column {exc.colno}"
        raise NotJsonError(f"expected JSON: {exc.msg}, {place}") from None
    except ArithmeticError:
        raise NotJsonError("a number has an exponent beyond all measure") from None
    except RecursionError:
        raise NotJsonError("nested too deeply") from None
    check_depth(text, value)
    return value, [] if usual else list(islice(_repeated(value, "$"), _MOST_REPEATED))


def _decode(text: str) -> tuple[Json, bool]:
    """Decode, and tell whether no name came twice for sure."""
    # Where CPython's own limit on integers is off or higher, the fast way would take quadratic time
    # for long ones.
    if 0 < sys.get_int_max_str_digits() <= MOST_DIGITS:
        try:
            return _FAST.decode(text), True
        except (json.JSONDecodeError, ArithmeticError, RecursionError):
            raise
        except (_Unusual, ValueError):  # a name came twice; an integer is longer than CPython likes
            pass
    return _CAREFUL.decode(text), False


def check_depth(text: str, value: Json) -> None:
    """Raise NotJsonError when arrays and objects lie too deep inside each other."""
    if text.count("[") + text.count("{") > MOST_LEVELS and _too_deep(value):
        raise NotJsonError(f"nested too deeply: more than {MOST_LEVELS} levels")


def hides_ascii(text: str) -> bool:
    r"""Tell whether JSON may have ASCII characters that are written as escapes, as `\u003a` is."""
    at = text.find("\\")
    for _ in range(8):  # few escapes are found sooner one by one
        if at < 0:
            return False
        if text[at + 1 : at + 4] == "u00" and text[at + 4] < "8":
            return True
        at = text.find("\\", at + 2)
    return at >= 0 and "\\u00" in text


def check_names(text: str, members: int) -> None:
    """Raise Misfit, or what decoding raises, unless no name came twice in an object.

    Args:
        text: JSON, known to be well-formed.
        members: How many members the decoded objects have; the decoder kept one of each name.
    """
    # A quote and a colon stand at each member, when no space is between them. In a string they can
    # only make the number greater.
    spaced = " :" in text or any(c in text and c + ":" in text for c in "\n\t\r")
    if spaced or text.count('":') != members:
        try:
            _FAST.decode(text)
        except _Unusual:
            raise Misfit("a name came twice") from None


def _too_deep(value: Json) -> bool:
    """Go down level by level, without recursion."""
    level: list[Any] = [value]
    for _ in range(MOST_LEVELS):
        level = [item for outer in level for item in _containers(outer)]
        if not level:
            return False
    return True


def _containers(value: Any) -> list[Any]:
    """List the arrays and objects that stand directly in one."""
    items: Iterable[Any] = value.values() if is_mapping(value) else value
    return [item for item in items if isinstance(item, dict | list)]


def _repeated(value: Json, path: str) -> Iterator[Problem]:
    if isinstance(value, Repeating):
        for name in value.names:
            yield Problem(path + step(name), "the name stands here twice; the last one counts")
    if isinstance(value, Mapping):
        for name, item in value.items():
            if isinstance(item, dict | list):
                yield from _repeated(item, path + step(name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _repeated(item, f"{path}[{index}]")


def _float(value: object) -> float:
    """The float that prints the same digits, which is what the fast encoder can write."""
    if type(value) is Decimal and value.is_finite():
        number = float(value)
        if repr(number) == str(value):
            return number
        raise _Unusual
    raise NotWritableError


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,  # a circle ends as RecursionError
    separators=(",", ":"),
    default=_float,
)


def render(value: Json) -> str:
    """Write JSON. The digits of a Decimal stay as they are.

    Raises:
        NotWritableError: It holds NaN, or no JSON at all, or is nested too deeply.

    """
    try:
        try:
            return _ENCODER.encode(value)
        except _Unusual:
            return _render(value)
    except (ValueError, TypeError, RecursionError):
        raise NotWritableError from None


def to_bytes(text: str) -> bytes:
    """Encode as UTF-8; half a surrogate pair, which JSON can escape, stays escaped."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return b"".join(
            f"\\u{ord(char):04x}".encode() if "\ud800" <= char <= "\udfff" else char.encode()
            for char in text
        )


def _render(value: Json) -> str:
    """Write what the fast encoder cannot: decimals such as 1.10, whose digits a float forgets."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    if isinstance(value, Mapping):
        members = [f"{encode_basestring(name)}:{_render(item)}" for name, item in value.items()]
        return f"{{{','.join(members)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join([_render(item) for item in value])}]"
    return _ENCODER.encode(value)
