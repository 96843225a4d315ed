"""Sends documents through worker and sandbox, and collects the verdicts."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from hostile.payloads import PAYLOADS, VALUES
from hostile.positions import keys, names, renamed, values, with_key, with_prose, with_value

HERE = Path(__file__).parent
PATH = [entry for entry in sys.path if entry]


@attrs.frozen
class Job:
    """A document, and how it came about."""

    about: str
    data: Any
    prose: bool = False


@attrs.frozen
class Verdicts:
    """What became of the documents."""

    code: int
    problems: int
    slowest: float
    faults: list[str]


def everywhere(data: Any) -> Iterable[Job]:
    """Make documents in which all free texts are one payload."""
    yield Job("as it is", data, prose=True)
    for payload in PAYLOADS:
        # What has nothing visible leaves a docstring out, and that changes the shape.
        yield Job(f"prose {payload!r:.60}", with_prose(data, payload), payload.strip() != "")


def renamings(data: Any) -> Iterable[Job]:
    """Make documents in which one name is a payload, wherever it is meant."""
    for name in names(data):
        for payload in PAYLOADS:
            yield Job(f"{name} is called {payload!r:.60}", renamed(data, name, payload))


def replacements(data: Any) -> Iterable[Job]:
    """Make documents in which one string or one key is a payload, and nothing else is changed."""
    for steps in values(data):
        for payload in [*PAYLOADS, *VALUES]:
            about = f"/{'/'.join(map(str, steps))} = {payload!r:.60}"
            yield Job(about, with_value(data, steps, payload))
    for steps in keys(data):
        for payload in PAYLOADS:
            about = f"key /{'/'.join(map(str, steps))} = {payload!r:.60}"
            yield Job(about, with_key(data, steps, payload))


def judge(jobs: Iterable[Job], folder: Path) -> Verdicts:
    """Run documents; the folder takes what they become."""
    listed = list(jobs)
    out = folder / "packages"
    work = folder / "work"
    for place in (out, work):
        place.mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps({"id": index, "text": json.dumps(job.data), "prose": job.prose})
        for index, job in enumerate(listed)
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(PATH)}
    found = subprocess.run(
        [sys.executable, "-m", "hostile.worker", str(out)],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
        cwd=work,
        env=environment,
    )
    verdicts = [json.loads(line) for line in found.stdout.splitlines()]
    faults = [
        f"{listed[verdict['id']].about}: {verdict['fault']}"
        for verdict in verdicts
        if verdict["fault"]
    ]
    if len(verdicts) != len(listed):
        about = listed[len(verdicts)].about
        faults.append(f"{about}: the process ended: {found.stderr[-1500:]}")
    if any(work.iterdir()):
        faults.append(f"files were written: {[path.name for path in work.iterdir()]}")
    faults += _imported(listed, out, work)
    return Verdicts(
        code=sum(verdict["kind"] == "code" for verdict in verdicts),
        problems=sum(verdict["kind"] == "problems" for verdict in verdicts),
        slowest=max((verdict["seconds"] for verdict in verdicts), default=0.0),
        faults=faults,
    )


def _imported(jobs: list[Job], out: Path, work: Path) -> list[str]:
    folders = sorted(map(str, out.iterdir()))
    if not folders:
        return []
    before = _contents(out)
    found = subprocess.run(
        [sys.executable, "-I", str(HERE / "sandbox.py"), json.dumps(PATH), *folders],
        capture_output=True,
        text=True,
        check=False,
        cwd=work,
    )
    if found.returncode:
        return [f"the sandbox ended: {found.stderr[-1500:]}"]
    verdict = json.loads(found.stdout.splitlines()[-1])
    faults = []
    for fault in verdict["faults"]:
        number, _, what = fault.partition(": ")
        about = jobs[int(number)].about if number.isdecimal() else number
        faults.append(f"{about}: when imported: {what}")
    if _contents(out) != before or any(work.iterdir()):
        faults.append("importing changed files")
    return faults


def _contents(folder: Path) -> Mapping[str, int]:
    return {str(path): path.stat().st_size for path in sorted(folder.rglob("*"))}
