"""Which kind of schema it is: the keywords tell, with or without a type."""

from collections.abc import Iterator

from .pointers import texts
from .schema_merge import Merged


def _types(merged: Merged) -> list[str]:
    found = merged.get("type")
    return list(texts(found if isinstance(found, list) else [found]))


def is_nullable(merged: Merged) -> bool:
    """Tell whether null is among the values."""
    return "null" in _types(merged) or merged.get("nullable") is True


def kind_of(merged: Merged) -> str:
    """Name the kind of a schema: a key of `LIMITS`, or a type that none of them covers."""
    for keyword, kind in (
        ("oneOf", "union"),
        ("anyOf", "union"),
        ("x-open-enum", "open-enum"),
        ("enum", "enum"),
        ("const", "const"),
    ):
        if keyword in merged.keywords:
            return kind
    types = [name for name in _types(merged) if name != "null"]
    if not types:
        types = list(_implied(merged))
    if types == ["object"]:
        free = merged.home.count("/") > 3 or "additionalProperties" in merged.keywords
        return "map" if free and not merged.properties else "object"
    return " or ".join(types)


def _implied(merged: Merged) -> Iterator[str]:
    """Name the type that a schema without one means."""
    if merged.properties:
        yield "object"
    elif "items" in merged.keywords:
        yield "array"
    elif not merged.rules - {"nullable"}:
        yield "any"
    elif merged.get("type") == "null":
        yield "null"
    else:
        yield "unknown"
