"""What `docs/pytest.md` shows works, and what it says it costs is about true."""

import re
import time
from pathlib import Path

import pytest

from ips_simulator import pytest_plugin
from ips_simulator.expecting import LedgerExpectation
from pytest_plugin_cost import LOADING, PLUGIN, STARTING, figures

pytest_plugins = "pytester"

PAGE = (Path(__file__).parents[2] / "docs" / "pytest.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

# That the plugin is loaded already is so here only.
STRICT = ("-W", "error", "-W", "ignore::pytest.PytestAssertRewriteWarning")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: re.findall(r"def (\w+)", block)[0])
def test_python_on_the_page_runs(pytester: pytest.Pytester, block: str) -> None:
    """Every block is a test module that passes as it stands."""
    pytester.makepyfile(block)
    result = pytester.runpytest_inprocess(*PLUGIN, "-p", "no:cacheprovider", *STRICT)
    outcomes = result.parseoutcomes()
    assert set(outcomes) == {"passed"}
    assert outcomes["passed"] >= block.count("def test_")


def test_all_fixtures_and_sentences_are_on_the_page() -> None:
    """And nothing else is called one."""
    fixtures = {name for name in vars(pytest_plugin) if name.startswith("ips_")}
    assert set(re.findall(r"^\| `(ips_\w+)` \|", PAGE, re.MULTILINE)) == fixtures
    sentences = {name for name in vars(LedgerExpectation) if not name.startswith("_")}
    assert set(re.findall(r"^\| `\.(\w+)", PAGE, re.MULTILINE)) == sentences


def test_the_first_test_of_the_page_has_five_lines() -> None:
    """It is the one that newcomers copy."""
    lines = BLOCKS[0].partition("\n\n")[2].splitlines()
    assert len(lines) == 5


def test_what_the_plugin_costs_can_be_measured(tmp_path: Path) -> None:
    """The script that the page names prints figures of what it says."""
    (loading,) = figures("loading", "-c", LOADING)
    path = tmp_path / "test_starting.py"
    path.write_text(STARTING.replace("range(21)", "range(3)"), "utf-8")
    began = time.perf_counter()
    starts = figures("starting", "-m", "pytest", *PLUGIN, "-s", "-q", str(path))
    assert len(starts) == 3
    assert 0 < sum(starts) < (time.perf_counter() - began) * 1000
    assert 0 < loading < 1000
