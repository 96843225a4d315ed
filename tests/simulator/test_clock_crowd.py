"""Many who pause at the same time: time that jumps wakes each of them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from ips_simulator import Scenario, Simulator, VirtualClock
from ips_simulator.scenario import TELL_ALL, Decide, TakeCard, Wait
from sim_helpers import pay, till
from worldpay_ips import PaymentType, Result

PATIENCE_SECONDS = 20


@pytest.mark.parametrize("sleepers", [2, 3, 10, 200])
def test_all_who_sleep_at_once_are_woken_in_the_order_of_time(sleepers: int) -> None:
    """Whoever goes to sleep while time is jumping for another has a jump of their own coming."""
    clock = VirtualClock(auto=True)
    woken: list[float] = []

    async def sleep(seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(clock.now())

    async def all_sleep() -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(*(sleep(sleepers - number) for number in range(sleepers)))

    asyncio.run(all_sleep())
    assert woken == [float(number + 1) for number in range(sleepers)]


def test_time_jumps_for_many_tills_at_once() -> None:
    """300 seconds of pause, at ten paypoints together, are over in no time."""
    scenario = Scenario(
        name="slow", title="Slow", payment=(TakeCard(text=""), Wait(300), Decide(), *TELL_ALL)
    )
    with (
        Simulator(scenario=scenario, clock=VirtualClock(auto=True)) as simulator,
        ThreadPoolExecutor(10) as pool,
    ):

        def sell(number: int) -> Result | str | None:
            return pay(till(simulator, f"PP-{number}"), PaymentType.SALE, 1099, f"M{number}").result

        results = list(pool.map(sell, range(10)))
        assert results == [Result.AUTHORISED_ONLINE] * 10
        assert len(simulator.ledger.charges) == 10
