# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""Messages of the tag `time`."""

import attrs

from stompws.rules import DateTimeText, Text, optional
from stompws.shapes import DateTime, Struct, field_info, frozen


@frozen(kw_only=True)
class Answer(Struct):
    """Tells the time.

    Source: #/components/schemas/Answer
    """

    time: DateTime = attrs.field(validator=DateTimeText(), metadata=field_info("time"))
    """The time."""


@frozen(kw_only=True)
class Fault(Struct):
    """Schema `Fault`.

    Source: #/components/schemas/Fault
    """

    text: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("text")
    )
    """The field 'text'."""


@frozen(kw_only=True)
class Question(Struct):
    """Asks for the time.

    Source: #/components/schemas/Question
    """

    zone: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1, max_length=40)),
        metadata=field_info("zone"),
    )
    """Name of the time zone.

    Limits: 1 to 40 characters.
    """
