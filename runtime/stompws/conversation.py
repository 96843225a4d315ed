"""One `x-conversation` being played: what may come, what may be sent, and when it is over.

Client and server share these rules; only the direction differs. `count_reply` is told of every
message of the answering side (the client received it, or the server is about to send it) and
`check_send` of every message of the asking side. No clock, no sockets, no payload classes: bytes
are looked at only where a rule compares values, so a message that does not decode still counts.
"""

from collections import Counter
from copy import copy
from enum import StrEnum

import attrs

from .descriptors import Api, Occurs, Operation, Reply, TerminalWhen
from .pointers import same, value_at
from .records import Record


class Standing(StrEnum):
    """What a message of the answering side is to this conversation."""

    REPLY = "reply"
    ERROR = "error"
    """The service's error message. It ends the conversation."""
    DUPLICATE = "duplicate"
    """Seen before: same destination, same message id, same bytes. To be dropped."""
    STRAY = "stray"
    """Not part of this conversation. To be kept and reported, never attached."""


@attrs.frozen(kw_only=True)
class Verdict(Record):
    """What `count_reply` found."""

    standing: Standing
    ends: bool = False
    """True when nothing more is to come."""
    notes: tuple[str, ...] = ()
    """Broken rules, in words that name operations only. For a stray: why it is one."""


class SendFault(StrEnum):
    """Why a message of the asking side is not legal now."""

    NOT_PART = "not-part"
    """The operation does not belong to this conversation."""
    SECOND_REQUEST = "second-request"
    """A connection carries one request."""
    NOTHING_TO_ANSWER = "nothing-to-answer"
    """No message that this operation answers has come."""
    ALREADY_ANSWERED = "already-answered"
    """Each message that asks gets exactly one answer."""
    ENDED = "ended"
    """The conversation is over."""


