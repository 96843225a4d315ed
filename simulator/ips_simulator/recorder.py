"""Writes what happens in a simulator into a file that can be attached to a ticket, and replayed.

    with Simulator() as simulator, Recorder(simulator, "session.jsonl"):
        ...

The events of the feed are redacted when they are made. Here every text is searched for card
numbers once more: a till can put one anywhere, even into a reference.
"""

import enum
import json
import math
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self, TextIO

import attrs

from stompws.masking import mask_numbers
from stompws.values import is_array, is_mapping

from .clock import Clock
from .feed import Feed, FeedEvent, FrameSeen
from .recording import make_header, render_header, render_line

_MICROSECONDS: Final = 6  # digits


class Recordable(Protocol):
    """What can be recorded: a `Simulator`."""

    @property
    def feed(self) -> Feed:
        """What happens."""
        ...

    @property
    def clock(self) -> Clock:
        """Its time."""
        ...


class Recorder:
    """Records from `start` to `stop`. It never overwrites a file.

    Args:
        simulator: What is recorded.
        path: The file, which must not be there yet.
        profile: The name of the server profile, for the header.
    """

    def __init__(
        self, simulator: Recordable, path: Path | str, *, profile: str | None = None
    ) -> None:
        self._simulator = simulator
        self.path: Final = Path(path)
        self._profile = profile
        self._lock = threading.Lock()
        self._file: TextIO | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._began = 0.0
        self.failure: OSError | None = None
        """Why the recording is not whole: the disk is full, say. The simulator went on."""

    def start(self) -> None:
        """Begin.

        Raises:
            FileExistsError: There is such a file.
            OSError: It cannot be written.
        """
        # Line by line: what happened before a crash can be read.
        file = self.path.open("x", encoding="ascii", newline="\n", buffering=1)
        try:
            file.write(render_header(make_header(self._profile)))
        except OSError:
            file.close()
            raise
        self._file, self._began = file, self._simulator.clock.now()
        self._unsubscribe = self._simulator.feed.subscribe(self._write)

    def stop(self) -> None:
        """End. Stopping twice does nothing."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        with self._lock:
            self._close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _write(self, event: FeedEvent) -> None:
        line = render_line(as_line(event, began=self._began))
        with self._lock:
            if self._file is None:
                return
            try:
                self._file.write(line)
            except OSError as exc:
                self.failure = exc
                self._close()

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        try:
            file.close()
        except OSError as exc:  # what was buffered does not fit either
            self.failure = self.failure or exc


def as_line(event: FeedEvent, *, began: float) -> dict[str, Any]:
    """An event as the data of its line."""
    fields = {
        name: _plain(value)
        for name, value in attrs.asdict(event, recurse=False).items()
        if name != "at" and value is not None
    }
    if isinstance(event, FrameSeen) and event.body is not None:
        fields["body"] = as_recorded(event.body)
    at = round(event.at - began, _MICROSECONDS)
    return {"at": max(at, 0.0), "event": type(event).__name__, **fields}


def as_recorded(text: str) -> Any:
    """Redacted JSON as the data that a recording holds of it."""
    return _plain(json.loads(text, parse_float=_number))


def _number(text: str) -> float | str:
    """A number; as its text where a float cannot hold it."""
    number = float(text)
    return number if math.isfinite(number) else text


def _plain(value: Any) -> Any:
    """A value as JSON; of what was not made for being shown, the class alone."""
    match value:
        case enum.Enum():
            return _plain(value.value)
        case None | bool() | int() | float():
            return value
        case str():
            return mask_numbers(value)
        case _ if is_mapping(value):
            return {mask_numbers(str(name)): _plain(item) for name, item in value.items()}
        case _ if is_array(value):
            return [_plain(item) for item in value]
        case _:
            return _object(value)


def _object(value: Any) -> Any:
    if attrs.has(value.__class__):
        return _plain(attrs.asdict(value, recurse=False))
    return type(value).__name__
