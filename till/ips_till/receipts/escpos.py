"""A receipt as commands for a receipt printer, through python-escpos (extra `printing`).

from escpos.printer import Network
print_escpos(receipt, Network("192.0.2.10"), columns=42)
"""

from collections.abc import Sequence

import attrs

from stompws.records import Record

from .code_pages import CODE_PAGES, printable
from .escpos_printer import (
    EscposPrinter,
    dummy_printer,
    look,
    start,
    write_barcode,
    write_line,
)
from .interleaved import digits_of
from .layout import DUPLICATE, Align, Kind, Line, as_duplicate, check_columns, fit, widest
from .plain import Printable

__all__ = ["CODE_PAGES", "EscposPrinter", "Printed", "escpos_bytes", "print_escpos"]


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
    code_pages: Sequence[str] = CODE_PAGES,
) -> Printed:
    """Print it. Only what is too long for the columns is wrapped.

    The printer is reset first. No byte of a receipt is a command to it. What the printer raises
    passes through.

    Args:
        receipt: A receipt or a voucher.
        printer: Of python-escpos, or something alike.
        columns: Of the printer's normal font: 32 on 58 mm, 42 or 48 on 80 mm.
        duplicate: Mark it as a second print.
        mark: How.
        cut: Cut the paper at the end.
        code_pages: Names that python-escpos has for them, in the order in which they are tried.

    Raises:
        ConfigurationError: The printer has none of the code pages. Nothing was printed.
        TypeError: Columns that are no int.
        ValueError: Fewer than 8 columns or more than 255, or a mark that nobody sees.
    """
    check_columns(columns)
    lines = receipt.set_lines()
    shown = as_duplicate(lines, mark) if duplicate else lines
    job = _Job(printer, columns, start(printer, code_pages), widest(lines))
    for line in shown:
        job.print(line)
    if cut and not (shown and shown[-1].kind is Kind.CUT):
        printer.cut()
    return Printed(replaced=tuple(job.replaced))


def escpos_bytes(
    receipt: Printable,
    *,
    columns: int = 42,
    duplicate: bool = False,
    mark: str = DUPLICATE,
    cut: bool = True,
    code_pages: Sequence[str] = CODE_PAGES,
) -> tuple[bytes, Printed]:
    """Make the bytes that `print_escpos` would send, for a printer that you reach on your own.

    Raises:
        ConfigurationError: The extra `printing` is not installed; the rest as `print_escpos`.
    """
    printer = dummy_printer()
    printed = print_escpos(
        receipt,
        printer,
        columns=columns,
        duplicate=duplicate,
        mark=mark,
        cut=cut,
        code_pages=code_pages,
    )
    return printer.output, printed


class _Job:
    def __init__(
        self, printer: EscposPrinter, columns: int, pages: Sequence[str], paper: int
    ) -> None:
        self._printer, self._columns, self._pages, self._paper = printer, columns, pages, paper
        self.replaced = dict[str, None]()

    def print(self, line: Line) -> None:
        match line.kind:
            case Kind.CUT:
                self._printer.cut()
                return
            case Kind.BARCODE if digits := digits_of(line.text):
                look(self._printer, align="center")
                write_barcode(self._printer, digits)
                return
            case Kind.BARCODE | Kind.NOTE:
                text = f"[{line.text}]"
            case Kind.TEXT:
                text = line.text
        double = line.large or line.wide
        look(
            self._printer,
            align=line.align.value,
            bold=line.bold,
            underlined=line.underlined,
            wide=double,
            high=line.large,
        )
        # Before it is wrapped: afterwards each character takes one column.
        text, replaced = printable(text, self._pages)
        self.replaced |= dict.fromkeys(replaced)
        columns = self._columns // 2 if double else self._columns
        for piece in fit(text, columns, paper=self._paper):
            shown = piece if line.align is Align.LEFT else piece.strip()
            write_line(self._printer, shown.rstrip(), self._pages)
