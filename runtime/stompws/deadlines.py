"""How long a client waits, and for what. Arithmetic only; the clock belongs to the caller."""

import attrs

from .records import Record


def _positive(instance: object, attribute: "attrs.Attribute[float]", value: float) -> None:
    if not value > 0:  # also refuses NaN
        name = f"{type(instance).__name__}.{attribute.name}"
        raise ValueError(f"{name}: expected more than 0 seconds")


@attrs.frozen(kw_only=True)
class Deadlines(Record):
    """The longest waits of one conversation, each in seconds, measured on a monotonic clock.

    Raises:
        ValueError: One of them is not greater than zero.
    """

    connect: float = attrs.field(default=10.0, validator=_positive)
    """Until the STOMP session stands: name lookup, TCP, TLS, WebSocket and CONNECTED."""

    first_event: float = attrs.field(default=60.0, validator=_positive)
    """From the request to the first message of the conversation."""

    between_events: float = attrs.field(default=180.0, validator=_positive)
    """From one message, ours or theirs, to the next of theirs. Does not run while an answer is
    owed: then the other side waits for us."""

    total: float = attrs.field(default=600.0, validator=_positive)
    """From the opening to the last message. Five minutes or more where a person is involved."""

    close: float = attrs.field(default=5.0, validator=_positive)
    """For the polite end: the receipt of DISCONNECT and the closing handshake."""


class Patience:
    """What is left of the deadlines of one conversation.

    Args:
        deadlines: The limits.
        opened_at: When the opening began, in seconds of a monotonic clock.
    """

    def __init__(self, deadlines: Deadlines, opened_at: float) -> None:
        self._deadlines = deadlines
        self._opened_at = self._since = opened_at
        self._answered = False

    def sent(self, now: float) -> None:
        """Note that a message of ours left: it is the other side's turn again."""
        self._since = now

    def received(self, now: float) -> None:
        """Note that a message of the conversation came."""
        self._since, self._answered = now, True

    def left(self, now: float, *, answer_owed: bool) -> float:
        """Seconds until the nearest deadline; zero or less when it has passed."""
        total = self._opened_at + self._deadlines.total - now
        if answer_owed:
            return total
        limits = self._deadlines
        wait = limits.between_events if self._answered else limits.first_event
        return min(total, self._since + wait - now)

    def waited(self, now: float) -> float:
        """Seconds since the last message, ours or theirs."""
        return now - self._since
