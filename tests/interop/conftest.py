"""A broker for the tests that meet RabbitMQ, and the ways to it."""

import contextlib
import gc
import threading
import uuid
import warnings
from collections.abc import Generator
from typing import Any

import pytest

from .rabbitmq_broker import Broker, BrokerUnavailableError, Line
from .relay import Relay

WAYS: dict[str, dict[str, Any] | None] = {
    "direct": None,
    "cut": {"cut": 5},
    "glued": {"pause": 0.02},
}


@contextlib.contextmanager
def running_broker(tmp_path_factory: pytest.TempPathFactory) -> Generator[Broker]:
    """Start a broker and stop it whatever happens. Where it cannot be had, that is a failure."""
    try:
        broker = Broker.start(tmp_path_factory.mktemp("rabbitmq"))
    except BrokerUnavailableError as exc:
        raise pytest.fail.Exception(str(exc), pytrace=False) from None
    try:
        yield broker
    finally:
        broker.stop()
        assert broker.processes_after_stop() == []


@pytest.fixture(scope="session")
def rabbitmq(tmp_path_factory: pytest.TempPathFactory) -> Generator[Broker]:
    """The broker that all tests share."""
    with running_broker(tmp_path_factory) as broker:
        yield broker


@contextlib.contextmanager
def way_to(broker: Broker, name: str) -> Generator[Line]:
    """Open one of `WAYS` to a broker."""
    if (settings := WAYS[name]) is None:
        yield Line(name, broker.url, None)
        return
    with Relay(broker.url, **settings) as relay:
        yield Line(name, relay.url, relay)
        if name == "cut":
            assert 0 < relay.tallies["to-client"].largest <= settings["cut"]


@pytest.fixture(params=list(WAYS))
def line(rabbitmq: Broker, request: pytest.FixtureRequest) -> Generator[Line]:
    """Each way to the broker: direct, cut into messages of 5 octets, and frames glued together."""
    with way_to(rabbitmq, request.param) as line:
        yield line


@pytest.fixture
def queue() -> str:
    """A destination that no other test uses."""
    return f"/queue/{uuid.uuid4()}"


@pytest.fixture
def nothing_left_behind() -> Generator[None]:
    """Every driver's and relay's thread has ended and every socket is closed after a test."""
    yield
    names = [thread.name for thread in threading.enumerate()]
    assert [name for name in names if name.startswith(("stompws ", "relay"))] == []
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        gc.collect()
