"""Sends documents through worker and sandbox, and collects the verdicts."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import attrs
import yaml

from hostile.payloads import PAYLOADS, VALUES
from hostile.positions import keys, names, renamed, values, with_key, with_prose, with_value
from hostile.rich import rich

HERE = Path(__file__).parent
LONGEST_KEY = 1000
PATH = [entry for entry in sys.path if entry]


@attrs.frozen
class Job:
    """A document that is still to be made, and how it comes about."""

    about: str
    make: Callable[[], Any]
    prose: bool = False


@attrs.frozen
class Verdicts:
    """What became of the documents."""

    code: int
    problems: int
    slowest: tuple[float, str]
    """Seconds, and how the document came about."""
    faults: list[str]


def everywhere(data: Any) -> Iterator[Job]:
    """Make documents in which all free texts are one payload."""
    for payload in PAYLOADS:
        # What has nothing visible leaves a docstring out, and that changes the shape.
        visible = payload.strip() != ""
        yield Job(f"prose {payload!r:.60}", partial(with_prose, data, payload), visible)


def renamings(data: Any) -> Iterator[Job]:
    """Make documents in which one name is a payload, wherever it is meant."""
    for name in names(data):
        for payload in PAYLOADS:
            yield Job(f"{name} is called {payload!r:.60}", partial(renamed, data, name, payload))


def replacements(data: Any) -> Iterator[Job]:
    """Make documents in which one string or one key is a payload, and nothing else is changed."""
    for steps in values(data):
        for payload in [*PAYLOADS, *VALUES]:
            about = f"/{'/'.join(map(str, steps))} = {payload!r:.60}"
            yield Job(about, partial(with_value, data, steps, payload))
    for steps in keys(data):
        for payload in PAYLOADS:
            about = f"key /{'/'.join(map(str, steps))} = {payload!r:.60}"
            yield Job(about, partial(with_key, data, steps, payload))


def sample(jobs: Iterable[Job], count: int, seed: int = 0) -> list[Job]:
    """Choose some jobs; the same ones whenever it is asked."""
    listed = list(jobs)
    return Random(seed).sample(listed, min(count, len(listed)))  # noqa: S311 - no secret


def judge(jobs: Iterable[Job], folder: Path) -> Verdicts:
    """Run documents; the folder takes what they become."""
    listed = list(jobs)
    if any(job.prose for job in listed):  # the first one tells the shape of all others
        listed.insert(0, Job("as it is", lambda: deepcopy(rich()), prose=True))
    out = folder / "packages"
    work = folder / "work"
    for place in (out, work):
        place.mkdir(parents=True, exist_ok=True)
    lines = [
        json.dumps({"id": index, "text": _text(job.make()), "prose": job.prose})
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
    faults += imported(listed, out, work)
    return Verdicts(
        code=sum(verdict["kind"] == "code" for verdict in verdicts),
        problems=sum(verdict["kind"] == "problems" for verdict in verdicts),
        slowest=max(
            ((verdict["seconds"], listed[verdict["id"]].about) for verdict in verdicts),
            default=(0.0, ""),
        ),
        faults=faults,
    )


def _text(data: Any) -> str:
    """Write a document: as JSON, or as YAML when a key is too long for what both understand."""
    long = any(isinstance(steps[-1], str) and len(steps[-1]) > LONGEST_KEY for steps in keys(data))
    return yaml.safe_dump(data, sort_keys=False) if long else json.dumps(data)


def imported(jobs: list[Job], out: Path, work: Path) -> list[str]:
    """Import what was generated, and return what was wrong with that."""
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
