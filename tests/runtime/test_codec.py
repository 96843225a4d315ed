"""The codec against JSON Schema: what is accepted, what is refused and what comes back."""

import copy
import json
import pickle
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kiosk
from kiosk import EXAMPLES, MESSAGES, SCHEMAS, Cash, Cup, Done, Order, Price, Question, Roast, Size
from stompws.codec import Codec
from stompws.errors import DecodeError, InvalidMessageError
from stompws.rules import Anything, Const, Integer, Items, Nullable, Number, Of, Text, optional
from stompws.shapes import ABSENT, Struct, Undecodable, Unrecognised, field_info

CODEC = Codec(MESSAGES)
CASES = [(cls, text) for cls, texts in EXAMPLES.items() for text in texts]


def as_python(schema: Any) -> Any:
    """Spell patterns for the validator, whose `re` lets `$` match before a last newline too."""
    if isinstance(schema, dict):
        return {
            key: value.replace("$", r"\Z") if key == "pattern" else as_python(value)
            for key, value in schema.items()
        }
    return [as_python(item) for item in schema] if isinstance(schema, list) else schema


VALIDATORS = {cls: jsonschema.Draft7Validator(as_python(schema)) for cls, schema in SCHEMAS.items()}

PRICE = Price(amount=250, currency="GBP")


def order(**changes: Any) -> Order:
    values: dict[str, Any] = {
        "order_reference": "A-1",
        "cups": (Cup(size=Size.SMALL, price=PRICE),),
        "method": Cash(),
        "placed_at": kiosk.DateTime("2019-08-24T14:15:22Z"),
        "pick_up_name": None,
    }
    return Order(**values | changes)


def refusal(cls: type[Struct], text: str | bytes) -> list[str]:
    with pytest.raises(DecodeError) as caught:
        CODEC.decode(cls, text)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(("cls", "text"), CASES)
def test_every_example_comes_back_as_it_was(cls: type[Struct], text: str) -> None:
    """Decode and dump give the same document, unknown fields, values and members included."""
    message = CODEC.decode(cls, text)
    assert json.loads(CODEC.dump(message)) == json.loads(text)
    assert CODEC.decode(cls, CODEC.dump(message)) == message


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = enumerate(value) if isinstance(value, list) else ()
    for key, item in value.items() if isinstance(value, dict) else items:
        yield from places(item, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


DOCUMENTS = [(cls, json.loads(text)) for cls, text in CASES]
SUBTREES = [at(document, path) for _, document in DOCUMENTS for path in places(document)]
NAMES = sorted(
    {path[-1] for _, d in DOCUMENTS for path in places(d) if path and path[-1] not in (0, 1, 2, 3)}
)
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 1.0, 0.5, 1e3, 10.0, 999999, 1000000, "", " ", "7", "x" * 40,
    "GBP\n", "GBP", "\uff41bc", "\u0663", "é" * 20, "🦀" * 20, "🦀" * 21,
    [], [[]], {}, ["a", "a"], ["a", "b", "c", "d"],
    [1, 1.0], {"amount": 1}, {"type": "cash"}, {"type": "card"}, {"action": None}, "cash", "spilt",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> tuple[type[Struct], Any]:
    cls, document = draw(st.sampled_from(DOCUMENTS))
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(document))))
        new = draw(st.sampled_from(ODD) | st.sampled_from(SUBTREES))
        if not path:
            continue
        owner = at(document, path[:-1])
        match draw(st.sampled_from(["set", "drop", "add", "edit"])):
            case "set":
                owner[path[-1]] = copy.deepcopy(new)
            case "drop":
                del owner[path[-1]]
            case "add" if isinstance(owner, dict):
                owner[draw(st.sampled_from([str(name) for name in NAMES]))] = copy.deepcopy(new)
            case "add":
                owner.append(copy.deepcopy(new))
            case _ if isinstance(owner[path[-1]], str):
                owner[path[-1]] += draw(st.sampled_from(["\n", "x", "-", "é", "0" * 30]))
            case _:
                owner[path[-1]] = [owner[path[-1]]]
    return cls, document


