"""What arrives on a conversation's connection, sorted: events, errors, duplicates and strays."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar, cast

from .codec import Codec
from .conversation import Conversation, Standing
from .decoding import Reading, read_message
from .delivery import Event, Stray
from .descriptors import Operation
from .errors import ApiError, Problem
from .headers import read_role
from .opening import Opening
from .options import ClientOptions
from .protocol import MessageReceived

log = logging.getLogger("stompws")

P = TypeVar("P")
T = TypeVar("T")


class Inbox(Generic[P]):
    """Judges messages by the rules of the conversation, and decodes those that belong to it.

    Args:
        opening: The plan of the conversation.
        codec: Of the API.
        options: Where strays and problems are reported.
        subscriptions: Id to destination.
    """

    def __init__(
        self,
        opening: Opening,
        codec: Codec,
        options: ClientOptions,
        subscriptions: Mapping[str, str],
    ) -> None:
        self._opening, self._codec, self._options = opening, codec, options
        self._subscriptions = subscriptions
        self._answers_at = opening.answers_at
        self._name = f"{opening.operation.name} {opening.correlation_id}"
        self.rules = Conversation(
            opening.api,
            opening.operation,
            correlation_id=opening.correlation_id,
            request=opening.body,
        )
        self.lock = threading.Lock()
        """Guards the rules; never held while waiting."""
        self.strays: list[Stray] = []

    def take(self, message: MessageReceived) -> Event[P] | None:
        """Return an event for a message to deliver, None for a duplicate or a stray.

        Raises:
            ApiError: It is the service's error message.
        """
        operation = self._operation_of(message)
        if operation is None:
            self._note_stray(message, None, "an unknown destination")
            return None
        roles, headers = self._opening.api.headers, message.headers
        with self.lock:
            verdict = self.rules.count_reply(
                operation.name,
                correlation_id=read_role(headers, roles.correlation_id),
                message_id=read_role(headers, roles.message_id),
                body=message.body,
            )
        if verdict.standing is Standing.DUPLICATE:
            log.info("%s: dropped a repeated %s", self._name, operation.name)
            return None
        if verdict.standing is Standing.STRAY:
            self._note_stray(message, operation, "; ".join(verdict.notes))
            return None
        reading = read_message(self._codec, operation, headers, message.body)
        if verdict.standing is Standing.ERROR:
            raise self._api_error(reading)
        notes = (Problem("conversation", note) for note in verdict.notes)
        event = Event[P](
            # Which classes can come is what the generated code says of P.
            payload=cast(P, reading.payload),
            operation=operation,
            headers=reading.headers,
            problems=(*reading.problems, *notes),
            raw=reading.raw,
        )
        if event.problems:
            text = "; ".join(str(problem) for problem in event.problems)
            log.warning("%s: %s has problems: %s", self._name, operation.name, text)
            call_back(self._options.on_problem, event)
        return event

    def _api_error(self, reading: Reading) -> ApiError:
        operation = self._opening.operation
        return ApiError(
            operation=operation.name,
            correlation_id=self._opening.correlation_id,
            payload=reading.payload,
            outcome_known=not operation.conversation.at_most_once,
        )

    def _operation_of(self, message: MessageReceived) -> Operation | None:
        found = self._answers_at.get(message.destination)
        if found is None and message.subscription is not None:
            # A server may rewrite a destination; the subscription is what we asked for.
            asked = self._subscriptions.get(message.subscription)
            found = None if asked is None else self._answers_at.get(asked)
        return found

    def _note_stray(
        self, message: MessageReceived, operation: Operation | None, reason: str
    ) -> None:
        stray = Stray(
            destination=message.destination,
            reason=reason,
            operation=operation,
            headers=message.headers,
            body=message.body,
        )
        self.strays.append(stray)
        log.warning("%s: a stray message: %r", self._name, stray)
        call_back(self._options.on_stray, stray)


def call_back(callback: Callable[[T], None] | None, argument: T) -> None:
    """Call a user's function; what it raises is logged and goes no further."""
    if callback is None:
        return
    try:
        callback(argument)
    except Exception as exc:  # noqa: BLE001  (whatever it is, the conversation goes on)
        log.error("a callback failed: %s", type(exc).__name__)  # its text may quote a message
