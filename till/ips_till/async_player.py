"""Performs procedures with asyncio: no thread for a payment, only short ones for the disk."""

import asyncio
import contextlib
import inspect
import threading
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar, cast

from stompws.async_client import AsyncApiClient
from stompws.async_conversation import AsyncClientConversation
from stompws.descriptors import Operation
from stompws.shapes import Struct

from .effects import Ask, Close, Effect, Open, Pause, Procedure, Read, Say, Talk, Tell, Write

T = TypeVar("T")


class AsyncPlayer(Generic[T]):
    """Performs one procedure, from one thing it tells to the next; as `Player` does.

    Args:
        client: Opens its conversations.
        procedure: What is performed.
    """

    def __init__(self, client: AsyncApiClient, procedure: Procedure[T]) -> None:
        self._client, self._procedure = client, procedure
        self._open: AsyncClientConversation[Any] | None = None
        self.result: T | None = None
        """What the procedure returned."""
        self.over = False
        """True when it has returned or raised."""

    async def next_told(self) -> Any:
        """Go on until something is told; None when the procedure has returned.

        Raises what the procedure raises. Cancelled, it ends the procedure where it is; what it had
        leased stays leased in the journal.
        """
        if self.over:
            return None
        try:
            effect = self._step(lambda: self._procedure.send(None))
            while effect is not None and not isinstance(effect, Tell):
                effect = await self._answer(effect)
        except BaseException:
            await self.abandon()
            raise
        return None if effect is None else effect.event

    def _step(self, go_on: Callable[[], Effect]) -> Effect | None:
        """Let the procedure go on to its next effect; None when it has returned."""
        try:
            return go_on()
        except StopIteration as exc:  # which may not leave a coroutine
            self.over, self.result = True, exc.value
            return None

    async def run(self) -> T:
        """Perform all of it, telling nobody; return the result."""
        while await self.next_told() is not None:
            pass
        return cast("T", self.result)

    async def abandon(self) -> None:
        """Close what is open, and end the procedure where it is."""
        self.over = True
        talk, self._open = self._open, None
        self._procedure.close()
        if talk is not None:
            await talk.close()

    async def _answer(self, effect: Effect) -> Effect | None:
        try:
            done = await self._do(effect)
        except BaseException as exc:  # noqa: BLE001 - the procedure decides what it means
            failure = exc
        else:
            return self._step(lambda: self._procedure.send(done))
        return self._step(lambda: self._procedure.throw(failure))

    async def _do(self, effect: Effect) -> Any:
        match effect:
            case Open(operation, request, deadlines, before):
                self._open = await self._client.open(
                    operation,
                    request,
                    deadlines=deadlines,
                    before_request=None if before is None else _in_thread(before),
                )
                return self._open
            case Read(talk, timeout):
                return await _conversation(talk).next_event(timeout)
            case Say(talk, operation, message):
                return await async_say(talk, operation, message)
            case Close(talk):
                self._open = None
                return await _conversation(talk).close()
            case Write(call):
                return await asyncio.to_thread(call)
            case Ask(handler, question, seconds):
                return await async_ask(handler, question, seconds)
            case Pause(seconds):
                return await asyncio.sleep(seconds)
            case Tell():
                raise AssertionError("what is told is delivered")


async def async_say(talk: Talk, operation: Operation, message: Struct) -> None:
    """Send a message inside a conversation."""
    await _conversation(talk).send(operation, message)


async def async_ask(handler: Callable[[Any], Any], question: object, seconds: float) -> Any:
    """Call a handler; await it, or run it in a thread of its own if it is no coroutine function.

    Raises:
        TimeoutError: It took longer than `seconds`. A coroutine is cancelled and not waited for, a
            thread goes on; what comes of it is ignored.
    """
    # In a task of its own: one that takes being cancelled for nothing holds up no payment, and one
    # that ends because something it waited for was cancelled does not end the payment.
    asking = asyncio.ensure_future(_asked(handler, question))
    asking.add_done_callback(_look_at)
    try:
        await asyncio.wait({asking}, timeout=seconds)
    finally:
        late = not asking.done()
        asking.cancel()
    if late:
        raise TimeoutError
    if asking.cancelled():
        raise RuntimeError("the handler was cancelled")
    return asking.result()


async def _asked(handler: Callable[[Any], Any], question: object) -> Any:
    if inspect.iscoroutinefunction(handler):
        return await handler(question)
    answer = await _in_own_thread(handler, question)
    # A callable object may still return something to await.
    return await answer if inspect.isawaitable(answer) else answer


def _look_at(asking: "asyncio.Future[Any]") -> None:
    """Keep the loop from complaining of an error that nobody waits for any more."""
    if not asking.cancelled():
        asking.exception()


async def _in_own_thread(handler: Callable[[Any], Any], question: object) -> Any:
    """A person may take minutes: the loop's own few threads are not for that."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[Any, BaseException | None]] = loop.create_future()

    def settle(found: Any, failure: BaseException | None) -> None:
        if not answer.done():
            answer.set_result((found, failure))
        elif inspect.iscoroutine(found):
            found.close()

    def work() -> None:
        told: tuple[Any, BaseException | None]
        try:
            told = (handler(question), None)
        except BaseException as exc:  # noqa: BLE001 - raised again where it was asked
            told = (None, exc)
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(settle, *told)

    threading.Thread(target=work, name="ips-till-handler", daemon=True).start()
    found, failure = await answer
    if failure is None:
        return found
    if isinstance(failure, Exception):
        raise failure
    # Whoever ends the thread of a handler does not end the loop.
    raise RuntimeError(f"the handler ended with {type(failure).__name__}")


def _in_thread(before: Callable[[str], None]) -> Callable[[str], Awaitable[None]]:
    return lambda correlation_id: asyncio.to_thread(before, correlation_id)


def _conversation(talk: Talk) -> AsyncClientConversation[Any]:
    return cast("AsyncClientConversation[Any]", talk)  # `Open` gave it
