"""One target in a process of its own: `python -m tests.fuzz.worker TARGET REPORT libFuzzer's…`.

libFuzzer ends the process, so what was seen is written to the report while it runs.
"""

import json
import logging
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import atheris

REPORT_SECONDS = 0.2


class Watch:
    """Counts what becomes of the inputs, and writes down the one that breaks a rule."""

    def __init__(self, target: Callable[[bytes], str], report: Path, runs: int) -> None:
        self._target, self._report, self._runs = target, report, runs
        self._counts: Counter[str] = Counter()
        self._inputs, self._due = 0, 0.0

    def __call__(self, data: bytes) -> None:
        """Take one input."""
        self._inputs += 1
        try:
            self._counts[self._target(data)] += 1
        except Exception as exc:
            self._write(failure=traceback.format_exception(exc), octets=data.hex())
            raise
        if self._inputs >= self._runs or time.monotonic() >= self._due:
            self._write()
            self._due = time.monotonic() + REPORT_SECONDS

    def _write(self, *, failure: list[str] | None = None, octets: str = "") -> None:
        report = {
            "counts": self._counts, "failure": failure, "octets": octets, "peak": _peak_kib(),
        }  # fmt: skip
        self._report.write_text(json.dumps(report))


def _peak_kib() -> int:
    """Peak memory of this process; libFuzzer tells that of whoever started it when that is more."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # macOS counts octets
    return int(status.read_text().partition("VmHWM:")[2].split(maxsplit=1)[0])


def main(arguments: list[str]) -> None:
    """Instrument the runtime, import it, and hand over to libFuzzer."""
    name, report, *fuzzer = arguments
    logging.disable(logging.CRITICAL)
    with atheris.instrument_imports(include=["stompws"]):
        from tests.fuzz.targets import TARGETS  # instrumented while it is imported
    runs = next((int(a[6:]) for a in fuzzer if a.startswith("-runs=")), sys.maxsize)
    atheris.Setup(["fuzz", *fuzzer], Watch(TARGETS[name], Path(report), runs))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
