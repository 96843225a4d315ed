"""What `stompgen.diffing` says of one change: its kind, where it is, and whom it breaks."""

from copy import deepcopy
from typing import Any

import pytest

from checking import ORDER, REMOVED, changed
from differing import api_of, difference, marks
from stompgen.diffing import compare
from stompgen.pointers import split

ORDER_ = "/components/schemas/Order"
TAKEN = "/components/schemas/Taken"


def edited(*edits: tuple[str, Any]) -> dict[str, Any]:
    """The small document with several values set, or removed."""
    document = deepcopy(ORDER)
    for pointer, value in edits:
        *steps, last = split(pointer)
        place: Any = document
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
        if value is REMOVED:
            del place[last]
        else:
            place[last] = value
    return document


ENUM = {"type": "string", "enum": ["web", "shop"]}
OPEN_ENUM = {"type": "string", "x-open-enum": {"web": "By web.", "shop": "In a shop."}}


@pytest.mark.parametrize(
    ("pointer", "value", "expected"),
    [
        # What is sent: less breaks us, more breaks nobody on our side.
        (
            f"{ORDER_}/properties/reference/maxLength",
            9,
            ["narrowed Order.reference sent s breaking"],
        ),
        (f"{ORDER_}/properties/reference/pattern", REMOVED, ["widened Order.reference sent r"]),
        (
            f"{ORDER_}/properties/reference/pattern",
            "^[a-z]+$",
            ["changed Order.reference sent sr breaking"],
        ),
        (
            f"{ORDER_}/required",
            ["reference", "amount", "currency"],
            ["narrowed Order.currency sent sp breaking"],
        ),
        (f"{ORDER_}/required", ["reference"], ["widened Order.amount sent r"]),
        (f"{ORDER_}/properties/note", {"type": "string"}, ["added Order.note sent "]),
        (f"{ORDER_}/properties/currency", REMOVED, ["removed Order.currency sent p breaking"]),
        (
            f"{ORDER_}/properties/amount/type",
            "number",
            ["widened Order.amount sent rp breaking"],
        ),
        # What is received: the same edits the other way round.
        (f"{TAKEN}/properties/reference/maxLength", 9, ["narrowed Taken.reference received s"]),
        (f"{TAKEN}/required", ["reference"], ["narrowed Taken.reference received sp breaking"]),
        (f"{TAKEN}/properties/note", {"type": "string"}, ["added Taken.note received "]),
        (
            f"{TAKEN}/properties/reference/type",
            "integer",
            ["changed Taken.reference received srp breaking"],
        ),
        # Marks.
        (
            f"{TAKEN}/properties/reference/x-sensitive",
            True,
            ["sensitivity Taken.reference received "],
        ),
        (
            "/components/schemas/Headers/properties/x-id/x-header-role",
            "message-id",
            ["header-role Headers.x_id sent sr breaking"],
        ),
        (f"{TAKEN}/properties/reference/description", "New.", ["docs Taken.reference both "]),
        # Around the messages.
        ("/channels/order/address", "/v2/order", ["address order both sr breaking"]),
        ("/servers/shop/host", "{host}:7081", ["server Shop both sr breaking"]),
        ("/servers/shop/x-transport/protocol", "ws", ["server Shop both sr breaking"]),
        ("/info/version", "1.0.1", ["docs API both "]),
        (
            "/operations/placeOrder/x-conversation/recover",
            REMOVED,
            ["conversation placeOrder sent s breaking"],
        ),
        (
            "/operations/placeOrder/x-conversation/atMostOnce",
            True,
            ["conversation placeOrder sent s breaking"],
        ),
        (
            "/operations/placeOrder/x-conversation/during",
            [],
            [
                "conversation placeOrder sent sp breaking",
                # With nothing to send and one reply, the method returns the reply itself.
                "python placeOrder none p breaking",
            ],
        ),
        (
            "/operations/placeOrder/x-conversation/replies/onTaken/occurs",
            "some",
            ["conversation placeOrder received r breaking"],
        ),
    ],
)
def test_one_edit_is_one_change(pointer: str, value: Any, expected: list[str]) -> None:
    """Kind, place, direction, whom it breaks (sender, receiver, Python), and the verdict for us."""
    found = difference(ORDER, changed(pointer, value))
    assert [
        f"{c.kind} {c.name} {c.direction} {marks(c)}{' breaking' if c.breaking else ''}"
        for c in found.changes
    ] == expected


