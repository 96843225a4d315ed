# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""What messages of several tags, or of none, are made of."""

import attrs

from stompws.rules import Text, optional
from stompws.shapes import Struct, field_info


@attrs.frozen(kw_only=True)
class Note(Struct):
    """Schema `Note`.

    Source: #/components/schemas/Note
    """

    note: str = attrs.field(validator=Text(), metadata=field_info("note"))
    """The field 'note'."""


@attrs.frozen(kw_only=True)
class Picture(Struct):
    """Schema `Picture`.

    Source: #/components/messages/picture/payload
    """


@attrs.frozen(kw_only=True)
class Words(Struct):
    """Schema `Words`.

    Source: #/components/schemas/Words
    """

    text: str = attrs.field(validator=Text(min_length=1), metadata=field_info("text"))
    """The field 'text'.

    Limits: at least 1 character.
    """

    by: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("by")
    )
    """The field 'by'."""
