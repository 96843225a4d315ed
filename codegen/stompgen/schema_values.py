"""Schemas as values: a type that holds all that is valid, and conditions for what it cannot say."""

from collections.abc import Callable

import attrs

from .document import Document
from .ecma import BadPatternError, compile_pattern
from .pointers import Json, as_list, is_text, join
from .problems import Problems, Severity
from .schema_conditions import RULES, SILENT, ConditionReader, TooLongError
from .schema_kinds import fits_type, is_nullable, kind_of, types_of, values_of
from .schema_limits import OF_ANY_TYPE, OF_TYPE, SAID, irrelevant, limits_of
from .schema_merge import Keyword, Merged, Merger
from .schema_unions import UnionReader, keyword_of, named_tag
from .schemas import (
    Among,
    Anything,
    Array,
    Const,
    Either,
    Limit,
    Map,
    Named,
    Never,
    Row,
    Scalar,
    ScalarKind,
    Value,
    ValueType,
    message_pointer,
    parts,
)

DATES = {"date-time": ScalarKind.DATE_TIME, "date": ScalarKind.DATE}
SCALARS = {
    "integer": ScalarKind.INTEGER,
    "number": ScalarKind.NUMBER,
    "boolean": ScalarKind.BOOLEAN,
}
_OBJECTS = frozenset({"object", "map", "union"})
DEEPEST = 20
"""Types written inside of each other."""
MOST_PARTS = 400
"""Types written in one place; a value of more has a class of its own."""


