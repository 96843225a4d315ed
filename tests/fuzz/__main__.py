"""Throw hostile inputs at parser, protocols, codec and conversation: `nox -s fuzz -- --runs N`.

Ends with 1 when an input raised anything but the runtime's own errors, broke a rule, took too long
or too much memory; the input is printed, and gives a test. atheris (libFuzzer) drives each target
in a process of its own, towards code that no input has reached yet.
"""

import argparse
import importlib.util
import os
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table
from tests.fuzz.running import Job, Outcome, run

SHARES = {"parser": 35, "client": 20, "cuts": 10, "server": 15, "codec": 15, "conversation": 5}
"""Of 100 inputs."""
WIDTH = 130


def arguments(given: list[str]) -> argparse.Namespace:
    """Read the command line."""
    found = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    found.add_argument("--runs", type=int, default=1_000_000, help="inputs, over all targets")
    found.add_argument("--seconds", type=int, default=0, help="end each target after so long")
    found.add_argument("--target", choices=SHARES, action="append", help="only this; repeatable")
    found.add_argument("--jobs", type=int, default=2, help="processes at the same time")
    found.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)) + 1)
    found.add_argument("--input", type=Path, help="run one target on this file, once")
    return found.parse_args(given)


def shares(runs: int, targets: list[str]) -> dict[str, int]:
    """Split the inputs over the targets; together they are exactly `runs`."""
    whole = sum(SHARES[name] for name in targets)
    found = {name: runs * SHARES[name] // whole for name in targets}
    found[targets[0]] += runs - sum(found.values())
    return found


def table_of(outcomes: list[Outcome]) -> Table:
    """Return the results as a table."""
    table = Table(title="Fuzzing")
    for name in ("target", "what became of the inputs", "result"):
        table.add_column(name)
    for name in ("inputs", "inputs/s", "edges", "peak MiB"):
        table.add_column(name, justify="right")
    table.columns[1:] = [*table.columns[3:], *table.columns[1:3]]
    for one in outcomes:
        table.add_row(
            one.target, f"{one.inputs:,}", f"{one.per_second:,.0f}", f"{one.edges:,}",
            str(one.peak_mib), one.fates, "ok" if one.ok else "FAILED",
        )  # fmt: skip
    total = sum(one.inputs for one in outcomes)
    failed = sum(not one.ok for one in outcomes)
    table.add_section()
    table.add_row("all", f"{total:,}", "", "", "", "", f"{failed} FAILED" if failed else "ok")
    return table


def main(given: list[str]) -> int:
    """Run the targets, print the table; 1 when one failed."""
    options = arguments(given)
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed here; `nox -s fuzz` brings it.", file=sys.stderr)
        return 2
    targets = list(dict.fromkeys(options.target or SHARES))
    console, lock = Console(width=WIDTH), threading.Lock()

    def say(text: str) -> None:
        with lock:
            console.print(f"  … {text}", style="dim", highlight=False, markup=False)

    say(f"{options.runs:,} inputs, seed {options.seed}")
    with tempfile.TemporaryDirectory() as folder:
        jobs = [
            Job(name, runs, options.seconds, options.seed, Path(folder) / name, options.input)
            for name, runs in shares(options.runs, targets).items()
        ]
        with ThreadPoolExecutor(max(1, options.jobs)) as pool:
            outcomes = list(pool.map(lambda job: run(job, say), jobs))
    for one in outcomes:
        if not one.ok:
            console.print(f"\n{one.target}: {one.failure}", markup=False, highlight=False)
    console.print(table_of(outcomes))
    return 0 if all(one.ok for one in outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
