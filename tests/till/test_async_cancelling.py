"""A task is cancelled wherever it waits: no result is lost, and nothing stays held."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import pytest

from async_steps import Steps, async_till, lease_files, nothing_left, run, until
from ips_simulator import Behaviour, Hold
from ips_till import (
    Actions,
    Approved,
    AsyncTill,
    Declined,
    Intent,
    Journal,
    MoneyOperation,
    NotTaken,
    Outcome,
    RefusedError,
    SignatureQuestion,
    TillError,
    Unknown,
)
from till_helpers import Shop, agrees

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


async def till_free(shop: Shop, journal: Journal) -> None:
    """Recover what was left; then the paypoint takes a sale."""
    async with async_till(shop, journal) as till:
        assert not isinstance(await till.recover(), Unknown)
        assert await till.unresolved() == ()
        assert isinstance(await a_sale(till, till.sale(1).reference), Approved)


@pytest.mark.criterion("AC8")
@pytest.mark.parametrize(
    ("late", "then"),
    [(False, ()), (True, ()), (False, (1,))],
    ids=["waiting", "just-come", "twice"],
)
def test_a_recovery_cancelled_at_any_step_can_be_done_again(
    shop: Shop, late: bool, then: tuple[int, ...]
) -> None:
    """What it had taken over is given back."""
    journal = shop.journal()

    async def recovered(till: AsyncTill, reference: str) -> object:
        intent = Intent(reference=reference, paypoint_id="INST001", operation=MoneyOperation.SALE)
        lease = journal.begin(intent)
        journal.sending(lease, correlation_id="c")
        journal.give_back(lease)
        return await till.recover()

    run(at_every_step(shop, recovered, late=late, then=then, name="RECOVERED"))
    assert lease_files(shop) == []
    assert shop.simulator.ledger.charges == ()


@pytest.mark.criterion("AC49", "AC8")
@pytest.mark.parametrize("late", [False, True], ids=["waiting", "just-come"])
def test_a_z_report_cancelled_at_any_step_is_found_out(shop: Shop, late: bool) -> None:
    """Closed or not is told by the number of the batch; each is closed once at most."""
    journal = shop.journal()

    async def closed(till: AsyncTill, reference: str) -> object:
        return await till.z_report(reference=reference)

    async def batch_number() -> int:
        async with async_till(shop, journal) as till:
            number = (await till.x_report()).batch_number
            assert number is not None
            return number

    async def play() -> None:
        step, steps = 0, Steps()
        while steps.count >= step:
            step += 1
            before = await batch_number()
            reference = f"Z-{step}"
            await disturbed(shop, journal, closed, reference, steps := Steps([step], late=late))
            known = await the_truth(shop, journal, reference)
            assert not isinstance(known, Unknown)
            assert await batch_number() == before + isinstance(known, Approved)

    run(play())
    assert lease_files(shop) == []


@pytest.mark.criterion("AC8")
@pytest.mark.parametrize("what", ["cancel", "restart", "ensure_receipts"])
def test_whatever_is_cancelled_the_paypoint_is_not_held(shop: Shop, what: str) -> None:
    """A cancellation, a restart, the fetching of receipts: afterwards a sale is taken."""
    journal = shop.journal()

    async def play() -> None:
        step, steps = 0, Steps()
        while steps.count >= step:
            step += 1
            sold, steps = f"SOLD-{step}", Steps([step])
            async with async_till(shop, journal) as till:
                await a_sale(till, sold)

            async def work(till: AsyncTill, reference: str) -> object:
                if what == "restart":
                    return await till.restart()
                return await getattr(till, what)(reference)

            await disturbed(shop, journal, work, sold, steps)
            await till_free(shop, journal)

    run(play())
    assert lease_files(shop) == []


@pytest.mark.criterion("AC28", "AC30")
@pytest.mark.parametrize("kind", ["coroutine", "thread"])
def test_a_sale_cancelled_while_a_person_thinks_is_found_out(shop: Shop, kind: str) -> None:
    """No answer is sent for whom nobody asks any more; the handler's task ends."""
    shop.simulator.choose("INST001", "signature-accepted")
    journal, asked, over = shop.journal(), threading.Event(), threading.Event()
    ended: list[str] = []

    async def think(_: SignatureQuestion) -> bool:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("coroutine")
        return True

    def stare(_: SignatureQuestion) -> bool:
        asked.set()
        over.wait(20)
        ended.append("thread")
        return True

    actions = Actions(otherwise="decline", signature=think if kind == "coroutine" else stare)

    async def play() -> None:
        async with async_till(shop, journal, on_action=actions) as till:
            task = asyncio.create_task(a_sale(till, "THINKING"))
            await until(asked.is_set)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            over.set()
            await until(lambda: ended == [kind])
            await nothing_left()

    run(play())
    known = run(the_truth(shop, journal, "THINKING"))
    assert known is not None
    assert agrees(known, shop.charges("THINKING"))


def test_a_time_limit_around_a_sale_loses_nothing(shop: Shop) -> None:
    """`asyncio.timeout` cancels: the error comes out, the outcome waits for `recover`."""
    hold = Hold("result")
    shop.simulator.next_payment(Behaviour(), hold=hold)
    journal = shop.journal()

    async def play() -> None:
        async with async_till(shop, journal) as till:
            payment = till.sale(1099)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3), payment:
                    await payment.finish()
            assert isinstance(payment.outcome, Unknown)
            hold.release()
            assert isinstance(await till.recover(payment.reference), Approved)

    run(play())
    assert len(shop.simulator.ledger.charges) == 1


def test_a_group_that_fails_leaves_its_sales_to_recovery(shop: Shop) -> None:
    """One task fails, twenty sales beside it are cancelled: each is found out."""
    journal = shop.journal()

    async def fail() -> None:
        await asyncio.sleep(0.2)
        raise ZeroDivisionError

    async def play() -> None:
        tills = [async_till(shop, journal, paypoint_id=f"P{number}") for number in range(20)]

        async def all_of_them() -> None:
            async with asyncio.TaskGroup() as group:
                for number, till in enumerate(tills):
                    group.create_task(a_sale(till, f"GROUP-{number}"))
                group.create_task(fail())

        with pytest.raises(ExceptionGroup):
            await all_of_them()
        for number, till in enumerate(tills):
            known = await till.recover()
            with contextlib.suppress(RefusedError):
                known = await till.recover(f"GROUP-{number}")
            charges = shop.charges(f"GROUP-{number}")
            assert charges == () if known is None else agrees(known, charges)
            assert await till.unresolved() == ()

    run(play())
    assert lease_files(shop) == []
