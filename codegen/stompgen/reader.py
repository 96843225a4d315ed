"""YAML or JSON text -> plain data, and the place of everything in it.

Parser events are turned into data here rather than by PyYAML's composer and constructor: the
composer recurses in C, so that a document of ten thousand brackets ends the process, and the
constructor builds dates, calls tags and forgets duplicate keys.
"""

import re
from collections.abc import Callable
from typing import Any, TypeAlias, cast

import attrs
import yaml

from .pointers import Json, join
from .scalars import BadScalarError, Scalar, is_float, is_inexact, plain_scalar, tagged_scalar
from .syntax import events, friendly, syntax_error

MAX_DEPTH = 100
MAX_NODES = 500_000
STANDARD_TAG = "tag:yaml.org,2002:"
SCALAR_TAGS = frozenset({"str", "int", "float", "bool", "null"})
LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")

Report: TypeAlias = Callable[[int, int, str, str, str, bool], None]
"""line, column, pointer, what, advice, whether it is an error."""


@attrs.frozen
class Position:
    """A place in the text, both from 1."""

    line: int
    column: int


class _StopError(Exception):
    """Reading cannot go on; the reason has been reported."""


@attrs.define
class _Frame:
    """A mapping or sequence that is being read."""

    pointer: str
    items: "dict[str, Json] | list[Json]"
    anchor: str | None
    first: int
    """Index of its first entry in the list of places."""
    key: str | None = None
    duplicate: bool = False


@attrs.frozen
class _Anchored:
    """What an alias repeats."""

    value: Json
    pointer: str
    places: "list[tuple[str, Position]]"


def read(text: str, report: Report) -> tuple[Json, dict[str, Position]]:
    """Read a text; what is wrong is reported and, where possible, left out.

    Members have the place of their key, items their own. The value is None when nothing could be
    read.
    """
    reader = _Reader(report)
    try:
        reader.run(friendly(text))
    except _StopError:
        return None, {}
    except yaml.YAMLError as exc:
        line, column, what, advice = syntax_error(text, exc)
        report(line, column, "", what, advice, True)
        return None, {}
    positions: dict[str, Position] = {}
    for pointer, position in reader.places:
        positions.setdefault(pointer, position)
    return reader.root, positions


