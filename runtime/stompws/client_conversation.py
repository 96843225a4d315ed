"""One conversation over a connection of its own, as its user holds it."""

import logging
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from .codec import Codec
from .conversation import SendFault
from .deadlines import Deadlines, Patience
from .delivery import Event, Stray, reply_decode_error
from .descriptors import Operation
from .driver import Driver
from .errors import (
    ApiError,
    LinkError,
    LocalProtocolError,
    OutcomeUnknownError,
    RemoteRejectedError,
    ReplyTimeoutError,
    SendFailedError,
)
from .inbox import Inbox
from .opening import Opening, encode_for, secrets_of
from .options import ClientOptions
from .protocol import Disconnected, ErrorReceived, MessageReceived, ProtocolEvent
from .shapes import Struct

log = logging.getLogger("stompws")

P = TypeVar("P")

_LOOK_AGAIN_SECONDS = 0.25
_NO_TIME = 1e-6  # sums of seconds are not exact: so little left of a deadline is nothing left
_HASTY_CLOSE_SECONDS = 0.2  # for the goodbye to a server that has kept us waiting already
_ADVICE = {
    SendFault.NOT_PART: "is not part of this conversation",
    SendFault.SECOND_REQUEST: "opens a conversation of its own, on another connection",
    SendFault.NOTHING_TO_ANSWER: "has nothing to answer: no message that asks for it has come",
    SendFault.ALREADY_ANSWERED: "was sent already: each message that asks gets one answer",
    SendFault.ENDED: "comes too late: the conversation has ended",
}


