"""A till that takes one sale over a link on which something goes wrong, and what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs

from ips_simulator import Fault, Simulator, VirtualClock
from ips_simulator.feed import FaultDone, FeedEvent, FrameSeen
from sim_helpers import PROMPT
from stompws.errors import OutcomeUnknownError
from worldpay_ips import (
    CardPresent,
    Instruction,
    PaymentApi,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentType,
    RequestValue,
    Result,
)

BEAT_MS = 300
SALE = PaymentRequest(
    payment_type=PaymentType.SALE,
    merchant_transaction_reference="M1",
    instruction=Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent()),
)


@attrs.define
class Sale:
    """What a till has seen of one sale."""

    names: list[str] = attrs.field(factory=list)
    """The classes of the messages, in the order in which they came."""
    result: Result | None = None
    unknown: OutcomeUnknownError | None = None
    """Set when the link failed before the end."""
    problems: list[str] = attrs.field(factory=list)
    strays: list[str] = attrs.field(factory=list)

    @property
    def known(self) -> bool:
        return self.result is not None


class Shop:
    """A simulator on which faults strike, and its till. Pauses are skipped."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.events: list[FeedEvent] = []
        simulator.feed.subscribe(self.events.append)
        self.api = self.till()

    def till(self) -> PaymentApi:
        """A till that finds a silent server out soon."""
        options = attrs.evolve(PROMPT, heart_beat_ms=(BEAT_MS, BEAT_MS))
        key = self.simulator.license_key
        return PaymentApi(self.simulator.server(), license_key=key, options=options)

    def inject(self, kind: str, **more: Any) -> None:
        """Make something go wrong on the till's paypoint."""
        self.simulator.inject("INST001", Fault(kind=kind, **more))

    def sell(self) -> Sale:
        """Take a sale."""
        sale = Sale()
        with self.api.start_payment(SALE) as payment:
            try:
                for event in payment:
                    sale.names.append(type(event.payload).__name__)
                    sale.problems += [problem.rule for problem in event.problems]
                    if isinstance(event.payload, PaymentResult):
                        sale.result = event.payload.payments[0].result
            except OutcomeUnknownError as exc:
                sale.unknown = exc
        sale.strays = [stray.reason for stray in payment.strays]
        return sale

    def ask(self) -> Result | None:
        """Ask for the result, as a till must that has not seen it."""
        for _ in range(5000):  # each question is a round trip
            if self.api.service_status().status != "busy":
                break
        else:
            raise AssertionError("the payment does not end")
        query = PaymentResultQuery(merchant_transaction_reference="M1")
        return self.api.query_payment_result(query).payments[0].result

    @property
    def charged(self) -> list[int]:
        return [charge.amount for charge in self.simulator.ledger.charges]

    @property
    def done(self) -> list[str]:
        """The faults that struck."""
        return [event.kind for event in self.events if isinstance(event, FaultDone)]

    @property
    def spoilt(self) -> list[tuple[str, str]]:
        """Frames that a fault has changed, with it."""
        seen = (event for event in self.events if isinstance(event, FrameSeen))
        return [(one.command, one.fault) for one in seen if one.fault is not None]


@contextmanager
def open_shop(**more: Any) -> Iterator[Shop]:
    """A shop for one test."""
    more.setdefault("heart_beat_ms", (BEAT_MS, BEAT_MS))
    with Simulator(clock=VirtualClock(auto=True), **more) as simulator:
        yield Shop(simulator)
