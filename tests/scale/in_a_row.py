"""Many operations one after the other: nothing may stay of any of them."""

import time
from collections import Counter

from tests.scale.figures import MIB, Holding, Part, Progress, holding, objects_by_type
from tests.scale.simulating import simulating
from tests.simulator.crowd import payment

from worldpay_ips import (
    BatchReportRequest,
    PaymentApi,
    PaymentResult,
    PaymentResultQuery,
    PaymentType,
    Result,
)

_STEPS, _WARM_UP_STEPS = 10, 2
_GROWTH_MIB = 2.0
_GROWTH_OBJECTS = 20
_GROWTH_BLOCKS = 1000


def measure(*, operations: int, progress: Progress) -> Part:
    """Take sales and ask for things, over TLS; look at the process ten times."""
    portion = max(operations // _STEPS, 5)
    part = Part(
        title=f"{portion * _STEPS} operations in a row",
        about=(
            "One process, one API object, over TLS: sales, queries of their results, status and "
            "reports take turns. Threads and descriptors must stay as they were after the first "
            f"{portion}. From {portion * _WARM_UP_STEPS} on the resident set may grow by no more "
            f"than {_GROWTH_MIB:g} MiB, what Python has allocated by {_GROWTH_BLOCKS} blocks, and "
            f"no type of object by {_GROWTH_OBJECTS}, whatever the number of operations."
        ),
        columns=("operations", "threads", "descriptors", "sockets", "MiB", "blocks",
            "objects", "per second"),
    )  # fmt: skip
    seen: list[Holding] = []
    warm: Counter[str] = Counter()
    with simulating(tls=True) as simulator:
        api = simulator.api()
        for step in range(1, _STEPS + 1):
            begin = time.monotonic()
            for index in range((step - 1) * portion, step * portion):
                _operate(api, index, part)
            seconds = time.monotonic() - begin
            seen.append(holding())
            if step == _WARM_UP_STEPS:
                warm = objects_by_type()
            part.rows.append(_row(step * portion, seen[-1], portion / seconds))
            row = dict(zip(part.columns, part.rows[-1], strict=True))
            progress(", ".join(f"{row[name]} {name}" for name in part.columns[:-1]))
        last = objects_by_type()
        charged = [(charge.reference, charge.amount) for charge in simulator.charges()]
    sales = [(f"ROW-{index}", 1000 + index) for index in range(portion * _STEPS) if index % 5 < 2]
    part.require(charged == sales, "the ledger does not hold each sale once")
    _judge(part, seen)
    for type_, count in (last - warm).items():
        part.require(count <= _GROWTH_OBJECTS, f"{count} objects more of {type_}")
    return part


def _operate(api: PaymentApi, index: int, part: Part) -> None:
    match index % 5:
        case 0 | 1:
            request = payment(PaymentType.SALE, f"ROW-{index}", 1000 + index)
            with api.start_payment(request) as conversation:
                results = [e.payload for e in conversation if isinstance(e.payload, PaymentResult)]
            part.require(len(results) == 1, f"operation {index}: {len(results)} results")
        case 2:
            query = PaymentResultQuery(merchant_transaction_reference=f"ROW-{index - 1}")
            outcome = api.query_payment_result(query).payments[0]
            part.require(
                outcome.result is Result.AUTHORISED_ONLINE, f"operation {index}: {outcome.result}"
            )
        case 3:
            api.service_status()
        case _:
            api.request_batch_report(BatchReportRequest(close_batch=False))


def _row(operations: int, held: Holding, rate: float) -> tuple[str, ...]:
    return (
        str(operations),
        str(held.threads),
        str(held.descriptors),
        str(held.sockets),
        f"{held.resident / MIB:.2f}",
        str(held.blocks),
        str(held.objects),
        f"{rate:.0f}",
    )


def _judge(part: Part, seen: list[Holding]) -> None:
    for name in ("threads", "descriptors"):
        counts = [getattr(held, name) for held in seen]
        part.require(len(set(counts)) == 1, f"{name} change: {counts}")
    growth = (seen[-1].resident - seen[_WARM_UP_STEPS - 1].resident) / MIB
    part.require(growth <= _GROWTH_MIB, f"memory grew by {growth:.2f} MiB")
    blocks = seen[-1].blocks - seen[_WARM_UP_STEPS - 1].blocks
    part.require(blocks <= _GROWTH_BLOCKS, f"{blocks} blocks more are allocated")
