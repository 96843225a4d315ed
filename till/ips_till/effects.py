"""What a procedure asks its player to do.

A procedure is a generator: it decides, and yields what is to be done; the player does it, with
threads or with asyncio, and sends the result back in or throws what went wrong. So there is one
procedure for both, and no decision in a player.
"""

from collections.abc import Callable, Generator
from typing import Any, Protocol, TypeAlias, TypeVar

import attrs

from stompws.client import Deadlines, Event
from stompws.descriptors import Operation
from stompws.shapes import Struct

T = TypeVar("T")


class Talk(Protocol):
    """A conversation as a procedure knows it; how it is read is the player's business."""

    @property
    def correlation_id(self) -> str:
        """Ties its messages together."""
        ...

    @property
    def ended(self) -> bool:
        """True when the last message came."""
        ...

    @property
    def duplicates(self) -> int:
        """How many messages were dropped because they had come before."""
        ...


@attrs.frozen
class Open:
    """Open a conversation; gives a `Talk`. Raises as the runtime does, and as `before` does."""

    operation: Operation
    request: Struct | None
    deadlines: Deadlines
    before: Callable[[str], None] | None = None
    """Called with the correlation id when nothing has left yet. It may block."""


@attrs.frozen
class Read:
    """Wait for the next event; gives an `Event`, or None after the end or the timeout."""

    talk: Talk
    timeout: float | None


@attrs.frozen
class Say:
    """Send a message inside a conversation."""

    talk: Talk
    operation: Operation
    message: Struct


@attrs.frozen
class Close:
    """Close a conversation."""

    talk: Talk


@attrs.frozen
class Write:
    """Call something that blocks on a disk or a database; gives what it returns."""

    call: Callable[[], Any]


@attrs.frozen
class Ask:
    """Call a user's handler with a deadline; gives what it returns. Raises TimeoutError."""

    handler: Callable[[Any], Any]
    question: Any
    seconds: float


@attrs.frozen
class Pause:
    """Wait."""

    seconds: float


@attrs.frozen
class Tell:
    """Deliver an event to the user; goes on when they ask for the next."""

    event: Any


Effect: TypeAlias = Open | Read | Say | Close | Write | Ask | Pause | Tell
Procedure: TypeAlias = Generator[Effect, Any, T]

AnyEvent: TypeAlias = Event[Any]


def write(call: Callable[[], T]) -> Procedure[T]:
    """Call something that blocks; return what it returns."""
    result: T = yield Write(call)
    return result


def read(talk: Talk, timeout: float | None) -> Procedure[AnyEvent | None]:
    """Wait for the next event of a conversation."""
    event: AnyEvent | None = yield Read(talk, timeout)
    return event


def open_talk(
    operation: Operation,
    request: Struct | None,
    deadlines: Deadlines,
    before: Callable[[str], None] | None = None,
) -> Procedure[Talk]:
    """Open a conversation."""
    talk: Talk = yield Open(operation, request, deadlines, before)
    return talk


def reply_of(
    operation: Operation, request: Struct | None, deadlines: Deadlines
) -> Procedure[object]:
    """Open a conversation that has one reply, read it and close; return its payload."""
    talk = yield from open_talk(operation, request, deadlines)
    try:
        event = yield from read(talk, None)
    except Exception:
        yield Close(talk)
        raise
    yield Close(talk)
    return None if event is None else event.payload