class Conversation:
    """The state of one conversation.

    Args:
        api: The API, which says how operations are named and which headers correlate.
        operation: The operation that opened it; `operation.opens` is true.
        correlation_id: Of the request; None when the request had none. Then a reply without one
            matches, and no other does.
        request: The request's body, for rules that compare a reply with it. None when the
            subscription is the request.

    Not thread-safe.
    """

    def __init__(
        self,
        api: Api,
        operation: Operation,
        *,
        correlation_id: str | None,
        request: bytes | None = None,
    ) -> None:
        self.operation = operation
        self.correlation_id = correlation_id
        self._correlates = api.headers.correlation_id is not None
        rules = operation.conversation
        self._replies = {reply.operation: reply for reply in rules.replies}
        self._errors = frozenset(rules.errors)
        self._answers = {r.answer: r.operation for r in rules.replies if r.answer is not None}
        self._during = frozenset(rules.during) | frozenset(self._answers)
        self._request = request
        self._counts: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._answered: Counter[str] = Counter()
        self._bodies: dict[tuple[str, str], bytes] = {}  # bodies are sensitive: never shown
        self._duplicates = 0
        self._ended_by: str | None = None

    def __repr__(self) -> str:
        state = f"ended by {self._ended_by}" if self.ended else "open"
        return f"<Conversation {self.operation.name} {self.correlation_id} {state}>"

    @property
    def ended(self) -> bool:
        """True after the terminal reply or an error message."""
        return self._ended_by is not None

    @property
    def ended_by(self) -> str | None:
        """The key of the operation whose message was the last one, None while open."""
        return self._ended_by

    @property
    def duplicates(self) -> int:
        """How many messages were dropped as duplicates."""
        return self._duplicates

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The send operations that are owed, once for each message that waits for an answer."""
        return tuple((self._asked - self._answered).elements())

    def count_of(self, operation: str) -> int:
        """How many messages of this operation counted; duplicates and strays do not."""
        return self._counts[operation]

    def count_reply(
        self, operation: str, *, correlation_id: str | None, message_id: str | None, body: bytes
    ) -> Verdict:
        """Take one message of the answering side into account.

        A missing correlation id is not a match. A rule about order or number that the message
        breaks is noted and the message counts all the same: its sender is the one who knows.
        """
        if why := self._why_stray(operation, correlation_id):
            return Verdict(standing=Standing.STRAY, notes=(why,))
        # The id alone does not prove a duplicate: to drop a different message that reuses an id,
        # or that comes on another destination, would lose it.
        earlier = None if message_id is None else self._bodies.get((operation, message_id))
        if earlier == body:
            self._duplicates += 1
            return Verdict(standing=Standing.DUPLICATE)
        if self.ended:
            return Verdict(standing=Standing.STRAY, notes=(f"{self.operation.name} had ended",))
        notes: list[str] = []
        if earlier is not None:
            notes.append(f"{operation} reuses the message id of a different message")
        if message_id is not None:
            self._bodies[operation, message_id] = body
        self._counts[operation] += 1
        if operation in self._errors:
            self._ended_by = operation
            return Verdict(standing=Standing.ERROR, ends=True, notes=tuple(notes))
        reply = self._replies[operation]
        notes += self._broken_rules(reply)
        if reply.answer is not None:
            self._asked[reply.answer] += 1
        ends = reply.terminal or (
            reply.terminal_when is not None and self._equals_request(reply.terminal_when, body)
        )
        if ends:
            self._ended_by = operation
            notes += self._missing(reply)
        return Verdict(standing=Standing.REPLY, ends=ends, notes=tuple(notes))

    def foresee(self, operation: str, body: bytes) -> tuple[str, ...]:
        """Say which rules a reply would break; it would carry the right ids. Nothing is counted."""
        trial = copy(self)
        trial._counts = self._counts.copy()
        trial._asked = self._asked.copy()
        own = self.correlation_id
        return trial.count_reply(operation, correlation_id=own, message_id=None, body=body).notes

    def check_send(self, operation: str) -> SendFault | None:
        """Say what forbids a message of the asking side now; None when it is legal."""
        if operation == self.operation.name:
            return SendFault.SECOND_REQUEST
        if operation not in self._during:
            return SendFault.NOT_PART
        if self.ended:
            return SendFault.ENDED
        if operation in self._answers and self._asked[operation] <= self._answered[operation]:
            asked = self._asked[operation]
            return SendFault.ALREADY_ANSWERED if asked else SendFault.NOTHING_TO_ANSWER
        return None

    def count_send(self, operation: str) -> None:
        """Take a message that `check_send` let pass into account."""
        if operation in self._answers:
            self._answered[operation] += 1

    def is_answer(self, operation: str) -> bool:
        """True when the operation answers messages of a reply."""
        return operation in self._answers

    def _why_stray(self, operation: str, correlation_id: str | None) -> str:
        if operation not in self._replies and operation not in self._errors:
            return f"{operation} is no reply of {self.operation.name}"
        if self._correlates and correlation_id != self.correlation_id:
            return "no correlation id" if correlation_id is None else "a foreign correlation id"
        return ""

    def _broken_rules(self, reply: Reply) -> list[str]:
        """Rules of number and order that this message, already counted, breaks."""
        name, count = reply.operation, self._counts[reply.operation]
        notes = [f"{name} before {first}" for first in reply.after if not self._counts[first]]
        if count > 1 and reply.occurs in (Occurs.ONE, Occurs.OPTIONAL):
            notes.append(f"{name} came {count} times, expected once")
        return notes

    def _missing(self, last: Reply) -> list[str]:
        """Replies that had to come before the end and did not."""
        due = (Occurs.ONE, Occurs.SOME)
        return [
            f"ended without {reply.operation}"
            for reply in self._replies.values()
            if reply.occurs in due
            and not self._counts[reply.operation]
            and reply.operation not in last.after  # noted already
        ]

    def _equals_request(self, when: TerminalWhen, body: bytes) -> bool:
        """Compare two values; one that is missing or unreadable equals nothing."""
        return same(value_at(when.request, self._request), value_at(when.reply, body))
