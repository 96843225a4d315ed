"""The functions written ahead of time judge, read and write as the rules of the classes do."""

import copy
import json
import pickle
import sys
from collections.abc import Iterator
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutations import random_ones, systematic
from stompws.ahead import ahead_of
from stompws.codec import Codec
from stompws.errors import DecodeError, InvalidMessageError
from stompws.plans import closure
from stompws.shapes import Struct
from worldpay_ips.examples import EXAMPLES
from worldpay_ips.operations import API

CLASSES: dict[str, type[Struct]] = {message.name: message.payload for message in API.messages}
BY_RULES = Codec(CLASSES.values(), ahead=False, orjson=False)
AHEAD = {"json": Codec(CLASSES.values(), orjson=False)}
if find_spec("orjson"):
    AHEAD["orjson"] = Codec(CLASSES.values(), orjson=True)
EVERY = pytest.mark.parametrize("codec", AHEAD.values(), ids=AHEAD)
DOCUMENTED = [
    pytest.param(e.message.payload, e.payload_text, id=f"{e.message.name}-{i}")
    for i, e in enumerate(EXAMPLES)
]
RESULT = next(e.payload_text for e in EXAMPLES if e.message.name == "PaymentResult")


def outcome(codec: Codec, type_: type[Struct], text: bytes | str) -> list[object]:
    """Everything there is to tell of one text: both ways of reading, and all ways of writing."""
    received = codec.receive(type_, text)
    told: list[object] = [received, [str(problem) for problem in received.problems]]
    try:
        message = codec.decode(type_, text)
    except DecodeError as error:
        return [*told, str(error)]
    told += [message, repr(message), codec.dump(message)]
    try:
        return [*told, codec.encode(message)]
    except InvalidMessageError as error:
        return [*told, str(error)]


def assert_alike(codec: Codec, type_: type[Struct], text: bytes | str) -> None:
    assert outcome(codec, type_, text) == outcome(BY_RULES, type_, text)


def test_every_class_has_functions_of_its_own() -> None:
    """None of the classes of this API falls back to its rules."""
    assert [cls for cls in closure(CLASSES.values()) if ahead_of(cls) is None] == []


@EVERY
def test_all_agree_on_mutated_examples(codec: Codec) -> None:
    """The same value, the same problems with the same paths and texts, the same octets."""
    for mutant in (*systematic(), *random_ones(1500, seed=18)):
        assert_alike(codec, CLASSES[mutant.message], json.dumps(mutant.document))


@EVERY
@pytest.mark.parametrize(
    "text",
    [
        RESULT.replace('"result"', '"result": "declined", "result"'),
        RESULT.replace('"result":', '"result" :1, "result":'),
        RESULT.replace('"result":', '"result"\n:1, "result"\n:'),
        RESULT.replace('"city":', '"\\u0063ity": "x:", "city":'),
        RESULT.replace("14:15:22Z", "14\\u003a15:22Z"),
        RESULT.replace("14:15:22Z", "14\\u003a15:22Z").replace(
            '"result":', '"result": "declined", "result":'
        ),
        RESULT.replace("Worldpay", "Worldpay: a \\\": name"),
        RESULT.replace("Worldpay", "Worldpay: a name").replace('"city":', '"city": "", "city":'),
        RESULT.replace("Worldpay", "\\ud800"),
        RESULT.replace("1.11647", "1.116470"),
        RESULT.replace("1.11647", "1.116470").replace('"result"', '"x": ": 1.11647,", "result"'),
        RESULT.replace("1.11647", "1.116470").replace(
            '"result"', '"x": {"conversionRate": 1.11647, "a": 0}, "result"'
        ),
        RESULT.replace('"conversionRate": 1.11647', '"conversion\\u0052ate": 1.116470').replace(
            '"result"', '"x": {"conversionRate": 1.11647, "a": 0}, "result"'
        ),
        RESULT.replace("1.11647", "111647e-5"),
        RESULT.replace("1.11647", "1e400"),
        RESULT.replace("1.11647", "1e9999999999999999999"),
        RESULT.replace("1.11647", "NaN"),
        RESULT.replace("1.11647", "-Infinity"),
        RESULT.replace("1.11647", "7"),
        RESULT.replace("3349", "3349.0"),
        RESULT.replace("3349", "9" * 25),
        RESULT.replace("3349", "9" * 5000),
        RESULT.replace("3349", "-0"),
        RESULT.replace('"result"', '"new": [[1.50, {"a": 1e2}], 18446744073709551616], "result"'),
        RESULT.replace('"result"', f'"deep": {"[" * 101}{"]" * 101}, "result"'),
        RESULT.replace('"result"', f'"deep": {"[" * 90}{"]" * 90}, "result"'),
        RESULT.replace('"result"', f'"deep": {"[" * 5000}{"]" * 5000}, "result"'),
        RESULT.replace('"result"', '"a:b": ":", "result"'),
        RESULT + "\n", " " + RESULT, "\ufeff" + RESULT, RESULT + "x", RESULT[:-1], "", "[]", "null",
        RESULT.encode("utf-16"), RESULT.encode("utf-8").replace(b"Worldpay", b"\xff"),
    ],
    ids=lambda _: None,
)  # fmt: skip
def test_all_agree_on_odd_texts(codec: Codec, text: bytes | str) -> None:
    """Names that came twice, numbers that floats cannot hold, escapes, nests: the same verdict."""
    assert_alike(codec, CLASSES["PaymentResult"], text)


