"""The model: traits applied, defaults filled in, no dependence on the order of keys."""

import json
from pathlib import Path
from typing import Any

import pytest

from checking import ORDER, changed
from stompgen.document import parse
from stompgen.loading import load
from stompgen.model import ApiModel, ExampleModel, Recovery, ReplyRule, TagModel, TerminalWhen
from stompgen.normalise import build_model
from stompgen.problems import Problems
from stompgen.traits import apply_traits

SPEC = Path(__file__).parents[2] / "spec" / "ips-payment-4.0.1.yaml"


def model_of(data: dict[str, Any]) -> ApiModel:
    problems = Problems()
    document = parse(json.dumps(data), "order.json", problems)
    assert document is not None
    model = build_model(document, problems)
    assert str(problems) == ""
    return model


def merged(traits: list[Any], own: dict[str, Any]) -> Any:
    """Return an operation after its traits were applied."""
    operation = {"action": "send", **own, "traits": traits}
    document = parse(json.dumps({"operations": {"op": operation}}), "a.json", Problems())
    assert document is not None
    result = apply_traits(document).raw("/operations/op")
    assert isinstance(result, dict)
    return {key: value for key, value in result.items() if key not in ("action", "traits")}


@pytest.mark.parametrize(
    ("traits", "own", "result"),
    [
        ([{"title": "t"}], {}, {"title": "t"}),
        ([{"title": "t"}], {"title": "own"}, {"title": "own"}),
        ([{"title": "t1"}, {"title": "t2"}], {}, {"title": "t2"}),
        ([{"x-a": {"b": 1, "c": 2}}], {"x-a": {"c": 3}}, {"x-a": {"b": 1, "c": 3}}),
        ([{"tags": [1, 2]}], {"tags": [3]}, {"tags": [3]}),
        ([{"x-a": {"b": 1}}], {"x-a": "plain"}, {"x-a": "plain"}),
        ([{"title": "t"}], {"title": None}, {}),
        ([{"action": "receive", "messages": []}], {}, {}),
        ([{"x-a": {"b": 1}}, {"x-a": {"c": 2}}], {}, {"x-a": {"b": 1, "c": 2}}),
    ],
)
def test_traits_are_merged_and_the_target_wins(
    traits: list[Any], own: dict[str, Any], result: dict[str, Any]
) -> None:
    """AsyncAPI 3.x: JSON Merge Patch in order; objects merge, lists are replaced."""
    assert merged(traits, own) == result


def test_what_comes_from_a_trait_has_the_place_of_the_trait() -> None:
    """That is where one would mend it."""
    text = "operations:\n  op:\n    traits: [{$ref: '#/t'}]\nt:\n  x-a:\n    b: 1\n"
    document = parse(text, "a.yaml", Problems())
    assert document is not None
    effective = apply_traits(document)
    assert effective.position("/operations/op/x-a/b").line == 6
    assert apply_traits(effective) is effective


def test_messages_share_the_headers_of_their_trait() -> None:
    """One schema, one class: a trait's headers are pointed to, not copied."""
    order, taken = model_of(ORDER).messages
    assert order.headers == "/components/schemas/Headers"
    assert order.payload == "/components/schemas/Order"
    assert order.correlation_location == "$message.header#/x-id"
    assert order.content_type == "application/json"
    assert taken.headers is None


def test_headers_of_trait_and_message_are_merged() -> None:
    """Both contribute fields, and the schema is found at the message."""
    own = {"properties": {"x-more": {"type": "string"}}}
    data = changed("/components/messages/Order/headers", own)
    document = parse(json.dumps(data), "order.json", Problems())
    assert document is not None
    effective = apply_traits(document)
    message = build_model(document, Problems()).message_by_key["Order"]
    assert message.headers == "/components/messages/Order/headers"
    assert effective.at(message.headers + "/properties") == {
        "x-id": {"type": "string"},
        "x-more": {"type": "string"},
    }


