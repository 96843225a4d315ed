"""Flight recordings are read, shown and replayed; what is wrong with a file is a sentence."""

import io
import json
import re
import sys
from pathlib import Path

import pytest
from rich.console import Console

import hunting
from canaries import Watch
from flying import fly, intent, sale
from ips_simulator import Simulator
from ips_simulator.recording import read_recording
from ips_simulator.replay import Replay
from ips_till.flight import (
    Flight,
    FlightError,
    FlightRecorder,
    Header,
    NoteLine,
    read_flight,
    render_text,
    render_timeline,
    timeline,
    to_html,
    to_simulator_recording,
)
from ips_till.flight.timeline import outcome_of
from ips_till.outcome import kind_of
from worldpay_ips import ClientOptions, PaymentApi

NASTY = "<script>alert(1)</script>\x1b[31m\u202e&\"'"
HEADER = {
    "format": "ips-till-flight", "version": 1, "till": "0.1", "api": "4.0.1",
    "began": "2026-11-23T01:00:00+00:00", "reference": "M1", "paypoint_id": "INST001",
    "operation": "sale",
}  # fmt: skip


@pytest.fixture(scope="module")
def simulator():
    with Simulator() as running:
        yield running


@pytest.fixture(scope="module")
def flown(simulator, tmp_path_factory) -> tuple[Path, Flight]:
    log, flight = fly(simulator, tmp_path_factory.mktemp("flights"))
    return log.path, flight


def write(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "x.flight.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b"hello\n", ":1: this line is no JSON"),
        (b"[1]\n", ":1: this line is no JSON object"),
        (b"\xff\xfe\n\n", "it is no UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n", "it is no UTF-8 text"),
        (b"[" * 100_000 + b"\n", ":1: this line is no JSON"),
        (b'{"format":"ips-till-flight"', ":1: this is no flight recording, or it was cut off"),
        (b'{"format":"ips-simulator-recording","version":1}\n', ":1: this is no flight recording"),
        (b'{"format":"ips-till-flight","version":2}\n', "another version of the format"),
        (b'{"format":"ips-till-flight","version":true}\n', "another version of the format"),
        (b'{"format":"ips-till-flight","version":1,"till":"1"}\n', "the header lacks api, began"),
    ],
)  # fmt: skip
def test_what_is_no_recording_is_told_in_a_sentence(tmp_path: Path, data: bytes, why: str) -> None:
    """Foreign, damaged, empty, or of a later version: file, line, and what it is."""
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(FlightError, match=re.escape(why)) as caught:
        read_flight(path)
    assert str(caught.value).startswith(str(path))
    assert caught.value.__cause__ is None


