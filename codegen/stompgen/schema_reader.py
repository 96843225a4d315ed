"""Document → `Schemas`. What cannot be expressed is reported with its pointer, never left out.

Keywords follow JSON Schema draft 7, the schema language of AsyncAPI.
"""

import json
from collections.abc import Iterable

import attrs

from .document import Document
from .pointers import as_list, as_object, as_text, join, texts
from .problems import Problems
from .schema_kinds import is_nullable, kind_of
from .schema_limits import LIMITS, limits_of
from .schema_merge import Merged, Merger
from .schema_unions import UnionReader
from .schemas import (
    Anything,
    Array,
    ClassSchema,
    Const,
    Doc,
    EnumMember,
    EnumSchema,
    FieldSchema,
    Map,
    Named,
    ObjectSchema,
    OpenEnumSchema,
    Scalar,
    ScalarKind,
    Schemas,
    Value,
    ValueType,
    references,
)

DATES = {"date-time": ScalarKind.DATE_TIME, "date": ScalarKind.DATE}
SCALARS = {
    "integer": ScalarKind.INTEGER,
    "number": ScalarKind.NUMBER,
    "boolean": ScalarKind.BOOLEAN,
}
PLAIN_FORMATS = frozenset({"int32", "int64", "float", "double", "password"})
"""Formats that tell a reader nothing new: Python's integers and decimals have no width."""


def read_schemas(document: Document, roots: Iterable[str], problems: Problems) -> Schemas:
    """Read the classes that some schemas reach; the roots have to be objects."""
    return _SchemaReader(document, problems).read(sorted(set(roots)))


