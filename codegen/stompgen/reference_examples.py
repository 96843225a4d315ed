"""Examples as Python: the calls that build a message with the classes of the generated package."""

import json
from collections.abc import Mapping
from decimal import Decimal

from .filters import literal
from .frontend import ClassNames
from .imports import import_order
from .model import MessageModel
from .pointers import Json
from .schemas import (
    AliasSchema,
    Among,
    Anything,
    Array,
    Const,
    Either,
    EnumSchema,
    FieldSchema,
    Map,
    Named,
    ObjectSchema,
    OpenEnumSchema,
    Row,
    Scalar,
    ScalarKind,
    Schemas,
    UnionSchema,
    Value,
    WholeSchema,
)

JSON_TYPES: dict[ScalarKind, tuple[type, ...]] = {
    ScalarKind.INTEGER: (int, float),
    ScalarKind.NUMBER: (int, float),
    ScalarKind.BOOLEAN: (bool,),
}
"""Types that a scalar has when it is read; the others are texts."""

DEEPEST = 60
"""Levels of an example that are written; Python's own parser has limits too."""


class NotPythonError(Exception):
    """An example cannot be written with the package's classes; the text says why."""


def python_example(
    schemas: Schemas,
    names: Mapping[str, ClassNames],
    package: str,
    message: MessageModel,
    payload: Json,
) -> str:
    """Return the source that builds a payload, not yet formatted. Raises NotPythonError."""
    pointer = schemas.message_class(message.payload)
    if not message.is_json:
        raise NotPythonError("it is no JSON")
    if pointer is None or pointer not in names or pointer not in schemas.classes:
        raise NotPythonError("the payload has no class of its own")
    writer = _Writer(schemas, names)
    call = writer.instance(pointer, payload, 0)
    lines = ["from decimal import Decimal\n"] if writer.decimal else []
    if writer.used:
        lines.append(f"from {package} import {', '.join(import_order(writer.used))}\n")
    return "\n".join([*lines, f"message = {call}", ""])


