"""Generated clients with the asyncio client behind them: for whole campaigns over it."""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from bridged import Loop, wait
from stompws.async_client import AsyncApiClient, AsyncClientConversation
from stompws.client import ApiClient, ClientConversation, Deadlines, Event
from stompws.descriptors import Operation
from stompws.shapes import Struct


def use_event_loop() -> None:
    """From now on, in this process, every client's conversations run in an event loop."""
    if not hasattr(Loop, "current"):
        Loop().__enter__()
        ApiClient._open = _open  # type: ignore[assignment]  # returns what quacks like it


def _open(
    client: ApiClient,
    operation: Operation,
    request: Struct | None,
    kind: type[ClientConversation[Any]],
    deadlines: Deadlines | None = None,
    values: Mapping[str, str] | None = None,
    before_request: Callable[[str], None] | None = None,
) -> ClientConversation[Any]:
    twin = AsyncApiClient(
        client.api, client.server, credential=client._credential, options=client.options
    )

    async def opening() -> AsyncClientConversation[Any]:
        return await twin.open(
            operation, request, deadlines=deadlines, values=values, before_request=before_request
        )

    return _bridged(kind, wait(opening()))


def _bridged(
    kind: type[ClientConversation[Any]], conversation: AsyncClientConversation[Any]
) -> ClientConversation[Any]:
    """Return one of this kind, with its own methods, that asks the other."""

    class Bridged(kind):  # type: ignore[misc, valid-type]  # known at run time only
        def __init__(self) -> None:
            self._opening, self._codec = conversation._opening, conversation._codec
            self._inbox, self._rules = conversation._inbox, conversation._rules
            self._pid, self._closed = conversation._pid, False

        def __next__(self) -> Event[Any]:
            event = wait(conversation.next_event())
            if event is None:
                self.close()
                raise StopIteration
            return event

        def next_event(self, timeout: float | None = None) -> Event[Any] | None:
            return wait(conversation.next_event(timeout))

        def _send(self, operation: Operation, message: Struct | None) -> None:
            wait(conversation.send(operation, message))

        def close(self) -> None:
            wait(conversation.close())

        def __exit__(
            self,
            exc_type: type[BaseException] | None,
            exc: BaseException | None,
            traceback: TracebackType | None,
        ) -> None:
            wait(conversation.__aexit__(exc_type, exc, traceback))

    return Bridged()
