"""What users in an event loop hold: a client of an API, and the conversations it opens.

Needs the package websockets (the extra `asyncio`).
"""

import inspect
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping
from types import TracebackType
from typing import Any, Generic, TypeAlias, TypeVar

from .async_conversation import AsyncClientConversation
from .async_driver import AsyncDriver
from .client_base import ClientBase, Plan, payload_as
from .deadlines import Deadlines
from .delivery import Event, ReplyDecodeError, Stray
from .descriptors import Operation
from .errors import (
    LinkError,
    LocalProtocolError,
    NotSentError,
    RemoteRejectedError,
    SendFailedError,
)
from .frames import Limits
from .opening import REASON_SECONDS, Opening, say_opening
from .options import ClientOptions, Secret
from .protocol import Disconnected, ErrorReceived
from .shapes import Struct
from .tls import TlsOptions

__all__ = [
    "AsyncApiClient",
    "AsyncClientConversation",
    "AsyncOpening",
    "BeforeRequest",
    "ClientOptions",
    "Deadlines",
    "Event",
    "Limits",
    "ReplyDecodeError",
    "Secret",
    "Stray",
    "TlsOptions",
]

C = TypeVar("C", bound=AsyncClientConversation[Any])
S = TypeVar("S", bound=Struct)

BeforeRequest: TypeAlias = Callable[[str], Awaitable[None] | None]
"""Called with the correlation id when the session stands and nothing of the request has left. What
it returns is awaited, if that can be; what it raises comes out as it is, and nothing was sent."""


class AsyncOpening(Generic[C]):
    """A conversation about to be opened: `await` it, or enter it with `async with`; once.

    Raises:
        LocalProtocolError: A second time: it would be a second request.
    """

    def __init__(self, begin: Callable[[], Coroutine[Any, Any, C]]) -> None:
        """For `AsyncApiClient` only."""
        self._begin = begin
        self._used = False
        self._opened: C | None = None

    def __await__(self) -> Generator[Any, Any, C]:
        return self._once().__await__()

    async def __aenter__(self) -> C:
        self._opened = await self._once()
        return self._opened

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._opened is not None:
            await self._opened.__aexit__(exc_type, exc, traceback)

    def _once(self) -> Coroutine[Any, Any, C]:
        if self._used:
            raise LocalProtocolError("opened before; call `open` for another conversation")
        self._used = True
        return self._begin()


class AsyncApiClient(ClientBase):
    """`ApiClient` for an event loop: every conversation is awaited, and none needs a thread.

    Holds no connection: each conversation has one of its own, opened at the call and closed at its
    end. May be shared by any number of tasks and event loops, not across a fork.

    Args:
        api: What the service can do, as generated.
        server: Where it is.
        credential: For operations that need one; not sent with others.
        options: Settings for all conversations. A `clock` is not supported.
    """

    def open(
        self,
        operation: Operation,
        request: Struct | None = None,
        *,
        deadlines: Deadlines | None = None,
        values: Mapping[str, str] | None = None,
        before_request: BeforeRequest | None = None,
    ) -> AsyncOpening[AsyncClientConversation[Any]]:
        """Open a connection and hand the request to it, once awaited or entered.

        Cancelled before it returns, nothing of the request has left and nothing will.

        Args:
            operation: As generated.
            request: Its message; None where all fields may be absent, or the subscription is the
                request.
            deadlines: Instead of those of the options.
            values: Parameters of the addresses.
            before_request: See `BeforeRequest`.

        Raises:
            InvalidMessageError: The request breaks its schema. No connection was opened.
            LocalProtocolError: A credential is missing, an option cannot be used, or this process
                was forked from the one that made the client. Nothing was sent.
            NotSentError: Nothing of the request left; it is safe to repeat.

        A connection that breaks while the request leaves is reported by the first read, after
        whatever the server has said: `OutcomeUnknownError`.
        """
        kind = AsyncClientConversation[Any]
        return self._open(operation, request, kind, deadlines, values, before_request)

    async def request(
        self,
        operation: Operation,
        request: Struct | None = None,
        *,
        reply: type[S],
        deadlines: Deadlines | None = None,
        values: Mapping[str, str] | None = None,
    ) -> S:
        """Open a conversation that has one reply, and return it.

        Problems beside the reply are logged and given to `ClientOptions.on_problem`, strays to
        `ClientOptions.on_stray`.

        Raises:
            ReplyDecodeError: The reply does not fit its type. It is in the error.
            ApiError: The service answered with its error message.
            OutcomeUnknownError: The request left, and no reply came.

        And all that `open` raises.
        """
        async with self.open(
            operation, request, deadlines=deadlines, values=values
        ) as conversation:
            event = await anext(conversation)  # it is the last one, or this raises
        return payload_as(operation, event, reply)

    def _open(
        self,
        operation: Operation,
        request: Struct | None,
        kind: type[C],
        deadlines: Deadlines | None = None,
        values: Mapping[str, str] | None = None,
        before_request: BeforeRequest | None = None,
    ) -> AsyncOpening[C]:
        """For generated methods; as `open`, with the class of the conversation."""

        async def begin() -> C:
            if self.options.clock is not None:
                raise LocalProtocolError("ClientOptions.clock is for ApiClient only")
            plan = self._plan(operation, request, deadlines, values)
            driver, subscriptions = await self._begin(plan, before_request)
            # Nothing is awaited from the request to the return: the conversation is not lost.
            return kind(
                plan.opening,
                driver,
                self.codec,
                self.options,
                plan.deadlines,
                opened_at=plan.opened_at,
                subscriptions=subscriptions,
            )

        return AsyncOpening(begin)

    async def _begin(
        self, plan: Plan, before_request: BeforeRequest | None
    ) -> tuple[AsyncDriver, dict[str, str]]:
        """Connect, and hand the request over; return the subscriptions as well."""
        opening = plan.opening
        try:
            driver = await AsyncDriver.open(
                self.server.url, **self._driver_arguments(plan.credential, plan.deadlines)
            )
        except LocalProtocolError:
            raise
        except LinkError as exc:
            raise NotSentError(operation=opening.operation.name, reason=exc) from exc
        try:
            if before_request is not None:
                waited = before_request(opening.correlation_id)
                if inspect.isawaitable(waited):
                    await waited
            return driver, await _hand_over(driver, opening)
        except BaseException:
            driver.abort()
            raise


async def _hand_over(driver: AsyncDriver, opening: Opening) -> dict[str, str]:
    """Subscribe and send the request, as `hand_over`; cancelled, the request has not left."""
    subscribed: dict[str, str] = {}
    try:
        await driver.send_frames(
            lambda protocol: subscribed.update(say_opening(protocol, opening)), until_started=True
        )
    except SendFailedError as exc:
        if not exc.last_started:
            reason = await _why(driver, exc)
            raise NotSentError(operation=opening.operation.name, reason=reason) from exc
    return subscribed


async def _why(driver: AsyncDriver, otherwise: LinkError) -> LinkError:
    """Return why the connection ended, which the server may have told."""
    try:
        while (item := await driver.next_event(REASON_SECONDS)) is not None:
            if isinstance(item, ErrorReceived):
                return RemoteRejectedError(item.message, where=driver.where)
            if isinstance(item, Disconnected):
                break
    except LinkError as exc:
        return exc
    return otherwise
