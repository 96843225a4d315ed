"""What a client delivers: events of a conversation, strays, and replies that do not decode."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

import attrs

from .descriptors import Operation
from .errors import DecodeError, Problem
from .masking import show
from .records import Record
from .shapes import Struct

P_co = TypeVar("P_co", covariant=True)


@attrs.frozen(kw_only=True)
class Event(Record, Generic[P_co]):
    """One message of a conversation."""

    payload: P_co
    """The decoded message; an `Undecodable` with the raw bytes when it does not fit its type."""

    operation: Operation
    """Which reply it is."""

    headers: Struct | None = attrs.field(default=None, repr=False)
    """Its application headers; None when the message declares none or they do not decode."""

    problems: tuple[Problem, ...] = ()
    """What is wrong with it. Paths start with `$` in the payload, with `headers` in the headers
    and with `conversation` for a rule about order or number. The values stand as received."""

    raw: bytes | None = attrs.field(default=None, repr=False)
    """The body as it came, where the payload does not hold all of it: it is an `Undecodable`, or
    names came twice."""


def _show_names(headers: Mapping[str, str]) -> str:
    return show(tuple(headers))


def _show_name(operation: Operation | None) -> str:
    return "None" if operation is None else operation.name


@attrs.frozen(kw_only=True)
class Stray(Record):
    """A message that came on the connection and belongs to no conversation of ours.

    `repr` shows where it came from and the names of its headers, never a value or the body. What
    looks like the number of a card is masked in it.
    """

    destination: str | None = attrs.field(repr=show)
    reason: str
    """Why it is a stray: `a foreign correlation id`, `no correlation id`, …"""

    operation: Operation | None = attrs.field(repr=_show_name)
    """The operation of its destination, None when we know none."""

    headers: Mapping[str, str] = attrs.field(repr=_show_names)
    body: bytes = attrs.field(repr=False)


class ReplyDecodeError(DecodeError):
    """A reply came and does not fit its type, where the caller wants one that does.

    `event` holds the whole of it: `event.payload` is the `Undecodable` with the raw bytes or, with
    `strict`, the payload beside its problems. `outcome_known` is False when the request must not
    be repeated: the reply that would tell is the one that cannot be read.
    """

    def __init__(
        self, type_name: str, problems: Iterable[Problem], event: Event[Any], *, outcome_known: bool
    ) -> None:
        super().__init__(type_name, problems)
        self.event = event
        self.outcome_known = outcome_known


def reply_decode_error(request: Operation, event: Event[Any]) -> ReplyDecodeError:
    """Return the error for a reply to `request` that is not to be delivered as its type."""
    messages = event.operation.messages
    return ReplyDecodeError(
        messages[0].name if messages else event.operation.name,
        event.problems,
        event,
        outcome_known=not request.conversation.at_most_once,
    )
