"""Texts made to exhaust or to deceive the reader: a problem with its place, in bounded time."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from stompgen import validate
from stompgen.loading import load_text
from stompgen.problems import Problems

SECONDS = 20
"""Far more than each takes (they end within one or two), far less than what never ends."""

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)
)
PYTHON_TAG = "%TAG ! tag:yaml.org,2002:python/\n---\n"
TEXTS: dict[str, str | bytes] = {
    "aliases of aliases": LAUGHS,
    "aliases of aliases in maps": LAUGHS.replace("[", "{k: [").replace("]", "]}"),
    "an alias in its own anchor": "a: &a {b: *a}\n",
    "brackets": "a: " + "[" * 100_000,
    "braces": "a: " + "{a: " * 100_000,
    "braces of JSON": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "colons": "a: " + ": " * 100_000,
    "quotes": '"' * 100_000,
    "an object of Python": "a: !!python/object/apply:os.system ['true']\n",
    "an object of Python, disguised": PYTHON_TAG + "a: !name:os.system x\n",
    "a tag of ours": "a: !include other.yaml\n",
    "an integer of a million digits": "a: " + "9" * 1_000_000,
    "a number too big": "a: 1e999999999\n",
    "two equal keys": "a: 1\na: 2\n",
    "two equal keys of JSON": '{"a": 1, "a": 2}',
    "a key that is a list": "[a]: 1\n",
    "bytes that are no UTF-8": b"a: \xff\n",
    "UTF-16": "a: 1\n".encode("utf-16"),
    "NUL": "a: \0\n",
    "NUL in JSON": '{"a": "\0"}',
    "half of a surrogate in JSON": '{"a": "\\ud800"}',
    "a tab": "a:\n\tb: 1\n",
    "JSON that ends early": '{"a": "b',
    "two documents": "a: 1\n---\nb: 2\n",
    "fifty megabytes": b"a: " + b"x" * 50_000_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_hostile_text_is_a_problem_with_its_place(text: str | bytes) -> None:
    """Nothing is executed, and the reader neither hangs nor falls."""
    started = time.monotonic()
    problems = Problems()
    load_text(text, problems)
    assert time.monotonic() - started < SECONDS
    assert problems.errors != ()
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


def document(schemas: dict[str, Any], **message: Any) -> dict[str, Any]:
    """A document whose only message has the schema `S0`."""
    payload = {"$ref": "#/components/schemas/S0"}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "T", "version": "1"},
        "channels": {"c": {"address": "c", "messages": {"M": {"payload": payload, **message}}}},
        "components": {"schemas": schemas},
    }


def reference(number: int) -> dict[str, str]:
    """A reference to one of the schemas."""
    return {"$ref": f"#/components/schemas/S{number}"}


AS = "a" * 50 + "!"
OBJECTS = {"type": "object", "properties": {"a": reference(0)}}
SLOW: dict[str, dict[str, Any]] = {
    "a pattern that backtracks without end": document(
        {"S0": {"type": "array", "items": {"type": "string", "pattern": "^(a|a)*$"}}},
        examples=[{"payload": [f"{AS}{n}" for n in range(300)]} for _ in range(20)],
    ),
    "a pattern that backtracks in names": document(
        {"S0": {"type": "object", "patternProperties": {"^(a+)+$": False}}},
        examples=[{"payload": {AS: 1}}],
    ),
    "a pattern on a long text": document(
        {"S0": {"type": "string", "pattern": "a*a*a*a*b"}}, examples=[{"payload": "a" * 5000}]
    ),
    "alternatives of alternatives": document(
        {f"S{n}": {"oneOf": [reference(n + 1)] * 2} for n in range(30)}
        | {"S30": {"type": "object"}},
        examples=[{"payload": {}}],
    ),
    "a union of itself": document(
        {"S0": {"oneOf": [reference(1)]}, "S1": {"oneOf": [reference(0)], "discriminator": "t"}},
        examples=[{"payload": 1}],
    ),
    "an extension of itself": document(
        {"S0": {"allOf": [reference(0)], "discriminator": "t", "properties": {"t": {}}}},
        examples=[{"payload": 1}],
    ),
    "a path through unions of unions": document(
        {"S0": {"oneOf": [reference(n) for n in range(1, 80)]}}
        | {f"S{n}": OBJECTS for n in range(1, 80)},
        correlationId={"location": "$message.payload#/a/a/a/a/a/a/a/a/b"},
    ),
    "many items that are to be different": document(
        {"S0": {"type": "array", "uniqueItems": True}},
        examples=[{"payload": [{"a": n} for n in range(10_000)]}],
    ),
    "many names that are misspelt": document(
        {
            "S0": {
                "type": "object",
                "properties": {f"p{n}": {} for n in range(3000)},
                "required": [f"q{n}" for n in range(3000)],
            }
        }
    ),
    "a long chain of references": document(
        {f"S{n}": reference(n + 1) for n in range(1000)} | {"S1000": {"type": "object"}}
    ),
    "many traits": document(
        {"S0": {"type": "object"}},
        traits=[{"bindings": {"x": {f"k{n}": n for n in range(500)}}}] * 50,
    ),
}


@pytest.mark.parametrize("data", SLOW.values(), ids=SLOW.keys())
def test_a_hostile_document_is_judged_in_bounded_time(tmp_path: Path, data: dict[str, Any]) -> None:
    """What takes too long is not judged, and the author is told."""
    (tmp_path / "api.json").write_text(json.dumps(data))
    started = time.monotonic()
    problems = validate(tmp_path / "api.json")
    assert time.monotonic() - started < SECONDS
    assert all(problem.line >= 1 for problem in problems)


def test_what_was_not_judged_is_told(tmp_path: Path) -> None:
    """An example that nobody has looked at must not seem to be right."""
    data = SLOW["a pattern that backtracks without end"]
    (tmp_path / "api.json").write_text(json.dumps(data))
    found = [problem.what for problem in validate(tmp_path / "api.json")]
    assert "judging the value by its schema takes too long" in found


def test_a_sentence_about_a_long_text_is_short() -> None:
    """A problem is to be read; the text that it quotes may be half a document."""
    problems = Problems()
    read = load_text(json.dumps({"asyncapi": "x" * 1_000_000}), problems)
    assert read is not None
    problem = read.problem("/asyncapi", "x" * 1_000_000, "y" * 1_000_000)
    assert len(str(problem)) < 3000


@pytest.mark.parametrize(
    "message",
    [
        {"payload": {"schemaFormat": "application/schema+json", "schema": {"$ref": "#/x-loop"}}},
        {"$ref": "#/channels/c"},
        {"$ref": "#/channels/c/messages"},
        {"payload": {"$ref": "#/channels/c/messages/M"}},
        {"traits": [{"$ref": "#/channels/c/messages/M"}]},
        {"headers": {"$ref": "#"}, "correlationId": {"$ref": "#/channels"}},
    ],
)
def test_references_that_lead_back_end(tmp_path: Path, message: dict[str, Any]) -> None:
    """Also those that lead to another kind of object on the way."""
    data = document({"S0": {}})
    data["channels"]["c"]["messages"]["M"] = message
    loop = {"schemaFormat": "application/schema+json", "schema": {"$ref": "#/x-loop"}}
    data["x-loop"] = loop
    (tmp_path / "api.json").write_text(json.dumps(data))
    validate(tmp_path / "api.json")
