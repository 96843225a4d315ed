"""One conversation without its connection: what its user sees of it, with either driver."""

import os
import time
from collections.abc import Mapping
from enum import Enum
from typing import Final, Generic, TypeVar

import attrs

from .codec import Codec
from .conversation import SendFault
from .deadlines import Deadlines, Patience
from .delivery import Event, Stray, reply_decode_error
from .descriptors import Operation
from .errors import (
    ApiError,
    LinkError,
    LocalProtocolError,
    OutcomeUnknownError,
    RemoteRejectedError,
    ReplyTimeoutError,
)
from .inbox import Inbox
from .opening import Opening, encode_for
from .options import ClientOptions
from .protocol import Disconnected, ErrorReceived, MessageReceived, ProtocolEvent
from .records import Record
from .shapes import Struct

P = TypeVar("P")

NO_TIME: Final = 1e-6  # sums of seconds are not exact: so little left of a deadline is nothing left
HASTY_CLOSE_SECONDS: Final = 0.2  # for the goodbye to a server that has kept us waiting already
_ADVICE = {
    SendFault.NOT_PART: "is not part of this conversation",
    SendFault.SECOND_REQUEST: "opens a conversation of its own, on another connection",
    SendFault.NOTHING_TO_ANSWER: "has nothing to answer: no message that asks for it has come",
    SendFault.ALREADY_ANSWERED: "was sent already: each message that asks gets one answer",
    SendFault.ENDED: "comes too late: the conversation has ended",
}


@attrs.frozen
class Wait(Record):
    """A wait for the next event of the connection."""

    began: float
    seconds: float
    """At most so many; not more than zero: take what is there."""

    owed: bool
    """An answer of ours is owed: once it is sent, a nearer deadline may hold."""

    by_deadline: bool
    """At its end a deadline has passed."""

    waited: float
    """Seconds from the last message, ours or theirs, to when this wait began."""


class Turn(Enum):
    """What a reader does after a wait, when there is no event to return."""

    AGAIN = "again"
    TIME_IS_UP = "time is up"


class Talk(Generic[P]):
    """What `ClientConversation` and `AsyncClientConversation` share."""

    def __init__(
        self,
        opening: Opening,
        codec: Codec,
        options: ClientOptions,
        deadlines: Deadlines,
        *,
        where: str,
        opened_at: float,
        subscriptions: Mapping[str, str],
    ) -> None:
        self._opening, self._codec = opening, codec
        self._options, self._deadlines, self._where = options, deadlines, where
        self._inbox = Inbox[P](opening, codec, options, subscriptions)
        self._rules = self._inbox.rules
        self._now = time.monotonic if options.clock is None else options.clock.now
        self._patience = Patience(deadlines, opened_at)
        self._patience.sent(self._now())
        self._pid = os.getpid()
        self._closed = False
        self._failure: LinkError | None = None

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

    def _next_wait(self, until: float | None) -> Wait:
        now = self._now()
        with self._inbox.lock:
            owed = bool(self._rules.unanswered)
            left = self._patience.left(now, answer_owed=owed)
            waited = self._patience.waited(now)
        seconds = left if until is None else min(left, until - now)
        return Wait(now, seconds, owed, left <= max(seconds, 0.0), waited)

    def _judge(
        self, wait: Wait, item: ProtocolEvent | None, *, over: bool
    ) -> Event[P] | LinkError | Turn:
        """Say what a wait brought: an event, why the end will not be seen, or how to go on.

        `over` says that the time is over and nothing had come by then.

        Raises:
            ApiError: It brought the service's error message.
            ReplyDecodeError: With `strict`, a message with a problem.
        """
        if isinstance(item, MessageReceived):
            event = self._take(item)
            return Turn.AGAIN if event is None else event
        if isinstance(item, ErrorReceived):
            return RemoteRejectedError(item.message, where=self._where)
        if isinstance(item, Disconnected):
            return LocalProtocolError("the conversation was closed before its end")
        if over and wait.by_deadline:  # only now: what had arrived in time was read first
            return ReplyTimeoutError(
                operation=self.operation.name,
                correlation_id=self.correlation_id,
                waited=wait.waited + max(wait.seconds, 0.0),
            )
        return Turn.TIME_IS_UP if over else Turn.AGAIN

    def _take(self, message: MessageReceived) -> Event[P] | None:
        try:
            event = self._inbox.take(message)
        except ApiError as exc:
            self._failure = exc
            raise
        if event is not None:
            with self._inbox.lock:
                self._patience.received(self._now())
            if event.problems and self._options.strict:
                raise reply_decode_error(self.operation, event)
        return event

    # Sending.

    def _count_send(self, operation: Operation, message: Struct | None) -> bytes:
        """Return what to send for a message inside the conversation, and count it as sent.

        Raises:
            InvalidMessageError: The message breaks its schema. Nothing was counted.
            LocalProtocolError: It is not legal now. Nothing was counted.
        """
        body = encode_for(self._codec, operation, message)
        with self._inbox.lock:
            fault = self._rules.check_send(operation.name)
            if fault is not None:
                raise LocalProtocolError(f"{operation.name} {_ADVICE[fault]}")
            if self._closed:
                raise LocalProtocolError(f"{operation.name}: the conversation is closed")
            # Counted first, so that two never answer twice.
            self._rules.count_send(operation.name)
        return body

    def _address_of(self, operation: Operation) -> str:
        return self._opening.api.by_name[operation.name].channel.address

    def _note_sent(self) -> None:
        with self._inbox.lock:
            self._patience.sent(self._now())

    # Ending.

    def _outcome_unknown(self, reason: LinkError) -> OutcomeUnknownError:
        recover = self.operation.conversation.recover
        return OutcomeUnknownError(
            operation=self.operation.name,
            correlation_id=self.correlation_id,
            reason=reason,
            recover_with=None if recover is None else recover.operation,
            key=self._opening.recovery_key,
        )

    @property
    def _name(self) -> str:
        return f"{self.operation.name} {self.correlation_id}"

    @property
    def _is_ours(self) -> bool:
        """False in a forked child, which leaves its parent's connection alone."""
        return os.getpid() == self._pid

    def _check_process(self) -> None:
        if not self._is_ours:
            raise LocalProtocolError(
                f"{self.operation.name}: opened before a fork; open a conversation in each process"
            )
