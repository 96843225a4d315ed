"""Views of the message modules: one for each tag, one for what tags share, one for headers."""

from collections.abc import Mapping

import attrs

from . import docs
from .filters import literal
from .naming import clashes, constant_case
from .placement import COMMON, HEADERS, dependencies_first, module_name
from .schemas import (
    ClassSchema,
    Const,
    EnumSchema,
    FieldSchema,
    Named,
    ObjectSchema,
    OpenEnumSchema,
    UnionSchema,
    Value,
)
from .views import Context, ModuleView
from .views_types import ClassUse, TypeWriter


@attrs.frozen(kw_only=True)
class FieldView:
    """An attribute of a message class."""

    name: str
    annotation: str
    arguments: str
    doc: str


@attrs.frozen(kw_only=True)
class ObjectView:
    """A message class."""

    name: str
    doc: str
    fields: tuple[FieldView, ...]
    kind: str = "object"


@attrs.frozen(kw_only=True)
class MemberView:
    """A member of an enum."""

    name: str
    value: str
    docs: tuple[str, ...] = ()
    """Its description, or nothing."""


@attrs.frozen(kw_only=True)
class EnumView:
    """An enum."""

    name: str
    base: str
    doc: str
    members: tuple[MemberView, ...]
    kind: str = "enum"


@attrs.frozen(kw_only=True)
class UnionView:
    """The alias of a union and the constant that holds its rule."""

    name: str
    constant: str
    types: str
    arguments: str
    doc: str
    kind: str = "union"


ClassView = ObjectView | EnumView | UnionView


def message_modules(context: Context) -> list[ModuleView]:
    """Make the views of all message modules."""
    by_module: dict[str, list[str]] = {}
    for pointer, module in context.homes.items():
        if pointer in context.names:
            by_module.setdefault(module, []).append(pointer)
    tags = {module_name(tag.key): tag for tag in context.model.tags}
    modules: list[ModuleView] = []
    for module in sorted(by_module):
        tag = tags.get(module)
        doc = f"Messages of the tag `{tag.name}`." if tag else SHARED_DOCS[module]
        about = docs.paragraphs(doc, tag.description if tag else None)
        modules.append(_Module(context, module, by_module[module]).view(about))
    return modules


SHARED_DOCS = {
    COMMON: "What messages of several tags, or of none, are made of.",
    HEADERS: "Headers of messages.",
}


