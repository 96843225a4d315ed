"""How the simulator plays a payment: what is asked, how it ends, and where it waits for a test."""

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, InvalidStateError
from enum import StrEnum
from typing import Final

import attrs

from worldpay_ips import Error, Result


class Ask(StrEnum):
    """What the merchant can be asked to do during a payment, in the API's own words."""

    VOICE_AUTHORISATION = "voice-authorisation"
    SIGNATURE_VERIFICATION = "signature-verification"
    AVS_CONFIRMATION = "avs-confirmation"


class Step(StrEnum):
    """A point of the payment's flow, just before the thing it is named after."""

    STARTED = "started"
    """The request was accepted; nothing has been sent."""
    CARD = "card"
    """The cardholder was asked for the card and has not touched the device. The last chance to
    abort."""
    AUTHORISATION = "authorisation"
    """The card was read; nothing is charged."""
    RECEIPTS = "receipts"
    """The payment is decided and stands in the ledger; nothing has been told."""
    RESULT = "result"
    COMPLETE = "complete"


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


class Plan:
    """Which behaviour comes next: what was queued, then the default. Safe from several threads."""

    def __init__(self, default: Behaviour) -> None:
        self._default = default
        self._queue: deque[Behaviour] = deque()

    def queue(self, behaviour: Behaviour) -> None:
        """Play the next payment that starts, and that no earlier call has spoken for, this way."""
        self._queue.append(behaviour)

    def take(self) -> Behaviour:
        """The behaviour of the payment that starts now."""
        try:
            return self._queue.popleft()
        except IndexError:
            return self._default
