"""A place for a journal: a new file, or a new database of a server that all tests share."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from ips_simulator import Simulator, VirtualClock
from ips_till import Till
from journal_place import PostgresPlace, SqlitePlace
from postgres_server import PostgresUnavailableError, Server
from till_helpers import Shop

REQUIRED = "IPS_TILL_TESTS_POSTGRES"


@pytest.fixture(scope="session")
def postgres() -> Generator[Server]:
    """A server. Where it cannot be had its tests are skipped; they fail if `REQUIRED` is set."""
    try:
        server = Server.start()
    except PostgresUnavailableError as exc:
        if os.environ.get(REQUIRED):
            raise pytest.fail.Exception(str(exc), pytrace=False) from None
        pytest.skip(str(exc))
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def sqlite_place(tmp_path: Path) -> Generator[SqlitePlace]:
    """A file that is not there yet."""
    with SqlitePlace(tmp_path / "shop" / "till.sqlite3") as place:
        yield place


@pytest.fixture
def postgres_place(postgres: Server) -> Generator[PostgresPlace]:
    """A database without tables."""
    with PostgresPlace(postgres.new_database(), server=postgres) as place:
        yield place


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> SqlitePlace | PostgresPlace:
    """Each kind of journal."""
    found: SqlitePlace | PostgresPlace = request.getfixturevalue(f"{request.param}_place")
    return found


@pytest.fixture
def simulator() -> Generator[Simulator]:
    """A payment server that skips pauses."""
    with Simulator(clock=VirtualClock(auto=True)) as simulator:
        yield simulator


@pytest.fixture
def shop(simulator: Simulator, tmp_path: Path) -> Generator[Shop]:
    """The simulator, a journal in a file, and tills."""
    shop = Shop(simulator, tmp_path)
    yield shop
    shop.close()


@pytest.fixture
def till(shop: Shop) -> Generator[Till]:
    """A till of the shop."""
    with shop.till() as till:
        yield till
