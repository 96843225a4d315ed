# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""Schemas of the document that no message needs."""

import attrs

from stompws.rules import Text
from stompws.shapes import Struct, field_info


@attrs.frozen(kw_only=True)
class Base(Struct):
    """Schema `Base`.

    Source: #/components/schemas/Base
    """

    id: str = attrs.field(validator=Text(), metadata=field_info("id"))
    """Given by the base."""
