"""A receipt as commands for a receipt printer, through python-escpos (extra `printing`).

from escpos.printer import Network
print_escpos(receipt, Network("192.0.2.10"), columns=42)
"""

from typing import Any, Final, Protocol

import attrs

from stompws.records import Record

from .layout import DUPLICATE, Align, Kind, Line, as_duplicate, fit
from .plain import Printable

CODE_PAGES: Final = ("CP858", "CP437", "CP852", "CP866", "CP1252")
"""In the order in which they are tried, line by line. CP858 has both £ and €."""
_REPLACEMENT: Final = "?"
_EVEN: Final = 2  # interleaved 2 of 5 has its digits in pairs


class EscposPrinter(Protocol):
    """What is used of a printer of python-escpos, such as `Network`, `Usb` or `Dummy`."""

    def set(self, **style: Any) -> None:
        """Choose how the next text looks."""
        ...

    def charcode(self, code: str) -> None:
        """Choose a code page."""
        ...

    def text(self, txt: str) -> None:
        """Print text."""
        ...

    def barcode(self, code: str, bc: str, **style: Any) -> None:
        """Print a barcode."""
        ...

    def cut(self) -> None:
        """Cut the paper."""
        ...


@attrs.frozen(kw_only=True)
class Printed(Record):
    """What became of a receipt on paper."""

    replaced: tuple[str, ...] = ()
    """Characters that no code page has, and for which `?` was printed."""


def print_escpos(
    receipt: Printable,
    printer: EscposPrinter,
    *,
    columns: int = 42,
    duplicate: bool = False,
    mark: str = DUPLICATE,
    cut: bool = True,
) -> Printed:
    """Print it. Only what is too long for the columns is wrapped.

    Args:
        receipt: A receipt or a voucher.
        printer: Of python-escpos, or something alike.
        columns: Of the printer's normal font: 32 on 58 mm, 42 or 48 on 80 mm.
        duplicate: Mark it as a second print.
        mark: How.
        cut: Cut the paper at the end.
    """
    lines = receipt.set_lines()
    replaced = list[str]()
    for line in as_duplicate(lines, mark) if duplicate else lines:
        _print(line, printer, columns, replaced)
    if cut and not (lines and lines[-1].kind is Kind.CUT):
        printer.cut()
    return Printed(replaced=tuple(dict.fromkeys(replaced)))


def _print(line: Line, printer: EscposPrinter, columns: int, replaced: list[str]) -> None:
    match line.kind:
        case Kind.CUT:
            printer.cut()
            return
        case Kind.BARCODE if _is_interleaved(line.text):
            printer.barcode(line.text, "ITF")
            return
        case Kind.BARCODE | Kind.NOTE:
            text = f"[{line.text}]"
        case Kind.TEXT:
            text = line.text
    double = line.large or line.wide
    printer.set(
        align=line.align.value,
        bold=line.bold,
        underline=1 if line.underlined else 0,
        double_width=double,
        double_height=line.large,
        normal_textsize=not double,
    )
    for piece in fit(text, columns // 2 if double else columns):
        shown = piece if line.align is Align.LEFT else piece.strip()
        page, encodable = _encodable(shown, replaced)
        printer.charcode(page)
        printer.text(f"{encodable}\n")


def _encodable(text: str, replaced: list[str]) -> tuple[str, str]:
    """Choose the code page that has most of a text, and replace what it has not."""
    best = min(CODE_PAGES, key=lambda page: len(_missing(text, page)))
    missing = _missing(text, best)
    replaced += missing
    return best, "".join(_REPLACEMENT if char in missing else char for char in text)


def _missing(text: str, page: str) -> list[str]:
    return [char for char in text if not _has(page, char)]


def _has(page: str, char: str) -> bool:
    try:
        char.encode(page)
    except UnicodeEncodeError:
        return False
    return True


def _is_interleaved(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) % _EVEN == 0
