"""The campaign of `nox -s faults`: a part of it, and that its judge can say no."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from fault_relay import Direction, Fault, FrameNumber, Kind
from stompws.errors import ConnectionLostError, NotSentError, OutcomeUnknownError

ROOT = Path(__file__).resolve().parents[2]
LOST = ConnectionLostError("lost")
UNKNOWN = OutcomeUnknownError(operation="startPayment", correlation_id="c", reason=LOST)
NOT_SENT = NotSentError(operation="startPayment", reason=LOST)
KNOWN = OutcomeUnknownError(operation="startPayment", correlation_id="c", reason=LOST)
KNOWN.outcome_known = True


@pytest.mark.parametrize("driver", ["threads", "asyncio"])
def test_a_part_of_the_campaign_passes(driver: str) -> None:
    """One operation, all boundaries, few random octets, each kind of fault; over both drivers."""
    arguments = ["--operations", "deviceStatus", "--positions", "4", "--nap", "0"]
    arguments += ["--driver", driver]
    command = [sys.executable, "-m", "tests.faults", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "runs in" in done.stdout


@pytest.fixture
def judging(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("tests.faults.judging")


def play(fault: Fault) -> Any:
    running = importlib.import_module("tests.faults.running")
    cases = importlib.import_module("tests.faults.cases")
    return running.play(cases.Case("startPayment", fault), running.learn("startPayment"))


def cut(direction: Direction, number: int) -> Fault:
    return Fault(kind=Kind.CUT, direction=direction, at=FrameNumber(number))


BEFORE_REQUEST = cut(Direction.TO_SERVER, 1)
AFTER_RESULT = cut(Direction.TO_CLIENT, 8)
AFTER_COMPLETION = cut(Direction.TO_CLIENT, 9)


@pytest.mark.parametrize("fault", [BEFORE_REQUEST, AFTER_RESULT, AFTER_COMPLETION], ids=str)
def test_the_judge_finds_nothing_where_nothing_is(judging: ModuleType, fault: Fault) -> None:
    """What the runtime makes of a cut is right."""
    assert judging.judge(play(fault)) == []


@pytest.mark.parametrize(
    ("fault", "lie", "finding"),
    [
        (AFTER_RESULT, {"error": ValueError("x")}, "ended with ValueError"),
        (AFTER_RESULT, {"error": NOT_SENT}, "the request left"),
        (AFTER_RESULT, {"error": NOT_SENT}, "stands in the ledger"),
        (AFTER_RESULT, {"error": KNOWN}, "the outcome is known"),
        (AFTER_RESULT, {"error": None}, "the last message never came"),
        (AFTER_RESULT, {"charges": 2}, "2 entries in the ledger"),
        (AFTER_RESULT, {"seconds": 60.0}, "took 60.0 s"),
        (AFTER_RESULT, {"message_ids": ()}, "delivered 0 of 7 messages"),
        (AFTER_RESULT, {"message_ids": ("foreign",)}, "something else than what came"),
        (AFTER_COMPLETION, {"error": UNKNOWN}, "the last message came, and it ended with"),
        (AFTER_COMPLETION, {"charges": 0}, "completed, with 0 entries"),
        (BEFORE_REQUEST, {"error": UNKNOWN}, "no session was ever agreed on"),
    ],
)
def test_the_judge_says_no(
    judging: ModuleType, fault: Fault, lie: dict[str, Any], finding: str
) -> None:
    """Each lie about a real run is found out."""
    assert any(finding in found for found in judging.judge(attrs.evolve(play(fault), **lie)))


def test_the_judge_counts_what_was_said_twice(judging: ModuleType) -> None:
    """A second SEND, and a second connection, are violations."""
    run = play(AFTER_COMPLETION)
    lane = run.relay.connections[0].to_server
    lane.came.append(lane.came[run.shape.request_number])
    assert judging.judge(run) == ["SEND to /v1/payment 2 times"]
    run.relay.connections.append(run.relay.connections[0])
    assert "opened 2 connections" in judging.judge(run)


def test_the_judge_wants_the_fault_to_happen(judging: ModuleType) -> None:
    """A fault at a place that is never reached proves nothing."""
    run = play(cut(Direction.TO_CLIENT, 99))
    assert (run.error, judging.judge(run)) == (None, ["the fault never happened"])
