"""Names and types of the schemas, given by datamodel-code-generator.

It gets a document that has only what names depend on: classes and their fields, sorted. So its
answer does not depend on the order of keys, and it has little to do. Every rule comes from our own
reading of the document.
"""

import re
from collections.abc import Mapping
from typing import Any

import attrs

from .dmcg import Ask, FrontEndError, Model, ask
from .document import Document
from .naming import attribute, clashes, class_name
from .pointers import Json, join, split
from .problems import Problems, Severity
from .schemas import (
    Array,
    ClassSchema,
    Const,
    EnumSchema,
    Map,
    Named,
    ObjectSchema,
    OpenEnumSchema,
    Scalar,
    ScalarKind,
    Schemas,
    UnionSchema,
    Value,
)

ROOT = "/components/schemas"
JSON_TYPES = {
    ScalarKind.TEXT: "string",
    ScalarKind.INTEGER: "integer",
    ScalarKind.NUMBER: "number",
    ScalarKind.BOOLEAN: "boolean",
    ScalarKind.DATE_TIME: "string",
    ScalarKind.DATE: "string",
}


@attrs.frozen(kw_only=True)
class ClassNames:
    """The names inside one class."""

    name: str
    members: tuple[str, ...] = ()
    """Attributes of an object, in the order of its fields; members of an enum, in their order."""
    types: tuple[str, ...] = ()
    """The fields' types as datamodel-code-generator sees them; a second opinion."""


Names = Mapping[str, ClassNames]
"""By the pointer of the class."""


def name_schemas(
    document: Document,
    schemas: Schemas,
    keys: Mapping[str, str],
    problems: Problems,
    ask: Ask = ask,
) -> dict[str, ClassNames]:
    """Name all classes and what is in them.

    `keys` proposes names for schemas that are no components, by pointer.
    """
    projection = _Projection(schemas, keys)
    projected = projection.schemas()
    found = {
        projection.places[pointer]: model
        for model in ask(projected)
        if (pointer := _pointer(model)) in projection.places
    }
    names: dict[str, ClassNames] = {}
    for pointer, schema in schemas.classes.items():
        if (model := found.get(pointer)) is None:
            what = "datamodel-code-generator has no class for this schema"
            problems.add(document.problem(pointer, what, "make it a component with a name"))
            continue
        named = _class_names(schema, model)
        names[pointer] = named
        key = projection.key(pointer)
        for what in _complaints(schema, named, key):
            problems.add(document.problem(pointer, what, "rename it"))
        if key is not None and named.name != key:
            what = f"the class of this component is called {named.name}"
            advice = "give the component that name"
            problems.add(document.problem(pointer, what, advice, Severity.WARNING))
    for name, pointers in clashes({p: n.name for p, n in names.items()}).items():
        what = f"two schemas would be the class {name}"
        problems.add(document.problem(pointers[-1], what, "rename one"))
    return names


def _class_names(schema: ClassSchema, model: Model) -> ClassNames:
    name = class_name(str(model["class_name"]))
    fields: list[dict[str, Any]] = model["fields"]
    if isinstance(schema, EnumSchema | OpenEnumSchema):
        return ClassNames(name=name, members=tuple(str(f["name"]).upper() for f in fields))
    if isinstance(schema, UnionSchema):
        return ClassNames(name=name, types=tuple(str(field["type"]) for field in fields))
    by_wire = {str(field["original_name"]): field for field in fields}
    members = [by_wire[field.wire] for field in schema.fields if field.wire in by_wire]
    return ClassNames(
        name=name,
        members=tuple(attribute(str(field["name"])) for field in members),
        types=tuple(str(field["type"]) for field in members),
    )


