"""Ending an entry, printing its receipts, and forgetting it in the end."""

from ..errors import JournalError
from .cleaning import without_card
from .store import Work
from .tables import now_text
from .writing import latest_id


def end(work: Work, entry_id: int, outcome: str) -> None:
    """Store the outcome of an entry and free its paypoint."""
    work.change(
        "UPDATE ips_till_entries SET phase = 'resolved', resolved_at = ?, outcome = ?, held = 0,"
        " needs_person = 0 WHERE id = ?",
        now_text(),
        outcome,
        entry_id,
    )


def print_once(work: Work, reference: str, number: int) -> int:
    """Count a printing; return how many there were before."""
    entry_id = latest_id(work, reference)
    rows = work.rows(
        "SELECT printed FROM ips_till_receipts WHERE entry = ? AND number = ?", entry_id, number
    )
    if not rows:
        raise JournalError(f"the journal holds no receipt number {number} of {reference}")
    work.change(
        "UPDATE ips_till_receipts SET printed = printed + 1 WHERE entry = ? AND number = ?",
        entry_id,
        number,
    )
    before: int = rows[0][0]
    return before


def purge(work: Work, before: str) -> int:
    """Forget what ended before; the references that were sent stay taken."""
    ended = "SELECT id FROM ips_till_entries WHERE phase = 'resolved' AND resolved_at < ?"
    for table in ("ips_till_notes", "ips_till_receipts"):
        work.change(f"DELETE FROM {table} WHERE entry IN ({ended})", before)  # noqa: S608 - literals
    return work.change(
        "DELETE FROM ips_till_entries WHERE phase = 'resolved' AND resolved_at < ?", before
    )


def forget_cards(work: Work, before: str) -> int:
    """Erase the cards of what ended before, from outcomes and from the history."""
    forgotten = set[int]()
    ended = "phase = 'resolved' AND resolved_at < ?"
    rows = work.rows(
        f"SELECT id, outcome FROM ips_till_entries WHERE {ended}{work.lock}",  # noqa: S608 - literals
        before,
    )
    for entry_id, outcome in rows:
        if (text := without_card(outcome)) is not None:
            work.change("UPDATE ips_till_entries SET outcome = ? WHERE id = ?", text, entry_id)
            forgotten.add(entry_id)
    notes = work.rows(
        "SELECT entry, number, facts FROM ips_till_notes WHERE entry IN"  # noqa: S608 - literals
        f" (SELECT id FROM ips_till_entries WHERE {ended})",
        before,
    )
    for entry_id, number, facts in notes:
        if (text := without_card(facts)) is not None:
            work.change(
                "UPDATE ips_till_notes SET facts = ? WHERE entry = ? AND number = ?",
                text,
                entry_id,
                number,
            )
            forgotten.add(entry_id)
    return len(forgotten)
