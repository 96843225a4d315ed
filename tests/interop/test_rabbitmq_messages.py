"""Messages through RabbitMQ and back, over every way to it."""

import threading

import pytest

from stompws.driver import Driver, TlsOptions
from stompws.errors import RemoteProtocolError
from stompws.frames import Limits, Version
from stompws.protocol import ClientProtocol

from .rabbitmq_broker import LOGIN, Broker, Line
from .rabbitmq_talk import bodies, take, wait_for_end, wait_for_receipt

pytestmark = pytest.mark.usefixtures("nothing_left_behind")

MEBIBYTE = 1024 * 1024
EVERY_OCTET = bytes(range(256))


@pytest.mark.parametrize("version", list(Version))
def test_bodies_come_back_as_they_were_sent(line: Line, queue: str, version: Version) -> None:
    """Text and octets survive the broker in all versions, whatever they hold (68, 42, 7)."""
    sent = [
        b"",
        b"ping",
        "Grüße, 東京 𝄞\r\n\n".encode(),
        EVERY_OCTET,  # no UTF-8; RabbitMQ sends it in a text message all the same
        b"\0\0",
        b"MESSAGE\nlooks-like:a frame\n\n\0\n",
    ]
    with line.open(versions=[version]) as driver:
        driver.send_frames(lambda protocol: protocol.subscribe(queue))
        for body in sent:
            driver.send(queue, body)
        assert bodies(driver, len(sent)) == sent


def test_order_of_a_batch_is_kept(line: Line, queue: str) -> None:
    """What is sent in one go arrives whole and in that order, in however many messages (95, 96)."""
    sent = [f"number {number}".encode() for number in range(50)]

    def fill(protocol: ClientProtocol) -> None:
        protocol.subscribe(queue)
        for body in sent:
            protocol.send(queue, body)

    with line.open() as driver:
        driver.send_frames(fill)
        assert bodies(driver, len(sent)) == sent


def test_threads_that_send_do_not_mix_frames(line: Line, queue: str) -> None:
    """Each frame of each thread arrives, once and whole (102)."""
    sent = {f"{thread}:{number}".encode() * 40 for thread in range(4) for number in range(10)}

    def speak(driver: Driver, thread: int) -> None:
        for body in sorted(sent):
            if body.startswith(b"%d:" % thread):
                driver.send(queue, body)

    with line.open() as driver:
        driver.send_frames(lambda protocol: protocol.subscribe(queue))
        threads = [threading.Thread(target=speak, args=(driver, number)) for number in range(4)]
        for thread in threads:
            thread.start()
        arrived = bodies(driver, len(sent))
        for thread in threads:
            thread.join()
    assert sorted(arrived) == sorted(sent)


def test_two_sessions_share_a_topic(line: Line) -> None:
    """A message reaches every subscriber, each under the id of its own subscription."""
    topic = "/topic/news"
    with line.open() as first, line.open() as second:
        ids = [
            driver.send_frames(
                lambda protocol, name=name: protocol.subscribe(
                    topic, subscription_id=name, receipt=f"of {name}"
                )
            )
            for driver, name in [(first, "one"), (second, "two")]
        ]
        wait_for_receipt(first, "of one")
        wait_for_receipt(second, "of two")
        first.send(topic, b"hear, hear")
        messages = [*take(first, 1), *take(second, 1)]
    assert [message.subscription for message in messages] == ids == ["one", "two"]
    assert {message.body for message in messages} == {b"hear, hear"}


@pytest.mark.parametrize("version", list(Version))
def test_nothing_comes_after_unsubscribe(line: Line, queue: str, version: Version) -> None:
    """What is sent after UNSUBSCRIBE waits for the next subscription."""
    with line.open(versions=[version]) as driver:
        first = driver.send_frames(lambda protocol: protocol.subscribe(queue))
        driver.send(queue, b"before")
        assert [message.subscription for message in take(driver, 1)] == [first]
        receipt = driver.send_frames(lambda protocol: protocol.unsubscribe(first, receipt=True))
        wait_for_receipt(driver, receipt)
        wait_for_receipt(driver, driver.send(queue, b"after", receipt=True))
        second = driver.send_frames(lambda protocol: protocol.subscribe(queue))
        (message,) = take(driver, 1)
    assert (message.subscription, message.body) == (second, b"after")


def test_large_body_goes_both_ways(line: Line, queue: str) -> None:
    """5 MiB arrive as they were sent, within the limits that a client has by default (51)."""
    # In messages of 5 octets they would be a million each way; 20 KiB are 4,000, and as many cuts.
    size = 5 * MEBIBYTE if line.name != "cut" else 20 * 1024
    body = (EVERY_OCTET * (size // 256 + 1))[:size]
    with line.open() as driver:
        driver.send_frames(lambda protocol: protocol.subscribe(queue))
        driver.send(queue, body)
        (message,) = take(driver, 1)
    assert message.body == body


def test_limit_for_large_bodies_is_the_users(rabbitmq: Broker, queue: str) -> None:
    """A frame above `Limits.max_frame_bytes` ends the session; a higher limit lets it in (100)."""
    direct = Line("direct", rabbitmq.url, None)
    body = b"x" * (5 * MEBIBYTE)
    with direct.open(limits=Limits(max_frame_bytes=MEBIBYTE)) as driver:
        driver.send_frames(
            lambda protocol: (protocol.subscribe(queue, ack="client"), protocol.send(queue, body))
        )
        assert isinstance(end := wait_for_end(driver), RemoteProtocolError)
        assert "xxx" not in str(end)
    with direct.open(limits=Limits(max_frame_bytes=6 * MEBIBYTE)) as driver:
        driver.send_frames(lambda protocol: protocol.subscribe(queue))
        (message,) = take(driver, 1)
        assert message.body == body
        assert message.headers["redelivered"] == "true"


def test_large_body_goes_over_tls(rabbitmq: Broker, queue: str) -> None:
    """TLS sends in records of its own; 5 MiB pass through it in both directions."""
    body = EVERY_OCTET * (5 * MEBIBYTE // 256)
    tls = TlsOptions(ca_file=rabbitmq.ca_file)
    with Driver.open(rabbitmq.secure_url, connect_headers=LOGIN, host="/", tls=tls) as driver:
        driver.send_frames(lambda protocol: protocol.subscribe(queue))
        driver.send(queue, body)
        assert bodies(driver, 1) == [body]
