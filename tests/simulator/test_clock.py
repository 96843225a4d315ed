"""The simulator's time, without a simulator: loops and tasks alone."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ips_simulator import Clock, RealClock, VirtualClock
from ips_simulator.clock import within


@contextmanager
def running(work: Coroutine[Any, Any, None]) -> Iterator[None]:
    """Run a coroutine in a thread, as a simulator does; it must have ended afterwards."""
    thread = threading.Thread(target=lambda: asyncio.run(work))
    thread.start()
    yield
    thread.join(10)
    assert not thread.is_alive()


def test_who_sleeps_is_woken_in_the_order_of_time() -> None:
    """However far the clock is moved in one go, each sees its own time."""
    clock, woken = VirtualClock(), list[tuple[str, float]]()

    async def sleep(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((name, clock.now()))

    async def sleep_twice() -> None:
        await sleep("twice", 2)
        await sleep("twice", 2)

    async def main() -> None:
        await asyncio.gather(sleep("late", 5), sleep("early", 1), sleep_twice(), sleep("last", 9))

    with running(main()):
        clock.wait_until_asleep(4)
        clock.advance(6)
        assert woken == [("early", 1), ("twice", 2), ("twice", 4), ("late", 5)]
        assert clock.now() == 6
        clock.advance(3)
    assert woken[-1] == ("last", 9)


def test_time_stands_still_otherwise() -> None:
    """A test decides when it goes on; before the loop runs, too."""
    clock = VirtualClock()
    assert (clock.now(), clock.now()) == (0, 0)
    clock.advance(1.5)
    assert clock.now() == 1.5
    with pytest.raises(ValueError, match="time does not go back"):
        clock.advance(-1)
    with pytest.raises(TimeoutError, match="nobody waits for this clock"):
        clock.wait_until_asleep(timeout=0)


def test_auto_skips_pauses_in_their_order() -> None:
    """Nobody has to advance it."""
    clock, woken = VirtualClock(auto=True), list[float]()

    async def sleep(*pauses: float) -> None:
        for seconds in pauses:
            await clock.sleep(seconds)
            woken.append(clock.now())

    async def main() -> None:
        await asyncio.gather(sleep(3, 3), sleep(4), sleep(0))

    with running(main()):
        pass
    assert woken == [0, 3, 4, 6]


def test_auto_does_not_jump_to_deadlines() -> None:
    """A person who answers later than at once would always be late."""
    clock, late = VirtualClock(auto=True), threading.Event()

    async def miss() -> None:
        await clock.deadline(60)
        late.set()

    async def main() -> None:
        missing = asyncio.ensure_future(miss())
        await clock.sleep(59)
        assert not late.is_set()
        await clock.sleep(2)  # it passes the deadline
        await missing

    with running(main()):
        pass
    assert (late.is_set(), clock.now()) == (True, 61)


def test_a_cancelled_sleep_leaves_nothing_behind() -> None:
    """Its time may come and go."""
    clock, slept = VirtualClock(), threading.Event()

    async def main() -> None:
        given_up = asyncio.ensure_future(clock.sleep(1))
        await asyncio.sleep(0)
        given_up.cancel()
        await clock.sleep(2)
        slept.set()

    with running(main()):
        while clock.now() < 2:
            clock.wait_until_asleep()
            clock.advance(2)
    assert slept.is_set()


@pytest.mark.parametrize("clock", [RealClock(), VirtualClock(auto=True)])
def test_work_in_time_is_not_disturbed(clock: Clock) -> None:
    """Its result and its error come through."""

    async def work() -> int:
        await asyncio.sleep(0)
        return 7

    async def fail() -> None:
        raise LookupError("mine")

    async def main() -> None:
        assert await within(clock, None, work()) == 7
        assert await within(clock, 60, work()) == 7
        with pytest.raises(LookupError, match="mine"):
            await within(clock, 60, fail())

    asyncio.run(main())


def test_work_that_takes_too_long_is_cancelled() -> None:
    """In virtual time, at the deadline and not before."""
    clock, cancelled = VirtualClock(), threading.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    async def main() -> None:
        with pytest.raises(TimeoutError, match="not within 30 s"):
            await within(clock, 30, work())

    with running(main()):
        clock.wait_until_asleep()
        clock.advance(29.9)
        assert not cancelled.is_set()
        clock.advance(0.1)
    assert cancelled.is_set()


def test_the_real_clock_is_the_machines() -> None:
    """It goes on by itself."""
    clock = RealClock()

    async def main() -> float:
        before = clock.now()
        await clock.sleep(0.01)
        await clock.deadline(0.01)
        return clock.now() - before

    assert asyncio.run(main()) >= 0.015
