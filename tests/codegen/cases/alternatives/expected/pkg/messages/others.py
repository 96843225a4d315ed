# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 f3149dbbded7…
"""Schemas of the document that no message needs."""

from typing import TypeAlias

from stompws.compound import Either
from stompws.rules import Items, Of, Text

from .common import Box, Firm, Person

Owner: TypeAlias = Person | Firm
"""Told apart by the names of the schemas.

Source: #/components/schemas/Owner
"""

OWNER = Either(
    Of(Person), Of(Firm), one=True, tag="type", names={"Firm": 1, "Person": 0, "company": 1}
)

Search: TypeAlias = str | tuple[Box, ...]
"""A message that is no object.

Source: #/components/schemas/Search
"""

SEARCH = Either(Text(min_length=1), Items(Of(Box)))
