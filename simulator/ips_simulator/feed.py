"""What happens in the simulator, as it happens: for recorders, pages and tests that watch.

Everything in an event may be shown. It was redacted before it became one: no license key, no
activation code, no card but its last four digits, no answer of the merchant.
"""

import logging
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Literal

import attrs

from .ledger import Charge
from .refusals import Refusal

_LOG = logging.getLogger("ips_simulator")


@attrs.frozen(kw_only=True)
class FeedEvent:
    """Something that happened."""

    at: float
    """Seconds of the simulator's clock."""
    paypoint_id: str | None = None
    connection: int | None = None
    """Counts from 1 over the whole simulator."""


@attrs.frozen(kw_only=True)
class ClientConnected(FeedEvent):
    """A WebSocket was opened."""


class Parting(StrEnum):
    """How a client left."""

    GOODBYE = "goodbye"
    """After DISCONNECT."""
    LOST = "lost"
    ERROR = "error"
    """After a STOMP ERROR of ours."""


@attrs.frozen(kw_only=True)
class ClientLeft(FeedEvent):
    """A WebSocket is closed."""

    how: Parting


@attrs.frozen(kw_only=True)
class FrameSeen(FeedEvent):
    """A STOMP frame came in or went out."""

    direction: Literal["in", "out"]
    command: str
    headers: tuple[tuple[str, str], ...]
    """Names and shown values: `…` stands for what may not be seen."""
    body: str | None = None
    """Redacted JSON on one line; None when there is none, or nothing of it may be shown."""
    size: int
    """Octets of the body."""
    fault: str | None = None
    """The fault that changed the frame on its way."""


@attrs.frozen(kw_only=True)
class PaymentStarted(FeedEvent):
    """A payment begins to be played."""

    reference: str
    amount: int
    scenario: str
    """Its name."""


@attrs.frozen(kw_only=True)
class StepTaken(FeedEvent):
    """A step of a scenario begins."""

    reference: str
    step: str
    """As `str(step)` writes it: `notify: ENTER PIN`."""


@attrs.frozen(kw_only=True)
class ActionAsked(FeedEvent):
    """The merchant was asked to do something."""

    reference: str
    kind: str


@attrs.frozen(kw_only=True)
class ActionAnswered(FeedEvent):
    """The merchant has answered. What, is not told."""

    reference: str
    kind: str


@attrs.frozen(kw_only=True)
class ReceiptSent(FeedEvent):
    """A receipt as the simulator printed it; it shows no more of a card than four digits."""

    reference: str
    type: str
    text: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class PaymentEnded(FeedEvent):
    """A payment is over, whether or not its client has heard of it."""

    reference: str
    result: str
    outcome: str


@attrs.frozen(kw_only=True)
class ChargeBooked(FeedEvent):
    """Money has moved."""

    charge: Charge


@attrs.frozen(kw_only=True)
class Refused(FeedEvent):
    """A client was refused something."""

    refusal: Refusal


@attrs.frozen(kw_only=True)
class PadChanged(FeedEvent):
    """The PIN pad shows or wants something else."""

    display: str
    wants: str


@attrs.frozen(kw_only=True)
class FaultDone(FeedEvent):
    """A fault was made to happen."""

    kind: str


@attrs.frozen(kw_only=True)
class ScenarioChosen(FeedEvent):
    """A paypoint plays another scenario from now on; an empty name is the default."""

    name: str


Watcher = Callable[[FeedEvent], None]


class Feed:
    """Tells watchers what happens, in the simulator's thread and in the order of happening."""

    def __init__(self) -> None:
        self._watchers: tuple[Watcher, ...] = ()
        self._lock = threading.Lock()

    @property
    def watched(self) -> bool:
        """False spares whoever would publish the making of events."""
        return bool(self._watchers)

    def subscribe(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` with every event from now on; return what ends that.

        It must not block. What it raises is logged by class and harms nobody.
        """
        with self._lock:
            self._watchers = (*self._watchers, watcher)

        def unsubscribe() -> None:
            with self._lock:
                self._watchers = tuple(one for one in self._watchers if one is not watcher)

        return unsubscribe

    def publish(self, event: FeedEvent) -> None:
        """Tell everybody. From the simulator's thread only."""
        for watcher in self._watchers:
            try:
                watcher(event)
            except Exception as exc:  # noqa: BLE001 - a watcher must not break a payment
                # The class alone: the text of a foreign error may quote anything.
                _LOG.error("a watcher of the feed failed: %s", type(exc).__name__)