class _Reader:
    def __init__(self, report: Report) -> None:
        self.root: Json = None
        self.places: list[tuple[str, Position]] = []
        self._report = report
        self._stack: list[_Frame] = []
        self._anchors: dict[str, _Anchored] = {}
        self._documents = 0

    def run(self, text: str) -> None:
        """Play the parser's events."""
        for event in events(text):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document(event)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._fatal(event, "a second YAML document starts here", "keep one in a file")

    # Scalars, collections and aliases; each is either a key or a value.

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text = event.value
        value: Json
        try:
            value = self._scalar_value(event, text)
        except BadScalarError as exc:
            self._error(event, self._next_pointer(), str(exc), "write it as a text, in quotes")
            value = text
        if self._expects_key():
            self._key(event, value, text)
            return
        first = len(self.places)
        pointer = self._place(event)
        self._anchor(event.anchor, value, pointer, first)
        self._add(value)

    def _scalar_value(self, event: yaml.ScalarEvent, text: str) -> Scalar:
        tag = event.tag
        if tag is not None and tag != "!":
            short = tag.removeprefix(STANDARD_TAG)
            if short not in SCALAR_TAGS:
                self._bad_tag(event, tag)
                return text
            return tagged_scalar(short, text)
        if tag == "!" or event.style:  # quoted or a block; plain is None or, in C, empty
            return text
        value = plain_scalar(text)
        if isinstance(value, float) and is_float(text) and is_inexact(text):
            self._warn(event, "the number has more digits than a double can hold", "round it")
        elif LEADING_ZERO.fullmatch(text):
            self._warn(
                event, f"{text} is a number whose leading zeros are lost", "write it in quotes"
            )
        return value

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if self._expects_key():
            self._fatal(event, "a key is not a text", "write keys as plain texts")
        if len(self._stack) >= MAX_DEPTH:
            self._fatal(event, f"nested deeper than {MAX_DEPTH} levels", "split it into components")
        mapping = isinstance(event, yaml.MappingStartEvent)
        tag = event.tag
        if tag not in {None, "!", STANDARD_TAG + ("map" if mapping else "seq")}:
            self._bad_tag(event, str(tag))
        first = len(self.places)
        pointer = self._place(event)
        items: dict[str, Json] | list[Json] = {} if mapping else []
        anchor = event.anchor
        self._stack.append(_Frame(pointer, items, anchor, first))

    def _close(self) -> None:
        frame = self._stack.pop()
        self._anchor(frame.anchor, frame.items, frame.pointer, frame.first)
        self._add(frame.items)

    def _alias(self, event: yaml.AliasEvent) -> None:
        name = event.anchor or ""
        if any(frame.anchor == name for frame in self._stack):
            self._fatal(event, f"the alias *{name} stands inside its own anchor", "use $ref")
        if name not in self._anchors:
            self._fatal(event, f"the alias *{name} has no anchor before it", "define the anchor")
        found = self._anchors[name]
        if self._expects_key():
            self._key(event, found.value, name)
            return
        if len(self.places) + len(found.places) > MAX_NODES:
            self._fatal(
                event,
                f"the aliases repeat more than {MAX_NODES} values",
                "use components and $ref instead of aliases of aliases",
            )
        pointer = self._next_pointer()
        skip = len(found.pointer)
        # The place of repeated content is where it is written, since that is where to mend it.
        self._place(event)
        for at, place in found.places:
            if len(at) > skip:
                self.places.append((pointer + at[skip:], place))
        self._add(found.value)

    def _anchor(self, name: str | None, value: Json, pointer: str, first: int) -> None:
        if name is not None:
            self._anchors[name] = _Anchored(value, pointer, self.places[first:])

    # Where the next value belongs.

    def _expects_key(self) -> bool:
        if not self._stack:
            return False
        frame = self._stack[-1]
        return isinstance(frame.items, dict) and frame.key is None

    def _next_pointer(self) -> str:
        if not self._stack:
            return ""
        frame = self._stack[-1]
        if isinstance(frame.items, list):
            return join(frame.pointer, len(frame.items))
        return frame.pointer if frame.key is None else join(frame.pointer, frame.key)

    def _key(self, event: yaml.Event, key: Json, text: str) -> None:
        frame = self._stack[-1]
        if not isinstance(key, str):
            pointer = join(frame.pointer, text)
            self._error(event, pointer, f"the key {text or 'null'} is not a text", "quote it")
            key = text
        elif key == "<<":
            advice = "repeat the keys, or use $ref"
            self._error(event, frame.pointer, "merge keys (<<) are not part of YAML 1.2", advice)
        frame.key = key
        pointer = join(frame.pointer, key)
        frame.duplicate = key in frame.items
        if frame.duplicate:
            self._error(event, pointer, f"the key {key!r} stands here twice", "remove one")
        self.places.append((pointer, _position(event)))

    def _place(self, event: yaml.Event) -> str:
        """Note where a value stands, unless its key has been noted, and bound their number."""
        pointer = self._next_pointer()
        if not self._stack or isinstance(self._stack[-1].items, list):
            self.places.append((pointer, _position(event)))
        if len(self.places) > MAX_NODES:
            self._fatal(event, f"more than {MAX_NODES} values", "split the document")
        return pointer

    def _add(self, value: Json) -> None:
        if not self._stack:
            self.root = value
            return
        frame = self._stack[-1]
        if isinstance(frame.items, list):
            frame.items.append(value)
            return
        if frame.key is not None and not frame.duplicate:  # the first of two stays
            frame.items[frame.key] = value
        frame.key = None

    # Reports.

    def _bad_tag(self, event: yaml.Event, tag: str) -> None:
        shown = tag.replace(STANDARD_TAG, "!!")
        self._error(event, self._next_pointer(), f"the tag {shown} is not allowed", "remove it")

    def _error(self, event: yaml.Event, pointer: str, what: str, advice: str) -> None:
        position = _position(event)
        self._report(position.line, position.column, pointer, what, advice, True)

    def _warn(self, event: yaml.Event, what: str, advice: str) -> None:
        position = _position(event)
        self._report(position.line, position.column, self._next_pointer(), what, advice, False)

    def _fatal(self, event: yaml.Event, what: str, advice: str) -> None:
        self._error(event, self._next_pointer(), what, advice)
        raise _StopError


def _position(event: yaml.Event) -> Position:
    mark = cast(Any, event.start_mark)
    return Position(int(mark.line) + 1, int(mark.column) + 1)
