"""Our model of the schemas: what a document says of values, with every reference followed.

A schema is either a *value* (a text with limits, a list, a map …) or a *class* (object, enum,
union), which has a name of its own in the generated code. Values refer to classes by JSON pointer.
Names are not here: the front end gives them.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

import attrs

from .model import SourceModel
from .pointers import Json

Constant: TypeAlias = str | int | bool | None
"""What `const` may hold: what Python's `Literal` may hold."""

Limit: TypeAlias = tuple[str, str | int | float | bool]
"""An argument of a rule, by the name the runtime gives it: `("min_length", 1)`."""


class ScalarKind(StrEnum):
    """Scalar types that the generated code tells apart."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE_TIME = "date-time"
    DATE = "date"


@attrs.frozen(kw_only=True)
class Scalar:
    """A text, number or boolean, with its limits."""

    kind: ScalarKind
    limits: tuple[Limit, ...] = ()


@attrs.frozen(kw_only=True)
class Const:
    """Exactly one value."""

    value: Constant


@attrs.frozen(kw_only=True)
class Array:
    """A list."""

    items: "Value"
    limits: tuple[Limit, ...] = ()


@attrs.frozen(kw_only=True)
class Map:
    """An object whose property names are data."""

    values: "Value"
    limits: tuple[Limit, ...] = ()


@attrs.frozen(kw_only=True)
class Anything:
    """Any JSON value."""


@attrs.frozen(kw_only=True)
class Named:
    """An object, enum or union, which has a class."""

    pointer: str
    limits: tuple[Limit, ...] = ()
    """Of an enum: limits that stand beside the list of its values."""


@attrs.frozen(kw_only=True)
class Among:
    """One of some values of any scalar type."""

    values: tuple[Constant, ...]


@attrs.frozen(kw_only=True)
class Either:
    """What at least one of some schemas allows, or exactly one."""

    variants: tuple["Value", ...]
    one: bool
    tag: str | None = None
    """A property whose value tells which variant is meant."""
    names: tuple[tuple[str, int], ...] = ()
    """Values of that property, and the index of the variant that each means."""


@attrs.frozen(kw_only=True)
class Row:
    """A list whose items have schemas of their own, by position."""

    items: tuple["Value", ...]
    rest: "Value | None"
    """What follows these items; None when nothing may."""
    limits: tuple[Limit, ...] = ()


@attrs.frozen(kw_only=True)
class Never:
    """No value is allowed: `false`, or a contradiction."""


ValueType: TypeAlias = (
    Scalar | Const | Array | Map | Anything | Named | Among | Either | Row | Never
)


@attrs.frozen(kw_only=True)
class Value:
    """What may stand in one place."""

    type: ValueType
    nullable: bool = False
    sensitive: bool = False
    conditions: dict[str, Json] | None = attrs.field(default=None, hash=False)
    """What the type cannot say, as a JSON Schema that stands alone."""
    unchecked: tuple[str, ...] = ()
    """Keywords that neither the type nor the conditions say."""


@attrs.frozen(kw_only=True)
class Doc:
    """What is to be told of a schema; the limits are told by its rules."""

    pointer: str
    description: str | None = None
    unit: str | None = None
    unit_of: str | None = None
    format: str | None = None
    default: str | None = None
    """As JSON text."""
    deprecated: bool = False
    source: SourceModel | None = None


@attrs.frozen(kw_only=True)
class FieldSchema:
    """A property of an object."""

    wire: str
    value: Value
    required: bool
    guessed: bool
    """True when the rule rests on a guess of the document's authors."""
    header_role: str | None = None
    """`x-header-role`: what the runtime does with this header."""
    doc: Doc


