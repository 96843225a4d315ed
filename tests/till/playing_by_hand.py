"""Procedures that a test plays itself: for what no simulator sends."""

import contextlib
from typing import Any

from ips_till import Intent, MoneyOperation, Outcome, Till
from ips_till.effects import Open, Procedure, Read, Write
from ips_till.job import Job
from ips_till.observing import Watch
from stompws.client import Event
from till_helpers import FAST
from worldpay_ips import PaymentOutcome, PaymentResult
from worldpay_ips.operations import ON_PAYMENT_RESULT


def job_by_hand(till: Till, reference: str) -> Job:
    """A sale that is journaled and not sent."""
    intent = Intent(reference=reference, paypoint_id="INST001", operation=MoneyOperation.SALE)
    return Job(
        intent=intent,
        lease=till.journal.begin(intent),
        journal=till.journal,
        settings=FAST,
        watch=Watch(None, intent),
    )


class _Line:
    """A conversation that somebody has played."""

    correlation_id = "c"
    ended = True
    duplicates = 0


def by_hand(procedure: Procedure[Outcome], results: list[PaymentOutcome]) -> None:
    """Play a procedure: it reads these results, and then the end."""
    events: list[Event[Any] | None] = [
        Event(payload=PaymentResult(payments=(result,)), operation=ON_PAYMENT_RESULT)
        for result in results
    ]
    events.append(None)
    given: object = None
    with contextlib.suppress(StopIteration):
        while True:
            match procedure.send(given):
                case Open(before=before):
                    if before is not None:
                        before("c")
                    given = _Line()
                case Read():
                    given = events.pop(0) if events else None
                case Write(call):
                    given = call()
                case _:
                    given = None
