"""A simulator for the measurements, in a process of its own; commands come on standard input.

`release` lets all payments go on that wait for their card, `charges` prints the ledger as one line
of JSON; the end of the input ends it.
"""

import json
import sys
import warnings

import attrs

from ips_simulator import Behaviour, Hold, Simulator, Step


def main(arguments: list[str]) -> None:
    """Serve until the input ends. `--tls`: with TLS; `--hold`: every payment waits for its card."""
    hold = Hold(Step.CARD)
    behaviour = Behaviour(hold=hold) if "--hold" in arguments else None
    with Simulator(tls="--tls" in arguments, behaviour=behaviour) as simulator:
        facts = {
            "port": simulator.address[1],
            "licenseKey": simulator.license_key,
            "caFile": None if simulator.ca_file is None else str(simulator.ca_file),
        }
        print(json.dumps(facts), flush=True)
        for line in sys.stdin:
            if line == "release\n":
                hold.release()
            elif line == "charges\n":
                charges = [attrs.asdict(charge) for charge in simulator.ledger.charges]
                print(json.dumps(charges), flush=True)


if __name__ == "__main__":
    warnings.simplefilter("error")
    main(sys.argv[1:])
