"""The `x-` keys: spelling, shape, place, and conversations that contradict themselves."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from checking import REMOVED, changed, problems_of
from stompgen.extensions import PLACES
from stompgen.loading import load
from stompgen.problems import Problems

SPEC = Path(__file__).parents[2] / "spec" / "ips-payment-4.0.1.yaml"
SCHEMA = json.loads(files("stompgen").joinpath("x-extensions.schema.json").read_text("utf-8"))
TALK = "/operations/placeOrder/x-conversation"
REPLY = f"{TALK}/replies/onTaken"
ORDER = "/components/schemas/Order"
TAKEN = "/components/schemas/Taken"
KEY = {"type": "httpApiKey", "in": "header", "name": "x-key"}


@pytest.mark.parametrize(
    ("pointer", "value", "line"),
    [
        (
            f"{TALK}/replys",
            {},
            f"#{TALK}/replys: unknown key 'replys' (did you mean 'replies'?)",
        ),
        (
            f"{REPLY}/occurs",
            "once",
            f"#{REPLY}/occurs: 'once' is not allowed here (did you mean 'one'?)",
        ),
        (
            f"{REPLY}/occurs",
            REMOVED,
            f"#{REPLY}: the reply lacks 'occurs' (say how often it comes)",
        ),
        (
            f"{TALK}/replies/onTakn",
            {"occurs": "many"},
            f"#{TALK}/replies/onTakn: there is no operation 'onTakn' (did you mean 'onTaken'?)",
        ),
        (
            f"{TALK}/replies/cancelOrder",
            {"occurs": "many"},
            (
                f"#{TALK}/replies/cancelOrder: 'cancelOrder' is a send operation, expected receive"
                " (name a receive operation)"
            ),
        ),
        (
            f"{TALK}/during/0",
            "onTaken",
            (
                f"#{TALK}/during/0: 'onTaken' is a receive operation, expected send"
                " (name a send operation)"
            ),
        ),
        (
            f"{TALK}/during/0",
            "queryOrder",
            (
                f"#{TALK}/during/0: 'queryOrder' is sent inside this conversation, but may open a"
                " connection (set its 'connection: current')"
            ),
        ),
        (
            f"{REPLY}/answer",
            "queryOrder",
            (
                f"#{REPLY}/answer: 'queryOrder' is sent inside this conversation, but may open a"
                " connection (set its 'connection: current')\n"
                f"#{REPLY}/answer: the answer 'queryOrder' is not among what may be sent"
                " (add 'queryOrder' to during)"
            ),
        ),
        (
            "/operations/placeOrder/reply",
            {"channel": {"$ref": "#/channels/error"}},
            (
                "#/operations/placeOrder/reply/channel: no reply of the conversation comes on the"
                " channel 'error' (name the channel of one of the replies, or add the reply)"
            ),
        ),
        ("/operations/placeOrder/reply", {"channel": {"$ref": "#/channels/taken"}}, ""),
        (
            "/operations/queryOrder/x-conversation",
            {"atMostOnce": True},
            (
                f"#{TALK}/recover/operation: 'queryOrder' is sent at most once, so it cannot be a"
                " query (name a query that can be repeated)"
            ),
        ),
        (
            "/operations/onTaken/x-conversation",
            {"connection": "new"},
            (
                "#/operations/onTaken/x-conversation/connection: 'onTaken' only answers, so it"
                " cannot open a connection (write 'current' or 'any')"
            ),
        ),
        (
            f"{REPLY}/terminal",
            False,
            (
                f"#{TALK}/replies: no reply is terminal, so the connection would never end"
                " (give one reply 'terminal: true' or terminalWhen)"
            ),
        ),
        (
            f"{REPLY}/occurs",
            "many",
            (
                f"#{REPLY}/occurs: a terminal reply ends the conversation, so it cannot"
                " occur 'many'"
                " (write 'one' or 'optional')"
            ),
        ),
        (
            f"{REPLY}/after",
            ["onError"],
            f"#{REPLY}/after/0: 'onError' is not a reply of this conversation (known: onTaken)",
        ),
        (
            f"{REPLY}/after",
            ["onTaken"],
            f"#{REPLY}/after/0: 'onTaken' cannot come after itself (remove it)",
        ),
        (
            REPLY,
            {"occurs": "some", "terminalWhen": {"reply": "/refrence", "request": "reference"}},
            (
                f"#{REPLY}/terminalWhen/reply: the payload of 'onTaken' has no 'refrence'"
                " (did you mean 'reference'?)\n"
                f"#{REPLY}/terminalWhen/request: 'reference' is not a JSON pointer"
                " (start it with '/')"
            ),
        ),
        (
            f"{TALK}/recover/operation",
            "queryOrdr",
            (
                f"#{TALK}/recover/operation: there is no operation 'queryOrdr'"
                " (did you mean 'queryOrder'?)"
            ),
        ),
        (
            f"{TALK}/recover/key",
            "refrence",
            (
                f"#{TALK}/recover/key: the payload of 'placeOrder' has no property 'refrence'"
                " (did you mean 'reference'?)\n"
                f"#{TALK}/recover/key: the payload of 'queryOrder' has no property 'refrence'"
                " (did you mean 'reference'?)"
            ),
        ),
        (
            f"{TALK}/errors",
            ["onTaken"],
            (
                f"#{REPLY}: 'onTaken' is a reply and an error"
                " (an error ends it anyway; keep one of the two)"
            ),
        ),
        (
            f"{TALK}/connection",
            "current",
            (
                f"#{TALK}/replies: replies and 'connection: current' contradict each other"
                " (a send inside a conversation has no conversation of its own)\n"
                f"#{TALK}/during: during and 'connection: current' contradict each other"
                " (a send inside a conversation has no conversation of its own)"
            ),
        ),
        (
            "/operations/onTaken/x-conversation",
            {"connection": "new", "replies": {"onError": {"occurs": "one", "terminal": True}}},
            (
                "#/operations/onTaken/x-conversation/replies: 'onTaken' is subscribed"
                " to as a request"
                " but is not among the replies (add 'onTaken')"
            ),
        ),
        (
            "/operations/onTaken/x-conversaton",
            {},
            (
                "#/operations/onTaken/x-conversaton: unknown extension 'x-conversaton'"
                " (did you mean 'x-conversation'?)"
            ),
        ),
        (
            "/components/operationTraits/opens/x-conversation/errors",
            ["onEror"],
            f"#{TALK}/errors/0: there is no operation 'onEror' (did you mean 'onError'?)",
        ),
    ],
)
def test_a_conversation_must_be_possible(pointer: str, value: object, line: str) -> None:
    """Operations it names exist, go the right way, and its end can be reached."""
    assert "\n".join(problems_of(changed(pointer, value))) == line


@pytest.mark.parametrize("late", [{"terminal": True}, {}])
def test_nothing_comes_after_the_end(late: dict[str, bool]) -> None:
    """A terminal reply is the last, also for another terminal one."""
    data = changed(f"{TALK}/replies/onLate", {"occurs": "one", "after": ["onTaken"], **late})
    data["channels"]["late"] = {**data["channels"]["taken"], "address": "/late"}
    data["operations"]["onLate"] = {"action": "receive", "channel": {"$ref": "#/channels/late"}}
    assert problems_of(data) == [
        (
            f"#{TALK}/replies/onLate/after/0: 'onTaken' ends the conversation, so 'onLate' cannot"
            " come after it (let 'onTaken' come last, or do not call it terminal)"
        ),
    ]


def test_replies_that_wait_for_each_other_never_come() -> None:
    """`after` must not lead in a circle."""
    replies = {
        "onTaken": {"occurs": "one", "terminal": True, "after": ["onReady"]},
        "onReady": {"occurs": "one", "after": ["onTaken"]},
    }
    data = changed(f"{TALK}/replies", replies)
    data["operations"]["onReady"] = data["operations"]["onTaken"]
    assert problems_of(data) == [
        f"#{REPLY}/after/0: 'onTaken' and 'onReady' each come after the other (remove one of them)",
        (
            f"#{TALK}/replies/onReady/after/0: 'onReady' and 'onTaken' each come after the other"
            " (remove one of them)"
        ),
    ]


@pytest.mark.parametrize(
    ("pointer", "value", "line"),
    [
        (
            f"{TAKEN}/x-source/from",
            ["page", "pag"],
            f"#{TAKEN}/x-source/from/1: 'pag' is not among info.x-sources (did you mean 'page'?)",
        ),
        (
            f"{TAKEN}/x-source/confidence",
            "certain",
            (
                f"#{TAKEN}/x-source/confidence: 'certain' is not allowed here"
                " (known: high, invented, low, medium)"
            ),
        ),
        (
            f"{TAKEN}/x-source/form",
            "page",
            f"#{TAKEN}/x-source/form: unknown key 'form' (did you mean 'from'?)",
        ),
        (
            f"{TAKEN}/x-sensitive",
            "yes",
            f"#{TAKEN}/x-sensitive: expected true, got a text (leave it out instead)",
        ),
        (
            f"{TAKEN}/x-sensitve",
            True,
            f"#{TAKEN}/x-sensitve: unknown extension 'x-sensitve' (did you mean 'x-sensitive'?)",
        ),
        (
            f"{ORDER}/properties/amount/x-unit-of",
            "curency",
            (
                f"#{ORDER}/properties/amount/x-unit-of: there is no property 'curency' beside"
                " 'amount' (did you mean 'currency'?)"
            ),
        ),
        (f"{ORDER}/properties/amount/x-unit-of", "the currency of the batch", ""),
        (
            f"{ORDER}/properties/currency",
            {"type": "string", "enum": ["GBP"], "x-open-enum": {"GBP": None}},
            (
                f"#{ORDER}/properties/currency/x-open-enum: x-open-enum and enum contradict each"
                " other (keep enum when the list is closed, x-open-enum when it is open)"
            ),
        ),
        (
            f"{ORDER}/properties/currency",
            {"x-open-enum": {"GBP": 1}},
            (
                f"#{ORDER}/properties/currency/x-open-enum: x-open-enum needs 'type:"
                " string' beside it"
                " (add it)\n"
                f"#{ORDER}/properties/currency/x-open-enum/GBP: expected a text, got an integer"
            ),
        ),
        (
            f"{ORDER}/properties/currency",
            {"enum": ["GBP"], "x-enum-values": {"GPB": "Pound"}},
            (
                f"#{ORDER}/properties/currency/x-enum-values/GPB: 'GPB' is"
                " described but is not"
                " in the enum (known: GBP)"
            ),
        ),
        (
            "/operations/onTaken/x-sensitive",
            True,
            (
                "#/operations/onTaken/x-sensitive: x-sensitive means nothing here"
                " (it belongs on: schema, securityScheme)"
            ),
        ),
        (
            "/info/x-perspective",
            "server",
            "#/info/x-perspective: 'server' is not allowed here (known: client)",
        ),
        (
            "/servers/shop/x-transport/protocol",
            "https",
            "#/servers/shop/x-transport/protocol: 'https' is not allowed here (known: ws, wss)",
        ),
        (
            "/components/securitySchemes",
            {"key": {**KEY, "x-obtained-from": {"operation": "placeOrder", "payload": "/key"}}},
            (
                "#/components/securitySchemes/key/x-obtained-from/operation: 'placeOrder' does not"
                " receive (name a receive operation)"
            ),
        ),
        (
            "/components/securitySchemes",
            {"key": {**KEY, "x-obtained-from": {"operation": "onTaken", "payload": "/key"}}},
            (
                "#/components/securitySchemes/key/x-obtained-from/payload: the payload of 'onTaken'"
                " has no 'key' (point to a property)"
            ),
        ),
        (f"{TAKEN}/x-something-else", 1, ""),
        (
            f"{ORDER}/properties/amount",
            {"type": "number", "x-unit": "currency-minor"},
            (
                f"#{ORDER}/properties/amount/x-unit: an amount in minor units is a whole number:"
                " expected 'type: integer' (mend the type or the unit)"
            ),
        ),
        (
            f"{ORDER}/properties/amount",
            {"type": ["integer", "null"], "x-unit": "currency-minor"},
            "",
        ),
        (
            "/components/schemas/Headers/properties",
            {name: {"type": "string", "x-header-role": "message-id"} for name in ("x-id", "y")},
            (
                "#/components/schemas/Headers/properties/y: the headers 'x-id' and 'y' both have"
                " the role message-id (keep one of the two)"
            ),
        ),
        (
            "/components/schemas/Headers/properties/y",
            {"type": "string", "x-header-role": "correlation-id"},
            (
                "#/components/messages/Order/correlationId/location: the header 'x-id' is"
                " not the one with the role correlation-id (name 'y', or move x-header-role)"
            ),
        ),
        (
            "/components/schemas/Headers/properties/x-id",
            {"type": "string", "x-header-role": "correlation-id"},
            "",
        ),
    ],
)
def test_a_key_of_ours_must_mean_something(pointer: str, value: object, line: str) -> None:
    """Misspelt, misplaced and malformed keys are errors; foreign ones are left alone."""
    assert "\n".join(problems_of(changed(pointer, value))) == line


def test_the_published_schema_knows_the_same_keys() -> None:
    """What the generator reads and what editors check is one vocabulary."""
    assert SCHEMA["properties"].keys() == PLACES.keys()
    Draft7Validator.check_schema(SCHEMA)


def test_the_published_schema_accepts_the_specification() -> None:
    """Every `x-` key of the specification fits it."""
    document = load(SPEC, Problems())
    assert document is not None
    validator = Draft7Validator(SCHEMA)
    todo: list[Any] = [document.data]
    count = 0
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            extensions = {key: item for key, item in value.items() if key in PLACES}
            # A trait's part of a conversation need not stand alone, but here it does.
            assert [error.message for error in validator.iter_errors(extensions)] == []
            count += len(extensions)
            todo += value.values()
        elif isinstance(value, list):
            todo += value
    assert count > 100


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        (f"{TAKEN}/x-source", {"from": [], "confidence": "high"}),
        (f"{TAKEN}/x-source", {"from": "page"}),
        (f"{TAKEN}/x-source", {"from": "page", "confidence": "sure"}),
        (f"{TAKEN}/x-source", "page"),
        (f"{TAKEN}/x-sensitive", False),
        (f"{TAKEN}/x-unit", 5),
        (f"{TAKEN}/x-header-role", "other"),
        ("/info/x-sources/page", {"title": "x", "trust": "none"}),
        ("/servers/shop/x-transport", {"subprotocols": "v12.stomp"}),
        (TALK, {"connection": "old"}),
        (TALK, {"atMostOnce": "yes"}),
        (TALK, {"recover": {"operation": "queryOrder"}}),
        (TALK, {"replies": ["onTaken"]}),
        (TALK, {"during": "cancelOrder"}),
    ],
)
def test_the_published_schema_refuses_what_the_generator_refuses(
    pointer: str, value: object
) -> None:
    """A wrong shape is wrong for both."""
    data = changed(pointer, value)
    assert problems_of(data) != []
    steps = pointer.split("/")[1:]
    index = next(i for i, step in enumerate(steps) if step.startswith("x-"))
    place: Any = data
    for step in steps[: index + 1]:
        place = place[step]
    assert not Draft7Validator(SCHEMA).is_valid({steps[index]: place})
