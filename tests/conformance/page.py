"""`docs/conformance.md`, made of the rows and of the tests that show them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tests.conformance.collecting import FOLDERS, ROOT, Shown
from tests.conformance.rows import BOTH, RECEIVING, SENDING, SESSION, Row

PAGE = ROOT / "docs" / "conformance.md"

INTRODUCTION = """\
<!-- Written by `python -m tests.conformance`. Do not edit. -->

# STOMP conformance

{count} rules of STOMP over WebSocket, and for each the tests of `stompws` that show it:
{tests} tests with {cases} cases. Every rule is shown in every version it belongs to, and in both
roles, client and server, where both have to keep it; a rule without such a test fails the build.

- **Level.** MUST, SHOULD and MAY are the words of the specification named beside them
  ([1.0](https://stomp.github.io/stomp-specification-1.0.html),
  [1.1](https://stomp.github.io/stomp-specification-1.1.html),
  [1.2](https://stomp.github.io/stomp-specification-1.2.html),
  [RFC 6455](https://www.rfc-editor.org/rfc/rfc6455)); *practice* is what real servers and clients
  need; *robust* is what we ask of ourselves.
- **STOMP** and **as** are the versions and the roles in which the tests show the rule. What is
  marked 1.2 and is not STOMP's business, such as TLS, is tested in a session of that version.
- **Tests** are functions; the number behind one is how many of its cases are for this rule. The
  identifiers of cases begin with the number of the rule: `007-NUL-in-body-1.1-server`.

Sessions are tested without a socket: two state machines in memory, time a number. Sockets are used
where the rule is about one. What can be read is also cut at every place, fed octet by octet and cut
at random places, and must give the same frames and events; so must what cannot be read, and the
same error: see [test_cuts.py](../tests/conformance/test_cuts.py).

Run them, one rule of them, and write this page again (`--check` compares only, as a test does):

```console
pytest tests/conformance
pytest tests/conformance -k 007-
python -m tests.conformance
```
"""


def render(shown: Sequence[Shown]) -> str:
    """Return the page."""
    sections = [("Receiving", RECEIVING), ("Sending", SENDING), ("Session", SESSION)]
    tests = {(test.path, test.name) for test in shown}
    parts = [
        INTRODUCTION.format(
            count=sum(len(rows) for _, rows in sections),
            cases=len({(test.path, test.case) for test in shown}),
            tests=len(tests),
        )
    ]
    for title, rows in sections:
        span = f"{rows[0].number} to {rows[-1].number}"
        parts.append("\n".join([f"## {title} ({span})", "", *_table(rows, shown), ""]))
    return "\n".join([*parts, "## Files", "", *_files(shown), ""])


def _table(rows: Iterable[Row], shown: Sequence[Shown]) -> Iterator[str]:
    yield "| no. | rule | level | source | STOMP | as | tests |"
    yield "|--:|---|---|---|---|---|---|"
    for row in rows:
        tests = [test for test in shown if test.row == row.number]
        versions = sorted({version for test in tests for version in test.versions})
        roles = [role for role in BOTH if any(role in test.roles for test in tests)]
        cells = (
            str(row.number),
            row.rule.replace("|", r"\|"),
            row.level if row.level.isupper() else f"*{row.level}*",
            row.source or "ours",
            ", ".join(versions),
            ", ".join(roles),
            "<br>".join(_names(tests)),
        )
        yield f"| {' | '.join(cells)} |"


def _names(tests: Iterable[Shown]) -> Iterator[str]:
    """One line a test function, as `file::name`, and how many of its cases these are."""
    counts = Counter((test.path, test.name) for test in tests)
    for (path, name), count in sorted(counts.items(), key=_general_last):
        times = f" ({count})" if count > 1 else ""
        yield f"`{path.rpartition('/')[2]}::{name}`{times}"


def _general_last(item: tuple[tuple[str, str], int]) -> tuple[bool, str]:
    """First the tests that are about the rule, then the cuts, which are about all."""
    (path, _), _ = item
    return path.endswith("/test_cuts.py"), path


def _files(shown: Iterable[Shown]) -> Iterator[str]:
    """Where the files named in the tables are."""
    paths = {test.path for test in shown}
    for folder in FOLDERS:
        names = sorted(path.rpartition("/")[2] for path in paths if path.startswith(folder + "/"))
        links = ", ".join(f"[{name}](../{folder}/{name})" for name in names)
        yield f"- `{folder}`: {links}"
