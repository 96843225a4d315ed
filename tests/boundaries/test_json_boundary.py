"""The boundary where JSON comes in: what is no message, and what no message of today has."""

import json
from typing import Any

import pytest

from stompws.shapes import Struct, Undecodable, Unrecognised
from worldpay_ips import (
    CardPresent,
    DecodeError,
    Instruction,
    InvalidMessageError,
    OnPremise,
    PaymentActionRequired,
    PaymentApi,
    PaymentRequest,
    PaymentResult,
    PaymentType,
    RequestValue,
)
from worldpay_ips.examples import EXAMPLES

CODEC = PaymentApi(OnPremise(host="127.0.0.1", paypoint_id="INST001")).codec
TEXTS = {example.message.payload: example.payload_text for example in reversed(EXAMPLES)}


def changed(type_: type[Struct], path: str, value: object) -> str:
    """The documentation's example of a message with one value set."""
    document: Any = json.loads(TEXTS[type_])
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    owner = document
    for step in steps:
        owner = owner[step]
    owner[last] = value
    return json.dumps(document)


def refusal(type_: type[Struct], text: str | bytes) -> str:
    with pytest.raises(DecodeError) as refused:
        CODEC.decode(type_, text)
    assert refused.value.outcome_known
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "expected JSON: Expecting value, line 1, column 1"),
        (
            "{\n'payments': []}",
            "expected JSON: Expecting property name enclosed in double quotes, line 2, column 1",
        ),
        ('{"payments": [', "expected JSON: Expecting value, line 1, column 15"),
        ("{} {}", "expected JSON: Extra data, line 1, column 4"),
        ('{"payments": NaN}', "NaN and Infinity are not JSON"),
        (b'{"payments": \xff}', "expected UTF-8, got another byte at 13"),
        ('{"payments": 1e99999999999999999999}', "a number has an exponent beyond all measure"),
        ("[" * 101 + "]" * 101, "nested too deeply: more than 100 levels"),
        ("[]", "expected object, got array"),
        ("null", "expected object, got null"),
    ],
)
def test_what_is_no_json_object_is_refused_with_its_place(text: str | bytes, problem: str) -> None:
    """Strictly it is an error, tolerantly an `Undecodable` that keeps the octets."""
    assert refusal(PaymentResult, text) == f"PaymentResult: $: {problem}"
    received = CODEC.receive(PaymentResult, text)
    assert [str(found) for found in received.problems] == [f"$: {problem}"]
    assert isinstance(received.payload, Undecodable)
    assert received.payload.raw == (text.encode() if isinstance(text, str) else text)


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("payments", None, "$.payments: expected array, got null"),
        ("payments", {}, "$.payments: expected array, got object"),
        ("payments.0", 1, "$.payments[0]: expected object, got integer"),
        (
            "payments.0.value.amount",
            "3000",
            "$.payments[0].value.amount: expected integer, got string",
        ),
        (
            "payments.0.value.amount",
            10.99,
            "$.payments[0].value.amount: expected integer, got number",
        ),
        (
            "payments.0.value.amount",
            None,
            "$.payments[0].value.amount: expected integer, got null",
        ),
        (
            "payments.0.paymentInstrument.isHandledOnline",
            "true",
            "$.payments[0].paymentInstrument.isHandledOnline: expected boolean, got string",
        ),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_by_its_wire_path(
    path: str, value: object, problem: str
) -> None:
    """The path, the type that was expected and the one that came; the value is not quoted."""
    found = refusal(PaymentResult, changed(PaymentResult, path, value))
    assert found == f"PaymentResult: {problem} (the rule is a guess)"


def test_a_name_that_stands_twice_is_refused() -> None:
    """Strictly it is an error; tolerantly the last value counts, and the problem stands beside."""
    text = '{"payments": [], "payments": []}'
    problem = "$.payments: the name stands here twice; the last one counts"
    assert refusal(PaymentResult, text) == f"PaymentResult: {problem}"
    received = CODEC.receive(PaymentResult, text)
    assert received.payload == PaymentResult(payments=())
    assert [str(found) for found in received.problems] == [problem]


