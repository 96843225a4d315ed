"""How long a till waits, and what it takes a server's habits to be."""

import math
from collections.abc import Iterable
from typing import Any, Final, Literal, TypeAlias

import attrs

from stompws.client import Deadlines
from stompws.records import Record

from .errors import ConfigurationError

FollowUpReference: TypeAlias = Literal["payment", "own"]

LEAST_TOTAL: Final = 300.0
"""Seconds. A person finds a card, types a PIN, calls the acquirer: shorter is for tests."""


def _seconds(_settings: object, field: "attrs.Attribute[float]", value: object) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < math.inf:
        return
    raise ConfigurationError(f"{field.name}: expected a number of seconds above 0")


def _switch(_settings: object, field: "attrs.Attribute[bool]", value: object) -> None:
    if not isinstance(value, bool):
        raise ConfigurationError(f"{field.name}: expected True or False")


def _codes(value: Iterable[str]) -> frozenset[str]:
    codes: frozenset[Any] = frozenset(() if isinstance(value, str) else value)
    if isinstance(value, str) or not all(isinstance(code, str) and code for code in codes):
        raise ConfigurationError("not_found_codes: expected a set of error codes, each a text")
    return codes


def _follow_up(_settings: object, _field: object, value: object) -> None:
    if value not in ("payment", "own"):
        raise ConfigurationError("follow_up_reference: expected payment or own")


@attrs.frozen(kw_only=True)
class TillSettings(Record):
    """Deadlines and habits of a till, all in seconds by the monotonic clock.

    A `total` under 300 s is for tests. From the environment it is refused: whoever writes one in a
    program sees what it does, and whoever copies a line into a unit file may not.

    Raises:
        ConfigurationError: One of the values cannot be used. The text names it.
    """

    connect: float = attrs.field(default=10.0, validator=_seconds)
    """Until the STOMP session stands. Nothing has left by then: missing it is *not sent*."""
    first_event: float = attrs.field(default=60.0, validator=_seconds)
    """From the request to the first message of the service."""
    between_events: float = attrs.field(default=180.0, validator=_seconds)
    """From one message to the next of the service's. Stands still while an answer is owed."""
    action_answer: float = attrs.field(default=120.0, validator=_seconds)
    """For each answer to an action, where `Actions` does not say. Then the policy answers."""
    total: float = attrs.field(default=600.0, validator=_seconds)
    """From the opening to the last message. Missing it after the request left is *unknown*."""
    grace_after_result: float = attrs.field(default=10.0, validator=_seconds)
    """From the result to the completion. Then the session is closed: the outcome is known."""
    close: float = attrs.field(default=5.0, validator=_seconds)
    """For the polite end of a connection."""

    request: float = attrs.field(default=30.0, validator=_seconds)
    """For requests with one reply: status, queries, reports. Z reports have `total`."""
    recovery_total: float = attrs.field(default=180.0, validator=_seconds)
    """For one recovery, from the first question to the outcome. It may be tried again."""
    recovery_pause: float = attrs.field(default=2.0, validator=_seconds)
    """Between two questions of a recovery."""

    preflight: bool = attrs.field(default=False, validator=_switch)
    """Ask for the service's status before each payment, and do not start one while it is busy."""
    not_found_codes: frozenset[str] = attrs.field(default=frozenset({"90032"}), converter=_codes)
    """Error codes with which the service says that it knows no such payment. *Invented*: only
    `10001` is documented; this one is the simulator's. An empty set: no error is conclusive. Of a
    settlement, which leaves no receipt as a second witness, none is."""
    follow_up_reference: FollowUpReference = attrs.field(default="own", validator=_follow_up)
    """The merchant's reference that a settle or cancel is sent with: one of its own, so that a
    query cannot take it for the payment, or the payment's. Which the service wants is not known:
    *invented*."""

    @property
    def deadlines(self) -> Deadlines:
        """The deadlines of a payment's conversation."""
        return Deadlines(
            connect=self.connect,
            first_event=self.first_event,
            between_events=self.between_events,
            total=self.total,
            close=self.close,
        )

    @property
    def request_deadlines(self) -> Deadlines:
        """The deadlines of a request with one reply."""
        return Deadlines(
            connect=self.connect,
            first_event=self.request,
            between_events=self.request,
            total=self.connect + self.request,
            close=self.close,
        )
