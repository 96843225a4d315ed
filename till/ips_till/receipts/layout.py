"""Lines of print, and how a line that is too long is wrapped."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
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

LEAST_COLUMNS: Final = 8
MOST_COLUMNS: Final = 255

_RULE: Final = re.compile(r"\s*([-=_*.~#])\1{3,}\s*")
_GAP: Final = re.compile(r" {2,}")
_AMOUNT: Final = re.compile(r"(?:[A-Z]{3} ?)?[-+]?[£€$]?[0-9][0-9.,]*(?: ?[A-Z]{3})?")


def as_duplicate(lines: tuple[Line, ...], mark: str = DUPLICATE) -> tuple[Line, ...]:
    """Mark lines as a second print, at head and foot.

    Raises:
        ValueError: Nobody would see the mark: a duplicate would pass for an original.
    """
    text = "".join(char if char.isprintable() else "\ufffd" for char in " ".join(mark.split()))
    if not width(text):
        raise ValueError(f"a duplicate needs a mark that can be seen, such as {DUPLICATE}")
    sign = Line(text=text, align=Align.CENTER, bold=True)
    return (sign, Line(), *lines, Line(), sign)


def check_columns(columns: int) -> int:
    """Return the number of columns.

    Raises:
        TypeError: It is no int.
        ValueError: It is not 8 to 255.
    """
    if type(columns) is not int:
        raise TypeError("columns is a whole number, such as 32, 42 or 48")
    if columns < LEAST_COLUMNS:
        raise ValueError(f"a receipt needs at least {LEAST_COLUMNS} columns")
    if columns > MOST_COLUMNS:
        raise ValueError(f"a receipt has at most {MOST_COLUMNS} columns")
    return columns


def width(text: str) -> int:
    """How many columns a text takes: two for each wide character, none for what combines."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def widest(lines: Iterable[Line]) -> int:
    """How wide the paper was that the lines were set for, as far as they tell."""
    return max((width(line.text.rstrip()) for line in lines), default=0)


def fit(line: str, columns: int, *, paper: int | None = None) -> Iterator[str]:
    """Wrap a line if it is too long; else it stays as it is, with its blanks.

    A rule (`-----`) is shortened. A label with a value or an amount at the right keeps it at the
    right; what stood in the middle of the paper stays there, what stood right of it too; other
    lines are broken between words. Words longer than the paper are broken anywhere. It takes time
    in proportion to the line.

    Args:
        line: The line.
        columns: Of the paper that is to be printed on.
        paper: Columns of the paper that the line was set for. Unknown, what is indented is taken
            for centred.
    """
    if width(line) <= columns:
        yield line
        return
    line = line.rstrip()
    text = line.lstrip()
    if found := _RULE.fullmatch(line):
        yield found[1] * min(columns, len(text))
        return
    left, right = width(line) - width(text), (paper or 0) - width(line)
    in_middle = left > 0 and (paper is None or abs(left - right) <= 1)
    if width(text) <= columns:
        room = columns - width(text)
        yield " " * (room // 2 if in_middle else min(left, room)) + text
        return
    if (pair := _label_and_value(text, columns)) is not None:
        yield from _set_pair(*pair, columns)
        return
    for piece in _words(text, columns):
        yield " " * ((columns - width(piece)) // 2) + piece if in_middle else piece


def _label_and_value(text: str, columns: int) -> tuple[str, str] | None:
    """A label, and what stands at its right: behind a gap, or an amount."""
    gaps = list(_GAP.finditer(text))
    at = gaps[-1].span() if gaps else None
    if at is None:
        # The amount may be `GBP 10.99` or `10.99 GBP`: two words of one.
        blanks = [found.start() for found in re.finditer(" ", text)]
        ends = (start for start in blanks[-2:] if _AMOUNT.fullmatch(text, start + 1))
        if (start := next(ends, None)) is None:
            return None
        at = start, start + 1
    value = text[at[1] :]
    return (text[: at[0]], value) if width(value) <= columns else None


def _set_pair(label: str, value: str, columns: int) -> Iterator[str]:
    *above, last = _words(label, columns)
    yield from above
    room = columns - width(value)
    if width(last) < room:
        yield last + " " * (room - width(last)) + value
    else:
        yield last
        yield " " * room + value


def _words(text: str, columns: int) -> Sequence[str]:
    """Break between words; the blanks between two words of one line stay as they are."""
    lines, current, used = list[str](), "", 0
    for blanks, word in re.findall(r"(\s*)(\S+)", text):
        size = width(blanks) + width(word)
        if current and used + size <= columns:
            current, used = current + blanks + word, used + size
            continue
        if current:
            lines.append(current)
        *full, current = _pieces(word, columns)
        lines += full
        used = width(current)
    return [*lines, current]


def _pieces(word: str, columns: int) -> list[str]:
    """Break a word that is longer than the paper."""
    pieces, used = [list[str]()], 0
    for char in word:
        size = _columns(char)
        if used + size > columns:
            pieces.append([])
            used = 0
        pieces[-1].append(char)
        used += size
    return ["".join(piece) for piece in pieces]


def _columns(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.category(char) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


_WIDE: Final = ("W", "F")
_NO_WIDTH: Final = ("Mn", "Me", "Cf")
