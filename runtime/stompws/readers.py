"""The fast way from JSON to messages."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from .compound import Among, Either, Fits, Late, Nothing, Row
from .hooks import REQUIRED, SLIPS, Hook, items_check, or_none, or_none_check, values_check
from .plans import conditions_of, fields_of, rest_of, whole_of
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
from .values import (
    NO_FIELDS,
    NO_REST,
    FrozenMap,
    OpenStrEnum,
    UnknownFields,
    is_array,
    is_mapping,
    pseudo_member,
)

Setter: TypeAlias = Callable[[Any, Any], None]


class Readers:
    """For each class a function in `structure` that makes an instance of a JSON object."""

    def __init__(self, types: Iterable[type[Struct]]) -> None:
        self.structure: dict[Any, Hook] = {}
        # First all functions, then what they refer to: types may be circular.
        for finish in [self._add(cls) for cls in types]:
            finish()

    def _add(self, cls: type[Struct]) -> Callable[[], None]:
        if whole_of(cls) is not None:
            return self._add_whole(cls)
        finish = self._add_object(cls)
        special = cls.schema_closed or conditions_of(cls) is not None or rest_of(cls) is not None
        return self._add_special(cls, finish) if special else finish

    def _add_whole(self, cls: type[Struct]) -> Callable[[], None]:
        """A class whose one field is the JSON value itself."""
        hooks: dict[str, Hook] = {}
        self.structure[cls] = lambda wire: hooks["read"](wire)

        def finish() -> None:
            (field,) = fields_of(cls)
            accepts, read = self._reader(field.rule)
            put = getattr(cls, field.name).__set__
            new, set_unknown = cls.__new__, cls.unknown_fields.__set__  # type: ignore[attr-defined]  # slots

            def structure(wire: Any) -> Any:
                value = wire if read is None else read(wire)
                if accepts is not None and not accepts(value):
                    raise Misfit
                message = new(cls)
                put(message, value)
                set_unknown(message, NO_FIELDS)
                return message

            hooks["read"] = structure

        return finish

    def _add_special(self, cls: type[Struct], finish: Callable[[], None]) -> Callable[[], None]:
        """A class that says something of its other properties, or of the object as a whole."""
        inner, conditions, rest = self.structure[cls], conditions_of(cls), rest_of(cls)
        set_unknown: Setter = cls.unknown_fields.__set__  # type: ignore[attr-defined]  # a slot
        hooks: dict[str, Hook] = {}

        def structure(wire: Any) -> Any:
            if conditions is not None and not conditions.hold(wire):
                raise Misfit
            message = inner(wire)
            if message.unknown_fields is NO_FIELDS:
                return message
            if cls.schema_closed:
                raise Misfit
            if rest is not None:
                hooks["put"](message)
                set_unknown(message, NO_FIELDS)
            return message

        self.structure[cls] = structure

        def finish_special() -> None:
            finish()
            if rest is not None:
                accepts, read = self._reader(rest.rule)
                set_rest: Setter = getattr(cls, rest.name).__set__

                def put(message: Any) -> None:
                    names = dict(message.unknown_fields)
                    value = FrozenMap(names) if read is None else read(names)
                    if accepts is not None and not accepts(value):
                        raise Misfit
                    set_rest(message, value)

                hooks["put"] = put

        return finish_special

    def _add_object(self, cls: type[Struct]) -> Callable[[], None]:
        # Slots are set directly, past `__init__`: each rule is asked here, and not a second time.
        table: dict[str, tuple[Setter, Accepts | None, Hook | None]] = {}
        absents: list[tuple[str, Setter, object]] = []
        rests: list[Setter] = []
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
            for put in rests:
                put(message, NO_REST)
            set_unknown(message, NO_FIELDS if unknown is None else UnknownFields(unknown))
            return message

        self.structure[cls] = structure

        def finish() -> None:
            for field in fields_of(cls):
                put = getattr(cls, field.name).__set__
                if field.kind == "rest":
                    rests.append(put)
                    continue
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
            case Nothing() | Among():
                return rule.accepts, rule.from_wire
            case Late(rule=inner):
                return self._reader(inner)
            case Fits():
                return None, self._fits_reader(rule)
            case Either():
                return None, self._either_reader(rule)
            case Row():
                return None, self._row_reader(rule)
            case _:
                raise TypeError(f"{type(rule).__name__} has no place in a message")

    def _whole_reader(self, rule: Rule) -> Hook:
        """One function that reads and checks."""
        accepts, read = self._reader(rule)

        def whole(wire: Any) -> Any:
            value = wire if read is None else read(wire)
            if accepts is not None and not accepts(value):
                raise Misfit
            return value

        return whole

    def _fits_reader(self, rule: Fits) -> Hook:
        read, conditions = self._whole_reader(rule.rule), rule.conditions

        def fits(wire: Any) -> Any:
            value = read(wire)
            if not conditions.hold(wire):
                raise Misfit
            return value

        return fits

    def _either_reader(self, rule: Either) -> Hook:
        readers = [self._whole_reader(inner) for inner in rule.rules]

        def either(wire: Any) -> Any:
            if _has_whole_decimal(wire):
                raise Misfit  # the fast way takes 1.0 for no integer, and here that would count
            found: list[tuple[int, object]] = []
            for index, read in enumerate(readers):
                try:
                    found.append((index, read(wire)))
                except SLIPS:
                    continue
            if not found or (rule.one and len(found) > 1):
                raise Misfit
            return rule.best(found, wire)

        return either

    def _row_reader(self, rule: Row) -> Hook:
        readers = [self._whole_reader(inner) for inner in rule.rules]
        rest, size = self._whole_reader(rule.sized.rule), len(readers)

        def row(wire: Any) -> Any:
            kind: Any = wire.__class__
            if kind is not list:
                raise Misfit
            found = tuple([(readers[i] if i < size else rest)(item) for i, item in enumerate(wire)])
            if rule.sized.sizes(found):
                raise Misfit
            return found

        return row

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


def _has_whole_decimal(wire: Any) -> bool:
    if type(wire) is Decimal:
        return wire == wire.to_integral_value()
    if is_mapping(wire):
        return any(map(_has_whole_decimal, wire.values()))
    return is_array(wire) and any(map(_has_whole_decimal, wire))


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