class ValueReader:
    """Reads what may stand in one place.

    Args:
        later: Told of a schema that has a class; returns the class's pointer.
        whole: Told of a value that contains itself, or is very long: it gets a class.
    """

    def __init__(
        self,
        document: Document,
        problems: Problems,
        merger: Merger,
        later: Callable[[Merged], str],
        whole: Callable[[Merged, Value], None],
    ) -> None:
        self._document, self._problems, self._merger = document, problems, merger
        self._later, self._whole = later, whole
        self._unions = UnionReader(merger)
        self._open: set[str] = set()
        self._known: dict[str, tuple[Value, int]] = {}
        self._wholes: set[str] = set()
        self._deep: list[Merged] = []

    def at(self, pointer: str) -> Value:
        """Read the schema at a pointer."""
        return self.of(self._merger.merge(pointer))

    def of(self, merged: Merged) -> Value:
        """Read a schema."""
        home = merged.home
        if home in self._open or home in self._wholes:
            self._wholes.add(home)
            return Value(type=Named(pointer=self.whole_pointer(merged)))
        if len(self._open) >= DEEPEST:
            self._wholes.add(home)
            self._deep.append(merged)
            return Value(type=Named(pointer=self.whole_pointer(merged)))
        if merged.pointer == home and home in self._known:
            return self._known[home][0]
        self._open.add(home)
        value = self._read(merged)
        self._open.discard(home)
        size = 1 + sum(self._size(inner) for inner in parts(value.type))
        if home in self._wholes or size > MOST_PARTS:
            self._wholes.add(home)
            self._whole(merged, value)
            class_ = Named(pointer=self.whole_pointer(merged))
            value, size = Value(type=class_, sensitive=value.sensitive), 1
        if merged.pointer == home:
            self._known[home] = value, size
        return value

    def read_deep(self) -> None:
        """Read what stands too deep inside of other values; each has a class of its own."""
        while self._deep:
            merged = self._deep.pop()
            self._whole(merged, self._read(merged))

    def _size(self, value: Value) -> int:
        return 1 + sum(self._size(inner) for inner in parts(value.type))

    def _read(self, merged: Merged) -> Value:
        kind = self.kind(merged)
        type_ = self._type(merged, kind)
        conditions, unchecked = self.conditions(merged, self._left(merged, kind, type_))
        inner = any(value.sensitive for value in parts(type_))
        value = Value(
            type=type_,
            nullable=is_nullable(merged) and not merged.never and kind != "null",
            sensitive=merged.get("x-sensitive") is True or inner,
            conditions=conditions,
            unchecked=unchecked,
        )
        return _without_null(value)

    def whole_pointer(self, merged: Merged) -> str:
        """Return the key of the class that holds a value: one with a class keeps the plain key."""
        has_class = self.kind(merged) in {"enum", "open-enum", "union"}
        several = len(types_of(merged)) > 1  # an object among them has the plain key
        return message_pointer(merged.home) if has_class or several else merged.home

    def kind(self, merged: Merged) -> str:
        """Name the kind of a schema; `union` only when a constant tells its members apart."""
        kind = kind_of(merged)
        return "alternatives" if kind == "union" and not self._unions.is_tagged(merged) else kind

    def _type(self, merged: Merged, kind: str) -> ValueType:
        if kind in {"enum", "open-enum", "union", "object"}:
            limits = () if kind in {"union", "object"} else self._limits(merged, "string")
            return Named(pointer=self._later(merged), limits=limits)
        if kind in SCALARS:
            return Scalar(kind=SCALARS[kind], limits=self._limits(merged, kind))
        readers: dict[str, Callable[[Merged], ValueType]] = {
            "alternatives": self._alternatives,
            "array": self._array,
            "const": self._const,
            "map": self._map,
            "never": lambda _: Never(),
            "null": lambda _: Const(value=None),
            "row": self._row,
            "string": self._text,
            "types": self._types,
            "values": self._values,
        }
        read = readers.get(kind)
        return Anything() if read is None else read(merged)

    def _text(self, merged: Merged) -> Scalar:
        date = DATES.get(merged.text("format") or "")
        if date is not None:
            return Scalar(kind=date)
        return Scalar(kind=ScalarKind.TEXT, limits=self._limits(merged, "string"))

    def _const(self, merged: Merged) -> ValueType:
        value = merged.get("const")
        if isinstance(value, float):
            return Scalar(kind=ScalarKind.NUMBER)
        if isinstance(value, str) and not is_text(value):
            return Never()  # it cannot travel
        if value is None or isinstance(value, str | int):  # bool is an int
            return Const(value=value)
        return Anything()

    def _values(self, merged: Merged) -> ValueType:
        values = values_of(merged)
        if not values:
            return Const(value=None) if is_nullable(merged) else Never()
        constants = [value for value in values if isinstance(value, str | int)]
        if len(constants) == len(values):
            return Among(values=tuple(constants))
        if all(fits_type(value, "number") for value in values):
            return Scalar(kind=ScalarKind.NUMBER)
        return Anything()

    def _array(self, merged: Merged) -> Array:
        items = Value(type=Anything())
        if isinstance(merged.get("items"), dict | bool):
            items = self.at(merged.where("items"))
        return Array(items=items, limits=self._limits(merged, "array"))

    def _row(self, merged: Merged) -> Row:
        where, count = merged.where("items"), len(as_list(merged.get("items")))
        rest: Value | None = Value(type=Anything())
        if merged.get("additionalItems") is False:
            rest = None
        elif isinstance(merged.get("additionalItems"), dict):
            rest = self.at(merged.where("additionalItems"))
        items = tuple(self.at(join(where, index)) for index in range(count))
        return Row(items=items, rest=rest, limits=self._limits(merged, "array"))

    def _map(self, merged: Merged) -> Map:
        values = self.rest(merged) or Value(type=Anything())
        return Map(values=values, limits=self._limits(merged, "map"))

    def rest(self, merged: Merged) -> Value | None:
        """Read what a schema says of properties that it does not name; None when it is silent."""
        others, patterns = merged.get("additionalProperties"), merged.get("patternProperties")
        if isinstance(patterns, dict) and patterns:
            if others is False and len(patterns) == 1:
                (pattern,) = patterns
                return self.at(join(merged.where("patternProperties"), pattern))
            return Value(type=Anything())
        if isinstance(others, dict | bool):
            return self.at(merged.where("additionalProperties"))
        return None

    def _alternatives(self, merged: Merged) -> ValueType:
        found = self._unions.variants(merged)
        tag = named_tag(merged, found)
        return Either(
            variants=tuple(self.of(variant) for variant in found),
            one=keyword_of(merged) == "oneOf",
            tag=None if tag is None else tag.name,
            names=() if tag is None else tag.values,
        )

    def _types(self, merged: Merged) -> Either:
        variants = [self._read(only(merged, name)) for name in types_of(merged)]
        return Either(variants=tuple(variants), one=False)

    def _limits(self, merged: Merged, kind: str) -> tuple[Limit, ...]:
        found = limits_of(merged, kind)
        return tuple(one for one in found if one[0] != "pattern" or self._usable(merged))

    def _usable(self, merged: Merged) -> bool:
        try:
            compile_pattern(merged.text("pattern") or "")
        except BadPatternError:
            self._tell(merged.where("pattern"), "this pattern cannot be checked")
            return False
        return True

    # What the type does not say.

    def _left(self, merged: Merged, kind: str, type_: ValueType) -> list[str]:
        """List the keywords that are to be conditions."""
        if kind in {"object", "union"}:
            return []  # the class says it
        names = merged.rules - SILENT - SAID.get(kind, frozenset())
        if kind == "map":
            names -= {"type", "properties", "minProperties", "maxProperties"}
            names -= irrelevant(["object"])
            if "patternProperties" not in names:
                names -= {"additionalProperties"}
        elif kind == "alternatives":
            names -= {keyword_of(merged)}
            if all(self.kind(v) in _OBJECTS for v in self._unions.variants(merged)):
                names -= {"type"} | irrelevant(["object"])
        elif kind == "const":
            names = self._left_of_values(merged, [merged.get("const")], names, type_)
        elif kind == "values":
            values: list[Json] = [v for v in as_list(merged.get("enum")) if v is not None]
            names = self._left_of_values(merged, values, names, type_)
        elif kind == "types":
            types = types_of(merged)
            names -= {"type", *(name for known in OF_TYPE.values() for name in known)}
            names -= irrelevant(types)
        elif kind in {"string", "enum", "open-enum"}:
            names -= irrelevant(["string"])
            if isinstance(type_, Scalar) and type_.kind is not ScalarKind.TEXT:
                names |= merged.rules & OF_TYPE["string"]
        elif kind not in {"any", "never"}:
            names -= irrelevant(["array" if kind == "row" else kind])
        return sorted(names)

    def _left_of_values(
        self, merged: Merged, values: list[Json], names: frozenset[str], type_: ValueType
    ) -> frozenset[str]:
        types = types_of(merged)
        if not types or all(any(fits_type(v, t) for t in types) for v in values):
            names -= {"type"}
        if isinstance(type_, Const | Among | Never):
            names -= {"const"} if "const" in merged.keywords else {"enum", "type"}
        return names

    def conditions(
        self, merged: Merged, names: list[str]
    ) -> tuple[dict[str, Json] | None, tuple[str, ...]]:
        """Read keywords, and what stands apart, as conditions.

        Returns:
            The conditions, and the names of keywords that nothing checks.
        """
        if merged.never:
            return None, ()
        wanted = {part: None for name in names for part in merged.keywords[name].parts}
        ordered = sorted([*wanted, *merged.apart], key=lambda part: (part.names, part.pointer))
        chosen = [part for part in dict.fromkeys(ordered) if part.names]
        missing: list[str] = []

        def tell(pointer: str, what: str) -> None:
            missing.append(pointer.rpartition("/")[2])
            self._tell(pointer, what)

        try:
            return ConditionReader(self._document, tell).read(chosen), tuple(sorted(missing))
        except TooLongError:
            keywords = sorted({name for part in chosen for name in part.names[:1]})
            self._tell(merged.pointer, f"too long to be checked: {', '.join(keywords)}")
            return None, tuple(keywords)

    def _tell(self, pointer: str, what: str) -> None:
        advice = "values that break it are accepted"
        self._problems.add(self._document.problem(pointer, what, advice, Severity.WARNING))


def only(merged: Merged, name: str) -> Merged:
    """Return what a schema says of values of one type."""
    dropped = irrelevant([name]) | {"nullable", "x-sensitive"} | (RULES - OF_ANY_TYPE - SILENT)
    kept = {key: keyword for key, keyword in merged.keywords.items() if key not in dropped}
    kept["type"] = Keyword(value=name, pointer=merged.where("type"))
    changed = attrs.evolve(merged, keywords=kept, apart=())
    return changed if name == "object" else attrs.evolve(changed, properties={})


def _without_null(value: Value) -> Value:
    """Let null beside one alternative make that nullable: `A | None` is no choice of types."""
    inner = value.type
    if not isinstance(inner, Either) or value.conditions is not None:
        return value
    others = [v for v in inner.variants if v.type != Const(value=None)]
    if len(others) == len(inner.variants) or any(v.nullable for v in others):
        return value
    if len(inner.variants) - len(others) > 1 or any(isinstance(v.type, Anything) for v in others):
        return value
    if len(others) != 1:
        return value
    sensitive = value.sensitive or others[0].sensitive
    return attrs.evolve(others[0], nullable=True, sensitive=sensitive)
