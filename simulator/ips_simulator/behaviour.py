"""How the simulator plays a payment: what is asked, how it ends, and where it waits for a test."""

import asyncio
import contextlib
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, InvalidStateError
from typing import Final

import attrs

from worldpay_ips import Error, Outcome, PaymentRequest, ReceiptType, Result

from .faults import Fault
from .invented import Inventions
from .points import Step
from .results import outcome_of, reads_card
from .scenario import (
    TELL_ALL,
    Ask,
    Decide,
    Fail,
    GiveReceipt,
    Notify,
    PaymentStep,
    Question,
    Scenario,
    TakeCard,
)

__all__ = ["AFTER_CARD", "BEFORE_CARD", "Ask", "Behaviour", "Hold", "Step"]


class Hold:
    """Stops a payment at a step until it is released, so that a test needs no sleep.

    A payment that is held before the card interaction goes on by itself when it is aborted.
    """

    def __init__(self, step: Step | str = Step.CARD) -> None:
        self.step: Final = Step(step)
        self._reached = threading.Event()
        self._abort_came = threading.Event()
        self._released: Future[None] = Future()

    def __repr__(self) -> str:
        return f"<Hold before {self.step}>"

    def wait_until_reached(self, timeout: float = 10.0) -> None:
        """Block until the payment stands here."""
        if not self._reached.wait(timeout):
            raise TimeoutError(f"no payment came to the step {self.step} in {timeout:g} s")

    def wait_until_abort_came(self, timeout: float = 10.0) -> None:
        """Block until the simulator has read an abort of the payment that is held."""
        if not self._abort_came.wait(timeout):
            raise TimeoutError(f"no abort came in {timeout:g} s")

    def release(self) -> None:
        """Let the payment go on. Releasing twice does nothing."""
        with contextlib.suppress(InvalidStateError):  # released before, or given up
            self._released.set_result(None)

    async def pause(self) -> None:
        """Called by the payment: say that it is here, and wait."""
        self._reached.set()
        await asyncio.wrap_future(self._released)

    def tell_abort(self) -> None:
        """Called by the payment: an abort was read."""
        self._abort_came.set()


def _asks(kinds: Iterable[Ask | str]) -> tuple[Ask, ...]:
    return tuple(Ask(kind) for kind in kinds)


# The texts before and after the card is read. The first is the documentation's; the others are
# plausible, their wording is not documented.
BEFORE_CARD: Final = ("PLEASE INSERT CARD",)
AFTER_CARD: Final = ("CHIP : PLEASE WAIT", "ENTER PIN", "Authorising...")


@attrs.frozen(kw_only=True)
class Behaviour:
    """How one payment is played. The default is an approval without questions."""

    actions: tuple[Ask, ...] = attrs.field(default=(), converter=_asks)
    """What the merchant is asked, in this order: `Behaviour(actions=["voice-authorisation"])`."""
    outcome: Result | None = attrs.field(default=None, converter=attrs.converters.optional(Result))
    """The result, when no answer of the merchant decides otherwise: `"refused-online"`. None is
    the success that fits the kind of payment."""
    error: Error | None = None
    """Sent instead of everything that follows the card."""
    hold: Hold | None = None
    """Where the payment waits until the test lets it go on."""
    drop_before: Step | None = attrs.field(default=None, converter=attrs.converters.optional(Step))
    """Where the connection is cut without a word. The payment itself goes on."""
    before_card: tuple[str, ...] = BEFORE_CARD
    """Notifications before the card interaction."""
    after_card: tuple[str, ...] = AFTER_CARD
    """Notifications after it."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What goes wrong at points of the payment."""
        return () if self.drop_before is None else (Fault(kind="drop", at=self.drop_before),)

    def scenario(self, request: PaymentRequest, inventions: Inventions) -> Scenario:
        """The same as the steps of a scenario, for one request."""
        return Scenario(
            name="behaviour",
            title="From Python",
            payment=self._steps(request, inventions),
            faults=self.faults,
        )

    def _steps(self, request: PaymentRequest, inventions: Inventions) -> Iterator[PaymentStep]:
        device = reads_card(request)
        if device:
            yield from map(Notify, self.before_card)
        yield TakeCard(text="")
        # Without a card in the device only the last text makes sense: that it is authorised.
        yield from map(Notify, self.after_card[0 if device else -1 :])
        if self.error is not None:
            yield Fail(code=self.error.code or "", message=self.error.message or "")
            return
        if self.outcome is None or outcome_of(self.outcome) is Outcome.SUCCEEDED:
            for kind in self.actions:
                if kind is Ask.SIGNATURE_VERIFICATION and inventions.slip_before_signature:
                    yield GiveReceipt(ReceiptType.MERCHANT, sign_here=True)
                yield Question(kind)
        yield Decide(result=self.outcome)
        yield from TELL_ALL
