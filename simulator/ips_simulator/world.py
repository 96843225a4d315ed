"""What all connections of one simulator share."""

import threading
from collections import deque
from typing import Final

from stompws.frames import Limits

from .choosing import Choices, Wish
from .clock import Clock, RealClock
from .fault_desk import FaultDesk
from .feed import ChargeBooked, Feed, PadChanged
from .feed import Refused as RefusedEvent
from .invented import Inventions
from .ledger import Charge, Ledger
from .licences import Licences, PointOfSale
from .paypoint import Paypoint
from .pin_pad import PadMode, PinPad
from .profiles import ON_PREMISE, Profile
from .refusals import Refusal
from .scenario_library import Library

MOST_REFUSALS: Final = 10_000


class World:
    """The state of a simulator."""

    def __init__(
        self,
        *,
        point_of_sale: PointOfSale,
        default: Wish,
        inventions: Inventions,
        heart_beat_ms: tuple[int, int] | None = None,
        profile: Profile = ON_PREMISE,
        limits: Limits | None = None,
        clock: Clock | None = None,
        library: Library | None = None,
        magic_amounts: bool = False,
        pin_pads: PadMode = PadMode.AUTOMATIC,
    ) -> None:
        self.point_of_sale = point_of_sale
        self.inventions = inventions
        self.profile = profile
        self.heart_beat_ms = heart_beat_ms or profile.heart_beat_ms
        self.limits = limits or profile.limits
        self.faults = FaultDesk()
        self.clock = clock or RealClock()
        self.library = library or Library()
        self.choices = Choices(default, self.library, magic_amounts=magic_amounts)
        self.feed = Feed()
        self.ledger = Ledger()
        self.licences = Licences(self.clock, lifetime=inventions.license_lifetime)
        self._pad_mode = pin_pads
        self._paypoints: dict[str, Paypoint] = {}
        self._refusals: deque[Refusal] = deque(maxlen=MOST_REFUSALS)
        self._connections = 0
        self._lock = threading.Lock()

    def paypoint(self, paypoint_id: str) -> Paypoint:
        """A paypoint comes into being when it is first used."""
        with self._lock:
            if paypoint_id not in self._paypoints:
                self._paypoints[paypoint_id] = self._make_paypoint(paypoint_id)
            return self._paypoints[paypoint_id]

    @property
    def paypoints(self) -> tuple[Paypoint, ...]:
        """Those that were used, in the order of their first use."""
        with self._lock:
            return tuple(self._paypoints.values())

    def next_connection(self) -> int:
        """The number of a connection that begins; from 1."""
        with self._lock:
            self._connections += 1
            return self._connections

    def inventions_for(self, paypoint_id: str) -> Inventions:
        """The switches as the scenario that is played there sets them."""
        scenario = self.choices.playing(paypoint_id)
        return self.inventions.with_rules(scenario.rules if scenario is not None else {})

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What was refused, oldest first; of very many the last ones."""
        with self._lock:
            return tuple(self._refusals)

    def note(self, refusal: Refusal) -> None:
        """Remember a refusal."""
        with self._lock:
            self._refusals.append(refusal)
        if self.feed.watched:
            self.feed.publish(RefusedEvent(at=self.clock.now(), refusal=refusal))

    def _make_paypoint(self, paypoint_id: str) -> Paypoint:
        def on_charge(charge: Charge) -> None:
            if self.feed.watched:
                now = self.clock.now()
                self.feed.publish(ChargeBooked(at=now, paypoint_id=paypoint_id, charge=charge))

        def on_change(pad: PinPad) -> None:
            if self.feed.watched:
                self.feed.publish(
                    PadChanged(
                        at=self.clock.now(),
                        paypoint_id=paypoint_id,
                        display=pad.display,
                        wants=pad.wants.value,
                    )
                )

        pad = PinPad(self._pad_mode, on_change=on_change)
        return Paypoint(paypoint_id, self.ledger, pad, on_charge=on_charge)
