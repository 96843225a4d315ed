"""A receipt as a page of its own: to be shown, sent or printed from a browser."""

from html import escape
from typing import Final

from .layout import DUPLICATE, Align, Kind, Line, as_duplicate
from .plain import Printable

_STYLE: Final = """
:root{color-scheme:light}
body{margin:0;background:#e7e5e0;font:16px/1.35 ui-monospace,"DejaVu Sans Mono",Menlo,monospace}
main{box-sizing:border-box;width:max-content;max-width:100%%;margin:1.5rem auto;
padding:1.25rem 1rem;background:#fff;color:#111;box-shadow:0 1px 4px #0003}
p{margin:0;min-height:1.35em;white-space:pre-wrap;overflow-wrap:anywhere}
.center{text-align:center}.right{text-align:right}.bold{font-weight:700}
.underlined{text-decoration:underline}.wide{letter-spacing:.5em}.large{font-size:1.6em}
.barcode{letter-spacing:.2em;border-block:6px double #111;text-align:center}
.note{color:#555;font-style:italic}
.cut{min-height:0;margin:.7em 0;border-top:1px dashed #777}
@media print{@page{margin:0}body{background:none}
main{width:%(paper)s;margin:0;padding:2mm;box-shadow:none;font-size:%(size)s}}
"""
_PAPERS: Final = {58: "9pt", 80: "11pt"}


def html(
    receipt: Printable,
    *,
    paper_mm: int = 80,
    duplicate: bool = False,
    mark: str = DUPLICATE,
    title: str = "Receipt",
    language: str = "en",
) -> str:
    """Make a page that needs nothing besides itself; every text in it is escaped.

    Args:
        receipt: A receipt or a voucher.
        paper_mm: The width of the roll when it is printed: 58 or 80.
        duplicate: Mark it as a second print.
        mark: How.
        title: Of the page.
        language: As a code, such as `en`.

    Raises:
        ValueError: There is no such paper.
    """
    if paper_mm not in _PAPERS:
        raise ValueError("a roll of paper is 58 or 80 mm wide")
    style = _STYLE % {"paper": f"{paper_mm}mm", "size": _PAPERS[paper_mm]}
    lines = receipt.set_lines()
    body = "\n".join(map(_paragraph, as_duplicate(lines, mark) if duplicate else lines))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _paragraph(line: Line) -> str:
    names = [] if line.align is Align.LEFT else [line.align.value]
    names += [] if line.kind is Kind.TEXT else [line.kind.value]
    switches = ("bold", "underlined", "wide", "large")
    names += [name for name in switches if getattr(line, name)]
    shown = f' class="{" ".join(names)}"' if names else ""
    return f"<p{shown}>{escape(line.text)}</p>"
