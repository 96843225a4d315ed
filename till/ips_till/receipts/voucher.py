"""The tax-free voucher of a result: lines that each begin with a two-digit print command."""

from collections.abc import Iterator, Mapping
from typing import Final, Self

import attrs

from stompws.records import Record

from .decoding import Charset, decode_text, split_lines
from .layout import Align, Kind, Line

_TEXT: Final[Mapping[str, Line]] = {
    "02": Line(large=True, bold=True),
    "03": Line(large=True, underlined=True),
    "04": Line(underlined=True),
    "05": Line(),
    "06": Line(bold=True),
    "07": Line(wide=True),
    "08": Line(align=Align.RIGHT),
    "09": Line(align=Align.CENTER),
    "10": Line(large=True, bold=True, align=Align.CENTER),
}
_NOTES: Final = {
    "01": "logo",
    "50": "load another voucher",
    "51": "print a copy",
    "61": "the remainder is encrypted",
}
_BARCODE, _BLANK, _CUT, _COPY, _ENCRYPTED = "11", "12", "13", "51", "61"


@attrs.frozen(kw_only=True)
class VoucherLine(Record):
    """One line as it came."""

    command: str
    """Two digits, or empty where there were none."""
    text: str = attrs.field(repr=False)

    @property
    def is_known(self) -> bool:
        """True for the commands that are documented."""
        return self.command in _TEXT or self.command in _NOTES or self.command in _OTHERS


_OTHERS: Final = frozenset({_BARCODE, _BLANK, _CUT})


@attrs.frozen(kw_only=True)
class TaxFreeVoucher(Record):
    """A voucher, line by line. Source: the sibling API's list of print commands."""

    lines: tuple[VoucherLine, ...] = attrs.field(repr=False)
    charset: Charset = Charset.UTF_8

    @classmethod
    def from_base64(cls, content: str) -> Self:
        """Read the field `taxFreeVoucher`. Never raises; unknown commands are kept.

        Lines end with CR, LF or both. What follows command 61 is one text, kept as it is.
        """
        text, charset = decode_text(content)
        lines = list[VoucherLine]()
        for line in split_lines(text):
            if lines and lines[-1].command == _ENCRYPTED:
                more = f"{lines[-1].text}\n{line}"
                lines[-1] = VoucherLine(command=_ENCRYPTED, text=more)
                continue
            command = line[:2]
            known = len(command) == len(_CUT) and command.isascii() and command.isdigit()
            lines.append(
                VoucherLine(command=command, text=line[2:])
                if known
                else VoucherLine(command="", text=line)
            )
        return cls(lines=tuple(lines), charset=charset)

    def set_lines(self) -> tuple[Line, ...]:
        """Its lines for a renderer. What cannot be printed says so, and shows nothing secret."""
        return tuple(line for one in self.lines for line in (_set(one), *_beside(one)))

    @property
    def is_encrypted(self) -> bool:
        """True when a part cannot be printed here."""
        return any(line.command == _ENCRYPTED for line in self.lines)

    @property
    def wants_copy(self) -> bool:
        """True when it asks to be printed a second time (command 51)."""
        return any(line.command == _COPY for line in self.lines)


def _beside(line: VoucherLine) -> Iterator[Line]:
    """A text behind a command that prints none is not expected, and not dropped."""
    if line.command in {*_NOTES, _BLANK, _CUT} - {_ENCRYPTED} and line.text.strip():
        yield Line(text=line.text)


def _set(line: VoucherLine) -> Line:
    if line.command in _TEXT:
        return attrs.evolve(_TEXT[line.command], text=line.text)
    if line.command in _NOTES:
        return Line(kind=Kind.NOTE, text=_NOTES[line.command], align=Align.CENTER)
    match line.command:
        case "11":
            return Line(kind=Kind.BARCODE, text=line.text.strip(), align=Align.CENTER)
        case "12":
            return Line()
        case "13":
            return Line(kind=Kind.CUT)
        case "":
            return Line(text=line.text)
        case _:
            return Line(text=f"{line.command}{line.text}")