def test_a_document_does_not_differ_from_itself() -> None:
    """Not even when its keys have another order."""
    turned = {key: ORDER[key] for key in reversed(ORDER)}
    turned["components"] = {k: ORDER["components"][k] for k in reversed(ORDER["components"])}
    assert not difference(ORDER, turned)


def test_a_schema_that_only_moved_is_no_difference() -> None:
    """An inline schema that became a component of the name its class had already is the same."""
    inline = edited(
        (f"{ORDER_}/properties/place", {"type": "object", "properties": {"a": {"type": "string"}}})
    )
    moved = edited(
        (f"{ORDER_}/properties/place", {"$ref": "#/components/schemas/OrderPlace"}),
        (
            "/components/schemas/OrderPlace",
            {"type": "object", "properties": {"a": {"type": "string"}}},
        ),
    )
    assert not difference(inline, moved)


def test_a_schema_used_in_both_directions_is_judged_for_both() -> None:
    """The same widening is harmless in what we send and breaks in what we receive."""
    both = edited(("/components/messages/Taken/payload/$ref", f"#{ORDER_}"))
    wider = deepcopy(both)
    del wider["components"]["schemas"]["Order"]["properties"]["reference"]["pattern"]
    (change,) = difference(both, wider).changes
    assert (str(change.direction), marks(change), change.breaking) == ("both", "r", True)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [(ENUM, ["widened Way.POST r True"]), (OPEN_ENUM, ["added Way.POST  False"])],
)
def test_open_enums_expect_new_values(schema: dict[str, Any], expected: list[str]) -> None:
    """A new value of a closed list breaks who receives it; in an open list it was expected."""
    old = edited(
        (f"{TAKEN}/properties/way", {"$ref": "#/components/schemas/Way"}),
        ("/components/schemas/Way", schema),
    )
    new = deepcopy(old)
    way = new["components"]["schemas"]["Way"]
    if "enum" in schema:
        way["enum"] = [*way["enum"], "post"]
    else:
        way["x-open-enum"] = {**way["x-open-enum"], "post": "By post."}
    found = difference(old, new).changes
    assert [f"{c.kind} {c.name} {marks(c)} {c.breaking}" for c in found] == expected


def test_a_value_that_goes_breaks_senders_of_a_closed_list_only() -> None:
    """The Python member is gone either way."""
    for schema, expected in ((ENUM, "narrowed sp"), (OPEN_ENUM, "removed p")):
        old = edited(
            (f"{ORDER_}/properties/way", {"$ref": "#/components/schemas/Way"}),
            ("/components/schemas/Way", schema),
        )
        new = deepcopy(old)
        way = new["components"]["schemas"]["Way"]
        key = "enum" if "enum" in schema else "x-open-enum"
        way[key] = ["web"] if key == "enum" else {"web": "By web."}
        (change,) = difference(old, new).changes
        assert f"{change.kind} {marks(change)}" == expected


def test_a_renamed_field_is_guessed_with_its_reason() -> None:
    """The same type under another, similar name; what changed in it is told as well."""
    new = edited(
        (f"{ORDER_}/properties/currencyCode", {"type": "string", "maxLength": 3}),
        (f"{ORDER_}/properties/currency", REMOVED),
        (f"{ORDER_}/properties/amount/x-unit-of", "currencyCode"),
    )
    renamed, narrowed, *words = difference(ORDER, new).changes
    assert f"{renamed.kind} {renamed.name}" == "renamed Order.currency_code"
    assert renamed.guess == "the names are alike, and the Python type is equal"
    assert (renamed.before, renamed.after) == ("order.currency", "order.currency_code")
    assert f"{narrowed.kind} {narrowed.name}" == "narrowed Order.currency_code"
    assert [str(c.kind) for c in words] == ["docs"]


