# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""Messages of the tag `live`."""

import attrs

from stompws.rules import Integer, Text, optional
from stompws.shapes import Struct, field_info


@attrs.frozen(kw_only=True)
class Moved(Struct):
    """Schema `Moved`.

    Source: #/components/messages/Moved/payload
    """

    depot: str = attrs.field(validator=Text(), metadata=field_info("depot"))
    """The field 'depot'."""

    weight: int | None = attrs.field(
        default=None, validator=optional(Integer()), metadata=field_info("weight")
    )
    """The field 'weight'."""
