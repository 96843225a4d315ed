"""What the tests against RabbitMQ wait with."""

import time
from collections.abc import Callable
from typing import TypeVar

from stompws.driver import Driver
from stompws.errors import LinkError
from stompws.protocol import Disconnected, MessageReceived, ProtocolEvent, ReceiptReceived

from .rabbitmq_broker import PATIENCE

E = TypeVar("E", bound=ProtocolEvent)


def wait_for(driver: Driver, kind: type[E]) -> E:
    """Take events until one of `kind` comes."""
    while True:
        event = driver.next_event(PATIENCE)
        assert event is not None, f"no {kind.__name__} in time"
        if isinstance(event, kind):
            return event
        assert not isinstance(event, Disconnected), f"the end came before a {kind.__name__}"


def take(driver: Driver, count: int) -> list[MessageReceived]:
    """Take `count` messages."""
    return [wait_for(driver, MessageReceived) for _ in range(count)]


def bodies(driver: Driver, count: int) -> list[bytes]:
    """Take `count` messages; return what they hold."""
    return [message.body for message in take(driver, count)]


def wait_for_receipt(driver: Driver, receipt: str | None) -> ReceiptReceived:
    """Take events until this receipt comes."""
    assert receipt is not None
    while (event := wait_for(driver, ReceiptReceived)).receipt_id != receipt:
        pass
    return event


def wait_for_end(driver: Driver) -> LinkError | Disconnected:
    """Take events until the session is over; return how it ended."""
    try:
        return wait_for(driver, Disconnected)
    except LinkError as exc:
        return exc


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
