# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""Headers of messages."""

import attrs

from stompws.rules import Text, optional
from stompws.shapes import Struct, field_info


@attrs.frozen(kw_only=True)
class MovedHeaders(Struct):
    """Schema `MovedHeaders`.

    Source: #/components/messages/Moved/headers
    """

    reply_to: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("reply-to")
    )
    """The field 'reply-to'."""
