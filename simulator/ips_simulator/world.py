"""What all connections of one simulator share."""

import threading

from .behaviour import Behaviour, Plan
from .invented import Inventions
from .ledger import Ledger
from .licences import Licences, PointOfSale
from .paypoint import Paypoint
from .refusals import Refusal


class World:
    """The state of a simulator."""

    def __init__(
        self,
        *,
        point_of_sale: PointOfSale,
        behaviour: Behaviour,
        inventions: Inventions,
        heart_beat_ms: tuple[int, int],
    ) -> None:
        self.point_of_sale = point_of_sale
        self.inventions = inventions
        self.heart_beat_ms = heart_beat_ms
        self.plan = Plan(behaviour)
        self.ledger = Ledger()
        self.licences = Licences()
        self._paypoints: dict[str, Paypoint] = {}
        self._refusals: list[Refusal] = []
        self._lock = threading.Lock()

    def paypoint(self, paypoint_id: str) -> Paypoint:
        """A paypoint comes into being when it is first used. From the event loop only."""
        if paypoint_id not in self._paypoints:
            self._paypoints[paypoint_id] = Paypoint(paypoint_id, self.ledger)
        return self._paypoints[paypoint_id]

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Everything that was refused, oldest first."""
        with self._lock:
            return tuple(self._refusals)

    def note(self, refusal: Refusal) -> None:
        """Remember a refusal."""
        with self._lock:
            self._refusals.append(refusal)
