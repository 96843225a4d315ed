"""Encoding: from an instance to JSON text, or to dicts for an encoder, every value checked."""

import json

import attrs

from .filters import literal
from .schemas import (
    Array,
    Const,
    FieldSchema,
    Named,
    ObjectSchema,
    Scalar,
    ScalarKind,
    UnionSchema,
    Value,
    takes_null,
)
from .views_codec_parts import Parts
from .views_codec_read import ARRAY, is_limited_enum, named, tags
from .views_codec_values import PLAIN, limits_of, number_limits, sizes


@attrs.frozen
class Writing:
    """How the value in the variable `v` is written."""

    wrong: str
    """When it must not be; empty where writing finds out."""
    text: str
    """What stands for it inside an f-string in single quotes."""
    tree: str
    """The expression that gives it to an encoder."""


def writers(parts: Parts, schema: ObjectSchema) -> None:
    """Write the functions that write an object."""
    name = parts.name(schema.pointer)
    parts.runtime("Misfit", "NO_FIELDS")
    attributes = parts.attributes(schema)
    begin = [
        f"if type(m) is not type_{name}: raise Misfit",
        "unknown = m.unknown_fields",
        "if unknown is not NO_FIELDS and len(unknown): raise Misfit",
    ]
    text_lines, tree_lines = list(begin), list(begin)
    pieces: list[str] = []
    tree_lines.append("out: dict[str, Any] = {}")
    for index, field in enumerate(schema.fields):
        written = _field_writing(parts, field, attributes[field.wire], name)
        # Required fields come first, so that one decides who writes the comma.
        comma = "," if index and schema.fields[0].required else "" if field.required else ","
        key = _key(parts, comma, field.wire)
        attribute, wrong = attributes[field.wire], written.wrong
        write, leave = f"t{index} = f'{key}{written.text}'", f"t{index} = ''"
        text_lines += _steps(parts, field, attribute, wrong, write, leave)
        write = f"out[{literal(field.wire)}] = {written.tree}"
        tree_lines += _steps(parts, field, attribute, wrong, write, None)
        pieces.append(f"{{t{index}}}")
    if not schema.fields or schema.fields[0].required:
        text_lines.append(f"return f'{{{{{''.join(pieces)}}}}}'")
    else:
        text_lines += [f"text = f'{''.join(pieces)}'", "return f'{{{text[1:]}}}'"]
    tree_lines.append("return out")
    parts.function(f"write_{name}(m: Any) -> str", text_lines)
    parts.function(f"tree_{name}(m: Any) -> Any", tree_lines)


def _key(parts: Parts, comma: str, wire: str) -> str:
    """Write a name and its colon as they stand in an f-string."""
    if PLAIN.fullmatch(wire):
        return f'{comma}"{wire}":'
    text = f"{comma}{json.dumps(wire, ensure_ascii=False)}:"
    return f"{{{parts.shared('key', literal(text))}}}"


def _steps(
    parts: Parts, field: FieldSchema, attribute: str, wrong: str, write: str, leave: str | None
) -> list[str]:
    lines = [f"v = m.{attribute}"]
    if field.required:
        return [*lines, *([f"if {wrong}: raise Misfit"] if wrong else []), write]
    absent = "None"
    if takes_null(field.value):
        parts.runtime("ABSENT")
        absent = "ABSENT"
    if leave is not None:
        lines.append(f"if v is {absent}: {leave}")
        lines += [f"elif {wrong}: raise Misfit"] if wrong else []
        return [*lines, f"else: {write}"]
    check = [f"    if {wrong}: raise Misfit"] if wrong else []
    return [*lines, f"if v is not {absent}:", *check, f"    {write}"]


def _field_writing(parts: Parts, field: FieldSchema, attribute: str, owner: str) -> Writing:
    if is_limited_enum(parts, field.value):
        pointer = named(field.value)
        rule = f'types.{owner}, "{attribute}"'
        parts.runtime("quoted_right", "texts_right")
        quoted = parts.shared("quoted", f"quoted_right({rule})")
        texts = parts.shared("texts", f"texts_right({rule})")
        wrong = f"type(v) is not {parts.type_of(pointer)}"
        return Writing(wrong, f"{{{quoted}[v]}}", f"{texts}[v]")
    found = _value(parts, field.value)
    if found is None:
        parts.runtime("field_writer", "fragment")
        function = parts.shared("writer", f'field_writer(types.{owner}, "{attribute}")')
        return Writing("", f"{{{function}(v)}}", f"fragment({function}(v))")
    return found


def _value(parts: Parts, value: Value) -> Writing | None:
    if value.nullable or not parts.has_only(value, {"type", "nullable", "sensitive"}):
        return None
    type_ = value.type
    if type(type_) is Scalar and parts.has_only(type_, {"kind", "limits"}):
        return _scalar(parts, type_)
    if type(type_) is Const and parts.has_only(type_, {"value"}):
        return _const(parts, type_)
    if type(type_) is Array and parts.has_only(type_, ARRAY):
        return _array(parts, type_)
    if type(type_) is Named and not type_.limits and parts.has_only(type_, {"pointer", "limits"}):
        return _named(parts, type_.pointer)
    return None


