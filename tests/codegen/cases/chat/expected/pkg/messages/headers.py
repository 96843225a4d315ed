# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""Headers of messages."""

import attrs

from stompws.rules import Integer, Text, optional
from stompws.shapes import Struct, field_info


@attrs.frozen(kw_only=True)
class Marks(Struct):
    """Schema `Marks`.

    Source: #/components/schemas/Marks
    """

    mood: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("mood")
    )
    """The field 'mood'."""

    urgency: int | None = attrs.field(
        default=None, validator=optional(Integer(minimum=0)), metadata=field_info("urgency")
    )
    """The field 'urgency'.

    Limits: at least 0.
    """
