"""Several observers of one operation: a flight recorder and telemetry, say."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from stompws.frames import Frame
from stompws.session import Direction

from .journal import Intent
from .observing import Observer, ObserverFactory

log = logging.getLogger("ips_till")


def together(*factories: ObserverFactory | None) -> ObserverFactory | None:
    """Return a factory whose observers tell all of these; None when there is none.

    One that fails hides nothing from the others.
    """
    given = [factory for factory in factories if factory is not None]
    if len(given) < 2:
        return given[0] if given else None
    return lambda intent: _Together(_made(given, intent))


class _Together:
    def __init__(self, observers: Iterable[Observer]) -> None:
        self._observers = tuple(observers)

    def note(self, kind: str, /, **facts: Any) -> None:
        """Tell all."""
        self._each(lambda observer: observer.note(kind, **facts))

    def trace(self, direction: Direction, frame: Frame, when: float) -> None:
        """Show a frame to all."""
        self._each(lambda observer: observer.trace(direction, frame, when))

    def end(self) -> None:
        """Tell all."""
        self._each(lambda observer: observer.end())

    def _each(self, tell: Callable[[Observer], None]) -> None:
        for observer in self._observers:
            try:
                tell(observer)
            except Exception as exc:  # noqa: BLE001 - whatever it is, the others are told
                _complain(exc)


def _made(factories: Iterable[ObserverFactory], intent: Intent) -> Iterable[Observer]:
    for factory in factories:
        try:
            yield factory(intent)
        except Exception as exc:  # noqa: BLE001 - whatever it is, the others are made
            _complain(exc)


def _complain(exc: Exception) -> None:
    log.error("an observer failed: %s", type(exc).__name__)  # its text may quote anything
