"""Outcomes of journal entries."""

from .journal import Entry
from .outcome import Outcome, Unknown, from_stored


def needs_person(entry: Entry) -> Unknown:
    """The outcome of an entry that the service can tell nothing more about."""
    return Unknown(
        operation=entry.intent.operation,
        reference=entry.reference,
        paypoint_id=entry.intent.paypoint_id,
        requested_amount=entry.intent.amount,
        correlation_id=entry.correlation_id,
        why="the service can no longer tell what became of it.",
        needs_person=True,
    )


def stored_outcome(entry: Entry) -> Outcome | None:
    """The outcome of an entry; None when none is known."""
    if entry.outcome is None:
        return None
    return from_stored(
        entry.outcome,
        operation=entry.intent.operation,
        reference=entry.reference,
        paypoint_id=entry.intent.paypoint_id,
    )
