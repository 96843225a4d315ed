"""Transactions in PostgreSQL that survive a restart of the server."""

import contextlib
import os
import time
from collections.abc import Callable, Generator
from typing import Any, Final, TypeVar

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from ..errors import ConfigurationError, JournalError, UsedAfterForkError
from .postgres_pool import Pool
from .postgres_tables import Connection, configure, migrate
from .postgres_troubles import passes, refused, too_busy, unreachable
from .schema import STEPS, Steps
from .store import Action, Row, Work

T = TypeVar("T")

_PAUSE_SECONDS: Final = 0.1
_RIVALS: Final = 5
"""How often a transaction is tried that another one was faster than."""


class PostgresStore:
    """A pool of connections. Each transaction takes one, and gives it back."""

    death_certificate = "heart-beat-old"

    def __init__(
        self,
        address: str,
        *,
        wait_seconds: float,
        lease_seconds: float,
        heart_beat_seconds: float,
        connections: int,
        steps: Steps = STEPS,
    ) -> None:
        self.heart_beat_seconds: Final[float | None] = heart_beat_seconds
        self.lease_seconds: Final[float | None] = lease_seconds
        self._lease_seconds: Final = lease_seconds
        self._wait_seconds: Final = wait_seconds
        self._pid: Final = os.getpid()
        parameters = _parameters(address)
        parameters.setdefault("connect_timeout", max(2, int(wait_seconds / 2)))
        parameters.setdefault("application_name", "ips_till")
        parameters.setdefault("tcp_user_timeout", int(wait_seconds * 1000))
        self._pool: Final = Pool(
            {"autocommit": True, "prepare_threshold": None, **parameters},
            size=connections,
            configure=lambda connection: configure(connection, wait_seconds),
        )
        try:
            self._often(lambda connection, _again: migrate(connection, steps), writes=True)
        except BaseException:
            self._pool.close()
            raise

    def write(self, action: Action[T]) -> T:
        """Run an action in a transaction that is on disk when this returns."""
        return self._often(
            lambda connection, again: action(_Work(connection, self._lease_seconds), again),
            writes=True,
        )

    def read(self, action: Callable[[Work], T]) -> T:
        """Run an action that only reads."""
        return self._often(
            lambda connection, _again: action(_Work(connection, self._lease_seconds)), writes=False
        )

    def hold(self, mark: str) -> None:
        """Nothing: the heart-beat in the entry's row says that the till lives."""

    def let_go(self, mark: str) -> None:
        """Nothing: the row says whether somebody holds it."""

    def overwrite(self) -> None:
        """Nothing: what was deleted goes when the server vacuums."""

    def close(self) -> None:
        """Close the connections. In a forked child nothing happens: they are the parent's."""
        if os.getpid() == self._pid:
            self._pool.close()

    def _often(self, call: Callable[[Connection, bool], T], *, writes: bool) -> T:
        """Run a transaction, again where the connection broke, until the time is up."""
        if os.getpid() != self._pid:
            raise UsedAfterForkError("a journal")
        if self._pool.closed:
            raise JournalError("the journal in PostgreSQL is closed")
        try:
            return self._attempts(call, writes=writes)
        except JournalError as exc:
            exc.__context__ = None  # an error of psycopg holds the address, with its password
            raise

    def _attempts(self, call: Callable[[Connection, bool], T], *, writes: bool) -> T:
        until = time.monotonic() + self._wait_seconds
        again, rivals = False, 0
        while True:
            try:
                with self._transaction(until, writes) as connection:
                    return call(connection, again)
            except errors.UniqueViolation as exc:
                rivals += 1  # an index has told what a look before could not: look again
                if rivals == _RIVALS:
                    raise refused(exc) from None
            except TimeoutError:
                raise too_busy(self._wait_seconds) from None
            except psycopg.Error as exc:
                if not passes(exc):
                    raise refused(exc) from None
                if time.monotonic() + _PAUSE_SECONDS >= until:
                    raise unreachable(self._wait_seconds) from None
                again = True  # the commit may have arrived, and only its answer been lost
                self._pool.drop_idle()
                time.sleep(_PAUSE_SECONDS)

    @contextlib.contextmanager
    def _transaction(self, until: float, writes: bool) -> Generator[Connection]:
        timeout = max(until - time.monotonic(), _PAUSE_SECONDS)
        with self._pool.connection(timeout=timeout) as connection:
            # One state for reading; for writing, rows as they are when their lock is had.
            begin = b"READ COMMITTED" if writes else b"REPEATABLE READ, READ ONLY"
            with connection.transaction():
                connection.execute(b"SET TRANSACTION ISOLATION LEVEL " + begin)
                yield connection


def _parameters(address: str) -> dict[str, Any]:
    with contextlib.suppress(psycopg.ProgrammingError):  # its text quotes the address
        return conninfo_to_dict(address)
    raise ConfigurationError(
        "the journal's address cannot be read: postgresql://user@host:5432/database"
    )


class _Work:
    """A transaction."""

    lock = " FOR UPDATE"

    def __init__(self, connection: Connection, lease_seconds: float) -> None:
        self._connection: Final = connection
        self._lease_seconds: Final = lease_seconds

    def rows(self, statement: str, *values: object) -> list[Row]:
        """Run a statement and return its rows."""
        return self._execute(statement, values).fetchall()

    def change(self, statement: str, *values: object) -> int:
        """Run a statement and return how many rows it changed."""
        return self._execute(statement, values).rowcount

    def next_token(self) -> int:
        """Count up."""
        token: int = self.rows("SELECT nextval('ips_till_tokens')")[0][0]
        return token

    def beat(self, entry_id: int) -> None:
        """Write the time, by the database's clock."""
        self.change(
            "UPDATE ips_till_entries SET beat_at = clock_timestamp() WHERE id = ?", entry_id
        )

    def lives(self, entry_id: int, _mark: str) -> bool:
        """Tell whether the last beat is younger than a lease."""
        return bool(
            self.rows(
                "SELECT 1 FROM ips_till_entries WHERE id = ?"
                " AND beat_at > clock_timestamp() - make_interval(secs => ?)",
                entry_id,
                float(self._lease_seconds),
            )
        )

    def _execute(self, statement: str, values: tuple[object, ...]) -> psycopg.Cursor[Row]:
        return self._connection.execute(statement.replace("?", "%s").encode(), values)