def _complaints(schema: ClassSchema, named: ClassNames, key: str | None) -> list[str]:
    """List what is wrong with the names of a class."""
    found: list[str] = []
    digits = re.search(r"\d+$", named.name)
    if digits and not (key or schema.pointer).endswith(digits[0]):
        found.append(f"the class would get the number in {named.name}, because a name is taken")
    wires: list[str] = []
    if isinstance(schema, ObjectSchema):
        wires = [field.wire for field in schema.fields]
    elif not isinstance(schema, UnionSchema):
        wires = [member.value for member in schema.members]
    if len(named.members) != len(wires):
        return [*found, "datamodel-code-generator has other fields than the document"]
    for name, keys in clashes(dict(zip(wires, named.members, strict=True))).items():
        found.append(f"{keys[0]!r} and {keys[1]!r} would both be called {name}")
    for wire, name in zip(wires, named.members, strict=True):
        number = re.search(r"_\d+$", name)
        if isinstance(schema, ObjectSchema) and number and number[0].strip("_") not in wire:
            found.append(f"the property {wire!r} would be called {name}, because a name is taken")
        if not name.isidentifier():
            found.append(f"{wire!r} cannot be made a Python name")
    return found


class _Projection:
    """The document that datamodel-code-generator is given."""

    def __init__(self, schemas: Schemas, keys: Mapping[str, str]) -> None:
        self.places: dict[str, str] = {}
        """Pointer in the projection → pointer of the class."""
        self._classes = schemas.classes
        self._keys = dict(keys)
        self._refs: dict[str, str] = {}

    def key(self, pointer: str) -> str | None:
        """Return the name of a component or of another outermost schema."""
        steps = split(pointer)
        if len(steps) == 3 and pointer.startswith(f"{ROOT}/"):
            return steps[2]
        return self._keys.get(pointer)

    def schemas(self) -> dict[str, Json]:
        """Return the components, sorted by key."""
        roots = {key: p for p in self._classes if (key := self.key(p)) is not None}
        for key, pointer in roots.items():
            self._put(pointer, join(ROOT, key))
        return {
            key: self._class(self._classes[pointer], join(ROOT, key))
            for key, pointer in sorted(roots.items())
        }

    def _put(self, pointer: str, place: str) -> None:
        self.places[place] = pointer
        self._refs[pointer] = place

    def _class(self, schema: ClassSchema, place: str) -> dict[str, Json]:
        if isinstance(schema, EnumSchema | OpenEnumSchema):
            return {"type": "string", "enum": [member.value for member in schema.members]}
        if isinstance(schema, UnionSchema):
            variants = enumerate(schema.variants)
            return {"oneOf": [self._ref(p, join(place, "oneOf", i)) for i, p in variants]}
        return {
            "type": "object",
            "required": [field.wire for field in schema.fields if field.required],
            "properties": {
                field.wire: self._value(field.value, join(place, "properties", field.wire))
                for field in schema.fields
            },
        }

    def _ref(self, pointer: str, place: str) -> dict[str, Json]:
        """Refer to a class, or let it stand here when it has no place yet."""
        if pointer in self._refs:
            return {"$ref": "#" + self._refs[pointer]}
        self._put(pointer, place)
        return self._class(self._classes[pointer], place)

    def _value(self, value: Value, place: str) -> dict[str, Json]:
        inner = value.type
        if isinstance(inner, Named):
            return self._ref(inner.pointer, place)
        found: dict[str, Json] = {}
        if isinstance(inner, Scalar):
            name = JSON_TYPES[inner.kind]
            found = {"type": [name, "null"] if value.nullable else name}
        elif isinstance(inner, Const):
            found = {"const": inner.value}
        elif isinstance(inner, Array):
            found = {"type": "array", "items": self._value(inner.items, join(place, "items"))}
        elif isinstance(inner, Map):
            below = join(place, "additionalProperties")
            found = {"type": "object", "additionalProperties": self._value(inner.values, below)}
        return found


def _pointer(model: Model) -> str:
    path: list[str] | None = model.get("source_path")
    if not path:
        raise FrontEndError(f"the model {model.get('class_name')} has no source_path")
    return join("", *path)
