"""`ips-simulator scenarios` and `check`: what can be played, and whether a file of yours can."""

import json
from pathlib import Path
from typing import Annotated, Any, Final

import cyclopts
from cyclopts import Parameter

from .cli_errors import CommandError
from .cli_options import find_scenario, open_library, problems_of, tell_problems
from .cli_view import describe_fault, print_scenario, print_scenarios
from .scenario import Scenario
from .scenario_file import load_scenario

_Json = Annotated[bool, Parameter(name="--json", negative="", show_default=False)]
_Folders = Annotated[
    tuple[Path, ...], Parameter(name="--scenarios", negative="", show_default=False)
]

scenarios: Final = cyclopts.App(name="scenarios", help="Tell what can be played.")


@scenarios.default
def list_scenarios(
    *,
    folders: _Folders = (),
    all_results: Annotated[bool, Parameter(name="--all", negative="", show_default=False)] = False,
    as_json: _Json = False,
) -> int:
    """List the scenarios.

    Args:
        folders: A folder of scenario files of your own; may be repeated.
        all_results: List those of the family `result-…` one by one, too.
        as_json: Print one JSON array, with everything.
    """
    found = open_library(folders).all()
    if as_json:
        print(json.dumps([as_data(one) for one in found]))
    else:
        print_scenarios(found, all_results=all_results)
    return 0


@scenarios.command
def show(name: str, /, *, folders: _Folders = (), as_json: _Json = False) -> int:
    """Show one scenario, step by step.

    Args:
        name: Its name.
        folders: A folder of scenario files of your own; may be repeated.
        as_json: Print one JSON object.
    """
    scenario = find_scenario(open_library(folders), name)
    if as_json:
        print(json.dumps(as_data(scenario)))
    else:
        print_scenario(scenario)
    return 0


def check(*files: Path) -> int:
    """Check scenario files, and tell everything that is wrong with them.

    Args:
        files: The files. The exit code is 0 when all of them can be played.
    """
    if not files:
        raise CommandError("name the files to be checked: ips-simulator check FILE...")
    problems: list[str] = []
    for path in files:
        if found := problems_of(path):
            problems += found
        else:
            print(f"{path}: {load_scenario(path).title}")
    if problems:
        raise CommandError(tell_problems(problems))
    return 0


def as_data(scenario: Scenario) -> dict[str, Any]:
    """A scenario for machines."""
    return {
        "name": scenario.name,
        "title": scenario.title,
        "about": scenario.about,
        "invented": scenario.invented,
        "magicAmount": scenario.magic_amount,
        "rules": dict(scenario.rules),
        "faults": [describe_fault(fault) for fault in scenario.faults],
        "payment": None if scenario.payment is None else [str(one) for one in scenario.payment],
        "operations": {
            name: [str(step) for step in steps] for name, steps in scenario.operations.items()
        },
    }
