"""What faults do to octets, seen by a client without any rules."""

import contextlib
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, ConnectionClosedError

from ips_simulator import Fault, Simulator, VirtualClock
from ips_simulator.faults import OWN_HEADERS
from ips_simulator.feed import FaultDone, FeedEvent
from sim_helpers import CORRELATION, RawClient

STATUS = "/client/v1/service/status"
RESULT = "/client/v1/payment/result"
SALE = {
    "paymentType": "sale",
    "merchantTransactionReference": "M1",
    "instruction": {"value": {"amount": 1099}, "paymentInstrument": {"type": "card/present"}},
}


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(clock=VirtualClock(auto=True)) as running:
        yield running


def start(simulator: Simulator, **fault: Any) -> RawClient:
    """A client that has asked for a sale, of which something goes wrong."""
    simulator.inject("INST001", Fault(**fault))
    client = RawClient(simulator)
    client.connect(simulator.license_key)
    client.subscribe_all("startPayment")
    client.send("/v1/payment", SALE, "c-1")
    return client


def messages(client: RawClient) -> list[str]:
    """The last words of the destinations, up to the completion."""
    names: list[str] = []
    while not names or names[-1] != "complete":
        frame = client.next_frame()
        assert frame.command == "MESSAGE", frame.header("message")
        names.append((frame.header("destination") or "").rpartition("/")[2])
    return names


def rest(client: RawClient) -> list[bytes]:
    """WebSocket messages up to the completion, as they come."""
    found: list[bytes] = []
    while b"payment/complete" not in b"".join(found) or not found[-1].endswith(b"\0"):
        data = client.socket.recv(timeout=10)
        found.append(data.encode() if isinstance(data, str) else data)
    return found


def test_drop_and_reset_end_without_a_word_of_websocket(simulator: Simulator) -> None:
    """No close frame. Which of FIN and RST it was, TCP tells."""
    for kind, cause in (("drop", EOFError), ("reset", ConnectionResetError)):
        client = start(simulator, kind=kind, at="result")
        for _ in range(6):
            client.next_frame()
        with pytest.raises(ConnectionClosedError) as caught:
            client.next_frame()
        assert caught.value.rcvd is None
        assert isinstance(caught.value.__cause__, cause)
        client.close()


def test_half_open_passes_nothing_and_ends_in_a_reset(simulator: Simulator) -> None:
    """Neither what is said, nor the answer to a ping; after `seconds` the connection is cut."""
    client = start(simulator, kind="half-open", destination=RESULT, seconds=60)
    for _ in range(6):
        client.next_message()
    pong = client.socket.ping()
    assert not pong.wait(0.2)
    with pytest.raises(TimeoutError):
        client.socket.recv(timeout=0.1)
    clock = simulator.clock
    assert isinstance(clock, VirtualClock)
    clock.advance(60)
    with pytest.raises(ConnectionClosedError) as caught:
        client.socket.recv(timeout=10)
    assert isinstance(caught.value.__cause__, ConnectionResetError)
    client.close()


def test_a_half_open_connection_does_not_keep_the_simulator_from_stopping() -> None:
    """It could not say goodbye; a WebSocket's patience for that would be a second and more."""
    with Simulator() as simulator:
        client = start(simulator, kind="half-open", at="started")
        watcher = RawClient(simulator)
        watcher.connect(simulator.license_key)
        watcher.subscribe("/client/v1/error", STATUS)
        assert watcher.next_message()[1]  # later than the fault
        watcher.close()
        before = time.monotonic()
    assert time.monotonic() - before < 1
    client.close()


def test_a_mute_server_still_listens(simulator: Simulator) -> None:
    """It answers pings and follows an abort, and says nothing of STOMP."""
    done: list[FeedEvent] = []
    simulator.feed.subscribe(lambda e: done.append(e) if isinstance(e, FaultDone) else None)
    client = start(simulator, kind="mute", frame=2)
    client.say("SUBSCRIBE", {"id": "x", "destination": "/client/v1/error", "receipt": "r"})
    assert client.socket.ping().wait(10)
    with pytest.raises(TimeoutError):
        client.socket.recv(timeout=0.2)
    assert len(done) == 1
    assert [charge.amount for charge in simulator.ledger.charges] == [1099]
    client.close()


def test_stomp_error_closes_and_nothing_follows_it(simulator: Simulator) -> None:
    """One ERROR, marked as invented, and the close code of a broken rule."""
    client = start(simulator, kind="stomp-error", at="result")
    frames = []
    with contextlib.suppress(ConnectionClosed):
        while True:
            frames.append(client.next_frame())
    assert [frame.command for frame in frames] == ["MESSAGE"] * 6 + ["ERROR"]
    assert frames[-1].header("message") == "[invented] the fault stomp-error"
    assert client.socket.close_code == 1008
    assert simulator.refusals == ()  # nobody has done anything wrong
    client.close()


def test_stomp_error_without_close_goes_on(simulator: Simulator) -> None:
    """As some brokers do: the messages after it are the ordinary ones."""
    client = start(simulator, kind="stomp-error-without-close", at="result")
    commands = [client.next_frame().command for _ in range(9)]
    assert commands == ["MESSAGE"] * 6 + ["ERROR"] + ["MESSAGE"] * 2
    client.close()


