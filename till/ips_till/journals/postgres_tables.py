"""The tables in PostgreSQL, and how its sessions are set."""

from typing import Any, Final, TypeAlias

import psycopg

from ..errors import JournalError
from .schema import Steps, too_new

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]

_MIGRATING: Final = 0x49505354
"""The key of the lock that one migration at a time has: "IPST"."""
_OF_POSTGRES: Final = (
    "CREATE TABLE ips_till_schema (version BIGINT NOT NULL)",
    "INSERT INTO ips_till_schema VALUES (0)",
    "CREATE SEQUENCE ips_till_tokens",
)


def configure(connection: Connection, wait_seconds: float) -> None:
    """Have each commit on the server's disk before it is answered, and each waiting bounded."""
    milliseconds = str(int(wait_seconds * 1000))
    for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        connection.execute("SELECT set_config(%s, %s, false)", (name, milliseconds))
    # Not lowered where an administrator wants more: `remote_apply`.
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') IN ('off', 'local')"
    )


def migrate(connection: Connection, steps: Steps) -> None:
    """Bring the tables to the latest version, all of it or nothing."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATING,))
    version = _version(connection)
    if version > len(steps):
        raise JournalError(
            f"the journal in PostgreSQL cannot be used: {too_new(version, len(steps))}"
        )
    if version == len(steps):
        return
    if version == 0:
        _run(connection, _OF_POSTGRES)
    for step in steps[version:]:
        _run(connection, step)
    connection.execute("UPDATE ips_till_schema SET version = %s", (len(steps),))


def _version(connection: Connection) -> int:
    row = connection.execute("SELECT to_regclass('ips_till_schema') IS NOT NULL").fetchone()
    if row is None or not row[0]:
        return 0
    row = connection.execute("SELECT version FROM ips_till_schema").fetchone()
    if row is None:
        raise JournalError(
            "the journal in PostgreSQL cannot be used: ips_till_schema was emptied by hand"
        )
    version: int = row[0]
    return version


def _run(connection: Connection, statements: tuple[str, ...] | Any) -> None:
    for statement in statements:
        connection.execute(statement.encode())
