"""`docs/acceptance.md`, made of the criteria and of the tests that are marked with them."""

import contextlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs
import pytest
from tests.acceptance.criteria import CRITERIA, SECTIONS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "acceptance.md"
FOLDERS = ("tests/till", "tests/runtime", "tests/generated")

INTRODUCTION = """\
<!-- Written by `python -m tests.acceptance`. Do not edit. -->

# What must hold of a safe payment

{count} criteria, and for each the tests that show it: {tests} tests with {cases} cases. They run
against the simulator; its ledger of charges is the judge. The number behind a test is how many
cases it has. A criterion without a test fails the build.

What happens when a till is killed or its link is cut at every frame of every operation is shown by
[the proof](no-double-charge.md), which is too long to be a test.

```console
nox -s tests -- tests/till
python -m tests.acceptance
```
"""


@attrs.frozen
class Shown:
    """One collected case that shows one criterion."""

    criterion: str
    path: str
    name: str


class Collector:
    """A pytest plugin that reads the marks of everything collected."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if isinstance(item, pytest.Function):
                path = item.path.relative_to(ROOT).as_posix()
                names = {name for mark in item.iter_markers("criterion") for name in mark.args}
                self.shown += [Shown(name, path, item.originalname) for name in sorted(names)]


def collect() -> list[Shown]:
    """Return what shows the criteria."""
    collector, output = Collector(), io.StringIO()
    arguments = ["--collect-only", "-q", "-p", "no:cacheprovider", f"--rootdir={ROOT}"]
    folders = [str(ROOT / folder) for folder in FOLDERS]
    with contextlib.redirect_stdout(output):
        code = pytest.main([*arguments, *folders], plugins=[collector])
    if code != pytest.ExitCode.OK:
        raise SystemExit(f"The tests cannot be collected:\n{output.getvalue()}")
    return collector.shown


def problems(shown: Iterable[Shown]) -> Iterator[str]:
    """What is wrong: criteria without a test, marks without a criterion."""
    named = {item.criterion for item in shown}
    yield from (f"{name}: no test shows it" for name in CRITERIA if name not in named)
    yield from (f"{name}: there is no such criterion" for name in sorted(named - set(CRITERIA)))


def render(shown: Sequence[Shown]) -> str:
    """Return the page."""
    parts = [
        INTRODUCTION.format(
            count=len(CRITERIA),
            tests=len({(item.path, item.name) for item in shown}),
            cases=len(shown),
        )
    ]
    for title, criteria in SECTIONS.items():
        rows = [
            f"| {name} | {text} | {_tests([item for item in shown if item.criterion == name])} |"
            for name, text in criteria.items()
        ]
        parts.append("\n".join([f"## {title}", "", "| | | tests |", "|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def _tests(shown: Iterable[Shown]) -> str:
    counts = Counter((item.path, item.name) for item in shown)
    lines = [
        f"[`{name}`](../{path})" + (f" ({count})" if count > 1 else "")
        for (path, name), count in sorted(counts.items())
    ]
    return "<br>".join(lines)
