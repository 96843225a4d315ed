"""A thousand tills in one event loop, each with a payment under way, and one journal for all."""

import asyncio
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

import attrs
from tests.scale.at_once import left_behind
from tests.scale.figures import Part, Progress, holding
from tests.scale.simulating import SimulatorProcess, simulating
from tests.simulator.crowd import Charged

from ips_simulator.open_files import allow_open_files
from ips_till import Approved, AsyncTill, Journal, TillSettings
from ips_till.async_payment import AsyncPayment
from ips_till.journals import SqliteJournal

LIMIT_KIB = {"plain": 150, "TLS": 550}
LIMIT_THREADS: Final = 36
"""Python's own pool of a loop, whatever the machine: it waits for the disk."""
_SETTINGS: Final = TillSettings(
    connect=120, first_event=240, between_events=240, total=900, grace_after_result=60, close=30
)
_WARM_UP, _WRITES = 10, 200


def describe(payments: int) -> Part:
    """Return the part, without figures yet."""
    return Part(
        title=f"{payments} tills in one event loop",
        about=(
            f"One process has {payments} tills of asyncio, each at a paypoint of its own, and one "
            "journal, a SQLite file on the disk. All of them begin a sale at the same time, and "
            "hold it open while the simulator, in another process, waits for the cards. Each has "
            "been journaled, and its lease taken, before its request left. Memory is the growth "
            f"of the resident set, divided by the number of sales; more than {LIMIT_KIB['plain']} "
            f"KiB, over TLS {LIMIT_KIB['TLS']}, fails. The new threads are those of the loop's own "
            "pool, which wait for the disk, and their number does not depend on that of the sales. "
            "Then all sales go on: each must be approved, with its own amount and both receipts, "
            "the journal must hold the outcome and the ledger the sale, once. No task, lease, file "
            "descriptor or socket may be left. The last figure but one is what one write of that "
            "journal takes when nothing else does."
        ),
        columns=("link", "KiB each", "new threads", "files each", "seconds to open",
                 "seconds to end", "approved", "charges", "ms for a write", "left"),
    )  # fmt: skip


def measure(*, tls: bool, payments: int, progress: Progress) -> Part:
    """Hold them, let them all end, and compare with the ledger. For a process of its own."""
    allow_open_files()
    with (
        tempfile.TemporaryDirectory() as folder,
        simulating(tls=tls, hold=True) as simulator,
    ):
        journal = SqliteJournal(Path(folder, "till.sqlite3"), wait_seconds=120)
        try:
            link = "TLS" if tls else "plain"
            return asyncio.run(_measure(simulator, journal, payments, progress, link))
        finally:
            journal.close()


async def _measure(
    simulator: SimulatorProcess,
    journal: SqliteJournal,
    payments: int,
    progress: Progress,
    link: str,
) -> Part:
    part = describe(payments)
    for _ in range(_WARM_UP):
        await _till(simulator, journal, "WARM-UP").service_status()
    before = holding()
    progress(f"{link}: {payments} tills of one event loop begin their sales")
    begin = time.monotonic()
    sales = [_till(simulator, journal, f"PP-{n}").sale(1000 + n) for n in range(payments)]
    await asyncio.gather(*(_start(sale) for sale in sales))
    opened = time.monotonic() - begin
    during = holding()
    threads = threading.active_count() - before.threads
    part.require(simulator.charges() == [], f"{link}: a sale did not wait for its card")
    progress(f"{link}: {payments} sales are open; they go on now")
    simulator.release()
    begin = time.monotonic()
    outcomes = await asyncio.gather(*(sale.finish() for sale in sales))
    ended = time.monotonic() - begin
    approved = [outcome for outcome in outcomes if isinstance(outcome, Approved)]
    told = [
        Charged("sale", one.reference, one.gateway_reference or "", one.amount or 0)
        for one in approved
    ]
    charges = simulator.charges()
    each = (during.resident - before.resident) / 1024 / payments
    part.require(each <= LIMIT_KIB[link], f"{link}: {each:.1f} KiB for each sale")
    part.require(threads <= LIMIT_THREADS, f"{link}: {threads} threads were started")
    part.require(len(approved) == payments, f"{link}: {len(approved)} sales were approved")
    part.require(
        all(not one.missing_receipts and not one.amount_differs for one in approved),
        f"{link}: a sale lacks a receipt, or has another amount",
    )
    same = sorted(charges, key=attrs.astuple) == sorted(told, key=attrs.astuple)
    part.require(same, f"{link}: the ledger does not hold what the sales were told")
    part.require(journal.unresolved() == (), f"{link}: the journal has unresolved sales")
    tasks = len(asyncio.all_tasks()) - 1
    part.require(tasks == 0, f"{link}: {tasks} tasks are left")
    sales.clear()
    await asyncio.get_running_loop().shutdown_default_executor()
    left = left_behind(before, holding())
    part.require(left == "nothing", f"{link}: left behind: {left}")
    part.rows.append(
        (link, f"{each:.1f}", str(threads),
         f"{(during.descriptors - before.descriptors) / payments:g}",
         f"{opened:.1f}", f"{ended:.1f}", str(len(approved)), str(len(charges)),
         f"{_milliseconds(journal, approved[0].reference):.2f}", left)
    )  # fmt: skip
    return part


def _till(simulator: SimulatorProcess, journal: Journal, paypoint_id: str) -> AsyncTill:
    return AsyncTill(
        simulator.server(paypoint_id),
        license_key=simulator.license_key,
        journal=journal,
        options=simulator.options,
        settings=_SETTINGS,
        on_action="decline",
    )


async def _start(sale: AsyncPayment) -> None:
    """Begin a sale, and wait for the first word of the simulator: it asks for the card."""
    await sale.__aenter__()
    await anext(sale)


def _milliseconds(journal: Journal, reference: str) -> float:
    """What one write takes, until it is on the disk."""
    begin = time.monotonic()
    for number in range(_WRITES):
        journal.add_facts(reference, "measured", {"number": number})
    return (time.monotonic() - begin) * 1000 / _WRITES
