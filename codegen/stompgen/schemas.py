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


ValueType: TypeAlias = Scalar | Const | Array | Map | Anything | Named


@attrs.frozen(kw_only=True)
class Value:
    """What may stand in one place."""

    type: ValueType
    nullable: bool = False
    sensitive: bool = False


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
    """An object with known properties; unknown ones are always allowed."""

    pointer: str
    fields: tuple[FieldSchema, ...]
    """Required ones first, in the order of `required`; the others by name."""
    doc: Doc


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


ClassSchema: TypeAlias = ObjectSchema | EnumSchema | OpenEnumSchema | UnionSchema


@attrs.frozen(kw_only=True)
class Schemas:
    """All classes that messages reach."""

    classes: Mapping[str, ClassSchema]
    """By pointer, sorted."""


def references(schema: ClassSchema) -> tuple[str, ...]:
    """Return the pointers of the classes that a class refers to, sorted."""
    if isinstance(schema, ObjectSchema):
        found = {p for field in schema.fields for p in _named(field.value)}
    elif isinstance(schema, UnionSchema):
        found = set(schema.variants)
    else:
        found = set[str]()
    return tuple(sorted(found))


def _named(value: Value) -> set[str]:
    if isinstance(value.type, Named):
        return {value.type.pointer}
    if isinstance(value.type, Array):
        return _named(value.type.items)
    if isinstance(value.type, Map):
        return _named(value.type.values)
    return set()
