"""What the simulator's commands print of a hostile service: no card data and no secret."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from canaries import Watch
from ips_simulator import Recorder, Simulator
from poison import poisoned, write_recording

PATHS = ":".join(path for path in sys.path if path)


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A command, until the end of the block."""
    command = [sys.executable, "-m", *map(str, arguments)]
    environment = {"PYTHONPATH": PATHS, "PATH": "", "HOME": "/nonexistent", "COLUMNS": "100"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def test_the_simulator_s_commands_show_no_card(tmp_path: Path) -> None:
    """`replay` with its page, and `pay` with notifications, receipts and the result."""
    with Simulator() as good:
        facts = tmp_path / "good.json"
        with Recorder(good, tmp_path / "good.jsonl"), running(
            "ips_simulator", "serve", "--port", 0, "--plain", "--no-page", "--facts", facts,
            "--record", tmp_path / "recorded.jsonl",
        ) as served:  # fmt: skip
            _wait(served, facts)
            _pay(facts)
    write_recording(poisoned(tmp_path / "recorded.jsonl"), tmp_path / "poisoned.jsonl")
    facts = tmp_path / "hostile.json"
    with Watch() as watch, running(
        "ips_simulator", "replay", tmp_path / "poisoned.jsonl", "--fast", "--port", 0, "--plain",
        "--no-page", "--facts", facts,
    ) as served:  # fmt: skip
        key = _wait(served, facts)
        told = _pay(facts)
        watch.text("pay", told)
        served.terminate()
        watch.text("replay", served.stdout.read())
        watch.parts.append(key)
    assert "APPROVED" in told.upper()
    assert watch.found() == []


def _wait(process: subprocess.Popen[str], facts: Path) -> str:
    while not facts.exists() or not facts.read_text():
        assert process.poll() is None, process.stdout.read()
    return json.loads(facts.read_text())["license_key"]


def _pay(facts: Path) -> str:
    with running("ips_simulator", "pay", "10.99", "--facts", facts, "--reference", "M1") as paying:
        told = paying.stdout.read()
    assert paying.returncode == 0, told
    return told
