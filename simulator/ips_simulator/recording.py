"""Recordings of sessions: the file format, read with every problem told.

A recording is a text file of JSON lines: one header, then one event a line, in the order of
happening. Everything in it was redacted before it was written, so that it can be attached to a
ticket. `docs/simulator.md` documents the lines.
"""

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import attrs

from stompws.values import is_mapping
from worldpay_ips.operations import API

FORMAT: Final = "ips-simulator-recording"
VERSION: Final = 1
_DISTRIBUTION: Final = "worldpay-ips"
_LONGEST_LINE: Final = 4 << 20
_MOST_LINES: Final = 1_000_000


class RecordingError(ValueError):
    """A file is no recording that can be read, or there is nothing in it to play."""


@attrs.frozen(kw_only=True)
class Header:
    """The first line of a recording."""

    simulator: str
    """The version that recorded."""
    api: str
    """The version of the specification that was spoken."""
    profile: str | None = None
    """The server profile that was played."""
    version: int = VERSION
    """Of the format."""


@attrs.frozen(kw_only=True)
class Recorded:
    """One event."""

    line: int
    """Where it stands in the file, from 1."""
    at: float
    """Seconds since the recording began."""
    event: str
    """What it is: the name of its class in `feed`, such as `FrameSeen`."""
    connection: int | None = None
    paypoint_id: str | None = None
    data: Mapping[str, Any] = attrs.field(factory=dict[str, Any], repr=False)
    """The fields of that class."""


@attrs.frozen(kw_only=True)
class Recording:
    """A session, as it can be looked at and replayed."""

    header: Header
    events: tuple[Recorded, ...]


def make_header(profile: str | None) -> Header:
    """The header for a recording that begins now."""
    return Header(simulator=simulator_version(), api=API.version, profile=profile)


def simulator_version() -> str:
    """The version of this distribution; of a tree that is not installed nobody knows it."""
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return "unknown"


def render_header(header: Header) -> str:
    """The header as a line."""
    return render_line({"format": FORMAT, **attrs.asdict(header)})


def render_line(value: Mapping[str, Any]) -> str:
    """A line with its end. All of it is ASCII, so that no editor or ticket can spoil it."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False) + "\n"


def read_recording(path: Path | str) -> Recording:
    """Read a recording.

    Raises:
        RecordingError: It is none, or a newer one, or a line of it cannot be read.
        OSError: The file cannot be read.
    """
    lines = _lines(Path(path))
    first = next(lines, None)
    if first is None:
        raise RecordingError(f"{path}: the file is empty")
    header = _read_header(*first)
    return Recording(header=header, events=tuple(_read_event(*line) for line in lines))


def _lines(path: Path) -> Iterator[tuple[str, int, dict[str, Any]]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        number = 0
        while True:
            number += 1
            where = f"{path}:{number}"
            try:
                text = file.readline(_LONGEST_LINE)
            except UnicodeDecodeError:
                raise RecordingError(f"{where}: this is no UTF-8 text") from None
            if not text:
                return
            if number > _MOST_LINES:
                raise RecordingError(f"{where}: a recording has {_MOST_LINES} lines at most")
            if not text.endswith("\n"):
                raise RecordingError(
                    f"{where}: the line is cut off or too long (delete the last line to replay"
                    " what stands before it)"
                )
            yield where, number, _read_line(where, text)


def _read_line(where: str, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise RecordingError(f"{where}: this line is no JSON") from None
    if not is_mapping(value):
        raise RecordingError(f"{where}: this line is no JSON object")
    return dict[str, Any](value)


def _read_header(where: str, _number: int, value: dict[str, Any]) -> Header:
    if value.get("format") != FORMAT:
        raise RecordingError(f'{where}: this is no recording: its first line has no "{FORMAT}"')
    if value.get("version") != VERSION:
        raise RecordingError(
            f"{where}: this recording has another version of the format; {VERSION} can be read"
            " (record again, or use the simulator that wrote it)"
        )
    profile = value.get("profile")
    texts = [value.get("simulator"), value.get("api")]
    if not all(isinstance(text, str) for text in texts) or not isinstance(profile, str | None):
        raise RecordingError(f"{where}: the header needs `simulator`, `api` and `profile`")
    return Header(simulator=str(texts[0]), api=str(texts[1]), profile=profile)


def _read_event(where: str, number: int, value: dict[str, Any]) -> Recorded:
    at, event = value.pop("at", None), value.pop("event", None)
    connection, paypoint_id = value.pop("connection", None), value.pop("paypoint_id", None)
    if (
        not isinstance(at, int | float)
        or isinstance(at, bool)
        or not isinstance(event, str)
        or not isinstance(connection, int | None)
        or not isinstance(paypoint_id, str | None)
    ):
        raise RecordingError(f"{where}: an event needs `at`, a number, and `event`, its name")
    return Recorded(
        line=number, at=at, event=event, connection=connection, paypoint_id=paypoint_id, data=value
    )
