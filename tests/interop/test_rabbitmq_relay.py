"""The relay does to the stream what its settings say, so that the other tests meet it."""

import pytest

from stompws.protocol import ClientProtocol

from .rabbitmq_broker import Broker, Line
from .rabbitmq_talk import bodies, wait_until
from .relay import Relay

pytestmark = pytest.mark.usefixtures("nothing_left_behind")

TEXTS = ["Grüße", "東京", "𝄞" * 7, "plain"]


def talk(relay: Relay, queue: str, count: int = 1) -> list[bytes]:
    """Send the texts `count` times in one go; return what comes back."""
    sent = [text.encode() for text in TEXTS * count]

    def fill(protocol: ClientProtocol) -> None:
        protocol.subscribe(queue)
        for body in sent:
            protocol.send(queue, body)

    with Line("relay", relay.url, relay).open() as driver:
        driver.send_frames(fill)
        assert bodies(driver, len(sent)) == sent
    wait_until(lambda: bool(relay.ended_by))
    return sent


def test_glued_frames_are_fewer_messages(rabbitmq: Broker, queue: str) -> None:
    """Frames that come together leave as one message, both ways, and all are read (96)."""
    with Relay(rabbitmq.url, pause=0.05) as relay:
        sent = talk(relay, queue, 10)
        for tally in relay.tallies.values():
            assert tally.came > len(sent)
            assert tally.passed < len(sent) / 2


@pytest.mark.parametrize("octets", [1, 5, 7])
@pytest.mark.parametrize("text", [False, True], ids=["binary", "text"])
def test_cut_frames_are_many_messages(
    rabbitmq: Broker, queue: str, octets: int, *, text: bool
) -> None:
    """Frames leave in small messages, both ways, text between characters, and are read (95, 97)."""
    with Relay(rabbitmq.url, cut=octets, text=text) as relay:
        talk(relay, queue)
        for tally in relay.tallies.values():
            # Of text one character at least must leave, and 𝄞 has four octets.
            assert tally.largest <= (max(octets, 4) if text else octets)
            assert tally.passed > 10 * tally.came


def test_cut_and_glued_at_once(rabbitmq: Broker, queue: str) -> None:
    """Messages that begin and end in the middle of frames are read (95, 96)."""
    with Relay(rabbitmq.url, cut=150, pause=0.05) as relay:
        talk(relay, queue, 10)
        assert relay.tallies["to-client"].largest == 150


def test_close_is_handed_on(rabbitmq: Broker) -> None:
    """Code and reason of the side that closes first reach the other."""
    with Relay(rabbitmq.url) as relay:
        driver = Line("relay", relay.url, relay).open()
        driver.close()
        assert (driver.close_code, driver.close_reason) == (1000, "STOMP died")
        wait_until(lambda: bool(relay.ended_by))
        assert relay.ended_by == ["to-client"]
