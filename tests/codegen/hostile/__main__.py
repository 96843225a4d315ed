"""Judge many hostile documents: `nox -s hostile`.

Without arguments: every payload in all free texts, and a sample of 1,000 renamings and 1,000
replacements. `--runs N` takes N of each, `--all` takes all (hours), `--seed N` another sample.
"""

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hostile.rich import rich
from hostile.running import Job, Verdicts, everywhere, judge, renamings, replacements, sample

BATCH = 100
PROCESSES = 2


def _judge(jobs: list[Job]) -> Verdicts:
    with tempfile.TemporaryDirectory() as folder:
        return judge(jobs, Path(folder))


def main() -> int:
    """Run; 1 when a document did something that it must not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    count = sys.maxsize if options.all else options.runs
    failed = False
    for make in (everywhere, renamings, replacements):
        began = time.perf_counter()
        jobs = sample(make(rich()), count, options.seed)
        with ThreadPoolExecutor(PROCESSES) as pool:
            batches = [jobs[start : start + BATCH] for start in range(0, len(jobs), BATCH)]
            verdicts = list(pool.map(_judge, batches))
        faults = [fault for verdict in verdicts for fault in verdict.faults]
        slowest, about = max(verdict.slowest for verdict in verdicts)
        print(
            f"{make.__name__}: {len(jobs)} documents, {sum(v.code for v in verdicts)} became code, "
            f"{sum(v.problems for v in verdicts)} problems, {len(faults)} faults; "
            f"slowest {slowest:.1f} s ({about}); {time.perf_counter() - began:.0f} s",
            flush=True,
        )
        for fault in faults:
            print(f"  {fault}")
        failed = failed or bool(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
