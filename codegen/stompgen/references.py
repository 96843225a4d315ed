"""Where a document has references, and a copy of it in which they are written anew."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TypeAlias

from .objects import is_json_schema
from .pointers import Json, as_list, join, split

FILES = "x-stompgen-files"
"""Key below which the further files of a document stand, by their paths."""

# Keys whose members have names of the author's choice, so that a member called `examples` or
# `$ref` is no keyword.
NAME_MAPS = frozenset(
    {
        "channelBindings",
        "channels",
        "correlationIds",
        "definitions",
        "dependencies",
        "externalDocs",
        "messageBindings",
        "messageTraits",
        "messages",
        "operationBindings",
        "operationTraits",
        "operations",
        "parameters",
        "patternProperties",
        "properties",
        "replies",
        "replyAddresses",
        "schemas",
        "securitySchemes",
        "serverBindings",
        "serverVariables",
        "servers",
        "tags",
        "variables",
        FILES,
    }
)
# Keys whose values are data, in which `$ref` means nothing.
DATA_KEYS = frozenset({"const", "default", "enum", "example", "examples"})

Child: TypeAlias = tuple[str | int, Json, bool]
"""A step, the value below, and whether its keys are names."""


def is_data_key(key: str) -> bool:
    """Tell whether the value of a keyword is data or an extension, not part of the document."""
    # Of the extensions only x-schema holds a schema.
    return key in DATA_KEYS or (key.startswith("x-") and key not in ("x-schema", FILES))


def is_reference(value: Json, names: bool) -> bool:
    """Tell whether an object is a reference rather than a map that names something `$ref`."""
    return not names and isinstance(value, dict) and "$ref" in value


def children(value: Json, names: bool) -> list[Child]:
    """List what is in a value and may have references inside."""
    if isinstance(value, list):
        return [(index, item, False) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return []
    hidden = () if names else _foreign(value)
    return [
        (key, item, not names and key in NAME_MAPS)
        for key, item in value.items()
        if names or not (is_data_key(key) or key in hidden)
    ]


def _foreign(value: dict[str, Json]) -> tuple[str, ...]:
    """Name what another schema language says: a `$ref` in it, or to it, is not ours to follow."""
    stated = value.get("schemaFormat")
    if isinstance(stated, str) and not is_json_schema(stated):
        return ("payload", "schema")
    return ()


def rewritten(value: Json, rewrite: Callable[[str, str], str | None], at: str = "") -> Json:
    """Copy a value, with other targets for its references; None keeps a target.

    Nothing of the copy is shared, neither with the value nor among its own parts. `rewrite` gets
    the pointer of the object that is a reference, and its target.
    """
    return _copy(value, rewrite, at, names=False, follow=True)


def _copy(
    value: Json, rewrite: Callable[[str, str], str | None], at: str, *, names: bool, follow: bool
) -> Json:
    # Recursion is bounded: the reader refuses what is nested too deep.
    if isinstance(value, list):
        return [
            _copy(item, rewrite, join(at, index), names=False, follow=follow)
            for index, item in enumerate(value)
        ]
    if not isinstance(value, dict):
        return value
    inside = {str(key): deep for key, _, deep in children(value, names)} if follow else {}
    result = {
        key: _copy(item, rewrite, join(at, key), names=inside.get(key, False), follow=key in inside)
        for key, item in value.items()
    }
    if follow and is_reference(value, names):
        target = value["$ref"]
        new = rewrite(at, target) if isinstance(target, str) else None
        result["$ref"] = target if new is None else new
    return result


def last_name(pointer: str) -> str:
    """Name what a pointer leads to: by its last step, or by the stem of the file that it is."""
    steps = split(pointer)
    if steps[:1] == [FILES] and len(steps) == 2:
        return PurePosixPath(steps[1]).stem
    return steps[-1] if steps else "document"


def with_value(data: dict[str, Json], path: list[str], value: Json) -> dict[str, Json]:
    """Return a copy of the data in which one value is another; what is not on the way is shared."""
    changed = _with_value(data, path, value)
    return changed if isinstance(changed, dict) else data


def _with_value(data: Json, path: list[str], value: Json) -> Json:
    if not path:
        return value
    first, *rest = path
    if isinstance(data, dict):
        return {**data, first: _with_value(data.get(first), rest, value)}
    items = list(as_list(data))
    items[int(first)] = _with_value(items[int(first)], rest, value)
    return items
