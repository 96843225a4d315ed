"""Many payments at once, in a row, of many tills, of tills that vanish: `nox -s scale`.

The simulator runs in a process of its own, so that what is measured is a till's program alone, or
the simulator alone.
"""

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from rich.console import Console
from tests.scale import (
    at_once,
    event_loop,
    in_a_row,
    shared,
    thousand,
    tills_in_a_loop,
    vanishing,
)
from tests.scale.figures import Part, Progress
from tests.scale.page import PAGE, as_table, write_page

PARTS = ("at-once", "event-loop", "tills-in-a-loop", "tills", "vanishing", "shared", "in-a-row")


def measure(names: Sequence[str], arguments: argparse.Namespace) -> list[Part]:
    """Run each part in a new process, so that none uses the memory that another freed."""
    progress = Progress()

    def run(work: Callable[..., Part], **options: object) -> Part:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(work, progress=progress, **options).result()

    def both_links(whole: Part, work: Callable[..., Part], **options: object) -> Part:
        for tls in (True, False):
            found = run(work, tls=tls, **options)
            whole.rows += found.rows
            whole.problems += found.problems
        return whole

    payments, loop, tills = arguments.payments, arguments.loop, arguments.tills
    parts: dict[str, Callable[[], Part]] = {
        "at-once": lambda: both_links(
            at_once.describe(payments), at_once.measure, payments=payments
        ),
        "event-loop": lambda: both_links(
            event_loop.describe(loop), event_loop.measure, payments=loop
        ),
        "tills-in-a-loop": lambda: both_links(
            tills_in_a_loop.describe(loop), tills_in_a_loop.measure, payments=loop
        ),
        "tills": lambda: both_links(thousand.describe(tills), thousand.measure, tills=tills),
        "vanishing": lambda: run(vanishing.measure),
        "shared": lambda: run(shared.measure),
        "in-a-row": lambda: run(in_a_row.measure, operations=arguments.operations),
    }
    return [parts[name]() for name in names]


def main() -> int:
    """Measure, print, and return 1 when something does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.scale", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)} (all)")
    parser.add_argument("--payments", type=int, default=500, help="held open at once (500)")
    parser.add_argument("--loop", type=int, default=1000, help="in one event loop (1,000)")
    parser.add_argument("--operations", type=int, default=10_000, help="in a row (10,000)")
    parser.add_argument("--tills", type=int, default=1000, help="at one simulator (1,000)")
    parser.add_argument("--write", action="store_true", help=f"write docs/{PAGE.name}")
    arguments = parser.parse_args()
    if unknown := [name for name in arguments.parts if name not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}")
    if arguments.write and arguments.parts:
        parser.error("--write needs all parts")
    console = Console(highlight=False)
    parts = measure(arguments.parts or PARTS, arguments)
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
