"""The fast way through the codec: one function per class and direction, built once from the rules.

A function here either gives the exact result or stops with `SLIPS`. It does not say what was wrong:
then the slow, explaining ways are asked (`lenient` when reading, `exact` when writing).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, Final, TypeAlias

from .jsontext import render
from .plans import Field, closure, fields_of
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
    Of,
    Rule,
    Text,
    Values,
)
from .scalars import Accepts, Number
from .shapes import Struct, TaggedUnion, Unrecognised
from .values import (
    NO_FIELDS,
    FrozenMap,
    OpenStrEnum,
    UnknownFields,
    is_array,
    is_mapping,
    is_tuple,
    pseudo_member,
)

Hook: TypeAlias = Callable[[Any], Any]
Setter: TypeAlias = Callable[[Any, Any], None]

SLIPS: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the fast functions stop with. `InvalidMessageError` and `Misfit` are ValueErrors."""

_REQUIRED: Final = object()


class Hooks:
    """The functions of all classes: `structure`, and `send` (exact) and `dump` (faithful)."""

    def __init__(self, types: Iterable[type[Struct]]) -> None:
        self.types = closure(types)
        self.structure: dict[Any, Hook] = {}
        self.send: dict[type[Any], Callable[[Any], str]] = {}
        self.dump: dict[type[Any], Hook] = {}
        finish: list[Callable[[], None]] = []
        for (
            cls
        ) in self.types:  # first all functions, then what they refer to: types may be circular
            finish += [self._add_structure(cls), self._add_send(cls), self._add_dump(cls)]
        for step in finish:
            step()

    # Reading

    def _add_structure(self, cls: type[Struct]) -> Callable[[], None]:
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
                        if absent is _REQUIRED:
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
                absents.append((field.wire, put, _REQUIRED if field.required else field.absent))

        return finish

    def _reader(self, rule: Rule) -> tuple[Accepts | None, Hook | None]:
        """What checks a value of Python, and what makes it from JSON; None where nothing does."""
        match rule:
            case Text() | Boolean() | Anything() | Const(value=str() | bool() | None):
                return rule.accepts, None
            case Integer() | Const(value=int()):
                slow = rule.from_wire
                return rule.accepts, lambda value: value if type(value) is int else slow(value)
            case Number() | Const() | DateText() | DateTimeText():
                return rule.accepts, rule.from_wire
            case Choice(enum=enum, members=members):
                if issubclass(enum, OpenStrEnum):
                    return None, _open_reader(enum)
                return None, members.__getitem__
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
                return _or_none_check(accepts), _or_none(read)
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

    # Writing

    def _add_send(self, cls: type[Struct]) -> Callable[[], None]:
        parts: dict[str, Any] = {}
        self.send[cls] = lambda message: parts["write"](message)

        def finish() -> None:
            fields = fields_of(cls)
            parts.update(cls=cls, Misfit=Misfit, NO_FIELDS=NO_FIELDS, join="".join)
            checked: list[bool] = []
            for index, field in enumerate(fields):
                accepts, write = self._texts(field.rule)
                parts[f"accepts_{index}"], parts[f"write_{index}"] = accepts, write
                checked.append(accepts is not None)
                parts[f"prefix_{index}"] = f",{encode_basestring(field.wire)}:"
                parts[f"absent_{index}"] = _REQUIRED if field.required else field.absent
            # As attrs does for `__init__`: straight code is three times as fast as a loop. Nothing
            # of a document stands in it, but names that are already attributes of a class.
            exec(compile(_send_source(fields, checked), f"<send {cls.__name__}>", "exec"), parts)  # noqa: S102
            self.send[cls] = parts["write"]

        return finish

    def _texts(self, rule: Rule) -> tuple[Accepts | None, Callable[[Any], str]]:
        """What checks a value before it is sent (None when the writer does), and what writes it."""
        match rule:
            case Of(cls=cls):
                return None, _late(self.send, cls)
            case TaggedUnion():
                writers = {variant: _late(self.send, variant) for variant in rule.variants}
                return None, lambda value: writers[type(value)](value)
            case Choice(members=members):
                quoted = {text: encode_basestring(text) for text in members}
                return rule.accepts, quoted.__getitem__  # a member that is not known stops here
            case Text() | DateText() | DateTimeText():
                return rule.accepts, encode_basestring
            case Integer():
                return rule.accepts, int.__repr__
            case Number():
                return rule.accepts, str
            case Items(rule=inner):
                accepts, write = self._texts(inner)
                return _items_check(rule, accepts), _items_text(write)
            case Values(rule=inner):
                accepts, write = self._texts(inner)
                return _values_check(rule, accepts), _values_text(write)
            case Nullable(rule=inner):
                accepts, write = self._texts(inner)
                return _or_none_check(accepts), lambda v: "null" if v is None else write(v)
            case _:
                return rule.accepts, lambda value: render(plain(value))

    def _add_dump(self, cls: type[Struct]) -> Callable[[], None]:
        plan: list[tuple[str, object, Hook | None]] = []
        values = _getter(fields_of(cls))

        def dump(message: Any) -> dict[str, Any]:
            out: dict[str, Any] = {}
            for (wire, absent, write), value in zip(plan, values(message), strict=True):
                if value is not absent:
                    out[wire] = value if write is None else write(value)
            if message.unknown_fields is not NO_FIELDS:
                for name, value in message.unknown_fields.items():
                    # A field that did not fit stands here raw; a value given since then wins.
                    out.setdefault(name, plain(value))
            return out

        self.dump[cls] = dump

        def finish() -> None:
            for field in fields_of(cls):
                absent = _REQUIRED if field.required else field.absent
                plan.append((field.wire, absent, self._writer(field.rule)))

        return finish

    def _writer(self, rule: Rule) -> Hook | None:
        """What turns a Python value into a JSON value; None when it already is one."""
        match rule:
            case Choice():
                return attrgetter("_value_")
            case DateText() | DateTimeText():
                return str
            case Of(cls=cls):
                return self.dump[cls]
            case TaggedUnion():
                return self.union_writer(rule)
            case Items(rule=inner):
                return _each(self._writer(inner))
            case Values(rule=inner):
                return _each_value(self._writer(inner))
            case Nullable(rule=inner):
                return _or_none(self._writer(inner))
            case Anything() | Const():
                return plain
            case _:
                return None

    def union_writer(self, union: TaggedUnion) -> Hook:
        """Write any variant, and back what was not recognised."""
        dumpers: dict[type[Any], Hook] = {cls: self.dump[cls] for cls in union.variants}
        dumpers[Unrecognised] = lambda value: plain(value.raw)
        return lambda value: dumpers[type(value)](value)


