"""The fast way from JSON to messages."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from .hooks import REQUIRED, Hook, items_check, or_none, or_none_check, values_check
from .plans import fields_of
from .rule import Accepts
from .rules import (
    Anything,
    Boolean,
    Choice,
    Const,
    DateText,
    DateTimeText,
    Integer,
    Items,
    Misfit,
    Nullable,
    Number,
    Of,
    Rule,
    Text,
    Values,
)
from .shapes import Struct, TaggedUnion, Unrecognised
from .values import NO_FIELDS, FrozenMap, OpenStrEnum, UnknownFields, pseudo_member

Setter: TypeAlias = Callable[[Any, Any], None]


class Readers:
    """For each class a function in `structure` that makes an instance of a JSON object."""

    def __init__(self, types: Iterable[type[Struct]]) -> None:
        self.structure: dict[Any, Hook] = {}
        # First all functions, then what they refer to: types may be circular.
        for finish in [self._add(cls) for cls in types]:
            finish()

    def _add(self, cls: type[Struct]) -> Callable[[], None]:
        # Slots are set directly, past `__init__`: each rule is asked here, and not a second time.
        table: dict[str, tuple[Setter, Accepts | None, Hook | None]] = {}
        absents: list[tuple[str, Setter, object]] = []
        get, new = table.get, cls.__new__
        set_unknown: Setter = cls.unknown_fields.__set__  # type: ignore[attr-defined]  # a slot

        def structure(wire: Any) -> Any:
            kind: Any = wire.__class__
            if kind is not dict:
                raise Misfit
            message = new(cls)
            unknown: dict[str, Any] | None = None
            known = 0
            for name, value in wire.items():
                entry = get(name)
                if entry is None:
                    if unknown is None:
                        unknown = {}
                    unknown[name] = value
                    continue
                known += 1
                put, accepts, read = entry
                if read is not None:
                    value = read(value)
                if accepts is not None and not accepts(value):
                    raise Misfit
                put(message, value)
            if known < len(absents):
                for name, put, absent in absents:
                    if name not in wire:
                        if absent is REQUIRED:
                            raise Misfit
                        put(message, absent)
            set_unknown(message, NO_FIELDS if unknown is None else UnknownFields(unknown))
            return message

        self.structure[cls] = structure

        def finish() -> None:
            for field in fields_of(cls):
                put = getattr(cls, field.name).__set__
                accepts, read = self._reader(field.rule)
                table[field.wire] = put, accepts, read
                absents.append((field.wire, put, REQUIRED if field.required else field.absent))

        return finish

    def field_reader(self, rule: Rule) -> Hook:
        """Return what reads and checks a value by its rule."""
        accepts, read = self._reader(rule)

        def reader(wire: Any) -> Any:
            value = wire if read is None else read(wire)
            if accepts is not None and not accepts(value):
                raise Misfit
            return value

        return reader

    def _reader(self, rule: Rule) -> tuple[Accepts | None, Hook | None]:
        """What checks a value of Python, and what makes it from JSON; None where nothing does."""
        match rule:
            case Text() | Boolean() | Anything() | Integer() | Const(value=str() | int() | None):
                # An integer that is written 1.0 takes the slow way, which gives the same.
                return rule.accepts, None
            case Number() | Const():
                return rule.accepts, rule.from_wire
            case DateText() | DateTimeText():
                return None, rule.from_wire
            case Choice(enum=enum, members=members):
                right = {text: member for text, member in members.items() if rule.accepts(member)}
                if issubclass(enum, OpenStrEnum):
                    return None, _open_reader(enum, right, rule.accepts if rule.limited else None)
                return None, right.__getitem__
            case Of(cls=cls):
                return None, self.structure[cls]
            case TaggedUnion():
                return None, self.union_reader(rule)
            case Items(rule=inner):
                return None, _items_reader(rule, *self._reader(inner))
            case Values(rule=inner):
                return None, _values_reader(rule, *self._reader(inner))
            case Nullable(rule=inner):
                accepts, read = self._reader(inner)
                return or_none_check(accepts), or_none(read)
            case _:
                raise TypeError(f"{type(rule).__name__} has no place in a message")

    def union_reader(self, union: TaggedUnion) -> Hook:
        """Find the class by the tag, in a table."""
        tag, readers = union.tag, {text: self.structure[c] for text, c in union.by_tag.items()}
        if not union.open:
            return lambda wire: readers[wire[tag]](wire)

        def read(wire: Any) -> Any:
            name = wire[tag]
            if (reader := readers.get(name)) is not None:
                return reader(wire)
            kind: Any = wire.__class__
            if type(name) is not str or kind is not dict:
                raise Misfit
            return Unrecognised(name, UnknownFields(wire))

        return read


def _open_reader(
    enum: type[OpenStrEnum], right: Mapping[str, StrEnum], accepts: Accepts | None
) -> Hook:
    def read(value: Any) -> Any:
        if (member := right.get(value)) is not None:
            return member
        if type(value) is not str:
            raise Misfit
        member = pseudo_member(enum, value)
        if accepts is not None and not accepts(member):
            raise Misfit
        return member

    return read


def _items_reader(rule: Items, accepts: Accepts | None, read: Hook | None) -> Hook:
    check = items_check(rule, accepts)

    def items(value: Any) -> Any:
        kind: Any = value.__class__
        if kind is not list:
            raise Misfit
        found = tuple(value) if read is None else tuple([read(item) for item in value])
        if not check(found):
            raise Misfit
        return found

    return items


def _values_reader(rule: Values, accepts: Accepts | None, read: Hook | None) -> Hook:
    check = values_check(rule, accepts)

    def values(value: Any) -> Any:
        kind: Any = value.__class__
        if kind is not dict:
            raise Misfit
        found = value if read is None else {name: read(item) for name, item in value.items()}
        if not check(found):
            raise Misfit
        return FrozenMap(found)

    return values
