"""A few connections to PostgreSQL that threads share.

psycopg_pool connects in threads of its own, and after a failure waits longer each time: a server
that is back is noticed late, and a forked child has a pool without its threads. Here whoever wants
a connection makes it.
"""

import contextlib
import threading
from collections.abc import Callable, Generator, Mapping
from typing import Any, Final

import psycopg
from psycopg.pq import TransactionStatus

from .forks import never_finalise, watch
from .postgres_tables import Connection


class Pool:
    """At most `size` connections; the one that was used last is used next."""

    def __init__(
        self, parameters: Mapping[str, Any], *, size: int, configure: Callable[[Connection], None]
    ) -> None:
        self._parameters: Final = parameters
        self._configure: Final = configure
        self._free: Final = threading.BoundedSemaphore(size)
        self._idle: Final = list[Connection]()
        self._lock = threading.Lock()
        self.closed = False
        watch(self)

    @contextlib.contextmanager
    def connection(self, timeout: float) -> Generator[Connection]:
        """Lend a connection that is in no transaction.

        Raises:
            TimeoutError: All of them are in use.
            psycopg.Error: None can be made.
        """
        if not self._free.acquire(timeout=timeout):
            raise TimeoutError("all connections are in use")
        try:
            connection = self._idle_one() or self._connect()
            try:
                yield connection
            finally:
                self._give_back(connection)
        finally:
            self._free.release()

    def drop_idle(self) -> None:
        """Close what is not lent: after a restart of the server all of it is broken."""
        with self._lock:
            idle, self._idle[:] = self._idle[:], []
        for connection in idle:
            connection.close()

    def close(self) -> None:
        """Close all; those that are lent when they come back."""
        self.closed = True
        self.drop_idle()

    def after_fork(self) -> None:
        """Keep the child from closing what is the parent's."""
        self._lock = threading.Lock()  # another thread may have had it in the parent
        for connection in self._idle:
            never_finalise(connection)

    def _idle_one(self) -> Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _connect(self) -> Connection:
        connection: Connection = psycopg.connect(**self._parameters)
        try:
            self._configure(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _give_back(self, connection: Connection) -> None:
        usable = connection.info.transaction_status == TransactionStatus.IDLE
        with self._lock:
            if usable and not self.closed:
                self._idle.append(connection)
                return
        connection.close()
