"""The table as Markdown, and the page `docs/corpus.md`."""

from collections.abc import Sequence
from pathlib import Path

from tests.corpus.running import Row

PAGE = Path(__file__).parents[2] / "docs" / "corpus.md"
HEAD = (
    "document", "generated", "imports", "typed", "examples", "headers", "schema examples",
    "schemas named", "notes",
)  # fmt: skip
TEXT = """\
# Real documents

`nox -s corpus -- DIR` makes this table for any folder of AsyncAPI documents: those that its
`manifest.tsv` names (columns `name` and `entry`; a cell `invalid` marks a document that breaks the
specification), or every file with a key `asyncapi`. `nox -s corpus` alone takes the small documents
of `tests/corpus/documents`, which CI does; it fails when anything is missing.

| column | means |
|---|---|
| generated | `stompgen generate` ends without an error |
| imports | every module of the package, and every name of its front door |
| typed | `mypy --strict` finds nothing in the package |
| examples | payloads of message examples that are read and written back equal, of all |
| headers | the same of the examples' headers |
| schema examples | the same of the `examples` of named object schemas |
| schemas named | object schemas in `components.schemas`, of all files, that have a class, of all |

A document that breaks the specification is refused with the place of each fault; its line shows
what `--lenient` makes of it. A *misfit* is an example that breaks its own schema; it is read and
written back all the same.
"""


def table(rows: Sequence[Row]) -> list[list[str]]:
    """Return the cells, with a total line."""
    return [_cells(row) for row in rows] + [_total(rows)]


def _cells(row: Row) -> list[str]:
    found = row.best
    pairs = (found.payloads, found.headers, found.schema_examples, found.schemas)
    marks = (found.generated, found.imports, row.typed)
    first = [row.entry.name, *("yes" if mark else "**no**" for mark in marks)]
    return [*first, *(_of(*pair) for pair in pairs), "; ".join(row.notes)]


def _of(part: int, whole: int) -> str:
    text = f"{part} of {whole}" if whole else "-"
    return text if part == whole else f"**{text}**"


def _total(rows: Sequence[Row]) -> list[str]:
    found = [row.best for row in rows]
    marks = [
        [item.generated for item in found],
        [item.imports for item in found],
        [row.typed for row in rows],
    ]
    names = ("payloads", "headers", "schema_examples", "schemas")
    sums = [
        [sum(pair) for pair in zip(*(getattr(i, name) for i in found), strict=True)]
        for name in names
    ]
    good = sum(row.good for row in rows)
    return [
        f"{len(rows)} documents",
        *(_of(sum(mark), len(rows)) for mark in marks),
        *(_of(*pair) for pair in sums),
        f"{good} of {len(rows)} have all",
    ]


def markdown(rows: Sequence[Row]) -> str:
    """Write the table as Markdown."""
    *body, total = table(rows)
    lines = [HEAD, ["---"] + ["---:" if i > 2 else "---" for i in range(7)] + ["---"], *body]
    lines.append([f"**{cell.replace('**', '')}**" if cell else "" for cell in total])
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def write_page(rows: Sequence[Row], seconds: float) -> None:
    """Renew the page."""
    sources = [f"- `{row.entry.name}`: {row.entry.source}" for row in rows if row.entry.source]
    parts = [TEXT, f"## {len(rows)} documents, {seconds:.0f} s\n", markdown(rows) + "\n"]
    if sources:
        parts += ["Where they come from (GitHub); their texts are not copied here:\n"]
        parts += ["\n".join(sources) + "\n"]
    PAGE.write_text("\n".join(parts), encoding="utf-8")
