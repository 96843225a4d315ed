"""JSON values and JSON pointers (RFC 6901)."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias
from urllib.parse import unquote

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""What a document is made of."""


def escape(token: str | int) -> str:
    """Write one step of a pointer."""
    text = str(token)
    if "~" in text or "/" in text:
        return text.replace("~", "~0").replace("/", "~1")
    return text


def join(pointer: str, *tokens: str | int) -> str:
    """Go down from a pointer, step by step."""
    for token in tokens:
        pointer += f"/{escape(token)}"
    return pointer


def split(pointer: str) -> list[str]:
    """Take a pointer apart; the empty pointer has no steps."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def parent(pointer: str) -> str:
    """Go up one step."""
    return pointer.rpartition("/")[0]


def reference(pointer: str) -> str:
    """Write a pointer as the target of a `$ref`: a fragment of a URI."""
    return "#" + pointer.replace("%", "%25")


def referred(target: str) -> str:
    """Take the pointer out of the target of a `$ref`."""
    return unquote(target[1:]) if "%" in target else target[1:]


def translated(places: Mapping[str, str], pointer: str) -> str:
    """Return where a pointer leads when places have moved: by the nearest of them."""
    if not places:
        return pointer
    at = pointer
    while at not in places:
        if not at:
            return pointer
        at = parent(at)
    return places[at] + pointer[len(at) :]


def as_object(value: Json) -> dict[str, Json]:
    """Return an object as it is and anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Json) -> list[Json]:
    """Return a list as it is and anything else as an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Json) -> str | None:
    """Return a text as it is and anything else as None."""
    return value if isinstance(value, str) else None


def is_text(value: str) -> bool:
    """Tell whether a text can travel: half a surrogate pair has no bytes."""
    return not any("\ud800" <= char <= "\udfff" for char in value)


def texts(values: Iterable[Json]) -> tuple[str, ...]:
    """Return the texts among some values."""
    return tuple(value for value in values if isinstance(value, str))
