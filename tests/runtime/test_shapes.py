"""What generated messages are built from."""

import base64
import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, ClassVar

import attrs
import pytest

from kiosk import Cash, Cup, Enrolment, Fault, LoyaltyCard, Order, Price, Roast, Size
from stompws.errors import InvalidMessageError, Problem
from stompws.rules import Integer, Text, step
from stompws.shapes import (
    ABSENT,
    Absent,
    Date,
    DateTime,
    FrozenMap,
    Server,
    Struct,
    TaggedUnion,
    Undecodable,
    UnknownFields,
    Unrecognised,
    field_info,
)

PRICE = Price(amount=250, currency="GBP")


def twins(value: Any) -> list[Any]:
    return [copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))]  # noqa: S301


def test_an_unknown_value_is_a_member_that_is_not_registered() -> None:
    """It compares as its text, is marked, and leaves the enumeration as it was."""
    burnt = Roast("burnt")
    assert burnt == "burnt" == Roast("burnt")
    assert isinstance(burnt, Roast)
    assert not burnt.is_known
    assert Roast.DARK.is_known
    assert Roast("dark") is Roast.DARK
    assert list(Roast) == [Roast.LIGHT, Roast.DARK]
    assert (str(burnt), f"{burnt}", burnt.value) == ("burnt",) * 3
    assert {burnt: 1}["burnt"] == 1  # type: ignore[index]  # hashed as its text


@pytest.mark.parametrize("odd", [1, None, Size.SMALL, b"dark"])
def test_only_text_makes_a_new_member(odd: Any) -> None:
    """An enumeration of strings does not take other things for one."""
    with pytest.raises(ValueError, match="not a valid Roast"):
        Roast(odd)


def test_values_can_be_copied_and_pickled() -> None:
    """Pseudo-members, date-times, structs and frozen maps are values like any other."""
    values = [
        Roast("burnt"),
        DateTime("2019-08-24T14:15:22Z"),
        Date("odd"),
        Price(amount=1, currency="GBP"),
        Price(amount=1, currency="GBP", unknown_fields=UnknownFields({"x": [1]})),
        Unrecognised("sing", UnknownFields({"action": "sing"})),
        FrozenMap({"a": 1}),
        ABSENT,
    ]
    for value in values:
        for twin in twins(value):
            assert twin == value
            assert type(twin) is type(value)
            assert hash(twin) == hash(value)
    assert twins(ABSENT) == [ABSENT] * 3
    assert pickle.loads(pickle.dumps(ABSENT)) is ABSENT  # noqa: S301


def test_absence_is_falsy_and_says_what_it_is() -> None:
    """ABSENT is not None: None stands for null beside it."""
    assert not ABSENT
    assert repr(ABSENT) == "ABSENT"
    assert list(Absent) == [ABSENT]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019-08-24T14:15:22Z", datetime(2019, 8, 24, 14, 15, 22, tzinfo=UTC)),
        ("2019-08-24t14:15:22z", datetime(2019, 8, 24, 14, 15, 22, tzinfo=UTC)),
        ("2019-08-24T14:15:22.5Z", datetime(2019, 8, 24, 14, 15, 22, 500000, tzinfo=UTC)),
        ("2019-08-24T14:15:22.123456789Z",
         datetime(2019, 8, 24, 14, 15, 22, 123456, tzinfo=UTC)),
        ("2019-08-24T14:15:22+02:00",
         datetime(2019, 8, 24, 14, 15, 22, tzinfo=timezone(timedelta(hours=2)))),
        ("2019-08-24T14:15:22", None),
        ("2019-02-30T14:15:22Z", None),
        ("2019-08-24T14:15:61Z", None),
        ("2019-08-24T14:15:22+25:00", None),
        ("20190824T141522Z", None),
        ("2019-W34-6T14:15:22Z", None),
        ("\uff12019-08-24T14:15:22Z", None),
        ("2019-08-24T14:15:22Z\n", None),
        ("", None),
    ],
)  # fmt: skip
def test_date_time_keeps_its_text_and_knows_its_moment(text: str, moment: datetime | None) -> None:
    """The moment is None when the text is not RFC 3339; the text stays what it was."""
    assert DateTime(text).moment == moment
    assert str(DateTime(text)) == text


