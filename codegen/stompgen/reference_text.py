"""The only ways for text of a document into a Markdown page.

The document is untrusted. Whatever it says, a text cannot end its table cell, code span or fence,
start a heading, a table or a block of HTML, or link to anything but `http`, `https` and places of
the page. Of Markdown that authors use in descriptions, paragraphs, lists, code, emphasis and such
links are kept; everything else is shown as it was written.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from .problems import one_line

LONGEST = 20_000
"""Characters of a description that are looked at for Markdown; a longer one is shown plainly."""

LONGEST_NAME = 120
"""Characters of a name that are shown; the rest of a longer one is left out, and marked."""

URL = re.compile(r"https?://[^\s<>\"'()\[\]\\`|{}^\x00-\x20\x7f]+")
SPECIAL = re.compile(r"[\\`*\[\]~$]|(?<![^\W_])_|_(?![^\W_])")
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"})
LINE_START = re.compile(r"(?:#{1,6}|[-+=:])(?=\s|$|[-=+:])|\d{1,9}(?=[.)])")
INLINE = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<auto>https?://[^\s<>]+)>"
    r"|\[(?P<label>[^\[\]`]{1,300})\]\((?P<url>https?://[^\s()<>]{1,2000})\)"
    r"|\*\*(?P<strong>[^\s*`](?:[^*`]{0,300}[^\s*`])?)\*\*"
)
ITEM = re.compile(r"(?P<indent> *)(?:[-*+]|(?P<number>\d{1,9})[.)]) +(?P<rest>\S.*)")
FENCE = re.compile(r" {0,3}(```+|~~~+)")


def text(value: object) -> str:
    """Write a text in one line, as it is: nothing in it is Markdown."""
    return _plain(one_line(_one_line(str(value))))


def name(value: object) -> str:
    """Write a name as `text` does, shortened when it is absurdly long."""
    return text(shortened(str(value)))


def shortened(value: str, longest: int = LONGEST_NAME) -> str:
    """Cut a text that is longer than anybody reads."""
    return value if len(value) <= longest else f"{value[: longest - 1]}…"


def code(value: object) -> str:
    """Write a text in one line as code; also inside a cell."""
    shown = one_line(_one_line(str(value), keep_spaces=True))
    if not shown.strip():
        return f"<code>{'&#32;' * len(shown)}</code>"
    if "|" in shown:
        # Parsers do not agree on a bar in a code span of a cell that follows a backslash.
        return f"<code>{_encoded(shown)}</code>"
    ticks = "`" * (_longest_run(shown, "`") + 1)
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def short_code(value: object) -> str:
    """Write a name as code, shortened when it is absurdly long."""
    return code(shortened(str(value)))


def fence(language: str, body: str) -> str:
    """Write a block of code; `language` is ours."""
    lines = [one_line(line) for line in body.splitlines()]
    ticks = "`" * max(3, max((_longest_run(line, "`") for line in lines), default=0) + 1)
    return "\n".join([f"{ticks}{language}", *lines, ticks])


def link(label: str, url: str) -> str:
    """Link to a page of the document's choice, or show what it says instead of a safe address."""
    if not URL.fullmatch(url):
        return f"{label} ({code(url)})" if label else code(url)
    return f"[{label or _plain(url)}]({url})"


def prose(value: str | None) -> str:
    """Write a description: paragraphs, lists and blocks of code, and what INLINE knows."""
    return "\n\n".join(_blocks(value or ""))


def sentence(value: str | None) -> str:
    """Write a short text in one line, with what INLINE knows."""
    return _inline(" ".join(_one_line(value or "").split()))


def cell(value: str | None) -> str:
    """Write a description inside a cell of a table."""
    blocks: list[str] = []
    for block in re.split(r"\n[^\S\n]*\n", _lines_of(value or "")):
        for lines in _items_or_paragraph(block.splitlines()):
            mark = ITEM.match(lines[0])
            bullet, first = ("\u2022 ", mark["rest"]) if mark else ("", lines[0].strip())
            if words := _inline(" ".join([first, *lines[1:]])):
                blocks.append(f"{bullet}{words}")
    return "<br>".join(blocks)


