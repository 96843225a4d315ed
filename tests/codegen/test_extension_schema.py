"""The JSON Schema of our `x-` keys: it knows what the generator knows, and judges as it does."""

import json
import re
from typing import Any

import pytest
from jsonschema import Draft7Validator

import test_extensions
from checking import ORDER, changed, problems_of
from generating import SPEC
from stompgen import conversations, extensions
from stompgen.cli import main
from stompgen.extension_schema import KEYS_FILE, OFFICIAL, SCHEMA_FILE, whole_schema
from stompgen.loading import load
from stompgen.problems import Problems

KEYS = json.loads(KEYS_FILE.read_text("utf-8"))["properties"]
VALIDATOR = Draft7Validator(whole_schema())

BEYOND = re.compile(
    r"unknown extension"  # any other `x-` key passes
    r"|there is no operation|is a (send|receive) operation|is not among|has no '|has no property"
    r"|comes? after|cannot come|cannot occur|is not a reply|is a reply and an error|recovers by"
    r"|contradict each other \((an end|a send|keep one\))|is sent (inside|at most once)"
    r"|would never end|are no replies|among the replies|only answers|does not receive"
    r"|atMostOnce says|no reply of the conversation|is described but|there is no property"
    r"|minor units|both have the role|not the one with the role"
)
"""What the generator says of other parts of the document: no JSON Schema can say that."""


def _cases() -> list[Any]:
    tests = (
        test_extensions.test_a_conversation_must_be_possible,
        test_extensions.test_a_key_of_ours_must_mean_something,
    )
    return [
        case for test in tests for mark in getattr(test, "pytestmark", ()) for case in mark.args[1]
    ]


def test_there_are_cases_to_agree_on() -> None:
    """The cases of the generator's own tests are found, of all three sorts."""
    lines = [case[2] for case in _cases()]
    assert len(lines) > 40
    assert "" in lines
    assert any(line and not BEYOND.search(line) for line in lines)


@pytest.mark.parametrize(("pointer", "value", "lines"), _cases())
def test_the_schema_judges_as_the_generator_does(pointer: str, value: Any, lines: str) -> None:
    """What is wrong in itself is wrong for editors; what needs the rest of the document is not."""
    wrong = [line for line in lines.splitlines() if not BEYOND.search(line)]
    found = [error.message for error in VALIDATOR.iter_errors(changed(pointer, value))]
    assert bool(found) == bool(wrong), found


def test_the_schema_accepts_correct_documents() -> None:
    """The small document and the specification have nothing that an editor would mark."""
    assert problems_of(ORDER) == []
    document = load(SPEC, Problems())
    assert document is not None
    for data in (ORDER, document.data):
        assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/components/messageTraits/common/x-conversation", {}),
        ("/channels/order/x-sensitive", True),
        ("/channels/order/messages/Order", {"payload": {"x-sensitive": 1}}),
        ("/components/schemas/Order/properties/amount/x-source", {"from": "page"}),
        ("/components/schemas/Order/allOf", [{"properties": {"a": {"x-unit": ""}}}]),
        ("/components/messages/Taken/payload", {"schemaFormat": "x", "schema": {"x-unit": 1}}),
        ("/servers/shop/variables/host/x-schema", {"items": {"x-header-role": "none"}}),
    ],
)
def test_keys_are_checked_wherever_they_stand(pointer: str, value: Any) -> None:
    """Components, channels, inline messages, traits and schemas inside schemas are all reached."""
    assert not VALIDATOR.is_valid(changed(pointer, value))


def test_every_key_is_described() -> None:
    """An editor shows what a key means, and what each key inside it means."""
    assert KEYS.keys() == extensions.PLACES.keys()
    todo: list[tuple[str, Any]] = list(KEYS.items())
    while todo:
        name, schema = todo.pop()
        assert schema.get("description"), name
        values = schema.get("additionalProperties")
        for below in (schema, values if isinstance(values, dict) else {}):
            todo += below.get("properties", {}).items()


def test_the_schema_allows_what_the_generator_reads() -> None:
    """The choices and the keys inside each key are the same for both."""
    talk = KEYS["x-conversation"]["properties"]
    reply = talk["replies"]["additionalProperties"]["properties"]
    source = KEYS["x-source"]["properties"]
    sources = KEYS["x-sources"]["additionalProperties"]["properties"]
    for name, choices in extensions.CHOICES.items():
        assert KEYS[name]["enum"] == list(choices)
    for name, (required, optional) in extensions.OBJECT_KEYS.items():
        assert set(KEYS[name]["required"]) == required
        assert KEYS[name]["properties"].keys() == required | optional
    assert set(talk) == set(conversations.KEYS)
    assert set(reply) == set(conversations.REPLY_KEYS)
    assert set(reply["occurs"]["enum"]) == set(conversations.OCCURS)
    for name, choices in conversations.CHOICES.items():
        assert set(talk[name]["enum"]) == set(choices)
    assert set(source["confidence"]["enum"]) == set(extensions.CONFIDENCES)
    assert set(sources["trust"]["enum"]) == set(extensions.TRUSTS)


def test_the_packed_schema_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    """The file beside the program is what `stompgen schema` prints; it is written with that."""
    assert main(["schema"]) == 0
    assert SCHEMA_FILE.read_text("utf-8") == capsys.readouterr().out
    Draft7Validator.check_schema(whole_schema())


def test_the_official_schema_is_referred_to_only_when_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`--version` adds AsyncAPI's own schema by address; without it nothing is fetched."""
    assert "allOf" not in whole_schema()
    assert main(["schema", "--version", "3.0.0"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["allOf"] == [{"$ref": OFFICIAL.format(version="3.0.0")}]
    assert main(["schema", "--version", "1.0"]) == 2
    assert "3.0.0" in capsys.readouterr().err


def test_editors_are_told_where_the_schema_lies(capsys: pytest.CaptureFixture[str]) -> None:
    """`--path` prints a file that exists."""
    assert main(["schema", "--path"]) == 0
    assert capsys.readouterr().out == f"{SCHEMA_FILE}\n"
    assert SCHEMA_FILE.is_file()
