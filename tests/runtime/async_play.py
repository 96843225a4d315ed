"""What the tests of the asyncio driver and client share."""

import asyncio
import gc
import threading
import time
import warnings
from collections.abc import Coroutine
from typing import Any, TypeVar

import psutil

from kiosk_api import API
from kiosk_client import LocalKiosk
from kiosk_scripts import KEY
from kiosk_server import PATIENCE_SECONDS, Kiosk
from stompws.async_client import AsyncApiClient, ClientOptions, Deadlines

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a loop of its own, and see that nothing is left behind when it is done.

    No task, no socket, no thread but those of the loop's pool, and no complaint of the loop.
    """
    complaints: list[str] = []
    threads = threading.active_count()

    async def watched() -> T:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, found: complaints.append(str(found)))
        before = clients_ends()
        result = await work
        await until(lambda: asyncio.all_tasks() == {asyncio.current_task()})
        await until(lambda: clients_ends() <= before)
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


async def until(condition: Any) -> None:
    """Let the loop turn until it holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it never held"
        await asyncio.sleep(0.005)


def clients_ends() -> set[Any]:
    """The sockets of this process that are connected to a server of this process."""
    found = psutil.Process().net_connections("tcp")
    served = {each.laddr.port for each in found if each.status == psutil.CONN_LISTEN}
    return {each.laddr for each in found if each.raddr and each.raddr.port in served}


def async_client_of(kiosk: Kiosk, **options: Any) -> AsyncApiClient:
    options.setdefault("deadlines", Deadlines(close=PATIENCE_SECONDS))
    server = LocalKiosk(port=kiosk.port, plain=True)
    return AsyncApiClient(API, server, credential=KEY, options=ClientOptions(**options))
