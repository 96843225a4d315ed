"""A payment server that speaks Worldpay's IPS Payment API, for tests and for trying things out.

    from ips_simulator import Behaviour, Simulator

    with Simulator() as simulator:
        simulator.next_payment(Behaviour(actions=["signature-verification"]))

It is a real server on a real socket. `Simulator.ledger` tells what was charged.
"""

from typing import TYPE_CHECKING

from stompws.lazy import load_on_demand

if TYPE_CHECKING:
    from .behaviour import Ask, Behaviour, Hold, Step
    from .clock import Clock, RealClock, VirtualClock
    from .expecting import expect
    from .faults import Fault, FaultKind
    from .feed import Feed, FeedEvent
    from .invented import Inventions, SecondPayment, WrongReference
    from .ledger import Charge, ChargeKind, Ledger, Totals
    from .licences import PointOfSale
    from .pin_pad import CardWay, PadMode, PinPad, PinPadError
    from .profiles import PROFILES, Profile
    from .recorder import Recorder
    from .recording import Recording, RecordingError, read_recording
    from .refusals import Refusal
    from .replay import Replay
    from .scenario import Scenario
    from .scenario_file import load_scenario
    from .scenario_library import Library
    from .scenario_problems import ScenarioError, UnknownScenarioError
    from .simulator import Simulator

# Loaded when they are first used: who has the pytest plugin installed pays nothing for it.
if not TYPE_CHECKING:
    __getattr__, __dir__ = load_on_demand(
        __name__,
        {
            ".behaviour": ["Ask", "Behaviour", "Hold", "Step"],
            ".clock": ["Clock", "RealClock", "VirtualClock"],
            ".expecting": ["expect"],
            ".faults": ["Fault", "FaultKind"],
            ".feed": ["Feed", "FeedEvent"],
            ".invented": ["Inventions", "SecondPayment", "WrongReference"],
            ".ledger": ["Charge", "ChargeKind", "Ledger", "Totals"],
            ".licences": ["PointOfSale"],
            ".pin_pad": ["CardWay", "PadMode", "PinPad", "PinPadError"],
            ".profiles": ["PROFILES", "Profile"],
            ".recorder": ["Recorder"],
            ".recording": ["Recording", "RecordingError", "read_recording"],
            ".refusals": ["Refusal"],
            ".replay": ["Replay"],
            ".scenario": ["Scenario"],
            ".scenario_file": ["load_scenario"],
            ".scenario_library": ["Library"],
            ".scenario_problems": ["ScenarioError", "UnknownScenarioError"],
            ".simulator": ["Simulator"],
        },
    )

__all__ = [
    "PROFILES",
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
    "Profile",
    "RealClock",
    "Recorder",
    "Recording",
    "RecordingError",
    "Refusal",
    "Replay",
    "Scenario",
    "ScenarioError",
    "SecondPayment",
    "Simulator",
    "Step",
    "Totals",
    "UnknownScenarioError",
    "VirtualClock",
    "WrongReference",
    "expect",
    "load_scenario",
    "read_recording",
]
