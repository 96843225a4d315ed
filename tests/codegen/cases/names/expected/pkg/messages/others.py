# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4444af242e1c…
"""Schemas of the document that no message needs."""

import attrs

from stompws.rules import Text, optional
from stompws.shapes import Struct, field_info


@attrs.frozen(kw_only=True)
class FooBar(Struct):
    """Schema `FooBar`.

    Source: #/components/schemas/foo-bar
    """

    x: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("x"))
    """The field 'x'."""


@attrs.frozen(kw_only=True)
class FooBar_azmb(Struct):
    """Schema `FooBar_azmb`.

    Source: #/components/schemas/foo_bar
    """

    x: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("x"))
    """The field 'x'."""


@attrs.frozen(kw_only=True)
class IoExampleOrderStatus(Struct):
    """Schema `IoExampleOrderStatus`.

    Source: #/components/schemas/IoExampleOrderStatus
    """

    x: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("x"))
    """The field 'x'."""


@attrs.frozen(kw_only=True)
class None_(Struct):
    """Schema `None_`.

    Source: #/components/schemas/None
    """

    x: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("x"))
    """The field 'x'."""


@attrs.frozen(kw_only=True)
class OrderStatus(Struct):
    """Schema `OrderStatus`.

    Source: #/components/schemas/Order_status
    """

    x: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("x"))
    """The field 'x'."""


@attrs.frozen(kw_only=True)
class Struct_(Struct):
    """Schema `Struct_`.

    Source: #/components/schemas/Struct
    """

    struct: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("struct")
    )
    """The field 'struct'."""
