"""Decoding: from dicts and lists to an instance, every value checked where it is met."""

import attrs

from .filters import literal
from .schemas import (
    Array,
    Const,
    FieldSchema,
    Named,
    ObjectSchema,
    OpenEnumSchema,
    Scalar,
    ScalarKind,
    UnionSchema,
    Value,
    takes_null,
)
from .views_codec_parts import Parts
from .views_codec_values import PLAIN, limits_of, number_limits, sizes

ARRAY = {"items", "limits"}


@attrs.frozen
class Reading:
    """How a value in the variable `v` is read."""

    wrong: str = ""
    """When it is none; empty where `makes` finds out."""
    makes: str = "v"
    """What it becomes."""
    after: tuple[str, ...] = ()
    """What is done when it is read."""


def reader(parts: Parts, schema: ObjectSchema, *, deep: bool) -> None:
    """Write the function that makes an instance of an object."""
    name = parts.name(schema.pointer)
    parts.runtime("Misfit", "NO_FIELDS", "OBJECT", "maker", "unknown")
    parts.constant(f"new_{name}", f'maker(globals(), "new_{name}", types.{name})')
    wires = ", ".join(literal(field.wire) for field in schema.fields)
    names = f"frozenset(({wires},))" if wires else "frozenset[str]()"
    parts.constant(f"names_{name}", names)
    required = sum(field.required for field in schema.fields)
    lines = ["if type(wire) is not OBJECT: raise Misfit", "size = len(wire)", "seen[0] += size"]
    lines += ["seen[1] = True"] if deep else []
    lines += [f"m = new_{name}()"]
    lines += ["get = wire.get"] if required < len(schema.fields) else []
    lines += [f"n = {required}"]
    attributes = parts.attributes(schema)
    for field in schema.fields:
        lines += _field(parts, field, attributes[field.wire], name)
    lines += [
        f"m.unknown_fields = NO_FIELDS if n == size else unknown(wire, names_{name}, n, seen)",
        f"m.__class__ = type_{name}",
        "return m",
    ]
    parts.function(f"read_{name}(wire: Any, seen: Any) -> Any", lines)


def _field(parts: Parts, field: FieldSchema, attribute: str, owner: str) -> list[str]:
    found = _value(parts, field.value, field.wire)
    if found is None:
        parts.runtime("field_reader")
        rule = f'types.{owner}, "{attribute}"'
        makes = f"{parts.shared('field', f'field_reader({rule})')}(v, seen)"
        if is_limited_enum(parts, field.value):
            parts.runtime("right")
            table = parts.shared("right", f"right({rule})")
            makes = f"e if (e := {table}.get(v)) is not None else {makes}"
        found = Reading(makes=makes)
    inner = [f"if {found.wrong}: raise Misfit"] if found.wrong else []
    inner += [f"m.{attribute} = {found.makes}", *found.after]
    if field.required:
        return [f"v = wire[{literal(field.wire)}]", *inner]
    absent = "None"
    if takes_null(field.value):
        parts.runtime("ABSENT")
        absent = "ABSENT"
    get = f"get({literal(field.wire)}{'' if absent == 'None' else ', ABSENT'})"
    return [
        f"v = {get}",
        f"if v is {absent}: m.{attribute} = {absent}",
        "else:",
        *(f"    {line}" for line in [*inner, "n += 1"]),
    ]


def _value(parts: Parts, value: Value, wire: str | None = None) -> Reading | None:
    if not parts.has_only(value, {"type", "nullable", "sensitive"}):
        return None
    found = _bare(parts, value, wire)
    if found is None or not value.nullable:
        return found
    return Reading(
        wrong=f"v is not None and ({found.wrong})" if found.wrong else "",
        makes="v" if found.makes == "v" else f"None if v is None else {found.makes}",
    )


def _bare(parts: Parts, value: Value, wire: str | None) -> Reading | None:
    type_ = value.type
    if type(type_) is Scalar and type_.kind is ScalarKind.NUMBER:
        return _number(parts, type_, wire)
    if type(type_) is Scalar and parts.has_only(type_, {"kind", "limits"}):
        return _scalar(parts, type_)
    if type(type_) is Const and parts.has_only(type_, {"value"}):
        return _const(type_)
    if type(type_) is Array and parts.has_only(type_, ARRAY):
        return _array(parts, type_)
    if type(type_) is Named and not type_.limits and parts.has_only(type_, {"pointer", "limits"}):
        return _named(parts, type_.pointer)
    return None


def _scalar(parts: Parts, type_: Scalar) -> Reading | None:
    if type_.kind in (ScalarKind.TEXT, ScalarKind.INTEGER):
        limits = limits_of(type_)
        if limits is None:
            return None
        if type_.kind is ScalarKind.INTEGER:
            return Reading(limits.integer("v"))
        return Reading(limits.text("v", parts.search(limits.pattern) if limits.pattern else ""))
    if type_.kind is ScalarKind.BOOLEAN:
        return Reading("type(v) is not bool")
    if type_.kind is ScalarKind.DATE_TIME:
        parts.runtime("DateTime")
        return Reading("type(v) is not str", "DateTime(v)", ('seen[2] += v.count(":")',))
    if type_.kind is ScalarKind.DATE:
        parts.runtime("Date")
        return Reading("type(v) is not str", "Date(v)")
    return None