def test_date_time_is_written_as_rfc_3339() -> None:
    """UTC is written Z, other zones as an offset, and a moment without a zone is refused."""
    moment = datetime(2019, 8, 24, 14, 15, 22, tzinfo=UTC)
    assert DateTime.of(moment) == "2019-08-24T14:15:22Z"
    east = moment.astimezone(timezone(timedelta(hours=2)))
    assert DateTime.of(east) == "2019-08-24T16:15:22+02:00"
    assert DateTime.of(east).moment == moment
    with pytest.raises(ValueError, match="time zone"):
        DateTime.of(moment.replace(tzinfo=None))


def test_date_keeps_its_text_and_knows_its_day() -> None:
    """As with date-times."""
    assert Date.of(date(2019, 8, 24)) == "2019-08-24"
    assert Date("2019-08-24").day == date(2019, 8, 24)
    assert [Date(text).day for text in ("20190824", "2019-13-01", "soon")] == [None] * 3


def test_repr_shows_neither_sensitive_nor_unknown_values() -> None:
    """Names of unknown fields are shown, their values are not, wherever the message stands."""
    card = LoyaltyCard(card_number="4929490000070006", unknown_fields={"pin": "1234"})
    assert repr(card) == "LoyaltyCard(type='loyalty/card', unknown_fields=['pin'])"
    assert repr(Enrolment(activation_code="sesame")) == "Enrolment()"
    assert "1234" not in repr([Unrecognised("x", {"a": "1234"}), UnknownFields({"a": "1234"})])
    assert "1234" not in repr(Undecodable("Order", b"1234", ()))
    assert repr(Price(amount=1, currency="GBP")) == "Price(amount=1, currency='GBP', tax_rate=None)"


NUMBER = "4929490000070006"
MASKED = "************0006"


@pytest.mark.parametrize("separator", ["", " ", "-", ".", "\u00a0"])
def test_repr_shows_no_card_number_whoever_wrote_it(separator: str) -> None:
    """A text that nobody declared sensitive can hold one: an error, a new value, a made-up name."""
    number = separator.join(NUMBER[at : at + 4] for at in range(0, 16, 4))
    order = Order(
        order_reference="A",
        cups=(Cup(size=Size.SMALL, price=PRICE, roast=Roast(number), extras=(NUMBER[:12],)),),
        method=Cash(unknown_fields={number: 1}),
        placed_at=DateTime(number),
        pick_up_name=f"for {number}",
        birthday=Date(number),
        tags=FrozenMap({number: number}),
        extension={"a": [number, int(NUMBER), Decimal(NUMBER), (number,), True, None]},
    )
    received = [
        order,
        Fault(code="7", message=f"no {number}, sorry"),
        Unrecognised(number, {}),
        Unrecognised(None, {}),
        UnknownFields({number: 1}),
        Undecodable("Order", b"", (Problem(f"$.{number}", f"expected {number}"),)),
    ]
    text = repr(received).replace("\\xa0", "\u00a0")
    assert number not in text
    assert NUMBER not in text
    assert text.count(MASKED) == 16
    assert order.pick_up_name == f"for {number}"  # in the data nothing is masked


def test_repr_is_that_of_python_where_nothing_is_masked() -> None:
    """What is shown can be pasted into a test."""
    cup = Cup(size=Size.SMALL, price=PRICE, roast=Roast("burnt"), extras=("it's",))
    assert repr(cup) == (
        "Cup(size=<Size.SMALL: 'small'>, price=Price(amount=250, currency='GBP', tax_rate=None), "
        "roast=<Roast.burnt: 'burnt'>, extras=(\"it's\",), millilitres=None, note=ABSENT)"
    )
    assert (
        repr(FrozenMap({"a": [1, ("x",), {}, (1, 2)]}))
        == "FrozenMap({'a': [1, ('x',), {}, (1, 2)]})"
    )


def test_a_name_that_hides_a_card_number_is_not_in_a_path() -> None:
    """Base64 of a number has few digits and looks like a name."""
    name = base64.b64encode(NUMBER.encode()).decode().rstrip("=")
    assert name.isidentifier()
    assert [step(name), step("theReferenceOfTheCustomer"), step("a b")] == [
        "[…]", ".theReferenceOfTheCustomer", "[…]",
    ]  # fmt: skip


