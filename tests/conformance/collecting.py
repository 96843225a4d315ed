"""Which tests show which rows: asked of pytest, which collects them."""

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from tests.conformance.rows import BOTH, ROWS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("tests/conformance", "tests/runtime")


@attrs.frozen
class Shown:
    """One collected test, with its parameters, that shows one row."""

    row: int
    path: str
    """From the root of the repository, with slashes."""

    name: str
    """Of the test function."""

    case: str
    """The name with its parameters."""

    versions: tuple[str, ...]
    roles: tuple[str, ...]


class Collector:
    """A pytest plugin that reads the marks of everything collected."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self.problems: list[str] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if isinstance(item, pytest.Function):
                self.shown += self._read(item)

    def _read(self, item: pytest.Function) -> Iterator[Shown]:
        marks = list(item.iter_markers("conformance"))
        numbers = sorted({number for mark in marks for number in mark.args})
        if not numbers:
            return
        params = item.callspec.params if hasattr(item, "callspec") else {}
        said = {name: value for mark in marks for name, value in mark.kwargs.items()}
        version, role = params.get("version"), params.get("role", said.get("role"))
        versions = (str(version),) if version is not None else tuple(said.get("versions", ()))
        path = item.path.relative_to(ROOT).as_posix()
        where = f"{path}::{item.name}"
        if not versions or role not in BOTH:
            self.problems.append(f"{where}: tells no version or no role")
        driver = params.get("either_driver")
        begins = tuple(f"{number:03d}-" for number in numbers)
        # Some run over both drivers; which one is no parameter of the rule.
        own = [name for name in params if name != "either_driver"]
        if own and not item.callspec.id.removeprefix(f"{driver}-").startswith(begins):
            self.problems.append(f"{where}: the id does not begin with the number of the row")
        for number in numbers:
            if number not in ROWS:
                self.problems.append(f"{where}: there is no row {number}")
            yield Shown(number, path, item.originalname, item.name, versions, (str(role),))


def collect() -> tuple[list[Shown], list[str]]:
    """Return what shows the rows, and what is wrong with the marks or missing."""
    collector, output = Collector(), io.StringIO()
    arguments = ["--collect-only", "-q", "-p", "no:cacheprovider", f"--rootdir={ROOT}"]
    folders = [str(ROOT / folder) for folder in FOLDERS]
    with contextlib.redirect_stdout(output):
        code = pytest.main([*arguments, *folders], plugins=[collector])
    if code != pytest.ExitCode.OK:
        raise SystemExit(f"The tests cannot be collected:\n{output.getvalue()}")
    return collector.shown, [*collector.problems, *gaps(collector.shown)]


def gaps(shown: list[Shown]) -> Iterator[str]:
    """Say which version or role of which row no test shows."""
    for row in ROWS.values():
        pairs = {
            (version, role)
            for test in shown
            if test.row == row.number
            for version in test.versions
            for role in test.roles
        }
        for role in row.roles:
            for version in row.versions:
                if (version, role) not in pairs:
                    yield f"row {row.number}: no test shows it for {version} as {role}"
