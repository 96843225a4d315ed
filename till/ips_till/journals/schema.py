"""The tables of a journal, as the steps that made them: the same for SQLite and PostgreSQL.

A step that was released is never edited; what is to be different becomes another step.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

Steps: TypeAlias = Sequence[Sequence[str]]
"""Step 1 makes version 1 of nothing, step 2 version 2 of that, and so on."""

STEPS: Final[Steps] = (
    (
        # Its row is locked by whoever leases the paypoint.
        "CREATE TABLE ips_till_paypoints (id TEXT PRIMARY KEY)",
        """
        CREATE TABLE ips_till_entries (
            id BIGINT PRIMARY KEY,
            reference TEXT NOT NULL,
            paypoint TEXT NOT NULL,
            operation TEXT NOT NULL,
            amount BIGINT,
            about TEXT,
            facts TEXT NOT NULL,
            phase TEXT NOT NULL CHECK (phase IN ('intended', 'sending', 'resolved')),
            token BIGINT NOT NULL UNIQUE,
            owner TEXT NOT NULL,
            mark TEXT NOT NULL UNIQUE,
            held INTEGER NOT NULL,
            beat_at TIMESTAMPTZ,
            began_at TEXT NOT NULL,
            sending_at TEXT,
            resolved_at TEXT,
            correlation_id TEXT,
            broken TEXT,
            override_reason TEXT,
            needs_person INTEGER NOT NULL DEFAULT 0,
            outcome TEXT,
            CHECK (phase <> 'sending' OR sending_at IS NOT NULL),
            CHECK ((phase = 'resolved') = (resolved_at IS NOT NULL)),
            CHECK ((phase = 'resolved') = (outcome IS NOT NULL))
        )
        """,
        """
        CREATE UNIQUE INDEX ips_till_one_per_paypoint ON ips_till_entries (paypoint)
        WHERE phase <> 'resolved' AND broken IS NULL
        """,
        """
        CREATE UNIQUE INDEX ips_till_one_per_reference ON ips_till_entries (reference)
        WHERE phase <> 'resolved'
        """,
        """
        CREATE INDEX ips_till_unresolved ON ips_till_entries (id) WHERE phase <> 'resolved'
        """,
        "CREATE INDEX ips_till_by_paypoint ON ips_till_entries (paypoint, id)",
        "CREATE INDEX ips_till_by_reference ON ips_till_entries (reference, id)",
        "CREATE INDEX ips_till_by_end ON ips_till_entries (resolved_at)",
        # Outlives the entries: a reference that was sent is never sent again.
        "CREATE TABLE ips_till_sent (reference TEXT PRIMARY KEY, at TEXT NOT NULL)",
        """
        CREATE TABLE ips_till_notes (
            entry BIGINT NOT NULL REFERENCES ips_till_entries (id),
            number BIGINT NOT NULL,
            mark TEXT NOT NULL UNIQUE,
            at TEXT NOT NULL,
            kind TEXT NOT NULL,
            facts TEXT NOT NULL,
            PRIMARY KEY (entry, number)
        )
        """,
        """
        CREATE TABLE ips_till_receipts (
            entry BIGINT NOT NULL REFERENCES ips_till_entries (id),
            number BIGINT NOT NULL,
            receipt_type TEXT NOT NULL,
            receipt_text TEXT NOT NULL,
            printed BIGINT NOT NULL DEFAULT 0,
            PRIMARY KEY (entry, number)
        )
        """,
    ),
)


def too_new(found: int, known: int) -> str:
    """Say that a newer program has written the journal."""
    return (
        f"its schema is version {found} and this program knows up to version {known}: a newer"
        " version of this program has used it. Install that version; nothing was changed"
    )
