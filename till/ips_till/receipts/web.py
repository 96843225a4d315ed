"""A receipt as a page of its own, for a screen and for a browser's printer."""

from collections.abc import Sequence
from html import escape
from typing import Final

from .interleaved import digits_of, svg
from .layout import DUPLICATE, Align, Kind, Line, as_duplicate, check_columns, fit, widest
from .plain import Printable

_STYLE: Final = """
:root{color-scheme:light}
body{margin:0;background:#e7e5e0;color:#111;line-height:1.35;
font-family:"DejaVu Sans Mono","Liberation Mono",Consolas,Menlo,monospace}
main{box-sizing:content-box;width:%(columns)sch;max-width:100%%;margin:1.5rem auto;font-size:16px;
padding:1.25rem 1rem;background:#fff;box-shadow:0 1px 4px #0003}
p{margin:0;min-height:1.35em;white-space:pre-wrap;overflow-wrap:anywhere}
.center{text-align:center}.right{text-align:right}.bold{font-weight:700}
.underlined{text-decoration:underline}.wide{letter-spacing:.5em}.large{font-size:1.6em}
.barcode svg{display:block;margin:.4em auto 0;max-width:100%%}
.note{color:#555;font-style:italic}
.cut{min-height:0;margin:.7em 0;border-top:1px dashed #777}
@page{size:%(paper)smm %(height)smm;margin:%(margin)smm}
@media print{body{background:none;font-size:%(size)smm}
main{margin:0;padding:0;box-shadow:none;font-size:inherit}}
"""
_PRINTED_MM: Final = {58: 48, 80: 72}
_COLUMNS: Final = {58: 32, 80: 48}
_ADVANCE: Final = 0.605
"""How wide a character of the usual fonts of fixed width is, as a part of the font's size."""
_LINE_HEIGHT: Final = 1.35
_SHORTEST_MM: Final = 50


def html(
    receipt: Printable,
    *,
    paper_mm: int = 80,
    columns: int | None = None,
    duplicate: bool = False,
    mark: str = DUPLICATE,
    title: str = "Receipt",
    language: str = "en",
) -> str:
    """Make a page that needs nothing besides itself; every text in it is escaped.

    In print the letters are so large that the columns fill the roll, and the page is as long as the
    receipt. Only what is too long for the columns is wrapped.

    Args:
        receipt: A receipt or a voucher.
        paper_mm: The width of the roll when it is printed: 58 or 80.
        columns: 32 on 58 mm and 48 on 80 mm unless told otherwise.
        duplicate: Mark it as a second print.
        mark: How.
        title: Of the page.
        language: As a code, such as `en`.

    Raises:
        TypeError: Columns that are no int.
        ValueError: There is no such paper; columns out of range; a mark that nobody sees.
    """
    if paper_mm not in _PRINTED_MM:
        raise ValueError("a roll of paper is 58 or 80 mm wide")
    columns = check_columns(_COLUMNS[paper_mm] if columns is None else columns)
    lines = receipt.set_lines()
    paper = widest(lines)
    rows = [
        (line, list(fit(line.text, columns, paper=paper)))
        for line in (as_duplicate(lines, mark) if duplicate else lines)
    ]
    style = _STYLE % _sizes(paper_mm, columns, rows)
    body = "\n".join(_paragraph(line, pieces) for line, pieces in rows)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        # A page of texts that others wrote: whatever they are, they load and run nothing.
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _sizes(
    paper_mm: int, columns: int, rows: Sequence[tuple[Line, Sequence[str]]]
) -> dict[str, str]:
    """What the style is told. Browsers want the length of a page: it follows from the lines."""
    size = _PRINTED_MM[paper_mm] / columns / _ADVANCE
    margin = (paper_mm - _PRINTED_MM[paper_mm]) / 2
    heights = {Kind.BARCODE: 8.0}
    count = sum(
        heights.get(line.kind, len(pieces) * (3.5 if line.large or line.wide else 1.05))
        for line, pieces in rows
    )
    height = max(_SHORTEST_MM, 2 * margin + size * _LINE_HEIGHT * (count + 2))
    return {
        "columns": str(columns),
        "paper": str(paper_mm),
        "height": f"{height:.0f}",
        "margin": f"{margin:g}",
        "size": f"{size:.3f}",
    }


def _paragraph(line: Line, pieces: Sequence[str]) -> str:
    names = [] if line.align is Align.LEFT else [line.align.value]
    names += [] if line.kind is Kind.TEXT else [line.kind.value]
    switches = ("bold", "underlined", "wide", "large")
    names += [name for name in switches if getattr(line, name)]
    shown = f' class="{" ".join(names)}"' if names else ""
    if line.kind is Kind.BARCODE and (digits := digits_of(line.text)):
        return f"<p{shown}>{svg(digits)}{digits}</p>"
    if line.large or line.wide:  # letters of another width: the browser wraps them
        return f"<p{shown}>{escape(line.text)}</p>"
    text = "\n".join(piece if line.align is Align.LEFT else piece.strip() for piece in pieces)
    if line.kind in {Kind.NOTE, Kind.BARCODE}:
        text = f"[{text}]"
    return f"<p{shown}>{escape(text)}</p>"
