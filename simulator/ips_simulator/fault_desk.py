"""Where faults lie that somebody wants to happen: until a payment or a frame comes by."""

import threading
from typing import TYPE_CHECKING, Protocol

from stompws.frames import Frame

from .faults import Fault

if TYPE_CHECKING:
    from .payments import Payment
    from .paypoint import Paypoint


class Abortable(Protocol):
    """The transport of a connection that is to be cut."""

    def abort(self) -> None:
        """Cut it."""


def comes_by(fault: Fault, frame: Frame, number: int) -> bool:
    """Whether a fault is for this frame, the `number`-th of its connection."""
    if fault.frame is not None:
        return fault.frame == number
    if frame.command != "MESSAGE":
        return False
    return fault.destination in (None, frame.header("destination"))


class FaultDesk:
    """Faults that wait, of all paypoints. `put` from any thread, the rest in the simulator's."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = {}
        self._in_flight: dict[str, Payment] = {}
        self._half_open: set[Abortable] = set()
        self._lock = threading.Lock()

    @property
    def empty(self) -> bool:
        """True when no fault waits."""
        return not self._waiting

    def put(self, paypoint_id: str, fault: Fault) -> None:
        """Have a fault wait. See `deliver` about who takes it."""
        with self._lock:
            self._waiting.setdefault(paypoint_id, []).append(fault)

    async def deliver(self, paypoint_id: str) -> None:
        """Give the payment in flight what is for it."""
        payment = self._in_flight.get(paypoint_id)
        if payment is not None:
            for fault in self._take(paypoint_id, payment):
                await payment.suffer(fault)

    async def begin(self, payment: "Payment") -> None:
        """A payment begins: give it what waits."""
        self._in_flight[payment.paypoint.id] = payment
        if not self.empty:
            await self.deliver(payment.paypoint.id)

    def end(self, payment: "Payment") -> None:
        """A payment is over."""
        self._in_flight.pop(payment.paypoint.id, None)

    def take_for_frame(self, paypoint_id: str, frame: Frame, number: int) -> list[Fault]:
        """What waits for a frame like this one."""
        with self._lock:
            waiting = self._waiting.get(paypoint_id, [])
            placed = [one for one in waiting if one.frame is not None or one.destination]
            found = [one for one in placed if comes_by(one, frame, number)]
            self._keep(paypoint_id, waiting, found)
        return found

    def _take(self, paypoint_id: str, payment: "Payment") -> list[Fault]:
        """What is for a payment: at once, or at a point that it has before it.

        What waits for a frame stays: any connection of the paypoint may send that.
        """
        with self._lock:
            waiting = self._waiting.get(paypoint_id, [])
            found = [
                one
                for one in waiting
                if one.frame is None
                and one.destination is None
                and (one.at is None or payment.has_before_it(one.at))
            ]
            self._keep(paypoint_id, waiting, found)
        return found

    def _keep(self, paypoint_id: str, waiting: list[Fault], found: list[Fault]) -> None:
        if rest := [one for one in waiting if not any(one is other for other in found)]:
            self._waiting[paypoint_id] = rest
        else:
            self._waiting.pop(paypoint_id, None)

    def restart_device(self, paypoint: "Paypoint", back_at: float) -> None:
        """Take the device away until then; a payment that is not decided ends."""
        paypoint.device_back_at = max(back_at, paypoint.device_back_at)
        if (payment := self._in_flight.get(paypoint.id)) is not None:
            payment.lose_device()

    # -- connections that nobody hears of any more

    def note_half_open(self, transport: Abortable) -> None:
        """Remember a connection that does not notice anything."""
        self._half_open.add(transport)

    def forget_half_open(self, transport: Abortable) -> None:
        """It is gone."""
        self._half_open.discard(transport)

    def cut_half_open(self) -> None:
        """The simulator stops: do not wait for them."""
        for transport in tuple(self._half_open):
            transport.abort()
