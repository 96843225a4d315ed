"""Turns a flight into a recording that the simulator replays.

The simulator records from its own side; here the sides are changed. Both formats are files, so
neither package needs the other.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from .format import Flight, FlightError, FrameLine

_FORMAT: Final = "ips-simulator-recording"
_VERSION: Final = 1
_SIDES: Final = {"sent": "in", "received": "out"}


def to_simulator_recording(flight: Flight) -> str:
    """Write a flight as the text of a recording for `ips-simulator replay`.

    What was masked is filled in by the simulator with the documentation's examples. Nothing is
    booked in its ledger: a till does not see what is charged.

    Raises:
        FlightError: Nothing was sent, so there is nothing to replay.
    """
    if not any(
        frame.direction == "sent" and frame.header("destination") for frame in flight.frames
    ):
        raise FlightError("there is nothing to replay: the flight has no request")
    header = {
        "format": _FORMAT,
        "version": _VERSION,
        "simulator": f"a flight of the till {flight.header.till}",
        "api": flight.header.api,
        "profile": None,
    }
    lines = [header, *_events(flight)]
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)


def _events(flight: Flight) -> Iterator[dict[str, Any]]:
    paypoint_id, connection = flight.header.paypoint_id, 0
    for line in flight.lines:
        place = {"paypoint_id": paypoint_id, "at": line.at}
        if isinstance(line, FrameLine):
            connection = line.connection
            yield {"event": "FrameSeen", "connection": connection, **place, **_frame(line)}
        elif line.kind == "link-lost" and connection:
            yield {"event": "FaultDone", "connection": connection, **place, "kind": "drop"}


def _frame(frame: FrameLine) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "direction": _SIDES[frame.direction],
        "command": frame.command,
        "headers": [list(header) for header in frame.headers],
        "size": frame.size,
    }
    return shown if frame.body is None else {**shown, "body": frame.body}