def test_a_renamed_class_is_guessed_by_its_place() -> None:
    """The wire is as it was; Python callers have to write the new name."""
    new = edited(
        ("/components/schemas/Receipt", ORDER["components"]["schemas"]["Taken"]),
        (TAKEN, REMOVED),
        ("/components/messages/Taken/payload/$ref", "#/components/schemas/Receipt"),
    )
    (change,) = [c for c in difference(ORDER, new).changes if c.breaking]
    assert (str(change.kind), change.name, marks(change)) == ("renamed", "Receipt", "p")
    assert change.guess == "both are the payload of the message Taken"


def test_a_renamed_operation_is_guessed_by_its_channel_and_messages() -> None:
    """It is a renamed method, and nothing on the wire."""
    new = edited(
        ("/operations/askOrder", ORDER["operations"]["queryOrder"]),
        ("/operations/queryOrder", REMOVED),
        ("/operations/placeOrder/x-conversation/recover/operation", "askOrder"),
    )
    (change,) = difference(ORDER, new).changes
    assert (str(change.kind), change.name, marks(change)) == ("renamed", "askOrder", "p")
    assert change.guess == "both send the same messages on the channel query"
    assert (change.before, change.after) == ("api.query_order(...)", "api.ask_order(...)")


def test_unlike_things_are_not_taken_for_renamed() -> None:
    """A field that went and another that came, unlike in name, are two changes."""
    new = edited(
        (f"{ORDER_}/properties/zone", {"type": "string"}),
        (f"{ORDER_}/properties/currency", REMOVED),
        (f"{ORDER_}/properties/amount/x-unit-of", REMOVED),
    )
    kinds = {(str(c.kind), c.name) for c in difference(ORDER, new).changes}
    assert {("removed", "Order.currency"), ("added", "Order.zone")} <= kinds


def test_a_member_of_a_union_comes_and_goes() -> None:
    """Sent: a member that goes breaks us, one that comes does not."""
    fewer = changed("/components/schemas/Payment/oneOf", [{"$ref": "#/components/schemas/Cash"}])
    gone = {(str(c.kind), c.name, marks(c)) for c in difference(ORDER, fewer).breaking}
    assert ("narrowed", "Payment", "sp") in gone
    come = [c for c in difference(fewer, ORDER).changes if c.name == "Payment"]
    assert [(str(c.kind), marks(c), c.breaking) for c in come] == [("widened", "r", False)]


def test_each_change_says_where_it_is_in_both_documents() -> None:
    """Pointers lead to something in the old and in the new document."""
    new = edited(
        (f"{ORDER_}/properties/note", {"type": "string"}),
        (f"{TAKEN}/properties/reference/maxLength", 3),
        ("/channels/order/address", "/v2/order"),
    )
    old_api, new_api = api_of(ORDER), api_of(new)
    for change in compare(old_api, new_api).changes:
        assert change.old or change.new
        for api, pointer in ((old_api, change.old), (new_api, change.new)):
            assert pointer is None or api.context.document.find(pointer) is not None


def test_a_union_of_many_messages_is_compared() -> None:
    """A channel with hundreds of messages makes unions deeper than Python likes to recurse."""
    names = [f"M{index}" for index in range(400)]
    payload = {"type": "object", "properties": {"a": {"type": "string"}}}
    many = edited(
        ("/channels/order/messages", {name: {"payload": payload} for name in names}),
        ("/operations/placeOrder/messages", REMOVED),
        ("/operations/placeOrder/x-conversation/recover", REMOVED),
    )
    fewer = deepcopy(many)
    del fewer["channels"]["order"]["messages"]["M7"]
    found = {(str(c.kind), c.name) for c in difference(many, fewer).breaking}
    assert {("narrowed", "placeOrder"), ("removed", "M7")} <= found
