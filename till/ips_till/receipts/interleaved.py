"""Interleaved 2 of 5, the bar code of vouchers (ISO/IEC 16390)."""

from typing import Final

_WIDE: Final = ("00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010",
                "01010")  # fmt: skip
LONGEST: Final = 254
"""Digits; a printer's limit."""


def digits_of(text: str) -> str | None:
    """Return the digits to be drawn; None when there is no bar code for the text.

    Two digits make a pair. A zero in front of an odd number would be another number.
    """
    digits = text.strip()
    good = digits.isascii() and digits.isdigit() and len(digits) % 2 == 0
    return digits if good and len(digits) <= LONGEST else None


def modules(digits: str) -> list[int]:
    """Return the widths of bars and spaces in turn, beginning with a bar: 1 narrow, 3 wide."""
    widths = [1, 1, 1, 1]
    for bar, space in zip(digits[::2], digits[1::2], strict=True):
        for pair in zip(_WIDE[int(bar)], _WIDE[int(space)], strict=True):
            widths += [3 if wide == "1" else 1 for wide in pair]
    return [*widths, 3, 1, 1]


def svg(digits: str) -> str:
    """Draw a bar code, with the quiet zones that a reader needs."""
    at, bars = 10, list[str]()
    for index, size in enumerate(modules(digits)):
        if index % 2 == 0:
            bars.append(f"M{at} 0h{size}v40h-{size}z")
        at += size
    return (
        f'<svg viewBox="0 0 {at + 10} 40" height="12mm" role="img"'
        f' preserveAspectRatio="none"><title>{digits}</title>'
        f'<path d="{"".join(bars)}"/></svg>'
    )