def _number(parts: Parts, type_: Scalar, wire: str | None) -> Reading | None:
    beyond = number_limits(type_.limits, "e")
    if beyond is None or not parts.has_only(type_, {"kind", "limits"}):
        return None
    if wire is None and beyond:
        return None  # an item of an array: the check and the value are apart there
    parts.runtime("Decimal", "number")
    key = f", '\"{wire}\"'" if wire is not None and PLAIN.fullmatch(wire) else ""
    made = f"v if type(v) is Decimal and v.is_finite() else number(v, seen{key})"
    return Reading(f"(e := {made}){beyond[1:]}", "e") if beyond else Reading(makes=made)


def _const(type_: Const) -> Reading | None:
    value = type_.value
    if value is None:
        return Reading("v is not None")
    if isinstance(value, bool):
        return Reading(f"v is not {value!r}")
    if type(value) in (str, int):
        kind = "str" if isinstance(value, str) else "int"
        return Reading(f"type(v) is not {kind} or v != {literal(value)}")
    return None


def _named(parts: Parts, pointer: str) -> Reading | None:
    schema = parts.schema(pointer)
    if isinstance(schema, ObjectSchema):
        return Reading(makes=f"{parts.reference('read', pointer)}(v, seen)")
    if isinstance(schema, UnionSchema) and parts.is_known_union(pointer):
        if schema.open:
            return Reading(makes=f"{parts.reference('read', pointer)}(v, seen)")
        table = parts.reference("readers", pointer)
        return Reading(makes=f"{table}[v[{literal(schema.tag)}]](v, seen)")
    if parts.is_known_enum(pointer):
        table = parts.enum("members", "members", pointer)
        if isinstance(schema, OpenEnumSchema):
            parts.runtime("grown")
            new = f"grown({parts.type_of(pointer)}, v)"
            return Reading(makes=f"e if (e := {table}.get(v)) is not None else {new}")
        return Reading(makes=f"{table}[v]")
    return None


def named(value: Value) -> str:
    """Return the class that a value is of."""
    return value.type.pointer if isinstance(value.type, Named) else ""


def is_limited_enum(parts: Parts, value: Value) -> bool:
    """Tell whether a value is an enumeration's member whose text has limits of its own."""
    return (
        not value.nullable
        and isinstance(value.type, Named)
        and bool(value.type.limits)
        and parts.is_known_enum(value.type.pointer)
        and parts.has_only(value, {"type", "nullable", "sensitive"})
    )


def _array(parts: Parts, type_: Array) -> Reading | None:
    size, inner = sizes(type_.limits, "v"), _value(parts, type_.items)
    if size is None or inner is None:
        return None
    parts.runtime("ARRAY")
    lines = [f"if type(v) is not ARRAY{f' or {size}' if size else ''}: raise Misfit"]
    lines += ["items = v"]
    if inner.wrong:
        lines += ["for v in items:", f"    if {inner.wrong}: raise Misfit"]
    made = "items" if inner.makes == "v" else f"[{inner.makes} for v in items]"
    lines += [f"return tuple({made})"]
    function = f"items_{len(parts.functions)}"
    parts.function(f"{function}(v: Any, seen: Any) -> Any", lines)
    return Reading(makes=f"{function}(v, seen)")


def union_reader(parts: Parts, schema: UnionSchema) -> None:
    """Write the table of a union's variants, and the function where others may come."""
    name = parts.name(schema.pointer)
    rows = [
        f"    {literal(tag)}: {_call(parts.reference('read', pointer))},"
        for pointer, tag in tags(parts, schema).items()
    ]
    parts.tables.append("\n".join([f"readers_{name}: dict[Any, Any] = {{", *rows, "}"]))
    if schema.open:
        parts.runtime("unrecognised")
        tag = literal(schema.tag)
        parts.function(
            f"read_{name}(wire: Any, seen: Any) -> Any",
            [
                f"read = readers_{name}.get(wire[{tag}])",
                f"return unrecognised(wire, {tag}, seen) if read is None else read(wire, seen)",
            ],
        )


def _call(function: str) -> str:
    """Write a function of another module so that it is looked up when called."""
    return f"lambda wire, seen: {function}(wire, seen)" if "." in function else function


def tags(parts: Parts, schema: UnionSchema) -> dict[str, str]:
    """Return the variants of a union with the constants that tell them apart."""
    found: dict[str, str] = {}
    for pointer in schema.variants:
        variant = parts.schema(pointer)
        assert isinstance(variant, ObjectSchema)  # noqa: S101 - `is_known_union` said so
        for field in variant.fields:
            if field.wire == schema.tag and isinstance(field.value.type, Const):
                found[pointer] = str(field.value.type.value)
    return found
