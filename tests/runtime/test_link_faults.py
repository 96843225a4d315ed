"""Silent links are noticed by heart-beat, and a consumer that sleeps loses nothing."""

import re
import time
from contextlib import ExitStack

import attrs
import pytest

from driver_peers import PATIENCE, Peer, serving, wait_for
from fault_relay import Bytes, Direction, Fault, FaultRelay, FrameNumber, Kind, Lane
from kiosk import Order, Progress
from kiosk_api import ON_DONE, ON_PROGRESS, ON_RECEIPT
from kiosk_client import KioskClient, LocalKiosk, PlaceOrder
from kiosk_scripts import DONE, KEY, ORDER, RECEIPT, client_of
from kiosk_server import Call, Kiosk
from stompws.client import Deadlines
from stompws.driver import Driver
from stompws.errors import ConnectionLostError, OutcomeUnknownError
from stompws.protocol import (
    ClientProtocol,
    Disconnected,
    DisconnectRequested,
    MessageReceived,
    SendReceived,
    ServerEvent,
)

pytestmark = pytest.mark.usefixtures("either_driver", "nothing_left_behind")

TO_SERVER, TO_CLIENT = Direction.TO_SERVER, Direction.TO_CLIENT
MOST_INTERVALS = 2.5
BURST = 150  # messages that answer one SEND
MUTE_IN = [  # once everything is agreed and said, or one way only
    Fault(kind=Kind.MUTE, direction=TO_SERVER, at=FrameNumber(3)),
    Fault(kind=Kind.MUTE, direction=TO_CLIENT, at=FrameNumber(1)),
    Fault(kind=Kind.MUTE_ONE_WAY, direction=TO_CLIENT, at=FrameNumber(1)),
]


def beating(peer: Peer) -> None:
    """Keep heart-beats alive; answer SEND with a burst of messages, DISCONNECT with RECEIPT."""
    peer.accept()
    while not peer.protocol.closed:
        try:
            wait = peer.protocol.seconds_to_next_beat(time.monotonic())
            data = peer.ws.recv(timeout=wait, decode=False)
            events = peer.protocol.receive_data(data, time.monotonic())
        except TimeoutError:
            events = peer.protocol.tick(time.monotonic())
        for event in events:
            answer(peer, event)
        peer.flush()


def answer(peer: Peer, event: ServerEvent) -> None:
    match event:
        case SendReceived(body=body):
            for number in range(BURST):
                peer.protocol.message(
                    subscription="sub-1", destination="/q", body=b"%b %d" % (body, number)
                )
        case DisconnectRequested(receipt=receipt) if receipt:
            peer.protocol.receipt(receipt)
        case _:
            pass


def relay_to(url: str, *faults: Fault) -> FaultRelay:
    return FaultRelay(("127.0.0.1", int(url.rsplit(":", 1)[1].split("/")[0])), faults)


def open_through(relay: FaultRelay, milliseconds: int) -> Driver:
    url = f"ws://localhost:{relay.port}/stomp"
    return Driver.open(url, heart_beat=(milliseconds, milliseconds))


def reply_at_once(call: Call) -> None:
    call.request()
    call.reply(ON_RECEIPT, RECEIPT)
    call.reply(ON_DONE, DONE)


def beats(lane: Lane) -> int:
    return sum(piece.payload == b"\n" for piece in lane.passed if piece.number is None)


@pytest.mark.parametrize("ours", [1, 400, 10_000])
@pytest.mark.parametrize("theirs", [1, 400, 10_000])
def test_silence_is_noticed_within_two_and_a_half_intervals(ours: int, theirs: int) -> None:
    """Of the interval that was agreed on, which is the longer of what both named."""
    protocol = ClientProtocol()
    protocol.connect(host="h", heart_beat=(0, ours))
    connected = f"CONNECTED\nversion:1.2\nheart-beat:{theirs},0\n\n\0".encode()
    protocol.receive_data(connected, 100.0)
    interval = max(ours, theirs) / 1000
    deadline = protocol.next_deadline(100.0)
    assert deadline is not None
    assert interval < deadline - 100.0 <= MOST_INTERVALS * interval
    assert protocol.tick(100.0 + interval * 1.1) == []
    assert [type(event) for event in protocol.tick(deadline)] == [Disconnected]


@pytest.mark.parametrize("interval_ms", [1, 300, 10_000])
def test_a_beat_leaves_at_its_deadline(interval_ms: int) -> None:
    """`tick` does at a deadline what the deadline is for: nobody has to ask twice."""
    protocol = ClientProtocol()
    protocol.connect(host="h", heart_beat=(interval_ms, 0))
    connected = f"CONNECTED\nversion:1.2\nheart-beat:0,{interval_ms}\n\n\0".encode()
    protocol.data_to_send(100.0)
    protocol.receive_data(connected, 100.0)
    now = 100.0
    for _ in range(50):
        deadline = protocol.next_deadline(now)
        assert deadline is not None
        assert now < deadline < now + interval_ms / 1000
        assert protocol.tick(deadline) == []
        assert protocol.data_to_send(deadline) == [b"\n"]
        now = deadline


