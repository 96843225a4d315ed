"""What is called of python-escpos, which has no types of its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, cast

from ..errors import ConfigurationError
from .code_pages import runs


class EscposEncoder(Protocol):
    """What a printer knows of code pages."""

    @property
    def codepages(self) -> Mapping[str, str]:
        """The pages of the printer's profile, with the numbers by which it selects them."""
        ...


class EscposMagic(Protocol):
    """The part of a printer that remembers which code page is selected."""

    encoding: str | None

    @property
    def encoder(self) -> EscposEncoder:
        """What it knows of code pages."""
        ...


class EscposPrinter(Protocol):
    """A printer of python-escpos: `Network`, `Usb`, `Serial`, `File`, `Dummy`."""

    @property
    def magic(self) -> EscposMagic:
        """What it remembers of code pages."""
        ...

    def hw(self, hw: str) -> None:
        """Send a command to the hardware."""
        ...

    def charcode(self, code: str) -> None:
        """Select a code page, unless it is selected."""
        ...

    def text(self, txt: str) -> None:
        """Print a text in the code page selected."""
        ...

    def set(
        self,
        *,
        align: str,
        font: str,
        bold: bool,
        underline: int,
        double_width: bool,
        double_height: bool,
        normal_textsize: bool,
    ) -> None:
        """Select how the text looks."""
        ...

    def cut(self) -> None:
        """Feed and cut the paper."""
        ...


class DummyPrinter(EscposPrinter, Protocol):
    """A printer that keeps the bytes."""

    @property
    def output(self) -> bytes:
        """What was printed."""
        ...


def dummy_printer() -> DummyPrinter:
    """Make a printer that keeps the bytes.

    Raises:
        ConfigurationError: The extra `printing` is not installed.
    """
    try:
        from escpos.printer import Dummy  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise ConfigurationError(
            "receipts as ESC/POS need the extra `printing`: pip install 'worldpay-ips[printing]'"
        ) from None
    return cast("Callable[[], DummyPrinter]", Dummy)()


def start(printer: EscposPrinter, pages: Sequence[str]) -> tuple[str, ...]:
    """Bring a printer into a known state; return the code pages that it has.

    Raises:
        ConfigurationError: Not one of the code pages is in the printer's profile.
    """
    known = printer.magic.encoder.codepages
    usable = tuple(page for page in pages if page in known and _is_single(page))
    if not usable:
        raise ConfigurationError(
            f"the printer's profile has none of the code pages {', '.join(pages)}; choose the"
            " profile of your printer, or name pages that it has in `code_pages`"
        )
    printer.hw("INIT")
    # Switched off and on meanwhile, the printer has forgotten its page; python-escpos has not, and
    # would not send it again.
    printer.magic.encoding = None
    printer.charcode(usable[0])
    # ESC R 0: in the British set, which a switch of the printer may select, `#` prints as `£`.
    printer.text("\x1bR\0")
    return usable


def _is_single(page: str) -> bool:
    """Python knows the page, and a character is a byte in it."""
    try:
        return len(bytes(range(0x80, 0x100)).decode(page, "replace")) == 128
    except LookupError:
        return False


def write_line(printer: EscposPrinter, line: str, pages: Sequence[str]) -> None:
    """Print a line of printable characters."""
    for page, piece in runs(line, pages):
        printer.charcode(page)
        printer.text(piece)
    printer.text("\n")


def write_barcode(printer: EscposPrinter, digits: str) -> None:
    """Print interleaved 2 of 5, with the digits below.

    Not with `printer.barcode`: it writes a line of its own to the program's standard output.
    """
    # GS h 64 dots high, GS w 2 narrow, GS H 2 digits below, GS k 5 interleaved 2 of 5, then NUL.
    printer.text(f"\x1dh\x40\x1dw\x02\x1dH\x02\x1dk\x05{digits}\0\n")


def look(
    printer: EscposPrinter,
    *,
    align: str = "left",
    bold: bool = False,
    underlined: bool = False,
    wide: bool = False,
    high: bool = False,
) -> None:
    """Select how the next lines look; what is not named is off."""
    printer.set(
        align=align,
        font="a",
        bold=bold,
        underline=int(underlined),
        double_width=wide,
        double_height=high,
        normal_textsize=not (wide or high),
    )
