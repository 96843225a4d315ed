"""Examples as Python: the calls that build a message with the classes of the generated package."""

import json
from collections.abc import Mapping
from decimal import Decimal

from .filters import literal
from .frontend import ClassNames
from .imports import import_order
from .pointers import Json
from .schemas import (
    Anything,
    Array,
    Const,
    EnumSchema,
    FieldSchema,
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

DEEPEST = 60
"""Levels of an example that are written; Python's own parser has limits too."""


class NotPythonError(Exception):
    """An example cannot be written with the package's classes; the text says why."""


def python_example(
    schemas: Schemas,
    names: Mapping[str, ClassNames],
    package: str,
    pointer: str | None,
    payload: Json,
) -> str:
    """Return the source that builds a payload, not yet formatted. Raises NotPythonError."""
    if pointer is None or pointer not in names or pointer not in schemas.classes:
        raise NotPythonError("the payload has no class of its own")
    writer = _Writer(schemas, names)
    call = writer.instance(pointer, payload, 0)
    lines = ["from decimal import Decimal\n"] if writer.decimal else []
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
        raise NotPythonError("its schema is of a kind that has no constructor")

    def _object(self, schema: ObjectSchema, wire: Json, depth: int) -> str:
        if not isinstance(wire, dict):
            raise NotPythonError("it is not an object")
        if wire.keys() - {field.wire for field in schema.fields}:
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
            values = inner.values
            pairs = [
                f"{literal(key)}: {self.value(values, item, depth + 1)}"
                for key, item in wire.items()
            ]
            return f"{{{', '.join(pairs)}}}"
        if isinstance(inner, Scalar):
            return self._scalar(inner, wire)
        if isinstance(inner, Anything | Const):
            return _plain(wire, depth)
        raise NotPythonError("it does not fit its schema")

    def _scalar(self, inner: Scalar, wire: Json) -> str:
        if inner.kind is ScalarKind.NUMBER and isinstance(wire, int | float):
            self.decimal = True
            return f"Decimal({literal(str(Decimal(repr(wire))))})"
        if inner.kind is ScalarKind.INTEGER and isinstance(wire, float) and wire.is_integer():
            return literal(int(wire))
        if inner.kind in (ScalarKind.DATE_TIME, ScalarKind.DATE) and isinstance(wire, str):
            name = "DateTime" if inner.kind is ScalarKind.DATE_TIME else "Date"
            self.used.add(name)
            return f"{name}({literal(wire)})"
        if isinstance(wire, str | bool | int):
            return literal(wire)
        raise NotPythonError("it does not fit its schema")


def is_fixed(field: FieldSchema) -> bool:
    """Tell whether a field has one value only, and so is no argument."""
    return isinstance(field.value.type, Const) and field.required and not field.value.nullable


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
