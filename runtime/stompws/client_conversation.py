"""One conversation over a connection of its own, as its user holds it."""

import logging
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

from .codec import Codec
from .deadlines import Deadlines
from .delivery import Event
from .descriptors import Operation
from .driver import Driver
from .errors import (
    ApiError,
    LinkError,
    LocalProtocolError,
    OutcomeUnknownError,
    SendFailedError,
)
from .opening import Opening, secrets_of
from .options import ClientOptions
from .protocol import MessageReceived, ProtocolEvent
from .shapes import Struct
from .talk import HASTY_CLOSE_SECONDS, NO_TIME, Talk, Turn, Wait

log = logging.getLogger("stompws")

P = TypeVar("P")

_LOOK_AGAIN_SECONDS = 0.25


class ClientConversation(Talk[P]):
    """A conversation that an `ApiClient` opened: an iterator of events, and a context manager.

    Iteration delivers each message of the conversation once and ends after the last one, when
    DISCONNECT has been said and the connection is closed. Messages that belong elsewhere are in
    `strays`. Nothing is ever sent twice and nothing reconnects.

    One thread reads at a time; any other may send or close meanwhile.

    Leave it by reading to the end, by `with` or by `close`: until then it holds a connection and a
    thread, also after an error of your own. One that is forgotten is closed when Python collects
    it, which may be much later and never happens while anything refers to it.

    Reading raises:
        ApiError: The service answered with its error message.
        OutcomeUnknownError: The end was not seen: the connection broke, a deadline passed, the
            server sent ERROR, or the conversation was closed. Its `reason` tells which.
        ReplyDecodeError: With `ClientOptions.strict`, for a message with a problem. Reading may go
            on after it.
        LocalProtocolError: Another thread reads, or this process was forked from the one that
            opened the conversation.
    """

    def __init__(
        self,
        opening: Opening,
        driver: Driver,
        codec: Codec,
        options: ClientOptions,
        deadlines: Deadlines,
        *,
        opened_at: float,
        subscriptions: Mapping[str, str],
        leave_clock: Callable[[], None],
    ) -> None:
        """For `ApiClient` only: the request has left. `subscriptions`: id to destination."""
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
        self._reading = threading.Lock()
        self._closing = threading.RLock()  # a callback may close
        # Its thread does not know this object, and would go on for as long as the server does.
        weakref.finalize(self, driver.abandon).atexit = False
        self._leave_clock = weakref.finalize(self, leave_clock)
        self._leave_clock.atexit = False

    # Reading.

    def __iter__(self) -> Iterator[Event[P]]:
        return self

    def __next__(self) -> Event[P]:
        event = self.next_event()
        if event is None:
            self.close()
            raise StopIteration
        return event

    def next_event(self, timeout: float | None = None) -> Event[P] | None:
        """Return the next event; None when `timeout` seconds passed, or after the end.

        The deadlines hold whatever `timeout` is. Without one this waits for them.
        """
        self._check_process()
        until = None if timeout is None else self._now() + timeout
        if not self._reading.acquire(blocking=False):
            raise LocalProtocolError(f"{self.operation.name}: another thread reads already")
        try:
            return self._next(until)
        finally:
            self._reading.release()

    def _next(self, until: float | None) -> Event[P] | None:
        while True:
            if self._failure is not None:
                raise self._failure.with_traceback(None)
            if self.ended:
                return None
            wait = self._next_wait(until)
            try:
                item, over = self._wait_for(wait)
            except LinkError as exc:
                raise self._fail(exc) from exc
            try:
                found = self._judge(wait, item, over=over)
            except ApiError:
                self.close()
                raise
            if isinstance(found, Event):
                return found
            if isinstance(found, LinkError):
                raise self._fail(found)
            if found is Turn.TIME_IS_UP:
                return None

    def _wait_for(self, wait: Wait) -> tuple[ProtocolEvent | None, bool]:
        """Wait for the next event; say whether the time is over and nothing had come by then."""
        clock, seconds = self._options.clock, wait.seconds
        if seconds <= NO_TIME:
            item = self._driver.next_event(0.0)
            return item, item is None
        if clock is not None:
            return self._driver.next_event_by(clock, wait.began + seconds)
        if wait.owed:
            # Another thread may answer while we wait: from then on a nearer deadline holds.
            seconds = min(seconds, _LOOK_AGAIN_SECONDS)
        return self._driver.next_event(seconds), False

    # Sending.

    def _send(self, operation: Operation, message: Struct | None) -> None:
        """Send a message inside the conversation. For generated methods.

        Raises:
            InvalidMessageError: The message breaks its schema. Nothing was sent.
            LocalProtocolError: It is not legal now. Nothing was sent.
            OutcomeUnknownError: The connection broke. What had arrived before can still be read.
        """
        self._check_process()
        body = self._count_send(operation, message)
        try:
            self._driver.send(
                self._address_of(operation),
                body,
                self._opening.headers(),
                secrets=secrets_of(message),
            )
        except SendFailedError as exc:
            raise self._outcome_unknown(exc) from exc
        self._note_sent()
        if self._options.clock is not None:
            self._driver.nudge()  # who reads waits by the deadline of before

    # Ending.

    def close(self) -> None:
        """Say DISCONNECT, wait for its receipt at most `Deadlines.close` seconds, and close.

        A thread that reads wakes up. Before the end this leaves the outcome open: `ended` stays
        False and a warning is logged. Idempotent; never raises for what the server does.
        """
        self._check_process()
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._leave_clock()
            if not self.ended and self._failure is None:
                log.warning("%s: closed before its end; its outcome was not seen", self._name)
            self._driver.close(self._deadlines.close)
            if self.ended:
                self._read_the_rest()

    def _read_the_rest(self) -> None:
        """Look at what came after the end: it is reported, not lost."""
        try:
            while isinstance(item := self._driver.next_event(0.0), MessageReceived):
                self._inbox.take(item)
        except LinkError as exc:
            # The conversation is complete; how the connection ended changes nothing.
            log.info("%s: after the end: %s", self._name, exc)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._is_ours:
            self.close()

    def _fail(self, reason: LinkError) -> OutcomeUnknownError:
        """End without having seen the end; every later read raises the same."""
        failure = self._failure = self._outcome_unknown(reason)
        self._leave_clock()
        with self._closing:
            self._closed = True
            self._driver.close(min(self._deadlines.close, HASTY_CLOSE_SECONDS))
        return failure


def send_inside(
    conversation: ClientConversation[Any], operation: Operation, message: Struct | None
) -> None:
    """Send a message inside a conversation by its descriptor; raises as the generated methods do.

    A function, not a method: the methods of a conversation are named by a document.
    """
    conversation._send(operation, message)  # pyright: ignore[reportPrivateUsage]
