"""Which scenario is played: what a test queued, what was chosen, what the amount says, the default.

Safe from several threads.
"""

import threading
from typing import Final

import attrs

from .behaviour import Behaviour, Hold
from .invented import NO_MAGIC
from .refusals import RefusedError
from .scenario import Scenario
from .scenario_library import Library

FIRST_MAGIC: Final = 90_00_01
LAST_MAGIC: Final = 90_99_99
"""Amounts of 9000.01 to 9099.99 say which scenario is played, where magic amounts are on."""

Playable = Scenario | Behaviour
Wish = str | Scenario | Behaviour
"""A scenario, or the name of one."""


@attrs.frozen(kw_only=True)
class Choice:
    """How one payment is played."""

    playable: Playable
    hold: Hold | None = None
    """Where it waits for a test."""

    @property
    def name(self) -> str:
        """For people."""
        return self.playable.name if isinstance(self.playable, Scenario) else "behaviour"


@attrs.frozen
class _Queued:
    choice: Choice
    paypoint_id: str | None


class Choices:
    """All that was wished."""

    def __init__(self, default: Wish, library: Library, *, magic_amounts: bool = False) -> None:
        self._library = library
        self._default = self._resolve(default)
        self._magic = magic_amounts
        self._queue: list[_Queued] = []
        self._chosen: dict[str, Playable] = {}
        self._playing: dict[str, Playable] = {}
        self._lock = threading.Lock()

    def queue(
        self, wish: Wish, *, paypoint_id: str | None = None, hold: Hold | None = None
    ) -> None:
        """Play the next payment, of this paypoint or of any, this way; called twice, the next two.

        Raises:
            UnknownScenarioError: There is no scenario of this name.
        """
        playable = self._resolve(wish)
        if hold is None and isinstance(playable, Behaviour):
            hold = playable.hold
        queued = _Queued(Choice(playable=playable, hold=hold), paypoint_id)
        with self._lock:
            self._queue.append(queued)

    def choose(self, paypoint_id: str, wish: Wish | None) -> str:
        """Play every payment of a paypoint this way, until chosen otherwise; return the name.

        Its answers to other operations hold from now on. None goes back to the default.

        Raises:
            UnknownScenarioError: There is no scenario of this name.
        """
        playable = None if wish is None else self._resolve(wish)
        with self._lock:
            self._playing.pop(paypoint_id, None)
            if playable is None:
                self._chosen.pop(paypoint_id, None)
                return ""
            self._chosen[paypoint_id] = playable
        return Choice(playable=playable).name

    def chosen(self, paypoint_id: str) -> str:
        """The name of what was chosen for a paypoint; empty when it plays the default."""
        with self._lock:
            playable = self._chosen.get(paypoint_id)
        return "" if playable is None else Choice(playable=playable).name

    def take(self, paypoint_id: str, amount: int) -> Choice:
        """How the payment that starts now is played.

        Raises:
            RefusedError: The amount is a magic one without a scenario.
        """
        with self._lock:
            choice = self._take(paypoint_id, amount)
            self._playing[paypoint_id] = choice.playable
        return choice

    def playing(self, paypoint_id: str) -> Scenario | None:
        """The scenario that answers other operations now; None leaves them as they are."""
        with self._lock:
            last = self._playing.get(paypoint_id)
            playable = last or self._chosen.get(paypoint_id) or self._default
        return playable if isinstance(playable, Scenario) else None

    def _take(self, paypoint_id: str, amount: int) -> Choice:
        for index, queued in enumerate(self._queue):
            if queued.paypoint_id in (None, paypoint_id):
                del self._queue[index]
                return queued.choice
        if (chosen := self._chosen.get(paypoint_id)) is not None:
            return _choice(chosen)
        if self._magic and FIRST_MAGIC <= amount <= LAST_MAGIC:
            if (magic := self._library.by_amount(amount)) is None:
                raise RefusedError(NO_MAGIC)
            return _choice(magic)
        return _choice(self._default)

    def _resolve(self, wish: Wish) -> Playable:
        return self._library.get(wish) if isinstance(wish, str) else wish


def _choice(playable: Playable) -> Choice:
    hold = playable.hold if isinstance(playable, Behaviour) else None
    return Choice(playable=playable, hold=hold)
