"""A payment server that speaks Worldpay's IPS Payment API, for tests and for trying things out.

    from ips_simulator import Behaviour, Simulator

    with Simulator() as simulator:
        simulator.next_payment(Behaviour(actions=["signature-verification"]))

It is a real server on a real socket. `Simulator.ledger` tells what was charged.
"""

from .behaviour import Ask, Behaviour, Hold, Step
from .clock import Clock, RealClock, VirtualClock
from .faults import Fault, FaultKind
from .feed import Feed, FeedEvent
from .invented import Inventions, SecondPayment, WrongReference
from .ledger import Charge, ChargeKind, Ledger, Totals
from .licences import PointOfSale
from .pin_pad import CardWay, PadMode, PinPad, PinPadError
from .refusals import Refusal
from .scenario import Scenario
from .scenario_file import load_scenario
from .scenario_library import Library
from .scenario_problems import ScenarioError, UnknownScenarioError
from .simulator import Simulator

__all__ = [
    "Ask",
    "Behaviour",
    "CardWay",
    "Charge",
    "ChargeKind",
    "Clock",
    "Fault",
    "FaultKind",
    "Feed",
    "FeedEvent",
    "Hold",
    "Inventions",
    "Ledger",
    "Library",
    "PadMode",
    "PinPad",
    "PinPadError",
    "PointOfSale",
    "RealClock",
    "Refusal",
    "Scenario",
    "ScenarioError",
    "SecondPayment",
    "Simulator",
    "Step",
    "Totals",
    "UnknownScenarioError",
    "VirtualClock",
    "WrongReference",
    "load_scenario",
]
