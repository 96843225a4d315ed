# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4acd565cf19e…
"""What messages of several tags, or of none, are made of."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

import attrs

from stompws.compound import Either, Late
from stompws.rules import Boolean, Const, Items, Nullable, Number, Of, Text, Values, optional
from stompws.shapes import Struct, TaggedUnion, field_info


@attrs.frozen(kw_only=True)
class DeepInner(Struct):
    """Schema `DeepInner`.

    Source: #/components/schemas/Deep/definitions/Inner
    """

    x: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("x"))
    """The field 'x'."""


@attrs.frozen(kw_only=True)
class JsonMessage(Struct):
    """Schema `JsonMessage`.

    Source: #/components/schemas/Json
    """

    value: "str | Decimal | bool | tuple[JsonMessage, ...] | Mapping[str, JsonMessage] | None" = (
        attrs.field(
            validator=Either(
                Nullable(Either(Text(), Number(), Boolean())),
                Items(Of(lambda: JsonMessage)),
                Values(Of(lambda: JsonMessage)),
            ),
            metadata=field_info("value", kind="whole"),
        )
    )
    """What travels: the JSON value itself."""


@attrs.frozen(kw_only=True)
class Sum(Struct):
    """Schema `Sum`.

    Source: #/components/schemas/Sum
    """

    op: Literal["sum"] = attrs.field(
        init=False, default="sum", validator=Const("sum"), metadata=field_info("op")
    )
    """The field 'op'.

    Always "sum".
    """

    terms: "tuple[Expr, ...]" = attrs.field(
        validator=Items(Late(lambda: EXPR)), metadata=field_info("terms")
    )
    """The field 'terms'."""


@attrs.frozen(kw_only=True)
class Value(Struct):
    """Schema `Value`.

    Source: #/components/schemas/Value
    """

    op: Literal["value"] = attrs.field(
        init=False, default="value", validator=Const("value"), metadata=field_info("op")
    )
    """The field 'op'.

    Always "value".
    """

    value: Decimal | None = attrs.field(
        default=None, validator=optional(Number()), metadata=field_info("value")
    )
    """The field 'value'."""


Expr: TypeAlias = Sum | Value
"""Schema `Expr`.

The tag is 'op'.

Source: #/components/schemas/Expr
"""

EXPR = TaggedUnion("op", Sum, Value)


@attrs.frozen(kw_only=True)
class Forest(Struct):
    """Schema `Forest`.

    Source: #/components/schemas/Forest
    """

    expr: Expr | None = attrs.field(
        default=None, validator=optional(EXPR), metadata=field_info("expr")
    )
    """The field 'expr'.

    One of `Sum`, `Value`.
    """

    first: "Tree | None" = attrs.field(
        default=None, validator=optional(Of(lambda: Tree)), metadata=field_info("first")
    )
    """The field 'first'."""


@attrs.frozen(kw_only=True)
class Tree(Struct):
    """Schema `Tree`.

    Source: #/components/schemas/Tree
    """

    by_name: "Mapping[str, Tree] | None" = attrs.field(
        default=None, validator=optional(Values(Of(lambda: Tree))), metadata=field_info("by_name")
    )
    """The field 'by_name'."""

    forest: Forest | None = attrs.field(
        default=None, validator=optional(Of(Forest)), metadata=field_info("forest")
    )
    """The field 'forest'."""

    left: "Tree | None" = attrs.field(
        default=None, validator=optional(Of(lambda: Tree)), metadata=field_info("left")
    )
    """The field 'left'."""

    others: "tuple[Tree, ...] | None" = attrs.field(
        default=None, validator=optional(Items(Of(lambda: Tree))), metadata=field_info("others")
    )
    """The field 'others'."""


@attrs.frozen(kw_only=True)
class Deep(Struct):
    """Schema `Deep`.

    Source: #/components/schemas/Deep
    """

    any: JsonMessage | None = attrs.field(
        default=None, validator=optional(Of(JsonMessage)), metadata=field_info("any")
    )
    """The field 'any'."""

    inner: DeepInner | None = attrs.field(
        default=None, validator=optional(Of(DeepInner)), metadata=field_info("inner")
    )
    """The field 'inner'."""

    piece: tuple[Tree, ...] | None = attrs.field(
        default=None, validator=optional(Items(Of(Tree))), metadata=field_info("piece")
    )
    """The field 'piece'."""


@attrs.frozen(kw_only=True)
class ExprMessage(Struct):
    """Schema `ExprMessage`.

    Source: #/components/schemas/Expr
    """

    value: Expr = attrs.field(validator=EXPR, metadata=field_info("value", kind="whole"))
    """What travels: the JSON value itself.

    One of `Sum`, `Value`.
    """


@attrs.frozen(kw_only=True)
class Nested(Struct):
    """A list of lists of lists.

    Source: #/components/schemas/Nested
    """

    value: "tuple[Nested, ...]" = attrs.field(
        validator=Items(Of(lambda: Nested)), metadata=field_info("value", kind="whole")
    )
    """What travels: the JSON value itself."""
