"""WebSocket messages carry a stream, and keep it alive."""

import threading

import pytest

from driver_peers import PATIENCE, Peer, serving, wait_for
from stompws.driver import Driver
from stompws.errors import RemoteProtocolError
from stompws.frames import Limits
from stompws.protocol import DisconnectRequested, MessageReceived

pytestmark = pytest.mark.usefixtures("either_driver", "nothing_left_behind")


def carried(row: int, name: str, *, text: bool, size: int):
    mark = pytest.mark.conformance(row, role="client", versions=["1.2"])
    return pytest.param(text, size, id=f"{row:03d}-{name}", marks=mark)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        carried(95, "octets-as-text", text=True, size=1),
        carried(95, "octets-as-binary", text=False, size=1),
        carried(96, "merged-as-text", text=True, size=1000),
        carried(96, "merged-as-binary", text=False, size=1000),
        carried(97, "text", text=True, size=3),
        carried(97, "binary", text=False, size=3),
    ],
)
def test_message_boundaries_mean_nothing(text: bool, size: int) -> None:
    """One frame in many messages, many in one, text or binary: all the same."""
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


@pytest.mark.conformance(95, role="client", versions=["1.2"])
def test_fragmented_message_is_read_as_a_stream() -> None:
    """A WebSocket message in fragments, cut inside a character, is the same frame."""
    raw = "MESSAGE\ndestination:/ä\nmessage-id:1\nsubscription:s\n\nößt\0".encode()

    def play(peer: Peer) -> None:
        peer.accept()
        peer.ws.send([raw[n : n + 1] for n in range(len(raw))])
        peer.echo()

    with serving(play) as url, Driver.open(url) as driver:
        message = wait_for(driver, MessageReceived)
        assert isinstance(message, MessageReceived)
        assert (message.destination, message.body.decode()) == ("/ä", "ößt")


@pytest.mark.conformance(58, role="client", versions=["1.2"])
def test_a_megabyte_in_one_binary_message_is_read() -> None:
    """The WebSocket may give a big frame at once, and in one piece of any octets."""
    body = bytes(range(256)) * 4096

    def play(peer: Peer) -> None:
        peer.accept()
        head = b"MESSAGE\ndestination:/q\ncontent-length:%d\n\n" % len(body)
        peer.ws.send(head + body + b"\0", text=False)
        peer.echo()

    with serving(play) as url, Driver.open(url) as driver:
        message = wait_for(driver, MessageReceived)
        assert isinstance(message, MessageReceived)
        assert message.body == body


def test_big_bodies_go_both_ways() -> None:
    """A megabyte of any octets survives the round trip."""
    body = bytes(range(256)) * 4096
    with serving() as url, Driver.open(url) as driver:
        driver.send_frames(lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", body)))
        message = wait_for(driver, MessageReceived)
        assert isinstance(message, MessageReceived)
        assert message.body == body


@pytest.mark.conformance(99, role="client", versions=["1.2"])
def test_ping_is_answered() -> None:
    """A WebSocket ping gets its pong and is no STOMP data."""
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


@pytest.mark.conformance(100, role="client", versions=["1.2"])
def test_message_longer_than_the_limit_is_refused() -> None:
    """A WebSocket message can make us hold no more than the limit."""

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


@pytest.mark.conformance(88, role="client", versions=["1.2"])
def test_beats_are_sent_while_the_caller_thinks() -> None:
    """Beats leave on time although no caller does anything."""
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
