"""What is done about an operation that a till has left behind."""

from collections.abc import Mapping
from typing import Any

import attrs

from .effects import Procedure
from .fetching import fetch_receipts
from .finding import find_out
from .job import Job
from .journal import Entry, Phase
from .outcome import NotTaken, Outcome, from_stored
from .paying import agreed, store, with_receipts
from .z_reports import batch_to_close


def recover(job: Job, entry: Entry) -> Procedure[Outcome]:
    """Find out what became of an entry, and resolve it in the journal."""
    for note in entry.notes:
        job.abort_requested |= note.kind == "abort-requested"
        job.heard |= note.kind == "heard"
    job.printed = bool(entry.receipts)
    job.batch_number = batch_to_close(entry)
    job.watch.note("recovery-step", found=f"left behind while {entry.phase.value}")
    outcome = yield from _outcome(job, entry)
    return (yield from store(job, outcome))


def complete_receipts(job: Job, entry: Entry) -> Procedure[tuple[str, ...]]:
    """Fetch the receipts that an approved entry lacks; return the types still missing."""
    return (yield from fetch_receipts(job, {item.type for item in entry.receipts}))


def _outcome(job: Job, entry: Entry) -> Procedure[Outcome]:
    if entry.phase is Phase.INTENDED:
        return _never_sent(job)
    results = _different([note.facts for note in entry.notes if note.kind == "result"])
    if len(results) > 1:
        return job.unknown("two different results came.", needs_person=True)
    told = None
    if results and results[0]["kind"] != "unknown":
        told = from_stored(
            results[0],
            operation=entry.intent.operation,
            reference=entry.reference,
            paypoint_id=entry.intent.paypoint_id,
        )
    odd = any(note.kind in ("result-unreadable", "result-unclear") for note in entry.notes)
    if told is not None and not odd:
        outcome: Outcome = attrs.evolve(told, abort_requested=job.abort_requested)
    else:
        outcome = agreed(job, told, (yield from find_out(job, refused=_refused(job, entry))))
    return (yield from with_receipts(job, outcome, {item.type for item in entry.receipts}))


def _never_sent(job: Job) -> NotTaken:
    """The journal is written before the first octet leaves, and says that none did."""
    return NotTaken(
        operation=job.intent.operation,
        reference=job.intent.reference,
        paypoint_id=job.intent.paypoint_id,
        requested_amount=job.intent.amount,
        reason="it was not sent.",
    )


def _refused(job: Job, entry: Entry) -> NotTaken | None:
    codes = [note.facts.get("code") for note in entry.notes if note.kind == "error"]
    if not codes:
        return None
    return NotTaken(
        operation=job.intent.operation,
        reference=job.intent.reference,
        paypoint_id=job.intent.paypoint_id,
        requested_amount=job.intent.amount,
        abort_requested=job.abort_requested,
        reason=f"the service answered with error {codes[-1] or 'without a code'}.",
        error_code=codes[-1],
    )


def _different(results: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out repetitions."""
    found: list[Mapping[str, Any]] = []
    for result in results:
        if result not in found:
            found.append(result)
    return found
