"""Views of the message modules: one for each tag, one for what tags share, one for headers."""

from collections.abc import Callable, Iterator, Mapping

import attrs

from . import docs
from .filters import literal
from .placement import COMMON, HEADERS, OTHERS, dependencies_first, module_name
from .schemas import (
    AliasSchema,
    ClassSchema,
    Const,
    Doc,
    EnumSchema,
    FieldSchema,
    Named,
    ObjectSchema,
    OpenEnumSchema,
    UnionSchema,
    Value,
    WholeSchema,
    takes_null,
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
    constants: tuple[str, ...] = ()
    """Lines that say something of the object as a whole."""
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
    rule: str
    doc: str
    annotation: str = ""
    """Of the constant, where it is needed."""
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
    OTHERS: "Schemas of the document that no message needs.",
}


class _Uses(dict[str, ClassUse]):
    """How a module names classes; made for those that it uses."""

    def __init__(self, make: Callable[[str], ClassUse]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, pointer: str) -> ClassUse:
        use = self[pointer] = self._make(pointer)
        return use


class _Module:
    def __init__(self, context: Context, module: str, pointers: list[str]) -> None:
        self._context, self._module = context, module
        self._order = dependencies_first(
            pointers, lambda p: context.schemas.classes[p], lambda p: context.names[p].name
        )
        self._positions = {pointer: index for index, pointer in enumerate(self._order)}
        self._imports = context.imports(depth=1)
        self._uses: Mapping[str, ClassUse] = _Uses(self._use)
        self._writer = TypeWriter(self._imports, self._uses)

    def view(self, doc: str) -> ModuleView:
        content: list[ClassView] = []
        for index, pointer in enumerate(self._order):
            self._writer.here = index
            content.append(self._class(pointer))
        return ModuleView(
            path=f"messages/{self._module}.py",
            template="messages.jinja",
            doc=doc,
            imports=self._imports.sections(),
            content=tuple(content),
        )

    def _use(self, pointer: str) -> ClassUse:
        home = self._context.homes[pointer]
        return ClassUse(
            name=self._context.names[pointer].name,
            schema=self._context.schemas.classes[pointer],
            constant=self._context.constants.get(pointer, ""),
            module=None if home == self._module else f".{home}",
            position=self._positions.get(pointer, -1),
        )

    def _class(self, pointer: str) -> ClassView:
        schema = self._uses[pointer].schema
        if isinstance(schema, ObjectSchema):
            return self._object(schema)
        if isinstance(schema, WholeSchema):
            return self._whole(schema)
        if isinstance(schema, UnionSchema):
            return self._union(schema)
        return self._alias(schema) if isinstance(schema, AliasSchema) else self._enum(schema)

    def _object(self, schema: ObjectSchema) -> ObjectView:
        names = self._context.names[schema.pointer]
        if schema.fields or schema.rest is not None:
            self._imports.module("attrs")
        self._imports.runtime("shapes", "Struct", "frozen")
        attributes = {f.wire: n for f, n in zip(schema.fields, names.members, strict=True)}
        fields = [self._field(field, attributes) for field in schema.fields]
        if schema.rest is not None:
            fields.append(self._rest(schema.rest))
        return ObjectView(
            name=names.name,
            doc=_class_doc(schema, names.name, docs.whole(schema)),
            fields=tuple(fields),
            constants=tuple(self._constants(schema)),
        )

    def _constants(self, schema: ObjectSchema) -> Iterator[str]:
        if schema.closed:
            self._imports.name("typing", "ClassVar")
            yield "schema_closed: ClassVar[bool] = True"
        if schema.conditions is not None:
            self._imports.name("typing", "Any", "ClassVar")
            self._imports.name("collections.abc", "Mapping")
            written = literal(schema.conditions)
            yield f"schema_conditions: ClassVar[Mapping[str, Any] | None] = {written}"

    def _rest(self, value: Value) -> FieldView:
        self._imports.name("collections.abc", "Mapping")
        self._imports.runtime("shapes", "NO_REST", "field_info")
        text = self._writer.annotation(value)
        inner = text.strip('"')
        marks = ", sensitive=True" if value.sensitive else ""
        return FieldView(
            name="additional_properties",
            annotation=f"Mapping[str, {text}]" if inner == text else f'"Mapping[str, {inner}]"',
            arguments=", ".join(
                [
                    "default=NO_REST",
                    *(["repr=False"] if value.sensitive else []),
                    f"validator={self._writer.rest_rule(value)}",
                    f"metadata=field_info('*', kind='rest'{marks})",
                ]
            ),
            doc="Further properties, by their names on the wire.",
        )

    def _whole(self, schema: WholeSchema) -> ObjectView:
        self._imports.module("attrs")
        self._imports.runtime("shapes", "Struct", "frozen", "field_info")
        value, name = schema.value, self._context.names[schema.pointer].name
        sensitive = value.sensitive
        arguments = [
            *(["repr=False"] if sensitive else []),
            f"validator={self._writer.rule(value)}",
            f"metadata=field_info('value', kind='whole'{', sensitive=True' if sensitive else ''})",
        ]
        field = FieldView(
            name="value",
            annotation=self._writer.annotation(value),
            arguments=", ".join(arguments),
            doc=docs.paragraphs(
                "What travels: the JSON value itself.",
                docs.facts(schema.doc, value, {}, choices=self._choices(value)),
            ),
        )
        return ObjectView(name=name, doc=_class_doc(schema, name), fields=(field,))

    def _alias(self, schema: AliasSchema) -> UnionView:
        use, value = self._uses[schema.pointer], schema.value
        self._imports.name("typing", "TypeAlias")
        facts = docs.facts(Doc(pointer=schema.pointer), value, {}, choices=())
        return UnionView(
            name=use.name,
            constant=use.constant,
            types=self._writer.annotation(value),
            rule=self._writer.rule(value),
            doc=_class_doc(schema, use.name, facts),
        )

    def _field(self, field: FieldSchema, attributes: Mapping[str, str]) -> FieldView:
        self._imports.runtime("shapes", "field_info")
        optional = not field.required
        value = field.value
        parts: list[str] = []
        fixed = isinstance(value.type, Const) and not value.nullable and value.conditions is None
        if isinstance(value.type, Const) and fixed and field.required:
            parts += ["init=False", f"default={literal(value.type.value)}"]
        elif optional and takes_null(value):
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
        variants = [self._uses[pointer] for pointer in schema.variants]
        names = [variant.name for variant in variants]
        for variant in variants:
            if variant.module is not None:
                self._imports.name(variant.module, variant.name)
        if schema.open:
            self._imports.runtime("shapes", "Unrecognised")
        note = f"The tag is {literal(schema.tag)}."
        if schema.open:
            note += " New members are expected: one with an unknown tag is kept as `Unrecognised`."
        arguments = [literal(schema.tag), *names, *(["open=True"] if schema.open else [])]
        return UnionView(
            name=use.name,
            constant=use.constant,
            types=" | ".join([*names, *(["Unrecognised"] if schema.open else [])]),
            rule=f"TaggedUnion({', '.join(arguments)})",
            annotation=": TaggedUnion" if use.constant in self._writer.late else "",
            doc=_class_doc(schema, use.name, note),
        )


def _class_doc(schema: ClassSchema, name: str, note: str = "") -> str:
    return docs.paragraphs(
        docs.lead(schema.doc.description, f"Schema `{name}`."),
        note,
        docs.source_text(schema.doc.source, schema.pointer.removesuffix("#message")),
    )


def _field_info(field: FieldSchema) -> str:
    arguments = [literal(field.wire)]
    arguments += ["sensitive=True"] if field.value.sensitive else []
    arguments += ["guessed=True"] if field.guessed else []
    arguments += [f"unit={literal(field.doc.unit)}"] if field.doc.unit else []
    return f"field_info({', '.join(arguments)})"
