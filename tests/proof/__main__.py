"""Kill every till and cut every link everywhere: `nox -s no-double-charge`.

Nothing may be charged twice, and no result lost. `-- --short` for a sample; each bad cell is
printed with the command that plays it alone. `--write` renews docs/no-double-charge.md.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from tests.proof.campaign import Plan, Portion, Result, bad_ones, learn, run_all
from tests.proof.cases import Case
from tests.proof.hazards import Hazard, run_hazards
from tests.proof.keeping import load, save
from tests.proof.operations import OPERATIONS
from tests.proof.points import Strike, parse
from tests.proof.report import PAGE, make_hazard_table, make_table, write_page
from tests.proof.world import World

_MOST_SHOWN = 40


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and say by the exit code whether all went as it must."""
    options = _parse(arguments)
    console = Console()
    if options.strike is not None or options.alone:
        return _play_alone(console, options)
    plan = Plan(
        operations=tuple(options.operation or OPERATIONS),
        scenarios=tuple(options.scenario) if options.scenario else None,
        octets=options.octets,
        size=options.size,
        seed=options.seed,
        processes=options.processes,
        careless=options.careless,
    )
    begin = time.monotonic()
    results: list[Result] = []
    hazards: list[Hazard] = []
    if not options.no_hazards:
        hazards = run_hazards(console, short=options.size == "short", processes=options.processes)
    portions = plan.portions()
    with Progress(console=console) as progress:
        task = progress.add_task("killing tills", total=len(portions))
        done = dict(load(options.keep))
        results += [result for portion in portions for result in done.get(portion, ())]
        left = [portion for portion in portions if portion not in done]
        progress.update(task, advance=len(portions) - len(left))
        for portion, own in run_all(left, plan):
            results += own
            save(options.keep, portion, own)
            _tell_bad(progress.console, portion, own)
            progress.update(task, advance=1, description=f"killing tills ({len(results)})")
    seconds = time.monotonic() - begin
    console.print(make_table(results))
    if hazards:
        console.print(make_hazard_table(hazards))
    bad = bad_ones(results)
    for result in bad[:_MOST_SHOWN]:
        _print_bad(console, result)
    for hazard in hazards:
        for text in hazard.bad:
            console.print(f"{hazard.name}: {text}", style="red", markup=False, soft_wrap=True)
    console.print(f"{len(results)} cells in {seconds:.0f} s, {len(bad)} bad")
    if options.write:
        write_page(results, hazards, size=options.size)
        console.print(f"wrote {PAGE.name}")
    return 1 if bad or any(hazard.bad for hazard in hazards) else 0


def _play_alone(console: Console, options: argparse.Namespace) -> int:
    """Play one cell, and print everything that its tills told."""
    from tests.proof.judging import judge
    from tests.proof.playing import play

    case = Case(operation=options.operation[0], scenario=options.scenario[0], strike=options.strike)
    with World(careless=options.careless) as world:
        shape, _ = learn(world, Case(operation=case.operation, scenario=case.scenario, strike=None))
        run = play(world, case, shape)
        verdict = judge(run)
    for number, child in enumerate(run.children, 1):
        console.print(f"till {number}{' (killed)' if child.killed else ''}")
        for item in child.told:
            console.print(f"  {item}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"ledger: {[f'{c.kind} {c.amount}' for c in run.charges_at_end]}", markup=False)
    console.print(f"ended as {verdict.ending}{', missed' if verdict.missed else ''}")
    for text in verdict.bad:
        console.print(text, style="red", markup=False, soft_wrap=True)
    return 1 if verdict.bad else 0


def _tell_bad(console: Console, portion: Portion, results: Sequence[Result]) -> None:
    if bad := bad_ones(results):
        console.print(f"{portion.operation}, {portion.scenario}: {len(bad)} bad", style="red")


def _print_bad(console: Console, result: Result) -> None:
    for text in result.verdict.bad:
        console.print(text, style="red", markup=False, highlight=False, soft_wrap=True)
    console.print(f"    {result.case.command}", markup=False, highlight=False, soft_wrap=True)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument(
        "--short", dest="size", action="store_const", const="short", help="a sample, for CI"
    )
    sizes.add_argument(
        "--all", dest="size", action="store_const", const="all", help="leave no boundary out: hours"
    )
    parser.add_argument("--operation", action="append", choices=list(OPERATIONS), metavar="NAME")
    parser.add_argument("--scenario", action="append", metavar="NAME")
    parser.add_argument("--strike", type=_strike, help="play this strike only")
    parser.add_argument("--alone", action="store_true", help="play once, without a strike")
    parser.add_argument("--octets", type=int, default=None, help="places by chance; 2000")
    parser.add_argument("--seed", type=int, default=1, help="of those places and of samples")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--careless", action="store_true", help="play it with a till as it must not be"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="keep results there, and go on from there"
    )
    parser.add_argument("--no-hazards", action="store_true", help="leave the journals in peace")
    parser.add_argument("--write", action="store_true", help=f"write docs/{PAGE.name}")
    parser.set_defaults(size="usual")
    options = parser.parse_args(arguments)
    if options.octets is None:
        options.octets = 60 if options.size == "short" else 2000
    return options


def _strike(text: str) -> Strike:
    try:
        return parse(text)
    except ValueError as exc:
        raise argparse.ArgumentTypeError(str(exc)) from None


if __name__ == "__main__":
    raise SystemExit(main())
