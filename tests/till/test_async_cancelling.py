"""A task is cancelled wherever it waits: no result is lost, and nothing stays held."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import pytest

from async_steps import Steps, async_till, lease_files, nothing_left, run
from ips_till import (
    Approved,
    AsyncTill,
    Declined,
    Journal,
    NotTaken,
    Outcome,
    Phase,
    RefusedError,
    TillError,
    Unknown,
)
from till_helpers import Shop, agrees, sell

Work = Callable[[AsyncTill, str], Coroutine[Any, Any, object]]


async def a_sale(till: AsyncTill, reference: str) -> Outcome:
    """From the journal to the outcome."""
    async with till.sale(1099, reference=reference) as payment:
        async for _ in payment:
            pass
    return payment.outcome


async def disturbed(
    shop: Shop, journal: Journal, work: Work, reference: str, steps: Steps
) -> object:
    """Do some work in a task that is cancelled; return what it returned, None if it did not."""
    async with async_till(shop, journal) as till:
        task = asyncio.create_task(_awaited(steps.through(work(till, reference))))
        found = None
        with contextlib.suppress(asyncio.CancelledError, TillError):
            found = await task
        await nothing_left()
        return found


async def _awaited(work: Any) -> object:
    return await work


async def the_truth(shop: Shop, journal: Journal, reference: str) -> Outcome | None:
    """What another till finds out, None when the journal never heard of it.

    Then the paypoint is free, whatever a cancelled task had left to do in a thread.
    """
    async with async_till(shop, journal) as till:
        found = await till.recover()
        assert await till.unresolved() == ()
        try:
            known = await till.recover(reference)
        except RefusedError:
            assert found is None
            return None
        assert found is None or (found.reference, type(found)) == (reference, type(known))
        return known


async def check(shop: Shop, journal: Journal, reference: str, found: object) -> None:
    """One charge at most; what was returned and what is recovered agree with the ledger."""
    known = await the_truth(shop, journal, reference)
    charges = shop.charges(reference)
    assert len(charges) <= 1
    if known is None:
        assert charges == ()
    else:
        assert not isinstance(known, Unknown)
        assert agrees(known, charges)
    if isinstance(found, Approved | Declined | NotTaken):
        assert agrees(found, charges)


async def at_every_step(
    shop: Shop, work: Work, *, late: bool, then: Sequence[int] = (), name: str
) -> int:
    """Cancel at the first step, at the second, … until it is not reached; return how many."""
    journal, step = shop.journal(), 0
    while True:
        step += 1
        reference = f"{name}-{step}"
        steps = Steps([step, *(step + more for more in then)], late=late)
        found = await disturbed(shop, journal, work, reference, steps)
        await check(shop, journal, reference, found)
        if steps.count < step:
            return step


@pytest.mark.criterion("AC5", "AC8")
@pytest.mark.parametrize("late", [False, True], ids=["waiting", "just-come"])
@pytest.mark.parametrize("scenario", ["approved", "lost-before-result", "error-after-approval"])
def test_a_sale_cancelled_at_any_step_is_found_out(shop: Shop, scenario: str, late: bool) -> None:
    """Every single await: before it leaves, under way, in the recovery, at the end."""
    shop.simulator.choose("INST001", scenario)
    assert run(at_every_step(shop, a_sale, late=late, name="CANCELLED")) > 10
    assert lease_files(shop) == []


@pytest.mark.criterion("AC8")
@pytest.mark.parametrize("then", [(1,), (2,), (1, 2, 3)], ids=str)
@pytest.mark.parametrize("late", [False, True], ids=["waiting", "just-come"])
def test_a_task_that_is_cancelled_again_while_it_cleans_up_holds_nothing(
    shop: Shop, late: bool, then: tuple[int, ...]
) -> None:
    """Whoever has no patience with the goodbye of a connection does not lock the paypoint."""
    run(at_every_step(shop, a_sale, late=late, then=then, name="AGAIN"))
    assert lease_files(shop) == []
