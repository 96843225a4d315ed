"""What goes wrong with a PostgreSQL server, as sentences for people.

Its own texts are left out: they can quote values, and the address.
"""

from typing import Final

import psycopg
from psycopg import errors

from ..errors import JournalError

_NO_PAYMENT: Final = "Until it can be written no payment is started"

# The first that fits counts.
_SENTENCES: Final[tuple[tuple[type[psycopg.Error], str], ...]] = (
    (errors.DiskFull, "its disk is full. Make room on the database server"),
    (errors.OutOfMemory, "the server has no memory left"),
    (errors.TooManyConnections, "the server has no connection left. Raise max_connections"),
    (errors.LockNotAvailable, "somebody has kept it locked for too long. End that session"),
    (errors.QueryCanceled, "the server was too slow, or somebody cancelled it"),
    (errors.ReadOnlySqlTransaction, "the server is read-only. Name the primary, not a standby"),
    (errors.InsufficientPrivilege, "the role lacks a right. docs/journal.md lists the grants"),
    (errors.InvalidPassword, "the server refuses the password"),
    (errors.InvalidAuthorizationSpecification, "the server refuses the role"),
    (errors.InvalidCatalogName, "the server has no database of this name"),
    (errors.UndefinedTable, "its tables are missing. Let a role open it that may create them"),
    (errors.UndefinedColumn, "its tables were changed by hand, or by a newer version"),
)

# In these states the server is coming or going: it is safe to knock again.
_PASSING: Final = (
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.CannotConnectNow,
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.IdleInTransactionSessionTimeout,
)


def passes(exc: psycopg.Error) -> bool:
    """Tell whether trying again may help: the connection broke, or another one was first."""
    if isinstance(exc, _PASSING):
        return True
    # Without a code it did not come from the server: the connection could not be made, or broke.
    return isinstance(exc, psycopg.OperationalError | psycopg.InterfaceError) and not exc.sqlstate


def refused(exc: psycopg.Error) -> JournalError:
    """Say in words what the server refuses."""
    code = exc.sqlstate or type(exc).__name__
    for kind, sentence in _SENTENCES:
        if isinstance(exc, kind):
            return JournalError(f"the journal in PostgreSQL: {sentence}. {_NO_PAYMENT} ({code})")
    return JournalError(f"the journal in PostgreSQL: the server refuses it. {_NO_PAYMENT} ({code})")


def unreachable(seconds: float) -> JournalError:
    """Say that the server was not there in time."""
    return JournalError(
        f"the journal in PostgreSQL: the server could not be reached within {seconds:g} s. Is it"
        f" running, and are address, role, password and database right? {_NO_PAYMENT}"
    )


def too_busy(seconds: float) -> JournalError:
    """Say that all connections were in use."""
    return JournalError(
        f"the journal in PostgreSQL: all connections of this program were in use for {seconds:g} s."
        f" Give it more with connections=. {_NO_PAYMENT}"
    )
