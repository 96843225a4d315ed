"""Reads a reference as its readers do: Markdown by a CommonMark parser, Mermaid by a small grammar.

The grammar covers what our diagrams are made of: participants, four arrows between them, notes,
and the blocks loop, opt, alt/else, par/and and break, each with its end. Labels are letters,
digits, a little punctuation and character codes. It is stricter than Mermaid, never wider.
"""

import re
from collections.abc import Iterator, Mapping

import attrs
from markdown_it import MarkdownIt
from markdown_it.token import Token

OUR_HTML = re.compile(
    r'<a id="[a-z0-9-]+">|</a>|<br>|<code>|</code>'
    r"|<!-- Written by `stompgen docs`. Do not edit. -->"
)
LANGUAGES = frozenset({"mermaid", "json", "python", "text"})
ADDRESS = re.compile(r"https?://\S+|[\w.-]*#[a-z0-9-]+")

LABEL = r"(?:[^\W_]|[ \-_.,/()'?!]|#\d+;)+"
ARROW = re.compile(rf"(?:A->>B|B-->>A|A-->>B|B->>A): {LABEL}")
NOTE = re.compile(rf"Note over A,B: {LABEL}")
OPEN = re.compile(rf"(?P<kind>loop|opt|alt|par|break) {LABEL}")
NEXT = {"else": "alt", "and": "par"}


@attrs.frozen
class Reading:
    """What a page holds."""

    anchors: list[str]
    links: list[str]
    html: list[str]
    fences: list[tuple[str, str]]
    """Language and text."""
    headings: list[str]
    tables: list[list[list[str]]]
    """Rows of cells, the head first; a cell as its Markdown."""
    blocks: list[str]
    """Types of the outermost blocks: what the page is made of."""


def read(page: str) -> Reading:
    """Parse a page as GitHub does, as far as CommonMark and tables go."""
    tokens = MarkdownIt("commonmark").enable("table").parse(page)
    inline = [child for token in tokens for child in token.children or ()]
    html = [t.content for t in [*tokens, *inline] if t.type in ("html_block", "html_inline")]
    found = [
        part for text in html for part in re.findall(r"<!--.*?-->|<[^>]*>|[^<\s]+", text, re.S)
    ]
    links = [str(t.attrs.get("href", t.attrs.get("src"))) for t in inline if t.type in _LINKS]
    return Reading(
        anchors=re.findall(r'<a id="([^"]*)">', "\n".join(html)),
        links=links,
        html=found,
        fences=[(t.info, t.content) for t in tokens if t.type in ("fence", "code_block")],
        headings=[tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open"],
        tables=list(_tables(tokens)),
        blocks=[t.type for t in tokens if t.level == 0 and t.nesting >= 0],
    )


_LINKS = ("link_open", "image")


def _tables(tokens: list[Token]) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(tokens[index + 1].content)
        elif token.type == "table_close":
            yield rows


def faults(pages: Mapping[str, str]) -> list[str]:
    """List what is wrong with a reference: links, markup that is not ours, diagrams."""
    readings = {name: read(text) for name, text in pages.items()}
    found: list[str] = []
    for name, page in readings.items():
        if len(set(page.anchors)) != len(page.anchors):
            found.append(f"{name}: an anchor twice")
        found += [f"{name}: html {text!r}" for text in page.html if not OUR_HTML.fullmatch(text)]
        found += [f"{name}: fence {info!r}" for info, _ in page.fences if info not in LANGUAGES]
        for link in page.links:
            target, _, anchor = link.partition("#")
            if not ADDRESS.fullmatch(link):
                found.append(f"{name}: link {link!r}")
            elif not link.startswith("http"):
                there = readings.get(target or name)
                if there is None or anchor not in there.anchors:
                    found.append(f"{name}: link {link!r} leads nowhere")
        for info, text in page.fences:
            if info == "mermaid":
                found += [f"{name}: {fault}" for fault in diagram_faults(text)]
    return found


def diagram_faults(text: str) -> list[str]:
    """List the lines of a diagram that do not fit the grammar."""
    lines = [line.strip() for line in text.strip().split("\n")]
    head = ["sequenceDiagram", "participant A as ", "participant B as "]
    found = [
        f"line {start!r} is missing"
        for line, start in zip([*lines, "", "", ""], head, strict=False)
        if not line.startswith(start)
    ]
    if not all(re.fullmatch(rf"participant [AB] as {LABEL}", line) for line in lines[1:3]):
        found.append("a participant has no label")
    stack: list[str] = []
    filled = True
    for line in lines[3:]:
        if (opening := OPEN.fullmatch(line)) is not None:
            stack.append(opening["kind"])
            filled = False
        elif (word := line.split(" ")[0]) in NEXT and (word == line or OPEN_LABEL.match(line)):
            if stack[-1:] != [NEXT[word]] or not filled:
                found.append(f"{line!r} continues nothing")
            filled = False
        elif line == "end":
            if not stack or not filled:
                found.append("an end without a block")
            del stack[-1:]
            filled = True
        elif ARROW.fullmatch(line) or NOTE.fullmatch(line):
            filled = True
        else:
            found.append(f"line {line!r}")
    return [*found, *(f"{kind} has no end" for kind in stack)]


OPEN_LABEL = re.compile(rf"\w+ {LABEL}$")