def test_structs_are_compared_by_all_they_hold() -> None:
    """Unknown fields count for equality; equal structs have equal hashes."""
    plain, more = Fault(code="1"), Fault(code="1", unknown_fields=UnknownFields({"x": 1}))
    assert plain != more
    assert plain == Fault(code="1", unknown_fields={})
    assert hash(more) == hash(Fault(code="1", unknown_fields=UnknownFields({"x": 1})))
    assert len({plain, more, Fault(code="1")}) == 2


def test_structs_are_frozen_and_have_no_room_for_more() -> None:
    """A message that was checked stays what it was."""
    message: Any = Fault(code="1")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        message.code = "2"
    with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
        message.other = 1
    with pytest.raises(TypeError):
        message.unknown_fields["x"] = 1
    cash: Any = Cash
    with pytest.raises(TypeError):
        cash(type="loyalty/card")


def test_a_union_needs_a_different_constant_in_each_variant() -> None:
    """A table that cannot tell two classes apart is refused where it is declared."""
    with pytest.raises(TypeError, match="two variants share"):
        TaggedUnion("type", Cash, Cash)
    with pytest.raises(TypeError, match="Price has no constant type"):
        TaggedUnion("type", Cash, Price)
    assert repr(TaggedUnion("type", Cash, open=True)) == "TaggedUnion('type', Cash, open=True)"


@attrs.frozen(kw_only=True)
class Shop(Server):
    """A kiosk in a shop."""

    host: str = attrs.field(validator=Text(min_length=1), metadata=field_info("host"))
    port: int = attrs.field(
        default=7080, validator=Integer(minimum=1, maximum=65535), metadata=field_info("port")
    )
    till_id: str = attrs.field(default="T1", validator=Text(), metadata=field_info("tillId"))
    location: ClassVar[str] = "{host}:{port}/kiosk/{tillId}"


@pytest.mark.parametrize(
    ("values", "url"),
    [
        ({"host": "kiosk.example"}, "wss://kiosk.example:7080/kiosk/T1"),
        ({"host": "::1", "port": 1}, "wss://[::1]:1/kiosk/T1"),
        ({"host": "[2001:DB8::1]"}, "wss://[2001:db8::1]:7080/kiosk/T1"),
        ({"host": "h", "till_id": "a/b?c#d é"}, "wss://h:7080/kiosk/a%2Fb%3Fc%23d%20%C3%A9"),
        ({"host": "evil.example/x@y"}, "wss://evil.example%2Fx%40y:7080/kiosk/T1"),
        ({"host": "127.0.0.1", "plain": True}, "ws://127.0.0.1:7080/kiosk/T1"),
        ({"host": "::1", "plain": True}, "ws://[::1]:7080/kiosk/T1"),
        ({"host": "localhost", "plain": True}, "ws://localhost:7080/kiosk/T1"),
    ],
)
def test_server_url_is_made_of_encoded_values(values: dict[str, Any], url: str) -> None:
    """No value can change where the address leads; TLS is the default."""
    assert Shop(**values).url == url


@pytest.mark.parametrize("host", ["kiosk.example", "10.0.0.1", "localhost.example", "127.0.0.1.x"])
def test_plain_is_for_loopback_only(host: str) -> None:
    """Without TLS a message does not leave the machine."""
    with pytest.raises(InvalidMessageError, match=r"Shop: \$\.plain: expected a loopback host"):
        Shop(host=host, plain=True)


def test_server_values_are_checked() -> None:
    """Servers follow their rules as messages do."""
    with pytest.raises(InvalidMessageError, match=r"\$\.port: expected at most 65535"):
        Shop(host="h", port=70000)


def test_field_info_cannot_be_changed() -> None:
    """Metadata of a class is the same for everybody."""
    info: Any = field_info("a", sensitive=True, unit="hours")
    assert dict(info) == {"wire": "a", "sensitive": True, "guessed": False, "unit": "hours"}
    with pytest.raises(TypeError):
        info["wire"] = "b"


def test_base_struct_has_nothing_but_unknown_fields() -> None:
    """What a schema names stands in the subclasses."""
    assert [field.name for field in attrs.fields(Struct)] == ["unknown_fields"]
