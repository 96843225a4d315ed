"""The document under test, read once, and ways to look into it."""

from pathlib import Path
from typing import Any, ClassVar

import yaml
from jsonschema import Draft7Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT7

SPEC = Path(__file__).parents[2] / "spec" / "ips-payment-4.0.1.yaml"


class _Loader(yaml.SafeLoader):
    """YAML with dates as the strings they are, and with repeated keys refused."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping = super().construct_mapping(node, deep=deep)
        assert len(mapping) == len(node.value), f"a key is repeated{node.start_mark}"
        return mapping


DOC = _Loader(SPEC.read_text(encoding="utf-8")).get_single_data()
OPERATIONS: dict[str, Any] = DOC["operations"]
MESSAGES: dict[str, Any] = DOC["components"]["messages"]
SCHEMAS: dict[str, Any] = DOC["components"]["schemas"]
REGISTRY = Registry().with_resource("urn:document", DRAFT7.create_resource(DOC))


def at(reference: str) -> Any:
    node = DOC
    for key in reference.removeprefix("#/").split("/"):
        node = node[key]
    return node


def merged(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with its `$ref` and `allOf` looked up; what stands nearer wins."""
    if "$ref" in schema:
        return merged(at(schema["$ref"]))
    parts = [merged(part) for part in schema.get("allOf", [])]
    return {key: value for part in [*parts, schema] for key, value in part.items()}


def properties() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{name}.{key}", schema)
        for name, owner in SCHEMAS.items()
        for key, schema in owner.get("properties", {}).items()
    ]


def full_message(name: str) -> dict[str, Any]:
    """Return the message with its traits applied; the message's own fields win."""
    message = MESSAGES[name]
    traits = [at(trait["$ref"]) for trait in message["traits"]]
    return {key: value for part in [*traits, message] for key, value in part.items()}


def nodes(node: Any, path: str = "#") -> list[tuple[str, dict[str, Any]]]:
    """Return every object of the document with its pointer, without the examples' contents."""
    if isinstance(node, list):
        return [found for i, item in enumerate(node) for found in nodes(item, f"{path}/{i}")]
    if not isinstance(node, dict):
        return []
    inner = [
        found
        for key, value in node.items()
        if key not in {"examples", "x-open-enum", "x-enum-values"}
        for found in nodes(value, f"{path}/{key}")
    ]
    return [(path, node), *inner]


def complaints(schema: dict[str, Any], instance: Any) -> list[str]:
    reference = {"$ref": "urn:document" + schema["$ref"]}
    validator = Draft7Validator(reference, registry=REGISTRY, format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(instance)]
