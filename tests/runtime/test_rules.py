"""Rules as validators: what may be constructed, and what an error tells."""

import enum
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import PAYMENT_METHOD, REQUIRED_ANSWER, Cash, Cup, LoyaltyCard, Price, Roast, Size
from stompws.errors import InvalidMessageError
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
    Rule,
    Text,
    Values,
    optional,
)
from stompws.shapes import ABSENT, Date, DateTime, FrozenMap


class Loud(str):
    """A str that is not quite one."""

    __slots__ = ()


class Level(enum.IntEnum):
    """An int that is not quite one."""

    ONE = 1


PRICE = Price(amount=1, currency="GBP")

GOOD_AND_BAD: list[tuple[Rule, list[Any], list[Any]]] = [
    (Text(), ["", "x"], [None, 1, b"x", Loud("x"), Size.SMALL, DateTime("x")]),
    (Text(min_length=2, max_length=3), ["é🦀", "abc"], ["🦀", "abcd", "", "e\u0301xx"]),
    (Text(max_length=0), [""], ["x"]),
    (Text(pattern="^a$"), ["a"], ["a\n", "A", ""]),
    (Integer(), [0, -(10**30)], [True, 1.0, Decimal(1), "1", None, Level.ONE]),
    (Integer(minimum=1, maximum=3), [1, 3], [0, 4]),
    (Integer(exclusive_minimum=1, exclusive_maximum=3), [2], [1, 3]),
    (Integer(minimum=0), [0, 10**20], [-1]),
    (Integer(multiple_of=5), [0, -10], [1, 7]),
    (Number(), [Decimal("1.5"), Decimal(1)], [1, 1.5, True, Decimal("NaN"), Decimal("-Infinity")]),
    (Number(minimum=0.1, maximum=Decimal("0.2")), [Decimal("0.1"), Decimal("0.20")],
     [Decimal("0.0999"), Decimal("0.2001")]),
    (Number(multiple_of=0.01), [Decimal("0.07"), Decimal("1E+999999999"), Decimal(0)],
     [Decimal("0.075"), Decimal("1E-999999999")]),
    (Number(multiple_of=3), [Decimal("3E+9"), Decimal("30E-1")],
     [Decimal("1E+999999"), Decimal(4)]),
    (Boolean(), [True, False], [0, 1, "true", None]),
    (DateTimeText(), [DateTime("x")], ["x", Date("x"), None]),
    (DateText(), [Date("x")], ["x", DateTime("x")]),
    (Choice(Size), [Size.SMALL], ["small", Roast("small"), None]),
    (Choice(Roast), [Roast.DARK, Roast("burnt")], ["dark", Size.SMALL]),
    (Const("a"), ["a"], ["b", Loud("a"), None]),
    (Const(1), [1], [True, 1.0, Decimal(1)]),
    (Const(True), [True], [1, False]),
    (Const(None), [None], [0, False]),
    (Of(Price), [PRICE], [Cash(), {"amount": 1}, None]),
    (Items(Integer()), [(), (1, 2)], [[1], (1, True), None, "12"]),
    (Items(Text(), min_items=1, max_items=2, unique=True), [("a",), ("a", "b")],
     [(), ("a", "a"), ("a", "b", "c")]),
    (Items(Anything(), unique=True), [(1, True, "1", None), ([1], [2])],
     [(1, Decimal("1.0")), ({"a": [1]}, {"a": (1,)}), (PRICE, Price(amount=1, currency="GBP"))]),
    (Values(Integer(), min_properties=1, max_properties=2), [{"a": 1}, FrozenMap({"a": 1, "b": 2})],
     [{}, {"a": "1"}, {1: 1}, {"a": 1, "b": 2, "c": 3}, [("a", 1)]]),
    (Anything(), [None, 1, "x", Decimal("1.5"), {"a": [True, (None,)]}],
     [1.5, b"", {"a": 1.5}, {1: 1}, [object()], Decimal("NaN"), Size.SMALL]),
    (Nullable(Text()), [None, "x"], [1, ABSENT]),
    (optional(Text()), [None, "x"], [1, ABSENT]),
    (optional(Nullable(Text())), [ABSENT, None, "x"], [1]),
    (PAYMENT_METHOD, [Cash()], [PRICE, None, {"type": "cash"}]),
    (REQUIRED_ANSWER, [], [Cash(), None]),
]  # fmt: skip
EXAMPLES = [(rule, value) for rule, good, bad in GOOD_AND_BAD for value in good + bad]


@pytest.mark.parametrize(("rule", "good", "bad"), GOOD_AND_BAD, ids=lambda value: repr(value)[:40])
def test_rule_accepts_what_the_schema_allows(rule: Rule, good: list[Any], bad: list[Any]) -> None:
    """Types are exact: no bool for an int, no subclass for a str, no number for a Decimal."""
    assert [value for value in good if not rule.accepts(value) or rule.violations(value)] == []
    assert [value for value in bad if rule.accepts(value) or not rule.violations(value)] == []


ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.decimals()
    | st.text(max_size=4) | st.sampled_from([value for _, value in EXAMPLES]),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner)
    | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=1500, derandomize=True, deadline=None, database=None)
@given(st.sampled_from([rule for rule, _, _ in GOOD_AND_BAD]), ANY)
def test_the_fast_and_the_telling_form_of_a_rule_agree(rule: Rule, value: Any) -> None:
    """`accepts` says yes exactly when `violations` has nothing to say."""
    assert rule.accepts(value) == (not rule.violations(value))


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: Price(amount=-987654, currency="GBP"), "Price: $.amount: expected at least 0"),
        (lambda: Price(amount=1, currency="987654"),
         "Price: $.currency: expected a match of the pattern ^[A-Z]{3}$ (the rule is a guess)"),
        (lambda: LoyaltyCard(card_number="987654"),
         "LoyaltyCard: $.cardNumber: expected at least 8 characters"),
        (lambda: Cup(size=Size.SMALL, price=PRICE, extras=("x", "987654" * 3)),
         "Cup: $.extras[1]: expected at most 12 characters"),
        (lambda: Cup(size=Size.SMALL, price=PRICE, millilitres=987654),
         "Cup: $.millilitres: expected a multiple of 10"),
        (lambda: Cup(size="987654", price=PRICE), "Cup: $.size: expected Size, got string"),
        (lambda: attrs.evolve(PRICE, tax_rate=Decimal(987654)),
         "Price: $.taxRate: expected less than 1"),
    ],
)  # fmt: skip
def test_an_error_names_type_path_and_rule_but_not_the_value(make: Any, text: str) -> None:
    """No text, argument or cause holds what was refused; evolve checks like the constructor."""
    with pytest.raises(InvalidMessageError) as caught:
        make()
    assert str(caught.value) == text
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert "987654" not in repr(caught.value.args)


def test_rules_are_values() -> None:
    """Equal rules are equal and hash alike; different unions are different."""
    assert Text(max_length=3) == Text(max_length=3) != Text(max_length=4)
    assert len({Items(Of(Price)), Items(Of(Price)), PAYMENT_METHOD, REQUIRED_ANSWER}) == 3


def test_a_limit_that_is_no_number_is_refused() -> None:
    """A mistake in a declaration is found where it stands."""
    limit: Any = "1"
    with pytest.raises(TypeError, match="a limit is a number"):
        Integer(minimum=limit)