def plain(value: Any) -> Any:
    """Give JSON as dicts and lists, whatever mappings and tuples it was held in."""
    if is_mapping(value):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if is_array(value) else value


def _open_reader(enum: type[OpenStrEnum]) -> Hook:
    known = {member.value: member for member in enum}

    def read(value: Any) -> Any:
        if (member := known.get(value)) is not None:
            return member
        if type(value) is not str:
            raise Misfit
        return pseudo_member(enum, value)

    return read


def _items_reader(rule: Items, accepts: Accepts | None, read: Hook | None) -> Hook:
    check = _items_check(rule, accepts)

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
    check = _values_check(rule, accepts)

    def values(value: Any) -> Any:
        kind: Any = value.__class__
        if kind is not dict:
            raise Misfit
        found = value if read is None else {name: read(item) for name, item in value.items()}
        if not check(found):
            raise Misfit
        return FrozenMap(found)

    return values


def _send_source(fields: tuple[Field, ...], checked: Sequence[bool]) -> str:
    lines = [
        "def write(message):",
        "    if type(message) is not cls: raise Misfit",
        "    unknown = message.unknown_fields",
        "    if unknown is not NO_FIELDS and unknown: raise Misfit",
    ]
    for index, field in enumerate(fields):
        lines.append(f"    value = message.{field.name}")
        if not field.required:
            lines.append(f"    if value is absent_{index}: text_{index} = ''")
        if checked[index]:
            check = "if" if field.required else "elif"
            lines.append(f"    {check} not accepts_{index}(value): raise Misfit")
        lines.append("    else:" if not field.required or checked[index] else "    if True:")
        lines.append(f"        text_{index} = prefix_{index} + write_{index}(value)")
    texts = ", ".join(f"text_{index}" for index in range(len(fields)))
    return "\n".join(
        [*lines, f"    return '{{' + join(({texts},))[1:] + '}}'" if texts else "    return '{}'"]
    )


def _late(table: Mapping[type[Any], Hook], cls: type[Any]) -> Hook:
    return lambda value: table[cls](value)


def _items_text(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: f"[{','.join([write(item) for item in value])}]"


def _values_text(write: Callable[[Any], str]) -> Callable[[Any], str]:
    def text(value: Mapping[str, Any]) -> str:
        items = [f"{encode_basestring(name)}:{write(item)}" for name, item in value.items()]
        return f"{{{','.join(items)}}}"

    return text


def _getter(fields: tuple[Field, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Get all fields at once, as a tuple, which attrgetter gives for two names or more."""
    names = [field.name for field in fields]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda message: tuple(getattr(message, name) for name in names)


def _items_check(rule: Items, check: Accepts | None) -> Accepts:
    def accepts(value: Any) -> bool:
        return (
            is_tuple(value) and (check is None or all(map(check, value))) and not rule.sizes(value)
        )

    return accepts


def _values_check(rule: Values, check: Accepts | None) -> Accepts:
    def accepts(value: Any) -> bool:
        return (
            is_mapping(value)
            and all(type(name) is str for name in value)
            and (check is None or all(map(check, value.values())))
            and not rule.sizes(value)
        )

    return accepts


def _each(write: Hook | None) -> Hook:
    if write is None:
        return list
    return lambda value: [write(item) for item in value]


def _each_value(write: Hook | None) -> Hook:
    if write is None:
        return dict
    return lambda value: {name: write(item) for name, item in value.items()}


def _or_none(write: Hook | None) -> Hook | None:
    if write is None:
        return None
    return lambda value: None if value is None else write(value)


def _or_none_check(check: Accepts | None) -> Accepts | None:
    if check is None:
        return None
    return lambda value: value is None or check(value)
