"""Who waits at a connection, as a clock sees them."""

from .pump import End, Pump


class PumpWaiting:
    """Waits for the next event of a pump: the `Waiting` of a `Clock`.

    Args:
        pump: Of the connection.
        taken: How many of its events were taken before the waiting began.
    """

    def __init__(self, pump: Pump, taken: int) -> None:
        self._pump, self._taken = pump, taken
        self.nudge = End()
        """Is put behind all that had arrived when the waiting was over."""

    def wake(self) -> None:
        """End the waiting; return when all that had arrived by now is before them."""
        self._pump.when_drained(lambda: self._pump.events.put(self.nudge))

    def nothing_came(self) -> bool:
        """True when nothing has arrived since the waiting began."""
        found: list[bool] = []
        self._pump.when_drained(lambda: found.append(self._is_as_before()))
        return found == [True]

    def _is_as_before(self) -> bool:
        return not self._pump.over and self._pump.delivered == self._taken
