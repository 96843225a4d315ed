"""JSON and conversations: whatever a body holds, only the runtime's own errors come of it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codec_play import ConversationPlay, check_json, headers_of, play_codec
from kiosk import EXAMPLES, Done, Enrolled, Order, Question
from kiosk_api import API, FETCH_RECEIPTS, PLACE_ORDER, STATUS_OF_MACHINE
from session_line import CODEC, ORDER_TEXT
from stompws.codec import Codec
from stompws.decoding import codec_of
from stompws.errors import DecodeError
from stompws.rules import Misfit
from stompws.shapes import Struct
from strategies import json_texts, json_values, mutated
from worldpay_ips.examples import EXAMPLES as DOCUMENTED
from worldpay_ips.operations import API as IPS

IPS_TEXTS: Mapping[type[Struct], Sequence[str]] = {
    message.payload: [e.payload_text for e in DOCUMENTED if e.message.payload is message.payload]
    for message in IPS.messages
}
NAMES = sorted(type_.__name__ for type_ in IPS_TEXTS)
BY_NAME = {type_.__name__: type_ for type_ in IPS_TEXTS}


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_texts_near_a_documented_message_are_read_or_refused(
    name: str, data: st.DataObject
) -> None:
    """Both ways agree, nothing gets lost, and what can be sent again is the same message.

    `play_codec` checks it.
    """
    type_ = BY_NAME[name]
    play_codec(codec_of(IPS), type_, data.draw(json_texts(IPS_TEXTS[type_])))


@settings(max_examples=300, deadline=None)
@given(data=st.data(), type_=st.sampled_from([Order, Question, Done]))
def test_texts_near_any_rule_are_read_or_refused(data: st.DataObject, type_: type[Struct]) -> None:
    """The kiosk's messages have every kind of rule that there is."""
    play_codec(CODEC, type_, data.draw(json_texts(EXAMPLES[type_])))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | json_values.map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_octets_are_json_or_not(data: bytes) -> None:
    """Octets, halves of characters, numbers and nests beyond measure."""
    check_json(data)
    play_codec(CODEC, Done, data)


def done(total: str) -> bytes:
    return f'{{"orderReference": "A-1", "outcome": "served", "total": {total}}}'.encode()


HOSTILE = [
    ("deep arrays", done("[" * 100_000), "nested too deeply"),
    ("deep objects", done('{"a":' * 100_000), "nested too deeply"),
    ("deep and closed", done("[" * 200 + "]" * 200), "more than 100 levels"),
    ("integer of 5000 digits", done('{"amount": ' + "9" * 5000 + ', "currency": "GBP"}'), "digits"),
    ("integer of a million", done('{"amount": ' + "9" * 10**6 + ', "currency": "GBP"}'), "digits"),
    ("exponent", done('{"amount": 1e999999999, "currency": "GBP"}'), "digits"),
    ("huge exponent", done('{"amount": 1e' + "9" * 30 + ', "currency": "GBP"}'), "exponent"),
    ("name twice", done('{"amount": 1, "amount": 2, "currency": "GBP"}'), "stands here twice"),
    ("NaN", done('{"amount": NaN, "currency": "GBP"}'), "NaN and Infinity"),
    ("Infinity", done('{"amount": -Infinity, "currency": "GBP"}'), "NaN and Infinity"),
    ("BOM", b"\xef\xbb\xbf" + done("{}"), "expected JSON"),
    ("UTF-16", done("{}").decode().encode("utf-16"), "expected UTF-8"),
    ("surrogate, as octets", done('"?"').replace(b"?", b"\xed\xa0\x80"), "expected UTF-8"),
    ("long string", done('{"amount": 1, "currency": "' + "G" * 10**6 + '"}'), "pattern"),
    ("control character", done('{"amount": 1, "currency": "G\nP"}'), "control character"),
    ("nothing", b"", "Expecting value"),
]  # fmt: skip


@pytest.mark.parametrize(("_", "text", "rule"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_a_hostile_body_is_refused_with_a_reason(_: str, text: bytes, rule: str) -> None:
    """Strictly by `DecodeError` alone; tolerantly by what is told beside the octets."""
    with pytest.raises(DecodeError, match=rule):
        CODEC.decode(Done, text)
    assert play_codec(CODEC, Done, text) in ("undecodable", "problems")


def test_half_a_surrogate_pair_is_read_and_written_back() -> None:
    """JSON can escape it, so it is a text; UTF-8 has none, so it stays escaped."""
    text = rb'{"kioskKey": "\ud800"}'
    message = CODEC.decode(Enrolled, text)
    assert json.loads(CODEC.dump(message)) == {"kioskKey": "\ud800"}
    assert play_codec(CODEC, Enrolled, text) == "read"


def test_foreign_errors_would_be_seen() -> None:
    """The check can fail: a hook that raises something of its own is not taken for a refusal."""

    class Faulty(Codec):
        def receive(self, *_: object) -> Any:
            raise Misfit("of ours, but not for callers")

    with pytest.raises(Misfit):
        play_codec(Faulty([Done]), Done, b"{}")


OTHERS = (
    b'{"kind": "customer", "text": "x"}',
    b'{"text": "grinding"}',
    b'{"ready": true}',
    b'{"code": "1"}',
)
BODIES = [*(text.encode() for texts in EXAMPLES.values() for text in texts), *OTHERS]


@pytest.mark.parametrize(
    ("operation", "request_"),
    [(PLACE_ORDER, ORDER_TEXT),
     (FETCH_RECEIPTS, b'{"kind": "customer"}'), (STATUS_OF_MACHINE, None)],
    ids=["order", "receipts", "status"],
)  # fmt: skip
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_no_message_of_a_conversation_gets_lost(
    operation: Any, request_: bytes | None, data: st.DataObject
) -> None:
    """Whatever comes is an event, a stray, a duplicate or the error; `ConversationPlay` counts."""
    play = ConversationPlay(operation, request_)
    bodies = st.sampled_from(BODIES)
    taken = st.tuples(
        st.integers(0, 127),
        st.builds(
            lambda n, text: dict(headers_of(n, text)), st.integers(0, 7), st.text(max_size=2)
        ),
        bodies | mutated(bodies) | json_values.map(str.encode).filter(lambda b: len(b) < 500),
    )
    for step in data.draw(st.lists(taken | st.integers(0, len(API.operations)), max_size=10)):
        if isinstance(step, int):
            play.send(step)
        else:
            play.take(*step)
