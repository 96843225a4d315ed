"""The way that nearly all messages take: JSON text ↔ instances by functions written ahead of time.

It gives the exact result or stops with one of `ODDITIES`; then the careful ways are asked, which
give the same or say what is wrong. Text is read by the fastest decoder at hand, which takes the
last of two values under one name in silence. So the names are counted afterwards.
"""

import json
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final, TypeVar

from . import fastjson
from .ahead import COLONS, DEEP, FLOATS, MEMBERS, Ahead, Seen, ahead_of, unseen
from .hooks import SLIPS, Hook
from .jsontext import NotJsonError, check_depth, check_names, hides_ascii, no_constant
from .numeric import MOST_DIGITS
from .rules import Misfit
from .shapes import Struct

S = TypeVar("S", bound=Struct)

ODDITIES: Final = (*SLIPS, NotJsonError, ArithmeticError, StopIteration)
"""What reading stops with."""

_SPACES: Final = " \t\n\r"
_DECODER: Final[Any] = json.JSONDecoder(parse_float=Decimal, parse_constant=no_constant)
_scan: Final[Callable[[str, int], tuple[Any, int]]] = _DECODER.scan_once
_most_digits: Final = sys.get_int_max_str_digits


def _check(text: str, wire: Any, seen: Seen) -> None:
    """Look at what can be told only when all is read; stop with one of `ODDITIES`."""
    # Each member brings a colon of its own. Members that were dropped did so too, and nothing takes
    # a colon away; only an escaped one was counted without standing in the text.
    hidden = "\\" in text and hides_ascii(text)
    if hidden and seen[FLOATS]:
        raise Misfit
    if hidden or text.count(":") != seen[MEMBERS] + seen[COLONS]:
        check_names(text, seen[MEMBERS])
    if seen[DEEP]:
        check_depth(text, wire)


def _nothing(_: type[Any]) -> None:
    return None


class Fast:
    """Decodes and encodes messages of the classes that have functions of their own."""

    def __init__(
        self, types: Iterable[type[Struct]], *, ahead: bool = True, orjson: bool | None = None
    ) -> None:
        types = tuple(types)
        self._find: Final[Callable[[type[Any]], Ahead | None]] = ahead_of if ahead else _nothing
        self._ahead: Final[dict[type[Any], Ahead]] = {
            cls: functions for cls in types if (functions := self._find(cls)) is not None
        }
        self.is_complete: Final = len(self._ahead) == len(set(types))
        package: Any = None if orjson is False else fastjson.load()
        if orjson and package is None:
            raise ModuleNotFoundError("orjson is not installed, or older than 3.9", name="orjson")
        self._loads: Final[Callable[[bytes | str], Any] | None] = package and package.loads
        self._dumps: Final[Callable[[Any], bytes] | None] = package and package.dumps

    def decode(self, type_: type[S], data: bytes | str) -> S:
        """Read a message, or stop with one of `ODDITIES`."""
        read = self._ahead[type_][0]
        if self._loads is not None:
            try:
                wire = self._loads(data)
                text = data if isinstance(data, str) else data.decode()
                seen = unseen(text)
                message: S = read(wire, seen)
                _check(text, wire, seen)
            except ODDITIES:
                pass  # such as a number that a float cannot hold
            else:
                return message
        text = data if isinstance(data, str) else data.decode()
        if not 0 < _most_digits() <= MOST_DIGITS:
            raise Misfit  # long integers would take quadratic time
        wire, end = _scan(text, 0)
        if end != len(text) and text[end:].strip(_SPACES):
            raise Misfit
        seen = unseen()
        message = read(wire, seen)
        _check(text, wire, seen)
        return message

    def encode(self, message: Struct) -> bytes:
        """Write a message for sending, or stop with one of `SLIPS`."""
        _, write, tree = self._ahead[type(message)]
        if self._dumps is not None:
            try:
                return self._dumps(tree(message))
            except SLIPS:
                pass  # such as an integer of more than 64 bits
        return write(message).encode()

    def reader(self, cls: type[Struct]) -> Hook | None:
        """Return what makes an instance of a JSON object that somebody else has decoded."""
        functions = self._find(cls)
        if functions is None:
            return None
        read = functions[0]
        return lambda wire: read(wire, unseen())
