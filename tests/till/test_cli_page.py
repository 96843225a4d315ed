"""The manual of the command says what the command does."""

import re
from pathlib import Path

from ips_till.cli import codes
from ips_till.cli.app import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "till-command.md").read_text(encoding="utf-8")
SOURCE = "".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "till/ips_till/cli").glob("*.py")
)


def test_every_exit_code_is_in_the_table() -> None:
    """And no other, but for that of an interruption."""
    section = PAGE.partition("## Exit codes")[2].partition("\n## ")[0]
    told = {int(found) for found in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)}
    assert told == {*map(int, codes.Code), 130}


def test_every_event_is_in_the_table() -> None:
    """A machine meets nothing that is not documented."""
    said = set(re.findall(r"\btell\(\s*\"([a-z-]+)\"", SOURCE))
    section = PAGE.partition("## For machines")[2]
    rows = re.findall(r"^\| ((?:`[a-z-]+`(?:, )?)+) \|", section, re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}
    assert said == told
    assert len(told) > 25


def test_every_command_is_named() -> None:
    """In the table at the head."""
    for name in app:
        if not name.startswith("-"):
            assert f"`till {name}" in PAGE, name
