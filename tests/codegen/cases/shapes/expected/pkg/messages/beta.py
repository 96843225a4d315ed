# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""Messages of the tag `beta`."""

import attrs

from stompws.rules import Of, optional
from stompws.shapes import Struct, field_info, frozen

from .common import Shared


@frozen(kw_only=True)
class End(Struct):
    """Schema `End`.

    Source: #/components/schemas/End
    """


@frozen(kw_only=True)
class Part(Struct):
    """Schema `Part`.

    Source: #/components/schemas/Part
    """

    shared: Shared | None = attrs.field(
        default=None, validator=optional(Of(Shared)), metadata=field_info("shared")
    )
    """The field 'shared'."""
