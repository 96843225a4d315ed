"""Every document in processes of its own, with a time limit: generate and use, then mypy."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
from tests.corpus.finding import Entry
from tests.corpus.trying import Outcome

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r".+?:\d+:\d+: #")
"""How a problem begins: file, line, column, pointer."""


@attrs.define
class Row:
    """One line of the table."""

    entry: Entry
    outcome: Outcome
    lenient: Outcome | None = None
    """Of an invalid document: what is left of it with `--lenient`."""
    typed: bool = False
    type_errors: list[str] = attrs.field(factory=list)
    seconds: float = 0.0

    @property
    def best(self) -> Outcome:
        """The outcome that has code."""
        return self.lenient or self.outcome

    @property
    def good(self) -> bool:
        """True when nothing is missing.

        A document that breaks the specification has to be refused with places, and to give code
        that imports and type-checks when one insists.
        """
        found = self.best
        works = found.generated and found.imports and self.typed
        if not self.entry.valid:
            refused = not self.outcome.generated and bool(self.outcome.errors)
            placed = all(PLACE.match(error) for error in self.outcome.errors)
            # What is wrong by the specification alone may be harmless: then there is code at once.
            return works and (self.outcome.generated or (refused and placed))
        return works and all(part == whole for part, whole in counts(found))

    @property
    def notes(self) -> list[str]:
        """What one wants to know beside the numbers."""
        found, notes = self.outcome, list[str]()
        if not self.entry.valid:
            problems = len(found.errors)
            notes.append(f"invalid: {_number(problems, 'problem')}" if problems else "invalid")
        elif found.errors:
            notes.append(found.errors[0][:150])
        if self.type_errors:
            notes.append(f"mypy: {_number(len(self.type_errors), 'error')}")
        if self.best.misfits:
            notes.append(_number(self.best.misfits, "misfit") + " kept")
        if self.best.warnings:
            notes.append(_number(self.best.warnings, "warning"))
        return notes


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def counts(found: Outcome) -> list[tuple[int, int]]:
    """Return what is counted as part and whole."""
    return [tuple(pair) for pair in (  # JSON has lists
        found.payloads, found.headers, found.schema_examples, found.schemas
    )]  # fmt: skip


def run_all(
    entries: list[Entry], work: Path, *, limit: float, jobs: int, done: Callable[[Row], None]
) -> list[Row]:
    """Try all documents; `done` is told of each."""

    def one(numbered: tuple[int, Entry]) -> Row:
        row = _run(numbered[1], work, f"document_{numbered[0]}", limit)
        done(row)
        return row

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, enumerate(entries)))


def _run(entry: Entry, work: Path, package: str, limit: float) -> Row:
    begin = time.monotonic()
    row = Row(entry, _try(entry, work / package, package, limit))
    if not entry.valid and not row.outcome.generated:
        row.lenient = _try(entry, work / package, package, limit, "--lenient")
    if row.best.generated:
        row.type_errors = _mypy(work / package, work / "mypy-cache", package, limit)
        row.typed = not row.type_errors
    row.seconds = time.monotonic() - begin
    return row


def _try(entry: Entry, out: Path, package: str, limit: float, *options: str) -> Outcome:
    command = [sys.executable, "-m", "tests.corpus.trying", str(entry.path), str(out), package]
    status, text = _call([*command, str(entry.root), *options], limit)
    last = text.strip().splitlines()[-1:] or [""]
    try:
        data: dict[str, Any] = json.loads(last[0])
    except ValueError:
        what = f"longer than {limit:g} s" if status is None else f"ended with {status}"
        return Outcome(errors=[f"the process took {what}: {last[0][:120]}"])
    return Outcome(**data)


def _mypy(out: Path, cache: Path, package: str, limit: float) -> list[str]:
    """Return the errors of mypy --strict in the generated package."""
    command = [
        sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary",
        "--hide-error-context", f"--cache-dir={cache / package}", "-p", package,
    ]  # fmt: skip
    status, text = _call(
        command, limit, MYPYPATH=os.pathsep.join([str(out), str(ROOT / "runtime")])
    )
    if status == 0:
        return []
    own = [line for line in text.splitlines() if package in line and ": error:" in line]
    return own or text.splitlines()[-3:] or [f"mypy took longer than {limit:g} s"]


def _call(command: list[str], limit: float, **more: str) -> tuple[int | None, str]:
    """Run a command; None as its status when it took too long."""
    folders = [str(ROOT / name) for name in ("runtime", "codegen")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*folders, str(ROOT)]), **more}
    try:
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return None, ""
    return result.returncode, result.stdout + ("" if result.stdout.strip() else result.stderr)
