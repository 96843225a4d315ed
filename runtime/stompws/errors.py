"""Everything the runtime raises. Each error knows whether the outcome of the request is known.

What a caller needs to decide is in two classes: `NotSentError` (nothing of the request left, it is
safe to repeat) and `OutcomeUnknownError` (it left, and no final answer came: ask, do not repeat).
Both carry the `reason`, one of the errors that tell what happened on the link.
"""

from collections.abc import Iterable

import attrs

from .masking import show
from .records import Record


@attrs.frozen
class Problem(Record):
    """One thing wrong with a message: where on the wire, and which rule. Never the value."""

    path: str = attrs.field(repr=show)
    """Wire path such as `$.instruction.value.amount`."""

    rule: str = attrs.field(repr=show)
    """What was expected, in words: `expected integer, got string`."""

    guessed: bool = False
    """True when the violated rule rests on a guess of the specification's authors."""

    def __str__(self) -> str:
        note = " (the rule is a guess)" if self.guessed else ""
        return f"{self.path}: {self.rule}{note}"


class LinkError(Exception):
    """Base of all errors. Texts and args never hold a secret, a card number or a payload value."""

    outcome_known: bool = True
    """False when the request left and nobody can say what became of it."""


class LocalProtocolError(LinkError):
    """The caller broke a rule (illegal send, use after close). Nothing was sent."""


class RemoteProtocolError(LinkError):
    """The peer sent something that STOMP or the conversation forbids."""

    outcome_known = False


class RemoteRejectedError(LinkError):
    """The peer answered with a STOMP ERROR frame."""

    outcome_known = False

    def __init__(self, message: str, *, where: str = "", advice: str = "") -> None:
        place = f"{where}: " if where else ""
        more = f"; {advice}" if advice else ""
        super().__init__(f"{place}the server refused: {message}{more}")
        self.server_message = message


class ConnectionLostError(LinkError):
    """The connection could not be opened, or it broke."""

    outcome_known = False

    def __init__(
        self, text: str, *, close_code: int | None = None, close_reason: str | None = None
    ) -> None:
        super().__init__(text)
        self.close_code, self.close_reason = close_code, close_reason


class ReplyTimeoutError(LinkError):
    """No reply in time. The other side may still act."""

    outcome_known = False

    def __init__(self, *, operation: str, correlation_id: str, waited: float) -> None:
        super().__init__(f"{operation} {correlation_id}: no reply in {waited:g} s, outcome unknown")
        self.operation, self.correlation_id, self.waited = operation, correlation_id, waited


class NotSentError(LinkError):
    """The request never left. Nothing happened on the other side; it is safe to repeat."""

    def __init__(self, *, operation: str, reason: LinkError) -> None:
        super().__init__(f"{operation}: not sent: {reason} (it is safe to try again)")
        self.operation, self.reason = operation, reason


class OutcomeUnknownError(LinkError):
    """The request left and its end was not seen. Ask for the outcome before you repeat it."""

    outcome_known = False

    def __init__(
        self,
        *,
        operation: str,
        correlation_id: str,
        reason: LinkError,
        recover_with: str | None = None,
        key: str | None = None,
    ) -> None:
        advice = f"; ask {recover_with} before you repeat it" if recover_with else ""
        super().__init__(f"{operation} {correlation_id}: outcome unknown: {reason}{advice}")
        self.operation, self.correlation_id, self.reason = operation, correlation_id, reason
        self.recover_with, self.key = recover_with, key


class ApiError(LinkError):
    """The service answered with its error message instead of the reply."""

    def __init__(
        self, *, operation: str, correlation_id: str, payload: object, outcome_known: bool
    ) -> None:
        super().__init__(f"{operation} {correlation_id}: the service answered with an error")
        self.operation, self.correlation_id, self.payload = operation, correlation_id, payload
        self.outcome_known = outcome_known


class InvalidMessageError(LinkError, ValueError):
    """A message breaks its schema and is neither constructed nor sent."""

    def __init__(self, type_name: str, problems: Iterable[Problem]) -> None:
        self.type_name, self.problems = type_name, tuple(problems)
        super().__init__(f"{type_name}: " + "; ".join(str(problem) for problem in self.problems))


class DecodeError(LinkError, ValueError):
    """A received message does not fit its type. It has no cause, which would quote the value."""

    def __init__(self, type_name: str, problems: Iterable[Problem]) -> None:
        self.type_name, self.problems = type_name, tuple(problems)
        super().__init__(f"{type_name}: " + "; ".join(str(problem) for problem in self.problems))


class SendFailedError(ConnectionLostError):
    """Frames were to be sent and the connection broke. `started` says what may have left."""

    def __init__(self, text: str, *, started: Iterable[bool] = ()) -> None:
        super().__init__(text)
        self.started = tuple(started)
        """For each frame of the batch, in order: True when an octet of it left or may have left.

        Empty when the connection had ended before anything was tried.
        """
        self.outcome_known = not any(self.started)

    @property
    def last_started(self) -> bool:
        """True when the last frame of the batch, in a request the SEND, may have left."""
        return bool(self.started) and self.started[-1]
