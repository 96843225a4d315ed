"""Where a journal lies, and processes that work at it."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final, Self

import psycopg

from ips_till.errors import UnresolvedPaymentError
from ips_till.journal import Intent, Journal, Lease
from ips_till.journals import SqliteJournal
from ips_till.journals.postgres import PostgresJournal
from ips_till.operations import MoneyOperation
from postgres_server import Server

LEASE_VARIABLE: Final = "IPS_TILL_TESTS_LEASE"
WORKER: Final = Path(__file__).with_name("journal_worker.py")
LONG: Final = 60.0
SHORT: Final = 2.0
APPROVED: Final = {"kind": "approved", "amount": 1099}
NOT_TAKEN: Final = {"kind": "not-taken", "reason": "it was not sent."}


class _Place:
    """Opens journals, and closes them all in the end."""

    address: str
    """What a worker is told."""

    def __init__(self) -> None:
        self._open: Final = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    lease_seconds = LONG
    """How long a lease of this place lives, where it lives by its heart-beat. Long, since the
    machine may be slow; `short_leases` is for tests that wait for one to end."""

    def short_leases(self) -> None:
        """Have the leases end soon that are given from now on."""
        self.lease_seconds = SHORT

    def open(self, **arguments: Any) -> Journal:
        """Open it once more."""
        journal = self._make(**arguments)
        self._open.callback(journal.close)
        return journal

    def _make(self, **arguments: Any) -> Journal:
        raise NotImplementedError

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Read behind the journal's back."""
        raise NotImplementedError

    @contextlib.contextmanager
    def worker(self, task: str, *arguments: str) -> Generator[subprocess.Popen[str]]:
        """Start a process that works at it, see `journal_worker`; it is killed in the end."""
        command = [sys.executable, str(WORKER), self.address, task, *arguments]
        path = os.pathsep.join(filter(None, sys.path))
        env = {**os.environ, "PYTHONPATH": path, LEASE_VARIABLE: str(self.lease_seconds)}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, env=env
        ) as process:
            try:
                yield process
            finally:
                process.kill()
                for pipe in (process.stdin, process.stdout):
                    if pipe is not None:
                        pipe.close()

    def dumped(self) -> str:
        """Everything in all tables."""
        tables = ("entries", "notes", "receipts", "sent", "paypoints")
        return "\n".join(str(self.rows(f"SELECT * FROM ips_till_{table}")) for table in tables)  # noqa: S608


class SqlitePlace(_Place):
    """A file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.address = path, str(path)

    def _make(self, **arguments: Any) -> Journal:
        return SqliteJournal(self.path, **arguments)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Read behind the journal's back."""
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(statement).fetchall()


class PostgresPlace(_Place):
    """A database."""

    def __init__(self, address: str, *, server: Server) -> None:
        super().__init__()
        self.address, self.server = address, server

    def _make(self, **arguments: Any) -> Journal:
        arguments.setdefault("lease_seconds", self.lease_seconds)
        arguments.setdefault("heart_beat_seconds", self.lease_seconds / 4)
        return PostgresJournal(arguments.pop("address", self.address), **arguments)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Read behind the journal's back."""
        with psycopg.connect(self.address) as connection:
            return connection.execute(statement.encode()).fetchall()


def intent(reference: str = "A1", paypoint_id: str = "P1", **changes: Any) -> Intent:
    """A sale of 10.99."""
    given: dict[str, Any] = {"operation": MoneyOperation.SALE, "amount": 1099, **changes}
    return Intent(reference=reference, paypoint_id=paypoint_id, **given)


def sent(journal: Journal, reference: str = "A1", paypoint_id: str = "P1") -> Lease:
    """Begin a sale, and write that it is sent."""
    lease = journal.begin(intent(reference, paypoint_id))
    journal.sending(lease, correlation_id=f"c-{reference}")
    return lease


def take_over_soon(journal: Journal, paypoint_id: str = "P1") -> Lease | None:
    """Take over as soon as whoever had it counts as dead: with SQLite at once."""
    until = time.monotonic() + (0 if journal.heart_beat_seconds is None else 10 * SHORT)
    while True:
        try:
            return journal.take_over(paypoint_id)
        except UnresolvedPaymentError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