NAMES = st.sampled_from(
    ["result", "city", "value", "amount", "conversionRate", "x", "a:b", '"', ""]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False).map(lambda d: f"\0{d}")
    | st.text(max_size=5)
    | st.sampled_from(["\\", ":", '":', "\ud800", "2019-08-24T14:15:22Z", "sale"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(st.tuples(NAMES, inner), max_size=3).map(tuple)
    ),
    max_leaves=8,
)


def spell(draw: Any, value: Any) -> str:
    """Write JSON in one of many ways; objects are tuples of pairs, so that names may repeat."""
    if isinstance(value, tuple):
        members = (
            f"{spell(draw, name)}{draw(st.sampled_from(['', ' ', chr(10)]))}:"
            f"{draw(st.sampled_from(['', ' ']))}{spell(draw, item)}"
            for name, item in value
        )
        return f"{{{','.join(members)}}}"
    if isinstance(value, list):
        return f"[{','.join(spell(draw, item) for item in value)}]"
    if isinstance(value, str) and value.startswith("\0"):
        return value[1:]
    if isinstance(value, str) and draw(st.integers(0, 3)) == 0:
        return '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 65536 else c for c in value) + '"'
    return json.dumps(value, ensure_ascii=draw(st.booleans()))


@EVERY
@settings(max_examples=300, deadline=None)
@given(data=st.data(), example=st.sampled_from(list(EXAMPLES)))
def test_all_agree_however_json_is_spelled(codec: Codec, data: st.DataObject, example: Any) -> None:
    """Members put in anywhere, of known and unknown names, with any spacing and escapes."""
    text = example.payload_text
    places = [i + 1 for i, char in enumerate(text) if char == "{"]
    for at in sorted(data.draw(st.lists(st.sampled_from(places), max_size=2)), reverse=True):
        member = (data.draw(NAMES), data.draw(VALUES))
        inside = spell(data.draw, (member,))[1:-1]
        comma = "" if text[at:].lstrip().startswith("}") else ","
        text = f"{text[:at]}{inside}{comma}{text[at:]}"
    octets = text.encode("utf-8", "surrogatepass")
    assert_alike(codec, example.message.payload, octets)


@EVERY
@pytest.mark.parametrize(("type_", "text"), DOCUMENTED)
def test_instances_are_as_good_as_constructed_ones(
    codec: Codec, type_: type[Struct], text: str
) -> None:
    """What was decoded is frozen, of its class, equal, hashed, copied, pickled and evolved."""
    message, same = codec.decode(type_, text), BY_RULES.decode(type_, text)
    assert type(message) is type_
    assert message == same
    assert hash(message) == hash(same)
    assert repr(message) == repr(same)
    assert pickle.loads(pickle.dumps(message)) == message  # noqa: S301 - our own
    assert copy.deepcopy(message) == message
    assert attrs.evolve(message) == message
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        message.unknown_fields = {}  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del message.unknown_fields  # type: ignore[misc]


def wrong_values() -> Iterator[object]:
    yield from (None, True, 0, -1, 10**30, Decimal("NaN"), Decimal("1.10"), 1.5, "", "x" * 400)
    yield from ("\ud800", '"\\\n', (), ("x",), [], {}, object(), "2019-08-24")


@EVERY
@pytest.mark.parametrize(("type_", "text"), DOCUMENTED)
def test_all_agree_on_what_may_be_sent(codec: Codec, type_: type[Struct], text: str) -> None:
    """Instances spoiled past their constructor are refused alike, and in the same words."""
    found: list[Struct] = [codec.decode(type_, text)]
    for message in found:
        for field in attrs.fields(type(message)):
            value = getattr(message, field.name)
            found += [v for v in (value, *(value if isinstance(value, tuple) else ()))
                      if isinstance(v, Struct)]  # fmt: skip
    root = found[0]
    for message in found:
        for field in attrs.fields(type(message)):
            kept = getattr(message, field.name)
            for wrong in wrong_values():
                object.__setattr__(message, field.name, wrong)
                assert sent(codec, root) == sent(BY_RULES, root)
            object.__setattr__(message, field.name, kept)


def sent(codec: Codec, message: Struct) -> bytes | str:
    try:
        return codec.encode(message)
    except InvalidMessageError as error:
        return str(error)


def test_long_integers_are_read_alike_when_python_would_take_them() -> None:
    """With CPython's own limit off, the careful way decides."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        for codec in AHEAD.values():
            assert_alike(codec, CLASSES["PaymentResult"], RESULT.replace("3349", "9" * 6000))
    finally:
        sys.set_int_max_str_digits(before)
