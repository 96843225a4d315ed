"""Rows of a journal's tables as entries, notes and receipts."""

import json
from datetime import UTC, datetime
from typing import Final

import attrs

from ..errors import JournalError
from ..journal import Entry, Intent, Note, Phase, StoredReceipt
from ..operations import MoneyOperation
from .store import Row, Work

_COLUMNS: Final = (
    "id, reference, paypoint, operation, amount, about, facts, phase, owner, began_at, sending_at,"
    " resolved_at, correlation_id, broken, override_reason, needs_person, outcome"
)


def now_text() -> str:
    """The wall clock, UTC, in a form that sorts."""
    return time_text(datetime.now(UTC))


def time_text(when: datetime) -> str:
    """Write a time in a form that sorts.

    Raises:
        ValueError: It has no time zone.
    """
    if when.tzinfo is None:
        raise ValueError("a time needs its time zone: datetime.now(UTC)")
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def read_entries(work: Work, condition: str, *values: object) -> tuple[Entry, ...]:
    """Read entries without history and receipts; `condition` is a literal of this package."""
    statement = f"SELECT {_COLUMNS} FROM ips_till_entries {condition}"  # noqa: S608 - literals only
    return tuple(_entry(row) for row in work.rows(statement, *values))


def read_whole(work: Work, condition: str, *values: object) -> tuple[Entry, ...]:
    """Read entries with history and receipts."""
    return tuple(
        attrs.evolve(entry, notes=_notes(work, entry.id), receipts=receipts(work, entry.id))
        for entry in read_entries(work, condition, *values)
    )


def receipts(work: Work, entry_id: int) -> tuple[StoredReceipt, ...]:
    """Read the receipts of an entry, in the order in which they came."""
    rows = work.rows(
        "SELECT receipt_type, number, receipt_text, printed FROM ips_till_receipts"
        " WHERE entry = ? ORDER BY number",
        entry_id,
    )
    return tuple(StoredReceipt(type=t, number=n, text=text, printed=p) for t, n, text, p in rows)


def _notes(work: Work, entry_id: int) -> tuple[Note, ...]:
    rows = work.rows(
        "SELECT at, kind, facts FROM ips_till_notes WHERE entry = ? ORDER BY number", entry_id
    )
    return tuple(
        Note(at=datetime.fromisoformat(at), kind=kind, facts=json.loads(facts))
        for at, kind, facts in rows
    )


def _entry(row: Row) -> Entry:
    id_, reference, paypoint, operation, amount, about, facts, phase, owner = row[:9]
    began_at, sending_at, resolved_at, correlation_id, broken, override, person, outcome = row[9:]
    try:
        return Entry(
            id=id_,
            intent=Intent(
                reference=reference,
                paypoint_id=paypoint,
                operation=MoneyOperation(operation),
                amount=amount,
                about=about,
                facts=json.loads(facts),
            ),
            phase=Phase(phase),
            owner=owner,
            began_at=datetime.fromisoformat(began_at),
            sending_at=_time(sending_at),
            resolved_at=_time(resolved_at),
            correlation_id=correlation_id,
            broken=broken,
            override=override,
            needs_person=bool(person),
            outcome=None if outcome is None else json.loads(outcome),
        )
    except ValueError:
        raise JournalError(
            f"the journal's entry {id_} cannot be read: it was changed by hand, or by a newer"
            " version of this program"
        ) from None


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
