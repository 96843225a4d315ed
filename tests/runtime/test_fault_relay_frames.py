"""Faults of whole STOMP frames, on WebSockets between a real client and a real server."""

import pytest

from driver_peers import Certificates, Peer, serving, wait_for
from fault_pieces import Piece, Pieces
from fault_relay import Bytes, Direction, Fault, FaultRelay, FrameNumber, Kind
from stompws.driver import Driver, TlsOptions
from stompws.errors import ConnectionLostError, LinkError
from stompws.protocol import MessageReceived, SendReceived

pytestmark = pytest.mark.usefixtures("nothing_left_behind")

TO_SERVER, TO_CLIENT = Direction.TO_SERVER, Direction.TO_CLIENT
BODIES = [b"one", b"two", b"three"]  # frames 2, 3 and 4: the first is CONNECTED


def send_three(peer: Peer) -> None:
    peer.accept()
    if not any(isinstance(event, SendReceived) for event in peer.events()):
        return  # it was cut off
    for body in BODIES:
        peer.protocol.message(subscription="sub-1", destination="/q", body=body)
    peer.flush()
    peer.echo()


def relay_to(url: str, *faults: Fault, framed: bool = True) -> FaultRelay:
    port = int(url.rsplit(":", 1)[1].split("/")[0])
    return FaultRelay(("127.0.0.1", port), faults, framed=framed)


def ask(relay: FaultRelay, scheme: str = "ws", tls: TlsOptions | None = None) -> Driver:
    """Open a session through the relay and send one frame: CONNECT, SUBSCRIBE, SEND."""
    driver = Driver.open(f"{scheme}://localhost:{relay.port}/stomp", tls=tls)
    try:
        driver.send_frames(lambda protocol: (protocol.subscribe("/q"), protocol.send("/q")))
    except BaseException:
        driver.abort()
        raise
    return driver


def read_bodies(driver: Driver, count: int) -> list[bytes]:
    events = [wait_for(driver, MessageReceived) for _ in range(count)]
    return [event.body for event in events if isinstance(event, MessageReceived)]


def read_to_the_end(
    relay: FaultRelay, bodies: list[bytes], scheme: str = "ws", tls: TlsOptions | None = None
) -> None:
    """Open, read what comes and keep it, until something raises."""
    with ask(relay, scheme, tls) as driver:
        while True:
            bodies += read_bodies(driver, 1)


def on_frame(kind: Kind, number: int, **more: object) -> Fault:
    return Fault(kind=kind, direction=TO_CLIENT, at=FrameNumber(number), **more)


def test_without_a_fault_frames_are_counted_and_kept() -> None:
    """Each STOMP frame has its number; the upgrade has 0, what WebSocket says itself has none."""
    with serving(send_three) as url, relay_to(url) as relay:
        with ask(relay) as driver:
            assert read_bodies(driver, 3) == BODIES
        for direction, commands in (
            (TO_SERVER, ["CONNECT", "SUBSCRIBE", "SEND", "DISCONNECT"]),
            (TO_CLIENT, ["CONNECTED", "MESSAGE", "MESSAGE", "MESSAGE", "RECEIPT"]),
        ):
            lane = relay.lane(direction)
            # WebSocket's own goodbye may come when nobody is left to hear it.
            numbered = [piece for piece in lane.came if piece.number is not None]
            assert numbered == [piece for piece in lane.passed if piece.number is not None]
            frames = [piece.frame for piece in lane.came if piece.number]
            assert [frame.command for frame in frames if frame] == commands
            numbers = [piece.number for piece in lane.came if piece.number is not None]
            assert numbers == list(range(len(commands) + 1))
            assert sum(len(piece.raw) for piece in lane.came) == lane.octets


@pytest.mark.parametrize(
    ("fault", "bodies"),
    [
        (on_frame(Kind.DUPLICATE, 3), [b"one", b"two", b"two", b"three"]),
        (on_frame(Kind.REORDER, 3), [b"one", b"three", b"two"]),
        (on_frame(Kind.DROP, 3), [b"one", b"three"]),
        (on_frame(Kind.DELAY, 3, seconds=0.05), BODIES),
    ],
    ids=str,
)
def test_whole_frames_are_repeated_swapped_dropped_and_late(
    fault: Fault, bodies: list[bytes]
) -> None:
    """The others come as they were."""
    with serving(send_three) as url, relay_to(url, fault) as relay, ask(relay) as driver:
        assert read_bodies(driver, len(bodies)) == bodies
        assert driver.next_event(0.05) is None
        passed = [piece.frame for piece in relay.lane(TO_CLIENT).passed if piece.number]
        assert [frame.body for frame in passed[1:] if frame] == bodies


def test_a_corrupt_octet_changes_one_frame() -> None:
    """Where the bit stood in a body, only that body is another one: nothing else can notice."""
    with serving(send_three) as url, relay_to(url) as relay, ask(relay) as driver:
        read_bodies(driver, 3)
        size = len(relay.lane(TO_CLIENT).came[3].raw)
    fault = on_frame(Kind.CORRUPT, 3, octet=size - 2)  # the last octet is NUL
    with serving(send_three) as url, relay_to(url, fault) as relay, ask(relay) as driver:
        assert read_bodies(driver, 3) == [b"one", b"twn", b"three"]


