"""The page that lists the rules and their tests."""

import os
import subprocess
import sys

from tests.conformance.collecting import ROOT, Shown, gaps
from tests.conformance.page import render
from tests.conformance.rows import ROWS


def test_page_is_what_the_tests_give() -> None:
    """Every rule is shown in all its versions and roles, and the committed page says so."""
    command = [sys.executable, "-m", "tests.conformance", "--check"]
    path = [ROOT / "codegen", ROOT / "generated", ROOT / "runtime", ROOT / "simulator"]
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_rows_are_numbered_without_a_gap() -> None:
    """A number stays what it means: it stands in the identifiers of tests."""
    assert list(ROWS) == list(range(1, 104))


def test_a_rule_without_a_test_is_told() -> None:
    """Which version and which role it lacks; one test more and the gap is smaller."""
    shown = [Shown(7, "tests/x.py", "test_x", "test_x", ("1.2",), ("client",))]
    missing = [text for text in gaps(shown) if text.startswith("row 7:")]
    assert missing == [
        f"row 7: no test shows it for {version} as {role}"
        for role, versions in (("client", "01"), ("server", "012"))
        for version in (f"1.{minor}" for minor in versions)
    ]
    assert "row 8: no test shows it for 1.0 as client" in list(gaps(shown))


def test_page_counts_cases() -> None:
    """Cases of one test stand in one line."""
    cases = [
        Shown(7, "tests/x.py", "test_x", f"test_x[{n}]", (f"1.{n}",), ("client",)) for n in range(3)
    ]
    assert "| 1.0, 1.1, 1.2 | client | `x.py::test_x` (3) |" in render(cases)
