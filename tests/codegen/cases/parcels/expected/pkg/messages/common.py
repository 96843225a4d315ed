# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""What messages of several tags, or of none, are made of."""

import attrs

from stompws.rules import Anything, Text, optional
from stompws.shapes import Json, Struct, field_info


@attrs.frozen(kw_only=True)
class Moved8b727a(Struct):
    """Schema `Moved8b727a`.

    Source: #/channels/parcels.moved/messages/moved/payload
    """

    seal: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("seal")
    )
    """The field 'seal'."""


@attrs.frozen(kw_only=True)
class Question(Struct):
    """Schema `Question`.

    Source: #/components/messages/Question/payload
    """

    parcel: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("parcel")
    )
    """The field 'parcel'."""


@attrs.frozen(kw_only=True)
class Scan(Struct):
    """Schema `Scan`.

    Source: #/components/messages/Scan/payload
    """

    value: Json = attrs.field(validator=Anything(), metadata=field_info("value", kind="whole"))
    """What travels: the JSON value itself."""
