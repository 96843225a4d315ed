"""Which code page of a printer holds which characters.

A receipt printer prints bytes, by the table that was selected last. The tables are chosen here and
not left to python-escpos: it writes `?` for what it does not find and tells nobody, and it sends
Chinese characters in an encoding that few printers are set to.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

CODE_PAGES: Final = ("CP858", "CP1252", "CP852", "CP866", "CP437")
"""Tried in this order. Code page 858 is 850 with the euro: `£` is 9C and `€` is D5."""

_REPLACEMENT: Final = "?"


def printable(text: str, pages: Sequence[str]) -> tuple[str, list[str]]:
    """Replace what no page holds by `?`, and say which characters these were.

    Afterwards each character takes one column.
    """
    out, missing = list[str](), list[str]()
    for char in unicodedata.normalize("NFC", text):
        if page_of(char, pages) is not None:
            out.append(char)
        else:
            out.append(_REPLACEMENT)
            missing.append(char)
    return "".join(out), missing


def page_of(char: str, pages: Sequence[str]) -> str | None:
    """Return the first page with this character."""
    if char.isascii():
        return pages[0] if char.isprintable() else None
    if char == "\u00ad":  # on paper a soft hyphen is a hyphen, and it has no width elsewhere
        return None
    for page in pages:
        try:
            if len(char.encode(page)) == 1:
                return page
        except UnicodeEncodeError:
            pass
    return None


def runs(text: str, pages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Cut a printable text into pieces of one page each: page and piece."""
    current, piece = pages[0], ""
    for char in text:
        page = current if char.isascii() else page_of(char, [current, *pages]) or current
        if page != current and piece:
            yield current, piece
            piece = ""
        current, piece = page, piece + char
    if piece:
        yield current, piece