class ClientConversation(Generic[P]):
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
        self._opening, self._driver, self._codec = opening, driver, codec
        self._options, self._deadlines = options, deadlines
        self._inbox = Inbox[P](opening, codec, options, subscriptions)
        self._rules = self._inbox.rules
        self._now = time.monotonic if options.clock is None else options.clock.now
        self._patience = Patience(deadlines, opened_at)
        self._patience.sent(self._now())
        self._pid = os.getpid()
        self._reading = threading.Lock()
        self._closing = threading.RLock()  # a callback may close
        self._closed = False
        self._failure: LinkError | None = None
        # Its thread does not know this object, and would go on for as long as the server does.
        weakref.finalize(self, driver.abandon).atexit = False
        self._leave_clock = weakref.finalize(self, leave_clock)
        self._leave_clock.atexit = False

    def __repr__(self) -> str:
        state = "ended" if self.ended else "closed before its end" if self._closed else "open"
        return f"<{type(self).__name__} {self.operation.name} {self.correlation_id} {state}>"

    @property
    def operation(self) -> Operation:
        """The operation that opened it."""
        return self._opening.operation

    @property
    def correlation_id(self) -> str:
        """The id that ties all messages of this conversation together."""
        return self._opening.correlation_id

    @property
    def ended(self) -> bool:
        """True when the last message, or the error message, was delivered. Closing ends nothing."""
        return self._rules.ended

    @property
    def strays(self) -> tuple[Stray, ...]:
        """Messages that came on the connection and do not belong to this conversation."""
        return tuple(self._inbox.strays)

    @property
    def duplicates(self) -> int:
        """How many messages were dropped because they had come before."""
        return self._rules.duplicates

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
            now = self._now()
            with self._inbox.lock:
                owed = bool(self._rules.unanswered)
                left = self._patience.left(now, answer_owed=owed)
                waited = self._patience.waited(now)
            wait = left if until is None else min(left, until - now)
            by_deadline = left <= max(wait, 0.0)
            try:
                item, over = self._wait_for(wait, now, owed=owed)
            except LinkError as exc:
                raise self._fail(exc) from exc
            if isinstance(item, MessageReceived):
                if (event := self._deliver(item)) is not None:
                    return event
            elif isinstance(item, ErrorReceived):
                raise self._fail(RemoteRejectedError(item.message, where=self._driver.where))
            elif isinstance(item, Disconnected):
                raise self._fail(LocalProtocolError("the conversation was closed before its end"))
            elif over and by_deadline:  # only now: what had arrived in time was read first
                raise self._fail(
                    ReplyTimeoutError(
                        operation=self.operation.name,
                        correlation_id=self.correlation_id,
                        waited=waited + max(wait, 0.0),
                    )
                )
            elif over:
                return None

    def _wait_for(
        self, seconds: float, now: float, *, owed: bool
    ) -> tuple[ProtocolEvent | None, bool]:
        """Wait for the next event; say whether the time is over and nothing had come by then."""
        clock = self._options.clock
        if seconds <= _NO_TIME:
            item = self._driver.next_event(0.0)
            return item, item is None
        if clock is not None:
            return self._driver.next_event_by(clock, now + seconds)
        if owed:
            # Another thread may answer while we wait: from then on a nearer deadline holds.
            seconds = min(seconds, _LOOK_AGAIN_SECONDS)
        return self._driver.next_event(seconds), False

    def _deliver(self, message: MessageReceived) -> Event[P] | None:
        try:
            event = self._inbox.take(message)
        except ApiError as exc:
            self._failure = exc
            self.close()
            raise
        if event is not None:
            with self._inbox.lock:
                self._patience.received(self._now())
            if event.problems and self._options.strict:
                raise reply_decode_error(self.operation, event)
        return event

    # Sending.

    def _send(self, operation: Operation, message: Struct | None) -> None:
        """Send a message inside the conversation. For generated methods.

        Raises:
            InvalidMessageError: The message breaks its schema. Nothing was sent.
            LocalProtocolError: It is not legal now. Nothing was sent.
            OutcomeUnknownError: The connection broke. What had arrived before can still be read.
        """
        self._check_process()
        body = encode_for(self._codec, operation, message)
        with self._inbox.lock:
            fault = self._rules.check_send(operation.name)
            if fault is not None:
                raise LocalProtocolError(f"{operation.name} {_ADVICE[fault]}")
            if self._closed:
                raise LocalProtocolError(f"{operation.name}: the conversation is closed")
            # Counted first, so that two threads never answer twice.
            self._rules.count_send(operation.name)
        try:
            self._driver.send(
                self._opening.api.by_name[operation.name].channel.address,
                body,
                self._opening.headers(),
                secrets=secrets_of(message),
            )
        except SendFailedError as exc:
            raise self._outcome_unknown(exc) from exc
        with self._inbox.lock:
            self._patience.sent(self._now())
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
        if os.getpid() == self._pid:  # a forked child leaves its parent's connection alone
            self.close()

    def _outcome_unknown(self, reason: LinkError) -> OutcomeUnknownError:
        recover = self.operation.conversation.recover
        return OutcomeUnknownError(
            operation=self.operation.name,
            correlation_id=self.correlation_id,
            reason=reason,
            recover_with=None if recover is None else recover.operation,
            key=self._opening.recovery_key,
        )

    def _fail(self, reason: LinkError) -> OutcomeUnknownError:
        """End without having seen the end; every later read raises the same."""
        failure = self._failure = self._outcome_unknown(reason)
        self._leave_clock()
        with self._closing:
            self._closed = True
            self._driver.close(min(self._deadlines.close, _HASTY_CLOSE_SECONDS))
        return failure

    @property
    def _name(self) -> str:
        return f"{self.operation.name} {self.correlation_id}"

    def _check_process(self) -> None:
        if os.getpid() != self._pid:
            raise LocalProtocolError(
                f"{self.operation.name}: opened before a fork; open a conversation in each process"
            )


def send_inside(
    conversation: ClientConversation[Any], operation: Operation, message: Struct | None
) -> None:
    """Send a message inside a conversation by its descriptor; raises as the generated methods do.

    A function, not a method: the methods of a conversation are named by a document.
    """
    conversation._send(operation, message)  # pyright: ignore[reportPrivateUsage]
