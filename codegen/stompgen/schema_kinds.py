"""Which kind of schema it is: the keywords tell, with or without a type."""

from .pointers import Json, as_list, as_object, as_text, is_text, texts
from .schema_conditions import TYPES
from .schema_merge import Merged

IMPLIED = {
    "object": ("properties",),
    "array": ("items",),
}
"""Keywords that are written for one type only; then the type is often left out."""


def types_of(merged: Merged) -> list[str]:
    """List the types that a schema names, null apart; nothing when it names none."""
    found = merged.get("type")
    names = texts(found if isinstance(found, list) else [found])
    known = [name for name in dict.fromkeys(names) if name in TYPES]
    return [t for t in known if t != "null" and not (t == "integer" and "number" in known)]


def is_nullable(merged: Merged) -> bool:
    """Tell whether null is among the values."""
    if merged.get("nullable") is True:
        return True
    found = merged.get("type")
    if "null" not in texts(found if isinstance(found, list) else [found]):
        return found is None and None in as_list(merged.get("enum"))
    return "const" not in merged.keywords and (
        "enum" not in merged.keywords or None in as_list(merged.get("enum"))
    )


def values_of(merged: Merged) -> list[Json]:
    """List the values of an enum, each once, without null and what the type forbids."""
    found: dict[tuple[str, str], Json] = {}
    types = types_of(merged)
    for value in as_list(merged.get("enum")):
        if isinstance(value, str) and not is_text(value):
            continue  # it cannot travel
        if value is None or (types and not any(fits_type(value, name) for name in types)):
            continue
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        found.setdefault((type(value).__name__, repr(value)), value)
    return list(found.values())


def fits_type(value: Json, name: str) -> bool:
    """Tell whether a value is of one of JSON Schema's types."""
    if isinstance(value, bool):
        return name == "boolean"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return name in {"integer", "number"}
    if isinstance(value, float):
        return name == "number"
    if value is None:
        return name == "null"
    if isinstance(value, str):
        return name == "string"
    return name == ("array" if isinstance(value, list) else "object")


def kind_of(merged: Merged) -> str:
    """Name the kind of a schema.

    `never`, `any`, `null`, `types` (several), `const`, `enum` (texts), `open-enum`, `values` (an
    enum of anything), `union`, `map`, `row`, or one of JSON Schema's types.
    """
    if merged.never:
        return "never"
    types = types_of(merged)
    if "x-open-enum" in merged.keywords and types in ([], ["string"]):
        return "open-enum"
    if "const" in merged.keywords:
        return "const"
    if "enum" in merged.keywords:
        return _enum(merged)
    has_variants = any(as_list(merged.get(name)) for name in ("oneOf", "anyOf"))
    if has_variants and not (types and types != ["object"]) and not _is_base(merged):
        return "union"
    if not types:
        types = _implied(merged)
    if len(types) > 1:
        return "types"
    if types == ["object"]:
        free = merged.home.count("/") > 3 or "additionalProperties" in merged.keywords
        free = free or "patternProperties" in merged.keywords
        return "map" if free and not merged.properties else "object"
    if types == ["array"]:
        return "row" if isinstance(merged.get("items"), list) else "array"
    return types[0]


def _enum(merged: Merged) -> str:
    values = values_of(merged)
    return "enum" if values and all(isinstance(value, str) for value in values) else "values"


def _is_base(merged: Merged) -> bool:
    """Tell whether the alternatives only say more of an object that has its own properties."""
    discriminator = merged.get("discriminator")
    tag = as_text(as_object(discriminator).get("propertyName", discriminator))
    return any(name != tag for name in merged.properties)


def _implied(merged: Merged) -> list[str]:
    """Name the type that a schema without one means."""
    if merged.get("type") == "null" or merged.get("type") == ["null"]:
        return ["null"]
    if merged.properties:
        return ["object"]
    if "items" in merged.keywords:
        return ["array"]
    return ["any"]
