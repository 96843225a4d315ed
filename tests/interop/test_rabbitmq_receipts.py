"""Receipts, acknowledgements and transactions with RabbitMQ."""

import pytest

from stompws.driver import Driver
from stompws.frames import Version
from stompws.protocol import ClientProtocol, MessageReceived, ReceiptReceived

from .rabbitmq_broker import PATIENCE, Line
from .rabbitmq_talk import bodies, take, wait_for_receipt

pytestmark = pytest.mark.usefixtures("nothing_left_behind")

BODIES = [b"one", b"two", b"three"]
WITH_NACK = [Version.V1_1, Version.V1_2]


def send_three(driver: Driver, queue: str) -> None:
    """Leave three messages in the queue; RabbitMQ has them when this returns."""

    def fill(protocol: ClientProtocol) -> str | None:
        protocol.send(queue, BODIES[0])
        protocol.send(queue, BODIES[1])
        return protocol.send(queue, BODIES[2], receipt=True)

    wait_for_receipt(driver, driver.send_frames(fill))


def subscribe(driver: Driver, queue: str, ack: str) -> list[MessageReceived]:
    """Subscribe, and take the three messages."""
    driver.send_frames(lambda protocol: protocol.subscribe(queue, ack=ack))
    return take(driver, 3)


@pytest.mark.parametrize("version", list(Version))
def test_every_receipt_that_was_asked_for_comes_once(
    line: Line, queue: str, version: Version
) -> None:
    """SUBSCRIBE, SEND and UNSUBSCRIBE are confirmed, by our ids (83)."""

    def fill(protocol: ClientProtocol) -> list[str | None]:
        return [protocol.send(queue, body, receipt=True) for body in BODIES]

    with line.open(versions=[version]) as driver:
        own = driver.send_frames(lambda protocol: protocol.subscribe(queue, receipt="first"))
        asked = ["first", *driver.send_frames(fill)]
        # RabbitMQ says ERROR when it still has a message on its way after UNSUBSCRIBE: take all.
        events = [driver.next_event(PATIENCE) for _ in [*asked, *BODIES]]
        asked.append(driver.send_frames(lambda protocol: protocol.unsubscribe(own, receipt=True)))
        last = driver.send(queue, receipt=True)  # a receipt too many would come before its own
        events += [driver.next_event(PATIENCE) for _ in range(2)]
    receipts = [event for event in events if isinstance(event, ReceiptReceived)]
    assert sorted(event.receipt_id for event in receipts) == sorted(map(str, [*asked, last]))
    assert all(event.expected for event in receipts)
    assert [event.body for event in events if isinstance(event, MessageReceived)] == BODIES


def test_receipt_header_of_a_message_is_no_receipt(line: Line, queue: str) -> None:
    """RabbitMQ copies the sender's `receipt` into MESSAGE; both arrive, each as what it is."""
    with line.open() as driver:
        driver.send_frames(lambda protocol: protocol.subscribe(queue))
        asked = driver.send(queue, b"body", receipt="mine")
        events = [driver.next_event(PATIENCE), driver.next_event(PATIENCE)]
    (message,) = [event for event in events if isinstance(event, MessageReceived)]
    (receipt,) = [event for event in events if isinstance(event, ReceiptReceived)]
    assert message.headers["receipt"] == receipt.receipt_id == asked
    assert receipt.expected


@pytest.mark.parametrize("version", list(Version))
def test_ack_client_covers_the_messages_before(line: Line, queue: str, version: Version) -> None:
    """With `client` an ACK is cumulative; what it does not cover is delivered anew (92, 94)."""
    with line.open(versions=[version]) as driver:
        send_three(driver, queue)
        messages = subscribe(driver, queue, "client")
        receipt = driver.send_frames(lambda protocol: protocol.ack(messages[1], receipt=True))
        wait_for_receipt(driver, receipt)
    with line.open() as driver:
        driver.send_frames(lambda protocol: protocol.subscribe(queue))
        (again,) = take(driver, 1)
        assert (again.body, again.headers["redelivered"]) == (b"three", "true")
        driver.send(queue, b"next")
        assert bodies(driver, 1) == [b"next"]  # and nothing of the others before it


@pytest.mark.parametrize("version", WITH_NACK)
def test_ack_client_individual_covers_one_message(line: Line, queue: str, version: Version) -> None:
    """With `client-individual` an ACK covers its message alone (92, 94)."""
    with line.open(versions=[version]) as driver:
        send_three(driver, queue)
        messages = subscribe(driver, queue, "client-individual")
        receipt = driver.send_frames(lambda protocol: protocol.ack(messages[1], receipt=True))
        wait_for_receipt(driver, receipt)
    with line.open() as driver:
        driver.send_frames(lambda protocol: protocol.subscribe(queue))
        assert bodies(driver, 2) == [b"one", b"three"]
        driver.send(queue, b"next")
        assert bodies(driver, 1) == [b"next"]


@pytest.mark.parametrize("version", WITH_NACK)
def test_nack_gives_the_message_back(line: Line, queue: str, version: Version) -> None:
    """What is refused comes again, to whoever is subscribed (92)."""
    with line.open(versions=[version]) as driver:
        send_three(driver, queue)
        messages = subscribe(driver, queue, "client-individual")
        driver.send_frames(lambda protocol: protocol.nack(messages[0]))
        (again,) = take(driver, 1)
        assert (again.body, again.headers["redelivered"]) == (b"one", "true")
        assert again.message_id != messages[0].message_id


def test_ack_auto_needs_no_word(line: Line, queue: str) -> None:
    """With `auto` a delivered message is gone, also when the session just breaks off (94)."""
    with line.open() as driver:
        send_three(driver, queue)
        subscribe(driver, queue, "auto")
        driver.abort()
    with line.open() as driver:
        driver.send(queue, b"next")
        driver.send_frames(lambda protocol: protocol.subscribe(queue))
        assert bodies(driver, 1) == [b"next"]


def test_transaction_is_all_or_nothing(line: Line, queue: str) -> None:
    """What ABORT rolls back never arrives, what COMMIT ends arrives whole."""
    with line.open() as driver:

        def fill(protocol: ClientProtocol) -> None:
            protocol.subscribe(queue)
            for name, end in [("dropped", protocol.abort), ("kept", protocol.commit)]:
                protocol.begin(name)
                for body in BODIES:
                    protocol.send(queue, name.encode() + body, {"transaction": name})
                end(name)

        driver.send_frames(fill)
        assert bodies(driver, 3) == [b"kept" + body for body in BODIES]
