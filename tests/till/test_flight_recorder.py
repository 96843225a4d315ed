"""The flight recorder writes one masked file for each payment, and never stops one."""

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path

import pytest

from flying import fly, intent
from ips_simulator import Simulator
from ips_till.flight import FlightRecorder, FrameLine, NoteLine, read_flight
from stompws.frames import Frame

HOLDS = Frame("MESSAGE", (("destination", "/client/v1/payment/notification"),), b"x" * 500)


@pytest.fixture
def simulator():
    with Simulator() as running:
        yield running


def test_a_payment_leaves_one_file_of_all_frames_and_notes(simulator, tmp_path: Path) -> None:
    """Both directions, in order, with bodies by their schema, and what the till noted."""
    log, flight = fly(simulator, tmp_path / "flights")
    assert log.failure is None
    assert [path.name for path in (tmp_path / "flights").iterdir()] == [log.path.name]
    assert flight.header.reference == "MS1231000001"
    assert (flight.header.operation, flight.header.paypoint_id) == ("sale", "INST001")
    commands = [(line.direction, line.command) for line in flight.frames]
    assert commands[:2] == [("sent", "CONNECT"), ("received", "CONNECTED")]
    assert commands[-1][0] in ("sent", "received")
    (request,) = (line for line in flight.frames if line.command == "SEND")
    assert request.body["instruction"]["value"]["amount"] == 1099
    assert request.body["merchantTransactionReference"] == "MS1231000001"
    (result,) = (
        line for line in flight.frames if isinstance(line.body, dict) and "payments" in line.body
    )
    card = result.body["payments"][0]["paymentInstrument"]["card"]
    assert card["cardNumber"] == "************0002"
    assert (card["track2Data"], card["tokenId"], card["expiryDate"]) == ("***", "***", "***")
    assert [note.kind for note in flight.notes] == ["begun", "sent", "result", "outcome", "end"]
    assert [line.at for line in flight.lines] == sorted(line.at for line in flight.lines)
    assert flight.ended
    assert not flight.torn


def test_nobody_else_may_read_it(simulator, tmp_path: Path) -> None:
    """0600, in a folder of its own that is 0700."""
    log, _ = fly(simulator, tmp_path / "a" / "flights")
    assert log.path.stat().st_mode & 0o777 == 0o600
    assert log.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_name_tells_time_and_reference_and_is_never_taken_twice(tmp_path: Path) -> None:
    """Recordings of one moment, and a reference that looks like a card number."""
    recorder = FlightRecorder(tmp_path)
    names = []
    for _ in range(3):
        log = recorder(intent("4929490000070006"))
        log.end()
        names.append(log.path.name)
        assert read_flight(log.path).header.reference == "4929490000070006"  # exempt by schema
    assert len(set(names)) == 3
    assert not any("4929" in name for name in names)
    assert all("x0006" in name for name in names)


def test_a_full_disk_ends_the_recording_and_not_the_payment(tmp_path: Path) -> None:
    """What was written stays readable; the log says what happened."""
    log = FlightRecorder(tmp_path)(intent())
    log.note("begun")
    limit = log.path.stat().st_size + 40
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        for _ in range(5):
            log.trace("received", HOLDS, 0.0)
            log.note("sent")
        log.end()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert log.failure is not None
    assert log.failure.startswith("the recording cannot be written: ")
    flight = read_flight(log.path)
    assert flight.torn
    assert not flight.ended
    assert [note.kind for note in flight.notes] == ["begun"]


def test_a_folder_that_cannot_be_made_costs_the_recording_only(tmp_path: Path) -> None:
    """Nothing is raised at any moment."""
    (tmp_path / "file").write_text("")
    recorder = FlightRecorder(tmp_path / "file" / "flights")
    log = recorder(intent())
    log.note("begun")
    log.trace("sent", HOLDS, 0.0)
    log.end()
    log.end()
    assert log.path is None
    assert recorder.failure == "the recording cannot be written: Not a directory"


def test_a_file_is_bounded_and_still_tells_the_end(tmp_path: Path) -> None:
    """Frames are left out when it is full; the outcome is not."""
    log = FlightRecorder(tmp_path, most_bytes=65536)(intent())
    for _ in range(1000):
        log.trace("received", HOLDS, 0.0)
    log.note("outcome", kind="approved")
    log.end()
    flight = read_flight(log.path)
    assert log.path.stat().st_size <= 65536
    assert [note.kind for note in flight.notes] == ["recording-full", "outcome", "end"]
    assert flight.notes[-1].facts["frames_left_out"] + len(flight.frames) == 1000


def test_a_body_of_any_size_fits(tmp_path: Path) -> None:
    """A message that is too long is told by its size."""
    body = json.dumps({"merchantTransactionReference": "M1", "notificationText": "x" * 60_000})
    address = "/client/v1/payment/notification"
    log = FlightRecorder(tmp_path)(intent())
    log.trace("received", Frame("MESSAGE", (("destination", address),), body.encode()), 0.0)
    log.end()
    (frame,) = read_flight(log.path).frames
    assert frame.body == {"left_out": f"{frame.size + 1} characters"} or "left_out" in frame.body


