"""Document → `Schemas`. Whatever is valid draft 7 has a type; what the type cannot say is checked.

Keywords follow JSON Schema draft 7, the schema language of AsyncAPI, and OpenAPI's `nullable` and
discriminator objects, which documents use too.
"""

import json
from collections.abc import Iterable, Iterator

import attrs

from .document import Document
from .pointers import as_list, as_object, as_text, is_text, join, split, texts
from .problems import Problems
from .schema_conditions import SILENT
from .schema_kinds import is_nullable, kind_of, types_of, values_of
from .schema_limits import irrelevant
from .schema_merge import Merged, Merger
from .schema_unions import UnionReader
from .schema_values import DATES, ValueReader, only
from .schemas import (
    AliasSchema,
    Anything,
    ClassSchema,
    Doc,
    EnumMember,
    EnumSchema,
    FieldSchema,
    Named,
    Never,
    ObjectSchema,
    OpenEnumSchema,
    Schemas,
    Value,
    WholeSchema,
)

PLAIN_FORMATS = frozenset({"int32", "int64", "float", "double", "password"})
"""Formats that tell a reader nothing new: Python's integers and decimals have no width."""

CLASS_KINDS = frozenset({"enum", "object", "open-enum", "union"})
NAMED_KINDS = CLASS_KINDS | {"alternatives", "map"}


def read_schemas(
    document: Document, roots: Iterable[str], problems: Problems, named: Iterable[str] = ()
) -> Schemas:
    """Read the classes that some schemas reach.

    Args:
        document: The document.
        roots: Schemas of messages; each gets a class, whatever it describes.
        problems: Takes warnings about what nothing checks.
        named: Further schemas; they get classes when they describe objects, enums or unions.
    """
    return _SchemaReader(document, problems).read(sorted(set(roots)), sorted(set(named)))


