"""JSON text ↔ Python values, with every digit kept and nothing let through that is not JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, Final

from .errors import Problem
from .numeric import MOST_DIGITS
from .rules import step
from .values import Json


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
    names = [name for name, _ in pairs]
    marked = Repeating(found)
    marked.names = tuple(name for name in found if names.count(name) > 1)
    return marked


def _long_integer(text: str) -> int | Decimal:
    # CPython refuses longer ones with a ValueError; a Decimal keeps the digits in linear time.
    return int(text) if len(text) <= MOST_DIGITS else Decimal(text)


def _no_constant(_: str) -> Any:
    raise NotJsonError("NaN and Infinity are not JSON")


_FAST: Final = json.JSONDecoder(
    parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_object
)
_CAREFUL: Final = json.JSONDecoder(
    parse_float=Decimal,
    parse_int=_long_integer,
    parse_constant=_no_constant,
    object_pairs_hook=_repeating,
)


def parse(data: bytes | str) -> tuple[Json, list[Problem]]:
    """Read JSON once. Problems are those that leave a value: names that came twice.

    Raises:
        NotJsonError: There is no value.

    """
    try:
        text = data if isinstance(data, str) else data.decode()
    except UnicodeDecodeError as exc:
        raise NotJsonError(f"expected UTF-8, got another byte at {exc.start}") from None
    try:
        try:
            return _FAST.decode(text), []
        except (json.JSONDecodeError, ArithmeticError, RecursionError):
            raise
        except (_Unusual, ValueError):  # a name came twice; an integer is longer than CPython likes
            value = _CAREFUL.decode(text)
            return value, list(_repeated(value, "$"))
    except json.JSONDecodeError as exc:
        place = f"line {exc.lineno}, column {exc.colno}"
        raise NotJsonError(f"expected JSON: {exc.msg}, {place}") from None
    except ArithmeticError:
        raise NotJsonError("a number has an exponent beyond all measure") from None
    except RecursionError:
        raise NotJsonError("nested too deeply") from None


def _repeated(value: Json, path: str) -> Iterator[Problem]:
    if isinstance(value, Repeating):
        for name in value.names:
            yield Problem(path + step(name), "the name stands here twice; the last one counts")
    if isinstance(value, Mapping):
        for name, item in value.items():
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
            return "".join(_pieces(value))
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


def _pieces(value: Json) -> Iterator[str]:
    """Write what the fast encoder cannot: decimals such as 1.10, whose digits a float forgets."""
    if isinstance(value, str):
        yield encode_basestring(value)
    elif isinstance(value, Decimal):
        yield str(value) if value.is_finite() else _ENCODER.encode(_float(value))
    elif isinstance(value, Mapping):
        yield "{"
        yield from _joined(
            [encode_basestring(name), ":", *_pieces(item)] for name, item in value.items()
        )
        yield "}"
    elif isinstance(value, list | tuple):
        yield "["
        yield from _joined(_pieces(item) for item in value)
        yield "]"
    else:
        yield _ENCODER.encode(value)


def _joined(groups: Iterable[Iterable[str]]) -> Iterator[str]:
    for index, group in enumerate(groups):
        if index:
            yield ","
        yield from group
