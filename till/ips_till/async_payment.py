"""A payment for asyncio: an asynchronous context manager and iterator of events."""

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from stompws.async_client import AsyncApiClient
from stompws.errors import LinkError
from worldpay_ips.operations import ABORT_PAYMENT, API

from .answering import abort_message
from .async_player import AsyncPlayer, async_say
from .errors import JournalError, TillError
from .events import TillEvent
from .held import Held
from .job import Job
from .outcome import Outcome
from .paying import Started, perform

T = TypeVar("T")


class AsyncPayment(Held):
    """One payment, as `Payment`, with `async with` and `async for`.

    Tasks that iterate take turns; `abort` may be called from any of the same loop. A task that is
    cancelled leaves the payment as it is, for `AsyncTill.recover`.
    """

    _player: AsyncPlayer[Outcome] | None = None
    _cleanup: contextlib.AsyncExitStack | None = None

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """For tills only, as `Held`."""
        super().__init__(*arguments, **named)
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Journal, lease, connect and send; raises as `Payment.__enter__`."""
        self._check_enter()
        self._cleanup = contextlib.AsyncExitStack()
        job = self._leased(await lease_surely(self._begin, self._counter.journal.give_back))
        try:
            await self._cleanup.enter_async_context(async_kept_alive(job))
            client = AsyncApiClient(
                API,
                self._counter.server,
                credential=self._counter.license_key,
                options=self._counter.options_for(job),
            )
            operation, request = self._order.operation, self._order.request
            self._player = AsyncPlayer(client, perform(job, operation, request))
            told = await self._player.next_told()
            while not (told is None or isinstance(told, Started)):
                told = await self._player.next_told()
        except BaseException:
            await self._leave()
            raise
        return self

    def __aiter__(self) -> AsyncIterator[TillEvent]:
        return self

    async def __anext__(self) -> TillEvent:
        """Wait for the next event; raises as `Payment.__next__`."""
        self._check_process()
        if self._player is None:
            raise TillError(f"{self.reference}: enter the payment first, with `async with`")
        async with self._turn:
            try:
                told: TillEvent | None = await self._player.next_told()
            except BaseException:
                await self._leave()
                raise
            if told is None:
                await self._leave()
                raise StopAsyncIteration
            return told

    async def finish(self) -> Outcome:
        """Read to the end, and return the outcome. Raises as iterating does."""
        async for _ in self:
            pass
        return self.outcome

    async def abort(self) -> None:
        """Ask the service to abort; as `Payment.abort`."""
        talk = self._abort_wanted()
        if talk is None:
            return
        await asyncio.to_thread(self._note_abort)
        with contextlib.suppress(LinkError):  # who reads finds out
            await async_say(talk, ABORT_PAYMENT, abort_message(self.sent_with))

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if os.getpid() != self._pid:
            return  # a forked child leaves its parent's payment alone
        try:
            if exc is None or isinstance(exc, Exception):
                await self.finish()
        finally:
            await self._leave()

    async def _leave(self) -> None:
        """Let go of what is held. An entry that is not resolved waits for `recover`."""
        try:
            if self._player is not None and not self._player.over:
                await self._player.abandon()
        finally:
            await self._let_go()

    async def _let_go(self) -> None:
        try:
            if self._cleanup is not None:
                await self._cleanup.aclose()
        finally:
            # Not in a thread: a task that is being cancelled, perhaps once more, must not leave
            # before it is written. Else the paypoint would be held as long as this process lives.
            self._give_back()
            if self._job is not None:
                self._job.watch.end()


async def lease_surely(take: Callable[[], T], give_back: Callable[[T], object]) -> T:
    """Take a lease in a thread. Cancelled, it waits for the thread's end and gives the lease back.

    A thread cannot be cancelled: a lease that it took when nobody waits any more would be held as
    long as this process lives.
    """
    # No task: those are all cancelled when a loop ends.
    taking = asyncio.get_running_loop().run_in_executor(None, take)
    try:
        return await asyncio.shield(taking)
    except asyncio.CancelledError:
        while not taking.done():
            with contextlib.suppress(asyncio.CancelledError):  # raised below
                await asyncio.wait({taking})
        if taking.exception() is None:
            with contextlib.suppress(TillError):
                give_back(taking.result())
        raise


@contextlib.asynccontextmanager
async def async_kept_alive(job: Job) -> AsyncGenerator[None]:
    """Renew the lease of a job from a task, as often as its journal wants it."""
    seconds = job.journal.heart_beat_seconds
    lease = job.lease
    if seconds is None or lease is None:
        yield
        return

    async def beat() -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await asyncio.to_thread(job.journal.renew, lease)
            except JournalError as exc:
                # The next write finds out what it means; a lost beat alone means nothing yet.
                job.watch.note("journal-trouble", why=type(exc).__name__)

    task = asyncio.ensure_future(beat())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})