@attrs.frozen(kw_only=True)
class ObjectSchema:
    """An object with known properties."""

    pointer: str
    fields: tuple[FieldSchema, ...]
    """Required ones first, in the order of `required`; the others by name."""
    doc: Doc
    rest: Value | None = None
    """What the document says of further properties; None when it says nothing."""
    closed: bool = False
    """True when there may be no further properties."""
    conditions: dict[str, Json] | None = attrs.field(default=None, hash=False)
    """What the fields cannot say of the object as a whole, as a JSON Schema that stands alone."""
    unchecked: tuple[str, ...] = ()
    """Keywords that nothing checks."""


@attrs.frozen(kw_only=True)
class EnumMember:
    """A value of an enum."""

    value: str
    description: str | None = None


@attrs.frozen(kw_only=True)
class EnumSchema:
    """A closed list of texts."""

    pointer: str
    members: tuple[EnumMember, ...]
    doc: Doc


@attrs.frozen(kw_only=True)
class OpenEnumSchema:
    """A list of known texts, to which new ones may come."""

    pointer: str
    members: tuple[EnumMember, ...]
    """By value: they come from a map."""
    doc: Doc


@attrs.frozen(kw_only=True)
class UnionSchema:
    """One of several objects, told apart by a tag."""

    pointer: str
    tag: str
    variants: tuple[str, ...]
    """Pointers of the objects, without the catch-all."""
    open: bool
    """True when the document has a catch-all variant: unknown members are kept."""
    doc: Doc


@attrs.frozen(kw_only=True)
class WholeSchema:
    """Something else than an object that needs a class: a message, or a value inside itself."""

    pointer: str
    value: Value
    doc: Doc


@attrs.frozen(kw_only=True)
class AliasSchema:
    """A named schema that is a type and no class: a map, or alternatives without a tag."""

    pointer: str
    value: Value
    doc: Doc


ClassSchema: TypeAlias = (
    ObjectSchema | EnumSchema | OpenEnumSchema | UnionSchema | WholeSchema | AliasSchema
)


@attrs.frozen(kw_only=True)
class Schemas:
    """All classes that messages reach."""

    classes: Mapping[str, ClassSchema]
    """By pointer, sorted."""
    messages: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """Pointer of the schema of a message → pointer of its class, where they differ."""

    def message_class(self, pointer: str | None) -> str | None:
        """Return the pointer of the class of a message's schema; None when it has none."""
        return None if pointer is None else self.messages.get(pointer, pointer)


def references(schema: ClassSchema) -> tuple[str, ...]:
    """Return the pointers of the classes that a class refers to, sorted."""
    if isinstance(schema, ObjectSchema):
        found = {p for field in schema.fields for p in named(field.value)}
        found |= named(schema.rest) if schema.rest is not None else set()
    elif isinstance(schema, WholeSchema | AliasSchema):
        found = named(schema.value)
    elif isinstance(schema, UnionSchema):
        found = set(schema.variants)
    else:
        found = set[str]()
    return tuple(sorted(found))


def named(value: Value) -> set[str]:
    """Return the pointers of the classes that a value refers to."""
    if isinstance(value.type, Named):
        return {value.type.pointer}
    return {pointer for inner in parts(value.type) for pointer in named(inner)}


def parts(type_: ValueType) -> tuple[Value, ...]:
    """Return the values directly inside a value."""
    if isinstance(type_, Array):
        return (type_.items,)
    if isinstance(type_, Map):
        return (type_.values,)
    if isinstance(type_, Either):
        return type_.variants
    if isinstance(type_, Row):
        return (*type_.items, *(() if type_.rest is None else (type_.rest,)))
    return ()


def takes_null(value: Value) -> bool:
    """Tell whether null is a value, so that None cannot stand for absence."""
    inner = value.type
    if value.nullable or isinstance(inner, Anything):
        return True
    if isinstance(inner, Const):
        return inner.value is None
    if isinstance(inner, Among):
        return None in inner.values
    return isinstance(inner, Either) and any(map(takes_null, inner.variants))


def message_pointer(pointer: str) -> str:
    """Return the key of the class that makes a message of an enum or a union."""
    return f"{pointer}#message"