class _SchemaReader:
    def __init__(self, document: Document, problems: Problems) -> None:
        self._document = document
        self._merger = Merger(document, problems)
        self._values = ValueReader(document, problems, self._merger, self._later, self._whole)
        self._unions = UnionReader(self._merger)
        self._todo: list[Merged] = []
        self._seen: set[str] = set()
        self._catch_alls: set[str] = set()
        self._messages: dict[str, str] = {}
        self._classes: dict[str, ClassSchema] = {}

    def read(self, roots: list[str], named: list[str]) -> Schemas:
        for pointer in roots:
            self._root(pointer, self._merger.merge(pointer))
        self._finish()
        self._named({pointer: self._merger.merge(pointer) for pointer in named})
        self._finish()
        messages = {p: class_ for p, class_ in sorted(self._messages.items()) if p != class_}
        return Schemas(classes=dict(sorted(self._classes.items())), messages=messages)

    def _named(self, named: dict[str, Merged]) -> None:
        """Give classes, or aliases, to what the document names without need."""
        kinds = {pointer: self._values.kind(merged) for pointer, merged in named.items()}
        for pointer, merged in named.items():
            if kinds[pointer] == "union":
                self._later(merged)
        self._finish()  # now it is known which objects stand for unknown members only
        for pointer, merged in named.items():
            if kinds[pointer] not in NAMED_KINDS or merged.home in self._catch_alls:
                continue
            if pointer == merged.home and kinds[pointer] in CLASS_KINDS:
                self._later(merged)
            elif pointer not in self._classes:
                value = self._values.of(merged)
                if value.type != Named(pointer=pointer):
                    doc = self._doc(merged)
                    self._classes[pointer] = AliasSchema(pointer=pointer, value=value, doc=doc)

    def _root(self, pointer: str, merged: Merged) -> None:
        """Give a message's schema a class: of an object its own, else one that holds the value."""
        kind = self._values.kind(merged)
        if kind in {"object", "map"} and not is_nullable(merged):
            self._messages[pointer] = self._later(merged)
            return
        self._messages[pointer] = self._values.whole_pointer(merged)
        value = self._values.of(merged)
        if self._values.whole_pointer(merged) not in self._classes:
            self._whole(merged, value)

    def _finish(self) -> None:
        self._values.read_deep()
        while self._todo:
            merged = self._todo.pop()
            self._classes[merged.home] = self._class(merged)
            self._values.read_deep()

    # Classes.

    def _later(self, merged: Merged) -> str:
        if merged.home not in self._seen:
            self._seen.add(merged.home)
            # A class is what its own schema says, without what stands where it is used.
            self._todo.append(self._merger.merge(merged.home))
        return merged.home

    def _whole(self, merged: Merged, value: Value) -> None:
        pointer, doc = self._values.whole_pointer(merged), self._doc(merged)
        self._classes[pointer] = WholeSchema(pointer=pointer, value=value, doc=doc)

    def _class(self, merged: Merged) -> ClassSchema:
        kind = kind_of(merged)
        if kind == "union" and (union := self._unions.read(merged, self._doc(merged))) is not None:
            if union.open:
                self._catch_alls.add(self._unions.variants(merged)[-1].home)
            for pointer in union.variants:
                self._later(self._merger.merge(pointer))
            return union
        if kind == "enum":
            members = tuple(self._members(merged))
            return EnumSchema(pointer=merged.home, members=members, doc=self._doc(merged))
        if kind == "open-enum":
            members = tuple(
                EnumMember(value=value, description=as_text(text))
                for value, text in sorted(as_object(merged.get("x-open-enum")).items())
                if is_text(value)
            )
            return OpenEnumSchema(pointer=merged.home, members=members, doc=self._doc(merged))
        return self._object(only(merged, "object") if len(types_of(merged)) > 1 else merged)

    def _members(self, merged: Merged) -> Iterator[EnumMember]:
        described = as_object(merged.get("x-enum-values"))
        for value in values_of(merged):
            if isinstance(value, str):
                yield EnumMember(value=value, description=as_text(described.get(value)))

    def _object(self, merged: Merged) -> ObjectSchema:
        required = filter(is_text, texts(as_list(merged.get("required"))))
        order = {name: index for index, name in enumerate(dict.fromkeys(required))}
        more = self._more(merged)
        known = {*merged.properties, *order, *more}
        names = sorted(known, key=lambda name: (order.get(name, len(order)), name))
        rest, closed = self._values.rest(merged), False
        if merged.get("additionalProperties") is False and not merged.get("patternProperties"):
            rest, closed = None, True
        others = Value(type=Never()) if closed else rest or Value(type=Anything())
        conditions, unchecked = self._values.conditions(merged, self._left(merged))
        return ObjectSchema(
            pointer=merged.home,
            fields=tuple(
                self._field(merged, name, name in order)
                if name in merged.properties
                else self._further(merged, name, name in order, more.get(name), others)
                for name in names
            ),
            doc=self._doc(merged),
            rest=rest,
            closed=closed,
            conditions=conditions,
            unchecked=unchecked,
        )

    def _left(self, merged: Merged) -> list[str]:
        """List the keywords that are to be conditions of the object as a whole."""
        said = {"type", "properties", "required"}
        names = merged.rules - SILENT - said - irrelevant(["object"])
        if not merged.get("patternProperties"):
            names -= {"additionalProperties", "patternProperties"}
        return sorted(names)

    def _more(self, merged: Merged) -> dict[str, Merged]:
        """Find properties that only alternatives and conditions name: they can be sent too."""
        places = [
            join(merged.where(name), index)
            for name in ("anyOf", "oneOf")
            for index in range(len(as_list(merged.get(name))))
        ]
        places += [merged.where(name) for name in ("if", "then", "else") if merged.get(name)]
        for name, needed in sorted(as_object(merged.get("dependencies")).items()):
            if isinstance(needed, dict):
                places.append(join(merged.where("dependencies"), name))
        found: dict[str, Merged] = {}
        for place in places:
            part = self._merger.merge(place)
            for name in part.properties:
                if name not in merged.properties:
                    found.setdefault(name, self._merger.property(part, name))
        return found

    def _further(
        self, owner: Merged, name: str, required: bool, seen: Merged | None, others: Value
    ) -> FieldSchema:
        """Read a property that is required, or that some alternatives name, and no more."""
        pointer = join(owner.home, "required")
        doc = Doc(pointer=pointer) if seen is None else self._doc(seen)
        # Alternatives may say different things of it: they are asked about the whole object.
        return FieldSchema(wire=name, value=others, required=required, guessed=False, doc=doc)

    def _field(self, owner: Merged, name: str, required: bool) -> FieldSchema:
        merged = self._merger.property(owner, name)
        value = self._values.of(merged)
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


def component_schemas(document: Document) -> list[str]:
    """List the schemas that the document names, used or not."""
    schemas = as_object(as_object(document.data.get("components")).get("schemas"))
    return [join("/components/schemas", key) for key in schemas]


def is_component(pointer: str) -> bool:
    """Tell whether a schema is one of the document's components, and so has a name."""
    return pointer.startswith("/components/schemas/") and len(split(pointer)) == 3
