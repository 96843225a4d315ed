"""Prose of the generated code: what docstrings say of schemas, their limits and their sources."""

import json
import re
from collections.abc import Iterable, Mapping

from .model import SourceModel
from .schemas import Array, Const, Doc, Limit, Map, Named, ObjectSchema, Row, Scalar, Value

SENTENCE = re.compile(r"(.+?[.!?])(?=\s|$)", re.DOTALL)
NOUNS = {
    "length": ("character", "characters"),
    "items": ("item", "items"),
    "properties": ("property", "properties"),
}
SUMMARY_COLUMNS = 88
"""A first line of this length fits, indented and with its quotes, into 100 columns."""


def lead(text: str | None, otherwise: str) -> str:
    """Begin a docstring with one short sentence; what else the text says follows below it."""
    flat = " ".join((text or "").split())
    if not flat:
        return otherwise
    if len(flat) <= SUMMARY_COLUMNS and "\n\n" not in (text or "").strip():
        return sentence(flat)
    found = SENTENCE.match(flat)
    if found is None or len(found[1]) > SUMMARY_COLUMNS:
        return paragraphs(otherwise, text)
    rest = _without_start(text or "", found[1])
    return paragraphs(sentence(found[1]), rest)


def sentence(text: str) -> str:
    """End a text with a full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def paragraphs(*texts: str | None) -> str:
    """Join what there is, with a blank line between."""
    return "\n\n".join(text.strip() for text in texts if text and text.strip())


def source_text(source: SourceModel | None, pointer: str | None = None) -> str:
    """Say where a statement comes from and how sure it is."""
    if source is None:
        return f"Source: #{pointer}" if pointer else ""
    origins = ", ".join(source.origins)
    known = f"{origins}; confidence {source.confidence}"
    start = f"Source: #{pointer} ({known})." if pointer else f"Source: {known}."
    return f"{start} {' '.join(source.note.split())}" if source.note else start


def facts(
    doc: Doc, value: Value, attributes: Mapping[str, str], *, choices: Iterable[str] = ()
) -> str:
    """Say in one line what a field's rule, unit and marks mean, unless the description does."""
    names = list(choices)
    found = [
        f"One of {', '.join(f'`{name}`' for name in names)}." if len(names) > 1 else "",
        _unit(doc, attributes),
        _limits(value, " ".join((doc.description or "").split())),
        f"Format: {doc.format}." if doc.format else "",
        f"When it is left out, {doc.default} is meant." if doc.default else "",
        *further(value.conditions, value.unchecked),
        "Deprecated." if doc.deprecated else "",
        "Sensitive: kept out of repr, logs and error texts." if value.sensitive else "",
    ]
    return " ".join(text for text in found if text)


def whole(schema: ObjectSchema) -> str:
    """Say what holds of an object as a whole."""
    found = ["There are no other properties."] if schema.closed else []
    return " ".join([*found, *further(schema.conditions, schema.unchecked)])


def further(conditions: Mapping[str, object] | None, unchecked: Iterable[str]) -> list[str]:
    """Say which keywords are checked besides, and which are not."""
    names = sorted((conditions or {}).keys() - {"definitions"})
    missing = sorted(set(unchecked))
    return [
        *([f"Checked too: {', '.join(names)}."] if names else []),
        *([f"Not checked: {', '.join(missing)}."] if missing else []),
    ]


def range_text(limits: Iterable[Limit], known: str = "") -> str:
    """Say limits in words: `1 to 30 characters`, `at least 0`; not those that are known."""
    by_name = dict(limits)
    found: list[str] = []
    for suffix, nouns in NOUNS.items():
        low, high = by_name.get(f"min_{suffix}"), by_name.get(f"max_{suffix}")
        found += [f"{words} {nouns[words[-2:] != ' 1']}" for words in _between(low, high)]
    found += _between(by_name.get("minimum"), by_name.get("maximum"))
    if (more := by_name.get("exclusive_minimum")) is not None:
        found.append(f"more than {more}")
    if (less := by_name.get("exclusive_maximum")) is not None:
        found.append(f"less than {less}")
    if (step := by_name.get("multiple_of")) is not None:
        found.append(f"a multiple of {step}")
    if by_name.get("unique"):
        found.append("all different")
    if (pattern := by_name.get("pattern")) is not None:
        found.append(f"pattern `{pattern}`")
    return ", ".join(words for words in found if words not in known)


def _between(low: object, high: object) -> list[str]:
    if low is None and high is None:
        return []
    if low == high:
        return [f"exactly {low}"]
    if low is None:
        return [f"at most {high}"]
    return [f"at least {low}" if high is None else f"{low} to {high}"]


def _limits(value: Value, known: str) -> str:
    inner = value.type
    if isinstance(inner, Const):
        return f"Always {json.dumps(inner.value, ensure_ascii=False)}."
    if not isinstance(inner, Scalar | Array | Map | Named | Row):
        return ""
    words = range_text(inner.limits, known)
    below = inner.items if isinstance(inner, Array) else None
    below = inner.values if isinstance(inner, Map) else below
    each = _limits(below, known).removeprefix("Limits: ") if below is not None else ""
    found = [f"Limits: {words}." if words else "", f"Each: {each}" if each else ""]
    return " ".join(text for text in found if text)


def _unit(doc: Doc, attributes: Mapping[str, str]) -> str:
    if doc.unit is None and doc.unit_of is None:
        return ""
    name = "minor units" if doc.unit == "currency-minor" else doc.unit or "the one"
    if doc.unit_of is None:
        return f"Unit: {name}."
    known = attributes.get(doc.unit_of)
    return f"Unit: {name} of {f'`{known}`' if known else doc.unit_of}."


def _without_start(text: str, start: str) -> str:
    """Take a first sentence off a text; the text may be wrapped otherwise."""
    pattern = r"\s*" + r"\s+".join(re.escape(word) for word in start.split())
    return re.sub(pattern, "", text, count=1).strip()
