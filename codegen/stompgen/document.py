"""A document: its data, where everything stands in the text, and what its references point to."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import attrs

from .pointers import Json, join, parent, split
from .problems import Problem, Problems, Severity
from .reader import Position, read

MAX_BYTES = 8 * 1024 * 1024
MAX_JUMPS = 100
"""References followed for one pointer; only a circle needs more."""

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
    }
)
# Keys whose values are data, in which `$ref` means nothing.
DATA_KEYS = frozenset({"const", "default", "enum", "example", "examples"})


class BadReferenceError(LookupError):
    """A pointer or reference that leads nowhere; the text says why."""


@attrs.frozen(kw_only=True, slots=False, eq=False)
class Document:
    """A document as plain data. Values are shared between aliases: never change them."""

    source_name: str
    """The path as it was given, with `/`; what problems show."""
    data: dict[str, Json]
    positions: Mapping[str, Position]
    original: "Document | None" = None
    """The document as it was read, when this is the one with traits applied."""

    def at(self, pointer: str) -> Json:
        """Return the value at a pointer, references followed; raise BadReferenceError."""
        return self._walk(pointer)[1]

    def resolve(self, pointer: str) -> str:
        """Return where a pointer ends when references are followed; raise BadReferenceError."""
        return self._walk(pointer)[0]

    def find(self, pointer: str) -> tuple[str, Json] | None:
        """Return resolved pointer and value, or None when the pointer leads nowhere."""
        try:
            return self._walk(pointer)
        except BadReferenceError:
            return None

    def look(self, pointer: str) -> Json:
        """Return the value at a pointer, references followed; None when it leads nowhere."""
        found = self.find(pointer)
        return None if found is None else found[1]

    def raw(self, pointer: str) -> Json:
        """Return the value at a pointer, no reference followed; raise BadReferenceError."""
        value: Json = self.data
        for token in split(pointer):
            value = _step(value, token, pointer)
        return value

    def position(self, pointer: str) -> Position:
        """Return the place of a value, or of what is nearest above it."""
        while pointer and pointer not in self.positions:
            pointer = parent(pointer)
        return self.positions.get(pointer, Position(1, 1))

    def problem(
        self, pointer: str, what: str, advice: str = "", severity: str = Severity.ERROR
    ) -> Problem:
        """Return a problem with the place of a pointer."""
        place = self.position(pointer)
        return Problem(
            file=self.source_name,
            line=place.line,
            column=place.column,
            pointer=pointer,
            what=what,
            advice=advice,
            severity=Severity(severity),
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what was read, as canonical JSON: layout and order of keys do not count."""
        text = json.dumps((self.original or self).data, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def check_references(self, problems: Problems) -> None:
        """Report every `$ref` that does not lead to something in this document."""
        for pointer, target in self.references():
            if (reason := self._reference_fault(target)) is not None:
                problems.add(self.problem(join(pointer, "$ref"), *reason))
                continue
            try:
                self._walk(pointer)
            except BadReferenceError as exc:
                advice = "point to something that exists"
                problems.add(self.problem(join(pointer, "$ref"), str(exc), advice))

    def references(self) -> Iterator[tuple[str, Json]]:
        """Yield the pointer and target of every object that is a reference."""
        todo: list[tuple[str, Json, bool]] = [("", self.data, False)]
        while todo:
            pointer, value, names = todo.pop()
            if isinstance(value, list):
                todo += [(join(pointer, i), item, False) for i, item in enumerate(value)]
            elif isinstance(value, dict):
                if "$ref" in value and not names:
                    yield pointer, value["$ref"]
                    continue  # siblings of $ref are ignored: JSON Reference, section 3
                for key, item in value.items():
                    if names or not is_data_key(key):
                        todo.append((join(pointer, key), item, not names and key in NAME_MAPS))

    def _reference_fault(self, target: Json) -> tuple[str, str] | None:
        if not isinstance(target, str):
            return "$ref is not a text", "write a pointer such as '#/components/schemas/Name'"
        if not target.startswith("#"):
            what = f"$ref to another document ({target}) is not supported yet"
            return what, "copy what it points to into components"
        if target != "#" and not target.startswith("#/"):
            return f"$ref {target} is not a JSON pointer", "start it with '#/'"
        return None

    def _walk(self, pointer: str) -> tuple[str, Json]:
        """Follow a pointer, jumping at every reference on the way and at the end."""
        at, value, todo = "", self.data, split(pointer)[::-1]
        found: Json = value
        jumps = 0
        while True:
            if isinstance(found, dict) and isinstance(target := found.get("$ref"), str):
                jumps += 1
                if jumps > MAX_JUMPS:
                    raise BadReferenceError(f"$ref {target} only leads round in a circle")
                if not (target == "#" or target.startswith("#/")):
                    raise BadReferenceError(f"$ref {target} is not in this document")
                todo += split(_unquote(target))[::-1]
                at, found = "", self.data
            elif not todo:
                return at, found
            else:
                token = todo.pop()
                found = _step(found, token, join(at, token))
                at = join(at, token)


def load(path: str | Path, problems: Problems) -> Document | None:
    """Read a file. None when nothing could be made of it: the problems say why.

    Raises OSError when the file cannot be read.
    """
    name = Path(path).as_posix()
    with Path(path).open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    return parse(data, name, problems)


def parse(data: bytes | str, source_name: str, problems: Problems) -> Document | None:
    """Read a text or its UTF-8 bytes. None when nothing could be made of it."""

    def report(
        line: int, column: int, pointer: str, what: str, advice: str, error: bool = True
    ) -> None:
        problem = Problem(
            file=source_name,
            line=line,
            column=column,
            pointer=pointer,
            what=what,
            advice=advice,
            severity=Severity.ERROR if error else Severity.WARNING,
        )
        problems.add(problem)

    if len(data) > MAX_BYTES:
        report(1, 1, "", f"the document has more than {MAX_BYTES} bytes", "split it")
        return None
    if isinstance(data, bytes):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as exc:
            before = data[: exc.start].decode("utf-8")
            line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
            report(line, column, "", "this is not UTF-8", "save the document as UTF-8")
            return None
    else:
        text = data
    before_reading = len(problems.errors)
    value, positions = read(text.removeprefix("\ufeff"), report)
    if isinstance(value, dict):
        return Document(source_name=source_name, data=value, positions=positions)
    if len(problems.errors) == before_reading:
        what = "the document is empty" if value is None else "the document is not an object"
        report(1, 1, "", what, "start it with 'asyncapi: 3.0.0'")
    return None


def is_data_key(key: str) -> bool:
    """Tell whether the value of a keyword is data or an extension, not part of the document."""
    # Of the extensions only x-schema holds a schema.
    return key in DATA_KEYS or (key.startswith("x-") and key != "x-schema")


def _step(value: Json, token: str, pointer: str) -> Json:
    if isinstance(value, dict) and token in value:
        return value[token]
    if (
        isinstance(value, list)
        and token.isascii()
        and token.isdecimal()
        and int(token) < len(value)
    ):
        return value[int(token)]
    raise BadReferenceError(f"there is no #{pointer}")


def _unquote(target: str) -> str:
    """Take the pointer out of a URI fragment."""
    return unquote(target[1:]) if "%" in target else target[1:]
