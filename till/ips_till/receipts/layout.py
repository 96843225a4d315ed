"""Lines of print, and how a line that is too long is wrapped."""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import attrs

from stompws.records import Record


class Align(StrEnum):
    """Where a line stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Kind(StrEnum):
    """What a line is."""

    TEXT = "text"
    BARCODE = "barcode"
    """Interleaved 2 of 5; the text is its digits."""
    CUT = "cut"
    """The paper is cut here."""
    NOTE = "note"
    """Says that something stands here which cannot be printed."""


@attrs.frozen(kw_only=True)
class Line(Record):
    """One line, with what a printer can do about it."""

    text: str = attrs.field(default="", repr=False)
    kind: Kind = Kind.TEXT
    align: Align = Align.LEFT
    bold: bool = False
    underlined: bool = False
    wide: bool = False
    large: bool = False
    """Twice as high and as wide."""


DUPLICATE: Final = "*** DUPLICATE ***"

_LABEL_AND_VALUE: Final = re.compile(r"(?P<label>\S.*?)(?: {2,})(?P<value>\S+(?: \S+)?)\Z")
_WIDE: Final = ("W", "F")


def as_duplicate(lines: tuple[Line, ...], mark: str = DUPLICATE) -> tuple[Line, ...]:
    """Mark lines as a second print, at head and foot."""
    sign = Line(text=mark, align=Align.CENTER, bold=True)
    return (sign, Line(), *lines, Line(), sign)


def width(text: str) -> int:
    """How many columns a text takes: two for each wide character, none for what combines."""
    return sum(map(_columns, text))


def fit(line: str, columns: int) -> Iterator[str]:
    """Wrap a line if it is too long; else it stays as it is, with its blanks.

    A label with a value at the right keeps the value at the right; what stood in the middle stays
    there; other lines are broken between words. Words longer than the paper are broken anywhere.
    """
    if width(line) <= columns:
        yield line
        return
    body = line.strip()
    if (found := _LABEL_AND_VALUE.match(body)) and width(found["value"]) <= columns:
        yield from _label_and_value(found["label"], found["value"], columns)
        return
    indented = line != line.lstrip()
    for piece in _words(body, columns):
        yield " " * ((columns - width(piece)) // 2) + piece if indented else piece


def _label_and_value(label: str, value: str, columns: int) -> Iterator[str]:
    pieces = list(_words(label, columns))
    room = columns - width(pieces[-1])
    if room > width(value):
        yield from pieces[:-1]
        yield pieces[-1] + " " * (room - width(value)) + value
    else:
        yield from pieces
        yield " " * (columns - width(value)) + value


def _words(text: str, columns: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) <= columns:
            line += f" {word}"
            continue
        if line:
            yield line
        *full, line = _pieces(word, columns)
        yield from full
    yield line


def _pieces(word: str, columns: int) -> list[str]:
    """Break a word that is longer than the paper."""
    pieces = [""]
    for char in word:
        if pieces[-1] and width(pieces[-1]) + _columns(char) > columns:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1
