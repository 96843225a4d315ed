"""Tills without sockets: what is asked goes straight to the handlers of the simulator."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from crowd import payment
from ips_simulator.behaviour import Behaviour
from ips_simulator.choosing import Wish
from ips_simulator.faults import Fault
from ips_simulator.handler import SimulatedIps
from ips_simulator.invented import Inventions
from ips_simulator.licences import PointOfSale
from ips_simulator.world import World
from sim_helpers import card_of
from stompws.descriptors import Operation
from stompws.shapes import Struct
from worldpay_ips import (
    BatchReport,
    BatchReportRequest,
    OfflineReport,
    OfflineReportRequest,
    PaymentCancellation,
    PaymentOutcome,
    PaymentResult,
    PaymentSettlement,
    PaymentType,
    RequestValue,
)
from worldpay_ips.server import (
    CancelPaymentReplies,
    RequestBatchReportReplies,
    RequestOfflineReportReplies,
    SettlePaymentReplies,
    StartPaymentReplies,
)

S = TypeVar("S", bound=Struct)


def make_world(default: Wish | None = None) -> World:
    """The state of a simulator that nobody serves."""
    return World(
        point_of_sale=PointOfSale(),
        default=default or Behaviour(),
        inventions=Inventions(),
        heart_beat_ms=(0, 0),
    )


class StraightTill:
    """One connection's worth of a till: asks for one thing and keeps what it is told."""

    def __init__(self, world: World, paypoint_id: str) -> None:
        self.told: list[Struct] = []
        paypoint = world.paypoint(paypoint_id)
        self._handler = SimulatedIps(world, paypoint, license_key=lambda: None, port=self)

    # -- the port of the handler

    async def send(self, operation: Operation, message: Struct) -> None:  # noqa: ARG002 - no STOMP here
        self.told.append(message)

    async def ask(self, operation: Operation, message: Struct) -> Struct:
        raise NotImplementedError(f"{operation.name}: nobody answers here")

    async def send_body(self, operation: Operation, body: bytes) -> None:
        raise NotImplementedError(f"{operation.name}: nothing is odd here, {len(body)} octets")

    async def strike(self, fault: Fault) -> None:
        raise NotImplementedError(f"{fault.kind}: there is no link here")

    async def wait_until_left(self) -> None:
        await asyncio.Event().wait()

    @property
    def left(self) -> bool:
        return False

    # -- what a till asks for

    def pay(self, kind: PaymentType, reference: str, amount: int) -> PaymentOutcome:
        """Take a payment with the card present."""
        request = payment(kind, reference, amount)
        return self._outcome(self._handler.start_payment(request, StartPaymentReplies(self)))

    def settle(
        self, reference: str, original: PaymentOutcome, amount: int | None = None
    ) -> PaymentOutcome:
        """Settle a pre-authorised payment."""
        request = PaymentSettlement(
            merchant_transaction_reference=reference,
            gateway_transaction_reference=original.gateway_transaction_reference or "",
            payment_instrument=card_of(original),
            value=None if amount is None else RequestValue(amount=amount),
        )
        return self._outcome(self._handler.settle_payment(request, SettlePaymentReplies(self)))

    def cancel(self, reference: str, original: PaymentOutcome) -> PaymentOutcome:
        """Cancel a payment."""
        request = PaymentCancellation(
            merchant_transaction_reference=reference,
            gateway_transaction_reference=original.gateway_transaction_reference or "",
            payment_instrument=card_of(original),
        )
        return self._outcome(self._handler.cancel_payment(request, CancelPaymentReplies(self)))

    def report(self, *, close: bool) -> BatchReport:
        """Ask for an X report, or for a Z report that closes the batch."""
        request = BatchReportRequest(close_batch=close)
        run(self._handler.request_batch_report(request, RequestBatchReportReplies(self)))
        return self._last(BatchReport)

    def offline_count(self) -> int | None:
        """Ask how many payments wait to be sent on."""
        replies = RequestOfflineReportReplies(self)
        run(self._handler.request_offline_report(OfflineReportRequest(), replies))
        return self._last(OfflineReport).count

    def _outcome(self, work: Coroutine[Any, Any, None]) -> PaymentOutcome:
        run(work)
        (result,) = (message for message in self.told if isinstance(message, PaymentResult))
        (outcome,) = result.payments
        return outcome

    def _last(self, type_: type[S]) -> S:
        last = self.told[-1]
        assert isinstance(last, type_)
        return last


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run what never waits to its end, without an event loop."""
    try:
        work.send(None)
    except StopIteration:
        return
    work.close()
    raise AssertionError("it waits for something")
