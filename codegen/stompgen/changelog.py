"""The changelog of generated bindings: one entry is ours, all else belongs to people.

The entry about what is not released yet holds a block between two marks, which each generation
writes anew. The first mark carries a digest of the block, so that words which somebody wrote inside
it are noticed and never written over.
"""

import hashlib
import re

from .usage import UsageError

VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})")
HEADING = "## Unreleased"
BEGIN = re.compile(r"^<!-- stompgen begin ([0-9a-f]{16})[^\n]*-->\n", re.MULTILINE)
END = "<!-- stompgen end -->\n"
HINT = "written anew by each generation; your own words go above or below"
INTRODUCTION = """\
# Changelog of {package}

The bindings' own versions, after [semantic versioning](https://semver.org): a major number (below
1.0.0 a minor one) when something breaks, a minor one for what is new, a patch for words. The API
has versions of its own.
"""


def is_version(text: str) -> bool:
    """Tell whether a text is a version such as 1.2.3."""
    return VERSION.fullmatch(text) is not None


def next_version(released: str, level: str) -> str:
    """Propose the number after a released one, for changes of a level: `major`, `minor` …."""
    found = VERSION.fullmatch(released)
    if found is None:
        raise ValueError(f"not a version: {released}")
    major, minor, patch = (int(part) for part in found.groups())
    if level == "major" and major > 0:
        return f"{major + 1}.0.0"
    if level in {"major", "minor"}:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}" if level == "patch" else released


def with_entry(text: str, block: str, package: str) -> str:
    """Return a changelog whose open entry holds a block. An empty text begins a changelog.

    Raises UsageError when somebody wrote inside the block.
    """
    marked = _marked(block)
    if not text.strip():
        return f"{INTRODUCTION.format(package=package)}\n{HEADING}\n\n{marked}"
    if (found := _find(text)) is not None:
        start, end = found
        return text[:start] + marked + text[end:]
    opened = re.search(rf"^{re.escape(HEADING)}[ \t]*\n", text, re.MULTILINE)
    if opened is not None:  # people began the entry
        return f"{text[: opened.end()]}\n{marked}{text[opened.end() :]}"
    first = re.search(r"^## ", text, re.MULTILINE)
    at = len(text) if first is None else first.start()
    gap = "" if text[:at].endswith("\n\n") else "\n" if text[:at].endswith("\n") else "\n\n"
    after = text[at:]
    return f"{text[:at]}{gap}{HEADING}\n\n{marked}" + (f"\n{after}" if after else "")


def closed(text: str, *, version: str, date: str, block: str) -> str:
    """Return a changelog whose open entry has become that of a version.

    The marks go: from then on the entry belongs to people. Raises UsageError.
    """
    found = _find(text)
    if found is None:
        raise UsageError("the changelog has no open entry; run `stompgen changelog` first")
    start, end = found
    opened = list(re.finditer(rf"^{re.escape(HEADING)}[ \t]*$", text[:start], re.MULTILINE))
    if not opened:
        raise UsageError(f"the changelog lacks the line {HEADING!r} above the open entry")
    if re.search(rf"^## {re.escape(version)}\b", text, re.MULTILINE):
        raise UsageError(f"the changelog has an entry for {version} already")
    at = opened[-1]
    heading = f"## {version}, {date}"
    return text[: at.start()] + heading + text[at.end() : start] + block + text[end:]


def _marked(block: str) -> str:
    return f"<!-- stompgen begin {_digest(block)}: {HINT} -->\n{block}{END}"


def _digest(block: str) -> str:
    return hashlib.sha256(block.encode()).hexdigest()[:16]


def _find(text: str) -> tuple[int, int] | None:
    """Return where the block stands, marks included; None when there is none."""
    begins = list(BEGIN.finditer(text))
    if not begins and END not in text:
        return None
    if len(begins) != 1 or text.count(END) != 1 or text.index(END) < begins[0].end():
        advice = "put back the two lines that begin with `<!-- stompgen`"
        raise UsageError(f"the marks around the open entry of the changelog are damaged; {advice}")
    begin, end = begins[0], text.index(END)
    if _digest(text[begin.end() : end]) != begin[1]:
        line = text.count("\n", 0, begin.end()) + 1
        advice = "move your words above or below the marks"
        raise UsageError(
            f"somebody wrote inside the generated part of the changelog (from line {line} on); "
            f"{advice}, or delete the part with its marks"
        )
    return begin.start(), end + len(END)
