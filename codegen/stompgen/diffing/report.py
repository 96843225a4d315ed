"""A difference as text, as Markdown and as JSON."""

import html
import json
import re
from collections.abc import Iterator

from ..pointers import Json
from ..problems import one_line
from .changes import Area, Change, Difference, Direction, Kind

SCHEMA_VERSION = 1
"""Of the JSON. It rises when something is renamed, removed or means something else."""

WHO = (
    ("sender", "old senders"),
    ("receiver", "old receivers"),
    ("python", "Python code"),
)
CODE_SPAN = re.compile(r"(`[^`]*`)")
MARKUP = re.compile(r"([\\*_\[\]|#~])")


def as_text(difference: Difference, *, docs: bool = True) -> str:
    """Write a difference for a terminal."""
    if not difference:
        return f"{_heading(difference)}: no difference\n"
    lines = [f"{_heading(difference)}: {summary(difference)}"]
    for title, changes in groups(difference, docs=docs):
        lines += ["", f"{title}:"]
        for change in changes:
            lines.append(f"  {change.kind}: {change.name}: {change.what}{_notes(change)}")
            lines += [f"      {places}"] if (places := _places(change)) else []
            if change.guess:
                lines.append(f"      guessed: {change.guess}")
    return "".join(f"{one_line(line)}\n" for line in lines)


def as_markdown(difference: Difference, *, docs: bool = True) -> str:
    """Write a difference as a page."""
    lines = [f"# {markdown(_heading(difference))}", "", f"{summary(difference).capitalize()}."]
    if not difference:
        lines[-1] = "No difference."
    for title, changes in groups(difference, docs=docs):
        lines += ["", f"## {title}", ""]
        lines += [item(change) for change in changes]
    return "\n".join(lines) + "\n"


def as_json(difference: Difference) -> str:
    """Write a difference for programs; `schemaVersion` says how it is to be read."""
    sides: list[Json] = [
        {
            "title": side.title,
            "version": side.version,
            "sha256": side.digest,
            "document": side.source_name,
        }
        for side in (difference.old, difference.new)
    ]
    found: dict[str, Json] = {
        "format": "stompgen-diff",
        "schemaVersion": SCHEMA_VERSION,
        "old": sides[0],
        "new": sides[1],
        "level": difference.level.value,
        "counts": {
            "breaking": len(difference.breaking),
            "compatible": len(difference.compatible),
            "docs": len(difference.docs),
        },
        "changes": [_change(change) for change in difference.changes],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _change(change: Change) -> dict[str, Json]:
    return {
        "kind": change.kind.value,
        "area": change.area.value,
        "name": change.name,
        "what": change.what,
        "old": change.old,
        "new": change.new,
        "direction": change.direction.value,
        "breaks": {
            "sender": change.breaks.sender,
            "receiver": change.breaks.receiver,
            "python": change.breaks.python,
        },
        "breaking": change.breaking,
        "guessed": change.guess,
        "before": change.before,
        "after": change.after,
    }


def groups(difference: Difference, *, docs: bool) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """Yield headings with their changes: breaking, compatible, words only."""
    if difference.breaking:
        yield "Breaking", difference.breaking
    if difference.compatible:
        yield "Compatible", difference.compatible
    if docs and difference.docs:
        yield "Words only", difference.docs


def summary(difference: Difference) -> str:
    """Count the changes in a few words."""
    parts = [
        f"{len(difference.breaking)} breaking",
        f"{len(difference.compatible)} compatible",
        f"{len(difference.docs)} of words only",
    ]
    return ", ".join(parts)


def item(change: Change) -> str:
    """Write a change as an item of a Markdown list."""
    guess = f" *(guessed: {markdown(change.guess)})*" if change.guess else ""
    name = one_line(change.name).replace("`", "'")
    return f"- **{change.kind}** `{name}`: {markdown(change.what)}{_notes(change)}{guess}"


def _notes(change: Change) -> str:
    """Say which way it travels and whom it breaks."""
    if change.kind is Kind.DOCS:
        return ""
    who = [words for part, words in WHO if getattr(change.breaks, part)]
    way = "" if change.direction is Direction.NONE else str(change.direction)
    if change.direction is Direction.BOTH:
        way = "sent and received" if change.area in {Area.CLASS, Area.MESSAGE} else ""
    last = " and ".join(who[-2:])
    broken = f"breaks {', '.join([*who[:-2], last])}" if who else ""
    notes = "; ".join(part for part in (way, broken) if part)
    return f" ({notes})" if notes else ""


def _places(change: Change) -> str:
    old = "" if change.old is None else f"#{change.old}"
    new = "" if change.new is None else f"#{change.new}"
    return old if old == new else f"{old or 'nothing'} → {new or 'nothing'}"


def _heading(difference: Difference) -> str:
    old, new = difference.old, difference.new
    if old.title == new.title:
        return f"{old.title}: {old.version} → {new.version}"
    return f"{old.title} {old.version} → {new.title} {new.version}"


def markdown(text: str) -> str:
    """Write a sentence so that what the document says in it is no markup; code spans stay."""
    parts = CODE_SPAN.split(one_line(text))
    return "".join(
        part if index % 2 else MARKUP.sub(r"\\\1", html.escape(part, quote=False))
        for index, part in enumerate(parts)
    )
