"""What the command prints for people: tables that fit 80 columns, values that can be copied."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .faults import Fault
from .scenario import Scenario

_TITLES: Final = {
    "url": "URL",
    "paypointId": "Paypoint",
    "pointOfSaleId": "Point of sale, id",
    "pointOfSaleReference": "Point of sale, reference",
    "pointOfSaleActivationCode": "Activation code, works once",
    "caFile": "Certificate authority, file",
    "pageUrl": "Page with the PIN pad",
}
_FAMILY: Final = "result-"


def print_facts(facts: Mapping[str, Any], *, manual: bool) -> None:
    """Lines that are never wrapped: their values are there to be copied."""
    console = Console(highlight=False, soft_wrap=True)
    console.print("[bold]ips-simulator[/] is running; any paypoint will do. Ctrl-C stops it.\n")
    width = max(map(len, _TITLES.values()))
    for name, title in _TITLES.items():
        if facts[name] is not None:
            console.print(Text.assemble((title.ljust(width), "dim"), "  ", str(facts[name])))
    console.print()
    if manual:
        console.print("The PIN pad is yours: open the page, and take a payment from another")
        console.print(
            "terminal with [bold]ips-simulator pay 10.99[/] (--pad automatic: no clicks)."
        )
    else:
        console.print("Take a payment from another terminal: [bold]ips-simulator pay 10.99[/]")
    sys.stdout.flush()


def print_stopped(charges: int) -> None:
    """The last line."""
    print(f"\nStopped. {charges} charge{'' if charges == 1 else 's'} made.", flush=True)


def print_warning(text: str) -> None:
    """Something that harms nobody."""
    print(f"ips-simulator: {text}", file=sys.stderr)


def print_scenarios(scenarios: Iterable[Scenario], *, all_results: bool) -> None:
    """A table of scenarios, the family of results as one line."""
    shown = tuple(scenarios)
    family = [one for one in shown if one.name.startswith(_FAMILY)]
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("Name", no_wrap=True, header_style="dim")
    table.add_column("What happens", header_style="dim")
    table.add_column("Amount", no_wrap=True, justify="right", header_style="dim")
    for one in shown:
        if all_results or one not in family:
            table.add_row(one.name, Text(one.title), magic(one))
    if family and not all_results:
        first, last = family[0].magic_amount or 0, family[-1].magic_amount or 0
        amounts = f"{first / 100:.2f} to {last / 100:.2f}"
        table.add_row("result-…", Text(f"A sale with any other result; {amounts}"), "--all")
    console = Console(highlight=False)
    console.print(table)


def magic(scenario: Scenario) -> str:
    """The magic amount as people write it."""
    amount = scenario.magic_amount
    return "" if amount is None else f"{amount // 100}.{amount % 100:02}"


def print_scenario(scenario: Scenario) -> None:
    """Everything about one scenario."""
    console = Console(highlight=False)
    console.print(Text(scenario.name, "bold"))
    console.print(Text(scenario.title))
    if scenario.about:
        console.print(Text(scenario.about))
    known = "invented, at least in part: nobody knows" if scenario.invented else "documented"
    facts = [("It is", known), ("Magic amount", magic(scenario) or "none")]
    facts += [("Rule", f"{name} = {value}") for name, value in scenario.rules.items()]
    facts += [("Fault", describe_fault(fault)) for fault in scenario.faults]
    console.print()
    grid = Table.grid(padding=(0, 2))
    for name, text in facts:
        grid.add_row(Text(name, "dim"), Text(text))
    console.print(grid)
    _print_steps(console, "A payment", scenario.payment or ("as an approval",))
    for operation, steps in scenario.operations.items():
        _print_steps(console, operation, steps or ("no answer",))


def describe_fault(fault: Fault) -> str:
    """A fault and its place."""
    return str(fault) if fault.at is None else f"{fault}, before {fault.at.value}"


def _print_steps(console: Console, title: str, steps: Iterable[object]) -> None:
    console.print()
    console.print(Text(title, "dim"))
    for number, step in enumerate(steps, 1):
        console.print(Text(f"{number:>3}  {step}"))