@pytest.mark.parametrize("number", ["1.11647", "1E+999", "-0.0", "123456789012.5", "1e-400"])
def test_numbers_with_decimals_are_kept(tmp_path: Path, number: str) -> None:
    """Rates of conversion, and whatever a newer server sends; what no float holds is a text."""
    body = f'{{"merchantTransactionReference": "M1", "notificationText": "x", "rate": {number}}}'
    address = "/client/v1/payment/notification"
    log = FlightRecorder(tmp_path)(intent())
    log.trace("received", Frame("MESSAGE", (("destination", address),), body.encode()), 0.0)
    log.note("result", rate=Decimal(number))
    log.end()
    flight = read_flight(log.path)
    for found in (flight.frames[0].body["rate"], flight.notes[0].facts["rate"]):
        assert float(found) == float(number)
        assert isinstance(found, str) == (float(number) == float("inf"))


def test_a_killed_till_leaves_a_readable_file(tmp_path: Path) -> None:
    """SIGKILL between any two writes: each line is whole or is the last."""
    code = (
        "import sys; sys.path[:0] = sys.argv[2].split(':')\n"
        "from flying import intent\n"
        "from ips_till.flight import FlightRecorder\n"
        "log = FlightRecorder(sys.argv[1])(intent())\n"
        "print('go', flush=True)\n"
        "while True: log.note('notification', text='PLEASE WAIT')\n"
    )
    for index in range(5):
        folder = tmp_path / str(index)
        arguments = [sys.executable, "-c", code, folder, ":".join(sys.path)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout.readline() == "go\n"
            time.sleep(0.004 * index)
            child.kill()
        (path,) = folder.iterdir()
        flight = read_flight(path)
        assert not flight.ended
        assert {note.kind for note in flight.notes} <= {"notification", "recording-full"}


def test_the_oldest_are_deleted_and_foreign_files_are_not(tmp_path: Path) -> None:
    """`keep` counts, `days` looks at the age; only what a recorder named is touched."""
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "x.flight.jsonl").write_text("mine too")
    recorder = FlightRecorder(tmp_path, keep=3)
    logs = []
    for _ in range(5):
        logs.append(recorder(intent()))
        logs[-1].end()
    left = {path.name for path in tmp_path.iterdir()}
    assert {"notes.txt", "x.flight.jsonl"} < left
    assert len(left) == 5
    assert logs[-1].path.exists()
    for log in logs[2:4]:
        if log.path.exists():
            os.utime(log.path, (1, 1))
    last = FlightRecorder(tmp_path, days=1)(intent())
    last.end()
    assert {path.name for path in tmp_path.glob("2*")} == {logs[-1].path.name, last.path.name}


@pytest.mark.parametrize("bad", [{"keep": 0}, {"days": 0}, {"days": -1}, {"most_bytes": 10}])
def test_bounds_that_make_no_sense_are_refused(tmp_path: Path, bad) -> None:
    """At once, when the recorder is made."""
    with pytest.raises(ValueError, match=next(iter(bad))):
        FlightRecorder(tmp_path, **bad)


def test_threads_do_not_mix_their_lines(tmp_path: Path) -> None:
    """The reader of frames and the cashier's thread write at once."""
    log = FlightRecorder(tmp_path)(intent())

    def write() -> None:
        for number in range(200):
            log.note("notification", text=f"n{number}")
            log.trace("received", HOLDS, 0.0)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.end()
    flight = read_flight(log.path)
    assert sum(isinstance(line, FrameLine) for line in flight.lines) == 800
    assert sum(isinstance(line, NoteLine) for line in flight.lines) == 801


def test_a_forked_child_writes_nothing_into_it(tmp_path: Path) -> None:
    """The file is the parent's."""
    log = FlightRecorder(tmp_path)(intent())
    log.note("begun")
    if (child := os.fork()) == 0:
        log.note("notification", text="from the child")
        log.end()
        os._exit(0)
    os.waitpid(child, 0)
    log.end()
    assert [note.kind for note in read_flight(log.path).notes] == ["begun", "end"]


def test_what_cannot_be_shown_is_hidden_and_never_raises(tmp_path: Path) -> None:
    """Facts of any kind, also endless ones."""
    circle: list[object] = []
    circle.append(circle)
    log = FlightRecorder(tmp_path)(intent())
    log.note("error", kind="x", circle=circle, data=b"1", odd=object(), nan=float("nan"), wait=1.5)
    log.end()
    facts = read_flight(log.path).notes[0].facts
    assert (facts["kind"], facts["data"], facts["nan"], facts["wait"]) == ("x", "***", "***", 1.5)
