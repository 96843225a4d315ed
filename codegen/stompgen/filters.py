"""The only two ways for text of a document into the generated code.

The document is untrusted: neither filter lets a text end its string, start an escape or hide what
is there. Control and bidirectional characters are written as escapes, in constants by `repr`.
"""

import re
import textwrap
from collections.abc import Iterator

WIDTH = 100
PIECE = 80
"""Characters of one piece of a long constant."""
QUOTES = '"""'
LIST_ITEM = re.compile(r"(?:[-*+]|\d+[.)]) +")


def literal(value: object) -> str:
    """Write a constant as Python source."""
    return repr(value)


def literal_lines(text: str) -> str:
    """Write a long text as a constant in several lines, one for each of its own or shorter."""
    pieces = [
        line[start : start + PIECE]
        for line in text.splitlines(keepends=True)
        for start in range(0, len(line), PIECE)
    ]
    if len(pieces) < 2:
        return literal(text)
    return "(\n" + "\n".join(map(literal, pieces)) + "\n)"


def docstring(text: str, indent: int = 4) -> str:
    """Write a text as a docstring with lines of at most 100 columns, the following ones indented.

    A blank line separates paragraphs, items of a list stay apart; everything else is wrapped anew.
    """
    lines = list(_lines(_escaped(text), WIDTH - indent))
    if len(lines) == 1 and indent + len(lines[0]) + 2 * len(QUOTES) <= WIDTH:
        body = lines[0]
        # One more quote would end the string early; an escaped one does not.
        return f"{QUOTES}{_without_end_quote(body)}{QUOTES}"
    margin = " " * indent
    rest = "\n".join(margin + line if line else "" for line in lines[1:])
    return f"{QUOTES}{lines[0]}\n{rest}{chr(10) if rest else ''}{margin}{QUOTES}"


def _escaped(text: str) -> str:
    text = text.expandtabs(4).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\\", "\\\\").replace(QUOTES, '\\"\\"\\"')
    return "".join(char if char == "\n" or char.isprintable() else _escape(char) for char in text)


def _escape(char: str) -> str:
    if "\ud800" <= char <= "\udfff":
        return f"\\\\u{ord(char):04x}"  # a docstring has to have bytes: shown as it is written
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def _without_end_quote(line: str) -> str:
    backslashes = len(line[:-1]) - len(line[:-1].rstrip("\\"))
    bare = line.endswith('"') and backslashes % 2 == 0
    return f'{line[:-1]}\\"' if bare else line


def _lines(text: str, width: int) -> Iterator[str]:
    """Yield wrapped lines; an empty one between paragraphs."""
    # The opening quotes stand on the first line only.
    lead = QUOTES
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if not lead:
            yield ""
        for margin, item in _items(paragraph):
            yield from _wrapped(lead + item, margin, width, len(lead))
            lead = ""


def _wrapped(item: str, margin: int, width: int, lead: int) -> Iterator[str]:
    bullet = LIST_ITEM.match(item, lead)
    hanging = bullet.end() - lead if bullet else margin
    lines = textwrap.wrap(
        item,
        width,
        initial_indent=" " * margin,
        subsequent_indent=" " * (margin + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield (lines[0] if lines else "")[lead:] if lead else lines[0]
    yield from lines[1:]


def _items(paragraph: str) -> Iterator[tuple[int, str]]:
    """Yield margin and text: items of a list and indented lines one by one, others as a whole."""
    margin, item = 0, ""
    for line in paragraph.split("\n"):
        indented = line.startswith("    ")
        if indented or not item or LIST_ITEM.match(line.strip()):
            if item:
                yield margin, item
            margin, item = 4 if indented else 0, line.strip()
        else:
            item = f"{item} {line.strip()}"
    yield margin, item
