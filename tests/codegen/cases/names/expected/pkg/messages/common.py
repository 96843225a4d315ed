# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4444af242e1c…
"""What messages of several tags, or of none, are made of."""

from collections.abc import Mapping

import attrs

from stompws.rules import Of, Text, Values, optional
from stompws.shapes import NO_REST, Struct, field_info


@attrs.frozen(kw_only=True)
class IoExampleOrderStatus_mtsu(Struct):
    """Schema `IoExampleOrderStatus_mtsu`.

    Source: #/components/schemas/io.example.Order/properties/status
    """

    a: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("a"))
    """The field 'a'."""


@attrs.frozen(kw_only=True)
class 名前(Struct):
    """Schema `名前`.

    Source: #/components/schemas/名前
    """

    x: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("x"))
    """The field 'x'."""


@attrs.frozen(kw_only=True)
class IoExampleOrder(Struct):
    """Schema `IoExampleOrder`.

    Source: #/components/schemas/io.example.Order
    """

    n: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info(""))
    """The field ''."""

    field_id: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("$id")
    )
    """The field '$id'."""

    field_1st: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("1st")
    )
    """The field '1st'."""

    field_type: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("@type")
    )
    """The field '@type'."""

    class_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("__class__")
    )
    """The field '__class__'."""

    additional_properties_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("additional_properties")
    )
    """The field 'additional_properties'."""

    attrs_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("attrs")
    )
    """The field 'attrs'."""

    class_zzrf: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("class")
    )
    """The field 'class'."""

    fi: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("fi")
    )
    """The field 'fi'."""

    foo_bar_gkms: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("fooBar")
    )
    """The field 'fooBar'."""

    foo_bar: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("foo_bar")
    )
    """The field 'foo_bar'."""

    größe: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("größe")
    )
    """The field 'größe'."""

    self_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("self")
    )
    """The field 'self'."""

    status: IoExampleOrderStatus_mtsu | None = attrs.field(
        default=None,
        validator=optional(Of(IoExampleOrderStatus_mtsu)),
        metadata=field_info("status"),
    )
    """The field 'status'."""

    unknown_fields_: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("unknown_fields")
    )
    """The field 'unknown_fields'."""

    名前_: 名前 | None = attrs.field(
        default=None, validator=optional(Of(名前)), metadata=field_info("名前")
    )
    """The field '名前'."""

    fi_gzed: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("ﬁ")
    )
    """The field 'ﬁ'."""

    additional_properties: Mapping[str, str] = attrs.field(
        default=NO_REST, validator=Values(Text()), metadata=field_info("*", kind="rest")
    )
    """Further properties, by their names on the wire."""