@pytest.mark.parametrize(
    ("type_", "path", "value", "problem"),
    [
        pytest.param(
            PaymentResult,
            "payments.0.loyaltyPoints",
            7,
            "$.payments[0].loyaltyPoints: unknown fields are not sent",
            id="field",
        ),
        pytest.param(
            PaymentResult,
            "payments.0.result",
            "authorised-by-wave",
            "$.payments[0].result: unknown values are not sent",
            id="enum value",
        ),
        pytest.param(
            PaymentActionRequired,
            "data",
            {"action": "sing"},
            "$.data: an unrecognised member is not sent (the rule is a guess)",
            id="union member",
        ),
    ],
)
def test_what_a_later_version_may_add_is_read_and_kept_but_not_sent(
    type_: type[Struct], path: str, value: object, problem: str
) -> None:
    """Read without a problem, both ways, and written back whole; sending it is refused."""
    text = changed(type_, path, value)
    message = CODEC.decode(type_, text)
    received = CODEC.receive(type_, text)
    assert (received.payload, received.problems) == (message, ())
    assert json.loads(CODEC.dump(message)) == json.loads(text)
    with pytest.raises(InvalidMessageError) as refused:
        CODEC.encode(message)
    assert str(refused.value) == f"{type_.__name__}: {problem}"


def test_a_union_member_without_a_usable_tag_is_refused_strictly_and_kept_tolerantly() -> None:
    """A tag that is missing is no new member."""
    text = changed(PaymentActionRequired, "data", {})
    problem = "$.data.action: required, but missing (the rule is a guess)"
    assert refusal(PaymentActionRequired, text) == f"PaymentActionRequired: {problem}"
    received = CODEC.receive(PaymentActionRequired, text)
    assert [str(found) for found in received.problems] == [problem]
    assert isinstance(received.payload, PaymentActionRequired)
    assert received.payload.data == Unrecognised(None, {})


CARD_TYPE = "$.payments[0].paymentInstrument.card.type: expected one of fuel, debit, credit"


def test_an_unknown_value_of_a_closed_enum_is_refused_strictly_and_kept_tolerantly() -> None:
    """The values that there are stand in the message; what was kept is not sent."""
    text = changed(PaymentResult, "payments.0.paymentInstrument.card.type", "gift")
    assert refusal(PaymentResult, text) == f"PaymentResult: {CARD_TYPE} (the rule is a guess)"
    received = CODEC.receive(PaymentResult, text)
    assert json.loads(CODEC.dump(received.payload)) == json.loads(text)
    with pytest.raises(InvalidMessageError) as refused:
        CODEC.encode(received.payload)
    assert str(refused.value).startswith(f"PaymentResult: {CARD_TYPE}")


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (
            "paymentType",
            "gift",
            (
                "$.paymentType: expected one of"
                " sale, refund, pre-auth, check-card, check-card-payment"
            ),
        ),
        (
            "instruction.paymentInstrument.type",
            "card/gift",
            (
                "$.instruction.paymentInstrument.type: expected one of"
                " card/present, card/token, card/keyed-recovery, card/keyed, card/not-present"
            ),
        ),
    ],
)
def test_a_request_has_closed_enums_and_unions(path: str, value: str, problem: str) -> None:
    """What we send is known completely, so that anything else is a mistake."""
    found = refusal(PaymentRequest, changed(PaymentRequest, path, value))
    assert found == f"PaymentRequest: {problem} (the rule is a guess)"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"payment_type": "gift"},
            "$.paymentType: expected PaymentType, got string (the rule is a guess)",
        ),
        (
            {"merchant_transaction_reference": "MS 1"},
            (
                "$.merchantTransactionReference: expected a match of the pattern"
                " ^[a-zA-Z0-9_-]{1,30}$"
            ),
        ),
    ],
)
def test_a_message_that_breaks_its_schema_cannot_be_made(
    changes: dict[str, Any], problem: str
) -> None:
    """The mistake is told where it is made, with the name that travels; nothing is sent."""
    right: dict[str, Any] = {
        "payment_type": PaymentType.SALE,
        "merchant_transaction_reference": "MS1231000001",
        "instruction": Instruction(
            value=RequestValue(amount=1099), payment_instrument=CardPresent()
        ),
    }
    with pytest.raises(InvalidMessageError) as refused:
        PaymentRequest(**right | changes)
    assert str(refused.value) == f"PaymentRequest: {problem}"


def test_a_value_that_did_not_fit_is_not_sent_on() -> None:
    """It was kept beside its field; sending says so, and does not call the field unknown."""
    text = '{"payments": [{"value": {"amount": "3000"}}]}'
    received = CODEC.receive(PaymentResult, text)
    assert isinstance(received.payload, PaymentResult)
    with pytest.raises(InvalidMessageError) as refused:
        CODEC.encode(received.payload)
    assert str(refused.value) == (
        "PaymentResult: $.payments[0].value: a received value that did not fit is not sent"
    )
