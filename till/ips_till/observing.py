"""Who watches an operation: a flight recorder, telemetry. What they do never stops a payment."""

import logging
from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

from stompws.frames import Frame
from stompws.session import Direction

from .journal import Intent

log = logging.getLogger("ips_till")


class Observer(Protocol):
    """Watches one operation. May be called from several threads.

    The facts hold no card data and no secret; the frames of `trace` hold all of it.
    """

    def note(self, kind: str, /, **facts: Any) -> None:
        """Something happened."""
        ...

    def trace(self, direction: Direction, frame: Frame, when: float) -> None:
        """A frame was sent or came; `when` is in monotonic seconds."""
        ...

    def end(self) -> None:
        """Nothing more happens."""
        ...


ObserverFactory: TypeAlias = Callable[[Intent], Observer]


class Watch:
    """Tells an observer, if there is one, and keeps what it raises to itself."""

    def __init__(self, factory: ObserverFactory | None, intent: Intent) -> None:
        self._observer = None if factory is None else _made(factory, intent)

    @property
    def traces(self) -> bool:
        """Whether anybody wants to see frames."""
        return self._observer is not None

    def note(self, kind: str, /, **facts: Any) -> None:
        """Tell that something happened."""
        if self._observer is not None:
            _call(lambda observer: observer.note(kind, **facts), self._observer)

    def trace(self, direction: Direction, frame: Frame, when: float) -> None:
        """Show a frame."""
        if self._observer is not None:
            _call(lambda observer: observer.trace(direction, frame, when), self._observer)

    def end(self) -> None:
        """Tell that nothing more happens."""
        observer, self._observer = self._observer, None
        if observer is not None:
            _call(lambda observer: observer.end(), observer)


def _made(factory: ObserverFactory, intent: Intent) -> Observer | None:
    try:
        return factory(intent)
    except Exception as exc:  # noqa: BLE001 - whatever it is, the payment goes on
        log.error("an observer failed: %s", type(exc).__name__)  # its text may quote anything
        return None


def _call(tell: Callable[[Observer], None], observer: Observer) -> None:
    try:
        tell(observer)
    except Exception as exc:  # noqa: BLE001 - whatever it is, the payment goes on
        log.error("an observer failed: %s", type(exc).__name__)  # its text may quote anything
