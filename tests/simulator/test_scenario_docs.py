"""The page about scenarios says what the files say."""

from pathlib import Path

from ips_simulator import Library
from ips_simulator.scenario_docs import write_document

PAGE = Path(__file__).parents[2] / "docs" / "scenarios.md"


def test_the_page_is_current() -> None:
    """`python -m ips_simulator.scenario_docs > docs/scenarios.md` makes it."""
    assert PAGE.read_text(encoding="utf-8") == write_document()


def test_every_scenario_stands_on_the_page_once() -> None:
    """With its name at the beginning of a line of a table."""
    tables = PAGE.read_text(encoding="utf-8").partition("## Files of your own")[0]
    lines = tables.splitlines()
    for name in Library().names:
        assert sum(line.startswith(f"| `{name}` |") for line in lines) == 1, name
