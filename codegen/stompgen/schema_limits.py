"""Which keywords each kind of schema says by its type, and how the runtime calls its limits."""

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

SAID: dict[str, frozenset[str]] = {
    "any": frozenset(),
    "array": frozenset({"type", "items", "additionalItems", *ARGUMENTS["array"]}),
    "boolean": frozenset({"type"}),
    "enum": frozenset({"type", "enum", *ARGUMENTS["string"]}),
    "integer": frozenset({"type", *_NUMERIC}),
    "never": frozenset(),
    "null": frozenset({"type"}),
    "number": frozenset({"type", *_NUMERIC}),
    "open-enum": frozenset({"type", *ARGUMENTS["string"]}),
    "row": frozenset({"type", "items", "additionalItems", *ARGUMENTS["array"]}),
    "string": frozenset({"type", *ARGUMENTS["string"]}),
}
"""Keywords that the type says in each kind of schema; the others become conditions."""

OF_TYPE: dict[str, frozenset[str]] = {
    "string": frozenset(ARGUMENTS["string"]),
    "number": frozenset(_NUMERIC),
    "array": frozenset({"items", "additionalItems", "contains", *ARGUMENTS["array"]}),
    "object": frozenset(
        {
            "additionalProperties",
            "dependencies",
            "patternProperties",
            "properties",
            "propertyNames",
            "required",
            *ARGUMENTS["map"],
        }
    ),
}
"""Keywords that mean something for values of one type only."""


OF_ANY_TYPE = frozenset(name for names in OF_TYPE.values() for name in names)
"""All of them."""


def irrelevant(types: list[str]) -> frozenset[str]:
    """Return the keywords that say nothing of values of some types."""
    names = {"number" if name == "integer" else name for name in types}
    kept = [OF_TYPE[name] for name in names if name in OF_TYPE]
    return OF_ANY_TYPE.difference(*kept)


def limits_of(merged: Merged, kind: str) -> tuple[Limit, ...]:
    """Return the limits of a schema, as arguments of the rule for its kind."""
    found: list[Limit] = []
    for keyword, argument in ARGUMENTS.get(kind, {}).items():
        value = merged.get(keyword)
        if keyword == "uniqueItems":
            found += [(argument, True)] if value is True else []
        elif keyword == "pattern":
            found += [(argument, value)] if isinstance(value, str) else []
        elif isinstance(value, int | float) and not isinstance(value, bool):
            exclusive = merged.get(f"exclusive{keyword.capitalize()}") is True
            if exclusive:  # as draft 4 and OpenAPI 3.0 write it
                argument = f"exclusive_{argument}"
            count = kind not in {"integer", "number"}
            found.append((argument, int(value) if count else value))
    return tuple(found)
