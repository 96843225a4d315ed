# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""Messages of the tag `alpha`."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

import attrs

from stompws.rules import (
    Anything,
    Choice,
    Const,
    DateText,
    Integer,
    Items,
    Nullable,
    Number,
    Of,
    Text,
    Values,
    optional,
)
from stompws.shapes import (
    ABSENT,
    Absent,
    Date,
    Json,
    OpenStrEnum,
    Struct,
    TaggedUnion,
    Unrecognised,
    field_info,
    frozen,
)

from .common import Shared


@frozen(kw_only=True)
class Cat(Struct):
    """Schema `Cat`.

    Source: #/components/schemas/Cat
    """

    kind: Literal["cat"] = attrs.field(
        init=False, default="cat", validator=Const("cat"), metadata=field_info("kind")
    )
    """The field 'kind'.

    Always "cat".
    """

    lives: int = attrs.field(validator=Integer(maximum=9), metadata=field_info("lives"))
    """The field 'lives'.

    Limits: at most 9.
    """


class Colour(StrEnum):
    """Schema `Colour`.

    Source: #/components/schemas/Colour
    """

    RED = "red"
    """Like blood."""
    GREEN = "green"


@frozen(kw_only=True)
class Dog(Struct):
    """Schema `Dog`.

    Source: #/components/schemas/Dog
    """

    kind: Literal["dog"] = attrs.field(
        init=False, default="dog", validator=Const("dog"), metadata=field_info("kind")
    )
    """The field 'kind'.

    Always "dog".
    """


class EverythingChoice(StrEnum):
    """Schema `EverythingChoice`.

    Source: #/components/schemas/Everything/allOf/1/properties/choice
    """

    ONE = "one"
    TWO = "two"


@frozen(kw_only=True)
class EverythingInside(Struct):
    """Schema `EverythingInside`.

    Source: #/components/schemas/Everything/allOf/1/properties/inside
    """

    flag: Literal[True] = attrs.field(
        init=False, default=True, validator=Const(True), metadata=field_info("flag")
    )
    """The field 'flag'.

    Always true.
    """


HousePet: TypeAlias = Cat | Dog
"""Schema `HousePet`.

The tag is 'kind'.

Source: #/components/schemas/HousePet
"""

HOUSE_PET = TaggedUnion("kind", Cat, Dog)


class Mood(OpenStrEnum):
    """Schema `Mood`.

    New values are expected: one that is not listed is kept.

    Source: #/components/schemas/Mood
    """

    BAD = "bad"
    GOOD = "good"
    """Fine."""


@frozen(kw_only=True)
class Node(Struct):
    """Refers to itself.

    Source: #/components/schemas/Node
    """

    next: "Node | None" = attrs.field(
        default=None, validator=optional(Of(lambda: Node)), metadata=field_info("next")
    )
    """Refers to itself."""

    others: "tuple[Node, ...] | None" = attrs.field(
        default=None, validator=optional(Items(Of(lambda: Node))), metadata=field_info("others")
    )
    """The field 'others'."""


Pet: TypeAlias = Cat | Dog | Unrecognised
"""Schema `Pet`.

The tag is 'kind'. New members are expected: one with an unknown tag is kept as `Unrecognised`.

Source: #/components/schemas/Pet
"""

PET = TaggedUnion("kind", Cat, Dog, open=True)


@frozen(kw_only=True)
class Everything(Struct):
    """Schema `Everything`.

    Source: #/components/schemas/Everything
    """

    id: str = attrs.field(validator=Text(), metadata=field_info("id"))
    """Given by the base."""

    amount: int = attrs.field(
        validator=Integer(minimum=0, maximum=100),
        metadata=field_info("amount", guessed=True, unit="currency-minor"),
    )
    """How much.

    Unit: minor units of `currency`. Limits: 0 to 100. Source: guess; confidence low. Nobody knows.
    """

    nothing: str | None = attrs.field(validator=Nullable(Text()), metadata=field_info("nothing"))
    """The field 'nothing'."""

    colour: Colour = attrs.field(validator=Choice(Colour), metadata=field_info("colour"))
    """The field 'colour'."""

    always: Literal["yes"] | None = attrs.field(
        default=None, validator=optional(Const("yes")), metadata=field_info("always")
    )
    """The field 'always'.

    Always "yes".
    """

    bag: Mapping[str, Json] | None = attrs.field(
        default=None, validator=optional(Values(Anything())), metadata=field_info("bag")
    )
    """The field 'bag'."""

    choice: EverythingChoice | Absent | None = attrs.field(
        default=ABSENT,
        validator=optional(Nullable(Choice(EverythingChoice))),
        metadata=field_info("choice"),
    )
    """The field 'choice'."""

    counts: Mapping[str, int] | None = attrs.field(
        default=None,
        validator=optional(Values(Integer(minimum=0), max_properties=3)),
        metadata=field_info("counts"),
    )
    """The field 'counts'.

    Limits: at most 3 properties. Each: at least 0.
    """

    currency: str | None = attrs.field(
        default=None,
        validator=optional(Text(pattern="^[A-Z]{3}$")),
        metadata=field_info("currency"),
    )
    """The field 'currency'.

    Limits: pattern `^[A-Z]{3}$`.
    """

    day: Date | None = attrs.field(
        default=None, validator=optional(DateText()), metadata=field_info("day")
    )
    """The field 'day'."""

    free: Json | Absent = attrs.field(
        default=ABSENT, validator=optional(Anything()), metadata=field_info("free")
    )
    """The field 'free'."""

    house_pets: tuple[HousePet, ...] | None = attrs.field(
        default=None,
        validator=optional(Items(HOUSE_PET, min_items=1, unique=True)),
        metadata=field_info("housePets"),
    )
    """The field 'housePets'.

    Limits: at least 1 item, all different.
    """

    inside: EverythingInside | None = attrs.field(
        default=None, validator=optional(Of(EverythingInside)), metadata=field_info("inside")
    )
    """The field 'inside'."""

    mail: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("mail")
    )
    """The field 'mail'.

    Format: email. Deprecated.
    """

    maybe: int | Absent | None = attrs.field(
        default=ABSENT, validator=optional(Nullable(Integer())), metadata=field_info("maybe")
    )
    """The field 'maybe'."""

    mood: Mood | None = attrs.field(
        default=None, validator=optional(Choice(Mood, max_length=9)), metadata=field_info("mood")
    )
    """The field 'mood'.

    Limits: at most 9 characters.
    """

    node: Node | None = attrs.field(
        default=None, validator=optional(Of(Node)), metadata=field_info("node")
    )
    """Refers to itself."""

    pet: Pet | None = attrs.field(default=None, validator=optional(PET), metadata=field_info("pet"))
    """The field 'pet'.

    One of `Cat`, `Dog`.
    """

    rate: Decimal | None = attrs.field(
        default=None,
        validator=optional(Number(exclusive_minimum=Decimal("0.5"), multiple_of=Decimal("0.25"))),
        metadata=field_info("rate"),
    )
    """The field 'rate'.

    Limits: more than 0.5, a multiple of 0.25.
    """

    secret: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Text()),
        metadata=field_info("secret", sensitive=True),
    )
    """The field 'secret'.

    When it is left out, "none" is meant. Sensitive: kept out of repr, logs and error texts.
    """

    shared: Shared | None = attrs.field(
        default=None, validator=optional(Of(Shared)), metadata=field_info("shared")
    )
    """The field 'shared'."""