class _SchemaReader:
    def __init__(self, document: Document, problems: Problems) -> None:
        self._document, self._problems = document, problems
        self._merger = Merger(document, problems)
        self._unions = UnionReader(self._merger, self._unsupported)
        self._todo: list[Merged] = []
        self._seen: set[str] = set()
        self._open: set[str] = set()

    def read(self, roots: list[str]) -> Schemas:
        for pointer in roots:
            merged = self._merger.merge(pointer)
            if merged is None:
                continue
            if kind_of(merged) in {"object", "map"}:
                self._later(merged)
            else:
                self._unsupported(pointer, "a message has to be an object", "wrap it in an object")
        classes: dict[str, ClassSchema] = {}
        while self._todo:
            merged = self._todo.pop()
            if (found := self._class(merged)) is not None:
                classes[merged.home] = found
        return Schemas(classes=dict(sorted(_complete(classes).items())))

    # Values.

    def value(self, pointer: str) -> Value | None:
        """Read what may stand in one place; None when it cannot be expressed."""
        merged = self._merger.merge(pointer)
        return None if merged is None else self._value(merged)

    def _value(self, merged: Merged) -> Value | None:
        if merged.home in self._open:
            what = "the schema contains itself without an object in between"
            self._unsupported(merged.pointer, what, "put an object in between")
            return None
        self._open.add(merged.home)
        type_ = self._type(merged)
        self._open.discard(merged.home)
        if type_ is None:
            return None
        inner = type_.items if isinstance(type_, Array) else None
        inner = type_.values if isinstance(type_, Map) else inner
        sensitive = merged.get("x-sensitive") is True or (inner is not None and inner.sensitive)
        return Value(type=type_, nullable=is_nullable(merged), sensitive=sensitive)

    def _type(self, merged: Merged) -> ValueType | None:
        kind = kind_of(merged)
        if kind in {"enum", "open-enum", "union", "object"}:
            is_text = kind in {"enum", "open-enum"}
            limits = limits_of(merged, "string") if is_text else ()
            return Named(pointer=self._later(merged), limits=limits)
        if not self._expressible(merged, kind):
            return None
        if kind == "const":
            return self._const(merged)
        if kind == "any":
            return Anything()
        if kind == "array":
            return self._array(merged)
        if kind == "map":
            return self._map(merged)
        if kind == "string":
            return self._text(merged)
        if kind in SCALARS:
            return Scalar(kind=SCALARS[kind], limits=limits_of(merged, kind))
        return None

    def _text(self, merged: Merged) -> Scalar | None:
        limits = limits_of(merged, "string")
        date = DATES.get(merged.text("format") or "")
        if date is None:
            return Scalar(kind=ScalarKind.TEXT, limits=limits)
        if limits:
            self._unsupported(merged.pointer, "limits beside a date cannot be expressed")
            return None
        return Scalar(kind=date)

    def _const(self, merged: Merged) -> Const | None:
        value = merged.get("const")
        if value is None or isinstance(value, str | int):  # bool is an int
            return Const(value=value)
        self._unsupported(merged.where("const"), "only a text, integer or boolean can be const")
        return None

    def _array(self, merged: Merged) -> Array | None:
        items: Value | None = Value(type=Anything())
        if "items" in merged.keywords:
            items = self.value(merged.where("items"))
        return None if items is None else Array(items=items, limits=limits_of(merged, "array"))

    def _map(self, merged: Merged) -> Map | None:
        values: Value | None = Value(type=Anything())
        if isinstance(merged.get("additionalProperties"), dict):
            values = self.value(merged.where("additionalProperties"))
        return None if values is None else Map(values=values, limits=limits_of(merged, "map"))

    # Classes.

    def _later(self, merged: Merged) -> str:
        if merged.home not in self._seen:
            self._seen.add(merged.home)
            # A class is what its own schema says, without what stands where it is used.
            own = self._merger.merge(merged.home)
            if own is not None:
                self._todo.append(own)
        return merged.home

    def _class(self, merged: Merged) -> ClassSchema | None:
        kind = kind_of(merged)
        if kind == "map":
            kind = "object"  # a message without properties
        if not self._expressible(merged, kind):
            return None
        if kind == "union":
            union = self._unions.read(merged, self._doc(merged))
            for pointer in union.variants if union is not None else ():
                self.value(pointer)
            return union
        if kind == "enum":
            members = self._enum(merged)
            return EnumSchema(pointer=merged.home, members=members, doc=self._doc(merged))
        if kind == "open-enum":
            members = tuple(
                EnumMember(value=value, description=as_text(text))
                for value, text in sorted(as_object(merged.get("x-open-enum")).items())
            )
            return OpenEnumSchema(pointer=merged.home, members=members, doc=self._doc(merged))
        return self._object(merged)

    def _enum(self, merged: Merged) -> tuple[EnumMember, ...]:
        described = as_object(merged.get("x-enum-values"))
        members: list[EnumMember] = []
        for index, value in enumerate(as_list(merged.get("enum"))):
            if isinstance(value, str):
                members.append(EnumMember(value=value, description=as_text(described.get(value))))
            elif value is not None or not is_nullable(merged):
                where = join(merged.where("enum"), index)
                self._unsupported(where, "only texts can be the values of an enum")
        return tuple(members)

    def _object(self, merged: Merged) -> ObjectSchema:
        required = texts(as_list(merged.get("required")))
        order = {name: index for index, name in enumerate(dict.fromkeys(required))}
        names = sorted(merged.properties, key=lambda name: (order.get(name, len(order)), name))
        for name in order.keys() - merged.properties.keys():
            self._unsupported(merged.where("required"), f"the property {name!r} is not described")
        fields = [self._field(merged, name, name in order) for name in names]
        return ObjectSchema(
            pointer=merged.home,
            fields=tuple(field for field in fields if field is not None),
            doc=self._doc(merged),
        )

    def _field(self, owner: Merged, name: str, required: bool) -> FieldSchema | None:
        merged = self._merger.merge(owner.properties[name])
        value = None if merged is None else self._value(merged)
        if merged is None or value is None:
            return None
        of_class = isinstance(value.type, Named) and "x-source" not in merged.own
        # An `x-source` on an object also covers which properties are required and what has no
        # source of its own; a referenced scalar brings its own. That of a referenced class tells of
        # the class: it is shown, but does not make the field a guess.
        source = (None if of_class else merged.source) or owner.source
        doc = attrs.evolve(self._doc(merged), source=merged.source or owner.source)
        return FieldSchema(
            wire=name,
            value=value,
            required=required,
            guessed=source is not None and source.guessed,
            header_role=merged.text("x-header-role"),
            doc=doc,
        )

    def _doc(self, merged: Merged) -> Doc:
        shown = merged.text("format")
        hidden = shown in PLAIN_FORMATS or shown in DATES
        default = merged.get("default")
        return Doc(
            pointer=merged.pointer,
            description=merged.text("description") or merged.text("title"),
            unit=merged.text("x-unit"),
            unit_of=merged.text("x-unit-of"),
            format=None if hidden else shown,
            default=None if default is None else json.dumps(default, ensure_ascii=False),
            deprecated=merged.get("deprecated") is True,
            source=merged.source,
        )

    # What cannot be expressed.

    def _expressible(self, merged: Merged, kind: str) -> bool:
        for name in sorted(merged.rules - {"type", "nullable"} - LIMITS.get(kind, frozenset())):
            what = f"the keyword {name} cannot be expressed in a schema of this kind ({kind})"
            self._unsupported(merged.where(name), what)
        if "additionalProperties" in merged.keywords and not self._allows_more(merged, kind):
            where = merged.where("additionalProperties")
            self._unsupported(where, "these additionalProperties cannot be expressed")
        if kind not in LIMITS:
            self._unsupported(merged.pointer, f"a schema of the type {kind} cannot be expressed")
        return kind in LIMITS

    def _allows_more(self, merged: Merged, kind: str) -> bool:
        value = merged.get("additionalProperties")
        return value is True or value == {} or (kind == "map" and value is not False)

    def _unsupported(self, pointer: str, what: str, advice: str = "") -> None:
        advice = advice or "use what the documentation of the generator lists"
        self._problems.add(self._document.problem(pointer, what, advice))


def _complete(classes: dict[str, ClassSchema]) -> dict[str, ClassSchema]:
    """Leave out what refers to a class that could not be read, and what refers to that."""
    while True:
        complete = {p: c for p, c in classes.items() if set(references(c)) <= classes.keys()}
        if len(complete) == len(classes):
            return complete
        classes = complete
