"""Runs the generator over many documents, in a process with limits, and judges what comes out.

Reads jobs from stdin, one JSON object a line: `id`, `text` (the document) and `prose` (true when
only free texts are changed, so that the code must have the shape of the first job's). Writes one
verdict a line: `id`, `kind` (`problems` or `code`), `fault` (null when all is well), `seconds`.
Packages are written below the folder that is the first argument, each in a folder called by its id.
"""

import builtins
import json
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from hostile.payloads import JINJA_RAN
from hostile.whitelist import skeleton, tree_faults
from reference_reading import faults as reference_faults
from stompgen import DocumentError, generate_from
from stompgen.check import check
from stompgen.document import parse
from stompgen.problems import Problems
from stompgen.reference import reference_files
from stompgen.sources import sources_page

MEMORY = 3 * 1024**3
SECONDS = 20
"""Longest time for one document."""


class TooSlowError(Exception):
    """A document took more than its time."""


def main(folder: Path) -> None:
    """Answer all jobs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _too_slow)
    called: list[bool] = []
    builtins.CANARY = lambda: called.append(True)  # type: ignore[attr-defined]
    shape: dict[str, str] = {}
    for line in sys.stdin:
        job = json.loads(line)
        start = time.perf_counter()
        kind, fault = _judged(job, folder, shape)
        if called or Path("CANARY").exists():
            fault = "the document was executed"
        seconds = time.perf_counter() - start
        verdict = {"id": job["id"], "kind": kind, "fault": fault, "seconds": seconds}
        print(json.dumps(verdict), flush=True)


def _judged(job: dict[str, Any], folder: Path, shape: dict[str, str]) -> tuple[str, str | None]:
    signal.alarm(SECONDS)
    try:
        return _outcome(job, folder, shape)
    except TooSlowError:
        return "slow", f"more than {SECONDS} s"
    except MemoryError:
        return "big", "too much memory"
    except RecursionError:
        return "crash", "RecursionError"
    except Exception:  # noqa: BLE001 - a traceback is what must never be
        return "crash", traceback.format_exc()[-1500:]
    finally:
        signal.alarm(0)


def _outcome(job: dict[str, Any], folder: Path, shape: dict[str, str]) -> tuple[str, str | None]:
    problems = Problems()
    document = parse(job["text"], "spec.json", problems)
    if document is not None:
        check(document, problems)
    if document is None or problems.errors:
        return "problems", _problem_fault(problems)
    try:
        files = generate_from(document, problems, package="pkg", runtime="stompws")
    except DocumentError as exc:
        return "problems", _problem_fault(exc.problems)
    found = [*tree_faults(files, "pkg")]
    for path, text in files.items():
        if JINJA_RAN in text:
            found.append(f"{path}: a template was made of a text")
    if not found:
        _write(files, folder / str(job["id"]))
    if not found and job.get("prose"):
        shapes = {path: skeleton(text) for path, text in files.items() if path.endswith(".py")}
        expected = shape or shapes
        shape.update(expected)
        found += [f"{p}: another shape" for p in shapes if shapes[p] != expected.get(p)]
    pages = reference_files(document, problems, package="pkg")
    if problems.errors:
        return "problems", "generated, but there is no reference"
    found += reference_faults(pages)
    found += [f"{name}: an odd name" for name in pages if not name.replace("-", "").isascii()]
    sources_page(document)
    return "code", found[0] if found else None


def _problem_fault(problems: Problems) -> str | None:
    """Say what is wrong with problems: each has a place, and stands in one line."""
    for problem in problems:
        text = str(problem)
        if problem.line < 1 or problem.column < 1 or not problem.what:
            return f"a problem without a place: {text[:200]}"
        if problem.pointer and not problem.pointer.startswith("/"):
            return f"a problem with an odd pointer: {text[:200]}"
        if not text.isprintable():
            return f"a problem with more than one line: {text[:200]!r}"
    return None if problems.errors else "neither code nor an error"


def _write(files: dict[str, str], folder: Path) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")


def _too_slow(*_: object) -> None:
    raise TooSlowError


if __name__ == "__main__":
    main(Path(sys.argv[1]))
