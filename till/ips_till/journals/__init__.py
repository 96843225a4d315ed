"""Journals: a file on this machine, or a PostgreSQL database that many machines share."""

from pathlib import Path

from ..journal import Journal
from .sqlite import SqliteJournal

__all__ = ["SqliteJournal", "open_journal"]

_POSTGRES = ("postgresql://", "postgres://")


def open_journal(where: Journal | Path | str) -> Journal:
    """Open the journal at a path, or at an address that begins with postgresql://.

    A journal that is open already is returned as it is.

    Raises:
        JournalError: It cannot be opened; the text says why and what to do.
        ConfigurationError: PostgreSQL is wanted, and the extra for it is not installed.
    """
    if isinstance(where, str) and where.startswith(_POSTGRES):
        from .postgres import PostgresJournal

        return PostgresJournal(where)
    return SqliteJournal(where) if isinstance(where, str | Path) else where
