"""Any two schemas in one place are judged as `jsonschema` finds by trying values."""

import json
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft7Validator

from checking import ORDER
from differing import api_of
from stompgen.diffing import Api, Kind, compare
from stompgen.diffing.limits import Fit

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
SCHEMAS: dict[str, Any] = {
    "anything": {},
    "nothing": False,
    "text": TEXT,
    "short text": {"type": "string", "maxLength": 3},
    "no empty text": {"type": "string", "minLength": 1},
    "text or null": {"type": ["string", "null"]},
    "null": {"type": "null"},
    "integer": WHOLE,
    "positive": {"type": "integer", "exclusiveMinimum": 0},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "enum": {"type": "string", "enum": ["a", "b"]},
    "longer enum": {"type": "string", "enum": ["a", "b", "c"]},
    "const": {"const": "a"},
    "const number": {"const": 1},
    "numbers": {"enum": [1, 2]},
    "mixed enum": {"enum": ["a", 1, None]},
    "text or integer": {"type": ["string", "integer"]},
    "any of": {"anyOf": [TEXT, WHOLE]},
    "one of": {"oneOf": [TEXT, WHOLE]},
    "one of three": {"oneOf": [TEXT, WHOLE, {"type": "boolean"}]},
    "one of two that overlap": {"oneOf": [TEXT, {"type": "string", "maxLength": 3}]},
    "list": {"type": "array"},
    "list of texts": {"type": "array", "items": TEXT},
    "short list of texts": {"type": "array", "items": TEXT, "maxItems": 1},
    "row": {"type": "array", "items": [TEXT, WHOLE]},
    "closed row": {"type": "array", "items": [TEXT, WHOLE], "additionalItems": False},
    "map": {"type": "object", "additionalProperties": True},
    "map of texts": {"type": "object", "additionalProperties": TEXT},
    "object": {"type": "object", "properties": {"a": TEXT}},
    "object with what has to be": {
        "type": "object", "properties": {"a": TEXT}, "required": ["a"]
    },
    "closed object": {
        "type": "object", "properties": {"a": TEXT}, "additionalProperties": False
    },
    "not an a": {"type": "string", "not": {"const": "a"}},
}  # fmt: skip
VALUES: list[Any] = [
    None, True, False, 0, 1, 2, -1, 1.5, "", "a", "b", "c", "abcd", [], [1], ["a"], ["a", "b"],
    ["a", 1], ["a", 1, 2], ["a", "b", "c"], {}, {"a": "b"}, {"a": 1}, {"b": "a"}, {"b": 1},
    {"a": "b", "c": "d"}, {"a": "b", "c": 1},
]  # fmt: skip


@cache
def api(name: str) -> Api:
    """The small document with a schema in one place."""
    document = deepcopy(ORDER)
    document["components"]["schemas"]["Order"]["properties"]["place"] = SCHEMAS[name]
    return api_of(document)


def observed(old: str, new: str) -> Fit:
    """Ask `jsonschema` about all values."""
    judges = [Draft7Validator(SCHEMAS[name]) for name in (old, new)]
    verdicts = [tuple(judge.is_valid(value) for judge in judges) for value in VALUES]
    return Fit(loses=(True, False) in verdicts, gains=(False, True) in verdicts)


@pytest.mark.parametrize("old", SCHEMAS)
def test_one_schema_in_place_of_another(old: str) -> None:
    """A value lost breaks senders, a value gained breaks receivers; `narrowed` gains nothing.

    An optional property that comes or goes is no loss: unknown fields are expected.
    """
    for new in SCHEMAS:
        seen = observed(old, new)
        found = [c for c in compare(api(old), api(new)).changes if c.kind is not Kind.DOCS]
        told = f"{old} → {new}: {json.dumps([c.what for c in found])}"
        if old == new:
            assert not found, told
        assert any(c.breaks.sender for c in found) or not seen.loses, told
        assert any(c.breaks.receiver for c in found) or not seen.gains, told
        place = [c for c in found if c.name == "Order.place"]
        assert not (seen.gains and any(c.kind is Kind.NARROWED for c in place)), told
        assert not (seen.loses and any(c.kind is Kind.WIDENED for c in place)), told
