"""The file of a SQLite journal: created for its owner only, durable, and of a schema we know."""

import contextlib
import os
import sqlite3
import sys
import time
from pathlib import Path
from typing import Final

from ..errors import JournalError
from .schema import STEPS, Steps, too_new

_OLDEST: Final = (3, 24)  # INSERT … ON CONFLICT
APPLICATION_ID: Final = 0x49505354
"""Tells the file from other SQLite databases: "IPST"."""
_BUSY_SECONDS: Final = 0.005
_OF_SQLITE: Final = (
    "CREATE TABLE ips_till_tokens (last BIGINT NOT NULL)",
    "INSERT INTO ips_till_tokens VALUES (0)",
)


def create_privately(path: Path) -> None:
    """Create an empty file that only its owner can read, and its folder; leave an existing one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    if sys.platform != "win32":  # where a folder cannot be opened
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name must survive a power cut too
        finally:
            os.close(folder)


def open_file(path: Path, wait_seconds: float) -> sqlite3.Connection:
    """Open the file so that what was committed is on disk."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise JournalError(
            f"this Python has SQLite {sqlite3.sqlite_version}; the journal needs"
            f" {'.'.join(map(str, _OLDEST))} or newer"
        )
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        timeout=wait_seconds,
        isolation_level=None,  # transactions begin where we say so
        check_same_thread=False,  # a lock sees to it
    )
    try:
        _refuse_foreign(connection, path)
        mode = _write_ahead(connection, wait_seconds)
        if mode != "wal":
            raise JournalError(
                f"the journal {path} cannot be kept safely: its file system has no shared memory"
                " for SQLite's WAL. Put it on a disk of this machine"
            )
        for setting in (
            "synchronous = EXTRA",
            "fullfsync = ON",  # macOS: to the disk itself, not to its cache
            "checkpoint_fullfsync = ON",
            "foreign_keys = ON",
            "secure_delete = ON",  # what is forgotten is overwritten
            "trusted_schema = OFF",
        ):
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(connection: sqlite3.Connection, steps: Steps = STEPS) -> None:
    """Bring the tables to the latest version, all of it or nothing.

    It begins a transaction that writes, so that a journal which cannot be written is found now.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(steps):
            raise JournalError(f"the journal cannot be used: {too_new(version, len(steps))}")
        for step in steps[version:]:
            for statement in step:
                connection.execute(statement)
        if version == 0:
            for statement in _OF_SQLITE:
                connection.execute(statement)
        if version < len(steps):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(steps)}")
        else:
            # Writes a page, and takes it back.
            connection.execute("UPDATE ips_till_tokens SET last = last")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _write_ahead(connection: sqlite3.Connection, wait_seconds: float) -> str:
    """Have a log written ahead, and return the mode that it is in.

    SQLite does not wait for a lock here, whatever the timeout: two tills that open a new file at
    the same time meet, and the later one has to try again.
    """
    until = time.monotonic() + wait_seconds
    while True:
        try:
            mode: str = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_BUSY_SECONDS)
        else:
            return mode


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    # In this order: another till that makes the file now commits its tables with their mark.
    tables: int = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID and tables:
        raise JournalError(
            f"{path} is a SQLite database of another program. Nothing was changed; name another"
            " file for the journal"
        )
