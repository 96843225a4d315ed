"""Many payments open at once in one process, each at a paypoint of its own."""

import time
from collections.abc import Iterable

import attrs
from tests.scale.figures import Holding, Part, Progress, holding
from tests.scale.simulating import SimulatorProcess, simulating
from tests.simulator.crowd import Charged, payment

from worldpay_ips import PaymentResult, PaymentType, StartPayment

LIMIT_KIB = 200
_WARM_UP = 10


def describe(payments: int) -> Part:
    """Return the part, without figures yet."""
    return Part(
        title=f"{payments} payments at once",
        about=(
            f"One process starts {payments} payments, each at a paypoint of its own, and holds all "
            "of them open while the simulator, in another process, waits for the cards. Memory is "
            "the growth of the resident set, stacks of threads included, divided by the number of "
            f"conversations; more than {LIMIT_KIB} KiB fails. Then all payments go on: each must "
            "come to its own result, the ledger must hold each once, and no thread, "
            "file descriptor or socket may be left."
        ),
        columns=("link", "KiB each", "threads each", "files each", "seconds to open",
                 "seconds to end", "results", "charges", "left"),
    )  # fmt: skip


def measure(*, tls: bool, payments: int, progress: Progress) -> Part:
    """Hold them, let them all end, and compare with the ledger. For a process of its own."""
    part, link = describe(payments), "TLS" if tls else "plain"
    with simulating(tls=tls, hold=True) as simulator:
        for _ in range(_WARM_UP):
            simulator.api("WARM-UP").service_status()
        before = holding()
        progress(f"{link}: opening {payments} payments")
        begin = time.monotonic()
        running = [_start(simulator, number) for number in range(payments)]
        opened = time.monotonic() - begin
        during = holding()
        part.require(simulator.charges() == [], f"{link}: a payment did not wait for its card")
        progress(f"{link}: {payments} payments are open; they go on now")
        simulator.release()
        begin = time.monotonic()
        told = [charge for number, one in enumerate(running) for charge in _end(part, number, one)]
        ended = time.monotonic() - begin
        charges = simulator.charges()
        running.clear()
        left = left_behind(before, holding())
    each = (during.resident - before.resident) / 1024 / payments
    part.require(each <= LIMIT_KIB, f"{link}: {each:.1f} KiB for each conversation")
    same = sorted(charges, key=attrs.astuple) == sorted(told, key=attrs.astuple)
    part.require(same, f"{link}: the ledger does not hold what the payments were told")
    part.require(left == "nothing", f"{link}: left behind: {left}")
    part.rows.append(
        (link, f"{each:.1f}",
         f"{(during.threads - before.threads) / payments:g}",
         f"{(during.descriptors - before.descriptors) / payments:g}",
         f"{opened:.1f}", f"{ended:.1f}", str(len(told)), str(len(charges)), left)
    )  # fmt: skip
    return part


def _start(simulator: SimulatorProcess, number: int) -> StartPayment:
    """Start a payment, and wait for the first word of the simulator: it asks for the card."""
    api = simulator.api(f"PP-{number}")
    conversation = api.start_payment(payment(PaymentType.SALE, f"SCALE-{number}", 1000 + number))
    next(conversation)
    return conversation


def _end(part: Part, number: int, conversation: StartPayment) -> list[Charged]:
    """Read to the end; return what was charged, which must be its own amount, once."""
    return own_charge(part, number, [event.payload for event in conversation])


def own_charge(part: Part, number: int, payloads: Iterable[object]) -> list[Charged]:
    """Return what a payment was told of; it must be its own amount, once."""
    found = [
        Charged(
            kind="sale",
            reference=outcome.merchant_transaction_reference or "",
            gateway_reference=outcome.gateway_transaction_reference or "",
            amount=0 if outcome.value is None else outcome.value.amount or 0,
        )
        for payload in payloads
        if isinstance(payload, PaymentResult)
        for outcome in payload.payments
    ]
    own = [(f"SCALE-{number}", 1000 + number)]
    told = [(charge.reference, charge.amount) for charge in found]
    part.require(told == own, f"payment {number} was told {told}")
    return found


def left_behind(before: Holding, after: Holding) -> str:
    """Say what is there that was not."""
    kinds = {
        "threads": after.threads - before.threads,
        "descriptors": after.descriptors - before.descriptors,
        "sockets": after.sockets - before.sockets,
    }
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count) or "nothing"
