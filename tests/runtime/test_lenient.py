"""Tolerant reading: what is saved, what is marked, what is given up."""

import json
from typing import Any

import attrs
import pytest

from kiosk import EXAMPLES, MESSAGES, Cash, Done, Order, Price, Question, Size
from kiosk_api import ON_DONE, ON_PROGRESS
from kiosk_scripts import client_of
from kiosk_server import Call, Kiosk
from stompws.codec import Codec, Received
from stompws.errors import InvalidMessageError
from stompws.shapes import ABSENT, Struct, Undecodable, Unrecognised

CODEC = Codec(MESSAGES)
CURRENCY = "expected a match of the pattern ^[A-Z]{3}$"
ORDER = json.loads(EXAMPLES[Order][0])


def changed(**changes: Any) -> str:
    return json.dumps(ORDER | changes)


def problems(received: Received[Any]) -> list[str]:
    return [str(problem) for problem in received.problems]


def read(text: str) -> tuple[Order, list[str]]:
    received = CODEC.receive(Order, text)
    assert isinstance(received.payload, Order)
    assert json.loads(CODEC.dump(received.payload)) == json.loads(text)
    return received.payload, problems(received)


def test_a_fitting_message_has_no_problems() -> None:
    """The tolerant way and the strict way give the same instance."""
    message, found = read(json.dumps(ORDER))
    assert found == []
    assert message == CODEC.decode(Order, json.dumps(ORDER))


def test_a_value_that_breaks_a_limit_is_kept() -> None:
    """Length, pattern, range, constant, size, enumeration: value kept, problem beside."""
    cup = {"size": "vast", "price": {"amount": -5, "currency": "pounds"}, "extras": ["a"] * 4}
    message, found = read(changed(cups=[cup], orderReference="", test=False))
    assert (message.order_reference, message.test) == ("", False)
    (read_cup,) = message.cups
    assert read_cup.size == "vast"
    assert isinstance(read_cup.size, Size)
    assert read_cup.size not in list(Size)
    assert read_cup.price.amount == -5
    assert read_cup.extras == ("a",) * 4
    assert found == [
        "$.orderReference: expected at least 1 characters",
        "$.orderReference: expected a match of the pattern ^[0-9A-Za-z-]+$",
        "$.cups[0].size: expected one of small, large",
        "$.cups[0].price.amount: expected at least 0",
        f"$.cups[0].price.currency: {CURRENCY} (the rule is a guess)",
        "$.cups[0].extras: expected at most 3 items",
        "$.cups[0].extras: expected items that differ from each other",
        "$.test: expected the constant true",
    ]


@pytest.mark.parametrize("misfit", [7, None, True, {"a": 1}, "x", [1, "x"], ["x", None]])
def test_an_optional_field_of_a_wrong_type_is_absent_and_kept_raw(misfit: Any) -> None:
    """Its owner keeps the raw value under the wire name, so that the way back loses nothing."""
    cup = {"size": "small", "price": {"amount": 1, "currency": "GBP"}, "extras": misfit}
    message, (problem,) = read(changed(cups=[cup]))
    assert message.cups[0].extras is None
    assert message.cups[0].unknown_fields == {"extras": misfit}
    assert problem.startswith("$.cups[0].extras")


def test_a_misfit_goes_up_to_the_nearest_optional_field() -> None:
    """A price without an amount is no price; the cash it was given with is still cash."""
    given = {"amount": "much", "currency": "GBP"}
    message, found = read(changed(method={"type": "cash", "given": given}))
    assert message.method == Cash(unknown_fields={"given": given})
    assert found == ["$.method.given.amount: expected integer, got string"]


def test_where_none_means_null_a_misfit_is_absent() -> None:
    """A field that may be null does not become null by being wrong."""
    cup = {"size": "small", "price": {"amount": 1, "currency": "GBP"}, "note": 7}
    message, found = read(changed(cups=[cup]))
    assert message.cups[0].note is ABSENT
    assert found == ["$.cups[0].note: expected string, got integer"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (changed(orderReference=7), "$.orderReference: expected string, got integer"),
        (changed(method={"type": "card"}), "$.method.type: expected one of loyalty/card, cash"),
        (changed(method={"type": 7}), "$.method.type: expected string, got integer"),
        (changed(method={}), "$.method.type: required, but missing"),
        (changed(method="cash"), "$.method: expected object, got string"),
        (changed(cups=[{}, 1]), "$.cups[0].size: required, but missing"),
        (changed(cups={}), "$.cups: expected array, got object"),
        ("[]", "$: expected object, got array"),
        ("null", "$: expected object, got null"),
        ("", "$: expected JSON: Expecting value, line 1, column 1"),
    ],
)
def test_a_misfit_up_to_the_root_is_undecodable(text: str, problem: str) -> None:
    """The message is delivered all the same: its bytes, its type's name, and what was wrong."""
    received = CODEC.receive(Order, text)
    assert isinstance(received.payload, Undecodable)
    assert received.payload.message == "Order"
    assert received.payload.raw == text.encode()
    assert received.payload.problems == received.problems
    assert problems(received)[0] == problem


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"{", b'"\xed\xa0\x80"', b"\x00"])
def test_bytes_that_are_no_text_are_kept(raw: bytes) -> None:
    """Whatever arrives can be looked at later."""
    received = CODEC.receive(Order, raw)
    assert isinstance(received.payload, Undecodable)
    assert received.payload.raw == raw


