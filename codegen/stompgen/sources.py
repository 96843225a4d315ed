"""The page that tells where every statement of a document comes from, made of its `x-source`s."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from .document import Document, is_data_key
from .model import SourceModel
from .pointers import Json, as_object, as_text, join
from .schema_merge import source_of

FIRST_WORDS = "# Where "
"""How each page begins: by this it is known as ours."""

CONFIDENCES = ("high", "medium", "low", "invented")
MEANINGS = {
    "high": "the source says so",
    "medium": "an inference from the source",
    "low": "a guess that the source suggests",
    "invented": "no source tells; a decision of this project",
}
COVERED = {
    "type": "type",
    "const": "value",
    "enum": "values",
    "x-open-enum": "known values",
    "pattern": "pattern",
    "minLength": "length",
    "maxLength": "length",
    "minimum": "limits",
    "maximum": "limits",
    "minItems": "number of items",
    "maxItems": "number of items",
    "format": "format",
    "required": "required fields",
    "address": "address",
    "x-conversation": "conversation",
}
"""What a source covers, by the keyword beside it."""


def sources_page(document: Document) -> str:
    """Return the page as Markdown. The order of the document's keys makes no difference."""
    found = sorted(find_sources(document))
    info = as_object(document.data.get("info"))
    title = f"{as_text(info.get('title')) or ''} {as_text(info.get('version')) or ''}".strip()
    lines = [
        f"{FIRST_WORDS}{_cell(title)} comes from",
        "",
        # Its name alone: where it lay must not make a difference.
        f"Made from every `x-source` in `{_file_name(document)}` by `stompgen sources`.",
        "Change the document, not this page.",
        "",
        "## Sources",
        "",
        "| id | source | trust |",
        "|---|---|---|",
        *(_legend_row(key, value) for key, value in _legend(info)),
        "",
        "## Confidence",
        "",
        "| confidence | meaning | statements |",
        "|---|---|---|",
        *_counts(source for _, source, _ in found),
        "",
        "## Statements",
        "",
        "| place | what | sources | confidence | note |",
        "|---|---|---|---|---|",
        *(_statement_row(*row) for row in found),
    ]
    return "\n".join(lines) + "\n"


def _file_name(document: Document) -> str:
    return PurePath(document.source_name).name


def find_sources(document: Document) -> Iterator[tuple[str, SourceModel, str]]:
    """Yield pointer, source and what it covers for every `x-source`."""
    todo: list[tuple[str, Json]] = [("", document.data)]
    while todo:
        pointer, value = todo.pop()
        if isinstance(value, list):
            todo += [(join(pointer, index), item) for index, item in enumerate(value)]
        elif isinstance(value, dict):
            if (source := source_of(value.get("x-source"))) is not None:
                yield pointer, source, _covered(value)
            # `enum` of a `properties` is a field's name; of a schema it is data.
            names = pointer.endswith("/properties")
            todo += [
                (join(pointer, key), item)
                for key, item in value.items()
                if names or not is_data_key(key)
            ]


def _covered(value: dict[str, Json]) -> str:
    words = dict.fromkeys(word for keyword, word in COVERED.items() if keyword in value)
    return ", ".join(words)


def _legend(info: dict[str, Json]) -> list[tuple[str, Json]]:
    return sorted(as_object(info.get("x-sources")).items())


def _legend_row(key: str, value: Json) -> str:
    source = as_object(value)
    title = _cell(as_text(source.get("title")) or "")
    if (url := as_text(source.get("url"))) is not None:
        title = f"{title}: <{_cell(url)}>"
    return f"| `{_cell(key)}` | {title} | {_cell(as_text(source.get('trust')) or '')} |"


def _counts(sources: Iterator[SourceModel]) -> list[str]:
    counts = Counter(source.confidence for source in sources)
    return [f"| {name} | {MEANINGS[name]} | {counts[name]} |" for name in CONFIDENCES]


def _statement_row(pointer: str, source: SourceModel, covered: str) -> str:
    origins = ", ".join(f"`{_cell(origin)}`" for origin in source.origins)
    note = _cell(source.note or "")
    row = f"| `#{_cell(pointer)}` | {covered} | {origins} | {_cell(source.confidence)} | {note} |"
    return row.replace("|  |", "| |").replace("|  |", "| |")


def _cell(text: str) -> str:
    """Keep a text inside its cell: one line, no bar."""
    return " ".join(text.split()).replace("|", "\\|")
