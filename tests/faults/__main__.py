"""Break the link at every position of every operation: `nox -s faults`.

`nox -s faults -- --operations startPayment,abortPayment --positions 50` for less, and with
`--driver asyncio` in an event loop. Each violation is printed with the command that plays it alone.
`--write` renews docs/faults.md.
"""

import argparse
import threading
import time
from collections.abc import Sequence

from rich.console import Console
from rich.progress import Progress
from tests.faults.campaign import Result, run_all
from tests.faults.cases import Case, make_cases
from tests.faults.nap import Nap, take_a_nap
from tests.faults.operations import OPERATIONS
from tests.faults.report import PAGE, make_table, write_page
from tests.faults.running import learn

from bridged_api import use_event_loop
from fault_relay import Fault


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and say by the exit code whether all went as it must."""
    options = _parse(arguments)
    console = Console()
    begin = time.monotonic()
    in_event_loop = options.driver == "asyncio"
    if in_event_loop:
        use_event_loop()
    shapes = {name: learn(name) for name in options.operations}
    cases = [
        case
        for name, shape in shapes.items()
        for case in make_cases(name, shape, positions=options.positions, seed=options.seed)
    ]
    if options.fault is not None:
        cases = [Case(name, options.fault) for name in shapes]
    naps: list[Nap] = []
    sleeper = threading.Thread(target=lambda: naps.append(take_a_nap(options.nap)), daemon=True)
    if options.nap and options.fault is None:
        sleeper.start()
    results: list[Result] = []
    with Progress(console=console) as progress:
        task = progress.add_task("breaking links", total=len(cases))
        for portion in run_all(cases, shapes, in_event_loop=in_event_loop):
            results += portion
            progress.update(task, advance=len(portion))
    if sleeper.ident is not None:
        console.print(f"  … a consumer sleeps for {options.nap:g} s", style="dim")
        sleeper.join()
    console.print(make_table(results))
    failed = _print_violations(console, results, naps, slept=sleeper.ident is not None)
    _print_times(console, results, naps, time.monotonic() - begin)
    if options.write:
        write_page(cases, shapes, results, naps[0] if naps else None)
        console.print(f"wrote {PAGE.name}")
    return 1 if failed else 0


def _print_violations(
    console: Console, results: Sequence[Result], naps: Sequence[Nap], *, slept: bool
) -> bool:
    found = [f"the nap: {text}" for nap in naps for text in nap.violations]
    if slept and not naps:
        found.append("the nap ended with an error")
    found += [
        f"{text}\n    {result.case.command}" for result in results for text in result.violations
    ]
    for text in found:
        console.print(text, style="red", markup=False, highlight=False, soft_wrap=True)
    return bool(found)


def _print_times(
    console: Console, results: Sequence[Result], naps: Sequence[Nap], seconds: float
) -> None:
    silences = [result.silence for result in results if result.silence is not None]
    if silences:
        console.print(
            f"{len(silences)} silent links given up after {min(silences):g} to {max(silences):g} s"
        )
    for nap in naps:
        console.print(
            f"slept {nap.seconds:g} s: {nap.messages} of {nap.expected} messages, heart-beats "
            f"{nap.beats_sent} sent and {nap.beats_received} received"
        )
    console.print(f"{len(results)} runs in {seconds:.0f} s")


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--positions", type=int, default=200, help="random octets per direction")
    parser.add_argument("--seed", type=int, default=1, help="of those positions")
    parser.add_argument("--operations", type=_names, default=list(OPERATIONS), metavar="A,B")
    parser.add_argument("--driver", choices=["threads", "asyncio"], default="threads")
    parser.add_argument("--fault", type=Fault.parse, help="play this fault only")
    parser.add_argument(
        "--nap", type=float, default=60.0, help="seconds a consumer sleeps; 0: none"
    )
    parser.add_argument("--write", action="store_true", help="write docs/faults.md")
    return parser.parse_args(arguments)


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in OPERATIONS]:
        raise argparse.ArgumentTypeError(
            f"no such operation: {', '.join(unknown)}; there are {', '.join(OPERATIONS)}"
        )
    return names


if __name__ == "__main__":
    raise SystemExit(main())
