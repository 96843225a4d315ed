"""The asyncio driver and client as if they were the others: so the same tests can ask both.

Every call goes to an event loop on a thread of its own, and waits there.
"""

import asyncio
import concurrent.futures
import contextlib
import threading
from collections.abc import Callable, Coroutine, Iterator
from types import TracebackType
from typing import Any, Self, TypeVar

from kiosk import (
    Answer,
    Cancel,
    Done,
    Enrolled,
    Enrolment,
    MachineStatus,
    Order,
    OrderQuery,
    ReceiptQuery,
)
from kiosk_api import (
    ANSWER_QUESTION,
    API,
    CANCEL_ORDER,
    ENROL,
    FETCH_RECEIPTS,
    PLACE_ORDER,
    QUERY_ORDER,
    STATUS_OF_MACHINE,
)
from kiosk_client import LocalKiosk
from stompws.async_client import AsyncApiClient, AsyncClientConversation
from stompws.async_driver import AsyncDriver
from stompws.client import ClientOptions, Deadlines, Event, Secret
from stompws.descriptors import Operation
from stompws.protocol import ClientProtocol, ProtocolEvent
from stompws.shapes import Struct

T = TypeVar("T")


class Loop:
    """An event loop on a thread, until the `with` block ends; then no task may be left in it."""

    current: "Loop"

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bridge", daemon=True)
        self.complaints: list[str] = []

    def __enter__(self) -> Self:
        self._loop.set_exception_handler(lambda _, found: self.complaints.append(str(found)))
        self._thread.start()
        Loop.current = self
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        left = self.wait(self._left())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
        if exc is None:
            assert left == []
            assert self.complaints == []

    async def _left(self) -> list[str]:
        mine = asyncio.current_task()
        return [repr(task) for task in asyncio.all_tasks() if task is not mine]

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it in the loop; whatever interrupts this thread cancels it there."""
        future: concurrent.futures.Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def call(self, work: Callable[[], T]) -> T:
        """Call it in the loop."""

        async def calling() -> T:
            return work()

        return self.wait(calling())


def wait(work: Coroutine[Any, Any, T]) -> T:
    return Loop.current.wait(work)


class BridgedDriver:
    """`Driver`, with `AsyncDriver` behind it."""

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    @classmethod
    def open(cls, url: str, **arguments: Any) -> "BridgedDriver":
        return cls(wait(AsyncDriver.open(url, **arguments)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)

    def send_frames(self, fill: Callable[[ClientProtocol], T], timeout: float | None = None) -> T:
        return wait(self._driver.send_frames(fill, timeout))

    def send(self, *arguments: Any, **options: Any) -> str | None:
        return wait(self._driver.send(*arguments, **options))

    def next_event(self, timeout: float | None = None) -> ProtocolEvent | None:
        return wait(self._driver.next_event(timeout))

    def close(self, timeout: float = 5.0) -> None:
        wait(self._driver.close(timeout))

    def abort(self) -> None:
        Loop.current.call(self._driver.abort)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class BridgedConversation:
    """`PlaceOrder` and its like, with an `AsyncClientConversation` behind it."""

    def __init__(self, conversation: AsyncClientConversation[Any]) -> None:
        self._conversation = conversation

    def __getattr__(self, name: str) -> Any:
        return getattr(self._conversation, name)

    def __repr__(self) -> str:
        return repr(self._conversation)

    def __iter__(self) -> Iterator[Event[Any]]:
        return self

    def __next__(self) -> Event[Any]:
        async def following() -> Event[Any] | None:
            with contextlib.suppress(StopAsyncIteration):
                return await anext(self._conversation)
            return None

        if (event := wait(following())) is None:
            raise StopIteration
        return event

    def next_event(self, timeout: float | None = None) -> Event[Any] | None:
        return wait(self._conversation.next_event(timeout))

    def answer_question(self, message: Answer) -> None:
        wait(self._conversation.send(ANSWER_QUESTION, message))

    def cancel_order(self, message: Cancel | None = None) -> None:
        wait(self._conversation.send(CANCEL_ORDER, message))

    def close(self) -> None:
        wait(self._conversation.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        wait(self._conversation.__aexit__(exc_type, exc, traceback))


class BridgedKioskClient:
    """`KioskClient`, with an `AsyncApiClient` behind it."""

    def __init__(
        self,
        server: LocalKiosk,
        *,
        kiosk_key: Secret | None = None,
        options: ClientOptions | None = None,
    ) -> None:
        self._client = AsyncApiClient(API, server, credential=kiosk_key, options=options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def __repr__(self) -> str:
        return repr(self._client).replace("AsyncApiClient", "KioskClient")

    def _open(
        self, operation: Operation, request: Struct | None, deadlines: Deadlines | None
    ) -> BridgedConversation:
        async def opening() -> AsyncClientConversation[Any]:
            return await self._client.open(operation, request, deadlines=deadlines)

        return BridgedConversation(wait(opening()))

    def _ask(
        self, operation: Operation, request: Struct | None, reply: type[Any], deadlines: Any
    ) -> Any:
        return wait(self._client.request(operation, request, reply=reply, deadlines=deadlines))

    def place_order(
        self, request: Order, *, deadlines: Deadlines | None = None
    ) -> BridgedConversation:
        return self._open(PLACE_ORDER, request, deadlines)

    def fetch_receipts(
        self, request: ReceiptQuery, *, deadlines: Deadlines | None = None
    ) -> BridgedConversation:
        return self._open(FETCH_RECEIPTS, request, deadlines)

    def query_order(self, request: OrderQuery, *, deadlines: Deadlines | None = None) -> Any:
        return self._ask(QUERY_ORDER, request, Done, deadlines)

    def enrol(self, request: Enrolment, *, deadlines: Deadlines | None = None) -> Any:
        return self._ask(ENROL, request, Enrolled, deadlines)

    def machine_status(self, *, deadlines: Deadlines | None = None) -> Any:
        return self._ask(STATUS_OF_MACHINE, None, MachineStatus, deadlines)
