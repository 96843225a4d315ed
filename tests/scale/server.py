"""A simulator for the measurements, in a process of its own; commands come on standard input.

`release` lets all payments go on that wait for their card; `charges` prints the ledger, `held` what
the process holds, each as one line of JSON; the end of the input ends it.
"""

import argparse
import json
import sys
import warnings

import attrs
from tests.scale.figures import holding

from ips_simulator import Behaviour, Hold, Scenario, Simulator, Step
from ips_simulator.open_files import allow_open_files
from ips_simulator.scenario import TELL_ALL, Decide, Notify, TakeCard, Wait

if sys.platform != "win32":
    import resource

PAUSES_SECONDS = (2.0, 1.0)
"""Of `--paused`: behind the card, and before the decision."""
SHORT_PAUSES_SECONDS = (0.2, 0.1)
"""Of `--slow`."""


def paused(seconds: tuple[float, float]) -> Scenario:
    """A sale that takes its time, on the machine's own clock."""
    return Scenario(
        name="paused",
        title="A sale with pauses",
        payment=(
            Notify("PLEASE INSERT CARD"),
            TakeCard(text=""),
            Notify("ENTER PIN"),
            Wait(seconds[0]),
            Notify("Authorising..."),
            Wait(seconds[1]),
            Decide(),
            *TELL_ALL,
        ),
    )


def main() -> None:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--hold", action="store_true", help="every payment waits for its card")
    parser.add_argument("--paused", type=int, default=0, help="so many payments with pauses, held")
    parser.add_argument("--slow", action="store_true", help="every payment takes a moment")
    parser.add_argument("--open-files", type=int, help="be given so few files, as `ulimit -Sn`")
    arguments = parser.parse_args()
    if arguments.open_files is not None and sys.platform != "win32":
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (arguments.open_files, hard))
    allow_open_files()
    hold = Hold(Step.CARD)
    behaviour = Behaviour(hold=hold) if arguments.hold else None
    scenario = paused(SHORT_PAUSES_SECONDS) if arguments.slow else None
    with Simulator(tls=arguments.tls, behaviour=behaviour, scenario=scenario) as simulator:
        for _ in range(arguments.paused):
            simulator.next_payment(paused(PAUSES_SECONDS), hold=hold)
        _serve(simulator, hold)


def _serve(simulator: Simulator, hold: Hold) -> None:
    facts = {
        "port": simulator.address[1],
        "licenseKey": simulator.license_key,
        "caFile": None if simulator.ca_file is None else str(simulator.ca_file),
    }
    print(json.dumps(facts), flush=True)
    for line in sys.stdin:
        match line.strip():
            case "release":
                hold.release()
            case "charges":
                charges = [attrs.asdict(charge) for charge in simulator.ledger.charges]
                print(json.dumps(charges), flush=True)
            case "held":
                print(json.dumps(attrs.asdict(holding())), flush=True)


if __name__ == "__main__":
    warnings.simplefilter("error")
    main()
