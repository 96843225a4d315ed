"""`docs/scenarios.md`, made from the scenarios: `python -m ips_simulator.scenario_docs`."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import attrs

from .invented import Inventions
from .scenario import Expected, Scenario
from .scenario_library import Library

_HEAD: Final = """# Scenarios

Made by `python -m ips_simulator.scenario_docs`; do not edit.

A scenario says what the payment server does, step by step. Play one by its name,

    simulator.next_payment("declined-online")          # the next payment
    simulator.choose("INST001", "declined-online")     # every payment of a paypoint
    Simulator(scenario="declined-online")              # every payment

or, where magic amounts are on (`Simulator(magic_amounts=True)`), by its amount. Amounts of 9000.01
to 9099.99 that stand in no table here are refused. What was queued comes first, then what was
chosen for the paypoint, then the amount, then the default.

*Invented* scenarios rest on something that no public source tells; the text says what.
"""

_STEPS: Final = (
    (
        "notify: TEXT",
        "A text for the staff.",
    ),
    (
        "wait: SECONDS",
        "Time passes; a `VirtualClock(auto=True)` skips it.",
    ),
    (
        "card: insert",
        (
            "The cardholder is asked for the card (`insert`, `tap`, `swipe`, `key`); until "
            "it is there the payment can be aborted. `{by, text, after}`"
        ),
    ),
    (
        "pin: correct",
        "The PIN is entered, or a `wrong` one.",
    ),
    (
        "remove_card: ok",
        "The card is taken out; `too-soon` ends the payment.",
    ),
    (
        "abort_window: open",
        "From here on aborts are followed; `closed`: no longer.",
    ),
    (
        "ask: KIND",
        (
            "`voice-authorisation`, `signature-verification` or `avs-confirmation`. `{kind, "
            "yes, no, within, late}`: the results of each answer, and of none."
        ),
    ),
    (
        "decide: RESULT",
        (
            "The payment is decided; a success is in the ledger from here on. `{result, "
            "amount, cashback, gratuity, donation, dcc, balance}`"
        ),
    ),
    (
        "receipt: customer",
        "A receipt. Before `decide` a slip, `{type, sign_here}`.",
    ),
    (
        "result",
        (
            "The result. `{patch, payment_patch, payments}`: JSON merge patches on the "
            "message and on each payment in it, and a list of attempts in which `decided` "
            "is this one."
        ),
    ),
    (
        "complete",
        "The completion.",
    ),
    (
        "error: {code, message}",
        "An error message, which ends the request.",
    ),
    (
        "fault: KIND",
        (
            "Something goes wrong on the line, here or at the next message; `{kind, seconds, "
            "count, headers, frame, destination}`. `docs/faults-in-scenarios.md` tells all about "
            "it, and about the list `faults`."
        ),
    ),
)

_FILES: Final = """## Files of your own

One scenario in a file, which is called as its scenario. `scenario.schema.json`, which is installed
beside the shipped files, lets an editor complete and check it; everything that is wrong is told at
once, with its line. `Simulator(scenario_folders=[...])` makes the files of a folder known by name,
`load_scenario(path)` reads one.

%(steps)s

Steps of the card reader (`card`, `pin`, `remove_card`) are passed over when the request brings its
card. What an answer, a wrong PIN or a card taken out too soon leads to stands above `decide`.

Other operations are answered under `operations`, with `wait`, `reply` (the ordinary answer;
`{patch}` changes it), `error` and `fault`; without `reply` and `error` there is no answer. They
hold from the beginning of the payment to that of the next one, and all the time for a paypoint for
which the scenario was chosen.

`rules` sets switches:

| Switch | Default |
|---|---|
"""


def write_document() -> str:
    """The whole page."""
    every = Library().all()
    files = [one for one in every if not one.name.startswith("result-")]
    family = [one for one in every if one.name.startswith("result-")]
    return "\n".join(
        [
            _HEAD,
            "## Shipped\n",
            "| Name | What happens | Amount | Source |",
            "|---|---|--:|---|",
            *map(_row, sorted(files, key=_amount)),
            "\n## Every value of `result`\n",
            "A sale that ends with the value; when a server ends a payment so is not documented.\n",
            "| Name | Outcome | Charged | Amount |",
            "|---|---|---|--:|",
            *map(_family_row, sorted(family, key=_amount)),
            "",
            _FILES.replace("%(steps)s", "\n".join(_steps())) + "\n".join(_switches()),
            "",
        ]
    )


def _amount(scenario: Scenario) -> int:
    return scenario.magic_amount or 0


def _row(scenario: Scenario) -> str:
    text = f"**{scenario.title}.** {scenario.about}".rstrip()
    ends = "; then ".join(filter(None, map(_end, scenario.expect)))
    source = "invented" if scenario.invented else "documented"
    return f"| `{scenario.name}` | {text} *{ends}* | {_money(scenario)} | {source} |"


def _family_row(scenario: Scenario) -> str:
    (one,) = scenario.expect
    charged = "yes" if one.charges else "no"
    return f"| `{scenario.name}` | {one.outcome} | {charged} | {_money(scenario)} |"


def _money(scenario: Scenario) -> str:
    return "" if scenario.magic_amount is None else f"{scenario.magic_amount / 100:.2f}"


def _end(expected: Expected) -> str:
    if expected.lost:
        end = "outcome unknown"
    elif expected.error is not None:
        end = f"error {expected.error}"
    elif expected.results == ():
        end = "no payment in the list"
    elif expected.results:
        end = " or ".join(expected.results)
    else:
        return expected.operation
    charges = "" if not expected.charges else f" ({', '.join(expected.charges)})"
    return f"{expected.operation}: {end}{charges}"


def _steps() -> Iterator[str]:
    yield "| Step | What it does |"
    yield "|---|---|"
    for step, what in _STEPS:
        yield f"| `{step}` | {what} |"


def _switches() -> Iterator[str]:
    for field in attrs.fields(Inventions):
        default = field.default
        shown = default.value if isinstance(default, StrEnum) else _plain(default)
        yield f"| `{field.name}` | `{shown}` |"


def _plain(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def main() -> None:
    """Print the page."""
    sys.stdout.write(write_document())


if __name__ == "__main__":
    main()
