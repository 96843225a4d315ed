"""Many threads and one API object."""

import attrs
from tests.scale.figures import Part, Progress, holding
from tests.scale.simulating import simulating
from tests.simulator.crowd import run_crowd

THREADS, OPERATIONS = 64, 1000


def measure(*, progress: Progress) -> Part:
    """Let threads share one API object, over TLS and plain."""
    part = Part(
        title=f"{THREADS} threads share one API object",
        about=(
            f"{OPERATIONS} operations of six kinds are divided among {THREADS} threads that start "
            "together. Each reply must answer what its own thread asked: correlation, reference "
            "and amount are compared, and the ledger with what all threads were told."
        ),
        columns=("link", "operations", "charged", "told busy", "wrong", "seconds"),
    )
    for tls in (True, False):
        link = "TLS" if tls else "plain"
        progress(f"{link}: {OPERATIONS} operations in {THREADS} threads")
        with simulating(tls=tls) as simulator:
            api = simulator.api()
            api.service_status()
            before = holding().threads
            tally = run_crowd(api, threads=THREADS, operations=OPERATIONS)
            charges = sorted(simulator.charges(), key=attrs.astuple)
            part.require(holding().threads == before, f"{link}: threads are left behind")
        done = tally.done.total()
        part.problems += [f"{link}: {text}" for text in tally.wrong]
        part.require(done == OPERATIONS, f"{link}: {done} operations were answered")
        same = charges == sorted(tally.charged, key=attrs.astuple)
        part.require(same, f"{link}: the ledger does not hold what the threads were told")
        part.rows.append(
            (link, str(done), str(len(charges)), str(tally.busy), str(len(tally.wrong)),
             f"{tally.seconds:.1f}")
        )  # fmt: skip
    return part
