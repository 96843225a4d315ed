"""The journal in a file on this machine: SQLite, with nothing to set up."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final, TypeVar

from ..errors import JournalError, UsedAfterForkError
from .forks import never_finalise, watch
from .lifelines import Lifelines
from .schema import STEPS, Steps
from .sql import SqlJournal
from .sqlite_file import create_privately, migrate, open_file
from .sqlite_troubles import plain
from .store import Action, Row, Work

T = TypeVar("T")


class SqliteJournal(SqlJournal):
    """A journal in one file, with SQLite's `-wal` and `-shm` and a folder of lease files beside it.

    It is on a disk of this machine: over NFS and other network file systems neither SQLite nor the
    leases can be relied on. A till that was killed is recoverable at once.

    Raises:
        JournalError: It cannot be opened, or not be written.
    """

    def __init__(self, path: Path | str, *, wait_seconds: float = 10.0) -> None:
        self.path: Final = Path(path).expanduser().absolute()
        super().__init__(SqliteStore(self.path.resolve(), wait_seconds=wait_seconds))

    def __repr__(self) -> str:
        return f"SqliteJournal({str(self.path)!r})"


class SqliteStore:
    """One connection, used by one thread at a time. `wait_seconds` bounds each waiting."""

    heart_beat_seconds = None
    lease_seconds = None
    death_certificate = "process-ended"

    def __init__(self, path: Path, *, wait_seconds: float, steps: Steps = STEPS) -> None:
        self._path: Final = path
        self._wait_seconds: Final = wait_seconds
        self._lock = threading.Lock()
        self._pid: Final = os.getpid()
        self._lifelines: Final = Lifelines(path.with_name(path.name + "-leases"))
        with plain(path, wait_seconds):
            create_privately(path)
            self._identity: Final = _identity(path)
            connection = open_file(path, wait_seconds)
            try:
                migrate(connection, steps)
            except BaseException:
                connection.close()
                raise
        self._connection: sqlite3.Connection | None = connection
        watch(self)
        self.write(lambda _work, _again: self._lifelines.sweep())

    def write(self, action: Action[T]) -> T:
        """Run an action in a transaction that is on disk when this returns."""
        with self._transaction("BEGIN IMMEDIATE") as work:
            self._refuse_moved()
            return action(work, False)

    def read(self, action: Callable[[Work], T]) -> T:
        """Run an action that only reads."""
        with self._transaction("BEGIN") as work:
            return action(work)

    def hold(self, mark: str) -> None:
        """Lock the file of a lease."""
        self._lifelines.hold(mark)

    def let_go(self, mark: str) -> None:
        """Unlock and remove the file of a lease."""
        if os.getpid() == self._pid:
            self._lifelines.let_go(mark)

    def overwrite(self) -> None:
        """Empty the WAL, which still holds what was there before; later if somebody reads it."""
        with self._alone() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the file. In a forked child nothing happens: it is the parent's."""
        if os.getpid() != self._pid:
            return
        with self._lock:
            connection, self._connection = self._connection, None
            self._lifelines.close()
            if connection is not None:
                connection.close()

    def after_fork(self) -> None:
        """Keep the child from ever closing the connection: it would undo the parent's work."""
        self._lock = threading.Lock()  # another thread may have had it in the parent
        if self._connection is not None:
            never_finalise(self._connection)

    def _refuse_moved(self) -> None:
        """What is written to a file without a name is gone when it is closed."""
        if _identity(self._path) != self._identity:
            raise JournalError(
                f"the journal {self._path} was moved, deleted or replaced while it was open; start"
                " this program again, and look for what the old file holds"
            )

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Generator[Work]:
        with self._alone() as connection:
            if connection.in_transaction:  # a signal hit the last one where nothing could catch it
                connection.execute("ROLLBACK")
            connection.execute(begin)
            try:
                yield _Work(connection, self._lifelines)
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # some errors have rolled back already
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _alone(self) -> Generator[sqlite3.Connection]:
        """Give the connection to one thread."""
        if os.getpid() != self._pid:
            raise UsedAfterForkError("a journal")
        if not self._lock.acquire(timeout=self._wait_seconds):
            raise JournalError(
                f"the journal {self._path} is busy: another thread of this program has used it for"
                f" more than {self._wait_seconds:g} s"
            )
        try:
            if self._connection is None:
                raise JournalError(f"the journal {self._path} is closed")
            with plain(self._path, self._wait_seconds):
                yield self._connection
        finally:
            self._lock.release()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


class _Work:
    """A transaction. Nobody else writes while it is open, so rows need no locks of their own."""

    lock = ""

    def __init__(self, connection: sqlite3.Connection, lifelines: Lifelines) -> None:
        self._connection: Final = connection
        self._lifelines: Final = lifelines

    def rows(self, statement: str, *values: object) -> list[Row]:
        """Run a statement and return its rows."""
        return self._connection.execute(statement, values).fetchall()

    def change(self, statement: str, *values: object) -> int:
        """Run a statement and return how many rows it changed."""
        return self._connection.execute(statement, values).rowcount

    def next_token(self) -> int:
        """Count up."""
        self.change("UPDATE ips_till_tokens SET last = last + 1")
        token: int = self.rows("SELECT last FROM ips_till_tokens")[0][0]
        return token

    def beat(self, _entry_id: int) -> None:
        """Nothing: the lock of the lease's file says that the till lives."""

    def lives(self, _entry_id: int, mark: str) -> bool:
        """Tell whether the lease's file is locked."""
        return self._lifelines.lives(mark)
