"""STOMP frames from octets and to octets, beside stomp.py and stompman. CPU time, medians.

Everyone gets the same octets, one whole MESSAGE at a time as a WebSocket brings it, and turns them
into its own frame object; and turns the same body and headers, in the form its own frame takes,
into octets. What each does for that in its normal path, and nothing behind it, is counted:

- ours: `FrameParser.feed`, then `next_frame` until there is none; `Frame`, `encode_frame`.
- stomp.py: its transport's reading loop, which cuts frames out of the stream, calls
  `utils.parse_frame` and decodes the body, but not the delivery to listeners that follows;
  `_escape_headers` of its 1.2 protocol, `utils.Frame`, `convert_frame`, `pack`.
- stompman: `FrameParser.parse_frames_from_chunk`; `SendFrame`, `dump_frame`.

As information, with no goal: `utils.parse_frame` alone, given a frame that is already cut out.
"""

import time
from collections.abc import Callable
from typing import Any, cast

import stomp.transport
import stomp.utils
from rich.table import Table
from stomp.protocol import Protocol12
from stompman import SendFrame
from stompman.serde import FrameParser as StompmanParser
from stompman.serde import dump_frame
from tests.bench.rounds import Contenders, in_turns
from tests.bench.stomp_messages import (
    LARGE,
    SENT_HEADERS,
    SMALL,
    body_of,
    message_of,
    table_of,
    verdict,
)

from stompws.frame_parser import FrameParser
from stompws.frames import Frame, Version, encode_frame

ROUNDS, CALLS = 41, 300
OURS, STOMP_PY, STOMPMAN = "stompws", "stomp.py", "stompman"
STOMP_PY_ALONE = "stomp.py, parse_frame alone"
GOALS = {"parse": {SMALL: 6.0, LARGE: 4.0}, "serialise": {SMALL: 2.5, LARGE: 2.2}}


class _Reading(stomp.transport.BaseTransport):
    """A transport of stomp.py whose network brings the same octets again and again."""

    def __init__(self, octets: bytes) -> None:
        super().__init__()
        self.running = True
        self.frame: Any = None
        self._octets = octets

    def receive(self) -> bytes:
        return self._octets

    def process_frame(self, frame: Any, _octets: bytes) -> None:
        self.frame = frame


def _parsers(size: str) -> dict[str, Callable[[], Any]]:
    """Who parses; each returns the one frame it finds."""
    octets = message_of(size)
    ours, stompman = FrameParser(version=Version.V1_2), StompmanParser()
    transport: Any = _Reading(octets)
    read_frames = transport._BaseTransport__read_frames
    cut_out = octets.rstrip(b"\n\0")

    def parse_ours() -> Any:
        found = None
        ours.feed(octets)
        while (item := ours.next_frame()) is not None:
            found = item
        return found

    def parse_stomp_py() -> Any:
        read_frames()
        return transport.frame

    def parse_stompman() -> Any:
        frame, *_ = stompman.parse_frames_from_chunk(octets)  # and a heart-beat, the LF behind NUL
        return frame

    return {
        STOMP_PY: parse_stomp_py,
        OURS: parse_ours,
        STOMPMAN: parse_stompman,
        STOMP_PY_ALONE: lambda: stomp.utils.parse_frame(cut_out),
    }


def _serialisers(size: str) -> dict[str, Callable[[], Any]]:
    """Who serialises; each returns octets."""
    body = body_of(size)
    pairs = tuple(SENT_HEADERS.items())
    escape = Protocol12(stomp.transport.BaseTransport())._escape_headers
    length = {"content-length": str(len(body))}

    def serialise_stomp_py() -> Any:
        headers = {**SENT_HEADERS, **length}
        escape(headers)
        frame = stomp.utils.Frame("SEND", headers, body)
        return stomp.utils.pack(stomp.utils.convert_frame(frame))

    return {
        STOMP_PY: serialise_stomp_py,
        OURS: lambda: encode_frame(Frame("SEND", pairs, body), Version.V1_2),
        STOMPMAN: lambda: dump_frame(
            SendFrame(headers=cast("Any", {**SENT_HEADERS, **length}), body=body)
        ),
    }


def _check(size: str, parsers: Contenders, serialisers: Contenders) -> None:
    """Everyone reads the whole message, and what everyone writes reads the same."""
    body = body_of(size)
    for name, parse in parsers.items():
        found: Any = parse()
        assert found.body in (body, body.decode()), name
        assert dict(found.headers)["content-length"] == str(len(body)), name
    for name, serialise in serialisers.items():
        written: Any = serialise()
        reader = FrameParser(version=Version.V1_2)
        reader.feed(written)
        read = reader.next_frame()
        assert isinstance(read, Frame), name
        assert read.body == body, name
        assert dict(read.headers) == {**SENT_HEADERS, "content-length": str(len(body))}, name


def measure(progress: Callable[[str], None]) -> Table:
    """Return frames per second of CPU time, as multiples of stomp.py, and the goals."""
    table = table_of(
        "STOMP frames, CPU time", "what", "frames/s", "ratio to stomp.py", "goal", "verdict"
    )
    for size in (SMALL, LARGE):
        parsers, serialisers = _parsers(size), _serialisers(size)
        _check(size, parsers, serialisers)
        for what, contenders in (("parse", parsers), ("serialise", serialisers)):
            progress(f"{what}, {size}: {ROUNDS} rounds of {CALLS} frames for each contender")
            seconds = in_turns(contenders, rounds=ROUNDS, calls=CALLS, clock=time.process_time)
            table.add_section()
            table.add_row(f"[bold]{what}, {size}[/]")
            for name, taken in seconds.items():
                ratio = seconds[STOMP_PY] / taken
                goal = GOALS[what][size]
                judged = (f"≥ {goal:g}", verdict(ratio, goal)) if name == OURS else ()
                table.add_row(f"  {name}", f"{1 / taken:,.0f}", f"{ratio:.2f}", *judged)
    return table
