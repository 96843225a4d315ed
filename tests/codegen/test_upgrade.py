"""AsyncAPI 2.x documents, as documents of 3.x."""

import json
from copy import deepcopy
from typing import Any

import pytest

from stompgen.check import check
from stompgen.document import Document
from stompgen.loading import load_text
from stompgen.model import ApiModel
from stompgen.normalise import build_model
from stompgen.pointers import split
from stompgen.problems import Problems
from stompgen.traits import apply_traits

WHY = "/channels/lamp~1{id}/subscribe/message/oneOf/2/payload/properties/why"

LAMPS: dict[str, Any] = {
    "asyncapi": "2.6.0",
    "info": {"title": "Lamps", "version": "1.0.0"},
    "tags": [{"name": "lamps"}],
    "servers": {
        "test": {
            "url": "wss://{host}:8080/lamps?key=1",
            "protocol": "stomp",
            "variables": {"host": {"default": "localhost"}},
            "security": [{"user": []}],
        },
    },
    "channels": {
        "lamp/{id}": {
            "parameters": {
                "id": {
                    "schema": {"type": "string", "enum": ["a", "b"]},
                    "location": "$message.payload#/id",
                }
            },
            "servers": ["test"],
            "publish": {
                "operationId": "measured",
                "message": {"$ref": "#/components/messages/Measured"},
            },
            "subscribe": {
                "security": [{"user": []}],
                "message": {
                    "oneOf": [
                        {"name": "turnOn", "payload": {"type": "object"}},
                        {"$ref": "#/components/messages/Dim"},
                        {"payload": {"type": "object", "properties": {"why": {}}}},
                    ]
                },
            },
        },
        "quiet": {"subscribe": {"message": {"$ref": "#/components/messages/Dim"}}},
    },
    "components": {
        "messages": {
            "Measured": {"payload": {"$ref": "#/components/schemas/Measure"}},
            "Dim": {
                "summary": "of the message",
                "contentType": "text/plain",
                "payload": {"type": "object", "properties": {"level": {"type": "integer"}}},
                "traits": [
                    {"summary": "of the first trait", "contentType": "application/json"},
                    {"summary": "of the last trait"},
                ],
            },
        },
        "schemas": {
            "Measure": {
                "type": "object",
                "properties": {
                    "level": {"$ref": "#/components/messages/Dim/payload/properties/level"},
                    "why": {"$ref": f"#{WHY}"},
                },
            }
        },
        "securitySchemes": {
            "user": {"type": "userPassword"},
            "web": {
                "type": "oauth2",
                "flows": {"password": {"tokenUrl": "https://x.example", "scopes": {"a": "b"}}},
            },
        },
    },
}


def lamps(**changes: Any) -> dict[str, Any]:
    """Return the document, with other values at some pointers (`__` is `/`)."""
    data = deepcopy(LAMPS)
    for pointer, value in changes.items():
        *steps, last = pointer.split("__")
        place: Any = data
        for step in steps:
            place = place[step]
        place[last] = value
    return data


def loaded(data: dict[str, Any], **files: str) -> tuple[Document, Problems]:
    """Read a document and check it."""
    problems = Problems()
    document = load_text(json.dumps(data, indent=1), problems, name="lamps.json", files=files)
    assert document is not None
    check(document, problems)
    return document, problems


def model_of(data: dict[str, Any]) -> ApiModel:
    """Make the model of a document."""
    problems = Problems()
    document = load_text(json.dumps(data), problems)
    assert document is not None
    return build_model(document, problems)


def front_lines(problems: Problems) -> list[str]:
    """Return what the checks of the document itself say, each without its file and line."""
    return [str(problem).split(": ", 1)[1] for problem in problems]


@pytest.mark.parametrize("minor", range(7))
def test_each_version_2_is_read_as_3(minor: int) -> None:
    """2.0 to 2.6 differ in what they may say, not in what it means."""
    model = model_of(lamps(asyncapi=f"2.{minor}.0"))
    assert model.asyncapi == f"2.{minor}.0"
    assert [(o.key, o.action) for o in model.operations] == [
        ("lamp/{id}.subscribe", "send"),
        ("measured", "receive"),
        ("quiet.subscribe", "send"),
    ]


def test_what_others_publish_is_received() -> None:
    """2.x tells what others do with the application; `--side other` turns that round."""
    problems = Problems()
    document = load_text(json.dumps(LAMPS), problems, side="other")
    assert document is not None
    model = build_model(document, problems)
    assert model.side == "other"
    assert [o.action for o in model.operations] == ["receive", "send", "receive"]


def test_channels_keep_their_keys_and_get_their_address() -> None:
    """The key of 2.x is the address of 3.x; parameters keep their schema."""
    channel = model_of(LAMPS).channel_by_key["lamp/{id}"]
    assert channel.address == "lamp/{id}"
    assert channel.servers == ("test",)
    (parameter,) = channel.parameters
    assert parameter.enum == ("a", "b")
    assert parameter.location == "$message.payload#/id"
    assert parameter.schema == {"type": "string", "enum": ["a", "b"]}


