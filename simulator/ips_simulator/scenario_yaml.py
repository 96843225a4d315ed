"""YAML text -> plain data, and the place of everything in it.

The core schema of YAML 1.2, in which `yes` and `no` are texts; one document, no tags, no aliases,
no name twice. A scenario needs nothing else, and what it does not need cannot go wrong.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import yaml

from .scenario_problems import Path, Place

Data = None | bool | int | float | Decimal | str | list["Data"] | dict[str, "Data"]

LARGEST: Final = 64 * 1024
DEEPEST: Final = 20
_NULLS: Final = ("", "~", "null", "Null", "NULL")
_BOOLS: Final = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INT: Final = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT: Final = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{0,18}")


class UnreadableError(Exception):
    """The text is not what we call YAML."""

    def __init__(self, place: Place, path: Path, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.place, self.path, self.what, self.advice = place, path, what, advice


def read_yaml(text: str) -> tuple[Data, Mapping[Path, Place]]:
    """Read a text.

    Raises:
        UnreadableError: It cannot be read.
    """
    if len(text) > LARGEST:
        raise UnreadableError(
            Place(1, 1), (), f"longer than {LARGEST // 1024} KiB", "a scenario is one page"
        )
    reader = _Reader()
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            reader.take(event)
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        place = Place(1, 1) if mark is None else Place(mark.line + 1, mark.column + 1)
        what = " ".join(part for part in (exc.context, exc.problem) if part)
        raise UnreadableError(place, (), f"not YAML: {what}") from None
    except yaml.reader.ReaderError as exc:
        line = text.count("\n", 0, exc.position) + 1
        raise UnreadableError(
            Place(line, 1), (), "not YAML: a character that is not allowed"
        ) from None
    return reader.root, reader.places


class _Open:
    """A mapping or list that is being read."""

    def __init__(self, items: dict[str, Data] | list[Data], path: Path) -> None:
        self.items, self.path = items, path
        self.key: str | None = None

    def next_path(self) -> Path:
        if isinstance(self.items, list):
            return (*self.path, len(self.items))
        return self.path if self.key is None else (*self.path, self.key)


class _Reader:
    def __init__(self) -> None:
        self.root: Data = None
        self.places: dict[Path, Place] = {(): Place(1, 1)}
        self._stack: list[_Open] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take one event of the parser."""
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise self._error(event, "a second document", "one scenario in a file")
            case yaml.AliasEvent():
                raise self._error(event, "an alias", "write the value out")
            case yaml.ScalarEvent():
                self._check(event)
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._check(event)
                self._begin(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = self._stack.pop()
                self._add(done.items)
            case _:
                pass  # the beginning and the end of the stream and of its document

    def _check(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._error(event, "an anchor", "write the value out where it is needed")
        if event.tag not in (None, "!"):
            raise self._error(event, "a tag", "leave it out")

    def _scalar(self, event: Any) -> None:
        top = self._stack[-1] if self._stack else None
        if top is None or isinstance(top.items, list) or top.key is not None:
            self._mark(event)
            self._add(event.value if event.style else _plain(event.value))
            return
        key: str = event.value
        if key in top.items:
            raise self._error(event, f"{key!r} stands here twice", "leave one of them out")
        top.key = key
        self._mark(event)  # a member's place is that of its name

    def _begin(self, event: Any, items: "dict[str, Data] | list[Data]") -> None:
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.items, dict) and top.key is None:
            raise self._error(event, "a name that is not a text", "write names as plain words")
        if len(self._stack) >= DEEPEST:
            raise self._error(event, f"nested deeper than {DEEPEST} levels")
        self._mark(event)
        self._stack.append(_Open(items, self._path()))

    def _path(self) -> Path:
        return self._stack[-1].next_path() if self._stack else ()

    def _mark(self, event: Any) -> None:
        self.places.setdefault(self._path(), _place(event))

    def _add(self, value: Data) -> None:
        if not self._stack:
            self.root = value
            return
        top = self._stack[-1]
        if isinstance(top.items, list):
            top.items.append(value)
        elif top.key is not None:
            top.items[top.key], top.key = value, None

    def _error(self, event: Any, what: str, advice: str = "") -> UnreadableError:
        return UnreadableError(_place(event), self._path(), what, advice)


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _plain(text: str) -> Data:
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if _INT.fullmatch(text):
        return int(text)
    return Decimal(text) if _FLOAT.fullmatch(text) else text
