"""Schemas that are met on many ways: time and memory grow with the schemas, not with the ways."""

import json
from typing import Any

import pytest

from generating import files_of

LEVELS, WAYS = 40, 4  # 4 ** 40 ways: nobody lives to see them all walked


def ladder(step: Any) -> str:
    """A document in which each schema refers to the next one several times."""
    schemas = {
        f"S{level}": step([{"$ref": f"#/components/schemas/S{level + 1}"}] * WAYS)
        for level in range(LEVELS)
    }
    last = {"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}}}
    message = {
        "payload": {"$ref": "#/components/schemas/S0"},
        "examples": [{"payload": {"x": "a"}}],
    }
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "Ladder", "version": "1"},
        "channels": {"down": {"address": "down", "messages": {"step": message}}},
        "components": {"schemas": {**schemas, f"S{LEVELS}": last}},
    }
    return json.dumps(document)


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(lambda refs: {"allOf": refs}, id="allOf"),
        pytest.param(lambda refs: {"oneOf": refs}, id="oneOf"),
        pytest.param(lambda refs: {"anyOf": refs}, id="anyOf"),
        pytest.param(lambda refs: {"type": "array", "items": refs}, id="items"),
        pytest.param(
            lambda refs: {"type": "object", "properties": dict(zip("abcd", refs, strict=True))},
            id="properties",
        ),
    ],
)
def test_a_schema_met_on_many_ways_is_read_once(step: Any) -> None:
    """It would not end otherwise."""
    files = files_of(ladder(step))
    assert any(f"S{LEVELS}" in text for text in files.values())
