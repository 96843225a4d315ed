"""`check` tells what `generate` would refuse: no document passes the one and not the other."""

import json
from typing import Any

import pytest

from checking import ORDER, REMOVED, changed, problems_of
from generating import SPEC
from stompgen.check import check
from stompgen.document import parse
from stompgen.loading import load
from stompgen.problems import Problems
from stompgen.rehearsal import rehearse
from stompgen.traits import apply_traits

SCHEMAS = "/components/schemas"
NOTE = f"{SCHEMAS}/Taken/properties/reference"
AVRO = {"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema": {"type": "record"}}


@pytest.mark.parametrize(
    ("pointer", "value", "words"),
    [
        ("/operations/on_taken", ORDER["operations"]["onTaken"], "'on_taken' in Python"),
    ],
)
def test_what_generate_will_tell_is_told_without_generating(
    pointer: str, value: Any, words: str
) -> None:
    """`validate` and `generate` agree, and validating needs no datamodel-code-generator."""
    found = problems_of(changed(pointer, value))
    assert any(words in line for line in found), found


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        (f"{SCHEMAS}/Cash/properties/type/const", REMOVED),
        (NOTE, {"type": "integer", "enum": [1, 2]}),
        (NOTE, {"enum": ["a", 1]}),
        (NOTE, {"type": "string", "if": {}, "then": {}}),
        (NOTE, {"oneOf": [{"type": "string"}, {"type": "integer"}]}),
        ("/components/messages/Taken", {"summary": "x"}),
        ("/components/messages/Taken/payload", {"type": "string"}),
        (f"{SCHEMAS}/None", {"type": "object", "properties": {"x": {"type": "string"}}}),
    ],
)
def test_no_valid_schema_is_refused(pointer: str, value: Any) -> None:
    """What a class cannot say is checked when a message is read or sent."""
    data = changed(pointer, value)
    for message in data["components"]["messages"].values():
        message.pop("examples", None)
    assert [line for line in problems_of(data) if "warning" not in line] == []


def test_a_mistake_elsewhere_hides_nothing() -> None:
    """The author of a document sees everything at once."""
    data = changed(f"{NOTE}/type", "text")
    data["operations"]["placeOrder"]["x-conversation"]["recover"]["key"] = "refrence"
    found = "\n".join(problems_of(data))
    assert "has no property 'refrence'" in found
    assert "'text'" in found


@pytest.mark.parametrize("value", [None, 1, "x", [], [1], {}, {"$ref": "#/no"}, {"x": []}])
@pytest.mark.parametrize(
    "pointer",
    [
        *(f"/{name}" for name in ORDER if name != "asyncapi"),
        "/channels/order",
        "/channels/order/messages",
        "/channels/order/messages/Order",
        "/operations/placeOrder",
        "/operations/placeOrder/channel",
        "/operations/placeOrder/messages",
        "/operations/placeOrder/x-conversation",
        "/operations/placeOrder/x-conversation/replies/onTaken",
        "/components/messages/Order",
        "/components/messages/Order/payload",
        "/components/messages/Order/examples",
        "/components/messages/Order/traits",
        f"{SCHEMAS}/Order",
        f"{SCHEMAS}/Payment/oneOf",
        f"{SCHEMAS}/Order/properties",
        f"{SCHEMAS}/Order/required",
        f"{NOTE}/minLength",
        f"{NOTE}/type",
        "/servers/shop",
        "/servers/shop/variables/host/x-schema",
    ],
)
def test_nothing_in_a_document_ends_in_an_exception(pointer: str, value: Any) -> None:
    """Broken parts are skipped, and what they cause is no mistake of ours."""
    found = "\n".join(problems_of(changed(pointer, value)))
    assert "no code can be generated" not in found


def test_the_real_document_can_be_generated() -> None:
    """Nothing is said of a document that has no fault."""
    problems = Problems()
    document = load(SPEC, problems)
    assert document is not None
    check(document, problems)
    assert problems.errors == ()


def test_an_exception_of_ours_is_a_problem(monkeypatch) -> None:
    """Of a document without errors; else the errors are the reason."""
    document = parse(json.dumps(ORDER), "order.json", Problems())
    assert document is not None
    monkeypatch.setattr("stompgen.rehearsal.build_model", lambda *_: {}["key"])
    problems = Problems()
    rehearse(apply_traits(document), problems)
    assert "no code can be generated: KeyError" in str(problems)


@pytest.mark.parametrize("at", ["/components/messages/Order", "/components/messages/Taken"])
def test_a_payload_in_another_schema_language_is_told_once(at: str) -> None:
    """It is not read: neither examples nor properties can be judged by it."""
    data = changed(f"{at}/payload", AVRO)
    data["components"]["messages"]["Taken"]["examples"] = [{"payload": {"reference": "4111"}}]
    found = [line for line in problems_of(data) if line.startswith(f"#{at}")]
    assert [line.partition(":")[0] for line in found] == [f"#{at}/payload/schemaFormat"]


def test_a_value_that_cannot_be_judged_is_a_problem_without_the_value() -> None:
    """Libraries quote what they stumble over; it may be a card number."""
    data = changed(f"{SCHEMAS}/Order/properties/amount", {"type": "number", "multipleOf": 0.01})
    data["components"]["messages"]["Order"]["examples"][0]["payload"]["amount"] = 4 * 10**400
    found = "\n".join(problems_of(data))
    assert "examples/0/payload: warning: the value cannot be judged by its schema" in found
    assert "000" not in found
