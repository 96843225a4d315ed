"""The journal in a PostgreSQL database, for payments taken by many workers on many machines.

A lease is a row whose heart-beat, by the database's clock, is young. It is looked at and changed
under row locks in short transactions; no connection is held between them.
"""

from typing import Any, Final

from ..errors import ConfigurationError
from .schema import STEPS, Steps
from .sql import SqlJournal

HEART_BEAT_SECONDS: Final = 5.0
LEASE_SECONDS: Final = 20.0


class PostgresJournal(SqlJournal):
    """A journal in the database that a `postgresql://` address names.

    Its tables begin with `ips_till_`; they are made and migrated where the role may do so. The
    address may hold a password and is never shown. `wait_seconds` bounds each method: within it, a
    server that restarts is waited for. A worker whose heart-beat is older than `lease_seconds`
    counts as dead; all workers of one database use the same number.

    Raises:
        ConfigurationError: The extra `postgres` is not installed, or the numbers do not fit.
        JournalError: The database cannot be reached, or not be written.
    """

    def __init__(
        self,
        address: str,
        *,
        wait_seconds: float = 10.0,
        lease_seconds: float = LEASE_SECONDS,
        heart_beat_seconds: float = HEART_BEAT_SECONDS,
        connections: int = 8,
        steps: Steps = STEPS,
    ) -> None:
        if not 0 < heart_beat_seconds <= lease_seconds / 2:
            raise ConfigurationError("a lease lives for at least two heart-beats")
        try:
            from .postgres_store import PostgresStore
        except ImportError:
            raise ConfigurationError(
                "a journal in PostgreSQL needs psycopg: pip install 'worldpay-ips[postgres]'"
            ) from None
        settings: dict[str, Any] = {
            "wait_seconds": wait_seconds,
            "lease_seconds": lease_seconds,
            "heart_beat_seconds": heart_beat_seconds,
        }
        super().__init__(PostgresStore(address, connections=connections, steps=steps, **settings))

    def __repr__(self) -> str:
        return "PostgresJournal(***)"
