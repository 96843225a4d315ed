"""Heart-beats with RabbitMQ, in real time: over ten seconds of silence, and what they prevent."""

import contextlib
import time

import pytest

from stompws.errors import ConnectionLostError

from .conftest import WAYS, way_to
from .rabbitmq_broker import Broker, Line
from .rabbitmq_talk import bodies, wait_for_end
from .relay import Relay

pytestmark = pytest.mark.usefixtures("nothing_left_behind")

SILENT_SECONDS = 11.0
BEAT_MS = 2000
"""Either side gives up after two silent intervals: without beats nobody lives through the silence,
and a machine that stands still for a second or two does no harm."""


def test_beats_keep_a_silent_session_alive(rabbitmq: Broker, queue: str) -> None:
    """Over ten seconds nobody says anything, and every session lives; both sides beat (88 to 91).

    All at the same time: over each way, and over relays that hold back one side's beats. Those
    sessions end, which shows that the others live by their beats.
    """
    with contextlib.ExitStack() as stack:
        relays = [stack.enter_context(Relay(rabbitmq.url)) for _ in WAYS]
        lines = [stack.enter_context(way_to(rabbitmq, name)) for name in WAYS]
        counted = relays[0]
        silent_client = Relay(rabbitmq.url, mute="to-server")
        silent_server = Relay(rabbitmq.url, mute="to-client")
        lines += [
            Line("counted", counted.url, counted),
            *(
                Line("mute", stack.enter_context(relay).url, relay)
                for relay in (silent_client, silent_server)
            ),
        ]
        drivers = [stack.enter_context(line.open(heart_beat=(BEAT_MS, BEAT_MS))) for line in lines]
        agreed = [driver.connected.heart_beat for driver in drivers if driver.connected]
        assert agreed == [(BEAT_MS, BEAT_MS)] * len(lines)
        *alive, unheard, unhearing = drivers

        time.sleep(SILENT_SECONDS)

        assert [driver.next_event(0) for driver in alive] == [None] * len(alive)
        for number, driver in enumerate(alive):
            own = f"{queue}-{number}"
            driver.send_frames(
                lambda protocol, own=own: (protocol.subscribe(own), protocol.send(own, b"alive"))
            )
            assert bodies(driver, 1) == [b"alive"]
        for way in ("to-server", "to-client"):
            # One for each interval, but for the first and the last.
            assert counted.tallies[way].beats >= SILENT_SECONDS * 1000 / BEAT_MS - 2

        end = wait_for_end(unheard)
        assert isinstance(end, ConnectionLostError)
        assert end.close_code is not None  # RabbitMQ missed our beats
        assert silent_client.ended_by == ["to-client"]
        end = wait_for_end(unhearing)
        assert isinstance(end, ConnectionLostError)
        assert "nothing received for" in str(end)  # we missed those of RabbitMQ
        assert silent_server.ended_by == ["to-server"]


def test_smallest_interval_is_the_brokers(line: Line) -> None:
    """The slower of the two wishes counts: RabbitMQ beats no faster than once a second (88)."""
    with line.open(heart_beat=(100, 100)) as driver:
        assert driver.connected is not None
        assert driver.connected.heart_beat == (1000, 1000)


@pytest.mark.parametrize("heart_beat", [(0, 0), (3000, 0), (0, 3000)])
def test_no_beats_where_a_side_wants_none(line: Line, heart_beat: tuple[int, int]) -> None:
    """A zero of ours means none in that direction (76, 88)."""
    with line.open(heart_beat=heart_beat) as driver:
        assert driver.connected is not None
        assert driver.connected.heart_beat == heart_beat