def test_a_file_that_is_not_there_or_a_folder_is_told_too(tmp_path: Path) -> None:
    """The operating system's words, and no traceback of it."""
    for path, why in ((tmp_path / "none", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(FlightError, match=why) as caught:
            read_flight(path)
        assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "line",
    [{}, {"at": 1}, {"at": "1", "note": "x"}, {"at": True, "note": "x"}, {"at": 1, "note": 5},
     {"at": 1, "note": "x", "facts": []}, {"at": 1, "frame": "sideways"},
     {"at": 1, "frame": "sent", "connection": 1, "command": "SEND", "headers": [["a"]]},
     {"at": 1, "frame": "sent", "connection": 1, "command": "SEND", "headers": [["a", 1]]},
     {"at": 1, "frame": "sent", "connection": "1", "command": "SEND", "headers": []}],
)  # fmt: skip
def test_a_damaged_line_is_named(tmp_path: Path, line: object) -> None:
    """Nothing is skipped: the line's number is in the text."""
    path = write(tmp_path, HEADER, {"at": 0, "note": "begun"}, line)
    with pytest.raises(FlightError, match=re.escape(f"{path}:3: ")):
        read_flight(path)


def test_a_file_cut_anywhere_is_read_as_far_as_it_goes(flown, tmp_path: Path) -> None:
    """After the first line, a torn tail costs the torn line only."""
    path, flight = flown
    data = path.read_bytes()
    first = data.index(b"\n") + 1
    cut = tmp_path / "cut"
    for end in [*range(first, len(data), 97), len(data) - 1]:
        cut.write_bytes(data[:end])
        found = read_flight(cut)
        assert found.lines == flight.lines[: len(found.lines)]
        assert len(found.lines) == data[first:end].count(b"\n")
        assert found.torn == (not data[:end].endswith(b"\n"))
        assert not found.ended


def test_the_timeline_tells_phases_pauses_and_the_outcome(flown) -> None:
    """What a person looks for: who said what, how long it took, how it ended."""
    _, flight = flown
    text = render_text(flight, columns=120)
    assert text.startswith("sale MS1231000001 on INST001\n")
    assert "-> SEND startPayment: paymentType sale, amount 1099" in text
    assert "<- MESSAGE onPaymentNotification: notificationText ENTER PIN" in text
    assert "SUBSCRIBE to 6 destinations" in text
    assert "outcome succeeded, result authorised-online" in text
    assert text.endswith("It ended approved.\n")
    assert outcome_of(flight) == "approved"
    assert max(map(len, render_text(flight, columns=60).splitlines())) <= 60


def test_a_killed_flight_says_so(tmp_path: Path) -> None:
    """The reader of a ticket is told that the till stopped, not that all was well."""
    log = FlightRecorder(tmp_path)(intent())
    log.note("begun")
    text = render_text(read_flight(log.path))
    assert "The till was stopped in flight" in text
    log.end()
    assert "ends without an outcome" in render_text(read_flight(log.path))


def test_a_long_pause_is_shown(tmp_path: Path) -> None:
    """Where time was lost stands between the rows."""
    path = write(tmp_path, HEADER, {"at": 0, "note": "begun"}, {"at": 7.5, "note": "sent"})
    flight = read_flight(path)
    assert [row.pause for row in timeline(flight)] == [0, 7.5]
    assert ".. 7.5 s later" in render_text(flight)
    assert "7.5 s later" in to_html(flight)


def test_the_terminal_shows_the_same_rows(flown) -> None:
    """With rich, at any width; nothing is cut away in the narrow one."""
    _, flight = flown
    for width in (40, 80, 200):
        text = _terminal(flight, width)
        assert max(map(len, text.splitlines())) <= width
        assert "It ended approved." in text
        assert "ENTER PIN" in " ".join(text.split())


def test_without_rich_the_plain_text_is_shown(flown, monkeypatch) -> None:
    """The core install has no rich."""
    monkeypatch.setitem(sys.modules, "rich.console", None)
    assert render_timeline(flown[1]) == render_text(flown[1])


def test_what_stands_in_a_file_cannot_act(tmp_path: Path) -> None:
    """A file comes from somebody: no markup of it reaches a page, no escape a terminal."""
    header = {**HEADER, "reference": NASTY, "paypoint_id": NASTY, "operation": NASTY, "till": NASTY}
    frame = {"at": 1, "frame": "sent", "connection": 1, "command": NASTY,
             "headers": [[NASTY, NASTY]], "body": {"notificationText": NASTY}}  # fmt: skip
    path = write(tmp_path, header, {"at": 0, "note": NASTY, "facts": {NASTY: NASTY}}, frame)
    flight = read_flight(path)
    page = to_html(flight)
    assert "<script" not in page
    assert page.count("alert(1)") > 5
    for text in (render_text(flight), _terminal(flight)):
        assert "\x1b[31m\u202e" not in text
        assert "\u202e" not in text


def _terminal(flight: Flight, width: int = 100) -> str:
    console = Console(width=width, color_system=None, file=io.StringIO())
    console.print(render_timeline(flight))
    return console.file.getvalue()


def test_the_page_needs_nothing_else(flown) -> None:
    """No script, no address, no file: it opens from a ticket."""
    page = to_html(flown[1])
    assert page.startswith("<!doctype html>")
    assert not re.search(r"<script|<link|<img|https?:|url\(|@import", page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    ("scenario", "ends"),
    [("approved", "succeeded"), ("declined-online", "refused"), ("cancelled-at-pad", "failed"),
     ("partial-amount", "succeeded"), ("dcc", "succeeded"), ("newer-result", "succeeded")],
)  # fmt: skip
def test_a_replayed_flight_ends_the_same(simulator, tmp_path: Path, scenario, ends) -> None:
    """Converted, the simulator plays it to another till, and the result is the same."""
    _, flight = fly(simulator, tmp_path, scenario=scenario)
    path = tmp_path / "recording.jsonl"
    path.write_text(to_simulator_recording(flight))
    assert read_recording(path).header.api == flight.header.api
    with Simulator(replay=Replay(path, fast=True)) as replaying:
        log = FlightRecorder(tmp_path / "again")(intent("M2"))
        options = ClientOptions(trace=log.trace)
        api = PaymentApi(replaying.server(), license_key="any", options=options)
        with api.start_payment(sale("M2")) as payment:
            results = [event.payload for event in payment if hasattr(event.payload, "payments")]
        log.end()
    assert [outcome.outcome.value for outcome in results[0].payments] == [ends]
    recorded = [_bodies(flight), _bodies(read_flight(log.path))]
    assert recorded[0] == recorded[1]


@pytest.mark.parametrize(
    "scenario",
    ["approved", "declined-online", "error", "signature-accepted", "lost-before-result",
     "lost-before-complete", "cancelled-at-pad"],
)  # fmt: skip
def test_a_replayed_till_s_flight_has_the_same_outcome(simulator, tmp_path: Path, scenario) -> None:
    """Also where the link was lost and the outcome was asked for: recovery is replayed with it."""
    flight = hunting.flown(simulator, tmp_path, scenario)
    path = tmp_path / "recording.jsonl"
    path.write_text(to_simulator_recording(flight))
    with Watch() as watch, Simulator(replay=Replay(path, fast=True)) as replaying:
        (tmp_path / "again").mkdir()
        outcome = hunting.pay(watch, replaying, tmp_path / "again")
    assert kind_of(outcome) == outcome_of(flight)


def _bodies(flight: Flight) -> list[tuple[str, str, object]]:
    """What was said, with the references of the two tills made equal."""
    return [
        (
            frame.direction,
            frame.header("destination"),
            json.dumps(frame.body).replace(flight.header.reference, "REF"),
        )
        for frame in flight.frames
        if frame.command in ("SEND", "MESSAGE")
    ]


def test_nothing_to_replay_is_told() -> None:
    """A flight that never sent is no script."""
    header = Header(
        till="1", api="4.0.1", began="", reference="M1", paypoint_id="P", operation="sale"
    )
    flight = Flight(header=header, lines=(NoteLine(line=2, at=0, kind="begun"),))
    with pytest.raises(FlightError, match="nothing to replay"):
        to_simulator_recording(flight)
