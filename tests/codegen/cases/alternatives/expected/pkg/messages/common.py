# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 f3149dbbded7…
"""What messages of several tags, or of none, are made of."""

from decimal import Decimal
from typing import Never

import attrs

from stompws.compound import Either, Fits, Nothing
from stompws.rules import Anything, Const, Integer, Items, Nullable, Number, Of, Text, optional
from stompws.shapes import ABSENT, Absent, Json, Struct, field_info


@attrs.frozen(kw_only=True)
class Bag(Struct):
    """Schema `Bag`.

    Source: #/components/schemas/Bag
    """

    colour: str = attrs.field(validator=Text(), metadata=field_info("colour"))
    """The field 'colour'."""


@attrs.frozen(kw_only=True)
class Box(Struct):
    """Schema `Box`.

    Source: #/components/schemas/Box
    """

    width: int = attrs.field(validator=Integer(), metadata=field_info("width"))
    """The field 'width'."""


@attrs.frozen(kw_only=True)
class Firm(Struct):
    """Schema `Firm`.

    Source: #/components/schemas/Firm
    """

    type: str = attrs.field(validator=Text(), metadata=field_info("type"))
    """The field 'type'."""

    name: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("name")
    )
    """The field 'name'."""


@attrs.frozen(kw_only=True)
class Person(Struct):
    """Schema `Person`.

    Source: #/components/schemas/Person
    """

    type: str = attrs.field(validator=Text(), metadata=field_info("type"))
    """The field 'type'."""

    name: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("name")
    )
    """The field 'name'."""


@attrs.frozen(kw_only=True)
class Parcel(Struct):
    """Schema `Parcel`.

    Source: #/components/schemas/Parcel
    """

    content: Box | Bag = attrs.field(
        validator=Either(Of(Box), Of(Bag), one=True), metadata=field_info("content")
    )
    """What is inside; no constant tells, the properties do."""

    any: Json | Absent = attrs.field(
        default=ABSENT, validator=optional(Anything()), metadata=field_info("any")
    )
    """The field 'any'."""

    code: str | int | Absent | None = attrs.field(
        default=ABSENT,
        validator=optional(Nullable(Either(Text(), Integer()))),
        metadata=field_info("code"),
    )
    """The field 'code'."""

    label: str | Absent | None = attrs.field(
        default=ABSENT,
        validator=optional(Nullable(Text(max_length=20))),
        metadata=field_info("label"),
    )
    """The field 'label'.

    Limits: at most 20 characters.
    """

    nothing: Never | None = attrs.field(
        default=None, validator=optional(Nothing()), metadata=field_info("nothing")
    )
    """The field 'nothing'."""

    odd: Json | Absent = attrs.field(
        default=ABSENT,
        validator=optional(Fits(Anything(), {"not": {"type": "boolean"}})),
        metadata=field_info("odd"),
    )
    """The field 'odd'.

    Checked too: not.
    """

    owner: Person | Firm | None = attrs.field(
        default=None,
        validator=optional(
            Either(
                Of(Person),
                Of(Firm),
                one=True,
                tag="type",
                names={"Firm": 1, "Person": 0, "company": 1},
            )
        ),
        metadata=field_info("owner"),
    )
    """Told apart by the names of the schemas."""

    price: Decimal | None = attrs.field(
        default=None,
        validator=optional(
            Fits(
                Number(minimum=0, multiple_of=Decimal("0.5")),
                {"oneOf": [{"maximum": 10}, {"minimum": 100}]},
            )
        ),
        metadata=field_info("price"),
    )
    """The field 'price'.

    Limits: at least 0, a multiple of 0.5. Checked too: oneOf.
    """

    weight: int | str | None = attrs.field(
        default=None,
        validator=optional(Either(Integer(minimum=1), Text(pattern="^[0-9]+ kg$"))),
        metadata=field_info("weight"),
    )
    """The field 'weight'."""


@attrs.frozen(kw_only=True)
class Ping(Struct):
    """Schema `Ping`.

    Source: #/components/messages/Ping/payload
    """

    value: None = attrs.field(validator=Const(None), metadata=field_info("value", kind="whole"))
    """What travels: the JSON value itself.

    Always null.
    """


@attrs.frozen(kw_only=True)
class SearchMessage(Struct):
    """A message that is no object.

    Source: #/components/schemas/Search
    """

    value: str | tuple[Box, ...] = attrs.field(
        validator=Either(Text(min_length=1), Items(Of(Box))),
        metadata=field_info("value", kind="whole"),
    )
    """What travels: the JSON value itself."""
