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

    def _messages(self) -> Iterator[dict[str, Any]]:
        for data in self.files.values():
            components = _components(data)
            for holder in (data, components):
                for channel in _object(_object(holder).get("channels")).values():
                    yield from _inline(_object(channel).get("messages"))
                    for verb in ("publish", "subscribe"):
                        message = _object(_object(channel).get(verb)).get("message")
                        several = _list(_object(message).get("oneOf"))
                        yield from (item for item in several if "$ref" not in _object(item))
                        if isinstance(message, dict) and not several and "$ref" not in message:
                            yield message
            yield from _inline(components.get("messages"))


def read_raw(path: Path) -> Raw:
    """Read a document and the files that it refers to, below its folder."""
    folder, todo, files = path.parent.resolve(), [path.name], dict[str, Any]()
    while todo and len(files) < MAX_FILES:
        if (name := todo.pop()) in files or not (folder / name).is_file():
            continue
        files[name], _ = read((folder / name).read_text("utf-8"), _ignore)
        for target in _references(files[name]):
            place = _relative(folder, name, target.partition("#")[0])
            if place is not None:
                todo.append(place)
    return Raw(
        folder, path.name, dict(sorted(files.items(), key=lambda kv: (kv[0] != path.name, kv[0])))
    )


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


def _inline(messages: Any) -> Iterator[dict[str, Any]]:
    for message in _object(messages).values():
        if isinstance(message, dict) and "$ref" not in message:
            yield message


def _components(data: Any) -> dict[str, Any]:
    return _object(_object(data).get("components"))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _ignore(*_: object) -> None:
    """The generator tells what is wrong."""
