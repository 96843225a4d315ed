"""Which keywords each kind of schema may have, and how the runtime's rules call its limits."""

from .schema_merge import Merged
from .schemas import Limit

_NUMERIC = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "multiple_of",
}
ARGUMENTS: dict[str, dict[str, str]] = {
    "string": {"minLength": "min_length", "maxLength": "max_length", "pattern": "pattern"},
    "integer": _NUMERIC,
    "number": _NUMERIC,
    "array": {"minItems": "min_items", "maxItems": "max_items", "uniqueItems": "unique"},
    "map": {"minProperties": "min_properties", "maxProperties": "max_properties"},
}
"""Keyword → argument of the rule, in the order in which they are written."""

LIMITS: dict[str, frozenset[str]] = {
    "any": frozenset(),
    "array": frozenset({"items", *ARGUMENTS["array"]}),
    "boolean": frozenset(),
    "const": frozenset({"const"}),
    "enum": frozenset({"enum", "format", *ARGUMENTS["string"]}),
    "integer": frozenset({"format", *_NUMERIC}),
    "map": frozenset({"additionalProperties", "properties", *ARGUMENTS["map"]}),
    "number": frozenset({"format", *_NUMERIC}),
    "object": frozenset({"additionalProperties", "properties", "required"}),
    "open-enum": frozenset({"format", "x-open-enum", *ARGUMENTS["string"]}),
    "string": frozenset({"format", *ARGUMENTS["string"]}),
    "union": frozenset({"discriminator", "oneOf", "properties", "required"}),
}
"""Keywords that have a meaning in each kind of schema. All others are reported."""


def limits_of(merged: Merged, kind: str) -> tuple[Limit, ...]:
    """Return the limits of a schema, as arguments of the rule for its kind."""
    found: list[Limit] = []
    for keyword, argument in ARGUMENTS.get(kind, {}).items():
        value = merged.get(keyword)
        if isinstance(value, str | int | float) and value is not False:
            found.append((argument, value))
    return tuple(found)