@settings(
    max_examples=4000, derandomize=True, deadline=None, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(mutated())
def test_decode_accepts_exactly_what_the_schema_accepts(case: tuple[type[Struct], Any]) -> None:
    """On mutated examples the verdict is that of JSON Schema, in the fast way and the slow way.

    What is accepted comes back equal; what is not accepted is received without loss all the same.
    """
    cls, document = case
    text = json.dumps(document)
    received = CODEC.receive(cls, text)
    assert (not received.problems) == VALIDATORS[cls].is_valid(document)
    if isinstance(received.payload, Struct):
        assert json.loads(CODEC.dump(received.payload)) == document
    else:
        assert received.payload.raw == text.encode()
    if received.problems:
        assert refusal(cls, text)
        if isinstance(received.payload, Struct):
            with pytest.raises(InvalidMessageError):
                CODEC.encode(received.payload)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"amount": True}, "$.amount: expected integer, got boolean"),
        ({"amount": "7"}, "$.amount: expected integer, got string"),
        ({"amount": 1.5}, "$.amount: expected integer, got number"),
        ({"amount": None}, "$.amount: expected integer, got null"),
        ({"amount": -1}, "$.amount: expected at least 0"),
        ({"currency": "GBP\n"}, "$.currency: expected a match of the pattern ^[A-Z]{3}$"),
        ({"currency": 7}, "$.currency: expected string, got integer"),
        ({"taxRate": None}, "$.taxRate: expected number, got null"),
        ({"taxRate": 1}, "$.taxRate: expected less than 1"),
    ],
)
def test_a_refused_field_is_named_by_its_wire_path(change: dict[str, Any], problem: str) -> None:
    """A decode error says where, by wire names, and which rule; never the value."""
    document = {"orderReference": "A", "outcome": "served", "total": {"amount": 1, "currency": "X"}}
    document["total"] = {"amount": 1, "currency": "GBP"} | change
    (found,) = refusal(Done, json.dumps(document))
    assert found.removesuffix(" (the rule is a guess)") == problem.replace("$.", "$.total.", 1)
    assert ("guess" in found) == ("currency" in change)


def test_all_problems_are_listed() -> None:
    """One decode tells everything that is wrong, not the first thing."""
    text = '{"cups": [{"size": "vast", "price": {}}], "method": {"type": "card"}, "pickUpName": 1}'
    assert refusal(Order, text) == [
        "$.orderReference: required, but missing",
        "$.cups[0].size: expected one of small, large",
        "$.cups[0].price.amount: required, but missing",
        "$.cups[0].price.currency: required, but missing (the rule is a guess)",
        "$.method.type: expected one of loyalty/card, cash",
        "$.placedAt: required, but missing",
        "$.pickUpName: expected string, got integer",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "{", "nul", "[NaN]", '{"a": Infinity}', '{"a": -Infinity}', "\ufeff{}", "{} {}", "'a'",
     b"\xff", b'"\xed\xa0\x80"', '{"a": 1e99999999999999999999}', "[" * 100_000, '{"a":' * 100_000],
)  # fmt: skip
def test_what_is_not_json_is_a_problem_of_the_document(text: str | bytes) -> None:
    """Broken text, other encodings, NaN and absurd nesting end in one problem, and never hang."""
    (problem,) = refusal(Done, text)
    assert problem.startswith("$: ")


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("1e999999999", "expected an integer of at most 4300 digits"),
        ("9" * 5000, "expected an integer of at most 4300 digits"),
        ("1e-999999999", "expected integer, got number"),
        ("-1e-5", "expected integer, got number"),
        ("1e7", "expected at most 999999"),
    ],
)
def test_numbers_of_any_size_are_judged_without_being_written_out(
    number: str, problem: str
) -> None:
    """A huge exponent costs nothing, and a long integer is no ValueError."""
    text = '{"orderReference": "A", "outcome": "x", "total": {"amount": %s, "currency": "GBP"}}'
    assert refusal(Done, text % number) == [f"$.total.amount: {problem}"]