@pytest.mark.parametrize("kind", [Kind.CUT, Kind.CRASH])
@pytest.mark.parametrize(("number", "before"), [(1, False), (2, True), (3, False), (4, False)])
def test_a_cut_at_a_frame_lets_pass_what_stands_before_it(
    kind: Kind, number: int, before: bool
) -> None:
    """What passed is delivered; then comes the end of the connection."""
    fault = Fault(kind=kind, direction=TO_CLIENT, at=FrameNumber(number, before=before))
    delivered: list[bytes] = []
    with serving(send_three) as url, relay_to(url, fault) as relay:
        with pytest.raises(ConnectionLostError):
            read_to_the_end(relay, delivered)
        passed = [piece.number for piece in relay.lane(TO_CLIENT).passed if piece.number]
    assert passed == list(range(1, number + (not before)))
    if kind is Kind.CUT:  # a crash answers what we still say with RST
        assert delivered == BODIES[: len(passed) - 1]


def test_tls_is_relayed_as_octets(certificates: Certificates) -> None:
    """Not understood, and not changed."""
    tls = TlsOptions(ca_file=certificates.ca_file)
    with (
        serving(send_three, tls=certificates.server) as url,
        relay_to(url, framed=False) as relay,
        ask(relay, "wss", tls) as driver,
    ):
        assert read_bodies(driver, 3) == BODIES


def test_tls_notices_a_corrupt_octet_anywhere(certificates: Certificates) -> None:
    """No flipped bit of the server's is ever taken for what it said."""
    tls = TlsOptions(ca_file=certificates.ca_file)
    with serving(send_three, tls=certificates.server) as url:
        with relay_to(url, framed=False) as relay, ask(relay, "wss", tls) as driver:
            assert read_bodies(driver, 3) == BODIES
            octets = sum(len(piece.raw) for piece in relay.lane(TO_CLIENT).came)
        for share in (0.2, 0.4, 0.6, 0.8, 0.99):
            at = Bytes(int(octets * share))
            fault = Fault(kind=Kind.CORRUPT, direction=TO_CLIENT, at=at, mask=0x40)
            bodies: list[bytes] = []
            with relay_to(url, fault, framed=False) as relay:
                with pytest.raises(LinkError):
                    read_to_the_end(relay, bodies, "wss", tls)
                assert fault in relay.happened
            assert bodies == BODIES[: len(bodies)]


@pytest.mark.parametrize(
    ("kind", "direction"),
    # Not RESET to the server: one that meets its TLS handshake makes this server lose a socket.
    [(Kind.CUT, TO_SERVER), (Kind.CUT, TO_CLIENT), (Kind.RESET, TO_CLIENT)],
)
def test_a_cut_inside_tls_is_a_lost_connection(
    certificates: Certificates, kind: Kind, direction: Direction
) -> None:
    """In the handshake or in a record: what was whole is delivered, the rest is no message."""
    tls = TlsOptions(ca_file=certificates.ca_file)
    server = certificates.server
    with (
        serving(send_three, tls=server) as url,
        relay_to(url, framed=False) as relay,
        ask(relay, "wss", tls) as driver,
    ):
        assert read_bodies(driver, 3) == BODIES
        octets = relay.lane(direction).octets
    for share in range(20):
        fault = Fault(kind=kind, direction=direction, at=Bytes(octets * share // 20))
        bodies: list[bytes] = []
        with serving(send_three, tls=server) as url, relay_to(url, fault, framed=False) as relay:
            with pytest.raises(ConnectionLostError):
                read_to_the_end(relay, bodies, "wss", tls)
            assert fault in relay.happened
        assert bodies == BODIES[: len(bodies)]


RAW = (
    b"GET / HTTP/1.1\r\n\r\n"
    + bytes([0x81, 0x81, 1, 2, 3, 4, ord("\n") ^ 1])  # a heart-beat, masked
    + bytes([0x81, 0x05])
    + b"ACK\n\n"
    + bytes([0x88, 0x02, 0x03, 0xE8])  # close
    + bytes([0x82, 126, 0, 200])
    + b"x" * 200
)


@pytest.mark.parametrize("portion", [1, 2, 7, len(RAW)])
def test_pieces_do_not_depend_on_portions(portion: int) -> None:
    """However the network cuts them: upgrade, heart-beat, frame, close, long frame."""
    pieces = Pieces(framed=True)
    found: list[Piece] = []
    for start in range(0, len(RAW), portion):
        found += pieces.feed(RAW[start : start + portion])
    assert [piece.number for piece in found] == [0, None, 1, None, 2]
    assert [piece.payload for piece in found[1:3]] == [b"\n", b"ACK\n\n"]
    assert b"".join(piece.raw for piece in found) == RAW
    assert pieces.rest() is None
    pieces.feed(RAW[-5:-3])
    assert pieces.rest() is not None