def row(cells: Iterable[str]) -> str:
    """Write a row of a table; the cells are Markdown already."""
    return "| " + " | ".join(item.replace("\n", " ").strip() for item in cells) + " |"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table; heads and cells are Markdown already."""
    first = list(heads)
    return "\n".join([row(first), "|" + "---|" * len(first), *map(row, rows)])


def slug(value: str) -> str:
    """Make part of an anchor or file name: ASCII letters, digits and hyphens, at most 60."""
    flat = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", flat).strip("-")[:60].strip("-")
    return found or f"n{digest(value)}"


def digest(value: str) -> str:
    """Tell names apart that have the same slug."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _plain(value: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", value).translate(ENTITIES)


def _encoded(value: str) -> str:
    return "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in value)


def _one_line(value: str, *, keep_spaces: bool = False) -> str:
    joined = " ".join(value.expandtabs(4).splitlines())
    return joined if keep_spaces else joined.strip()


def _lines_of(value: str) -> str:
    return "\n".join(value.expandtabs(4).splitlines())


def _longest_run(value: str, char: str) -> int:
    return max((len(run) for run in re.findall(f"{re.escape(char)}+", value)), default=0)


def _inline(value: str) -> str:
    """Keep what is harmless; `value` is one line."""
    shown = one_line(value)
    if len(shown) > LONGEST:
        return _start(_plain(shown))
    parts: list[str] = []
    end = 0
    for found in INLINE.finditer(shown):
        parts += [_plain(shown[end : found.start()]), _kept(found)]
        end = found.end()
    parts.append(_plain(shown[end:]))
    return _start("".join(parts))


def _kept(found: re.Match[str]) -> str:
    if (inner := found["code"]) is not None:
        stripped = inner[1:-1] if inner[:1] == inner[-1:] == " " and inner.strip() else inner
        return code(stripped)
    if (strong := found["strong"]) is not None:
        return f"**{_plain(strong)}**"
    url = found["auto"] or found["url"]
    if not URL.fullmatch(url):
        return _plain(found[0])
    return f"[{_plain(found['label'] or url)}]({url})"


def _start(line: str) -> str:
    """Keep the start of a line from being a heading, an item of a list or a ruler."""
    found = LINE_START.match(line)
    if found is None:
        return line
    at = found.end() if found[0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


def _blocks(value: str) -> list[str]:
    found: list[str] = []
    lines: list[str] = []
    fenced: str | None = None
    for line in _lines_of(value).split("\n"):
        opening = FENCE.match(line)
        if fenced is not None:
            if opening and opening[1].startswith(fenced) and line.strip() == opening[1]:
                found.append(fence("text", "\n".join(lines)))
                lines, fenced = [], None
            else:
                lines.append(line)
        elif opening:
            found += _paragraph(lines)
            lines, fenced = [], opening[1]
        elif not line.strip():
            found += _paragraph(lines)
            lines = []
        else:
            lines.append(line)
    return [*found, fence("text", "\n".join(lines))] if fenced else [*found, *_paragraph(lines)]


def _paragraph(lines: list[str]) -> list[str]:
    if not lines:
        return []
    found: list[str] = []
    depth, base = -1, None
    for item in _items_or_paragraph(lines):
        mark = ITEM.match(item[0])
        if mark is None:
            found.append(_inline(" ".join(part.strip() for part in item)))
            continue
        words = _inline(" ".join([mark["rest"], *(part.strip() for part in item[1:])]))
        bullet = f"{int(mark['number'])}." if mark["number"] else "-"
        indent = len(mark["indent"])
        base = indent if base is None else base
        depth = max(0, min((indent - base) // 2, depth + 1, 3))  # deeper would be a block of code
        found.append(f"{'  ' * depth}{bullet} {words}")
    if ITEM.match(lines[0]):
        return ["\n".join(found)]
    # A list that follows its introduction without a blank line.
    return [found[0], *(["\n".join(found[1:])] if found[1:] else [])]


def _items_or_paragraph(lines: list[str]) -> list[list[str]]:
    """Group lines: each item of a list with its continuation, a paragraph as a whole."""
    groups: list[list[str]] = []
    for line in lines:
        if not groups or ITEM.match(line):
            groups.append([line])
        else:
            groups[-1].append(line.strip())
    return groups