def test_a_long_number_in_an_unknown_field_is_kept_to_the_last_digit() -> None:
    """Nobody asked for that field, so nothing is wrong with it."""
    text = '{"orderReference":"A","outcome":"served","x":%s,"y":1e999999999}' % ("7" * 5000)
    assert CODEC.dump(CODEC.decode(Done, text)).decode() == text.replace("e9", "E+9")


def test_a_name_that_comes_twice_is_a_problem() -> None:
    """Which of two values was meant nobody can say; the last one is delivered, and marked."""
    text = '{"orderReference": "A", "outcome": "served", "x": {"y": [{"z": 1, "z": 2}]}}'
    assert refusal(Done, text) == ["$.x.y[0].z: the name stands here twice; the last one counts"]
    received = CODEC.receive(Done, text.replace("outcome", "orderReference"))
    assert "$.orderReference: the name" in str(received.problems[0])


def test_a_document_whose_names_repeat_is_kept_as_it_came() -> None:
    """The payload holds the last value, dump gives only that one; the bytes lose nothing."""
    text = '{"orderReference": "A", "outcome": "served", "x": 1, "x": 2}'
    for data in (text, text.encode()):
        received = CODEC.receive(Done, data)
        assert isinstance(received.payload, Done)
        assert received.payload.unknown_fields == {"x": 2}
        assert received.raw == text.encode()
    assert CODEC.receive(Done, text.replace('"x": 1,', "")).raw is None
    assert CODEC.receive(Done, text[:-1]).raw == text[:-1].encode()


def test_repeated_names_are_counted_in_one_pass() -> None:
    """Comparing each of 300 000 names with each other would take hours. A hundred are told."""
    names = ",".join(f'"k{number}":{number}' for number in range(300_000))
    text = f'{{"orderReference": "A", "outcome": "served", {names}, {names}}}'
    received = CODEC.receive(Done, text)
    assert isinstance(received.payload, Done)
    assert len(received.payload.unknown_fields) == 300_000
    assert received.raw == text.encode()
    assert len(received.problems) == 100
    assert {problem.rule for problem in received.problems} == {
        "the name stands here twice; the last one counts"
    }


