"""Flight recordings: one redacted file for each payment, safe to attach to a ticket.

    till = Till(..., observe=FlightRecorder("flights"))

Each is a text file of JSON lines that `till show FILE` opens as a timeline, as a page, or as a
recording that the simulator replays.
"""

from .format import Flight, FlightError, FrameLine, Header, NoteLine
from .html import to_html
from .reading import read_flight
from .recorder import FlightLog, FlightRecorder
from .replaying import to_simulator_recording
from .text import render_text
from .timeline import Row, timeline
from .view import render_timeline

__all__ = [
    "Flight",
    "FlightError",
    "FlightLog",
    "FlightRecorder",
    "FrameLine",
    "Header",
    "NoteLine",
    "Row",
    "read_flight",
    "render_text",
    "render_timeline",
    "timeline",
    "to_html",
    "to_simulator_recording",
]
