"""A payment server that speaks Worldpay's IPS Payment API, for tests and for trying things out.

    from ips_simulator import Behaviour, Simulator

    with Simulator() as simulator:
        simulator.next_payment(Behaviour(actions=["signature-verification"]))

It is a real server on a real socket. `Simulator.ledger` tells what was charged.
"""

from .behaviour import Ask, Behaviour, Hold, Step
from .invented import Inventions
from .ledger import Charge, ChargeKind, Ledger, Totals
from .licences import PointOfSale
from .refusals import Refusal
from .simulator import Simulator

__all__ = [
    "Ask",
    "Behaviour",
    "Charge",
    "ChargeKind",
    "Hold",
    "Inventions",
    "Ledger",
    "PointOfSale",
    "Refusal",
    "Simulator",
    "Step",
    "Totals",
]
