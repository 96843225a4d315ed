"""One connection on which messages go either way, tied together by no conversation."""

import json
import logging
import threading
import time
import weakref
from collections import deque
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, cast

from .codec import Codec
from .decoding import decode_headers, read_message
from .delivery import Event, Stray, reply_decode_error
from .descriptors import Api, Operation
from .driver import Driver
from .errors import (
    DecodeError,
    InvalidMessageError,
    LinkError,
    LocalProtocolError,
    NotSentError,
    OutcomeUnknownError,
    RemoteRejectedError,
    SendFailedError,
)
from .headers import new_id, write_headers
from .inbox import call_back
from .opening import encode_for, secrets_of
from .options import ClientOptions
from .protocol import Disconnected, ErrorReceived, MessageReceived
from .shapes import Raw, Struct

log = logging.getLogger("stompws")

P = TypeVar("P")

_OCTETS = "application/octet-stream"
_LOOK_AGAIN_SECONDS = 0.25


class Subscription(Generic[P]):
    """The messages of one destination: an iterator of events, and a context manager.

    Iteration waits for the next message and ends when the subscription or its connection was
    closed. Any number of subscriptions of a connection may be read, each by a thread of its own or
    all by one. What comes while nobody reads waits in memory.
    """

    def __init__(self, connection: "ClientConnection", operation: Operation, key: str) -> None:
        """For `ClientConnection` only."""
        self.operation = operation
        """Its channel has the address with all parameters filled in."""
        self._connection, self._key = connection, key
        self.waiting: deque[Event[Any]] = deque()
        """Events that came and were not read yet."""
        self.closed = False

    def __repr__(self) -> str:
        state = "closed" if self.closed else "open"
        return f"<{type(self).__name__} {self.operation.name} {state}>"

    def __iter__(self) -> Iterator[Event[P]]:
        return self

    def __next__(self) -> Event[P]:
        event = self.next_event()
        if event is None:
            raise StopIteration
        return event

    def next_event(self, timeout: float | None = None) -> Event[P] | None:
        """Return the next message; None when `timeout` seconds passed, or after the end.

        Raises:
            ConnectionLostError: The connection broke.
            RemoteRejectedError: The server sent ERROR.
            RemoteProtocolError: It sent something unreadable.
            ReplyDecodeError: With `ClientOptions.strict`, for a message with a problem.
        """
        return cast("Event[P] | None", self._connection.next_of(self, timeout))

    def close(self) -> None:
        """Unsubscribe. What has come may still be read. Idempotent."""
        self._connection.unsubscribe(self, self._key)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class ClientConnection:
    """A connection that an `ApiClient` opened, for any number of messages and subscriptions.

    Usable from any thread, not across a fork. Nothing reconnects and nothing is sent twice. Leave
    it by `with` or by `close`.
    """

    def __init__(
        self,
        api: Api,
        driver: Driver,
        codec: Codec,
        options: ClientOptions,
        publisher_id: str,
        *,
        authenticated: bool,
    ) -> None:
        """For `ApiClient` only."""
        self._api, self._driver, self._codec = api, driver, codec
        self._options, self._publisher_id = options, publisher_id
        self._authenticated = authenticated
        self._subscriptions: dict[str, Subscription[Any]] = {}
        self._past: set[str] = set()  # ids of those that were closed
        self._changed = threading.Condition()
        self._reading = False  # one thread at a time takes from the driver, for all
        self._closed = False
        self._failure: LinkError | None = None
        weakref.finalize(self, driver.abandon).atexit = False

    def __repr__(self) -> str:
        state = "closed" if self._closed else "broken" if self._failure else "open"
        return f"<{type(self).__name__} {self._driver.where} {state}>"

    # Sending.

    def _send(
        self,
        operation: Operation,
        message: Struct,
        values: Mapping[str, str] | None = None,
        headers: Struct | None = None,
    ) -> None:
        """Send a message. For generated methods.

        Raises:
            InvalidMessageError: The message or its headers break their schema. Nothing was sent.
            LocalProtocolError: It cannot be sent: a parameter is not allowed, a credential is
                missing, or the connection is closed.
            NotSentError: The connection broke before an octet left.
            OutcomeUnknownError: It broke while the message left.
        """
        bound = self._bound(operation, values)
        body = encode_for(self._codec, bound, message)
        written, correlation_id = self._headers(bound, message, headers)
        try:
            self._driver.send(bound.channel.address, body, written, secrets=secrets_of(message))
        except SendFailedError as exc:
            name = operation.name
            if exc.outcome_known:
                raise NotSentError(operation=name, reason=exc) from exc
            raise OutcomeUnknownError(
                operation=name, correlation_id=correlation_id, reason=exc
            ) from exc

    def _headers(
        self, operation: Operation, message: Struct, headers: Struct | None
    ) -> tuple[dict[str, str], str]:
        correlation_id = new_id()
        written = write_headers(
            self._api.headers,
            correlation_id=correlation_id,
            message_id=new_id(),
            publisher_id=self._publisher_id,
        )
        if headers is not None:
            given: dict[str, Any] = json.loads(self._codec.encode(headers))
            written |= {name: _header_text(value) for name, value in given.items()}
        if isinstance(message, Raw):
            types = (type_.content_type for type_ in operation.messages if type_.payload is Raw)
            written["content-type"] = next(types, None) or _OCTETS
        own = tuple(type_ for type_ in operation.messages if isinstance(message, type_.payload))
        try:
            decode_headers(self._codec, own, written)
        except DecodeError as exc:
            raise InvalidMessageError(exc.type_name, exc.problems) from None
        return written, correlation_id

    # Listening.

    def _subscribe(
        self, operation: Operation, values: Mapping[str, str] | None = None
    ) -> Subscription[Any]:
        """Listen to the channel of an operation. For generated methods.

        Raises:
            LocalProtocolError: A parameter is not allowed, a credential is missing, or the
                connection is closed.
            ConnectionLostError: The connection broke.
        """
        bound = self._bound(operation, values)
        with self._changed:
            key = self._driver.send_frames(
                lambda protocol: protocol.subscribe(bound.channel.address)
            )
            subscription = Subscription[Any](self, bound, key)
            self._subscriptions[key] = subscription
        return subscription

    def unsubscribe(self, subscription: Subscription[Any], key: str) -> None:
        """For `Subscription.close`."""
        with self._changed:
            if subscription.closed:
                return
            subscription.closed = True
            self._past.add(key)
            del self._subscriptions[key]
            if not self._closed and self._failure is None:
                try:
                    self._driver.send_frames(lambda protocol: protocol.unsubscribe(key))
                except LinkError as exc:  # gone already: who reads is told
                    log.info("%s: unsubscribing: %s", subscription.operation.name, exc)
            self._changed.notify_all()

    def next_of(self, subscription: Subscription[Any], timeout: float | None) -> Event[Any] | None:
        """For `Subscription.next_event`: whoever waits reads for all the others as well."""
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            with self._changed:
                while True:
                    if subscription.waiting:
                        return self._checked(subscription.waiting.popleft())
                    if subscription.closed or self._closed:
                        return None
                    if self._failure is not None:
                        raise self._failure.with_traceback(None)
                    left = None if until is None else until - time.monotonic()
                    if left is not None and left <= 0:
                        return None
                    if not self._reading:
                        self._reading = True
                        break
                    self._changed.wait(left)
            self._read(left)

    def _read(self, seconds: float | None) -> None:
        """Take one event from the driver and hand it to its subscription."""
        # Looks up again now and then: another thread may close this subscription meanwhile.
        seconds = _LOOK_AGAIN_SECONDS if seconds is None else min(seconds, _LOOK_AGAIN_SECONDS)
        failure: LinkError | None = None
        event: tuple[Subscription[Any], Event[Any]] | None = None
        try:
            item = self._driver.next_event(seconds)
            if isinstance(item, MessageReceived):
                event = self._event(item)
            elif isinstance(item, ErrorReceived):
                failure = RemoteRejectedError(item.message, where=self._driver.where)
            elif isinstance(item, Disconnected):
                failure = LocalProtocolError("the connection was closed")
        except LinkError as exc:
            failure = exc
        finally:
            with self._changed:
                self._reading = False
                self._failure = self._failure or failure
                if event is not None:
                    event[0].waiting.append(event[1])
                self._changed.notify_all()

    def _event(self, message: MessageReceived) -> tuple[Subscription[Any], Event[Any]] | None:
        with self._changed:  # one that is being made is waited for
            subscription = self._subscription_of(message)
            late = message.subscription in self._past
        if subscription is None and late:
            return None  # on its way when we unsubscribed
        if subscription is None:
            stray = Stray(
                destination=message.destination,
                reason="no subscription",
                operation=None,
                headers=message.headers,
                body=message.body,
            )
            log.warning("%s: a stray message: %r", self._driver.where, stray)
            call_back(self._options.on_stray, stray)
            return None
        operation = subscription.operation
        reading = read_message(self._codec, operation, message.headers, message.body)
        event = Event[Any](
            payload=reading.payload if operation.messages else Raw(data=message.body),
            operation=operation,
            headers=reading.headers,
            problems=reading.problems if operation.messages else (),
            raw=reading.raw,
        )
        if event.problems:
            text = "; ".join(str(problem) for problem in event.problems)
            log.warning("%s has problems: %s", operation.name, text)
            call_back(self._options.on_problem, event)
        return subscription, event

    def _subscription_of(self, message: MessageReceived) -> Subscription[Any] | None:
        if (found := self._subscriptions.get(message.subscription or "")) is not None:
            return found
        # A server that does not say to which subscription it belongs.
        every = self._subscriptions.values()
        places = (s for s in every if s.operation.channel.address == message.destination)
        return next(places, None)

    def _checked(self, event: Event[Any]) -> Event[Any]:
        if event.problems and self._options.strict:
            raise reply_decode_error(event.operation, event)
        return event

    # Ending.

    def close(self) -> None:
        """Say DISCONNECT, wait for its receipt, and close. Idempotent.

        What was sent before has been taken by the server when this returns in time.
        """
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._changed.notify_all()
        self._driver.close(self._options.deadlines.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _bound(self, operation: Operation, values: Mapping[str, str] | None) -> Operation:
        if operation.authenticated and self._api.credential is not None and not self._authenticated:
            name = self._api.credential.parameter
            text = f"{operation.name} needs a credential: give the client {name}=…"
            raise LocalProtocolError(text)
        if not operation.channel.address:
            raise LocalProtocolError(f"{operation.name}: its address is known at run time only")
        return operation.at(values or {})


def _header_text(value: object) -> str:
    """Write a header: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