@pytest.mark.parametrize(("before", "after"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
@pytest.mark.parametrize("leaf", ["1", "1.10"])
def test_what_is_received_can_be_written_again_or_is_kept_raw(
    before: str, after: str, leaf: str
) -> None:
    """Up to 100 levels are read, deeper ones are Undecodable: dump never fails on a message."""
    start = '{"orderReference":"A","outcome":"served","x":'
    most = 99 // (before.count("[") + before.count("{"))  # the message is a level too
    for count in (most, most + 1, 300, 450, 900):
        text = f"{start}{before * count}{leaf}{after * count}}}"
        received = CODEC.receive(Done, text)
        if count == most:
            assert isinstance(received.payload, Done)
            assert CODEC.dump(received.payload) == text.encode()
        else:
            assert isinstance(received.payload, Undecodable)
            assert received.payload.raw == text.encode()
            assert received.problems[0].rule.startswith("nested too deeply")


def test_many_values_beside_each_other_are_not_deep() -> None:
    """The limit is on levels, not on size; brackets in a text are text."""
    text = '{"orderReference":"A","outcome":"served","x":[%s],"y":"%s"}'
    text %= ",".join(['{"a":[]}'] * 500), "[{" * 500
    assert CODEC.dump(CODEC.decode(Done, text)).decode() == text


@pytest.mark.parametrize("limit", [0, 640, 5000])
def test_the_interpreters_limit_on_integers_is_respected(limit: int) -> None:
    """It can be lowered, raised and switched off; receiving neither raises nor loses a digit."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(limit)
    try:
        for digits in (639, 640, 641, 1000, 4300, 4301, 6000):
            text = '{"orderReference":"A","outcome":"served","x":-%s}' % ("7" * digits)
            assert CODEC.dump(CODEC.decode(Done, text)).decode() == text
            total = '{"amount":%s,"currency":"GBP"}' % ("7" * digits)
            text = f'{{"orderReference":"A","outcome":"served","total":{total}}}'
            received = CODEC.receive(Done, text)
            assert [problem.path for problem in received.problems] == ["$.total.amount"]
            assert isinstance(received.payload, Done)
            assert CODEC.dump(received.payload).decode() == text
    finally:
        sys.set_int_max_str_digits(before)


def test_an_integer_that_is_written_with_a_fraction_or_an_exponent_is_one() -> None:
    """JSON has one kind of number: 1.0 and 1e2 are whole, by whichever way they are read."""
    for digits, amount in (("7.0", 7), ("1e2", 100)):
        price = CODEC.decode(Price, f'{{"amount": {digits}, "currency": "GBP"}}')
        assert price.amount == amount
        assert type(price.amount) is int


def test_decimals_keep_their_digits_both_ways() -> None:
    """1.10 is not 1.1 to a bookkeeper, and 0.1 is not a binary fraction."""
    for digits in ("0.10", "0.1", "1E-7", "0.1234567890123456789012345", "0E+3", "0"):
        text = '{"orderReference":"A","outcome":"served","total":{"amount":1,"currency":"GBP",'
        text += f'"taxRate":{digits}}},"more":{digits}}}'
        message = CODEC.decode(Done, text)
        assert CODEC.dump(message).decode() == text
        assert message.total is not None
        assert message.total.tax_rate == Decimal(digits)
        assert f'"taxRate":{digits}}}'.encode() in CODEC.encode(
            attrs.evolve(message, unknown_fields={})
        )


def test_what_was_received_and_not_known_is_not_sent() -> None:
    """Unknown fields, values and members survive a dump, and stop an encode by name."""
    document = {"orderReference": "A", "outcome": "spilt", "mop": 1}
    message = CODEC.decode(Done, json.dumps(document))
    assert json.loads(CODEC.dump(message)) == document
    with pytest.raises(InvalidMessageError, match=r"\$\.outcome: .*\$\.mop: unknown fields"):
        CODEC.encode(message)
    question = CODEC.decode(Question, '{"questionId": "1", "required": {"action": "sing"}}')
    assert question.required == Unrecognised("sing", {"action": "sing"})
    with pytest.raises(InvalidMessageError, match=r"\$\.required: an unrecognised member"):
        CODEC.encode(question)


def _set(message: Struct, name: str, value: object) -> Struct:
    message = copy.copy(message)
    object.__setattr__(message, name, value)
    return message


@pytest.mark.parametrize(
    ("broken", "path"),
    [
        (order(cups=(Cup(size=Size.SMALL, price=PRICE, roast=Roast("burnt")),)), "cups[0].roast"),
        (order(cups=(Cup(size=Size.SMALL, price=PRICE, extras=("\ud800",)),)), "cups[0].extras[0]"),
        (order(extension={"x": "\udfff"}), "extension.x"),
        (order(tags={"\udfff": "x"}), "tags"),
        (order(unknown_fields={"x": 1}), "x"),
        (order(method=Cash(unknown_fields={"y": 1})), "method.y"),
        (order(method=Cash(given=_set(PRICE, "amount", 1.0))), "method.given.amount"),
        (order(method=Cash(given=_set(PRICE, "amount", True))), "method.given.amount"),
        (order(method=Cash(given=_set(PRICE, "currency", Size.SMALL))), "method.given.currency"),
        (_set(order(), "cups", ()), "cups"),
        (_set(order(), "cups", [1]), "cups"),
        (_set(order(), "method", PRICE), "method"),
        (_set(order(), "order_reference", None), "orderReference"),
        (_set(order(), "test", False), "test"),
    ],
)
def test_encode_checks_every_value_again(broken: Struct, path: str) -> None:
    """However a message was built, what the schema forbids does not leave."""
    with pytest.raises(InvalidMessageError) as caught:
        CODEC.encode(broken)
    assert [problem.path for problem in caught.value.problems] == [f"$.{path}"]
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_mapping_that_changed_after_construction_is_checked_again() -> None:
    """A dict handed in can be changed behind the message's back."""
    tags: Any = {"a": "b"}
    message = order(tags=tags)
    tags["c"] = 7
    with pytest.raises(InvalidMessageError, match=r"\$\.tags\.c: expected string, got integer"):
        CODEC.encode(message)


def test_a_message_that_its_constructor_did_not_make_is_refused_in_words() -> None:
    """Whatever was done to an object, what cannot be sent ends in one kind of error."""
    empty = Price.__new__(Price)
    bare = _set(PRICE, "unknown_fields", None)
    for broken, problem in (
        (empty, r"Price: \$\.amount: was never set: use the constructor; \$\.currency: was never"),
        (bare, r"Price: \$: expected unknown_fields to be a mapping"),
        (_set(Cash(), "given", empty), r"Cash: \$\.given\.amount: was never set"),
    ):
        with pytest.raises(InvalidMessageError, match=problem):
            CODEC.encode(broken)
        with pytest.raises(InvalidMessageError, match="cannot be written as JSON"):
            CODEC.dump(broken)


def test_a_circle_cannot_be_sent() -> None:
    """Endless nesting is refused; it does not end in a RecursionError."""
    circle: list[Any] = []
    message = order()
    circle.append(circle)
    with pytest.raises(InvalidMessageError, match="nested too deeply"):
        CODEC.encode(_set(message, "extension", circle))
    with pytest.raises(InvalidMessageError, match="cannot be written"):
        CODEC.dump(_set(message, "extension", circle))


def test_half_a_surrogate_pair_comes_back_escaped() -> None:
    """JSON can escape one, the schema accepts it, UTF-8 cannot hold it: dump escapes it again."""
    text = '{"orderReference":"\\ud83d","outcome":"served","é":"🦀"}'
    assert CODEC.dump(CODEC.decode(Done, text)).decode() == text


def test_encoded_text_is_utf8_and_what_a_second_decode_gives_back() -> None:
    """Encode and decode are inverse to each other on everything that may be sent."""
    message = order(
        pick_up_name='Zoë "🦀" \\ \n \u2028',
        test=True,
        tags={"a": "", 'é"': "b"},
        extension=[None, True, 1, Decimal("1.50"), "x", {"y": ()}],
        cups=(Cup(size=Size.LARGE, price=PRICE, note=None, extras=("milk",), millilitres=20),),
    )
    data = CODEC.encode(message)
    back = CODEC.decode(Order, data)
    assert CODEC.encode(back) == data == CODEC.dump(message)
    assert json.loads(data)["tags"] == {"a": "", 'é"': "b"}
    assert "Zoë".encode() in data


def test_absent_and_null_are_two_things() -> None:
    """Where the schema allows null for an optional field, ABSENT says that it is not there."""
    for note, shown in ((ABSENT, {}), (None, {"note": None}), ("x", {"note": "x"})):
        data = CODEC.encode(order(cups=(Cup(size=Size.SMALL, price=PRICE, note=note),)))
        cup = json.loads(data)["cups"][0]
        assert {k: v for k, v in cup.items() if k == "note"} == shown
        assert CODEC.decode(Order, data).cups[0].note is note or note == "x"


@attrs.define
class Basket:
    """Somebody's own class around our messages."""

    number: int
    order: Order
    methods: list[kiosk.PaymentMethod]
    required: kiosk.RequiredAnswer
    roast: Roast
    size: Size | None
    at: kiosk.DateTime
    rate: Decimal
    given: Price | None = None


def test_own_classes_that_hold_messages_go_through_the_converter() -> None:
    """The hooks are registered with cattrs: strict one way, faithful the other."""
    document = {
        "number": 1,
        "order": json.loads(EXAMPLES[Order][1]),
        "methods": [{"type": "cash"}, {"type": "loyalty/card", "cardNumber": "12345678"}],
        "required": {"action": "sing", "x": 1},
        "roast": "burnt",
        "size": "small",
        "at": "2019-08-24T14:15:22Z",
        "rate": 1.5,
        "given": None,
    }
    basket = CODEC.converter.structure(document, Basket)
    assert basket.order.cups[0].size is Size.LARGE
    assert basket.methods[0] == Cash()
    assert basket.at.moment is not None
    assert CODEC.converter.unstructure(basket) == document
    with pytest.raises(DecodeError, match=r"Price: \$\.amount: required"):
        CODEC.converter.structure({"currency": "GBP"}, Price)


def test_a_subclass_of_a_message_is_not_taken_for_it() -> None:
    """A class that nobody gave to the codec is refused, also when it extends one that was."""

    @attrs.frozen(kw_only=True)
    class Special(Price):
        pass

    special = Special(amount=1, currency="GBP")
    for write in (CODEC.encode, CODEC.dump):
        with pytest.raises(InvalidMessageError, match=r"Special: \$: expected a message class of"):
            write(special)
    with pytest.raises(TypeError, match="Special is not a message type"):
        CODEC.receive(Special, "{}")
    with pytest.raises(InvalidMessageError, match="expected Price, got Special"):
        Cash(given=special)


@attrs.frozen(kw_only=True)
class Node(Struct):
    """Refers to itself."""

    value: Decimal | None = attrs.field(
        validator=Nullable(Number(multiple_of=Decimal("0.01"))), metadata=field_info("class")
    )
    children: tuple["Node | None", ...] | None = attrs.field(
        default=None,
        validator=optional(Items(Nullable(Of(lambda: Node)))),
        metadata=field_info('odd "name"\n{}'),
    )


def test_recursive_classes_and_odd_wire_names_work() -> None:
    """A class may lead to itself, and a wire name is any text at all."""
    codec = Codec([Node])
    text = '{"class":0.07,"odd \\"name\\"\\n{}":[null,{"class":null,"odd \\"name\\"\\n{}":[]}]}'
    node = codec.decode(Node, text)
    assert codec.encode(node).decode() == text
    received = codec.receive(Node, '{"class":1.%s}' % ("1" * 5000))
    assert [problem.rule for problem in received.problems] == ["expected a multiple of 0.01"]
    deep = Node(value=None)
    for _ in range(5000):
        deep = Node(value=None, children=(deep,))
    with pytest.raises(InvalidMessageError, match="nested too deeply"):
        codec.encode(deep)


def test_a_class_that_cannot_be_converted_is_refused_when_the_codec_is_built() -> None:
    """Nothing is found out with the first message."""
    broken: list[Any] = [
        attrs.field(default=None, metadata=field_info("a")),
        attrs.field(default=None, validator=Text(), metadata={}),
        attrs.field(default=None, validator=optional(Anything()), metadata=field_info("a")),
        attrs.field(default=1, validator=optional(Integer()), metadata=field_info("a")),
        attrs.field(init=False, default=1, validator=Integer(), metadata=field_info("a")),
        attrs.field(
            init=False, default=None, validator=optional(Const(1)), metadata=field_info("a")
        ),
    ]
    for field in broken:
        cls = attrs.make_class("Broken", {"a": field}, bases=(Struct,), frozen=True, slots=True)
        with pytest.raises(TypeError, match=r"Broken\.a"):
            Codec([cls])


def test_messages_can_be_pickled_copied_and_hashed() -> None:
    """A received message is a value like any other."""
    message = CODEC.decode(Done, '{"orderReference": "A", "outcome": "spilt", "x": [1]}')
    for twin in (pickle.loads(pickle.dumps(message)), copy.copy(message), copy.deepcopy(message)):  # noqa: S301
        assert twin == message
        assert hash(twin) == hash(message)
        assert CODEC.dump(twin) == CODEC.dump(message)