def test_messages_are_named_by_component_by_name_or_by_operation() -> None:
    """In this order; the same component on two channels is one message."""
    model = model_of(LAMPS)
    assert model.operation_by_key["lamp/{id}.subscribe"].messages == (
        "turnOn",
        "Dim",
        "lamp/{id}.subscribeMessage",
    )
    assert model.operation_by_key["quiet.subscribe"].messages == ("Dim",)
    assert sorted(m.key for m in model.messages) == sorted(
        ["Dim", "Measured", "lamp/{id}.subscribeMessage", "turnOn"]
    )


def test_different_messages_of_one_name_stay_apart() -> None:
    """A second one gets a number, in the order of the document."""
    data = lamps()
    choice = data["channels"]["lamp/{id}"]["subscribe"]["message"]["oneOf"]
    choice[1:] = [{"name": "turnOn", "payload": {"type": "object", "required": ["x"]}}]
    operation = model_of(data).operation_by_key["lamp/{id}.subscribe"]
    assert operation.messages == ("turnOn", "turnOn_2")


def test_the_last_trait_wins_over_the_message() -> None:
    """In 2.x; in 3.x the message wins."""
    assert model_of(LAMPS).message_by_key["Dim"].summary == "of the last trait"
    assert model_of(LAMPS).message_by_key["Dim"].content_type == "application/json"
    three = {
        "asyncapi": "3.0.0",
        "info": LAMPS["info"],
        "channels": {"dim": {"messages": {"Dim": LAMPS["components"]["messages"]["Dim"]}}},
    }
    assert model_of(three).message_by_key["Dim"].summary == "of the message"
    assert model_of(three).message_by_key["Dim"].content_type == "text/plain"


def test_objects_merge_and_null_removes() -> None:
    """JSON Merge Patch, in the order of 2.x."""
    data = lamps()
    dim = data["components"]["messages"]["Dim"]
    dim["bindings"] = {"ws": {"a": 1, "b": 1}}
    dim["title"] = "gone"
    dim["traits"] = [{"bindings": {"ws": {"b": 2, "c": 2}}, "title": None}]
    message = model_of(data).message_by_key["Dim"]
    assert message.bindings == {"ws": {"a": 1, "b": 2, "c": 2}}
    assert message.title is None


@pytest.mark.parametrize(
    ("url", "host", "path", "transport"),
    [
        ("wss://a.example/x/y", "a.example", "/x/y", "wss"),
        ("ws://a.example:81", "a.example:81", "", "ws"),
        ("stomp://a.example", "a.example", "", None),
        ("localhost:61613", "localhost:61613", "", None),
        ("{host}:{port}/{path}", "{host}:{port}", "/{path}", None),
        ("{scheme}://a.example/p", "a.example", "/p", None),
        ("//a.example/p", "a.example", "/p", None),
        ("wss://user:secret@a.example/p", "a.example", "/p", "wss"),
        ("/only/a/path", "", "/only/a/path", None),
        ("", "", "", None),
    ],
)
def test_a_url_becomes_host_and_path(url: str, host: str, path: str, transport: str | None) -> None:
    """3.x says nothing of the scheme, so that `wss` would be lost; nobody's password is kept."""
    model = model_of(lamps(servers={"test": {"url": url, "protocol": "stomp"}}))
    (server,) = model.servers
    assert (server.host, server.pathname, server.transport) == (host, path, transport)
    assert "secret" not in repr(model)


def test_names_of_security_schemes_become_references() -> None:
    """Of servers and operations; scopes of a flow are its available scopes."""
    model = model_of(LAMPS)
    assert model.servers[0].security == ("user",)
    assert model.operation_by_key["lamp/{id}.subscribe"].security == ("user",)
    web = next(scheme for scheme in model.security if scheme.key == "web")
    assert web.flows == {
        "password": {"tokenUrl": "https://x.example", "availableScopes": {"a": "b"}}
    }


def test_references_lead_to_where_things_are_now() -> None:
    """Also deep into messages that moved."""
    document, problems = loaded(LAMPS)
    document.check_references(problems)
    assert [line for line in front_lines(problems) if "there is no" in line] == []
    why = document.resolve("/components/schemas/Measure/properties/why")
    assert why.startswith("/channels/lamp~1{id}/messages/")


