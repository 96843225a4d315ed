"""From base64 to text. Whatever comes is kept, and how it was read is told."""

import binascii
import codecs
import re
import unicodedata
from enum import StrEnum
from typing import Final


class Charset(StrEnum):
    """How a text was read."""

    UTF_8 = "utf-8"
    """As the documentation's example is."""
    UTF_16 = "utf-16"
    """It began with the mark of UTF-16's byte order."""
    WINDOWS_1252 = "windows-1252"
    """It was no UTF-8; each of its bytes was read as a character of Western Europe."""
    NOT_BASE64 = "not-base64"
    """It was no base64, and stands as it came."""


_TAB: Final = 8
_ENDS: Final = ("\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029")
_BOM: Final = "\ufeff"


def decode_text(content: str) -> tuple[str, Charset]:
    """Decode the text of a message, and say how it was read. Never raises."""
    try:
        # MIME breaks base64 into lines. Blanks inside belong to a text: `VOID SALE` without them
        # would be base64 too, of nothing that anybody can read.
        data = binascii.a2b_base64(re.sub("[\r\n]", "", content.strip()), strict_mode=True)
    except ValueError:  # also of characters that are not ASCII
        return content, Charset.NOT_BASE64
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), Charset.UTF_16
        except UnicodeDecodeError:
            pass
    try:
        return data.decode().removeprefix(_BOM), Charset.UTF_8
    except UnicodeDecodeError:
        # Five bytes mean nothing in windows-1252; latin-1 has a character for each.
        text = "".join(_western(byte) for byte in data)
        return text, Charset.WINDOWS_1252


def split_lines(text: str) -> tuple[str, ...]:
    """Split a text into lines without trailing blanks; every way to end a line counts.

    Tabs become blanks up to each eighth column, other control characters a visible `\ufffd`.
    """
    for end in _ENDS:
        text = text.replace(end, "\n")
    lines = [_visible(line.expandtabs(_TAB)).rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _western(byte: int) -> str:
    one = bytes([byte])
    try:
        return one.decode("cp1252")
    except UnicodeDecodeError:
        return one.decode("latin-1")


def _visible(line: str) -> str:
    if line.isprintable():
        return line
    # A line break in disguise, a direction mark, an escape: none of them is for a printer.
    shown = (" " if unicodedata.category(char) == "Zs" else char for char in line)
    return "".join(char if char.isprintable() else "\ufffd" for char in shown)
