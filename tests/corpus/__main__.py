"""Generate, import, type-check and use the package of every document: `nox -s corpus -- DIR`.

`--only NAME` takes some of them, `--keep OUT` leaves the packages there to be looked at, `--write`
renews docs/corpus.md. The exit code is 1 when anything is missing.
"""

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from tests.corpus.finding import entries
from tests.corpus.page import HEAD, PAGE, table, write_page
from tests.corpus.running import Row, run_all

OWN = Path(__file__).parent / "documents"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and say by the exit code whether nothing is missing."""
    options = _parse(arguments)
    found = [e for e in entries(options.folder) if not options.only or e.name in options.only]
    if not found:
        print(f"{options.folder}: no AsyncAPI document", file=sys.stderr)
        return 2
    console = Console()
    begin = time.monotonic()
    with contextlib.ExitStack() as stack:
        work = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        progress = stack.enter_context(Progress(console=console))
        task = progress.add_task("documents", total=len(found))

        def done(row: Row) -> None:
            progress.console.print(f"{row.entry.name}: {row.seconds:.1f} s", style="dim")
            progress.advance(task)

        rows = run_all(found, work, limit=options.limit, jobs=options.jobs, done=done)
    _show(console, rows)
    if options.write:
        write_page(rows, time.monotonic() - begin)
        console.print(f"wrote {PAGE.name}")
    return 0 if all(row.good for row in rows) else 1


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="corpus", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=OWN, help="with the documents")
    parser.add_argument("--only", nargs="*", metavar="NAME", help="only these documents")
    parser.add_argument("--limit", type=float, default=180.0, help="seconds for each step")
    parser.add_argument("--jobs", type=int, default=2, help="documents at a time")
    parser.add_argument("--keep", type=Path, metavar="OUT", help="leave the packages here")
    parser.add_argument("--write", action="store_true", help="renew docs/corpus.md")
    return parser.parse_args(arguments)


def _show(console: Console, rows: Sequence[Row]) -> None:
    shown = Table(*HEAD)
    for cells in table(rows):
        shown.add_row(*(cell.replace("**", "") for cell in cells))
    (console if console.is_terminal else Console(width=220)).print(shown)
    for row in rows:
        if row.good:
            continue
        console.print(f"\n{row.entry.name}", style="bold")
        for line in (row.best.errors + row.type_errors + row.best.lost)[:12]:
            console.print(f"  {line[:300]}", soft_wrap=True, markup=False, highlight=False)


if __name__ == "__main__":
    sys.exit(main())
