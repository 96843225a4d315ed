"""Time that a test moves on, for the simulator and for the clients that share its clock."""

import asyncio
import contextlib
import heapq
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count

from stompws.clock import Waiting

from .sleepers import Client, Pausing, await_while_open, let_others_run

_QUIET_SECONDS = 0.002
"""How long nothing happens, in the machine's time, before nothing is left to happen."""
_THINKING_SECONDS = 1.0
"""How long, in the machine's time, a client may do something else than wait. Then time goes on
without it: it may be that nobody reads there any more."""


class VirtualClock:
    """Time stands still until `advance`; who sleeps is woken in the order of time.

    A client shares it through `ClientOptions(clock=…)`: then its deadlines pass in this time too.

    Args:
        auto: Jump to the end of each pause at once. To a deadline it jumps only when a client that
            shares the clock waits, and nothing else is left to happen: nobody who was quick could
            meet one otherwise. A deadline that a jump passes is over.

    One clock belongs to one simulator at a time. Its methods can be called from any thread but the
    simulator's.
    """

    def __init__(self, *, auto: bool = False) -> None:
        self._auto = auto
        self._now = 0.0
        self._order = count()
        self._sleeping: list[tuple[float, int, Pausing | Client]] = []
        self._changed = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._moving: asyncio.Lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._comings = 0
        self._joined = 0
        self._held = 0
        self._idling = False

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

    def join(self) -> Callable[[], None]:
        """Note that a client's conversation begins; return what notes its end.

        From then on time waits for it: it shall have read what was said, and wait for more.
        """
        with self._changed:
            self._joined += 1

        def leave() -> None:
            with self._changed:
                self._joined -= 1

        return leave

    def wake_at(self, when: float, waiting: Waiting) -> Callable[[], None]:
        """Have a client woken when it is `when`; return what takes that back."""
        entry = (when, next(self._order), Client(waiting))
        with self._changed:
            overdue = when <= self._now
            self._add(entry)
            if self._auto:
                self._begin_to_idle()
        if overdue:
            waiting.wake()
        return lambda: self._remove(entry)

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
            await_while_open(moved, loop)
        except RuntimeError:  # there is no loop, or none any more: clients alone may wait
            while (sleeper := self._take_due(until)) is not None:
                if isinstance(sleeper, Client):
                    sleeper.waiting.wake()

    def wait_until_asleep(self, count: int = 1, timeout: float = 10.0) -> None:
        """Block, in the machine's time, until so many pauses and deadlines are open."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._sleeping) >= count, timeout):
                raise TimeoutError(f"nobody waits for this clock after {timeout:g} s")

    @contextmanager
    def held(self) -> Generator[None]:
        """Meanwhile no deadline is jumped to: somebody does something in the machine's time."""
        with self._changed:
            self._held += 1
        try:
            yield
        finally:
            with self._changed:
                self._held -= 1

    def belong_to(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called by a simulator that starts: this loop's tasks are the ones to wait for."""
        with self._changed:
            self._loop, self._idling = loop, False
            self._moving = asyncio.Lock()
            if self._auto and self._clients():
                self._begin_to_idle()

    async def _wait(self, seconds: float, *, pause: bool) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        loop = asyncio.get_running_loop()
        woken: asyncio.Future[None] = loop.create_future()
        entry = (self._now + seconds, next(self._order), Pausing(woken, pause))
        with self._changed:
            self._loop = loop
            self._add(entry)
        if pause and self._auto:
            self._keep(loop.create_task(self._jump(woken)))
        try:
            await woken
        finally:
            self._remove(entry)

    # -- who waits; under `_changed`

    def _add(self, entry: tuple[float, int, Pausing | Client]) -> None:
        self._comings += 1
        heapq.heappush(self._sleeping, entry)
        self._changed.notify_all()

    def _remove(self, entry: tuple[float, int, Pausing | Client]) -> None:
        with self._changed, contextlib.suppress(ValueError):  # woken, and gone from the heap
            self._comings += 1
            self._sleeping.remove(entry)
            heapq.heapify(self._sleeping)

    def _clients(self) -> list[Waiting]:
        with self._changed:
            return [one.waiting for _, _, one in self._sleeping if isinstance(one, Client)]

    def _next_pause(self) -> float | None:
        with self._changed:
            pauses = (at for at, _, o in self._sleeping if isinstance(o, Pausing) and o.pause)
            return min(pauses, default=None)

    def _take_due(self, until: float) -> Pausing | Client | None:
        with self._changed:
            if not self._sleeping or self._sleeping[0][0] > until:
                self._now = max(self._now, until)
                return None
            at, _, sleeper = heapq.heappop(self._sleeping)
            self._now = max(self._now, at)
            return sleeper

    # -- moving, in the simulator's thread

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

    async def _jump(self, woken: "asyncio.Future[None]") -> None:
        """Move on until this one is awake; others who pause meanwhile may come before it."""
        await let_others_run()
        await self._wait_for_clients(thinking_too=True)
        while not woken.done() and (at := self._next_pause()) is not None:
            await self._move(at)

    async def _move(self, until: float) -> None:
        async with self._moving:
            while (sleeper := self._take_due(until)) is not None:
                await sleeper.wake()
                await self._wait_for_clients(thinking_too=False)

    # -- jumping to deadlines, when clients wait for nothing else

    def _begin_to_idle(self) -> None:
        if self._loop is not None and not self._idling:
            self._idling = True
            with contextlib.suppress(RuntimeError):  # the loop is closed: nothing will come
                self._loop.call_soon_threadsafe(
                    lambda: self._keep(asyncio.get_running_loop().create_task(self._idle()))
                )

    async def _idle(self) -> None:
        while True:
            await self._wait_for_clients(thinking_too=True)
            comings = self._comings
            quiet = await self._is_quiet()
            await asyncio.sleep(_QUIET_SECONDS)
            quiet = quiet and await self._is_quiet()
            with self._changed:
                if not self._clients():
                    self._idling = False
                    return
                at = self._sleeping[0][0]
                quiet = quiet and comings == self._comings and not self._held
            if quiet:
                await self._move(at)

    async def _is_quiet(self) -> bool:
        """Whether the simulator has nothing to do, and all clients have read what it said."""
        await let_others_run()
        return self._next_pause() is None and not self._held and not await self._is_unread()

    async def _is_unread(self) -> bool:
        """Whether something was said that a client who waits has not taken yet."""
        for waiting in self._clients():
            if not await asyncio.to_thread(waiting.nothing_came):
                return True
        return False

    async def _wait_for_clients(self, *, thinking_too: bool) -> None:
        """Return when all who wait have taken what was said; or will not do so.

        With `thinking_too`, also when nobody is busy with something else.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + _THINKING_SECONDS
        while self._joined and loop.time() < until:
            all_here = not thinking_too or len(self._clients()) >= self._joined
            if all_here and not await self._is_unread():
                return
            await asyncio.sleep(_QUIET_SECONDS)