def test_no_receipts_and_only_those(simulator: Simulator) -> None:
    """STOMP's RECEIPT is not sent; everything else is."""
    client = start(simulator, kind="no-receipts", at="started")
    assert messages(client)[-2:] == ["result", "complete"]
    client.say("DISCONNECT", {"receipt": "bye"})
    with pytest.raises(ConnectionClosed):
        client.next_frame()
    assert client.socket.close_code == 1000
    client.close()


def test_no_heart_beats_though_they_were_agreed() -> None:
    """The beats that were to come do not come; those of the client are read."""
    with Simulator(heart_beat_ms=(100, 100)) as simulator:
        simulator.inject("INST001", Fault(kind="no-heart-beats", frame=1))
        client = RawClient(simulator)
        greeting = client.connect(simulator.license_key, **{"heart-beat": "100,100"})
        assert greeting.header("heart-beat") == "100,100"
        for _ in range(5):  # longer than the server's patience
            with pytest.raises(TimeoutError):
                client.socket.recv(timeout=0.07)
            client.socket.send("\n")
        client.subscribe("/client/v1/error", STATUS)
        assert client.next_message()[1] == {"status": "not-busy"}
        client.close()


@pytest.mark.parametrize("octets", [1, 7])
def test_chunked_cuts_every_frame(simulator: Simulator, octets: int) -> None:
    """WebSocket messages of so many octets; together they are the same frames.

    A message that is half a character is binary.
    """
    client = start(simulator, kind="chunked", at="started", count=octets)
    pieces = rest(client)
    assert {len(piece) for piece in pieces} <= set(range(1, octets + 1))
    assert len(b"".join(pieces).split(b"\0")) == 8 + 1
    client.close()


def test_merged_frames_come_in_one_websocket_message(simulator: Simulator) -> None:
    """As many as `count` says; what waits in vain comes when the time is over."""
    client = start(simulator, kind="merged", at="receipts", count=3)
    assert [piece.count(b"\0") for piece in rest(client)] == [1, 1, 1, 1, 3, 1]
    client.close()
    client = start(simulator, kind="merged", at="receipts", count=9)
    assert [piece.count(b"\0") for piece in rest(client)] == [1, 1, 1, 1, 4]
    client.close()


def test_reorder_changes_two_and_the_last_one_comes_late(simulator: Simulator) -> None:
    """The next frame overtakes; when there is none, the frame comes after its pause."""
    usual = messages(start(simulator, kind="delay", at="result"))
    client = start(simulator, kind="reorder", destination="/client/v1/payment/receipt")
    assert messages(client) == usual  # two receipts have changed places
    client = start(simulator, kind="reorder", at="complete")
    assert messages(client) == usual


def test_delay_keeps_the_order_and_late_does_not(simulator: Simulator) -> None:
    """Both hold up one receipt; only behind the first everything waits."""
    client = start(simulator, kind="delay", at="receipts")
    usual = messages(client)
    client = start(simulator, kind="late", at="receipts")
    assert messages(client) == [*usual[:4], "receipt", "result", "complete"]
    assert client.next_message()[0].endswith("/receipt")


@pytest.mark.parametrize("count", [1, 3, 100_000])
def test_corrupt_damages_the_body_alone(simulator: Simulator, count: int) -> None:
    """The frame can be read; its body is never JSON."""
    client = start(simulator, kind="corrupt", destination=RESULT, count=count)
    for _ in range(6):
        client.next_message()
    frame = client.next_frame()
    assert frame.header("destination") == RESULT
    assert frame.header("content-length") == str(len(frame.body))
    assert frame.body[:1] == b"z"
    with pytest.raises(ValueError, match=r"."):
        json.loads(frame.body)
    assert client.next_message()[0].endswith("/complete")


def test_corrupt_spoils_the_command_where_there_is_no_body(simulator: Simulator) -> None:
    """CONNECTED that is no STOMP."""
    simulator.inject("INST001", Fault(kind="corrupt", frame=1))
    client = RawClient(simulator)
    client.say("CONNECT", {"accept-version": "1.2", "host": "localhost"})
    assert str(client.socket.recv(timeout=10)).startswith("BONNECTED\n")
    client.close()


def test_headers_are_changed_and_left_out(simulator: Simulator) -> None:
    """A foreign id is another one; the three of the API go, or those that are named."""
    client = start(simulator, kind="foreign-correlation-id", frame=2)
    first, second = client.next_frame(), client.next_frame()
    assert first.header(CORRELATION) not in (None, "c-1")
    assert second.header(CORRELATION) == "c-1"
    names = {name for name, _ in second.headers}
    client = start(simulator, kind="missing-headers", frame=2)
    assert {name for name, _ in client.next_frame().headers} == names - set(OWN_HEADERS)
    client = start(simulator, kind="missing-headers", frame=2, headers=["message-id"])
    assert {name for name, _ in client.next_frame().headers} == names - {"message-id"}
