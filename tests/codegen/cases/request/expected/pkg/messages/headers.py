# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""Headers of messages."""

import attrs

from stompws.rules import Text, optional
from stompws.shapes import Struct, field_info, frozen


@frozen(kw_only=True)
class QuestionHeaders(Struct):
    """Schema `QuestionHeaders`.

    Source: #/components/messages/Question/headers
    """

    correlation: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("correlation")
    )
    """The field 'correlation'."""
