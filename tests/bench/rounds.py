"""Timing: contenders take turns, so that noise on a shared machine falls on all of them alike."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

Contenders = Mapping[str, Callable[[], object]]


def in_turns(
    contenders: Contenders,
    *,
    rounds: int,
    calls: int = 1,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Return the median seconds of one call for each contender.

    Give `time.process_time` as `clock` for what only computes: what others do on the machine then
    counts less.
    """
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for run in contenders.values():
        run()
    for _ in range(rounds):
        for name, run in contenders.items():
            begin = clock()
            for _ in range(calls):
                run()
            times[name].append((clock() - begin) / calls)
    return {name: median(values) for name, values in times.items()}


def command(arguments: Sequence[str]) -> Callable[[], object]:
    """Return a contender that runs a command, cold, and fails when the command does."""
    return lambda: subprocess.run(arguments, check=True, capture_output=True)
