"""The JSON Schema with which editors complete and check our `x-` keys in whole documents.

The shape of each key, with its description, is written down once, in `x-extensions.schema.json`.
Where each may stand is known to `extensions.PLACES`, and which object of AsyncAPI stands where to
`objects.OBJECTS`; here the three are put together. Everything else in a document passes: it is the
business of the official schema, to which this one can refer.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from .extensions import PLACES
from .objects import OBJECTS, Field

SCHEMA_FILE = Path(__file__).with_name("asyncapi-x.schema.json")
"""What `whole_schema()` returned when this was packed."""

KEYS_FILE = Path(__file__).with_name("x-extensions.schema.json")
VERSIONS = ("3.0.0", "3.1.0")
OFFICIAL = "https://asyncapi.com/schema-store/{version}-without-$id.json"
"""The address under which editors find AsyncAPI's own schema."""

HOLDS_SCHEMA = ("additionalItems", "additionalProperties", "contains", "else", "if", "not", "then")
HOLDS_SCHEMAS = ("allOf", "anyOf", "oneOf")
MAPS_SCHEMAS = ("definitions", "patternProperties", "properties")

Schema = dict[str, Any]


def whole_schema(version: str | None = None) -> Schema:
    """Return the schema of documents with our keys.

    `version` is AsyncAPI's, one of VERSIONS: then the official schema counts as well.
    """
    found: Schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "AsyncAPI 3 with the x- keys of stompgen",
        "description": "Describes our keys where they may stand; everything else passes.",
    }
    if version is not None:
        found["allOf"] = [{"$ref": OFFICIAL.format(version=version)}]
    found |= _object("AsyncAPI")
    found["definitions"] = {
        **{kind: _object(kind) for kind in sorted(OBJECTS) if kind != "AsyncAPI"},
        "schema": _schema(),
        "multiFormat": _multi_format(),
        **_keys()["definitions"],
        **_keys()["properties"],
        "x-schema": {**_keys()["properties"]["x-schema"], **_schema()},
        **{_misplaced(name): _refused(name) for name in PLACES},
    }
    return found


@cache
def _keys() -> Schema:
    keys: Schema = json.loads(KEYS_FILE.read_text("utf-8"))
    return keys


def _object(kind: str) -> Schema:
    below = {name: _field(field) for name, field in OBJECTS[kind].items()}
    properties = {name: schema for name, schema in below.items() if schema}
    return {"properties": {**properties, **_extensions(kind)}}


def _field(field: Field) -> Schema:
    return _value(field.kind)


def _value(kind: str) -> Schema:
    """Describe what stands in a field, in the words of `objects.py`."""
    if kind.startswith("list of "):
        items = _value(kind.removeprefix("list of "))
        return {"items": items} if items else {}
    if kind.startswith("map of "):
        values = _value(kind.removeprefix("map of "))
        return {"additionalProperties": values} if values else {}
    if kind == "schema":
        return {"$ref": "#/definitions/multiFormat"}
    return {"$ref": f"#/definitions/{kind}"} if kind in OBJECTS else {}


def _extensions(kind: str) -> Schema:
    """Describe our keys on one kind of object; those that mean nothing there are refused."""
    return {
        name: {"$ref": f"#/definitions/{name if kind in places else _misplaced(name)}"}
        for name, places in PLACES.items()
    }


def _misplaced(name: str) -> str:
    return f"misplaced-{name}"


def _refused(name: str) -> Schema:
    where = ", ".join(sorted(kind[0].lower() + kind[1:] for kind in PLACES[name]))
    # `doNotSuggest` and `errorMessage` are VS Code's.
    message = f"{name} means nothing here; it belongs on: {where}"
    return {"not": {}, "doNotSuggest": True, "errorMessage": message}


def _schema() -> Schema:
    again: Schema = {"$ref": "#/definitions/schema"}
    either: Schema = {"anyOf": [{"items": again, "type": "array"}, again]}
    return {
        "properties": {
            **dict.fromkeys(HOLDS_SCHEMA, again),
            **{key: {"items": again} for key in HOLDS_SCHEMAS},
            **{key: {"additionalProperties": again} for key in MAPS_SCHEMAS},
            "dependencies": {"additionalProperties": either},
            "items": either,
            "propertyNames": again,
            **_extensions("schema"),
        },
        "dependencies": {
            "x-enum-values": ["enum"],
            "x-open-enum": {
                "required": ["type"],
                "properties": {"type": {"const": "string"}},
                "not": {"required": ["enum"]},
            },
        },
    }


def _multi_format() -> Schema:
    """Describe a payload: a schema, or one whose language is named."""
    again: Schema = {"$ref": "#/definitions/schema"}
    return {
        "if": {"required": ["schemaFormat"]},
        "then": {"properties": {"schema": again}},
        "else": again,
    }
