"""JSON values and JSON pointers (RFC 6901)."""

from collections.abc import Iterable
from typing import TypeAlias

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
