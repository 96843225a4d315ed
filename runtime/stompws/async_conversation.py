"""One conversation over a connection of its own, as its user in an event loop holds it."""

import logging
import weakref
from collections.abc import AsyncIterator, Mapping
from types import TracebackType
from typing import Self, TypeVar

from .async_driver import AsyncDriver
from .codec import Codec
from .deadlines import Deadlines
from .delivery import Event
from .descriptors import Operation
from .errors import ApiError, LinkError, LocalProtocolError, OutcomeUnknownError, SendFailedError
from .opening import Opening, secrets_of
from .options import ClientOptions
from .protocol import MessageReceived, ProtocolEvent
from .shapes import Struct
from .talk import HASTY_CLOSE_SECONDS, NO_TIME, Talk, Turn, Wait

log = logging.getLogger("stompws")

P = TypeVar("P")


class AsyncClientConversation(Talk[P]):
    """A conversation that an `AsyncApiClient` opened: an iterator of events, a context manager.

    Iteration delivers each message of the conversation once and ends after the last one, when
    DISCONNECT has been said and the connection is closed. Messages that belong elsewhere are in
    `strays`. Nothing is ever sent twice and nothing reconnects.

    It belongs to the event loop it was opened in. One task reads at a time; any other may send or
    close meanwhile.

    Cancelling a task that reads takes no message and ends nothing: who reads next goes on. Leave
    it by reading to the end, by `async with` or by `close`: until then it holds a connection. One
    that is forgotten is closed when Python collects it, which may be much later and never happens
    while anything refers to it.

    Reading raises:
        ApiError: The service answered with its error message.
        OutcomeUnknownError: The end was not seen: the connection broke, a deadline passed, the
            server sent ERROR, or the conversation was closed. Its `reason` tells which.
        ReplyDecodeError: With `ClientOptions.strict`, for a message with a problem. Reading may go
            on after it.
        LocalProtocolError: Another task reads, or this is another event loop or process than that
            which opened the conversation.
    """

    def __init__(
        self,
        opening: Opening,
        driver: AsyncDriver,
        codec: Codec,
        options: ClientOptions,
        deadlines: Deadlines,
        *,
        opened_at: float,
        subscriptions: Mapping[str, str],
    ) -> None:
        """For `AsyncApiClient` only: the request has left. `subscriptions`: id to destination."""
        super().__init__(
            opening,
            codec,
            options,
            deadlines,
            where=driver.where,
            opened_at=opened_at,
            subscriptions=subscriptions,
        )
        self._driver = driver
        self._reading = False
        # The loop knows its connection, not this object.
        weakref.finalize(self, driver.abandon).atexit = False

    # Reading.

    def __aiter__(self) -> AsyncIterator[Event[P]]:
        return self

    async def __anext__(self) -> Event[P]:
        event = await self.next_event()
        if event is None:
            await self.close()
            raise StopAsyncIteration
        return event

    async def next_event(self, timeout: float | None = None) -> Event[P] | None:
        """Return the next event; None when `timeout` seconds passed, or after the end.

        The deadlines hold whatever `timeout` is. Without one this waits for them.
        """
        self._check_process()
        until = None if timeout is None else self._now() + timeout
        if self._reading:
            raise LocalProtocolError(f"{self.operation.name}: another task reads already")
        self._reading = True
        try:
            return await self._next(until)
        finally:
            self._reading = False

    async def _next(self, until: float | None) -> Event[P] | None:
        while True:
            if self._failure is not None:
                raise self._failure.with_traceback(None)
            if self.ended:
                return None
            wait = self._next_wait(until)
            try:
                item, over = await self._wait_for(wait)
            except LinkError as exc:
                raise await self._fail(exc) from exc
            # From here to the return nothing is awaited: being cancelled loses no event.
            try:
                found = self._judge(wait, item, over=over)
            except ApiError:
                await self.close()
                raise
            if isinstance(found, Event):
                return found
            if isinstance(found, LinkError):
                raise await self._fail(found)
            if found is Turn.TIME_IS_UP:
                return None

    async def _wait_for(self, wait: Wait) -> tuple[ProtocolEvent | None, bool]:
        """Wait for the next event; say whether the time is over and nothing had come by then."""
        if wait.seconds <= NO_TIME:
            item = await self._driver.next_event(0.0)
            return item, item is None
        return await self._driver.next_event(wait.seconds), False

    # Sending.

    async def send(self, operation: Operation, message: Struct | None = None) -> None:
        """Send a message inside the conversation.

        Cancelled, it counts as sent: it may still leave.

        Raises:
            InvalidMessageError: The message breaks its schema. Nothing was sent.
            LocalProtocolError: It is not legal now. Nothing was sent.
            OutcomeUnknownError: The connection broke. What had arrived before can still be read.
        """
        self._check_process()
        body = self._count_send(operation, message)
        try:
            await self._driver.send(
                self._address_of(operation),
                body,
                self._opening.headers(),
                secrets=secrets_of(message),
            )
        except SendFailedError as exc:
            raise self._outcome_unknown(exc) from exc
        self._note_sent()
        self._driver.nudge()  # who reads waits by the deadline of before

    # Ending.

    async def close(self) -> None:
        """Say DISCONNECT, wait for its receipt at most `Deadlines.close` seconds, and close.

        A task that reads wakes up. Before the end this leaves the outcome open: `ended` stays
        False and a warning is logged. Idempotent; never raises for what the server does.
        Cancelled, it closes at once.
        """
        self._check_process()
        if not self._closed:
            self._closed = True
            if not self.ended and self._failure is None:
                log.warning("%s: closed before its end; its outcome was not seen", self._name)
        try:
            await self._driver.close(self._deadlines.close)
        finally:
            if self.ended:
                await self._read_the_rest()

    async def _read_the_rest(self) -> None:
        """Look at what came after the end: it is reported, not lost. Does not wait."""
        try:
            while isinstance(item := await self._driver.next_event(0.0), MessageReceived):
                self._inbox.take(item)
        except LinkError as exc:
            # The conversation is complete; how the connection ended changes nothing.
            log.info("%s: after the end: %s", self._name, exc)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._is_ours:
            await self.close()

    async def _fail(self, reason: LinkError) -> OutcomeUnknownError:
        """End without having seen the end; every later read raises the same."""
        failure = self._failure = self._outcome_unknown(reason)
        self._closed = True
        await self._driver.close(min(self._deadlines.close, HASTY_CLOSE_SECONDS))
        return failure