class _Writer:
    def __init__(self, schemas: Schemas, names: Mapping[str, ClassNames]) -> None:
        self._classes, self._names = schemas.classes, names
        self.used: set[str] = set()
        self.decimal = False

    def instance(self, pointer: str, wire: Json, depth: int) -> str:
        """Write an instance of a class."""
        if depth > DEEPEST:
            raise NotPythonError("it is too deep")
        schema = self._classes.get(pointer)
        if isinstance(schema, ObjectSchema):
            return self._object(schema, wire, depth)
        if isinstance(schema, UnionSchema):
            return self.instance(self._variant(schema, wire), wire, depth + 1)
        if isinstance(schema, EnumSchema | OpenEnumSchema):
            return self._member(schema, wire)
        if isinstance(schema, AliasSchema):
            return self.value(schema.value, wire, depth + 1)
        if isinstance(schema, WholeSchema):
            name = self._names[pointer].name
            self.used.add(name)
            return f"{name}(value={self.value(schema.value, wire, depth + 1)})"
        raise NotPythonError("its schema is of a kind that has no constructor")

    def _object(self, schema: ObjectSchema, wire: Json, depth: int) -> str:
        if not isinstance(wire, dict):
            raise NotPythonError("it is not an object")
        others = {key: wire[key] for key in wire if key not in {f.wire for f in schema.fields}}
        if others and schema.rest is None:
            raise NotPythonError(
                "it has fields that the schema does not name: they are kept when they are "
                "received, and never sent"
            )
        names = self._names[schema.pointer]
        self.used.add(names.name)
        arguments = [
            f"{name}={self.value(field.value, wire[field.wire], depth + 1)}"
            for field, name in zip(schema.fields, names.members, strict=True)
            if field.wire in wire and not is_fixed(field)
        ]
        if others and schema.rest is not None:
            rest = self._pairs(schema.rest, others, depth)
            arguments.append(f"additional_properties={rest}")
        return f"{names.name}({', '.join(arguments)})"

    def _variant(self, schema: UnionSchema, wire: Json) -> str:
        tag = wire.get(schema.tag) if isinstance(wire, dict) else None
        for pointer in schema.variants:
            if _same(tag_value(self._classes.get(pointer), schema.tag), tag):
                return pointer
        raise NotPythonError("it is a member of a union that the schema does not name")

    def _member(self, schema: EnumSchema | OpenEnumSchema, wire: Json) -> str:
        names = self._names[schema.pointer]
        for member, name in zip(schema.members, names.members, strict=True):
            if _same(member.value, wire):
                self.used.add(names.name)
                return f"{names.name}.{name}"
        raise NotPythonError("it has a value that the schema does not name")

    def value(self, value: Value, wire: Json, depth: int) -> str:
        """Write what stands in one place."""
        inner = value.type
        if depth > DEEPEST:
            raise NotPythonError("it is too deep")
        if wire is None and value.nullable:
            return "None"
        if isinstance(inner, Named):
            return self.instance(inner.pointer, wire, depth)
        if isinstance(inner, Array) and isinstance(wire, list):
            items = [self.value(inner.items, item, depth + 1) for item in wire]
            return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
        if isinstance(inner, Map) and isinstance(wire, dict):
            return self._pairs(inner.values, wire, depth)
        if isinstance(inner, Row) and isinstance(wire, list):
            return self._row(inner, wire, depth)
        if isinstance(inner, Either):
            return self._either(inner, wire, depth)
        if isinstance(inner, Scalar):
            return self._scalar(inner, wire)
        if isinstance(inner, Anything):
            return _plain(wire, depth)
        allowed = inner.values if isinstance(inner, Among) else ()
        allowed = (inner.value,) if isinstance(inner, Const) else allowed
        if any(_same(known, wire) for known in allowed):
            return _plain(wire, depth)
        raise NotPythonError("it does not fit its schema")

    def _pairs(self, value: Value, wire: dict[str, Json], depth: int) -> str:
        found = (f"{literal(key)}: {self.value(value, wire[key], depth + 1)}" for key in wire)
        return f"{{{', '.join(found)}}}"

    def _row(self, row: Row, wire: list[Json], depth: int) -> str:
        values = [*row.items[: len(wire)]]
        missing = len(wire) - len(values)
        if missing and row.rest is None:
            raise NotPythonError("it has more items than its schema")
        values += [row.rest] * missing if row.rest is not None else []
        items = [self.value(v, item, depth + 1) for v, item in zip(values, wire, strict=True)]
        return f"({', '.join(items)}{',' if len(items) == 1 else ''})"

    def _either(self, inner: Either, wire: Json, depth: int) -> str:
        """Write the alternative that the tag names, or the first one that it fits."""
        tag = wire.get(inner.tag or "") if isinstance(wire, dict) else None
        named = [inner.variants[index] for name, index in inner.names if name == tag]
        for variant in [*named, *inner.variants]:
            before = set(self.used), self.decimal
            try:
                return self.value(variant, wire, depth + 1)
            except NotPythonError:
                self.used, self.decimal = before
        raise NotPythonError("it fits none of the alternatives")

    def _scalar(self, inner: Scalar, wire: Json) -> str:
        known: tuple[type, ...] = JSON_TYPES.get(inner.kind, (str,))
        if not isinstance(wire, known) or isinstance(wire, bool) != (bool in known):
            raise NotPythonError("it does not fit its schema")
        if inner.kind is ScalarKind.NUMBER:
            self.decimal = True
            return f"Decimal({literal(str(Decimal(repr(wire))))})"
        if isinstance(wire, float):
            if not wire.is_integer():
                raise NotPythonError("it does not fit its schema")
            return literal(int(wire))
        if inner.kind in (ScalarKind.DATE_TIME, ScalarKind.DATE):
            name = "DateTime" if inner.kind is ScalarKind.DATE_TIME else "Date"
            self.used.add(name)
            return f"{name}({literal(wire)})"
        return literal(wire)


def is_fixed(field: FieldSchema) -> bool:
    """Tell whether a field has one value only, and so is no argument."""
    value = field.value
    free = value.nullable or value.conditions is not None
    return isinstance(value.type, Const) and field.required and not free


def tag_value(schema: object, tag: str) -> Json:
    """Return the value by which a variant of a union is known."""
    for field in schema.fields if isinstance(schema, ObjectSchema) else ():
        if field.wire == tag and isinstance(field.value.type, Const):
            return field.value.type.value
    return None


def json_example(payload: Json) -> str:
    """Return an example as JSON text."""
    return json.dumps(payload, ensure_ascii=False, indent=2)


def _same(one: object, other: object) -> bool:
    """Compare as JSON does: true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _plain(wire: Json, depth: int) -> str:
    """Write any JSON as Python."""
    if depth > DEEPEST:
        raise NotPythonError("it is too deep")
    if isinstance(wire, list):
        return f"[{', '.join(_plain(item, depth + 1) for item in wire)}]"
    if isinstance(wire, dict):
        pairs = (f"{literal(key)}: {_plain(item, depth + 1)}" for key, item in wire.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(wire, float):  # sent as the same text; inf and nan are no JSON
        return literal(wire)
    return literal(wire)
