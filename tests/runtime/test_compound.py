"""Rules for what has no single type, and conditions: what they accept is what they explain."""

from decimal import Decimal
from typing import Any, ClassVar

import attrs
import pytest

from stompws.codec import Codec
from stompws.compound import Among, Either, Fits, Late, Nothing, Row
from stompws.conditions import Conditions
from stompws.errors import DecodeError, InvalidMessageError
from stompws.rules import Anything, Integer, Items, Nullable, Of, Text, Values, optional
from stompws.shapes import ABSENT, NO_REST, Absent, Json, Struct, field_info


@attrs.frozen(kw_only=True)
class Point(Struct):
    x: int = attrs.field(validator=Integer(), metadata=field_info("x"))


@attrs.frozen(kw_only=True)
class Named(Struct):
    x: int = attrs.field(validator=Integer(), metadata=field_info("x"))
    name: str | None = attrs.field(
        default=None, validator=optional(Text()), metadata=field_info("name")
    )


@attrs.frozen(kw_only=True)
class Strict(Struct):
    schema_closed: ClassVar[bool] = True
    schema_conditions: ClassVar[Any] = {"minProperties": 1}

    secret: str | None = attrs.field(
        default=None,
        repr=False,
        validator=optional(Text(max_length=3)),
        metadata=field_info("secret", sensitive=True),
    )


@attrs.frozen(kw_only=True)
class Counted(Struct):
    total: Json | Absent = attrs.field(
        default=ABSENT, validator=optional(Anything()), metadata=field_info("total")
    )
    additional_properties: Any = attrs.field(
        default=NO_REST, validator=Values(Integer()), metadata=field_info("*", kind="rest")
    )


@attrs.frozen(kw_only=True)
class Whole(Struct):
    value: Any = attrs.field(
        validator=Either(Of(Point), Of(Named), Items(Text())),
        metadata=field_info("value", kind="whole"),
    )


CODEC = Codec([Point, Named, Strict, Counted, Whole])
RULES = [
    Nothing(),
    Among(1, "a", None),
    Among(True),
    Either(Text(), Integer()),
    Row(Text(), Integer()),
    Row(Text(), rest=Integer(), min_items=1, unique=True),
    Fits(Anything(), {"not": {"type": "string"}}),
    Fits(Items(Integer()), {"contains": {"const": 1}}),
    Late(lambda: Nullable(Text()), null=True),
]
VALUES = [None, True, 1, 0, Decimal("1.0"), "a", "b", (), ("a",), ("a", 1), ("a", 1, 1), (1, 1), {}]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_what_a_rule_refuses_it_explains(rule, value) -> None:
    """The fast answer and the one in words are the same, and no text quotes the value."""
    assert rule.accepts(value) is (not list(rule.violations(value)))


def test_true_is_not_one_among_values() -> None:
    """JSON tells them apart, Python's `in` does not."""
    assert not Among(1).accepts(True)
    assert not Among(True).accepts(1)
    assert Among(1).from_wire(Decimal("1.0")) == 1


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ('{"x": 1}', Point),
        ('{"x": 1, "name": "n"}', Named),
        ('{"x": 1, "other": 2}', Point),
        ('["a"]', tuple),
    ],
)
def test_the_alternative_that_knows_most_is_taken(text, type_) -> None:
    """Of those that fit; the first of several."""
    assert type(CODEC.decode(Whole, text).value) is type_


def test_what_fits_no_alternative_is_told_without_the_value() -> None:
    """Where, and how many there are."""
    with pytest.raises(DecodeError, match=r"\$: expected one of 3 alternatives, got integer"):
        CODEC.decode(Whole, "4111")


def test_exactly_one_is_asked_for_when_sending_too() -> None:
    """Which alternatives a value fits is decided by its JSON, whatever class it has."""

    @attrs.frozen(kw_only=True)
    class One(Struct):
        value: Any = attrs.field(
            validator=Either(Of(Point), Of(Named), one=True), metadata=field_info("value")
        )

    codec = Codec([One])
    with pytest.raises(InvalidMessageError, match="exactly one of the 2 alternatives"):
        codec.encode(One(value=Point(x=1)))
    with pytest.raises(DecodeError, match="exactly one of the 2 alternatives"):
        codec.decode(One, '{"value": {"x": 1}}')
    with pytest.raises(DecodeError, match="exactly one of the 2 alternatives"):
        codec.decode(One, '{"value": {"x": 1.0}}')


