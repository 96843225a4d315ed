"""A thousand payments at once in one event loop, each at a paypoint of its own."""

import asyncio
import threading
import time
from typing import Any

import attrs
from tests.scale.at_once import left_behind, own_charge
from tests.scale.figures import Part, Progress, holding
from tests.scale.simulating import SimulatorProcess, simulating
from tests.simulator.crowd import Charged, payment

from ips_simulator.open_files import allow_open_files
from stompws.async_client import AsyncApiClient, AsyncClientConversation
from worldpay_ips import PaymentType, ServiceStatus
from worldpay_ips.operations import SERVICE_STATUS, START_PAYMENT

LIMIT_KIB = {"plain": 100, "TLS": 500}
_WARM_UP = 10


def describe(payments: int) -> Part:
    """Return the part, without figures yet."""
    return Part(
        title=f"{payments} payments in one event loop",
        about=(
            f"One thread opens {payments} payments with the asyncio client, all of them at the "
            "same time, each at a paypoint of its own, and holds them open while the simulator, in "
            "another process, waits for the cards. Memory is the growth of the resident set, "
            f"divided by the number of conversations; more than {LIMIT_KIB['plain']} KiB, over TLS "
            f"{LIMIT_KIB['TLS']}, fails, and so does a single new thread. Then all payments go on: "
            "each must come to its own result, the ledger must hold each once, and no task, "
            "thread, file descriptor or socket may be left."
        ),
        columns=("link", "KiB each", "new threads", "files each", "seconds to open",
                 "seconds to end", "results", "charges", "left"),
    )  # fmt: skip


def measure(*, tls: bool, payments: int, progress: Progress) -> Part:
    """Hold them, let them all end, and compare with the ledger. For a process of its own."""
    allow_open_files()
    with simulating(tls=tls, hold=True) as simulator:
        return asyncio.run(_measure(simulator, payments, progress, "TLS" if tls else "plain"))


async def _measure(
    simulator: SimulatorProcess, payments: int, progress: Progress, link: str
) -> Part:
    part = describe(payments)
    for _ in range(_WARM_UP):
        client = simulator.async_client("WARM-UP")
        await client.request(SERVICE_STATUS, reply=ServiceStatus)
    before = holding()
    progress(f"{link}: opening {payments} payments in one event loop")
    begin = time.monotonic()
    running = await asyncio.gather(*(_start(simulator, number) for number in range(payments)))
    opened = time.monotonic() - begin
    during = holding()
    threads = threading.active_count() - before.threads
    part.require(simulator.charges() == [], f"{link}: a payment did not wait for its card")
    progress(f"{link}: {payments} payments are open; they go on now")
    simulator.release()
    begin = time.monotonic()
    ends = await asyncio.gather(*(_end(part, number, one) for number, one in enumerate(running)))
    ended = time.monotonic() - begin
    told = [charge for end in ends for charge in end]
    charges = simulator.charges()
    running.clear()
    ends.clear()
    left = left_behind(before, holding())
    tasks = len(asyncio.all_tasks()) - 1
    each = (during.resident - before.resident) / 1024 / payments
    part.require(each <= LIMIT_KIB[link], f"{link}: {each:.1f} KiB for each conversation")
    part.require(threads == 0, f"{link}: {threads} threads were started")
    part.require(tasks == 0, f"{link}: {tasks} tasks are left")
    same = sorted(charges, key=attrs.astuple) == sorted(told, key=attrs.astuple)
    part.require(same, f"{link}: the ledger does not hold what the payments were told")
    part.require(left == "nothing", f"{link}: left behind: {left}")
    part.rows.append(
        (link, f"{each:.1f}", str(threads),
         f"{(during.descriptors - before.descriptors) / payments:g}",
         f"{opened:.1f}", f"{ended:.1f}", str(len(told)), str(len(charges)), left)
    )  # fmt: skip
    return part


async def _start(simulator: SimulatorProcess, number: int) -> AsyncClientConversation[Any]:
    """Start a payment, and wait for the first word of the simulator: it asks for the card."""
    client: AsyncApiClient = simulator.async_client(f"PP-{number}")
    request = payment(PaymentType.SALE, f"SCALE-{number}", 1000 + number)
    conversation = await client.open(START_PAYMENT, request)
    await anext(conversation)
    return conversation


async def _end(
    part: Part, number: int, conversation: AsyncClientConversation[Any]
) -> list[Charged]:
    """Read to the end; return what was charged, which must be its own amount, once."""
    return own_charge(part, number, [event.payload async for event in conversation])
