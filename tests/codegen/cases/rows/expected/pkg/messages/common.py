# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 64f10e7f0cb8…
"""What messages of several tags, or of none, are made of."""

from decimal import Decimal
from typing import Never

import attrs

from stompws.compound import Fits, Nothing, Row
from stompws.rules import Anything, Boolean, Const, Integer, Items, Number, Text, optional
from stompws.shapes import Json, Struct, field_info


@attrs.frozen(kw_only=True)
class Line(Struct):
    """A message that is a list; its items have their own schemas.

    Source: #/components/schemas/Line
    """

    value: tuple[str | int | tuple[Decimal, Decimal] | bool, ...] = attrs.field(
        validator=Row(
            Text(), Integer(), Row(Number(), Number(), min_items=2), rest=Boolean(), min_items=1
        ),
        metadata=field_info("value", kind="whole"),
    )
    """What travels: the JSON value itself.

    Limits: at least 1 item.
    """


@attrs.frozen(kw_only=True)
class Rows(Struct):
    """Schema `Rows`.

    Source: #/components/schemas/Rows
    """

    never: tuple[Never, ...] | None = attrs.field(
        default=None, validator=optional(Items(Nothing())), metadata=field_info("never")
    )
    """The field 'never'."""

    none: tuple[()] | None = attrs.field(
        default=None, validator=optional(Row()), metadata=field_info("none")
    )
    """The field 'none'."""

    pair: tuple[str | Json | None, ...] | None = attrs.field(
        default=None,
        validator=optional(Row(Text(), Const(None), rest=Anything())),
        metadata=field_info("pair"),
    )
    """The field 'pair'."""

    path: tuple[tuple[Decimal, Decimal], ...] | None = attrs.field(
        default=None,
        validator=optional(Items(Row(Number(), Number(), min_items=2), unique=True)),
        metadata=field_info("path"),
    )
    """The field 'path'.

    Limits: all different. Each: at least 2 items.
    """

    some: tuple[Json, ...] | None = attrs.field(
        default=None,
        validator=optional(Fits(Items(Anything(), max_items=3), {"contains": {"const": 1}})),
        metadata=field_info("some"),
    )
    """The field 'some'.

    Limits: at most 3 items. Checked too: contains.
    """

    start: tuple[Decimal, Decimal] | None = attrs.field(
        default=None,
        validator=optional(Row(Number(), Number(), min_items=2)),
        metadata=field_info("start"),
    )
    """The field 'start'.

    Limits: at least 2 items.
    """
