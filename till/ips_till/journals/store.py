"""What a database must do for a journal: transactions, counting tokens, and proof of life."""

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias, TypeVar

T = TypeVar("T")
Row: TypeAlias = tuple[Any, ...]


class ConflictError(Exception):
    """Another transaction was first. What was done here is undone; doing it again is safe."""


class Work(Protocol):
    """One transaction that is open. Statements have `?` where a value goes."""

    @property
    def lock(self) -> str:
        """What a SELECT ends with to keep its rows to this transaction."""
        ...

    def rows(self, statement: str, *values: object) -> list[Row]:
        """Run a statement and return its rows."""
        ...

    def change(self, statement: str, *values: object) -> int:
        """Run a statement and return how many rows it changed. Raises `ConflictError`."""
        ...

    def next_token(self) -> int:
        """Count up."""
        ...

    def beat(self, entry_id: int, /) -> None:
        """Write that the till of an entry lives."""
        ...

    def lives(self, entry_id: int, mark: str, /) -> bool:
        """Tell whether the till that holds an entry lives, as far as can be known."""
        ...


Action: TypeAlias = Callable[[Work, bool], T]
"""Works in a transaction. The second argument is true when an earlier try may have been committed
without our being told: the action looks whether it was, before it does anything."""


class Store(Protocol):
    """A database. Every method raises `JournalError`, and `UsedAfterForkError` in a child."""

    @property
    def heart_beat_seconds(self) -> float | None:
        """How often a lease wants renewing; None when the operating system sees to it."""
        ...

    @property
    def lease_seconds(self) -> float | None:
        """How long a lease lives without being renewed; None when as long as its process."""
        ...

    @property
    def death_certificate(self) -> str:
        """What proves that a till is dead, in a word for the history."""
        ...

    def write(self, action: Action[T]) -> T:
        """Run an action in a transaction that is on disk when this returns."""
        ...

    def read(self, action: Callable[[Work], T]) -> T:
        """Run an action that only reads; it sees one state of the journal."""
        ...

    def hold(self, mark: str) -> None:
        """Prove from now on, until `let_go`, that this process lives. Called inside `write`."""
        ...

    def let_go(self, mark: str) -> None:
        """End the proof. Never raises."""
        ...

    def overwrite(self) -> None:
        """Leave nothing readable of what was deleted, as far as that is in our hands."""
        ...

    def close(self) -> None:
        """Close it, and end all proofs."""
        ...
