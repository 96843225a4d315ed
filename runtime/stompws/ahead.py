"""What generated codec functions are written with, and how the codec finds them.

Beside a module of messages, `package.messages.payments`, the generator writes a module of straight
functions, `package._codec.payments`. Its `CODEC` gives three for a class: one makes an instance of
a JSON object, one writes it as JSON text, one writes it as dicts and lists for an encoder. All
check what the rules of the class check, and stop with one of `SLIPS` at the first oddity: then the
careful ways are asked. Where there is no such module, or no entry in it, `readers` and `writers`
do the same from the rules.

A function that reads counts in `seen` what it meets: members of objects, whether arrays or objects
may lie deeper inside each other than classes do, colons inside date-times; and it finds the text
there when floats stand in for numbers, whose digits only the text can tell.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import import_module
from json.encoder import encode_basestring
from typing import Any, Final, TypeAlias

from .ecma import compile_pattern
from .fastjson import fragment
from .hooks import Hook
from .numeric import decimal_of
from .plans import closure, fields_of
from .readers import Readers
from .rules import Misfit
from .shapes import Struct, Unrecognised
from .values import ABSENT, NO_FIELDS, Date, DateTime, OpenStrEnum, UnknownFields, pseudo_member
from .writers import Writers

__all__ = [
    "ABSENT", "ARRAY", "BOOLEANS", "NO_FIELDS", "OBJECT", "TUPLE", "Date", "DateTime", "Decimal",
    "Misfit", "ahead_of", "field_reader", "field_writer", "fragment", "grown", "late_reader",
    "late_tree", "late_writer", "maker", "members", "number", "quote", "quoted", "quoted_right",
    "right", "searcher", "texts", "texts_right", "unknown", "unrecognised",
]  # fmt: skip

Seen: TypeAlias = list[Any]
Read: TypeAlias = Callable[[Any, Seen], Any]
Ahead: TypeAlias = tuple[Read, Callable[[Any], str], Callable[[Any], dict[str, Any]]]

MEMBERS, DEEP, COLONS, TEXT, FLOATS = range(5)
"""Places in `seen`."""

quote: Final = encode_basestring
# Of no type, so that nobody takes what was checked for a mapping or sequence of unknown things.
OBJECT: Final[Any] = dict
ARRAY: Final[Any] = list
TUPLE: Final[Any] = tuple
BOOLEANS: Final = {True: "true", False: "false"}


def unseen(text: str | None = None) -> Seen:
    """Start a count."""
    return [0, False, 0, text, False]


def ahead_of(cls: type[Any]) -> Ahead | None:
    """Return the functions that were generated for a class."""
    package, _, name = cls.__module__.rpartition(".")
    return _codec_module(package, name).get(cls) if package else None


@cache
def _codec_module(package: str, name: str) -> Mapping[type[Any], Ahead]:
    outer = package.rpartition(".")[0]
    codec = f"{outer}._codec"
    try:
        module = import_module(f"{codec}.{name}") if outer else None
    except ModuleNotFoundError as exc:
        if exc.name not in (codec, f"{codec}.{name}"):
            raise
        module = None
    found: Mapping[type[Any], Ahead] = getattr(module, "CODEC", {})
    return found


def maker(scope: dict[str, Any], name: str, cls: type[Any]) -> Callable[[], Any]:
    """Return what makes an empty instance whose fields can be set; the caller gives it its class.

    It is a class of the same layout that is not frozen. It is made when first called for, and
    takes the place of this function in `scope` then.
    """

    def first() -> Any:
        metaclass: Any = type(cls)
        inside = {
            "__slots__": tuple(field.name for field in fields_of(cls)),
            "__setattr__": object.__setattr__,
            "__delattr__": object.__delattr__,
            "__init__": object.__init__,
        }
        found = scope[name] = metaclass(f"{cls.__name__}InTheMaking", cls.__bases__, inside)
        return found()

    return first


def searcher(scope: dict[str, Any], name: str, pattern: str) -> Callable[[str], Any]:
    """Return what searches a pattern. It is compiled at the first text, not at import."""

    def first(text: str) -> Any:
        found = scope[name] = compile_pattern(pattern).search
        return found(text)

    return first


def members(enum: type[StrEnum]) -> Mapping[str, Any]:
    """Return the members of an enumeration by their values."""
    return {member._value_: member for member in enum.__members__.values()}


def texts(enum: type[StrEnum]) -> dict[Any, str]:
    """Return the values of the members."""
    return {member: str(member._value_) for member in enum.__members__.values()}


def quoted(enum: type[StrEnum]) -> dict[Any, str]:
    """Return the values of the members as JSON writes them."""
    return {member: quote(text) for member, text in texts(enum).items()}


def right(cls: type[Struct], name: str) -> Mapping[str, Any]:
    """Return the members, by their values, that a field with limits of its own accepts."""
    rule = _rule_of(cls, name)
    return {text: member for text, member in rule.members.items() if rule.accepts(member)}


def texts_right(cls: type[Struct], name: str) -> dict[Any, str]:
    """Return the values of these members."""
    return {member: text for text, member in right(cls, name).items()}


def quoted_right(cls: type[Struct], name: str) -> dict[Any, str]:
    """Return the values of these members as JSON writes them."""
    return {member: quote(text) for text, member in right(cls, name).items()}


def grown(enum: type[OpenStrEnum], wire: Any) -> Any:
    """Make a member that a newer peer knows."""
    if type(wire) is not str:
        raise Misfit
    return pseudo_member(enum, wire)


def unrecognised(wire: Any, tag: str, seen: Seen) -> Unrecognised:
    """Keep a member of an open union that a newer peer knows."""
    name = wire[tag]
    if type(name) is not str or type(wire) is not OBJECT:
        raise Misfit
    tally(wire, seen)
    return Unrecognised(name, UnknownFields(wire))


def unknown(wire: Mapping[str, Any], names: frozenset[str], known: int, seen: Seen) -> Any:
    """Return the fields that the schema does not name. `known` others were read."""
    found = {name: value for name, value in wire.items() if name not in names}
    if len(found) + known != len(wire):
        raise Misfit  # null stands where nothing may
    for value in found.values():
        tally(value, seen)
    return UnknownFields(found)


def tally(wire: Any, seen: Seen) -> None:
    """Count what no class describes, or what other functions are going to read."""
    waiting: list[Any] = [wire]
    while waiting:
        value = waiting.pop()
        kind: Any = value.__class__
        if kind is dict:
            seen[MEMBERS] += len(value)
            seen[DEEP] = True
            waiting += value.values()
        elif kind is list:
            seen[DEEP] = True
            waiting += value
        elif kind is float and seen[TEXT] is not None:
            raise Misfit  # the digits are not there


def number(wire: Any, seen: Seen, key: str | None = None) -> Decimal:
    """Return a number with the digits it has on the wire.

    Args:
        wire: What the decoder made of it.
        seen: The count.
        key: The name it stands under, in quotes, where that is ASCII.
    """
    if type(wire) is not float or seen[TEXT] is None:
        return decimal_of(wire)
    seen[FLOATS] = True
    text: str = seen[TEXT]
    digits = repr(wire)
    # What stands once in quotes is our name, as long as no name is in disguise.
    at = text.find(key) if key else -1
    if at < 0 or key is None or text.find(key, at + len(key)) >= 0:
        raise Misfit
    begin = at + len(key) + (2 if text.startswith(": ", at + len(key)) else 1)
    end = begin + len(digits)
    if text[begin - 1] not in ": " or text[begin:end] != digits or text[end] not in ",}":
        raise Misfit
    return Decimal(digits)


def _rule_of(cls: type[Struct], name: str) -> Any:
    return next(field.rule for field in fields_of(cls) if field.name == name)


def field_reader(cls: Any, name: str) -> Read:
    """Read a field of a shape that has no straight code, from its rule."""
    reader: list[Hook] = []

    def read(wire: Any, seen: Seen) -> Any:
        if not reader:
            reader.append(_readers_of(cls).field_reader(_rule_of(cls, name)))
        tally(wire, seen)
        return reader[0](wire)

    return read


def field_writer(cls: Any, name: str) -> Callable[[Any], str]:
    """Write a field of such a shape as JSON text."""
    writer: list[Callable[[Any], str]] = []

    def write(value: Any) -> str:
        if not writer:
            writer.append(_writers_of(cls).field_writer(_rule_of(cls, name)))
        return writer[0](value)

    return write


def late_reader(cls: Any) -> Read:
    """Read a class that has no straight code, from its rules."""

    def read(wire: Any, seen: Seen) -> Any:
        tally(wire, seen)
        return _readers_of(cls).structure[cls](wire)

    return read


def late_writer(cls: Any) -> Callable[[Any], str]:
    """Write a class that has no straight code, from its rules."""
    return lambda message: _writers_of(cls).send[cls](message)


def late_tree(cls: Any) -> Callable[[Any], Any]:
    """Write it as a piece of JSON that an encoder takes as it is."""
    return lambda message: fragment(_writers_of(cls).send[cls](message))


@cache
def _readers_of(cls: Any) -> Readers:
    return Readers(closure([cls]))


@cache
def _writers_of(cls: Any) -> Writers:
    return Writers(closure([cls]))
