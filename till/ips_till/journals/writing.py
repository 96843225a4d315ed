"""Adding to the history and the receipts of an entry."""

from ..errors import JournalError
from ..journal import StoredReceipt
from .store import Work
from .tables import now_text, receipts


def add_note(work: Work, entry_id: int, kind: str, facts: str, mark: str) -> None:
    """Add a line of history, once for each mark; the entry is kept to this transaction."""
    if work.rows("SELECT 1 FROM ips_till_notes WHERE mark = ?", mark):
        return
    work.change(
        "INSERT INTO ips_till_notes (entry, number, mark, at, kind, facts)"
        " SELECT ?, COALESCE(MAX(number), 0) + 1, ?, ?, ?, ? FROM ips_till_notes WHERE entry = ?",
        entry_id,
        mark,
        now_text(),
        kind,
        facts,
        entry_id,
    )


def add_receipt(work: Work, entry_id: int, type_: str, text: str) -> StoredReceipt:
    """Keep a receipt, once for each type and text."""
    kept = receipts(work, entry_id)
    for receipt in kept:
        if (receipt.type, receipt.text) == (type_, text):
            return receipt
    receipt = StoredReceipt(type=type_, number=len(kept) + 1, text=text)
    work.change(
        "INSERT INTO ips_till_receipts (entry, number, receipt_type, receipt_text)"
        " VALUES (?, ?, ?, ?)",
        entry_id,
        receipt.number,
        receipt.type,
        receipt.text,
    )
    return receipt


def latest_id(work: Work, reference: str) -> int:
    """Return the latest entry with a reference, kept to this transaction."""
    rows = work.rows(
        "SELECT id FROM ips_till_entries WHERE reference = ?"  # noqa: S608 - a literal ends it
        f" ORDER BY id DESC LIMIT 1{work.lock}",
        reference,
    )
    if not rows:
        raise JournalError(f"the journal holds no entry {reference}; it may have been purged")
    found: int = rows[0][0]
    return found