def _scalar(parts: Parts, type_: Scalar) -> Writing | None:
    if type_.kind in (ScalarKind.TEXT, ScalarKind.INTEGER):
        limits = limits_of(type_)
        if limits is None:
            return None
        if type_.kind is ScalarKind.INTEGER:
            return Writing(limits.integer("v"), "{v!r}", "v")
        search = parts.search(limits.pattern) if limits.pattern else ""
        if limits.needs_no_escapes:
            return Writing(limits.text("v", search), '"{v}"', "v")
        parts.runtime("quote")
        return Writing(limits.text("v", search), "{quote(v)}", "v")
    if type_.kind is ScalarKind.BOOLEAN:
        parts.runtime("BOOLEANS")
        return Writing("type(v) is not bool", "{BOOLEANS[v]}", "v")
    if type_.kind in (ScalarKind.DATE_TIME, ScalarKind.DATE):
        cls = "DateTime" if type_.kind is ScalarKind.DATE_TIME else "Date"
        parts.runtime(cls, "quote")
        return Writing(f"type(v) is not {cls}", "{quote(v)}", "v")
    if type_.kind is ScalarKind.NUMBER:
        beyond = number_limits(type_.limits, "v")
        if beyond is not None:
            parts.runtime("Decimal", "fragment")
            wrong = "type(v) is not Decimal or not v.is_finite()"
            return Writing(f"{wrong} or {beyond}" if beyond else wrong, "{v!s}", "fragment(str(v))")
    return None


def _const(parts: Parts, type_: Const) -> Writing | None:
    value = type_.value
    if value is None or isinstance(value, bool):
        wrong = f"v is not {value!r}"
    elif type(value) in (str, int):
        kind = "str" if isinstance(value, str) else "int"
        wrong = f"type(v) is not {kind} or v != {literal(value)}"
    else:
        return None
    text = json.dumps(value, ensure_ascii=False)
    if not PLAIN.fullmatch(text.strip('"')):
        text = f"{{{parts.shared('const', literal(text))}}}"
    return Writing(wrong, text, "v")


def _named(parts: Parts, pointer: str) -> Writing | None:
    schema = parts.schema(pointer)
    if isinstance(schema, ObjectSchema):
        write, tree = parts.reference("write", pointer), parts.reference("tree", pointer)
        return Writing("", f"{{{write}(v)}}", f"{tree}(v)")
    if isinstance(schema, UnionSchema) and parts.is_known_union(pointer):
        write, tree = parts.reference("writers", pointer), parts.reference("trees", pointer)
        return Writing("", f"{{{write}[type(v)](v)}}", f"{tree}[type(v)](v)")
    if parts.is_known_enum(pointer):
        quoted = parts.enum("quoted", "quoted", pointer)
        texts = parts.enum("texts", "texts", pointer)
        # A member that is not known stops at the table.
        wrong = f"type(v) is not {parts.type_of(pointer)}"
        return Writing(wrong, f"{{{quoted}[v]}}", f"{texts}[v]")
    return None


def _array(parts: Parts, type_: Array) -> Writing | None:
    size, inner = sizes(type_.limits, "v"), _value(parts, type_.items)
    if size is None or inner is None:
        return None
    parts.runtime("TUPLE")
    lines = [f"if type(v) is not TUPLE{f' or {size}' if size else ''}: raise Misfit", "items = v"]
    if inner.wrong:
        lines += ["for v in items:", f"    if {inner.wrong}: raise Misfit"]
    number = len(parts.functions)
    text = [*lines, f"texts = ','.join([f'{inner.text}' for v in items])", "return f'[{texts}]'"]
    tree = [*lines, f"return [{inner.tree} for v in items]"]
    parts.function(f"text_{number}(v: Any) -> str", text)
    parts.function(f"list_{number}(v: Any) -> Any", tree)
    return Writing("", f"{{text_{number}(v)}}", f"list_{number}(v)")


def union_writers(parts: Parts, schema: UnionSchema) -> None:
    """Write the tables of a union's variants."""
    name = parts.name(schema.pointer)
    for table, prefix in (("writers", "write"), ("trees", "tree")):
        rows = [
            f"    {parts.type_of(pointer)}: {_call(parts.reference(prefix, pointer))},"
            for pointer in tags(parts, schema)
        ]
        parts.tables.append("\n".join([f"{table}_{name}: dict[Any, Any] = {{", *rows, "}"]))


def _call(function: str) -> str:
    """Write a function of another module so that it is looked up when called."""
    return f"lambda m: {function}(m)" if "." in function else function
