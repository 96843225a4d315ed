"""Runs something in an event loop and cancels it at a chosen step, and sees what is left behind."""

import asyncio
import gc
import threading
import time
import types
import warnings
from collections.abc import Collection, Coroutine, Generator
from typing import Any, TypeVar

import psutil

from ips_till import AsyncTill, Journal
from till_helpers import PROMPT, Shop, quick

T = TypeVar("T")

PATIENCE_SECONDS = 20.0


class Steps:
    """Counts the times a coroutine waits, and cancels its task at some of them.

    Args:
        cancel_at: Which ones, from 1.
        late: Cancel when what is waited for has just come, not while it is waited for.
    """

    def __init__(self, cancel_at: Collection[int] = (), *, late: bool = False) -> None:
        self._cancel_at, self._late = frozenset(cancel_at), late
        self.count = 0

    @types.coroutine
    def through(self, work: Coroutine[Any, Any, T]) -> Generator[Any, Any, T]:
        """Await it, step by step."""
        task = asyncio.current_task()
        assert task is not None
        raised: BaseException | None = None
        while True:
            try:
                waits_for = work.send(None) if raised is None else work.throw(raised)
            except StopIteration as end:
                found: T = end.value
                return found
            raised = None
            self.count += 1
            if self.count in self._cancel_at:
                self._cancel(task, waits_for)
            try:
                yield waits_for
            except BaseException as exc:  # noqa: BLE001 - handed on to what is awaited
                raised = exc

    def _cancel(self, task: "asyncio.Task[Any]", waits_for: Any) -> None:
        if self._late and waits_for is not None:
            # Before the task's own callback: it finds both what it waited for and the cancelling.
            waits_for.add_done_callback(lambda _: task.cancel())
        else:
            asyncio.get_running_loop().call_soon(task.cancel)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a loop of its own; no task, socket, thread or complaint may be left behind."""
    complaints: list[str] = []
    threads = threading.active_count()

    async def watched() -> T:
        asyncio.get_running_loop().set_exception_handler(
            lambda _, found: complaints.append(str(found))
        )
        result = await work
        await nothing_left()
        return result

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = asyncio.run(watched())
        gc.collect()
    assert complaints == []
    deadline = time.monotonic() + PATIENCE_SECONDS
    while threading.active_count() > threads and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() <= threads
    return result


async def nothing_left() -> None:
    """Wait until there is no other task and no connection of ours."""
    await until(lambda: asyncio.all_tasks() == {asyncio.current_task()} and not _connections())


async def until(condition: Any) -> None:
    """Let the loop turn until it holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it never held"
        await asyncio.sleep(0.005)


def _connections() -> set[Any]:
    """The sockets of this process that are connected to a server of this process."""
    found = psutil.Process().net_connections("tcp")
    served = {each.laddr.port for each in found if each.status == psutil.CONN_LISTEN}
    return {each.laddr for each in found if each.raddr and each.raddr.port in served}


def async_till(
    shop: Shop, journal: Journal, *, paypoint_id: str = "INST001", **more: Any
) -> AsyncTill:
    """A till of the shop, for an event loop. What is not said is decided as with `Shop.till`."""
    given: dict[str, Any] = {
        "license_key": shop.simulator.license_key,
        "journal": journal,
        "settings": quick(recovery_pause=0.001),
        "options": PROMPT,
        "on_action": "decline",
        "on_stray": shop.strays.append,
    }
    return AsyncTill(shop.simulator.server(paypoint_id), **{**given, **more})


def lease_files(shop: Shop) -> list[str]:
    """What proves that a till holds a paypoint."""
    return [file.name for file in shop.path.with_name(shop.path.name + "-leases").glob("*")]
