"""JSON ↔ messages through cattrs. Sending is exact, receiving loses nothing."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

import attrs
import cattrs

from . import lenient
from .compound import wire_of
from .ecma import compile_pattern
from .errors import DecodeError, InvalidMessageError, Problem
from .exact import examine
from .fast import ODDITIES, Fast
from .hooks import SLIPS, Hook
from .jsontext import NotJsonError, NotWritableError, parse, render, to_bytes
from .plans import closure, fields_of, rules_below
from .readers import Readers
from .records import Record
from .rules import Choice, DateText, DateTimeText, Misfit, Number, Of, Rule, Text
from .shapes import Raw, Struct, TaggedUnion, Undecodable, Unrecognised
from .values import Date, DateTime
from .writers import Writers

S = TypeVar("S", bound=Struct)


@attrs.frozen
class Received(Record, Generic[S]):
    """What a tolerant read made of a message."""

    payload: S | Undecodable
    problems: tuple[Problem, ...] = ()
    raw: bytes | None = attrs.field(default=None, repr=False)
    """The bytes as they came, where the payload does not hold them all: it is an `Undecodable`, or
    names came twice. Else `Codec.dump` gives an equal document."""


class Codec:
    """Converts the messages of one API. All hooks are built here, none at the first message.

    `converter` has a hook for each class in both directions, so that attrs classes of your own that
    hold messages go through it: structuring is strict, unstructuring is faithful as `dump`.
    """

    def __init__(
        self, types: Iterable[type[Struct]], *, ahead: bool = True, orjson: bool | None = None
    ) -> None:
        """Make a codec.

        Args:
            types: Classes that are decoded and encoded; those inside them need not be named.
            ahead: Whether to use the functions that were generated for a class, where there are
                any. Without them all is the same, only slower.
            orjson: Whether the package of that name does what it does as exactly as we do. None
                uses it where it is installed.
        """
        self._roots: Final = tuple(type_ for type_ in types if type_ is not Raw)
        self._fast: Final = Fast(self._roots, ahead=ahead, orjson=orjson)
        if not self._fast.is_complete:
            _ = self._readers, self._writers  # now, and not at the first message

    # What was generated ahead of time serves all that is as it should be. These are for the rest:
    # made when they are first needed, once.

    @cached_property
    def _types(self) -> tuple[type[Struct], ...]:
        return closure(self._roots)

    @cached_property
    def _readers(self) -> Readers:
        return Readers(self._types)

    @cached_property
    def _writers(self) -> Writers:
        return Writers(self._types)

    @cached_property
    def converter(self) -> cattrs.Converter:
        """The converter, made when it is first asked for."""
        return self._register(cattrs.Converter())

    def encode(self, message: Struct) -> bytes:
        """Write a message for sending.

        Raises:
            InvalidMessageError: The schema forbids it, or it holds what was received and not known.

        """
        try:
            return self._fast.encode(message)
        except SLIPS:
            pass
        try:
            return self._writers.send[type(message)](message).encode()
        except (*SLIPS, NotWritableError):
            pass  # the slow way tells why
        if isinstance(message, Raw):
            return message.data
        raise self._unwritable(message, examine)

    def dump(self, message: Struct) -> bytes:
        """Write back what was received, with all that was not known: an equal document.

        Raises:
            InvalidMessageError: A value in it is not JSON, so it was not received.

        """
        try:
            return to_bytes(render(self._writers.dump[type(message)](message)))
        except (*SLIPS, NotWritableError):
            pass
        if isinstance(message, Raw):
            return message.data
        raise self._unwritable(message, lambda _: [])

    def decode(self, type_: type[S], data: bytes | str) -> S:
        """Read a message strictly: what the schema accepts, and nothing else.

        Raises:
            DecodeError: It does not fit; all problems are listed.

        """
        if issubclass(type_, Raw):
            return type_(data=_bytes(data))
        try:
            return self._fast.decode(type_, data)
        except ODDITIES:
            pass  # the slow way tells why
        received = self.receive(type_, data)
        if received.problems or isinstance(received.payload, Undecodable):
            raise DecodeError(type_.__name__, received.problems)
        return received.payload

    def receive(self, type_: type[S], data: bytes | str) -> Received[S]:
        """Read a message as tolerantly as possible; whatever comes, this does not raise."""
        if issubclass(type_, Raw):
            return Received(type_(data=_bytes(data)))
        try:
            return Received(self._fast.decode(type_, data))
        except ODDITIES:
            pass
        self._know(type_)
        try:
            wire, problems = parse(data)
        except NotJsonError as exc:
            return self._undecodable(type_, data, [exc.problem])
        if not problems:
            try:
                return Received(self._readers.structure[type_](wire))
            except SLIPS:
                pass  # the slow way tells why
        twice = bool(problems)
        payload, found = lenient.read(Of(type_), wire)
        problems += found
        if payload is lenient.NOTHING:
            return self._undecodable(type_, data, problems)
        return Received(payload, tuple(problems), _bytes(data) if twice else None)

    def _undecodable(
        self, type_: type[S], data: bytes | str, problems: Iterable[Problem]
    ) -> Received[S]:
        raw, found = _bytes(data), tuple(problems)
        return Received(Undecodable(type_.__name__, raw, found), found, raw)

    def _unwritable(
        self, message: Struct, explain: Callable[[Struct], list[Problem]]
    ) -> InvalidMessageError:
        if type(message) not in self._types:
            problems = [Problem("$", "expected a message class of this codec")]
        else:
            problems = explain(message) or self._as_read(message)
        return InvalidMessageError(type(message).__name__, problems)

    def _as_read(self, message: Struct) -> list[Problem]:
        """Explain by reading: what holds of an object as a whole is judged on its JSON."""
        try:
            _, problems = lenient.read(Of(type(message)), wire_of(message))
        except (*SLIPS, NotWritableError):
            problems = []
        return problems or [Problem("$", "cannot be written as JSON")]

    def _know(self, type_: type[Any]) -> None:
        if type_ not in self._types:
            raise TypeError(f"{type_.__name__} is not a message type of this codec")

    def _register(self, converter: cattrs.Converter) -> cattrs.Converter:
        """Tell cattrs: classes by identity (a subclass is not its base), leaves by their types."""
        structure: dict[Any, Hook] = {cls: self._class_reader(cls) for cls in self._types}
        unstructure: dict[Any, Hook] = dict(self._writers.dump)
        rules = rules_below(f.rule for cls in self._types for f in fields_of(cls))
        for rule in dict.fromkeys(rules):
            if isinstance(rule, Choice | Text) and rule.pattern is not None:
                compile_pattern(rule.pattern)  # now, and not at the first message
            if isinstance(rule, TaggedUnion):
                union: Any = Unrecognised if rule.open else rule.variants[0]
                for variant in rule.variants:
                    union = union | variant
                structure[union] = self._union_reader(rule)
                unstructure[union] = unstructure[Unrecognised] = self._writers.union_writer(rule)
                structure[union | None] = _or_none(structure[union])
                unstructure[union | None] = _or_none(unstructure[union])
            elif isinstance(rule, Choice):
                self._register_leaf(converter, rule.enum, rule)
        self._register_leaf(converter, DateTime, DateTimeText())
        self._register_leaf(converter, Date, DateText())
        self._register_leaf(converter, Decimal, Number())

        def reader(type_: Any) -> Callable[[Any, Any], Any]:
            read = structure[type_]
            return lambda wire, _: read(wire)

        def writer(type_: Any) -> Hook:
            return unstructure[type_]

        converter.register_structure_hook_factory(structure.__contains__, reader)
        converter.register_unstructure_hook_factory(unstructure.__contains__, writer)
        return converter

    def _class_reader(self, cls: type[Struct]) -> Hook:
        fast = self._fast.reader(cls) or self._readers.structure[cls]
        return lambda wire: _strictly(fast, wire, cls.__name__, lambda: lenient.read(Of(cls), wire))

    def _union_reader(self, union: TaggedUnion) -> Hook:
        fast, name = (
            self._readers.union_reader(union),
            " | ".join(c.__name__ for c in union.variants),
        )
        return lambda wire: _strictly(fast, wire, name, lambda: lenient.read(union, wire))

    def _register_leaf(self, converter: cattrs.Converter, type_: type[Any], rule: Rule) -> None:
        def structure(wire: Any, _: Any) -> Any:
            return _strictly(_slip, wire, type_.__name__, lambda: lenient.read(rule, wire))

        # By singledispatch, because that comes first: cattrs' own hook for str takes every StrEnum.
        converter.register_structure_hook(type_, structure)
        if issubclass(type_, str):
            writer: Hook = _enum_value if issubclass(type_, StrEnum) else str
            converter.register_unstructure_hook(type_, writer)


def _bytes(data: bytes | str) -> bytes:
    return data if isinstance(data, bytes) else to_bytes(data)


def _strictly(
    fast: Hook, wire: Any, name: str, slow: Callable[[], tuple[Any, list[Problem]]]
) -> Any:
    try:
        return fast(wire)
    except SLIPS:
        pass  # the slow way tells why
    value, problems = slow()
    if problems:
        raise DecodeError(name, problems)
    return value


def _slip(_: Any) -> Any:
    raise Misfit


def _enum_value(member: StrEnum) -> str:
    return str(member.value)


def _or_none(hook: Hook) -> Hook:
    return lambda value: None if value is None else hook(value)
