"""Time as a client sees it, when it is not the machine's: for tests that let minutes pass at once.

Only the deadlines of a conversation can go by such a clock. Connecting, heart-beats and the goodbye
are between two machines, and stay on the machine's time.
"""

from collections.abc import Callable
from typing import Protocol


class Waiting(Protocol):
    """Somebody who waits for a message, as the clock sees them. Usable from any thread."""

    def wake(self) -> None:
        """End the waiting; return when all that had arrived by now is before them."""
        ...

    def nothing_came(self) -> bool:
        """True when nothing has arrived since the waiting began: they wait for time to pass."""
        ...


class Clock(Protocol):
    """A clock for `ClientOptions`. Usable from any thread; seconds, and only differences count."""

    def now(self) -> float:
        """The time."""
        ...

    def join(self) -> Callable[[], None]:
        """Note that a conversation begins that goes by this clock; return what notes its end."""
        ...

    def wake_at(self, when: float, waiting: Waiting) -> Callable[[], None]:
        """Have `waiting` woken when it is `when`, not earlier; return what takes that back."""
        ...
