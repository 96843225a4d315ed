"""Generated classes accept what `jsonschema` accepts, keep all of it and send nothing else."""

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest

import random_schemas
from stompws.codec import Codec
from stompws.compound import unknown_names
from stompws.errors import DecodeError, InvalidMessageError
from stompws.shapes import Undecodable
from trials import codecs, imported, package_of

REFERENCES = "#/components/schemas/"


def same(left: Any, right: Any) -> bool:
    """JSON equality: true is not 1, 1.0 is."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float | Decimal) and isinstance(right, int | float | Decimal):
        return left == right
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def oracle(schemas: dict[str, Any], key: str) -> Any:
    """A validator of one component; an endless circle of references judges nothing."""
    definitions = json.loads(json.dumps(schemas).replace(REFERENCES, "#/definitions/"))
    return jsonschema.Draft7Validator({"$ref": f"#/definitions/{key}", "definitions": definitions})


def faults(codec: Codec, cls: type[Any], value: Any, valid: bool) -> Iterator[str]:
    """Name what is wrong with the treatment of one value."""
    text = json.dumps(value)
    try:
        message = codec.decode(cls, text)
    except DecodeError:
        if valid:
            yield "wrongly rejected"
            return
        received = codec.receive(cls, text)
        if not received.problems:
            yield "received without a problem"
        if isinstance(received.payload, Undecodable):
            return
        if not same(json.loads(codec.dump(received.payload)), value):
            yield "received and changed"
        try:
            codec.encode(received.payload)
        except InvalidMessageError:
            return
        yield "wrongly sent"
        return
    if not valid:
        yield "wrongly accepted"
        return
    if not same(json.loads(codec.dump(message)), value):
        yield "changed"
    if not unknown_names(message) and not same(json.loads(codec.encode(message)), value):
        yield "sent otherwise"


@pytest.mark.parametrize("seed", range(6))
def test_random_schemas_are_judged_as_jsonschema_judges_them(seed, tmp_path: Path) -> None:
    """Any keywords in any combination: none wrongly accepted or rejected, nothing changed."""
    random = Random(seed)  # noqa: S311 - no secret
    names = tuple(f"S{index}" for index in range(24))
    schemas = {name: random_schemas.schema(random, 3, names) for name in names}
    package, files, problems = package_of(schemas)
    assert not any("accepted" in problem.advice for problem in problems)
    found: Counter[str] = Counter()
    judged = 0
    with imported(package, files, tmp_path) as operations:
        for key, codec, cls in codecs(operations, schemas):
            validator = oracle(schemas, key)
            values = [*random_schemas.VALUES, *(random_schemas.value(random) for _ in range(40))]
            for value in values:
                try:
                    valid = validator.is_valid(value)
                except BaseException as exc:  # noqa: BLE001 - rpds panics when recursion is endless
                    assert "RecursionError" in repr(exc)  # noqa: PT017
                    break
                judged += 1
                found.update(
                    f"{key} {fault}: {value}" for fault in faults(codec, cls, value, valid)
                )
    assert judged > 1000
    assert not found


CONDITIONS = {
    "tag": {"oneOf": [{"$ref": f"{REFERENCES}cat"}, {"$ref": f"{REFERENCES}dog"}]},
    "cat": {"type": "object", "required": ["k"], "properties": {"k": {"const": "cat"}}},
    "dog": {
        "type": "object",
        "required": ["k"],
        "properties": {"k": {"const": "dog"}, "n": {"type": "integer"}},
        "additionalProperties": {"type": "string"},
    },
    "list": {"type": "array", "items": {"$ref": f"{REFERENCES}list"}},
    "json": {
        "anyOf": [
            {"type": ["string", "number", "boolean", "null"]},
            {"type": "array", "items": {"$ref": f"{REFERENCES}json"}},
            {"type": "object", "additionalProperties": {"$ref": f"{REFERENCES}json"}},
        ]
    },
    "closed": {
        "allOf": [{"$ref": f"{REFERENCES}base"}, {"properties": {"b": {"type": "integer"}}}],
        "type": "object",
    },
    "base": {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "additionalProperties": {"type": "integer"},
    },
    "narrowed": {
        "allOf": [
            {"$ref": f"{REFERENCES}base"},
            {"type": "object", "properties": {"a": {"maxLength": 1}}},
        ]
    },
    "row": {
        "type": "array",
        "items": [{"type": "string"}, {"$ref": f"{REFERENCES}row"}],
        "additionalItems": False,
    },
    "none": {"type": "null"},
    "never": False,
}


def test_shapes_that_are_met_in_documents_are_judged_so_too(tmp_path: Path) -> None:
    """Tags, parents that are narrowed, circles without an object, rows, further properties."""
    random = Random(1)  # noqa: S311 - no secret
    more = [{"k": "cat"}, {"k": "dog", "n": 1, "x": "y"}, {"k": "dog", "x": 1}, [[], [[]]]]
    more += [["a", ["b", []]], ["a", ["b", 1]], {"a": "x", "b": 1}, {"a": "xy", "c": "d"}]
    found: list[str] = []
    package, files, _ = package_of(CONDITIONS)
    with imported(package, files, tmp_path) as operations:
        for key, codec, cls in codecs(operations, CONDITIONS):
            validator = oracle(CONDITIONS, key)
            for value in [*random_schemas.VALUES, *more, *map(random_schemas.value, [random] * 60)]:
                valid = validator.is_valid(value)
                found += [f"{key} {fault}: {value}" for fault in faults(codec, cls, value, valid)]
    assert found == []
