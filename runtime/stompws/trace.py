"""A record of a conversation that is safe to attach to a ticket."""

import threading
from collections.abc import Iterable
from typing import Protocol

from .frames import Frame, describe
from .session import Direction


class Writable(Protocol):
    """A text file, `sys.stderr` or an `io.StringIO`."""

    def write(self, text: str, /) -> object:
        """Write `text`."""


class Trace:
    """Writes one line per frame: seconds since the first one, direction, redacted frame.

    Bodies appear as a length; header values only when they are STOMP's own harmless ones or named
    in `safe_headers`. May be shared by several connections and threads.

    For a file: `Trace(open("trace.txt", "w", encoding="utf-8", buffering=1))`
    """

    def __init__(self, out: Writable, *, safe_headers: Iterable[str] = ()) -> None:
        self._out = out
        self._safe_headers = frozenset(safe_headers)
        self._lock = threading.Lock()
        self._started: float | None = None

    def __call__(self, direction: Direction, frame: Frame, when: float) -> None:
        """Write the line of one frame; `when` is in monotonic seconds."""
        text = describe(frame, self._safe_headers)
        arrow = "->" if direction == "sent" else "<-"
        with self._lock:
            if self._started is None:
                self._started = when
            self._out.write(f"{when - self._started:9.3f} {arrow} {text}\n")
