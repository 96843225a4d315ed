"""The PIN pad of a paypoint: what it shows, what it wants, and the person who stands before it."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from enum import StrEnum
from typing import Final, Literal

import attrs


class CardWay(StrEnum):
    """How a card comes to the device."""

    INSERT = "insert"
    TAP = "tap"
    SWIPE = "swipe"
    KEY = "key"


class PadMode(StrEnum):
    """Who uses the pad."""

    AUTOMATIC = "automatic"
    """The scenario: it does at once what its steps say."""
    MANUAL = "manual"
    """A person, or a test, by the methods of the pad."""


class Want(StrEnum):
    """What the pad waits for."""

    NOTHING = "nothing"
    CARD = "card"
    PIN = "pin"
    SIGNATURE = "signature"
    REMOVAL = "removal"


class PinPadError(Exception):
    """The pad does not want this now."""


@attrs.frozen
class CardPresented:
    """A card was read."""

    way: CardWay


@attrs.frozen
class PinEntered:
    """A PIN was entered. Which, nobody is told."""

    correct: bool


@attrs.frozen
class Signed:
    """The cardholder has signed."""


@attrs.frozen
class Removed:
    """The card was taken out."""


@attrs.frozen
class Cancelled:
    """The cardholder pressed the red key."""


Gesture = CardPresented | PinEntered | Signed | Removed | Cancelled
READY: Final = "WELCOME"


class PinPad:
    """One pad. The methods for people can be called from any thread.

    Args:
        on_change: Called in the simulator's thread when `display` or `wants` has changed.
    """

    def __init__(
        self,
        mode: PadMode | Literal["automatic", "manual"] = PadMode.AUTOMATIC,
        *,
        on_change: "Callable[[PinPad], None] | None" = None,
    ) -> None:
        self._mode = PadMode(mode)
        self.display = READY
        self.wants = Want.NOTHING
        self.allowed: tuple[CardWay, ...] = ()
        """The ways in which a card may come now."""
        self.card_inside = False
        """True from the moment a card was inserted until it is taken out or the payment is over."""
        self._on_change = on_change
        self._changed = threading.Condition()
        self._gesture: Future[Gesture] | None = None

    def __repr__(self) -> str:
        return f"<PinPad {self.mode}, wants {self.wants}>"

    @property
    def mode(self) -> PadMode:
        """Who uses it from its next question on."""
        return self._mode

    @mode.setter
    def mode(self, mode: PadMode | str) -> None:
        self._mode = PadMode(mode)

    # -- what a person does

    def present(self, way: CardWay | str) -> None:
        """Insert, tap or swipe the card, or key its number."""
        way = CardWay(way)
        with self._changed:
            if self.wants is Want.CARD and way not in self.allowed:
                ways = " or ".join(self.allowed)
                raise PinPadError(f"the card cannot come by {way} now, only by {ways}")
        self._do(Want.CARD, CardPresented(way))

    def enter_pin(self, correct: bool = True) -> None:
        """Enter the PIN, the right one or a wrong one."""
        self._do(Want.PIN, PinEntered(correct))

    def sign(self) -> None:
        """Sign."""
        self._do(Want.SIGNATURE, Signed())

    def remove_card(self) -> None:
        """Take the card out: when the pad wants it, or too soon, instead of entering the PIN."""
        with self._changed:
            too_soon = self.wants is Want.PIN and self.card_inside
        self._do(Want.PIN if too_soon else Want.REMOVAL, Removed())

    def press_cancel(self) -> None:
        """Press the red key; it works while the pad waits for the cardholder."""
        self._do(None, Cancelled())

    def wait_until_wants(self, want: Want | str, timeout: float = 10.0) -> None:
        """Block until the pad waits for this."""
        want = Want(want)
        with self._changed:
            if not self._changed.wait_for(lambda: self.wants is want, timeout):
                raise TimeoutError(f"the pad wants {self.wants}, not {want}, after {timeout:g} s")

    def _do(self, want: Want | None, gesture: Gesture) -> None:
        with self._changed:
            waiting = self._gesture
            if waiting is None or want not in (None, self.wants):
                asked = "nothing" if self.wants is Want.NOTHING else f"the {self.wants}"
                raise PinPadError(f"the pad waits for {asked} now")
            self._gesture, self.wants, self.allowed = None, Want.NOTHING, ()
            if isinstance(gesture, CardPresented):
                self.card_inside = gesture.way is CardWay.INSERT
            elif isinstance(gesture, Removed):
                self.card_inside = False
            self._changed.notify_all()
        with contextlib.suppress(InvalidStateError):  # an abort was quicker by a moment
            waiting.set_result(gesture)

    # -- what a payment does, in the simulator's thread

    def show(self, text: str) -> None:
        """Show a text. `READY` is shown when a payment is over."""
        if text == READY:
            self.card_inside = False
        if text != self.display:
            self.display = text
            self._tell()

    async def ask(self, want: Want, allowed: tuple[CardWay, ...] = ()) -> Gesture:
        """Want something from the cardholder, and wait for it. Cancelling the wait ends it."""
        mine: Future[Gesture] = Future()
        with self._changed:
            self._gesture, self.wants, self.allowed = mine, want, allowed
            self._changed.notify_all()
        self._tell()
        try:
            return await asyncio.wrap_future(mine)
        finally:
            with self._changed:
                if self._gesture is mine:
                    self._gesture, self.wants, self.allowed = None, Want.NOTHING, ()
                    self._changed.notify_all()
            self._tell()

    def _tell(self) -> None:
        if self._on_change is not None:
            self._on_change(self)
