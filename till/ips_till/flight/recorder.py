"""Writes a flight recording while a payment flies. Whatever fails here, the payment goes on."""

import os
import re
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from stompws.frames import Frame
from stompws.session import Direction
from stompws.values import Json
from worldpay_ips.operations import API

from ..journal import Intent
from ..redaction import safe_body, safe_facts, safe_headers, safe_text
from .format import SUFFIX, Header, compact, render_header, render_line
from .retention import prune

_DISTRIBUTION: Final = "worldpay-ips"
_LARGEST_BODY: Final = 32 << 10  # characters of one body
_RESERVE: Final = 16 << 10  # octets kept for how it ends, when the frames have filled the file
_MICROSECONDS: Final = 6  # digits
_LAST_WORDS: Final = frozenset({"outcome", "end", "error", "link-lost", "recovery-step"})
_ODD: Final = re.compile(r"[^A-Za-z0-9_-]+")
_MOST_NAMES: Final = 100


class FlightRecorder:
    """Makes one file in a folder for each operation. Give it to a till as its `observe`.

    Args:
        folder: Where the files lie; made when it is not there, readable by its owner alone.
        keep: How many files are kept; the oldest are deleted after a flight. None keeps all.
        days: How long a file is kept; None keeps it for ever.
        most_bytes: How large a file grows. Beyond that, frames are left out and counted; how the
            payment ends is still told.
        clock: Monotonic seconds.

    `failure` tells why the latest recording is not whole; nothing is raised from a flight.
    """

    def __init__(
        self,
        folder: Path | str,
        *,
        keep: int | None = 1000,
        days: float | None = 90,
        most_bytes: int = 1 << 20,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if keep is not None and keep < 1:
            raise ValueError("keep is 1 or more, or None")
        if days is not None and not days > 0:
            raise ValueError("days is more than 0, or None")
        if most_bytes < 4 * _RESERVE:
            raise ValueError(f"most_bytes is {4 * _RESERVE} or more")
        self.folder: Final = Path(folder)
        self.failure: str | None = None
        self._keep, self._days, self._most_bytes = keep, days, most_bytes
        self._clock = clock

    def __repr__(self) -> str:
        return f"<FlightRecorder in {self.folder}>"

    def __call__(self, intent: Intent) -> "FlightLog":
        """Begin the recording of one operation."""
        return FlightLog(
            self._create(intent),
            most_bytes=self._most_bytes,
            clock=self._clock,
            at_end=self._ended,
        )

    def _create(self, intent: Intent) -> "_File":
        now = datetime.now(UTC)
        header = Header(
            till=_till_version(),
            api=API.version,
            began=now.isoformat(timespec="milliseconds"),
            reference=intent.reference,
            paypoint_id=safe_text(intent.paypoint_id),
            operation=intent.operation.value,
        )
        file = _File()
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.open(self.folder, _stem(now, intent.reference), render_header(header))
        except OSError as exc:
            file.fail(exc)
        return file

    def _ended(self, failure: str | None) -> None:
        self.failure = failure
        try:
            prune(self.folder, keep=self._keep, days=self._days)
        except OSError as exc:
            self.failure = self.failure or f"old recordings were not deleted: {exc.strerror}"


class FlightLog:
    """The recording of one operation: an `Observer`. May be used from several threads."""

    def __init__(
        self,
        file: "_File",
        *,
        most_bytes: int,
        clock: Callable[[], float],
        at_end: Callable[[str | None], None],
    ) -> None:
        self._file, self._clock, self._at_end = file, clock, at_end
        self._most_bytes = most_bytes
        self._began = clock()
        self._lock = threading.Lock()
        self._pid = os.getpid()
        self._connection = 0
        self._left_out = 0
        self._over = False

    def __repr__(self) -> str:
        return f"<FlightLog {self._file.path}>"

    @property
    def path(self) -> Path | None:
        """The file; None when it could not be made."""
        return self._file.path

    @property
    def failure(self) -> str | None:
        """Why the recording is not whole, in a sentence."""
        return self._file.failure

    def note(self, kind: str, /, **facts: Any) -> None:
        """Write what happened. The facts are masked here once more."""
        value: dict[str, Any] = {"note": safe_text(kind)}
        if shown := safe_facts(facts):
            value["facts"] = shown
        self._write(value, last_words=kind in _LAST_WORDS)

    def trace(self, direction: Direction, frame: Frame, when: float) -> None:
        """Write a frame, masked. `when` is not used: all times here are of one clock."""
        del when
        value: dict[str, Any] = {
            "frame": direction,
            "connection": 0,
            "command": frame.command,
            "headers": safe_headers(frame),
        }
        if frame.body:
            value["size"] = len(frame.body)
            if (body := _fitting(safe_body(direction, frame))) is not None:
                value["body"] = body
        self._write(value, opens=direction == "sent" and frame.command in ("CONNECT", "STOMP"))

    def end(self) -> None:
        """Close the file, and delete what is too old. Ending twice does nothing."""
        facts = {"facts": {"frames_left_out": self._left_out}} if self._left_out else {}
        self._write({"note": "end", **facts}, last_words=True)
        with self._lock:
            if self._over or os.getpid() != self._pid:
                return
            self._over = True
            self._file.close()
        self._at_end(self._file.failure)

    def _write(
        self, value: dict[str, Any], *, last_words: bool = False, opens: bool = False
    ) -> None:
        with self._lock:
            if self._over or os.getpid() != self._pid:  # the file is the other process's
                return
            if "frame" in value:
                self._connection += opens
                value["connection"] = self._connection
            at = round(max(self._clock() - self._began, 0.0), _MICROSECONDS)
            line = render_line({"at": at, **value})
            room = self._most_bytes - self._file.size - len(line)
            if room < (0 if last_words else _RESERVE):
                self._leave_out(at, first=not self._left_out)
                return
            self._file.write(line)

    def _leave_out(self, at: float, *, first: bool) -> None:
        self._left_out += 1
        if first:
            self._file.write(render_line({"at": at, "note": "recording-full"}))


class _File:
    """A file that takes lines until it fails."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.size = 0
        self.failure: str | None = None
        self._descriptor: int | None = None

    def open(self, folder: Path, stem: str, first_line: str) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
        for number in range(1, _MOST_NAMES):
            mark = "" if number == 1 else f"-{number}"
            path = folder / f"{stem}{mark}{SUFFIX}"
            try:
                self._descriptor = os.open(path, flags, 0o600)
            except FileExistsError:
                continue
            self.path = path
            self.write(first_line)
            return
        raise FileExistsError(17, "too many recordings of this name")

    def write(self, line: str) -> None:
        """Write a line in one go, so that a process that is killed leaves whole lines behind."""
        if self._descriptor is None:
            return
        data = line.encode("ascii")
        try:
            written = os.write(self._descriptor, data)
            while written < len(data):
                written += os.write(self._descriptor, data[written:])
        except OSError as exc:
            self.fail(exc)
        else:
            self.size += len(data)

    def fail(self, exc: OSError) -> None:
        # `strerror` alone: the text of an OSError names the path, which holds a reference.
        self.failure = f"the recording cannot be written: {exc.strerror or type(exc).__name__}"
        self.close()

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            try:
                os.close(descriptor)
            except OSError as exc:
                self.failure = self.failure or f"the recording may not be whole: {exc.strerror}"


def _stem(now: datetime, reference: str) -> str:
    # A name goes further than what is in the file: into listings, archives and mails.
    shown = _ODD.sub("x", safe_text(reference))[:40] or "x"
    return f"{now:%Y%m%dT%H%M%S.%f}Z-{shown}"


def _fitting(body: Json) -> Json:
    """A body, or what is said of one that is too large."""
    if body is None:
        return None
    size = len(compact(body))
    return body if size <= _LARGEST_BODY else {"left_out": f"{size} characters"}


def _till_version() -> str:
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return "unknown"