class _Module:
    def __init__(self, context: Context, module: str, pointers: list[str]) -> None:
        self._context, self._module = context, module
        self._order, self._cyclic = dependencies_first(
            pointers, lambda p: context.schemas.classes[p], lambda p: context.names[p].name
        )
        self._imports = context.imports(depth=1)
        self._uses = {p: self._use(p) for p in context.names}
        self._writer = TypeWriter(self._imports, self._uses)

    def view(self, doc: str) -> ModuleView:
        self._check_constants()
        content: list[ClassView] = []
        for index, pointer in enumerate(self._order):
            for later in self._order[index:]:
                self._uses[later] = attrs.evolve(self._uses[later], later=later in self._cyclic)
            content.append(self._class(pointer))
            self._uses[pointer] = attrs.evolve(self._uses[pointer], later=False)
        return ModuleView(
            path=f"messages/{self._module}.py",
            template="messages.jinja",
            doc=doc,
            imports=self._imports.sections(),
            content=tuple(content),
        )

    def _use(self, pointer: str) -> ClassUse:
        name, home = self._context.names[pointer].name, self._context.homes[pointer]
        return ClassUse(
            name=name,
            schema=self._context.schemas.classes[pointer],
            constant=constant_case(name),
            module=None if home == self._module else f".{home}",
        )

    def _check_constants(self) -> None:
        unions = {
            p: use.constant for p, use in self._uses.items() if isinstance(use.schema, UnionSchema)
        }
        names = {**unions, **{p + "#": use.name for p, use in self._uses.items()}}
        for name, pointers in clashes(names).items():
            where = pointers[0].rstrip("#")
            self._context.report(where, f"the name {name} is needed twice", "rename the schema")

    def _class(self, pointer: str) -> ClassView:
        schema = self._uses[pointer].schema
        if isinstance(schema, ObjectSchema):
            return self._object(schema)
        if isinstance(schema, UnionSchema):
            return self._union(schema)
        return self._enum(schema)

    def _object(self, schema: ObjectSchema) -> ObjectView:
        names = self._context.names[schema.pointer]
        self._imports.module("attrs")
        self._imports.runtime("shapes", "Struct", "frozen")
        attributes = {f.wire: n for f, n in zip(schema.fields, names.members, strict=True)}
        fields = tuple(self._field(field, attributes) for field in schema.fields)
        return ObjectView(name=names.name, doc=_class_doc(schema, names.name), fields=fields)

    def _field(self, field: FieldSchema, attributes: Mapping[str, str]) -> FieldView:
        self._imports.runtime("shapes", "field_info")
        optional = not field.required
        value = field.value
        parts: list[str] = []
        if isinstance(value.type, Const) and field.required and not value.nullable:
            parts += ["init=False", f"default={literal(value.type.value)}"]
        elif optional and TypeWriter.takes_null(value):
            self._imports.runtime("shapes", "ABSENT")
            parts.append("default=ABSENT")
        elif optional:
            parts.append("default=None")
        parts += ["repr=False"] if value.sensitive else []
        parts.append(f"validator={self._writer.rule(value, optional=optional)}")
        parts.append(f"metadata={_field_info(field)}")
        choices = self._choices(value)
        return FieldView(
            name=attributes[field.wire],
            annotation=self._writer.annotation(value, optional=optional),
            arguments=", ".join(parts),
            doc=docs.paragraphs(
                docs.sentence(field.doc.description or f"The field {literal(field.wire)}"),
                f"{docs.facts(field.doc, value, attributes, choices=choices)} "
                f"{docs.source_text(field.doc.source)}",
            ),
        )

    def _choices(self, value: Value) -> list[str]:
        if not isinstance(value.type, Named):
            return []
        schema = self._uses[value.type.pointer].schema
        if not isinstance(schema, UnionSchema):
            return []
        return [self._uses[p].name for p in schema.variants]

    def _enum(self, schema: EnumSchema | OpenEnumSchema) -> EnumView:
        names = self._context.names[schema.pointer]
        is_open = isinstance(schema, OpenEnumSchema)
        if is_open:
            self._imports.runtime("shapes", "OpenStrEnum")
        else:
            self._imports.name("enum", "StrEnum")
        note = "New values are expected: one that is not listed is kept." if is_open else ""
        members = tuple(
            MemberView(
                name=name,
                value=member.value,
                docs=(docs.sentence(member.description),) if member.description else (),
            )
            for name, member in zip(names.members, schema.members, strict=True)
        )
        return EnumView(
            name=names.name,
            base="OpenStrEnum" if is_open else "StrEnum",
            doc=_class_doc(schema, names.name, note),
            members=members,
        )

    def _union(self, schema: UnionSchema) -> UnionView:
        use = self._uses[schema.pointer]
        self._imports.name("typing", "TypeAlias")
        self._imports.runtime("shapes", "TaggedUnion")
        variants: list[str] = []
        for pointer in schema.variants:
            variant = self._uses[pointer]
            variants.append(variant.name)
            if variant.module is not None:
                self._imports.name(variant.module, variant.name)
            elif variant.later:
                what = "a union that contains itself cannot be expressed"
                self._context.report(schema.pointer, what, "break the circle")
        if schema.open:
            self._imports.runtime("shapes", "Unrecognised")
        note = f"The tag is {literal(schema.tag)}."
        if schema.open:
            note += " New members are expected: one with an unknown tag is kept as `Unrecognised`."
        return UnionView(
            name=use.name,
            constant=use.constant,
            types=" | ".join([*variants, *(["Unrecognised"] if schema.open else [])]),
            arguments=", ".join(
                [literal(schema.tag), *variants, *(["open=True"] if schema.open else [])]
            ),
            doc=_class_doc(schema, use.name, note),
        )


def _class_doc(schema: ClassSchema, name: str, note: str = "") -> str:
    return docs.paragraphs(
        docs.lead(schema.doc.description, f"Schema `{name}`."),
        note,
        docs.source_text(schema.doc.source, schema.pointer),
    )


def _field_info(field: FieldSchema) -> str:
    arguments = [literal(field.wire)]
    arguments += ["sensitive=True"] if field.value.sensitive else []
    arguments += ["guessed=True"] if field.guessed else []
    arguments += [f"unit={literal(field.doc.unit)}"] if field.doc.unit else []
    return f"field_info({', '.join(arguments)})"
