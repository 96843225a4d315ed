"""A receipt as plain text: for a printer without commands, a screen, a test."""

from collections.abc import Iterator
from typing import Protocol

from .layout import DUPLICATE, Align, Kind, Line, as_duplicate, check_columns, fit, widest, width


class Printable(Protocol):
    """A receipt or a voucher."""

    def set_lines(self) -> tuple[Line, ...]:
        """Its lines."""
        ...


def plain(
    receipt: Printable, *, columns: int = 32, duplicate: bool = False, mark: str = DUPLICATE
) -> str:
    """Set it in columns: 32, 42 and 48 are usual. Only what is too long is wrapped.

    Raises:
        TypeError: Columns that are no int.
        ValueError: Fewer than 8 columns or more than 255, or a mark that nobody sees.
    """
    check_columns(columns)
    lines = receipt.set_lines()
    paper = widest(lines)
    shown = as_duplicate(lines, mark) if duplicate else lines
    return "".join(f"{text.rstrip()}\n" for line in shown for text in _set(line, columns, paper))


def _set(line: Line, columns: int, paper: int) -> Iterator[str]:
    match line.kind:
        case Kind.CUT:
            yield "- " * (columns // 2)
            return
        case Kind.BARCODE:
            text = f"|{line.text}|"
        case Kind.NOTE:
            text = f"[{line.text}]"
        case Kind.TEXT:
            text = line.text
    for piece in fit(text, columns, paper=paper):
        room = columns - width(piece)
        if line.align is Align.CENTER:
            yield " " * (room // 2) + piece
        elif line.align is Align.RIGHT:
            yield " " * room + piece
        else:
            yield piece
