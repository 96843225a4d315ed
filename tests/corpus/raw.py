"""What a document says, read without the generator's model: its files, schemas and examples."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import attrs

from stompgen.reader import read

MAX_FILES = 500
STEPS = 20
"""References that are followed to find out what a schema is."""


@attrs.frozen
class RawExample:
    """An example of a message."""

    has_payload: bool
    payload: Any
    headers: Any


@attrs.frozen
class Raw:
    """The files of one document, by path relative to the first."""

    folder: Path
    first: str
    files: dict[str, Any]

    def object_schemas(self) -> list[tuple[str, str, Any]]:
        """List (file, key, schema) of the components that are objects."""
        return [
            (file, key, schema)
            for file, data in self.files.items()
            for key, schema in _object(
                _object(_object(data).get("components")).get("schemas")
            ).items()
            if "$ref" not in _object(schema) and self._is_object(file, schema)
        ]

    def _is_object(self, file: str, schema: Any, steps: int = STEPS) -> bool:
        schema = _object(schema)
        if steps and isinstance(target := schema.get("$ref"), str):
            place, found = self._follow(file, target)
            return self._is_object(place, found, steps - 1)
        kind = schema.get("type")
        if "properties" in schema or kind == "object":
            return kind in (None, "object") or "object" in kind
        parts = schema.get("allOf")
        return bool(
            steps and isinstance(parts, list) and parts
            and any(self._is_object(file, part, steps - 1) for part in parts)
        )  # fmt: skip

    def _follow(self, file: str, target: str) -> tuple[str, Any]:
        path, _, pointer = target.partition("#")
        place = _relative(self.folder, file, path) if path else file
        value = self.files.get(place or "")
        for step in pointer.split("/")[1:]:
            step = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                value = value[int(step)]
            else:
                value = _object(value).get(step)
        return place or file, value

    def examples(self) -> list[RawExample]:
        """List the examples of all messages, each once."""
        return [
            RawExample("payload" in item, item.get("payload"), item.get("headers"))
            for message in self._messages()
            for item in _list(message.get("examples"))
            if isinstance(item, dict) and ("payload" in item or "headers" in item)
        ]

    def _messages(self) -> list[dict[str, Any]]:
        """List the messages of channels and components, references followed, each once."""
        found: dict[int, dict[str, Any]] = {}
        for file, data in self.files.items():
            for place in _message_places(data):
                for _ in range(STEPS):
                    if not isinstance(target := _object(place).get("$ref"), str):
                        break
                    file, place = self._follow(file, target)
                if isinstance(place, dict):
                    found[id(place)] = place
        return list(found.values())


def _message_places(data: Any) -> Iterator[Any]:
    components = _components(data)
    yield from _object(components.get("messages")).values()
    for holder in (_object(data), components):
        for channel in map(_object, _object(holder.get("channels")).values()):
            yield from _object(channel.get("messages")).values()
            for verb in ("publish", "subscribe"):
                message = _object(channel.get(verb)).get("message")
                yield from _list(_object(message).get("oneOf")) or [message]


def read_raw(path: Path, root: Path) -> Raw:
    """Read a document and the files that it refers to, below a folder."""
    folder, files = root.resolve(), dict[str, Any]()
    first = path.resolve().relative_to(folder).as_posix()
    todo = [first]
    while todo and len(files) < MAX_FILES:
        if (name := todo.pop()) in files or not (folder / name).is_file():
            continue
        files[name], _ = read((folder / name).read_text("utf-8"), _ignore)
        for target in _references(files[name]):
            place = _relative(folder, name, target.partition("#")[0])
            if place is not None:
                todo.append(place)
    names = sorted(files, key=lambda name: (name != first, name))
    return Raw(folder, first, {name: files[name] for name in names})


def _relative(folder: Path, file: str, target: str) -> str | None:
    if not target or "://" in target:
        return None
    place = (folder / file).parent.joinpath(unquote(target)).resolve()
    return place.relative_to(folder).as_posix() if place.is_relative_to(folder) else None


def _references(data: Any) -> Iterator[str]:
    todo = [data]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            if isinstance(target := value.get("$ref"), str):
                yield target
            todo += value.values()
        elif isinstance(value, list):
            todo += value


def _components(data: Any) -> dict[str, Any]:
    return _object(_object(data).get("components"))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _ignore(*_: object) -> None:
    """The generator tells what is wrong."""
