"""The best that can be made of a document with errors: what is wrong is left out, and told.

The checks tell where something is wrong; here that place is removed from the document as it was
read, and what is left is checked again. A dangling reference to a schema becomes a schema that
takes anything.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import attrs

from .check import check
from .document import Document
from .loading import prepare, read_closure
from .perspective import Side
from .pointers import Json, as_list, as_object, join, split
from .problems import Problem, Problems, Severity
from .schema_check import ONE_SCHEMA, SCHEMA_LISTS, SCHEMA_MAPS
from .structure import is_version_2

VERSION_START = re.compile(r"[23](\.[0-9]+)?")
MAX_ROUNDS = 25
"""Removing one thing may make another wrong; a document that needs more rounds is given up."""

# Keys whose value, or whose members, are schemas.
SCHEMA_KEYS = frozenset({*ONE_SCHEMA, "headers", "items", "payload", "schema"})
SCHEMA_HOLDERS = frozenset({*SCHEMA_LISTS, *SCHEMA_MAPS, "dependencies", "items", "schemas"})
DEFAULTS: dict[str, Json] = {"title": "Untitled", "version": "0.0.0"}
"""What every document needs in its `info`."""


def load_leniently(
    path: str | Path,
    problems: Problems,
    *,
    side: Side = "described",
    root: str | Path | None = None,
) -> Document | None:
    """Read a document and leave out what is wrong with it; what was, is told as warnings.

    None when no sense can be made of it: then the problems hold errors. Raises OSError.
    """
    reading = Problems()
    document = read_closure(path, reading, root)
    if document is None:
        for problem in reading:
            problems.add(problem)
        return None
    for problem in reading:
        problems.add(_softened(problem, ""))
    return mended(document, problems, side)


def mended(document: Document, problems: Problems, side: Side = "described") -> Document | None:
    """Return a document, as it was read, without what is wrong with it, in the words of 3.x."""
    raw = _with_channels(_with_info(_with_version(document, problems), problems), problems)
    found = Problems()
    for _ in range(MAX_ROUNDS):
        found = Problems()
        prepared = prepare(raw, side)
        check(prepared, found)
        if not found.errors:
            for problem in found:
                problems.add(problem)
            return prepared
        changed = _without(raw, [problem for problem in found.errors if problem.place])
        if changed is None:
            break
        for problem in found.errors:
            if problem.place:
                problems.add(_softened(problem, "it is left out"))
        raw = changed
    for problem in found.errors:
        problems.add(problem)
    return None


def _softened(problem: Problem, advice: str) -> Problem:
    if problem.severity is Severity.WARNING:
        return problem
    said = "; ".join(text for text in (advice, problem.advice) if text)
    return attrs.evolve(problem, severity=Severity.WARNING, advice=said)


def _with_version(document: Document, problems: Problems) -> Document:
    """Complete a version such as 3.0, or 2.6 written as a number."""
    given = document.data.get("asyncapi")
    if not VERSION_START.fullmatch(str(given)) or isinstance(given, bool):
        return document
    version = f"{given}.0" if "." in str(given) else f"{given}.0.0"
    what, advice = f"{given} is no version of AsyncAPI", f"it is taken as {version}"
    problems.add(document.problem("/asyncapi", what, advice, "warning"))
    return attrs.evolve(document, data={**document.data, "asyncapi": version})


def _with_info(document: Document, problems: Problems) -> Document:
    """Fill in what a package cannot do without."""
    info = dict(as_object(document.data.get("info")))
    for name, value in DEFAULTS.items():
        given = info.get(name)
        if isinstance(given, str):
            continue
        number = isinstance(given, int | float) and not isinstance(given, bool)
        info[name] = str(given) if number else value
        what, advice = f"info has no {name!r} that is a text", f"it is taken as {info[name]!r}"
        problems.add(document.problem(join("/info", name), what, advice, "warning"))
    if info == document.data.get("info"):
        return document
    return attrs.evolve(document, data={**document.data, "info": info})


def _with_channels(document: Document, problems: Problems) -> Document:
    """Let a document of 2.x be without channels, as one of 3.x may be: it has components."""
    if "channels" in document.data or not is_version_2(document):
        return document
    what, advice = "the document has no channels", "they are taken as none"
    problems.add(document.problem("/channels", what, advice, "warning"))
    return attrs.evolve(document, data={**document.data, "channels": {}})


def _without(document: Document, errors: Iterable[Problem]) -> Document | None:
    """Return the document without the places of some errors; None when that changes nothing."""
    editor = _Editor(document)
    # From the end, so that the indices of lists stay right; what is inside before what is around.
    for problem in sorted(errors, key=lambda problem: _order(problem.place), reverse=True):
        editor.remove(problem.place)
    if not editor.changed:
        return None
    return attrs.evolve(document, data=editor.data)


def _order(pointer: str) -> list[tuple[int, str]]:
    return [(int(step) if step.isdecimal() else -1, step) for step in split(pointer)]


class _Editor:
    def __init__(self, document: Document) -> None:
        self.data: dict[str, Json] = document.data
        self.changed = False
        self._done: set[str] = set()

    def remove(self, pointer: str) -> None:
        """Remove what stands at a pointer, or what is nearest above it."""
        steps = split(pointer)
        any_value = False
        if steps[-1] == "$ref":
            steps = steps[:-1]
            any_value = _is_schema(steps)
        while steps and not self._has(steps):
            steps = steps[:-1]
            any_value = False
        if not steps or (len(steps) == 1 and steps[0] in ("asyncapi", "info")):
            return
        if join("", *steps) in self._done:
            return
        self._done.add(join("", *steps))
        self.data = as_object(_removed(self.data, steps, any_value=any_value))
        self.changed = True

    def _has(self, steps: list[str]) -> bool:
        value: Json = self.data
        for step in steps:
            if isinstance(value, dict) and step in value:
                value = value[step]
            elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                value = value[int(step)]
            else:
                return False
        return True


def _is_schema(steps: list[str]) -> bool:
    """Tell whether a schema is expected at a place, by the names on the way to it."""
    if not steps:
        return False
    return steps[-1] in SCHEMA_KEYS or (len(steps) > 1 and steps[-2] in SCHEMA_HOLDERS)


def _removed(value: Json, steps: list[str], *, any_value: bool) -> Json:
    first, *rest = steps
    if isinstance(value, list):
        index, items = int(first), list(as_list(value))
        if rest or any_value:
            items[index] = _removed(items[index], rest, any_value=any_value) if rest else {}
        else:
            del items[index]
        return items
    members = dict(as_object(value))
    if rest or any_value:
        members[first] = _removed(members[first], rest, any_value=any_value) if rest else {}
    else:
        del members[first]
    return members