def test_a_half_open_link_is_noticed_by_heart_beat() -> None:
    """Whichever way it is mute, within 2.5 intervals by the runtime's clock, and not earlier."""
    interval = 1.0
    with serving(beating, heart_beat=(1000, 1000)) as url, ExitStack() as stack:
        relays = [stack.enter_context(relay_to(url, fault)) for fault in MUTE_IN]
        drivers = [open_through(relay, 1000) for relay in relays]
        for driver in drivers:
            driver.send_frames(lambda protocol: (protocol.subscribe("/q"), protocol.send("/q")))
        for driver in drivers:
            with pytest.raises(ConnectionLostError) as caught:
                wait_for(driver, Disconnected)
            found = re.search(r"nothing received for ([\d.]+) s", str(caught.value))
            assert found is not None, str(caught.value)
            assert interval < float(found[1]) <= MOST_INTERVALS * interval
            driver.close()


def test_a_link_that_is_alive_is_not_given_up() -> None:
    """With nothing but heart-beats on it, for many intervals."""
    with serving(beating, heart_beat=(500, 500)) as url, relay_to(url) as relay:
        with open_through(relay, 500) as driver:
            assert driver.next_event(3.0) is None
            assert not driver.ended
        assert min(beats(lane) for lane in relay.connections[0].lanes) >= 5


def test_a_consumer_that_sleeps_loses_nothing() -> None:
    """Hundreds of messages arrive meanwhile, heart-beats go both ways, and the link lives on."""
    with serving(beating, heart_beat=(500, 500)) as url, relay_to(url) as relay:
        with open_through(relay, 500) as driver:
            driver.send_frames(
                lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", b"1"))
            )
            time.sleep(1.5)
            driver.send("/q", b"2")
            time.sleep(1.5)
            assert not driver.ended
            events = [driver.next_event(0.0) for _ in range(2 * BURST)]
            assert driver.next_event(0.0) is None
        bodies = [event.body for event in events if isinstance(event, MessageReceived)]
        assert bodies == [b"%d %d" % (part, n) for part in (1, 2) for n in range(BURST)]
        assert min(beats(lane) for lane in relay.connections[0].lanes) >= 4


def test_messages_that_came_in_time_outlive_the_deadlines() -> None:
    """Who sleeps past every deadline of a conversation still reads what had arrived, to its end."""

    def script(call: Call) -> None:
        call.request()
        for number in range(BURST):
            call.reply(ON_PROGRESS, Progress(text=f"step {number}"))
        call.reply(ON_RECEIPT, RECEIPT)
        call.reply(ON_DONE, DONE)

    deadlines = Deadlines(first_event=0.4, between_events=0.4, total=0.8)
    with (
        Kiosk(script) as kiosk,
        client_of(kiosk, deadlines=deadlines).place_order(ORDER) as conversation,
    ):
        time.sleep(1.0)
        payloads = [event.payload for event in conversation]
    assert payloads == [
        *(Progress(text=f"step {number}") for number in range(BURST)),
        RECEIPT,
        DONE,
    ]


@pytest.mark.parametrize("octets", [1, 20, 50_000])
def test_a_request_that_left_in_part_is_not_called_not_sent(octets: int) -> None:
    """The link is reset in the middle of a request too long for the system's buffers.

    Nothing of it came to the server whole, and nobody can know: the first read says so.
    """
    with Kiosk(reply_at_once) as kiosk:
        with relay_in_front_of(kiosk) as relay:
            list(order_through(relay, ORDER))
            lane = relay.lane(TO_SERVER)
            sends = [p.offset for p in lane.came if p.frame and p.frame.command == "SEND"]
        fault = Fault(kind=Kind.RESET, direction=TO_SERVER, at=Bytes(sends[0] + octets))
        with relay_in_front_of(kiosk, fault, framed=False) as relay:
            long = attrs.evolve(ORDER, pick_up_name="x" * 2**24)
            conversation = order_through(relay, long)
            with pytest.raises(OutcomeUnknownError):
                conversation.next_event()
            assert fault in relay.happened
            assert relay.lane(TO_SERVER).octets < 2**24, "the system took all of it"


def relay_in_front_of(kiosk: Kiosk, *faults: Fault, framed: bool = True) -> FaultRelay:
    return FaultRelay(("127.0.0.1", kiosk.port), faults, framed=framed)


def order_through(relay: FaultRelay, order: Order) -> PlaceOrder:
    client = KioskClient(LocalKiosk(port=relay.port, plain=True), kiosk_key=KEY)
    return client.place_order(order)


def test_a_server_that_hears_nothing_lets_the_client_know() -> None:
    """Mute towards the server only: the server gives up, and the client is told."""
    fault = Fault(kind=Kind.MUTE_ONE_WAY, direction=TO_SERVER, at=FrameNumber(1))
    with serving(beating, heart_beat=(500, 500)) as url, relay_to(url, fault) as relay:
        driver = open_through(relay, 500)
        with pytest.raises(ConnectionLostError, match="the server closed the connection"):
            driver.next_event(PATIENCE)
        driver.close()
