"""The figures as tables for a terminal, and as `docs/scale.md`."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.table import Table
from tests.scale.figures import Part

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scale.md"

_INTRODUCTION = """\
Written by `nox -s scale -- --write` with what it measured; do not edit. Without `--write` it only
measures, and fails when something below does not hold. `--payments` and `--operations` shorten it.
"""

_READING = """\
A conversation has a connection and a thread of its own. What all conversations share, the
authorities to trust and the codec of the messages, is there once for each program: it is not in the
memory of each. A connection takes two descriptors on Linux, three elsewhere; where a system gives a
program 1,024, that is the end of what it can hold before its memory is.

In an event loop a conversation has no thread and takes one descriptor. Over TLS Python's loop
holds 256 KiB for each connection, whatever is read.

A till of asyncio adds a lease to its conversation: one more descriptor, of an empty locked file.
Its sale writes the journal seven times, twice before the request leaves, and a SQLite file takes
one write at a time: the time for a write, times seven, bounds how many sales one journal takes in a
second. Where that is not enough, divide the paypoints among journals, or use PostgreSQL.

The simulator has one thread for all its tills, and one file for each; `ips-simulator serve` raises
the number of files that it may open itself. What is in `simulator-speed.md` is about its time.
"""


def as_table(part: Part) -> Table:
    """Return one part for a terminal."""
    table = Table(title=part.title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for index, column in enumerate(part.columns):
        table.add_column(column, justify="right" if index else "left", overflow="fold")
    for row in part.rows:
        table.add_row(*row)
    return table


def write_page(parts: Sequence[Part]) -> None:
    """Write the page anew."""
    machine = (
        f"Machine: {os.cpu_count()} processors, {platform.system()} {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}. The simulator runs on it "
        "too; seconds depend on the machine and are not judged."
    )
    sections = [_section(part) for part in parts]
    text = "\n".join(
        ["# Scale\n", _INTRODUCTION, fill(machine, 100) + "\n", *sections, "## Reading it\n"]
    )
    PAGE.write_text(f"{text}\n{_READING}", encoding="utf-8")


def _section(part: Part) -> str:
    lines = [f"## {part.title}", "", fill(part.about, 100), ""]
    lines.append(_markdown(part.columns))
    lines.append(_markdown(["---", *["---:"] * (len(part.columns) - 1)]))
    lines += [_markdown(row) for row in part.rows]
    return "\n".join(lines) + "\n"


def _markdown(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