def test_a_member_of_an_open_union_without_a_tag_is_kept_and_marked() -> None:
    """An unknown tag is expected and no problem; a missing or odd one is."""
    for required, tag, rule in (
        ({"action": "sing"}, "sing", None),
        ({"x": 1}, None, "$.required.action: required, but missing"),
        ({"action": 7}, None, "$.required.action: expected string, got integer"),
    ):
        received = CODEC.receive(Question, json.dumps({"questionId": "1", "required": required}))
        assert isinstance(received.payload, Question)
        assert received.payload.required == Unrecognised(tag, required)
        assert problems(received) == ([rule] if rule else [])


def test_a_tolerantly_read_message_is_sent_only_when_it_was_mended() -> None:
    """Encode judges what a message holds now, wherever it came from."""
    text = (
        '{"orderReference": "A", "outcome": "served", "total": {"amount": -1, "currency": "GBP"}}'
    )
    received = CODEC.receive(Done, text)
    assert isinstance(received.payload, Done)
    with pytest.raises(InvalidMessageError, match=r"Done: \$\.total\.amount: expected at least 0"):
        CODEC.encode(received.payload)
    total = received.payload.total
    assert total is not None
    with pytest.raises(InvalidMessageError, match=r"Price: \$\.amount"):
        attrs.evolve(total, tax_rate=None)
    mended = attrs.evolve(received.payload, total=attrs.evolve(total, amount=1))
    assert CODEC.decode(Done, CODEC.encode(mended)) == mended
    assert hash(received.payload) != hash(mended)


def test_an_event_has_the_bytes_that_its_payload_does_not_hold() -> None:
    """Where names came twice, the body as it came is delivered beside the payload."""
    once = b'{"orderReference": "A", "outcome": "served"}'
    twice = once.replace(b"{", b'{"outcome": "refused", ')

    def script(call: Call) -> None:
        call.request()
        call.reply_raw(ON_PROGRESS, b'{"text": "a", "text": "b"}')
        call.reply_raw(ON_PROGRESS, b'{"text": "c"}')
        call.reply_raw(ON_DONE, twice)

    with Kiosk(script) as kiosk, client_of(kiosk).place_order(CODEC.decode(Order, changed())) as c:
        events = list(c)
    assert [event.raw for event in events] == [b'{"text": "a", "text": "b"}', None, twice]
    assert ["twice" in str(event.problems) for event in events] == [True, False, True]
    assert "refused" not in repr(events)


def test_a_value_given_since_wins_over_the_raw_one() -> None:
    """Dump writes one value for each name."""
    received = CODEC.receive(Done, '{"orderReference": "A", "outcome": "served", "total": 7}')
    assert isinstance(received.payload, Done)
    mended = attrs.evolve(received.payload, total=Price(amount=7, currency="GBP"))
    assert json.loads(CODEC.dump(mended))["total"] == {"amount": 7, "currency": "GBP"}


def test_no_problem_quotes_what_was_received() -> None:
    """Problems are logged; values, and names that a peer made up, are not for logs."""
    number = "4929490000070006"
    text = changed(
        orderReference=number * 3,
        pickUpName=int(number),
        placedAt={number: number},
        tags={number: 1, "fine": 2},
        method={"type": number},
    )
    received = CODEC.receive(Order, text)
    assert number not in repr(received)
    assert "$.tags[…]: expected string, got integer" in problems(received)
    assert "$.tags.fine: expected string, got integer" in problems(received)


@pytest.mark.parametrize("cls", MESSAGES)
def test_nothing_that_is_json_makes_receiving_raise(cls: type[Struct]) -> None:
    """For any JSON there is a payload: an instance that gives it back, or the raw bytes."""
    for text in ("{}", "[]", "0", "null", '""', '{"unknown_fields": 1}', '{"": {"": []}}', "1e400"):
        received = CODEC.receive(cls, text)
        if isinstance(received.payload, Undecodable):
            assert received.payload.raw == text.encode()
        else:
            assert json.loads(CODEC.dump(received.payload)) == json.loads(text)
