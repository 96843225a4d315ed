"""A document: its data, where everything stands in the text, and what its references point to."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

import attrs

from .pointers import Json, as_object, as_text, join, parent, referred, split, translated
from .problems import Problem, Problems, Severity
from .reader import Position, read
from .references import FILES, children, is_data_key, is_reference

__all__ = ["BadReferenceError", "Document", "is_data_key", "parse"]

MAX_BYTES = 8 * 1024 * 1024
MAX_JUMPS = 100
"""References followed for one pointer; only a circle needs more."""


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
    """The document without its traits, when this is the one with traits applied."""
    source: "Document | None" = None
    """The document as it was read, when this one says the same in another way: as a 3.x document,
    seen from the other side, or with what a `reply` means written out."""
    origins: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """Where in the source what stands at a pointer, and all below it, was written."""
    trait_origins: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """The same of what has been merged from traits."""
    side: str = "described"
    """`other` when the actions have been exchanged."""
    files: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """SHA-256 of the bytes of every file that was read, by its path below the root."""
    shown_files: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """How problems name the further files, by the same paths."""
    faults: Mapping[str, tuple[str, str]] = attrs.field(factory=dict[str, tuple[str, str]])
    """What is wrong, and advice, of references that could not be followed out of their file, by
    the pointer of the object that is the reference."""

    def at(self, pointer: str) -> Json:
        """Return the value at a pointer, references followed; raise BadReferenceError."""
        return self._sought(pointer)[1]

    def resolve(self, pointer: str) -> str:
        """Return where a pointer ends when references are followed; raise BadReferenceError."""
        return self._sought(pointer)[0]

    def find(self, pointer: str) -> tuple[str, Json] | None:
        """Return resolved pointer and value, or None when the pointer leads nowhere."""
        if pointer not in self._found:
            try:
                self._found[pointer] = self._walk(pointer)
            except BadReferenceError:
                self._found[pointer] = None
        return self._found[pointer]

    @cached_property
    def _found(self) -> dict[str, tuple[str, Json] | None]:
        """What has been looked for already: the same places are asked for again and again."""
        return {}

    def _sought(self, pointer: str) -> tuple[str, Json]:
        return self.find(pointer) or self._walk(pointer)

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

    @property
    def read_as(self) -> "Document":
        """The document as it was read."""
        return self.source or (self.original.read_as if self.original else self)

    @property
    def version(self) -> str:
        """The version of AsyncAPI that the document as it was read names; empty without one."""
        return as_text(self.read_as.data.get("asyncapi")) or ""

    @property
    def upgraded(self) -> bool:
        """Tell whether the document was an AsyncAPI 2.x document when it was read."""
        return self.source is not None and self.version.startswith("2.")

    def derived(
        self,
        data: dict[str, Json],
        *,
        origins: Mapping[str, str] | None = None,
        side: str | None = None,
    ) -> "Document":
        """Return a document that says the same in another way; see `source`."""
        return attrs.evolve(
            self,
            data=data,
            source=self.read_as,
            positions=self.positions if self.source is not None else {},
            origins={**self.origins, **(origins or {})},
            side=self.side if side is None else side,
        )

    def written(self, pointer: str) -> Json:
        """Return the value at a pointer, no reference followed; None when there is none."""
        try:
            return self.raw(pointer)
        except BadReferenceError:
            return None

    def position(self, pointer: str) -> Position:
        """Return the place of a value, or of what is nearest above it."""
        at = pointer
        while at and at not in self.positions:
            at = parent(at)
        if self.source is not None and at not in self.positions:
            return self.source.position(translated(self.origins, pointer))
        return self.positions.get(at, Position(1, 1))

    def origin(self, pointer: str) -> str:
        """Return where in the document as it was read a value is written, traits included."""
        return translated(self.origins, translated(self.trait_origins, pointer))

    def problem(
        self, pointer: str, what: str, advice: str = "", severity: str = Severity.ERROR
    ) -> Problem:
        """Return a problem with the place of a pointer."""
        place = self.position(pointer)
        origin = self.origin(pointer)
        shown = translated(self.origins, pointer)
        if _file_of(shown) != _file_of(origin):  # a trait in another file: line and pointer agree
            shown = origin
        file = _file_of(shown)
        steps = split(shown)
        return Problem(
            file=self.source_name if file is None else self.shown_files.get(file, file),
            line=place.line,
            column=place.column,
            pointer=shown if file is None else join("", *steps[2:]),
            what=what,
            advice=advice,
            severity=Severity(severity),
            place=origin,
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what was read, as canonical JSON: layout and order of keys do not count."""
        text = json.dumps(self.read_as.data, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def check_references(self, problems: Problems) -> None:
        """Report every `$ref` that does not lead to something in this document."""
        for pointer, target in self.references():
            if (reason := self._reference_fault(pointer, target)) is not None:
                problems.add(self.problem(join(pointer, "$ref"), *reason))
                continue
            try:
                self._walk(pointer)
            except BadReferenceError as exc:
                advice = "point to something that exists"
                problems.add(self.problem(join(pointer, "$ref"), str(exc), advice))

    def references(self) -> Iterator[tuple[str, Json]]:
        """Yield the pointer and target of every object that is a reference.

        Of further files only what is referred to counts: the rest of them is no part of this
        document.
        """
        todo: list[tuple[str, Json, bool]] = [
            (join("", key), value, names)
            for key, value, names in children(self.data, names=False)
            if key != FILES
        ]
        seen: set[str] = set()
        while todo:
            pointer, value, names = todo.pop()
            if is_reference(value, names):
                target = as_object(value)["$ref"]
                yield pointer, target
                found = self.find(pointer) if FILES in self.data else None
                if found is not None and _file_of(found[0]) is not None and found[0] not in seen:
                    seen.add(found[0])
                    todo.append((*found, False))
                continue  # siblings of $ref are ignored: JSON Reference, section 3
            for key, item, deep in children(value, names):
                at = join(pointer, key)
                if at not in seen:
                    todo.append((at, item, deep))

    def _reference_fault(self, pointer: str, target: Json) -> tuple[str, str] | None:
        if not isinstance(target, str):
            return "$ref is not a text", "write a pointer such as '#/components/schemas/Name'"
        if (fault := self.read_as.faults.get(self.origin(pointer))) is not None:
            return fault
        if not target.startswith("#"):
            what = f"$ref to another file ({target}), but this text stands alone"
            return what, "read it as a file, or copy what it points to into components"
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
                todo += split(referred(target))[::-1]
                at, found = "", self.data
            elif not todo:
                return at, found
            else:
                token = todo.pop()
                found = _step(found, token, join(at, token))
                at = join(at, token)


def parse(data: bytes | str, source_name: str, problems: Problems) -> Document | None:
    """Read a text or its UTF-8 bytes. None when nothing could be made of it.

    The text stands alone: no other file is read, and nothing is made of what it says.
    """
    before = len(problems.errors)
    found = read_text(data, source_name, problems)
    if found is not None and isinstance(found[0], dict):
        raw = data if isinstance(data, bytes) else data.encode(errors="surrogatepass")
        files = {PurePosixPath(source_name).name: hashlib.sha256(raw).hexdigest()}
        return Document(source_name=source_name, data=found[0], positions=found[1], files=files)
    if len(problems.errors) == before:
        value = None if found is None else found[0]
        what = "the document is empty" if value is None else "the document is not an object"
        problems.add(
            Problem(
                file=source_name,
                line=1,
                column=1,
                pointer="",
                what=what,
                advice="start it with 'asyncapi: 3.0.0'",
            )
        )
    return None


def read_text(
    data: bytes | str, name: str, problems: Problems
) -> tuple[Json, dict[str, Position]] | None:
    """Return the value of a text and the place of everything in it; None when it cannot be read."""

    def report(
        line: int, column: int, pointer: str, what: str, advice: str, error: bool = True
    ) -> None:
        problem = Problem(
            file=name,
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
    value, positions = read(text.removeprefix("\ufeff"), report)
    return None if value is None and not positions else (value, positions)


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
    raise BadReferenceError(f"there is no #{_without_file(pointer)}")


def _file_of(pointer: str) -> str | None:
    """Name the further file in which a place is; None for the document's own."""
    if not pointer.startswith(f"/{FILES}/"):
        return None
    return split(pointer)[1]


def _without_file(pointer: str) -> str:
    """Show a pointer as its file spells it."""
    file = _file_of(pointer)
    return pointer if file is None else join("", *split(pointer)[2:]) + f" in {file}"
