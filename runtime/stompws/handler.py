"""What generated server stubs are made of: handlers, their routes, and typed replies.

Nothing here owns a socket or an event loop. Whoever does gives a `ReplyPort` for each conversation
and passes what a `ServerSession` reports to `ApiHandler.dispatch`.
"""

import abc
from collections.abc import Mapping
from typing import ClassVar, Protocol, TypeVar

import attrs

from .descriptors import Api, Operation
from .errors import RemoteProtocolError
from .records import Record
from .server_events import RequestArrived, SendArrived
from .shapes import Struct

S = TypeVar("S", bound=Struct)


class ReplyPort(Protocol):
    """The way of one conversation's replies to the client."""

    async def send(self, operation: Operation, message: Struct) -> None:
        """Send a reply.

        Raises:
            InvalidMessageError: The message breaks its schema.
            LocalProtocolError: The reply breaks the rules of the conversation.
            ConnectionLostError: The client is gone.
        """

    async def ask(self, operation: Operation, message: Struct) -> Struct:
        """Send a reply that wants an answer, and return the answer.

        Raises:
            ConnectionLostError: The client left without an answer. And all that `send` raises.
        """
        ...


class Replies:
    """Base of the generated replies of one operation: a method for each of them."""

    def __init__(self, port: ReplyPort) -> None:
        self._port = port

    async def _send(self, operation: Operation, message: Struct) -> None:
        await self._port.send(operation, message)

    async def _ask(self, operation: Operation, message: Struct, answer: type[S]) -> S:
        given = await self._port.ask(operation, message)
        if not isinstance(given, answer):
            raise RemoteProtocolError(
                f"{operation.name}: expected {answer.__name__}, got {type(given).__name__}"
            )
        return given


@attrs.frozen
class Route(Record):
    """Which method of a handler takes an operation, and the class of the replies it is given."""

    method: str
    replies: type[Replies]


class ApiHandler(abc.ABC):
    """Base of the generated handlers: an abstract coroutine for each operation."""

    api: ClassVar[Api]
    routes: ClassVar[Mapping[str, Route]]
    """By operation key."""

    async def dispatch(self, event: RequestArrived | SendArrived, port: ReplyPort) -> None:
        """Call the method that takes the operation.

        Raises:
            KeyError: The handler has no route for it.
        """
        route = self.routes[event.operation.name]
        method = getattr(self, route.method)
        replies = route.replies(port)
        channel = self.api.by_name[event.operation.name].channel
        values = event.operation.channel.values
        given = {p.argument: values[p.name] for p in channel.parameters if p.name in values}
        if event.payload is None:
            await method(replies, **given)
        else:
            await method(event.payload, replies, **given)
