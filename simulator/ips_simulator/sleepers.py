"""Who sleeps by a virtual clock, and how they are woken."""

import asyncio
from concurrent.futures import Future

import attrs

from stompws.clock import Waiting

_TURNS = 50
"""Turns of the event loop in which a task that was woken comes to its next pause."""
_GLANCE_SECONDS = 0.1


@attrs.frozen(eq=False)
class Pausing:
    """A task of the simulator."""

    woken: "asyncio.Future[None]"
    pause: bool

    async def wake(self) -> None:
        """Let it go on, to its next pause."""
        if not self.woken.done():
            self.woken.set_result(None)
            await let_others_run()


@attrs.frozen(eq=False)
class Client:
    """Somebody who waits for a message from the simulator, in a thread of their own."""

    waiting: Waiting

    async def wake(self) -> None:
        """End the waiting, when all that had arrived is before them."""
        await asyncio.to_thread(self.waiting.wake)


def await_while_open(moved: Future[None], loop: asyncio.AbstractEventLoop) -> None:
    """Wait for a loop that may be closed before it comes to what it was asked for."""
    while True:
        try:
            moved.result(_GLANCE_SECONDS)
        except TimeoutError:
            if loop.is_closed():
                raise RuntimeError("the loop was closed") from None
        else:
            return


async def let_others_run() -> None:
    """Give everybody who can go on the time for it."""
    for _ in range(_TURNS):
        await asyncio.sleep(0)
