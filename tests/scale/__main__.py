"""Hold many payments at once, take many in a row, share one API object: `nox -s scale`.

The simulator runs in a process of its own, so that what is measured is a till's program alone.
"""

import argparse
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from rich.console import Console
from tests.scale import at_once, in_a_row, shared
from tests.scale.figures import Part, Progress
from tests.scale.page import PAGE, as_table, write_page


def measure(payments: int, operations: int) -> list[Part]:
    """Run each measurement in a new process, so that none uses the memory that another freed."""
    progress = Progress()

    def run(work: Callable[..., Part], **arguments: object) -> Part:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(work, progress=progress, **arguments).result()

    at_once_part = at_once.describe(payments)
    for tls in (True, False):
        found = run(at_once.measure, tls=tls, payments=payments)
        at_once_part.rows += found.rows
        at_once_part.problems += found.problems
    return [
        at_once_part,
        run(shared.measure),
        run(in_a_row.measure, operations=operations),
    ]


def main() -> int:
    """Measure, print, and return 1 when something does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.scale", description=__doc__)
    parser.add_argument("--payments", type=int, default=500, help="held open at once (500)")
    parser.add_argument("--operations", type=int, default=10_000, help="in a row (10,000)")
    parser.add_argument("--write", action="store_true", help=f"write docs/{PAGE.name}")
    arguments = parser.parse_args()
    console = Console(highlight=False)
    parts = measure(arguments.payments, arguments.operations)
    for part in parts:
        console.print()
        console.print(as_table(part))
        for problem in part.problems:
            console.print(f"  {problem}", style="bold red", markup=False)
    wrong = sum(len(part.problems) for part in parts)
    console.print(f"\n{'All holds.' if not wrong else f'{wrong} problems.'}", style="bold")
    if arguments.write and not wrong:
        write_page(parts)
        console.print(f"Written: docs/{PAGE.name}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
