"""What has happened so far, as much of it as a page is shown.

It is kept here and not in browsers: who reloads the page, or opens it late, sees the payment that
is in flight, the frames before it and the receipts. Every change has a number, the revision; a page
that has seen one is told what is newer, or everything again where too much has happened since.
"""

from collections import deque
from typing import Any, Final

from ..feed import (
    ActionAnswered,
    ActionAsked,
    ChargeBooked,
    ClientConnected,
    ClientLeft,
    FaultDone,
    FeedEvent,
    FrameSeen,
    PaymentEnded,
    PaymentStarted,
    ReceiptSent,
    Refused,
    StepTaken,
)
from ..world import World
from .fault_menu import fault_menu
from .views import (
    Json,
    PaymentView,
    PaypointView,
    charge_view,
    frame_view,
    totals_view,
)

MOST_FRAMES: Final = 300
MOST_CHARGES: Final = 300
MOST_NOTICES: Final = 30
MOST_PAYPOINTS: Final = 40


class _Kept:
    """The latest of something, each with its revision."""

    def __init__(self, most: int) -> None:
        self._items: deque[tuple[int, Json]] = deque(maxlen=most)
        self.forgotten = 0
        """The revision of the latest that is no longer kept."""

    def add(self, revision: int, item: Json) -> None:
        if len(self._items) == self._items.maxlen:
            self.forgotten = self._items[0][0]
        self._items.append((revision, item))

    def since(self, revision: int) -> list[Json]:
        return [item for number, item in self._items if number > revision]


class History:
    """Takes every event of a feed, and tells what is new. In the simulator's thread only."""

    def __init__(self, world: World) -> None:
        self.revision = 0
        self._world = world
        self._started = world.clock.now()
        self._frames = _Kept(MOST_FRAMES)
        self._charges = _Kept(MOST_CHARGES)
        self._notices = _Kept(MOST_NOTICES)
        self._paypoints: dict[str, PaypointView] = {}
        for charge in world.ledger.charges:
            self._charges.add(0, charge_view(charge))
        for paypoint in world.paypoints:
            self.touch(paypoint.id)

    def everything(self) -> Json:
        """All that a page needs to begin with."""
        return {
            "type": "snapshot",
            **fault_menu(),
            **self._newer_than(-1),
        }

    def since(self, revision: int) -> Json:
        """What has changed after a revision."""
        kept = (self._frames, self._charges, self._notices)
        if any(revision < one.forgotten for one in kept):
            return self.everything()
        return {"type": "changes", **self._newer_than(revision)}

    def touch(self, paypoint_id: str | None) -> PaypointView | None:
        """Something of this paypoint has changed. Only the first few are shown."""
        self.revision += 1
        if paypoint_id is None:
            return None
        view = self._paypoints.get(paypoint_id)
        if view is None:
            if len(self._paypoints) == MOST_PAYPOINTS:
                return None
            view = PaypointView(self._world.paypoint(paypoint_id), self._world.choices)
            self._paypoints[paypoint_id] = view
        view.revision = self.revision
        return view

    def shows(self, paypoint_id: str) -> bool:
        """True for a paypoint that is on the page."""
        return paypoint_id in self._paypoints

    @property
    def full(self) -> bool:
        """True when no further paypoint is shown."""
        return len(self._paypoints) == MOST_PAYPOINTS

    def take(self, event: FeedEvent) -> None:
        """Remember what has happened."""
        view = self.touch(event.paypoint_id)
        match event:
            case FrameSeen():
                shown = frame_view(event, self.revision, self._started)
                self._frames.add(self.revision, shown)
            case ChargeBooked(charge=charge):
                self._charges.add(self.revision, charge_view(charge))
            case Refused(refusal=refusal):
                self._notice(event, f"Refused: {refusal.message}")
            case FaultDone(kind=kind):
                self._notice(event, f"Fault: {kind}")
            case _ if view is not None:
                _follow(view, event, self.revision)
            case _:
                pass

    def _notice(self, event: FeedEvent, text: str) -> None:
        where = f"{event.paypoint_id}: " if event.paypoint_id else ""
        at = round(event.at - self._started, 3)
        self._notices.add(
            self.revision, {"number": self.revision, "at": at, "text": f"{where}{text}"}
        )

    def _newer_than(self, revision: int) -> dict[str, Any]:
        views = self._paypoints.values()
        newer: dict[str, Any] = {
            "revision": self.revision,
            "paypoints": [view.shown() for view in views if view.revision > revision],
            "frames": self._frames.since(revision),
            "notices": self._notices.since(revision),
            "charges": self._charges.since(revision),
        }
        if newer["charges"] or revision < 0:
            newer["totals"] = totals_view(self._world.ledger.totals())
        return newer


def _follow(view: PaypointView, event: FeedEvent, number: int) -> None:
    """Keep what is shown of a paypoint up to date."""
    payment = view.payment
    match event:
        case ClientConnected():
            view.clients += 1
        case ClientLeft():
            view.clients -= 1
        case PaymentStarted():
            view.payment = PaymentView.of(event)
        case ReceiptSent():
            view.print(event, number)
        case StepTaken(step=step) if payment is not None:
            payment.steps.append(step)
        case ActionAsked(kind=kind) if payment is not None:
            payment.question = kind
        case ActionAnswered() if payment is not None:
            payment.question = None
        case PaymentEnded() if payment is not None:
            payment.end(event)
        case _:
            pass