def test_a_closed_object_reports_others_and_keeps_them() -> None:
    """Strictly it is refused; tolerantly nothing is lost."""
    with pytest.raises(DecodeError, match=r"\$\.more: expected nothing to be here"):
        CODEC.decode(Strict, '{"secret": "x", "more": 1}')
    received = CODEC.receive(Strict, '{"secret": "x", "more": 1}')
    assert received.payload.unknown_fields == {"more": 1}
    assert CODEC.dump(received.payload) == b'{"secret":"x","more":1}'


def test_conditions_hold_for_the_object_as_a_whole() -> None:
    """When it is read and when it is sent."""
    with pytest.raises(DecodeError, match="at least 1 properties"):
        CODEC.decode(Strict, "{}")
    with pytest.raises(InvalidMessageError, match="at least 1 properties"):
        CODEC.encode(Strict())


def test_further_properties_are_read_checked_and_sent() -> None:
    """They are a field; one that does not fit is kept beside it, and reported."""
    message = CODEC.decode(Counted, '{"total": null, "a": 1}')
    assert message == Counted(total=None, additional_properties={"a": 1})
    assert CODEC.encode(message) == b'{"total":null,"a":1}'
    received = CODEC.receive(Counted, '{"a": 1, "b": "x"}')
    assert [problem.path for problem in received.problems] == ["$.b"]
    assert received.payload.additional_properties == {"a": 1}
    assert received.payload.unknown_fields == {"b": "x"}


def test_a_further_property_cannot_take_the_place_of_a_field() -> None:
    """Else one name would travel twice."""
    with pytest.raises(InvalidMessageError, match=r"\$\.total: has a field of its own"):
        CODEC.encode(Counted(additional_properties={"total": 1}))


def test_a_value_that_is_no_object_travels_as_it_is() -> None:
    """The class around it is Python's alone."""
    message = Whole(value=("a", "b"))
    assert CODEC.encode(message) == b'["a","b"]'
    assert CODEC.decode(Whole, b'["a","b"]') == message
    assert CODEC.dump(message) == b'["a","b"]'


def test_no_text_quotes_a_secret() -> None:
    """Neither a rule nor a condition shows what it refuses."""
    with pytest.raises(DecodeError) as caught:
        CODEC.decode(Strict, '{"secret": "4111111111111111"}')
    assert "4111" not in str(caught.value)
    found = Conditions({"const": "a", "enum": ["b"], "pattern": "^c", "type": "null"})
    assert "4111" not in str(list(found.violations("4111111111111111")))


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"const": 1}, [1, Decimal("1.0")], [True, 2]),
        ({"enum": [None, {"a": [1.5]}]}, [None, {"a": [Decimal("1.5")]}], [{}]),
        ({"multipleOf": 0.1}, [Decimal("0.3"), "x"], [Decimal("0.35")]),
        ({"type": "integer"}, [Decimal("2.0")], [Decimal("2.5"), True]),
        ({"uniqueItems": True}, [[1, True]], [[1, Decimal("1.0")]]),
        ({"dependencies": {"a": ["b"]}}, [{"a": 1, "b": 1}, {}], [{"a": 1}]),
        ({"if": {"type": "string"}, "then": {"minLength": 2}}, [1, "ab"], ["a"]),
        ({"else": False, "if": {"type": "string"}}, ["a"], [1]),
        ({"$ref": "#/definitions/a", "definitions": {"a": {"type": "null"}}}, [None], [1]),
        ({"additionalItems": False, "items": [True]}, [[1]], [[1, 2]]),
    ],
)
def test_conditions_are_those_of_draft_7(schema, good, bad) -> None:
    """Keyword by keyword, where it is easy to be wrong."""
    found = Conditions(schema)
    assert all(found.hold(value) for value in good)
    assert not any(found.hold(value) for value in bad)


def test_a_condition_that_refers_to_itself_ends() -> None:
    """`{"$ref": "#"}` says of a value what it says of that value: nothing."""
    schema = {"allOf": [{"$ref": "#/definitions/a"}], "definitions": {}}
    schema["definitions"] = {"a": {"allOf": [{"$ref": "#/definitions/a"}, {"type": "string"}]}}
    assert Conditions(schema).hold("x")
    assert not Conditions(schema).hold(1)
