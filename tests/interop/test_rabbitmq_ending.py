"""How a session with RabbitMQ ends: by ourselves, by an ERROR, by the broker."""

import contextlib

import pytest

from stompws.errors import ConnectionLostError, RemoteRejectedError, SendFailedError
from stompws.protocol import Disconnected, ErrorReceived, ProtocolEvent, ReceiptReceived

from .conftest import WAYS, running_broker, way_to
from .rabbitmq_broker import PATIENCE, Broker, Line
from .rabbitmq_talk import bodies, wait_for, wait_for_end, wait_for_receipt, wait_until

pytestmark = pytest.mark.usefixtures("nothing_left_behind")


def test_goodbye_without_its_receipt_is_clean(line: Line, queue: str) -> None:
    """RabbitMQ closes instead of confirming DISCONNECT; that is a normal end (85, 86)."""
    driver = line.open()
    driver.send(queue, b"the last word")
    driver.close(PATIENCE)
    assert driver.ended
    events: list[ProtocolEvent | None] = []
    while not isinstance(event := driver.next_event(0), Disconnected):
        events.append(event)
    assert event.clean
    assert (driver.close_code, driver.close_reason) == (1000, "STOMP died")
    assert not any(isinstance(event, ReceiptReceived) for event in events)
    with line.open() as later:  # and what was said before it was heard
        later.send_frames(lambda protocol: protocol.subscribe(queue))
        assert bodies(later, 1) == [b"the last word"]


def test_error_ends_the_session_though_rabbitmq_goes_on(line: Line) -> None:
    """After ERROR it is the client that closes, at once; later calls fail (82)."""
    driver = line.open()
    driver.send("/nowhere/at/all", b"anyone?")
    error = wait_for(driver, ErrorReceived)
    assert error.message == "Unknown destination"
    with pytest.raises(RemoteRejectedError, match="refused: Unknown destination"):
        driver.next_event(PATIENCE)
    assert driver.ended
    with pytest.raises(SendFailedError) as failure:
        driver.send("/queue/any", b"more")
    assert failure.value.outcome_known
    driver.close()
    if (relay := line.relay) is not None:
        wait_until(lambda: bool(relay.ended_by))
        assert relay.ended_by == ["to-server"]


def test_body_of_an_error_is_kept_whole(line: Line) -> None:
    """What the broker says about the error beside its title reaches the caller (54)."""
    with line.open() as driver:
        driver.send("/nowhere/at/all")
        error = wait_for(driver, ErrorReceived)
        assert error.headers["content-type"] == "text/plain"
        assert error.body.startswith(b"'/nowhere/at/all' is not a valid destination")
        assert len(error.body) == int(error.headers["content-length"])


def test_connection_that_the_broker_closes_is_lost(
    rabbitmq: Broker, line: Line, queue: str
) -> None:
    """A close that nobody asked for is an error, with code and reason of the close (98)."""
    with line.open() as driver:
        driver.send_frames(lambda protocol: protocol.subscribe(queue))
        rabbitmq.control("close_all_connections", "maintenance")
        end = wait_for_end(driver)
        assert isinstance(end, ConnectionLostError)
        assert (end.close_code, end.close_reason) == (1000, "STOMP died")
        assert not end.outcome_known
        with pytest.raises(SendFailedError, match="STOMP died") as failure:
            driver.send(queue, b"into the void")
        assert failure.value.outcome_known  # nothing of it left


def test_broker_that_stops_ends_every_session(
    rabbitmq: Broker, tmp_path_factory: pytest.TempPathFactory, queue: str
) -> None:
    """Whoever waits on a stopped broker is told, over every way; another broker does not mind."""
    with running_broker(tmp_path_factory) as broker, contextlib.ExitStack() as stack:
        lines = [stack.enter_context(way_to(broker, name)) for name in WAYS]
        drivers = [stack.enter_context(line.open()) for line in lines]
        for number, driver in enumerate(drivers):
            own = f"{queue}-{number}"
            driver.send_frames(lambda protocol, own=own: protocol.subscribe(own, receipt="one"))
            wait_for_receipt(driver, "one")
        broker.stop()
        ends = [wait_for_end(driver) for driver in drivers]
        assert [type(end) for end in ends] == [ConnectionLostError] * len(WAYS)
        with pytest.raises(ConnectionLostError, match="refused; is the server running"):
            lines[0].open()
    with Line("direct", rabbitmq.url, None).open() as driver:
        driver.send_frames(lambda protocol: (protocol.subscribe(queue), protocol.send(queue, b"")))
        assert bodies(driver, 1) == [b""]
