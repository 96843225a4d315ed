"""The simulator's time: the machine's own, or one that a test moves on.

Pauses, deadlines and the lifetimes of keys follow it. Heart-beats do not: the client's come in the
machine's time, whatever a test makes of ours.
"""

import asyncio
import time
from collections.abc import Awaitable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, TypeVar

from .virtual_clock import VirtualClock

__all__ = ["Clock", "RealClock", "VirtualClock", "in_machine_time", "within"]

T = TypeVar("T")


class Clock(Protocol):
    """What the simulator asks about time. Seconds; only differences mean anything."""

    def now(self) -> float:
        """The time."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Pause: somebody takes their time."""

    async def deadline(self, seconds: float) -> None:
        """Return when somebody has taken too long."""


class RealClock:
    """The machine's monotonic clock."""

    def now(self) -> float:
        """The time."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Pause."""
        await asyncio.sleep(seconds)

    async def deadline(self, seconds: float) -> None:
        """Return when the time is over."""
        await asyncio.sleep(seconds)


def in_machine_time(clock: Clock) -> AbstractContextManager[None]:
    """Meanwhile a virtual clock jumps to no deadline: a person, or a test, does something."""
    return clock.held() if isinstance(clock, VirtualClock) else nullcontext()


async def within(clock: Clock, seconds: float | None, work: Awaitable[T]) -> T:
    """Await something for at most so many seconds of a clock; None is without end.

    Raises:
        TimeoutError: It took longer, and was cancelled.
    """
    if seconds is None:
        return await work
    task = asyncio.ensure_future(work)
    late = asyncio.ensure_future(clock.deadline(seconds))
    try:
        await asyncio.wait({task, late}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise TimeoutError(f"not within {seconds:g} s")
    finally:
        task.cancel()
        late.cancel()
