"""Starting one target's process, watching it, and reading what libFuzzer and the worker tell."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
from tests.fuzz.seeds import write_seeds, write_words

LONGEST = 2048
INPUT_SECONDS = 10
MEMORY_MIB = 512
BRAKE_MIB = 2048  # libFuzzer counts what started it as well, so the limit above is judged here
SAY_SECONDS = 5.0
_PULSE = re.compile(r"#(\d+)\s+\w+\s+cov: (\d+)")
_STAT = re.compile(r"stat::(\w+):\s+(\d+)")


@attrs.frozen
class Job:
    """What one process is to do."""

    target: str
    runs: int
    seconds: int
    seed: int
    folder: Path
    one_input: Path | None


@attrs.define
class Outcome:
    """What one process did."""

    target: str
    ok: bool = False
    inputs: int = 0
    edges: int = 0
    peak_mib: int = 0
    seconds: float = 0.0
    fates: str = ""
    failure: str = ""

    @property
    def per_second(self) -> float:
        """Inputs per second, start-up included."""
        return self.inputs / self.seconds if self.seconds else 0.0


def run(job: Job, say: Callable[[str], None]) -> Outcome:
    """Run a target to its end and tell how it went."""
    corpus, found, report = job.folder / "corpus", job.folder / "found", job.folder / "report"
    for folder in (corpus, found):
        folder.mkdir(parents=True)
    command = _command(job, corpus, found, report)
    outcome = Outcome(job.target)
    started = time.monotonic()
    tail = _watch(command, job, outcome, say)
    outcome.seconds = time.monotonic() - started
    seen: dict[str, Any] = json.loads(report.read_text()) if report.exists() else {}
    outcome.fates = _fates(seen.get("counts", {}))
    outcome.peak_mib = seen.get("peak", 0) // 1024
    if outcome.peak_mib > MEMORY_MIB:
        outcome.ok = False
        tail.append(f"memory: {outcome.peak_mib} MiB, more than {MEMORY_MIB}")
    complete = bool(job.seconds or job.one_input) or outcome.inputs >= job.runs
    outcome.ok = outcome.ok and complete and not seen.get("failure")
    if not outcome.ok:
        outcome.failure = _failure(seen, found, tail)
    say(f"{job.target}: {outcome.inputs:,} inputs, {'ok' if outcome.ok else 'FAILED'}")
    return outcome


def _command(job: Job, corpus: Path, found: Path, report: Path) -> list[str]:
    command = [sys.executable, "-m", "tests.fuzz.worker", job.target, str(report)]
    if job.one_input is not None:
        return [*command, str(job.one_input)]
    write_seeds(job.target, corpus)
    write_words(words := job.folder / "words")
    limits = [f"-max_len={LONGEST}", f"-timeout={INPUT_SECONDS}", f"-rss_limit_mb={BRAKE_MIB}"]
    if job.seconds:
        limits.append(f"-max_total_time={job.seconds}")
    return [
        *command, f"-runs={job.runs}", f"-seed={job.seed}", *limits, f"-dict={words}",
        f"-artifact_prefix={found}/", "-print_final_stats=1", "-len_control=20", str(corpus),
    ]  # fmt: skip


def _watch(command: list[str], job: Job, outcome: Outcome, say: Callable[[str], None]) -> list[str]:
    """Read what the process says while it runs; return the end of it."""
    root = Path(__file__).parents[2]
    tail: list[str] = []
    due = time.monotonic() + SAY_SECONDS
    with subprocess.Popen(
        command, cwd=root, text=True, errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            tail = [*tail[-30:], line.rstrip()]
            if pulse := _PULSE.match(line):
                outcome.inputs, outcome.edges = int(pulse[1]), int(pulse[2])
                if time.monotonic() >= due:
                    due = time.monotonic() + SAY_SECONDS
                    say(f"{job.target}: {outcome.inputs:,} of {job.runs:,}")
            elif (stat := _STAT.match(line)) and stat[1] == "number_of_executed_units":
                outcome.inputs = int(stat[2])
    outcome.ok = process.returncode == 0
    return tail


def _fates(counts: dict[str, int]) -> str:
    whole = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {count / whole:.0%}" for name, count in ordered)


def _failure(seen: dict[str, Any], found: Path, tail: list[str]) -> str:
    """Say what went wrong, with the input: a foreign exception, too slow, or too much memory."""
    if seen.get("failure"):
        octets, why = bytes.fromhex(seen["octets"]), "".join(seen["failure"])
    else:
        kept = sorted(found.iterdir())
        octets = kept[0].read_bytes() if kept else b""
        why = "\n".join([*(file.name for file in kept), *tail])
    return f"{why}\ninput, {len(octets)} octets\n  hex: {octets.hex()}\n  as Python: {octets!r}"
