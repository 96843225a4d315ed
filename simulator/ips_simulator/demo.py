"""The demonstration: a till registers and runs all 14 operations against a simulator."""

from rich.console import Console

from stompws.errors import LinkError
from worldpay_ips.operations import API

from .demo_steps import TOUR
from .demo_till import DemoError, Till
from .demo_view import View
from .simulator import Simulator


def run_demo(console: Console) -> int:
    """Run everything; return 0 when all operations went well, else 1."""
    view = View(console)
    outcomes: dict[str, bool] = {}
    with Simulator(tls=True) as simulator:
        view.title(simulator.server().url)
        till = Till(simulator, view)
        for number, (operation, (title, play)) in enumerate(TOUR.items(), 1):
            view.section(number, len(TOUR), operation, title)
            try:
                text, outcomes[operation] = play(till), True
            except (LinkError, DemoError) as exc:  # their texts never hold a secret
                text, outcomes[operation] = f"{type(exc).__name__}: {exc}", False
            view.outcome(text, ok=outcomes[operation])
        ledger = simulator.ledger
        view.summary((API.by_name[name], ok) for name, ok in outcomes.items())
        view.ledger(ledger.charges, ledger.totals())
    good = sum(outcomes.values())
    view.verdict(good, len(outcomes))
    return 0 if good == len(outcomes) else 1
