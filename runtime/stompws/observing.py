"""Who sees a session's frames: the log and the caller's trace."""

import logging
import time
from collections.abc import Callable

from .frames import Frame, describe
from .session import Direction, Observer

log = logging.getLogger("stompws")

TraceCallback = Callable[[Direction, Frame, float], None]
"""Sees each frame whole, secrets included, at a time in monotonic seconds. `Trace` redacts."""


def make_observer(
    trace: TraceCallback | None, where: str, safe_headers: frozenset[str]
) -> Observer:
    """Return what shows each frame to the log, redacted, and to the trace callback, whole."""

    def observe(direction: Direction, frame: Frame) -> None:
        if log.isEnabledFor(logging.DEBUG):
            log.debug("%s %s %s", where, direction, describe(frame, safe_headers))
        if trace is not None:
            try:
                trace(direction, frame, time.monotonic())
            except Exception as exc:  # noqa: BLE001  (a trace must not break a request)
                log.error("the trace callback failed: %s", type(exc).__name__)

    return observe
