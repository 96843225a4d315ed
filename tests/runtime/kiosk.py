"""Messages of a coffee kiosk: a small domain, in the style of generated code, for the tests.

`SCHEMAS` holds the same messages as JSON Schema (Draft 7), so that the two can be compared.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, TypeAlias

import attrs

from stompws.rules import (
    Anything,
    Boolean,
    Choice,
    Const,
    DateText,
    DateTimeText,
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
    DateTime,
    Json,
    OpenStrEnum,
    Struct,
    TaggedUnion,
    Unrecognised,
    field_info,
)


class Size(StrEnum):
    """How big a cup is (closed)."""

    SMALL = "small"
    LARGE = "large"


class Roast(OpenStrEnum):
    """Which beans; unknown values are kept."""

    LIGHT = "light"
    DARK = "dark"


class Outcome(OpenStrEnum):
    """How an order ended; unknown values are kept."""

    SERVED = "served"
    REFUSED = "refused"


class ReceiptKind(StrEnum):
    """Whose copy it is (closed)."""

    CUSTOMER = "customer"
    STAFF = "staff"


@attrs.frozen(kw_only=True)
class KioskHeaders(Struct):
    """Headers of every message."""

    correlation_id: str | None = attrs.field(
        default=None,
        validator=optional(Text(min_length=1)),
        metadata=field_info("x-kiosk-correlation-id"),
    )
    message_id: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("x-kiosk-message-id")
    )
    publisher_id: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("x-kiosk-publisher-id")
    )


@attrs.frozen(kw_only=True)
class Price(Struct):
    """A sum of money."""

    amount: int = attrs.field(
        validator=Integer(minimum=0, maximum=999999), metadata=field_info("amount", unit="minor")
    )
    currency: str = attrs.field(
        validator=Text(pattern="^[A-Z]{3}$"), metadata=field_info("currency", guessed=True)
    )
    tax_rate: Decimal | None = attrs.field(
        default=None,
        validator=optional(Number(minimum=0, exclusive_maximum=1)),
        metadata=field_info("taxRate"),
    )


@attrs.frozen(kw_only=True)
class Cup(Struct):
    """One drink."""

    size: Size = attrs.field(validator=Choice(Size), metadata=field_info("size"))
    price: Price = attrs.field(validator=Of(Price), metadata=field_info("price"))
    roast: Roast | None = attrs.field(
        default=None, validator=optional(Choice(Roast)), metadata=field_info("roast")
    )
    extras: tuple[str, ...] | None = attrs.field(
        default=None,
        validator=optional(Items(Text(min_length=1, max_length=12), max_items=3, unique=True)),
        metadata=field_info("extras"),
    )
    millilitres: int | None = attrs.field(
        default=None,
        validator=optional(Integer(exclusive_minimum=0, multiple_of=10)),
        metadata=field_info("millilitres"),
    )
    note: str | Absent | None = attrs.field(
        default=ABSENT,
        validator=optional(Nullable(Text(max_length=20))),
        metadata=field_info("note"),
    )


@attrs.frozen(kw_only=True)
class LoyaltyCard(Struct):
    """Paid with points."""

    type: Literal["loyalty/card"] = attrs.field(
        init=False,
        default="loyalty/card",
        validator=Const("loyalty/card"),
        metadata=field_info("type"),
    )
    card_number: str = attrs.field(
        repr=False,
        validator=Text(min_length=8, max_length=19, pattern="^[0-9X]+$"),
        metadata=field_info("cardNumber", sensitive=True),
    )


@attrs.frozen(kw_only=True)
class Cash(Struct):
    """Paid with coins."""

    type: Literal["cash"] = attrs.field(
        init=False, default="cash", validator=Const("cash"), metadata=field_info("type")
    )
    given: Price | None = attrs.field(
        default=None, validator=optional(Of(Price)), metadata=field_info("given")
    )


PaymentMethod: TypeAlias = LoyaltyCard | Cash
PAYMENT_METHOD = TaggedUnion("type", LoyaltyCard, Cash)


@attrs.frozen(kw_only=True)
class Order(Struct):
    """Asks for drinks."""

    order_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30, pattern="^[0-9A-Za-z-]+$"),
        metadata=field_info("orderReference"),
    )
    cups: tuple[Cup, ...] = attrs.field(
        validator=Items(Of(Cup), min_items=1, max_items=4), metadata=field_info("cups")
    )
    method: PaymentMethod = attrs.field(validator=PAYMENT_METHOD, metadata=field_info("method"))
    placed_at: DateTime = attrs.field(validator=DateTimeText(), metadata=field_info("placedAt"))
    pick_up_name: str | None = attrs.field(
        validator=Nullable(Text()), metadata=field_info("pickUpName")
    )
    test: Literal[True] | None = attrs.field(
        default=None, validator=optional(Const(True)), metadata=field_info("test")
    )
    birthday: Date | None = attrs.field(
        default=None, validator=optional(DateText()), metadata=field_info("birthday")
    )
    tags: Mapping[str, str] | None = attrs.field(
        default=None, validator=optional(Values(Text())), metadata=field_info("tags")
    )
    extension: Json | Absent = attrs.field(
        default=ABSENT, validator=optional(Anything()), metadata=field_info("extension")
    )


@attrs.frozen(kw_only=True)
class Progress(Struct):
    """Tells how far the machine is."""

    text: str = attrs.field(validator=Text(), metadata=field_info("text"))
    percent: int | None = attrs.field(
        default=None,
        validator=optional(Integer(minimum=0, maximum=100)),
        metadata=field_info("percent"),
    )


@attrs.frozen(kw_only=True)
class ChooseMilk(Struct):
    """Asks which milk."""

    action: Literal["choose-milk"] = attrs.field(
        init=False,
        default="choose-milk",
        validator=Const("choose-milk"),
        metadata=field_info("action"),
    )
    kinds: tuple[str, ...] = attrs.field(
        validator=Items(Text(), min_items=1), metadata=field_info("kinds")
    )


@attrs.frozen(kw_only=True)
class ConfirmName(Struct):
    """Asks whether this is the name."""

    action: Literal["confirm-name"] = attrs.field(
        init=False,
        default="confirm-name",
        validator=Const("confirm-name"),
        metadata=field_info("action"),
    )
    name: str = attrs.field(validator=Text(), metadata=field_info("name"))


RequiredAnswer: TypeAlias = ChooseMilk | ConfirmName | Unrecognised
REQUIRED_ANSWER = TaggedUnion("action", ChooseMilk, ConfirmName, open=True)


@attrs.frozen(kw_only=True)
class Question(Struct):
    """Asks the customer something; each wants exactly one answer."""

    question_id: str = attrs.field(validator=Text(), metadata=field_info("questionId"))
    required: RequiredAnswer = attrs.field(
        validator=REQUIRED_ANSWER, metadata=field_info("required")
    )


@attrs.frozen(kw_only=True)
class Answer(Struct):
    """Answers one question."""

    question_id: str = attrs.field(validator=Text(), metadata=field_info("questionId"))
    accepted: bool = attrs.field(validator=Boolean(), metadata=field_info("accepted"))


@attrs.frozen(kw_only=True)
class Cancel(Struct):
    """Asks to stop. It has no fields."""


@attrs.frozen(kw_only=True)
class Receipt(Struct):
    """One copy of a receipt."""

    kind: ReceiptKind = attrs.field(validator=Choice(ReceiptKind), metadata=field_info("kind"))
    text: str = attrs.field(validator=Text(), metadata=field_info("text"))


@attrs.frozen(kw_only=True)
class Done(Struct):
    """Tells how the order ended."""

    order_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30), metadata=field_info("orderReference")
    )
    outcome: Outcome = attrs.field(validator=Choice(Outcome), metadata=field_info("outcome"))
    total: Price | None = attrs.field(
        default=None, validator=optional(Of(Price)), metadata=field_info("total")
    )


@attrs.frozen(kw_only=True)
class OrderQuery(Struct):
    """Asks how an order ended."""

    order_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30), metadata=field_info("orderReference")
    )


@attrs.frozen(kw_only=True)
class ReceiptQuery(Struct):
    """Asks for receipts up to and with one kind."""

    order_reference: str = attrs.field(
        validator=Text(min_length=1, max_length=30), metadata=field_info("orderReference")
    )
    kind: ReceiptKind | None = attrs.field(
        default=None, validator=optional(Choice(ReceiptKind)), metadata=field_info("kind")
    )


@attrs.frozen(kw_only=True)
class MachineStatus(Struct):
    """Tells how the machine is."""

    ready: bool = attrs.field(validator=Boolean(), metadata=field_info("ready"))


@attrs.frozen(kw_only=True)
class Enrolment(Struct):
    """Makes a till known to the kiosk."""

    activation_code: str = attrs.field(
        repr=False,
        validator=Text(min_length=4, max_length=40),
        metadata=field_info("activationCode", sensitive=True),
    )


@attrs.frozen(kw_only=True)
class Enrolled(Struct):
    """The key that the till uses from now on."""

    kiosk_key: str = attrs.field(
        repr=False, validator=Text(min_length=1), metadata=field_info("kioskKey", sensitive=True)
    )


@attrs.frozen(kw_only=True)
class Fault(Struct):
    """Tells that something went wrong."""

    code: str = attrs.field(validator=Text(), metadata=field_info("code"))
    message: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("message")
    )


MESSAGES: tuple[type[Struct], ...] = (
    Order, Progress, Question, Answer, Cancel, Receipt, Done, OrderQuery, ReceiptQuery,
    MachineStatus, Enrolment, Enrolled, Fault, KioskHeaders,
)  # fmt: skip


def _object(required: str, /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


_TEXT = {"type": "string"}
_REFERENCE = {"type": "string", "minLength": 1, "maxLength": 30}
_PRICE = _object(
    "amount currency",
    amount={"type": "integer", "minimum": 0, "maximum": 999999},
    currency={"type": "string", "pattern": "^[A-Z]{3}$"},
    taxRate={"type": "number", "minimum": 0, "exclusiveMaximum": 1},
)
_CUP = _object(
    "size price",
    size={"type": "string", "enum": ["small", "large"]},
    price=_PRICE,
    roast=_TEXT,
    extras={
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": 12},
        "maxItems": 3,
        "uniqueItems": True,
    },
    millilitres={"type": "integer", "exclusiveMinimum": 0, "multipleOf": 10},
    note={"type": ["string", "null"], "maxLength": 20},
)
_METHOD = {
    "type": "object",
    "required": ["type"],
    "properties": {"type": _TEXT},
    "oneOf": [
        _object(
            "type cardNumber",
            type={"const": "loyalty/card"},
            cardNumber={
                "type": "string", "minLength": 8, "maxLength": 19, "pattern": "^[0-9X]+$",
            },
        ),
        _object("type", type={"const": "cash"}, given=_PRICE),
    ],
}  # fmt: skip
_REQUIRED = {
    "type": "object",
    "required": ["action"],
    "properties": {"action": _TEXT},
    "oneOf": [
        _object(
            "action kinds",
            action={"const": "choose-milk"},
            kinds={"type": "array", "items": _TEXT, "minItems": 1},
        ),
        _object("action name", action={"const": "confirm-name"}, name=_TEXT),
        _object(
            "action", action={"type": "string", "not": {"enum": ["choose-milk", "confirm-name"]}}
        ),
    ],
}

SCHEMAS: Mapping[type[Struct], dict[str, Any]] = {
    Order: _object(
        "orderReference cups method placedAt pickUpName",
        orderReference={**_REFERENCE, "pattern": "^[0-9A-Za-z-]+$"},
        cups={"type": "array", "items": _CUP, "minItems": 1, "maxItems": 4},
        method=_METHOD,
        placedAt={"type": "string", "format": "date-time"},
        pickUpName={"type": ["string", "null"]},
        test={"const": True},
        birthday={"type": "string", "format": "date"},
        tags={"type": "object", "additionalProperties": _TEXT},
        extension={},
    ),
    Question: _object("questionId required", questionId=_TEXT, required=_REQUIRED),
    Done: _object("orderReference outcome", orderReference=_REFERENCE, outcome=_TEXT, total=_PRICE),
    Answer: _object("questionId accepted", questionId=_TEXT, accepted={"type": "boolean"}),
    Cancel: _object(""),
}

EXAMPLES: Mapping[type[Struct], tuple[str, ...]] = {
    Order: (
        """{"orderReference": "A-1", "cups": [{"size": "small", "price": {"amount": 250,
        "currency": "GBP", "taxRate": 0.20}, "roast": "dark", "extras": ["milk", "cocoa"],
        "millilitres": 200, "note": null}], "method": {"type": "loyalty/card",
        "cardNumber": "492949XXXXXX0002"}, "placedAt": "2019-08-24T14:15:22Z",
        "pickUpName": null, "test": true, "birthday": "2019-08-24", "tags": {"a": "b"},
        "extension": {"deep": [1, 2.50, null, true]}}""",
        """{"orderReference": "B2", "cups": [{"size": "large", "price": {"amount": 0,
        "currency": "EUR"}}, {"size": "small", "price": {"amount": 1.0, "currency": "EUR"},
        "roast": "burnt", "note": "hot"}], "method": {"type": "cash", "given": {"amount": 500,
        "currency": "EUR"}}, "placedAt": "soon", "pickUpName": "Zoë \U0001f980"}""",
    ),
    Question: (
        '{"questionId": "1", "required": {"action": "choose-milk", "kinds": ["oat", "cow"]}}',
        '{"questionId": "2", "required": {"action": "confirm-name", "name": "Zoë", "new": 1}}',
        '{"questionId": "3", "required": {"action": "sing", "songs": [{"title": "x"}]}}',
    ),
    Done: (
        '{"orderReference": "A-1", "outcome": "served", "total": {"amount": 1, "currency": "GBP"}}',
        '{"orderReference": "A-1", "outcome": "spilt", "mop": true}',
    ),
    Answer: ('{"questionId": "1", "accepted": true}',),
    Cancel: ("{}",),
}
