# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""What messages of several tags, or of none, are made of."""

import attrs

from stompws.rules import Text, optional
from stompws.shapes import Struct, field_info, frozen


@frozen(kw_only=True)
class Shared(Struct):
    """Schema `Shared`.

    Source: #/components/schemas/Shared
    """

    id: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("id")
    )
    """The field 'id'."""


@frozen(kw_only=True)
class Stop(Struct):
    """Schema `Stop`.

    Source: #/components/messages/Stop/payload
    """

    why: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("why")
    )
    """The field 'why'."""