def test_absent_messages_are_those_of_the_channel_and_an_empty_list_is_none() -> None:
    """AsyncAPI 3.1 says so in words; 3.0 means it."""
    model = model_of(changed("/operations/queryOrder/messages", []))
    assert model.operation_by_key["onTaken"].messages == ("Taken",)
    assert model.operation_by_key["queryOrder"].messages == ()


def test_the_default_content_type_fills_in() -> None:
    """A message's own content type wins."""
    data = changed("/defaultContentType", "text/plain")
    order, taken = model_of(data).messages
    assert (order.content_type, taken.content_type) == ("application/json", "text/plain")


def test_conversations_have_their_traits_and_defaults() -> None:
    """What the operation leaves out comes from its trait, then from the vocabulary."""
    rules = model_of(ORDER).operation_by_key["placeOrder"].conversation
    assert rules is not None
    assert rules.connection == "new"
    assert rules.errors == ("onError",)
    assert rules.replies == (ReplyRule(operation="onTaken", occurs="one", terminal=True),)
    assert rules.recover == Recovery(operation="queryOrder", key="reference")
    assert rules.on_end == "keep"
    assert rules.at_most_once is False


def test_tags_are_known_by_component_key_or_by_name() -> None:
    """An inline tag with a component's name is that tag; another one gets a key of its own."""
    data = changed("/components/tags", {"pay": {"name": "Payments", "description": "Paying."}})
    data["operations"]["onTaken"]["tags"] = [{"name": "Payments"}, {"name": "Other things"}]
    model = model_of(data)
    assert model.operation_by_key["onTaken"].tags == ("pay", "other_things")
    assert model.tags == (
        TagModel(key="other_things", name="Other things"),
        TagModel(key="pay", name="Payments", description="Paying."),
    )


def test_equal_keys_of_different_messages_are_told_apart() -> None:
    """Two channels may each have a message called `Reply`."""
    data = changed("/channels/order/messages/Reply", {"payload": {"type": "string"}})
    data["channels"]["taken"]["messages"]["Reply"] = {"payload": {"type": "integer"}}
    keys = [message.key for message in model_of(data).messages]
    assert keys == ["Order", "Reply", "Taken", "taken_Reply"]


def test_an_example_without_payload_is_not_one_with_null() -> None:
    """`null` is a payload."""
    data = changed("/components/messages/Taken/examples", [{"name": "a"}, {"payload": None}])
    assert model_of(data).message_by_key["Taken"].examples == (
        ExampleModel(name="a", has_payload=False),
        ExampleModel(),
    )


def reordered(value: Any) -> Any:
    """Return the same content with every object's keys in another order."""
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


def test_the_order_of_keys_makes_no_difference() -> None:
    """Replies mean no order of their own either: they are a map."""
    data = changed("/operations/placeOrder/x-conversation/replies/onError", {"occurs": "many"})
    assert model_of(reordered(data)) == model_of(data)


def test_the_specification_is_read_as_it_is_meant() -> None:
    """A few facts that the runtime depends on."""
    problems = Problems()
    document = load(SPEC, problems)
    assert document is not None
    model = build_model(document, problems)
    assert str(problems) == ""
    assert len(model.channels) == len(model.messages) == len(model.operations) == 25
    assert [server.key for server in model.servers] == ["cloudLive", "cloudTest", "onPremise"]
    start = model.operation_by_key["startPayment"]
    assert start.security == ("licenseKey",)
    assert start.opens
    assert start.conversation is not None
    assert start.conversation.at_most_once
    assert not model.operation_by_key["abortPayment"].opens
    assert not model.operation_by_key["onPaymentResult"].opens
    assert model.operation_by_key["serviceStatus"].opens
    query = model.operation_by_key["queryPaymentReceipt"].conversation
    assert query is not None
    assert query.replies[0].terminal_when == TerminalWhen(reply="/type", request="/type")
    (scheme,) = model.security
    assert (scheme.header_of, scheme.name) == ("stomp-connect", "x-wp-authorization")
    assert scheme.sensitive
