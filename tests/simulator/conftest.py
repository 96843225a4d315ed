"""A simulator for each test, a till for it, and a client that may break every rule."""

from collections.abc import Callable, Iterator

import pytest

from ips_simulator import Simulator
from sim_helpers import RawClient, till
from worldpay_ips import PaymentApi


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator() as running:
        yield running


@pytest.fixture
def api(simulator: Simulator) -> PaymentApi:
    return till(simulator)


@pytest.fixture
def raw(simulator: Simulator) -> Iterator[Callable[[], RawClient]]:
    """Makes clients, and closes them."""
    clients: list[RawClient] = []

    def make() -> RawClient:
        clients.append(RawClient(simulator))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def authenticated(raw: Callable[[], RawClient], simulator: Simulator) -> RawClient:
    """A client with a session and a valid license key."""
    client = raw()
    assert client.connect(simulator.license_key).command == "CONNECTED"
    return client
