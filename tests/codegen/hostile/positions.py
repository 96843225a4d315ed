"""Every place of a document where a string stands, and documents that have another one there."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import quote

from stompgen.references import NAME_MAPS

Steps = tuple[str | int, ...]

PROSE = frozenset({"description", "summary", "title", "note", "email", "termsOfService", "default"})
"""Keys whose text may be anything in a correct document."""

CHOSEN = (NAME_MAPS - {"externalDocs"}) | {"x-sources", "x-open-enum"}
"""Keys whose members have names of the author's choice."""


def values(data: Any, at: Steps = ()) -> Iterator[Steps]:
    """Yield the way to every string value."""
    if isinstance(data, str):
        yield at
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from values(item, (*at, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from values(item, (*at, index))


def keys(data: Any, at: Steps = ()) -> Iterator[Steps]:
    """Yield the way to every member of an object: its key is the last step."""
    if isinstance(data, dict):
        for key, item in data.items():
            yield (*at, key)
            yield from keys(item, (*at, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from keys(item, (*at, index))


def names(data: Any) -> list[str]:
    """List the names of the author's choice: keys of maps, values of enums, names of tags."""
    found: dict[str, None] = {}
    for steps in keys(data):
        if len(steps) > 1 and steps[-2] in CHOSEN:
            found[str(steps[-1])] = None
    for steps in values(data):
        if steps[-2:-1] == ("enum",) or (steps[-1] == "name" and "tags" in steps):
            found[_at(data, steps)] = None
    return list(found)


def with_value(data: Any, steps: Steps, value: object) -> Any:
    """Return a copy with another value at a place."""
    changed = deepcopy(data)
    _at(changed, steps[:-1])[steps[-1]] = value
    return changed


def with_key(data: Any, steps: Steps, key: str) -> Any:
    """Return a copy in which a member has another key, at the same place."""
    changed = deepcopy(data)
    owner = _at(changed, steps[:-1])
    items = [(key if k == steps[-1] else k, v) for k, v in owner.items()]
    owner.clear()
    owner.update(items)
    return changed


def with_prose(data: Any, text: str) -> Any:
    """Return a copy in which every free text is this one."""
    changed = deepcopy(data)
    for steps in list(values(data)):
        if steps[-1] in PROSE and not {"variables", "payload"} & set(steps[:-1]):
            _at(changed, steps[:-1])[steps[-1]] = text
    return changed


def renamed(data: Any, old: str, new: str) -> Any:
    """Return a copy in which a name is another one, wherever it is meant."""
    if isinstance(data, list):
        return [renamed(item, old, new) for item in data]
    if isinstance(data, dict):
        return {
            new if key == old else key: _reference(item, old, new)
            if key in ("$ref", "location", "payload", "reply", "request") and isinstance(item, str)
            else renamed(item, old, new)
            for key, item in data.items()
        }
    return new if data == old and isinstance(data, str) else data


def _reference(text: str, old: str, new: str) -> str:
    """Rename the steps of a JSON pointer, in a URI fragment or not."""
    start, slash, pointer = text.partition("/")
    if not slash:
        return new if text == old else text
    written = new.replace("~", "~0").replace("/", "~1")
    if "#" in start:
        written = quote(written, safe="~!$&'()*+,;=:@?-._", errors="surrogatepass")
    return start + "".join(
        f"/{written if step == old else step}" for step in re.split("/", pointer)
    )


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        data = data[step]
    return data