@pytest.mark.parametrize(
    ("stated", "foreign"),
    [
        ("application/vnd.aai.asyncapi;version=2.6.0", None),
        ("application/schema+json;version=draft-07", None),
        ("application/vnd.oai.openapi;version=3.0.0", None),
        ("application/vnd.apache.avro;version=1.9.0", "application/vnd.apache.avro;version=1.9.0"),
    ],
)
def test_a_schema_format_stands_around_its_schema(stated: str, foreign: str | None) -> None:
    """What is no JSON Schema is not read, and the model says so."""
    data = lamps()
    data["components"]["messages"]["Measured"]["schemaFormat"] = stated
    message = model_of(data).message_by_key["Measured"]
    assert message.payload_format == foreign
    assert message.payload == (None if foreign else "/components/schemas/Measure")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"channels__quiet__subscribe": {"mesage": {}}},
            (
                "#/channels/quiet/subscribe/mesage: an operation has no field 'mesage'"
                " (did you mean 'message'?)"
            ),
        ),
        (
            {"servers__test__security": [{"usr": []}]},
            (
                "#/servers/test/security/0/usr: there is no security scheme 'usr'"
                " (did you mean 'user'?)"
            ),
        ),
        (
            {"channels__quiet__servers": ["tset"]},
            "#/channels/quiet/servers/0: there is no server 'tset' (did you mean 'test'?)",
        ),
        (
            {"channels__quiet__subscribe": {"message": {"payload": {"type": "strng"}}}},
            (
                "#/channels/quiet/subscribe/message/payload/type: there is no type 'strng'"
                " (did you mean 'string'?)"
            ),
        ),
        (
            {"servers__test__url": "wss://{hots}/lamps"},
            "#/servers/test/url: the variable 'hots' is not declared (did you mean 'host'?)",
        ),
        (
            {"channels__quiet": {"$ref": "#/components/channels/Quiet"}},
            (
                "#/channels/quiet/$ref: there is no #/components/channels"
                " (point to something that exists)"
            ),
        ),
        (
            {
                "components__messages__Measured": {
                    "payload": {"type": "object", "required": ["x"]},
                    "examples": [{"payload": {"y": 1}}],
                }
            },
            (
                "#/components/messages/Measured/examples/0/payload: lacks 'x'"
                " (mend the example or the schema)"
            ),
        ),
    ],
)
def test_problems_speak_of_the_document_as_it_was_written(
    changes: dict[str, Any], line: str
) -> None:
    """In the words, and with the places, of 2.x; each once."""
    _, problems = loaded(lamps(**changes))
    assert front_lines(problems).count(line) == 1


def test_a_problem_has_the_line_of_the_old_document() -> None:
    """Whatever moved."""
    document, _ = loaded(LAMPS)
    text = json.dumps(LAMPS, indent=1).splitlines()
    for pointer, word in {
        "/operations/measured": '"publish"',
        "/operations/measured/action": '"publish"',
        "/channels/lamp~1{id}/parameters/id/x-schema": '"schema"',
        "/channels/lamp~1{id}/messages/turnOn/payload": '"payload"',
        "/servers/test/host": '"url"',
        "/info/tags": '"tags"',
    }.items():
        assert word in text[document.position(pointer).line - 1], pointer


def test_channels_may_stand_among_the_components() -> None:
    """Two addresses can share one; in 3.x each has its own."""
    data = lamps(
        channels={
            "a": {"$ref": "#/components/channels/C"},
            "b": {"$ref": "#/components/channels/C"},
        }
    )
    data["components"]["channels"] = {
        "C": {"publish": {"message": {"name": "n", "payload": {"type": "object"}}}}
    }
    model = model_of(data)
    assert [(c.key, c.address) for c in model.channels] == [("a", "a"), ("b", "b")]
    assert [(o.key, o.channel) for o in model.operations] == [
        ("a.publish", "a"),
        ("b.publish", "b"),
    ]


def test_operation_ids_that_clash_stay_apart() -> None:
    """The second gets the name of its channel."""
    data = lamps()
    data["channels"]["quiet"]["subscribe"]["operationId"] = "measured"
    assert {o.key for o in model_of(data).operations} == {
        "measured",
        "lamp/{id}.subscribe",
        "quiet.subscribe",
    }


def test_the_digest_is_that_of_the_document_as_it_was_read() -> None:
    """It must not change when the generator learns to write its 3.x better."""
    document, _ = loaded(LAMPS)
    other = load_text(json.dumps(LAMPS), Problems(), side="other")
    assert other is not None
    assert document.digest == other.digest == document.read_as.digest
    assert apply_traits(document).digest == document.digest


@pytest.mark.parametrize(
    "place",
    [
        "/info", "/servers", "/servers/test", "/channels", "/channels/quiet",
        "/channels/quiet/subscribe", "/channels/quiet/subscribe/message",
        "/channels/lamp~1{id}/subscribe/message/oneOf", "/channels/lamp~1{id}/parameters",
        "/channels/lamp~1{id}/parameters/id", "/components", "/components/messages",
        "/components/messages/Dim", "/components/messages/Dim/traits", "/components/schemas",
        "/components/securitySchemes", "/components/securitySchemes/web/flows", "/tags",
        "/servers/test/url", "/servers/test/security", "/channels/lamp~1{id}/servers",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", [None, 5, "x", [], [1], {}, {"a": None}, {"$ref": "#"}, True])
def test_whatever_is_wrong_ends_in_problems(place: str, value: object) -> None:
    """Never in an exception."""
    data = deepcopy(LAMPS)
    *steps, last = split(place)
    at: Any = data
    for step in steps:
        at = at[step]
    at[last] = value
    loaded(data)
