"""The simulator's time: the machine's own, or one that a test moves on.

Pauses, deadlines and the lifetimes of keys follow it. Heart-beats do not: the client's come in the
machine's time, whatever a test makes of ours.
"""

import asyncio
import contextlib
import heapq
import threading
import time
from collections.abc import Awaitable
from concurrent.futures import Future
from itertools import count
from typing import Protocol, TypeVar

T = TypeVar("T")

_TURNS = 50
"""Turns of the event loop in which a task that was woken comes to its next pause."""
_GLANCE_SECONDS = 0.1


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


class VirtualClock:
    """Time stands still until `advance`; who sleeps is woken in the order of time.

    Args:
        auto: Jump to the end of each pause at once. It never jumps to a deadline, for nobody could
            meet one; a deadline that a jump passes is over.

    One clock belongs to one simulator. Its methods can be called from any thread but the
    simulator's.
    """

    def __init__(self, *, auto: bool = False) -> None:
        self._auto = auto
        self._now = 0.0
        self._order = count()
        self._sleeping: list[tuple[float, int, bool, asyncio.Future[None]]] = []
        self._changed = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._moving: asyncio.Lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def __repr__(self) -> str:
        return f"<VirtualClock {self._now:g} s>"

    def now(self) -> float:
        """The time; it began at 0."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Pause until the clock was moved on."""
        await self._wait(seconds, pause=True)

    async def deadline(self, seconds: float) -> None:
        """Return when the clock was moved on so far."""
        await self._wait(seconds, pause=False)

    def advance(self, seconds: float) -> None:
        """Move the time on, and return when all who were due have been woken, one by one.

        What they do next may begin another pause; when it ends in time, it is waited for too.
        """
        if seconds < 0:
            raise ValueError("time does not go back")
        with self._changed:
            loop, until = self._loop, self._now + seconds
        moved: Future[None] = Future()
        try:
            if loop is None:
                raise RuntimeError("nobody has slept yet")
            loop.call_soon_threadsafe(self._begin_move, until, moved)
            _await_while_open(moved, loop)
        except RuntimeError:  # there is no loop, or none any more: nobody is left to be woken
            self._now = max(self._now, until)

    def wait_until_asleep(self, count: int = 1, timeout: float = 10.0) -> None:
        """Block, in the machine's time, until so many pauses and deadlines are open."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._sleeping) >= count, timeout):
                raise TimeoutError(f"nobody waits for this clock after {timeout:g} s")

    async def _wait(self, seconds: float, *, pause: bool) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        loop = asyncio.get_running_loop()
        woken: asyncio.Future[None] = loop.create_future()
        entry = (self._now + seconds, next(self._order), pause, woken)
        with self._changed:
            self._loop = loop
            heapq.heappush(self._sleeping, entry)
            self._changed.notify_all()
        if pause and self._auto:
            self._keep(loop.create_task(self._jump()))
        try:
            await woken
        finally:
            with self._changed, contextlib.suppress(ValueError):  # woken, and gone from the heap
                self._sleeping.remove(entry)
                heapq.heapify(self._sleeping)

    def _begin_move(self, until: float, moved: Future[None]) -> None:
        def tell(_task: "asyncio.Task[None]") -> None:
            self._now = max(self._now, until)  # also when the loop ends in the middle of it
            moved.set_result(None)

        self._keep(asyncio.get_running_loop().create_task(self._move(until))).add_done_callback(
            tell
        )

    def _keep(self, task: "asyncio.Task[None]") -> "asyncio.Task[None]":
        """Hold on to a task: the loop itself does not."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _jump(self) -> None:
        await _let_others_run()
        pauses = [at for at, _, pause, _ in self._sleeping if pause]
        if pauses:
            await self._move(min(pauses))

    async def _move(self, until: float) -> None:
        async with self._moving:
            while self._sleeping and self._sleeping[0][0] <= until:
                at, _, _, woken = self._take()
                self._now = max(self._now, at)
                if not woken.done():
                    woken.set_result(None)
                    await _let_others_run()
            self._now = max(self._now, until)

    def _take(self) -> tuple[float, int, bool, "asyncio.Future[None]"]:
        with self._changed:
            return heapq.heappop(self._sleeping)


def _await_while_open(moved: Future[None], loop: asyncio.AbstractEventLoop) -> None:
    """Wait for a loop that may be closed before it comes to what it was asked for."""
    while True:
        try:
            moved.result(_GLANCE_SECONDS)
        except TimeoutError:
            if loop.is_closed():
                raise RuntimeError("the loop was closed") from None
        else:
            return


async def _let_others_run() -> None:
    for _ in range(_TURNS):
        await asyncio.sleep(0)


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
