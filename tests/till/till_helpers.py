"""A shop: a simulator, a journal in a file, and a till with short deadlines."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from ips_simulator import Charge, Scenario, Simulator
from ips_simulator.feed import FrameSeen
from ips_simulator.scenario_steps import TakeCard
from ips_till import Approved, Declined, NotTaken, Outcome, Payment, Till, TillSettings, Unknown
from ips_till.journals import SqliteJournal
from stompws.client import ClientOptions

FAST = TillSettings(
    connect=3,
    first_event=3,
    between_events=3,
    total=20,
    grace_after_result=0.3,
    close=0.5,
    request=3,
    recovery_total=5,
    recovery_pause=0.05,
)
PROMPT = ClientOptions(heart_beat_ms=(300, 300))


class Shop:
    """What the tests act on."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.simulator, self.folder = simulator, folder
        self.path = folder / "till.sqlite3"
        self.journals: list[SqliteJournal] = []
        self.strays: list[Any] = []

    def journal(self) -> SqliteJournal:
        """The shop's one journal, opened once more."""
        journal = SqliteJournal(self.path)
        self.journals.append(journal)
        return journal

    def till(self, *, paypoint_id: str = "INST001", **more: Any) -> Till:
        """A till of the shop. What is not said is decided: actions are declined."""
        given: dict[str, Any] = {
            "license_key": self.simulator.license_key,
            "journal": self.journal(),
            "settings": FAST,
            "options": PROMPT,
            "on_action": "decline",
            "on_stray": self.strays.append,
        }
        return Till(self.simulator.server(paypoint_id), **{**given, **more})

    def play(self, *steps: Any, **more: Any) -> None:
        """Play the next payment by these steps, also such as no scenario file may hold."""
        self.simulator.next_payment(
            Scenario(name="own", title="Own", payment=(TakeCard(), *steps), **more)
        )

    def charges(self, reference: str) -> tuple[Charge, ...]:
        """What the ledger has of a reference."""
        charges = self.simulator.ledger.charges
        return tuple(c for c in charges if c.merchant_transaction_reference == reference)

    def close(self) -> None:
        """Close the journals."""
        for journal in self.journals:
            journal.close()


def sell(till: Till, amount: int = 1099, **more: Any) -> Payment:
    """Take a sale to its end."""
    with till.sale(amount, **more) as payment:
        payment.finish()
    return payment


def agrees(outcome: Outcome, charges: tuple[Charge, ...]) -> bool:
    """Whether an outcome tells the truth; `Unknown` tells nothing false."""
    match outcome:
        case Approved(amount=amount):
            return [charge.amount for charge in charges] == [amount]
        case Declined() | NotTaken():
            return not charges
        case Unknown():
            return True


def sends(shop: Shop, destination: str) -> list[FrameSeen]:
    """Collect the SEND frames to a destination from now on."""
    seen: list[FrameSeen] = []

    def look(event: object) -> None:
        if isinstance(event, FrameSeen) and event.command == "SEND":
            headers = dict(event.headers)
            if headers.get("destination") == destination:
                seen.append(event)

    shop.simulator.feed.subscribe(look)
    return seen


def quick(**more: Any) -> TillSettings:
    """The short settings, changed."""
    return attrs.evolve(FAST, **more)


Ask = Callable[[Any], Any]
