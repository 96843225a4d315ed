# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 6ad3617370f3…
"""Schemas of the document that no message needs."""

from collections.abc import Mapping
from typing import TypeAlias

import attrs

from stompws.rules import Of, Text, Values, optional
from stompws.shapes import Struct, field_info

from .common import Child

Anything_: TypeAlias = Mapping[str, str]
"""Schema `Anything_`.

Source: #/components/schemas/Anything
"""

ANYTHING = Values(Text())


@attrs.frozen(kw_only=True)
class Parent(Struct):
    """Schema `Parent`.

    Source: #/components/schemas/Parent
    """

    kind: str = attrs.field(validator=Text(), metadata=field_info("kind"))
    """The field 'kind'."""

    note: str | None = attrs.field(
        default=None, validator=optional(Text(max_length=9)), metadata=field_info("note")
    )
    """The field 'note'.

    Limits: at most 9 characters.
    """


Same: TypeAlias = Child
"""Says more of a property of its parent.

Source: #/components/schemas/Same
"""

SAME = Of(Child)


@attrs.frozen(kw_only=True)
class UnusedToo(Struct):
    """Schema `UnusedToo`.

    Source: #/components/schemas/UnusedToo
    """

    a: str | None = attrs.field(default=None, validator=optional(Text()), metadata=field_info("a"))
    """The field 'a'."""


@attrs.frozen(kw_only=True)
class Unused(Struct):
    """Schema `Unused`.

    Source: #/components/schemas/Unused
    """

    with_: UnusedToo | None = attrs.field(
        default=None, validator=optional(Of(UnusedToo)), metadata=field_info("with")
    )
    """The field 'with'."""
