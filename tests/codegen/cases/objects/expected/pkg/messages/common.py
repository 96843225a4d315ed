# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 6ad3617370f3…
"""What messages of several tags, or of none, are made of."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Never

import attrs

from stompws.compound import Fits, Nothing
from stompws.rules import Anything, Const, Integer, Of, Text, Values, optional
from stompws.shapes import ABSENT, NO_REST, Absent, Json, Struct, field_info


@attrs.frozen(kw_only=True)
class Child(Struct):
    """Says more of a property of its parent.

    Source: #/components/schemas/Child
    """

    kind: Literal["child"] = attrs.field(
        init=False, default="child", validator=Const("child"), metadata=field_info("kind")
    )
    """The field 'kind'.

    Always "child".
    """

    note: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=2, max_length=9)),
        metadata=field_info("note"),
    )
    """The field 'note'.

    Limits: 2 to 9 characters.
    """


@attrs.frozen(kw_only=True)
class Closed(Struct):
    """Schema `Closed`.

    There are no other properties.

    Source: #/components/schemas/Closed
    """

    schema_closed: ClassVar[bool] = True

    a: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("a"))
    """The field 'a'."""


@attrs.frozen(kw_only=True)
class Counted(Struct):
    """Schema `Counted`.

    Checked too: minProperties.

    Source: #/components/schemas/Counted
    """

    schema_conditions: ClassVar[Mapping[str, Any] | None] = {"minProperties": 1}

    total: int | None = attrs.field(
        default=None, validator=optional(Integer()), metadata=field_info("total")
    )
    """The field 'total'."""

    additional_properties: Mapping[str, int] = attrs.field(
        default=NO_REST, validator=Values(Integer()), metadata=field_info("*", kind="rest")
    )
    """Further properties, by their names on the wire."""


@attrs.frozen(kw_only=True)
class Free(Struct):
    """Schema `Free`.

    Source: #/components/schemas/Free
    """

    a: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("a"))
    """The field 'a'."""

    additional_properties: Mapping[str, Json] = attrs.field(
        default=NO_REST, validator=Values(Anything()), metadata=field_info("*", kind="rest")
    )
    """Further properties, by their names on the wire."""


@attrs.frozen(kw_only=True)
class Linked(Struct):
    """Some properties ask for others.

    Checked too: dependencies, else, if, then.

    Source: #/components/schemas/Linked
    """

    schema_conditions: ClassVar[Mapping[str, Any] | None] = {
        "dependencies": {
            "c": ["b"],
            "d": {"properties": {"e": {"type": "integer"}}, "required": ["e"]},
        },
        "else": {"not": {"required": ["number"]}},
        "if": {"properties": {"b": {"const": "card"}}},
        "then": {"properties": {"number": {"type": "string"}}, "required": ["number"]},
    }

    b: str = attrs.field(validator=Text(), metadata=field_info("b"))
    """The field 'b'."""

    undescribed: Json = attrs.field(validator=Anything(), metadata=field_info("undescribed"))
    """The field 'undescribed'."""

    c: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("c"))
    """The field 'c'."""

    e: Json | Absent = attrs.field(
        default=ABSENT, validator=optional(Anything()), metadata=field_info("e")
    )
    """The field 'e'."""

    number: Json | Absent = attrs.field(
        default=ABSENT, validator=optional(Anything()), metadata=field_info("number")
    )
    """The field 'number'."""


@attrs.frozen(kw_only=True)
class Patterned(Struct):
    """Schema `Patterned`.

    Checked too: patternProperties.

    Source: #/components/schemas/Patterned
    """

    schema_conditions: ClassVar[Mapping[str, Any] | None] = {
        "patternProperties": {"^n": {"type": "integer"}}
    }

    id: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("id")
    )
    """The field 'id'."""

    additional_properties: Mapping[str, Json] = attrs.field(
        default=NO_REST, validator=Values(Anything()), metadata=field_info("*", kind="rest")
    )
    """Further properties, by their names on the wire."""


@attrs.frozen(kw_only=True)
class Objects(Struct):
    """Schema `Objects`.

    Source: #/components/schemas/Objects
    """

    child: Child | None = attrs.field(
        default=None, validator=optional(Of(Child)), metadata=field_info("child")
    )
    """Says more of a property of its parent."""

    counted: Counted | None = attrs.field(
        default=None, validator=optional(Of(Counted)), metadata=field_info("counted")
    )
    """The field 'counted'."""

    empty: Mapping[str, Never] | None = attrs.field(
        default=None, validator=optional(Values(Nothing())), metadata=field_info("empty")
    )
    """The field 'empty'."""

    free: Free | None = attrs.field(
        default=None, validator=optional(Of(Free)), metadata=field_info("free")
    )
    """The field 'free'."""

    linked: Linked | None = attrs.field(
        default=None, validator=optional(Of(Linked)), metadata=field_info("linked")
    )
    """Some properties ask for others."""

    map: Mapping[str, int] | None = attrs.field(
        default=None,
        validator=optional(Fits(Values(Integer()), {"propertyNames": {"maxLength": 3}})),
        metadata=field_info("map"),
    )
    """The field 'map'.

    Checked too: propertyNames.
    """

    patterned: Patterned | None = attrs.field(
        default=None, validator=optional(Of(Patterned)), metadata=field_info("patterned")
    )
    """The field 'patterned'."""

    x: Mapping[str, str] | None = attrs.field(
        default=None,
        validator=optional(
            Fits(
                Values(Text()),
                {
                    "allOf": [
                        {
                            "additionalProperties": False,
                            "patternProperties": {"^x-": {"type": "string"}},
                        },
                        {"patternProperties": {"^x-": {"type": "string"}}},
                    ]
                },
            )
        ),
        metadata=field_info("x"),
    )
    """The field 'x'.

    Checked too: allOf.
    """
