"""Raw clients of simulators that play a profile, for several tests."""

import contextlib
from collections.abc import Callable, Iterator

import pytest

from ips_simulator import Profile, Simulator
from sim_helpers import SALE, RawClient

ERROR, STATUS = "/client/v1/error", "/client/v1/service/status"
Open = Callable[..., RawClient]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Makes a raw client of a simulator of some profile."""
    with contextlib.ExitStack() as stack:

        def make(profile: Profile | str, subprotocols: list[str] | None = None) -> RawClient:
            simulator = stack.enter_context(Simulator(profile=profile))
            client = RawClient(simulator, subprotocols=subprotocols)
            stack.callback(client.close)
            return client

        yield make


def greet(client: RawClient, **more: str) -> None:
    assert client.connect(client.simulator.license_key, **more).command == "CONNECTED"


def sale(client: RawClient) -> list[str]:
    """Everything up to the completion, as it came over the WebSocket."""
    client.subscribe_all("startPayment")
    client.send("/v1/payment", SALE)
    found: list[str] = []
    while not found or "payment/complete" not in found[-1]:
        found.append(str(client.socket.recv(timeout=10)))
    return found
