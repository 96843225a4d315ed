"""One payment being played: the steps of its scenario, one after the other.

Here is what a payment knows and what can happen to it at any time; what each kind of step does
stands in `playing.py`.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from stompws.redaction import mask_numbers
from worldpay_ips import (
    PaymentComplete,
    PaymentNotification,
    PaymentOutcome,
    PaymentReceipt,
    PaymentRequest,
    PaymentResult,
    PaymentType,
    Result,
)
from worldpay_ips.server import StartPaymentReplies

from .behaviour import Behaviour
from .choosing import Choice
from .clock import in_machine_time
from .faults import Fault
from .feed import ActionAnswered, ActionAsked, PaymentEnded, PaymentStarted, ReceiptSent, StepTaken
from .paypoint import Done, Paypoint
from .pin_pad import READY, CardWay
from .playing import PLAYERS, AbortedInTime
from .points import Step
from .ports import SimulatorPort
from .receipts import decode
from .results import make_bare_outcome, reads_card
from .scenario import Ask, PaymentStep, Scenario
from .world import World

T = TypeVar("T")
_APPROVAL: Final = Behaviour()


class DeviceLost(Exception):  # noqa: N818 - no error: it is how a payment ends
    """The device has gone before the payment was decided."""


class Payment:
    """The server's part of one payment.

    Args:
        request: What was asked for.
        replies: Where the client hears of it; what is said after it has left goes nowhere.
        port: The connection behind the replies.
        choice: How it is played.
    """

    def __init__(
        self,
        request: PaymentRequest,
        replies: StartPaymentReplies,
        *,
        port: SimulatorPort,
        paypoint: Paypoint,
        choice: Choice,
        world: World,
    ) -> None:
        self.request: Final = request
        self.replies: Final = replies
        self.port: Final = port
        self.paypoint: Final = paypoint
        self.world: Final = world
        self.clock: Final = world.clock
        self.numbers: Final = paypoint.next_numbers()
        self.reads_card: Final = reads_card(request)
        self.scenario: Scenario | None = None
        chosen = choice.playable
        self.inventions = world.inventions
        if isinstance(chosen, Scenario):
            self.inventions = world.inventions.with_rules(chosen.rules)
        self._choice = choice
        self._aborted = asyncio.Event()
        self._allows_abort = (
            request.payment_type is not PaymentType.PRE_AUTH or self.inventions.abort_pre_auth
        )
        # What the steps have led to so far.
        self.abortable = self._allows_abort
        self.ruled: Result | None = None
        """What an answer, or the cardholder, has decided."""
        self.code: str | None = None
        self.way: CardWay | None = None
        self.card_read = not self.reads_card
        self.pin_entered = False
        self.signed = False
        self.slip_given = False
        self.done: Done | None = None
        """Set when it is decided."""
        self.told: bytes | None = None
        """The result message, where a scenario changes it."""
        self._points: set[Step] = set()
        self._faults: list[Fault] = []
        """Those that were injected, with a point."""
        self._device_lost = False
        self._task: asyncio.Task[None] | None = None

    @property
    def reference(self) -> str:
        """The merchant's reference."""
        return self.request.merchant_transaction_reference

    @property
    def shown_reference(self) -> str:
        """The reference for the feed: a client can put anything there."""
        return mask_numbers(self.reference)

    def abort(self) -> bool:
        """End the payment if the card has not been used; say whether it will end."""
        if self.abortable:
            self._aborted.set()
        if self._choice.hold is not None:
            self._choice.hold.tell_abort()
        return self.abortable

    async def play(self) -> None:
        """Play everything.

        Raises:
            RefusedError: The client answered something else than was asked.
            ConnectionLostError: The client is gone and the payment cannot go on without it.
        """
        if self.inventions.pending_while_in_flight:
            self.end_with(self.bare(Result.IN_PROGRESS))
        self._tell_start()
        try:
            await self._play_steps()
        except BaseException:  # also what nobody foresaw: a payment does not stay in progress
            if self.done is None:
                self.decide(Done(outcome=self.bare(Result.FAILED)))
            raise
        finally:
            self.world.faults.end(self)
            self._tell_end()

    async def _play_steps(self) -> None:
        try:
            await self._begin()
            for step in self._steps():
                self.check_abort()
                self.check_device()
                self._tell_step(step)
                await PLAYERS[type(step)](self, step)
        except AbortedInTime:
            await self._finish_early(self.inventions.aborted)
        except DeviceLost:
            await self._finish_early(Result.ABORTED_DEVICE_UNAVAILABLE)
        except asyncio.CancelledError:
            if not self._device_lost or self._task is None or self._task.uncancel():
                raise
            await self._finish_early(Result.ABORTED_DEVICE_UNAVAILABLE)

    async def _begin(self) -> None:
        self._task = _this_task()
        await self.world.faults.begin(self)
        if self.reads_card and self.clock.now() < self.paypoint.device_back_at:
            raise DeviceLost
        for fault in self._choice.playable.faults:
            if fault.at is None:
                await self.port.strike(fault)
        await self.come_to(Step.STARTED)

    def _steps(self) -> tuple[PaymentStep, ...]:
        chosen = self._choice.playable
        if isinstance(chosen, Behaviour):
            chosen = chosen.scenario(self.request, self.inventions)
        self.scenario = chosen
        if chosen.payment is not None:
            return chosen.payment
        return _APPROVAL.scenario(self.request, self.inventions).payment or ()

    async def _finish_early(self, result: Result) -> None:
        self.abortable = False
        outcome = self.bare(result)
        self.decide(Done(outcome=outcome))
        await self.come_to(Step.RESULT)
        await self.replies.payment_result(PaymentResult(payments=(outcome,)))
        await self.come_to(Step.COMPLETE)
        await self.replies.payment_complete(PaymentComplete())

    # -- what goes wrong

    def has_before_it(self, point: Step) -> bool:
        """Whether the payment has not come to a point yet."""
        return point not in self._points

    async def suffer(self, fault: Fault) -> None:
        """Something shall go wrong: now or, if it says so, at its point."""
        if fault.at is None:
            await self.port.strike(fault)
        else:
            self._faults.append(fault)

    def lose_device(self) -> None:
        """The device is gone. What is decided stays so; else the payment ends.

        Between the charge and the decision nothing waits: what is not decided is not charged.
        """
        if self.done is not None or self._device_lost:
            return
        self._device_lost = True
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()

    def check_device(self) -> None:
        """Raise DeviceLost if the device is gone, before anything is decided."""
        if self._device_lost and self.done is None:
            raise DeviceLost

    # -- what steps do

    def bare(self, result: Result) -> PaymentOutcome:
        """An outcome without card and gateway."""
        return make_bare_outcome(self.request.payment_type.value, self.reference, result)

    def end_with(self, outcome: PaymentOutcome) -> None:
        """What a query is told from now on."""
        self.paypoint.remember(Done(outcome=outcome))

    def decide(self, done: Done) -> None:
        """From now on this is how the payment ended."""
        self.done = done
        self.abortable = False
        self.paypoint.remember(done)

    def check_abort(self) -> None:
        """Raise AbortedInTime if an abort has come and can be followed."""
        if self.abortable and self._aborted.is_set():
            raise AbortedInTime

    def open_abort(self, *, is_open: bool) -> None:
        """Let aborts be followed, or not."""
        self.check_abort()
        self.abortable = is_open and self._allows_abort and self.done is None

    async def unless_aborted(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for something; an abort in time ends the wait with AbortedInTime."""
        if not self.abortable:
            return await work
        doing = asyncio.ensure_future(work)
        aborted = asyncio.ensure_future(self._aborted.wait())
        try:
            await asyncio.wait({doing, aborted}, return_when=asyncio.FIRST_COMPLETED)
            if doing.done():
                return doing.result()
            raise AbortedInTime
        finally:
            doing.cancel()
            aborted.cancel()

    async def come_to(self, point: Step) -> None:
        """Wait where a test wants to wait, and fail where something shall go wrong. Once each."""
        self.check_device()
        if point in self._points:
            return
        self._points.add(point)
        hold = self._choice.hold
        if hold is not None and hold.step is point:
            with in_machine_time(self.clock):
                await self._wait_for(hold.pause())
        for fault in (*self._choice.playable.faults, *self._faults):
            if fault.at is point:
                await self.port.strike(fault)
        self.check_device()

    async def _wait_for(self, pause: Coroutine[Any, Any, None]) -> None:
        """Wait; what is aborted goes on by itself, to where the abort is followed."""
        held = asyncio.ensure_future(pause)
        aborted = asyncio.ensure_future(self._aborted.wait())
        try:
            await asyncio.wait({held, aborted}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            held.cancel()
            aborted.cancel()

    async def notify(self, text: str) -> None:
        """Tell the staff, and show it on the pad."""
        self.paypoint.pad.show(text)
        await self.replies.payment_notification(
            PaymentNotification(
                merchant_transaction_reference=self.reference, notification_text=text
            )
        )

    async def give(self, receipt: PaymentReceipt) -> None:
        """Send a receipt."""
        await self.replies.payment_receipt(receipt)
        feed = self.world.feed
        if feed.watched:
            feed.publish(
                ReceiptSent(
                    **self._where(),
                    type=receipt.type or "",
                    # The reference stands on it, in which a client can put anything.
                    text=mask_numbers(decode(receipt.content or "")),
                )
            )

    # -- what watchers are told

    def _where(self) -> dict[str, Any]:
        return {
            "at": self.clock.now(),
            "paypoint_id": self.paypoint.id,
            "reference": self.shown_reference,
        }

    def _tell_start(self) -> None:
        if self.world.feed.watched:
            amount = self.request.instruction.value.amount
            self.world.feed.publish(
                PaymentStarted(**self._where(), amount=amount, scenario=self._choice.name)
            )

    def _tell_step(self, step: PaymentStep) -> None:
        if self.world.feed.watched:
            self.world.feed.publish(StepTaken(**self._where(), step=str(step)))

    def tell_question(self, kind: Ask, *, answered: bool) -> None:
        """Tell watchers of a question or its answer."""
        if self.world.feed.watched:
            event = ActionAnswered if answered else ActionAsked
            self.world.feed.publish(event(**self._where(), kind=kind.value))

    def _tell_end(self) -> None:
        self.paypoint.pad.show(READY)
        if self.done is not None and self.world.feed.watched:
            outcome = self.done.outcome
            self.world.feed.publish(
                PaymentEnded(
                    **self._where(), result=outcome.result or "", outcome=outcome.outcome or ""
                )
            )


def _this_task() -> "asyncio.Task[None] | None":
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None  # played by hand, without a loop: then nobody can interrupt it
