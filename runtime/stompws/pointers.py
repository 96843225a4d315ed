"""JSON pointers (RFC 6901): a value inside a JSON text, and when two such values are equal."""

import json
from typing import Final, TypeAlias

JsonValue: TypeAlias = (
    "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | _Missing | None"
)


class _Missing:
    """The type of `MISSING`."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()
"""What a pointer finds where nothing is."""


def value_at(pointer: str, text: bytes | None) -> JsonValue:
    """Resolve a pointer; `MISSING` when nothing is there or the text is no JSON."""
    try:
        found: JsonValue = json.loads(text or b"")
    except (ValueError, RecursionError):
        return MISSING
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict) and key in found:
            found = found[key]
        elif isinstance(found, list) and _is_index(key) and int(key) < len(found):
            found = found[int(key)]
        else:
            return MISSING
    return found


def same(left: JsonValue, right: JsonValue) -> bool:
    """JSON equality: unlike in Python true is not 1, and `MISSING` equals nothing."""
    if left is MISSING or right is MISSING:
        return False
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return left == right


def _is_index(key: str) -> bool:
    # RFC 6901, section 4: ASCII digits, no leading zero. Nine digits are more than any document.
    return key.isascii() and key.isdecimal() and len(key) < 10 and (key == "0" or key[0] != "0")
