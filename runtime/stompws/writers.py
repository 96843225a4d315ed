"""The fast way from messages to JSON: `send` checks every value, `dump` writes all there is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, TypeAlias

from .compound import Among, Either, Fits, Late, Row, wire_of
from .ecma import compile_pattern
from .hooks import REQUIRED, SLIPS, Hook, items_check, or_none, or_none_check, values_check
from .jsontext import render
from .lenient import fits
from .plans import Field, conditions_of, fields_of, rest_of, whole_of
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
from .values import NO_FIELDS, is_array, is_mapping

Write: TypeAlias = Callable[[Any], str]


class Writers:
    """For each class a function in `send` that gives text, and one in `dump` that gives dicts."""

    def __init__(self, types: Iterable[type[Struct]]) -> None:
        self.send: dict[type[Any], Write] = {}
        self.dump: dict[type[Any], Hook] = {}
        # First all functions, then what they refer to: types may be circular.
        for finish in [add(cls) for cls in types for add in (self._add_send, self._add_dump)]:
            finish()

    def _add_send(self, cls: type[Struct]) -> Callable[[], None]:
        parts: dict[str, Any] = {}
        self.send[cls] = lambda message: parts["write"](message)

        def finish() -> None:
            fields = fields_of(cls)
            if whole_of(cls) is not None:
                parts["write"] = self.send[cls] = self._send_whole(cls)
                return
            parts.update(cls=cls, Misfit=Misfit, NO_FIELDS=NO_FIELDS)
            parts.update(send=self.send, quote=encode_basestring, digits=int.__repr__)
            steps: list[tuple[str, str]] = []
            for index, field in enumerate(fields):
                steps.append(self._step(field.rule, index, parts))
                if field.kind == "rest":
                    parts[f"prefix_{index}"] = ""
                    parts[f"absent_{index}"] = REQUIRED
                    steps[-1] = "", f"rest_{index}(value)"
                    parts[f"rest_{index}"] = self._rest_text(cls, field)
                    continue
                parts[f"prefix_{index}"] = f",{encode_basestring(field.wire)}:"
                parts[f"absent_{index}"] = REQUIRED if field.required else field.absent
            # As attrs does for `__init__`: straight code is three times as fast as a loop. Nothing
            # of a document stands in it, but names that are already attributes of a class.
            exec(compile(_send_source(fields, steps), f"<send {cls.__name__}>", "exec"), parts)  # noqa: S102
            parts["write"] = self.send[cls] = _judged(cls, parts["write"])

        return finish

    def _send_whole(self, cls: type[Struct]) -> Write:
        (field,) = fields_of(cls)
        accepts, write = self._texts(field.rule)

        def send(message: Any) -> str:
            value = getattr(message, field.name)
            wrong = accepts is not None and not accepts(value)
            if type(message) is not cls or len(message.unknown_fields) or wrong:
                raise Misfit
            return write(value)

        return send

    def _rest_text(self, cls: type[Struct], field: Field) -> Write:
        named = frozenset(other.wire for other in fields_of(cls) if other is not field)
        accepts, write = self._texts(field.rule)

        def text(value: Any) -> str:
            if (accepts is not None and not accepts(value)) or not named.isdisjoint(value):
                raise Misfit
            inner = write(value)[1:-1]
            return f",{inner}" if inner else ""

        return text

    def _step(self, rule: Rule, index: int, parts: dict[str, Any]) -> tuple[str, str]:
        """Write two expressions about `value`: when it is wrong, and its text.

        For the rules that most fields have no function is called but those written in C.
        """
        match rule:
            case Text(min_length=low, max_length=high, pattern=pattern):
                wrong = "type(value) is not str"
                wrong += f" or len(value) < {low:d}" if low else ""
                wrong += f" or len(value) > {high:d}" if high is not None else ""
                if pattern is not None:
                    parts[f"search_{index}"] = compile_pattern(pattern).search
                    wrong += f" or search_{index}(value) is None"
                return wrong, "quote(value)"
            case Of(cls=cls):
                parts[f"cls_{index}"] = cls
                return "", f"send[cls_{index}](value)"
            case Choice(enum=enum):
                parts[f"enum_{index}"], parts[f"quoted_{index}"] = enum, _quoted(rule)
                # A member that is not known stops at the table.
                return f"type(value) is not enum_{index}", f"quoted_{index}[value]"
            case Integer(minimum=int(low), maximum=int(high)) if rule == Integer(low, high):
                return (
                    f"type(value) is not int or not {low:d} <= value <= {high:d}",
                    "digits(value)",
                )
            case Integer():
                parts[f"accepts_{index}"] = rule.accepts
                return f"not accepts_{index}(value)", "digits(value)"
            case Boolean():
                return "type(value) is not bool", '"true" if value else "false"'
            case DateText() | DateTimeText():
                parts[f"cls_{index}"] = rule.cls
                return f"type(value) is not cls_{index}", "quote(value)"
            case _:
                accepts, parts[f"write_{index}"] = self._texts(rule)
                parts[f"accepts_{index}"] = accepts
                wrong = f"not accepts_{index}(value)" if accepts else ""
                return wrong, f"write_{index}(value)"

    def field_writer(self, rule: Rule) -> Write:
        """Return what checks a value by its rule and writes it."""
        accepts, text = self._texts(rule)

        def write(value: Any) -> str:
            if accepts is not None and not accepts(value):
                raise Misfit
            return text(value)

        return write

    def _texts(self, rule: Rule) -> tuple[Accepts | None, Write]:
        """What checks a value before it is sent (None when the writer does), and what writes it."""
        match rule:
            case Of(cls=cls):
                return None, _late(self.send, cls)
            case TaggedUnion():
                writers = {variant: _late(self.send, variant) for variant in rule.variants}
                return None, lambda value: writers[type(value)](value)
            case Choice(enum=enum):
                return lambda value: type(value) is enum, _quoted(rule).__getitem__
            case Text() | DateText() | DateTimeText():
                return rule.accepts, encode_basestring
            case Integer():
                return rule.accepts, int.__repr__
            case Number():
                return rule.accepts, str
            case Items(rule=inner):
                accepts, write = self._texts(inner)
                return items_check(rule, accepts), _items_text(write)
            case Values(rule=inner):
                accepts, write = self._texts(inner)
                return values_check(rule, accepts), _values_text(write)
            case Nullable(rule=inner):
                accepts, write = self._texts(inner)
                return or_none_check(accepts), lambda v: "null" if v is None else write(v)
            case Late(rule=inner):
                return self._texts(inner)
            case Fits(rule=inner):
                accepts, write = self._texts(inner)
                conditions = rule.conditions
                return (
                    lambda v: (accepts is None or accepts(v)) and conditions.hold(wire_of(v)),
                    write,
                )
            case Either():
                return None, self._either_text(rule)
            case Row():
                return None, self._row_text(rule)
            case _:
                return rule.accepts, lambda value: render(plain(value))

    def _either_text(self, rule: Either) -> Write:
        ways = [self._texts(inner) for inner in rule.rules]

        def text(value: Any) -> str:
            for accepts, write in ways:
                try:
                    if accepts is None or accepts(value):
                        found = write(value)
                        break
                except SLIPS:
                    continue
            else:
                raise Misfit
            # Which alternatives a value fits is decided by its JSON, whatever class it has.
            if rule.one and not fits(rule, wire_of(value)):
                raise Misfit
            return found

        return text

    def _row_text(self, rule: Row) -> Write:
        ways = [self._texts(inner) for inner in (*rule.rules, rule.sized.rule)]

        def text(value: Any) -> str:
            if type(value) is not tuple or rule.sized.sizes(value):
                raise Misfit
            found: list[str] = []
            for index, item in enumerate(value):
                accepts, write = ways[min(index, len(ways) - 1)]
                if accepts is not None and not accepts(item):
                    raise Misfit
                found.append(write(item))
            return f"[{','.join(found)}]"

        return text

    def _add_dump(self, cls: type[Struct]) -> Callable[[], None]:
        if whole_of(cls) is not None or rest_of(cls) is not None:
            self.dump[cls] = wire_of
            return lambda: None
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
                absent = REQUIRED if field.required else field.absent
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
                return or_none(self._writer(inner))
            case Anything() | Const() | Among():
                return plain
            case Late(rule=inner):
                return self._writer(inner)
            case Fits() | Either() | Row():
                return wire_of
            case _:
                return None

    def union_writer(self, union: TaggedUnion) -> Hook:
        """Write any variant, and back what was not recognised."""
        dumpers: dict[type[Any], Hook] = {cls: self.dump[cls] for cls in union.variants}
        dumpers[Unrecognised] = lambda value: plain(value.raw)
        return lambda value: dumpers[type(value)](value)


def _judged(cls: type[Struct], write: Write) -> Write:
    """Ask the conditions of the object as a whole, if there are any."""
    if (conditions := conditions_of(cls)) is None:
        return write

    def judged(message: Any) -> str:
        if not conditions.hold(wire_of(message)):
            raise Misfit
        return write(message)

    return judged


def _quoted(rule: Choice) -> Mapping[str, str]:
    """The members that may be sent, as JSON writes them."""
    members = rule.members.items()
    return {text: encode_basestring(text) for text, member in members if rule.accepts(member)}


def plain(value: Any) -> Any:
    """Give JSON as dicts and lists, whatever mappings and tuples it was held in."""
    if is_mapping(value):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if is_array(value) else value


def _send_source(fields: Sequence[Field], steps: Sequence[tuple[str, str]]) -> str:
    lines = [
        "def write(message):",
        "    if type(message) is not cls: raise Misfit",
        "    unknown = message.unknown_fields",
        "    if unknown is not NO_FIELDS and len(unknown): raise Misfit",
    ]
    for index, (field, (wrong, text)) in enumerate(zip(fields, steps, strict=True)):
        lines.append(f"    value = message.{field.name}")
        if not field.required:
            lines.append(f"    if value is absent_{index}: text_{index} = ''")
        if wrong:
            lines.append(f"    {'if' if field.required else 'elif'} {wrong}: raise Misfit")
        lines.append("    else:" if not field.required or wrong else "    if True:")
        lines.append(f"        text_{index} = f'{{prefix_{index}}}{{{text}}}'")
    texts = "".join(f"{{text_{index}}}" for index in range(len(fields)))
    lines += [f"    texts = f'{texts}'", "    return f'{{{texts[1:]}}}'"]
    return "\n".join(lines)


def _late(table: Mapping[type[Any], Hook], cls: type[Any]) -> Hook:
    return lambda value: table[cls](value)


def _items_text(write: Write) -> Write:
    return lambda value: f"[{','.join([write(item) for item in value])}]"


def _values_text(write: Write) -> Write:
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


def _each(write: Hook | None) -> Hook:
    if write is None:
        return list
    return lambda value: [write(item) for item in value]


def _each_value(write: Hook | None) -> Hook:
    if write is None:
        return dict
    return lambda value: {name: write(item) for name, item in value.items()}
