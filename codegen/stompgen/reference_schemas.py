"""Classes in the reference: tables of fields, values and variants."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs

from . import docs
from .model import SourceModel
from .reference_examples import is_fixed, tag_value
from .reference_links import Links
from .reference_text import cell, code, name, prose, sentence, short_code, table, text
from .schemas import (
    Array,
    ClassSchema,
    Const,
    Doc,
    EnumMember,
    EnumSchema,
    FieldSchema,
    Limit,
    Map,
    ObjectSchema,
    OpenEnumSchema,
    UnionSchema,
    Value,
    WholeSchema,
)
from .views import Context
from .views_types import ClassUse, TypeWriter

IDENTIFIER = re.compile(r"[^\W\d]\w*")
FIELD_HEADS = ("on the wire", "in Python", "type", "required", "limits", "meaning", "source")


@attrs.frozen(kw_only=True, slots=False)
class SchemaPages:
    """Writes classes as Markdown."""

    context: Context
    links: Links

    @cached_property
    def _writer(self) -> TypeWriter:
        context = self.context
        uses = {
            pointer: ClassUse(
                name=names.name,
                schema=context.schemas.classes[pointer],
                constant=context.constants.get(pointer, ""),
            )
            for pointer, names in context.names.items()
        }
        return TypeWriter(context.imports(), uses)

    @cached_property
    def _pointers(self) -> Mapping[str, str]:
        return {names.name: pointer for pointer, names in self.context.names.items()}

    def blocks(self, pointer: str, here: str) -> list[str]:
        """Describe a class: what it is, its table, where it comes from."""
        schema = self.context.schemas.classes[pointer]
        return [
            prose(schema.doc.description),
            *self._facts(schema, here),
            *self._table(schema, here),
            f"Source: {code(f'#{pointer}')}{_origin(schema.doc.source)}",
        ]

    def type_of(self, value: Value, here: str) -> str:
        """Write a type as Python has it, with links to its classes."""
        found = self._writer.annotation(value).strip('"')
        parts: list[str] = []
        end = 0
        for word in IDENTIFIER.finditer(found):
            pointer = self._pointers.get(word[0])
            if pointer is None:
                continue
            if word.start() > end:
                parts.append(code(found[end : word.start()]))
            parts.append(self.links.to("class", pointer, here, short_code(word[0])))
            end = word.end()
        if end < len(found):
            parts.append(code(found[end:]))
        return "".join(parts)

    def class_link(self, pointer: str | None, here: str) -> str | None:
        """Link to a class; None when there is none."""
        pointer = self.context.schemas.message_class(pointer)
        if pointer is None or pointer not in self.context.names:
            return None
        return self.links.to("class", pointer, here, short_code(self.context.names[pointer].name))

    def _facts(self, schema: ClassSchema, here: str) -> list[str]:
        found: list[str] = []
        if isinstance(schema, OpenEnumSchema):
            found.append("New values are expected: one that is not listed is kept.")
        if isinstance(schema, UnionSchema):
            found.append(f"One of several, told apart by {short_code(schema.tag)}.")
            if schema.open:
                found.append("New members are expected: they are kept as `Unrecognised`.")
        if isinstance(schema, ObjectSchema):
            found.append(sentence(docs.whole(schema)))
            if schema.rest is not None:
                kind = self.type_of(schema.rest, here)
                found.append(f"Further properties are {kind}, in `additional_properties`.")
        if schema.doc.deprecated:
            found.append("Deprecated.")
        return [" ".join(text for text in found if text)]

    def _table(self, schema: ClassSchema, here: str) -> list[str]:
        if isinstance(schema, ObjectSchema):
            rows = [self._field(schema, index, here) for index in range(len(schema.fields))]
            return [table(FIELD_HEADS, rows) if rows else "It has no fields that are known."]
        if isinstance(schema, EnumSchema | OpenEnumSchema):
            names = self.context.names[schema.pointer].members
            pairs = zip(schema.members, names, strict=True)
            return [table(("on the wire", "in Python", "meaning"), map(_member, pairs))]
        if isinstance(schema, UnionSchema):
            return self._variants(schema.tag, schema.variants, here)
        value = schema.value
        what = "The whole message is" if isinstance(schema, WholeSchema) else "A name for"
        return [". ".join([f"{what} {self.type_of(value, here)}", *value_limits(value)])]

    def _variants(self, tag: str, variants: Iterable[str], here: str) -> list[str]:
        rows = [
            (
                _constant(tag_value(self.context.schemas.classes.get(pointer), tag)),
                self.class_link(pointer, here) or "",
                cell(_lead(self.context.schemas.classes.get(pointer))),
            )
            for pointer in variants
        ]
        return [table((short_code(tag), "class", "meaning"), rows)] if rows else []

    def _field(self, schema: ObjectSchema, index: int, here: str) -> tuple[str, ...]:
        field = schema.fields[index]
        attributes = self.context.names[schema.pointer].members
        shown = self.type_of(field.value, here)
        return (
            short_code(field.wire),
            "set by the class" if is_fixed(field) else short_code(attributes[index]),
            shown if field.doc.format is None else f"{shown} ({text(field.doc.format)})",
            "yes" if field.required else "no",
            "<br>".join(self._limits(field)),
            cell(field.doc.description),
            _cell_source(field.doc.source),
        )

    def _limits(self, field: FieldSchema) -> list[str]:
        found = [*value_limits(field.value), *_unit(field.doc)]
        if field.doc.default is not None:
            found.append(f"{short_code(field.doc.default)} is meant when it is left out")
        if field.value.sensitive:
            found.append("**sensitive**: never shown, logged or stored")
        if field.doc.deprecated:
            found.append("deprecated")
        if field.header_role is not None:
            found.append(f"{text(field.header_role.replace('-', ' '))}: the runtime fills it")
        return found


def value_limits(value: Value) -> list[str]:
    """Say what values are allowed, as Markdown."""
    inner = value.type
    if isinstance(inner, Const):
        return [f"always {_constant(inner.value)}"]
    limits: tuple[Limit, ...] = getattr(inner, "limits", ())
    words = docs.range_text(limit for limit in limits if limit[0] != "pattern")
    found = [text(words)] if words else []
    found += [f"pattern {code(limit)}" for key, limit in limits if key == "pattern"]
    below = inner.items if isinstance(inner, Array) else None
    below = inner.values if isinstance(inner, Map) else below
    if below is not None and (each := value_limits(below)):
        found.append(f"each: {', '.join(each)}")
    more = docs.further(value.conditions, value.unchecked)
    return [*found, *(sentence(text) for text in more)]


def source_text(source: SourceModel | None) -> str:
    """Say where a statement comes from and how sure it is, as Markdown."""
    if source is None:
        return ""
    origins = ", ".join(name(origin) for origin in source.origins)
    note = f" {sentence(source.note)}" if source.note else ""
    return f"{origins}; confidence {text(source.confidence)}.{note}"


def _origin(source: SourceModel | None) -> str:
    return f" ({source_text(source)})" if source is not None else ""


def _cell_source(source: SourceModel | None) -> str:
    if source is None:
        return ""
    origins = ", ".join(name(origin) for origin in source.origins)
    return f"{origins}; {text(source.confidence)}"


def _unit(doc: Doc) -> Iterable[str]:
    if doc.unit is None and doc.unit_of is None:
        return
    unit = "minor units" if doc.unit == "currency-minor" else name(doc.unit or "the unit")
    yield unit if doc.unit_of is None else f"{unit} of {sentence(doc.unit_of)}"


def _member(pair: tuple[EnumMember, str]) -> tuple[str, str, str]:
    member, python = pair
    return _constant(member.value), short_code(python), cell(member.description)


def _constant(value: object) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return short_code(shown)


def _lead(schema: ClassSchema | None) -> str:
    return docs.lead(schema.doc.description, "") if schema is not None else ""
