"""WebSocket messages carry a stream, and keep it alive."""

import threading

import pytest

from driver_peers import PATIENCE, Peer, serving, wait_for
from stompws.driver import Driver
from stompws.errors import RemoteProtocolError
from stompws.frames import Limits
from stompws.protocol import DisconnectRequested, MessageReceived

pytestmark = pytest.mark.usefixtures("nothing_left_behind")


@pytest.mark.parametrize("text", [True, False], ids=["text", "binary"])
@pytest.mark.parametrize("size", [1, 3, 1000], ids=["octets", "small", "merged"])
def test_message_boundaries_mean_nothing(text: bool, size: int) -> None:
    """One frame in many messages, many in one, text or binary: all the same (rows 95-97)."""
    frames = b"".join(
        b"MESSAGE\ndestination:/q\nmessage-id:%d\nsubscription:s\n\nbody %d\0\n" % (n, n)
        for n in range(5)
    )

    def play(peer: Peer) -> None:
        peer.accept()
        for start in range(0, len(frames), size):
            peer.ws.send(frames[start : start + size], text=text)
        peer.echo()

    with serving(play) as url, Driver.open(url) as driver:
        bodies = [getattr(wait_for(driver, MessageReceived), "body", None) for _ in range(5)]
    assert bodies == [b"body %d" % n for n in range(5)]


def test_fragmented_message_is_read_as_a_stream() -> None:
    """A WebSocket message in fragments, cut inside a character, is the same frame (row 95)."""
    raw = "MESSAGE\ndestination:/ä\nmessage-id:1\nsubscription:s\n\nößt\0".encode()

    def play(peer: Peer) -> None:
        peer.accept()
        peer.ws.send([raw[n : n + 1] for n in range(len(raw))])
        peer.echo()

    with serving(play) as url, Driver.open(url) as driver:
        message = wait_for(driver, MessageReceived)
        assert isinstance(message, MessageReceived)
        assert (message.destination, message.body.decode()) == ("/ä", "ößt")


def test_big_bodies_go_both_ways() -> None:
    """A megabyte of any octets survives the round trip (rows 51, 58)."""
    body = bytes(range(256)) * 4096
    with serving() as url, Driver.open(url) as driver:
        driver.send_frames(lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", body)))
        message = wait_for(driver, MessageReceived)
        assert isinstance(message, MessageReceived)
        assert message.body == body


def test_ping_is_answered() -> None:
    """A WebSocket ping gets its pong and is no STOMP data (row 99)."""
    answered = threading.Event()

    def play(peer: Peer) -> None:
        peer.accept()
        pong = peer.ws.ping()
        reader = threading.Thread(target=peer.echo)
        reader.start()
        if pong.wait(PATIENCE):
            answered.set()
        reader.join()

    with serving(play) as url, Driver.open(url) as driver:
        assert answered.wait(PATIENCE)
        assert driver.next_event(0) is None


def test_message_longer_than_the_limit_is_refused() -> None:
    """A WebSocket message can make us hold no more than the limit (row 100)."""

    def play(peer: Peer) -> None:
        peer.accept()
        peer.ws.send(b"MESSAGE\ndestination:/q\n\n" + b"x" * 300_000, text=False)
        for _ in peer.events():
            pass

    with serving(play) as url:
        driver = Driver.open(url, limits=Limits(max_frame_bytes=100_000))
        with pytest.raises(RemoteProtocolError, match="longer than the limit"):
            driver.next_event(PATIENCE)
        driver.close()


def test_beats_are_sent_while_the_caller_thinks() -> None:
    """Beats leave on time although no caller does anything (row 88)."""
    beats = threading.Semaphore(0)

    def play(peer: Peer) -> None:
        peer.accept()
        for event in peer.events():
            beats.release()
            if isinstance(event, DisconnectRequested):
                return

    with serving(play, heart_beat=(0, 30)) as url, Driver.open(url, heart_beat=(30, 0)):
        for _ in range(3):
            assert beats.acquire(timeout=PATIENCE)
