"""The relay that breaks links does what a fault says, there and nowhere else."""

import contextlib
import socket
import threading
import time
from collections.abc import Generator

import pytest

from fault_relay import Bytes, Direction, Fault, FaultRelay, FrameNumber, Kind, Lane

TO_SERVER, TO_CLIENT = Direction.TO_SERVER, Direction.TO_CLIENT
DATA = b"0123456789"
PATIENCE = 10.0
FAULTS = [
    Fault(kind=Kind.CUT, direction=TO_SERVER, at=Bytes(123)),
    Fault(kind=Kind.RESET, direction=TO_CLIENT, at=FrameNumber(4, before=True)),
    Fault(kind=Kind.CORRUPT, direction=TO_CLIENT, at=FrameNumber(4), octet=17, mask=128),
    Fault(kind=Kind.DROP, direction=TO_SERVER, at=Bytes(5), octets=3),
    Fault(kind=Kind.DELAY, direction=TO_CLIENT, at=FrameNumber(0), seconds=0.25),
]


class Listener:
    """A TCP server that takes one connection and keeps what it is told."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address: tuple[str, int] = self._socket.getsockname()
        self.data = b""
        self.arrivals: list[float] = []
        self.reset = False
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        connection, _ = self._socket.accept()
        with connection:
            connection.settimeout(PATIENCE)
            try:
                while data := connection.recv(1024):
                    self.data += data
                    self.arrivals.append(time.monotonic())
                connection.sendall(b"bye")
            except ConnectionResetError:
                self.reset = True
            except OSError:
                pass  # told nothing, or nobody is left to say goodbye to

    def wait(self) -> None:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def close(self) -> None:
        self.wait()
        self._socket.close()


@pytest.fixture
def listener() -> Generator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def say(relay: FaultRelay, data: bytes = DATA) -> socket.socket:
    """Say something and that nothing follows."""
    client = socket.create_connection(("127.0.0.1", relay.port))
    client.settimeout(PATIENCE)
    client.sendall(data)
    with contextlib.suppress(OSError):  # when the fault was faster
        client.shutdown(socket.SHUT_WR)
    return client


def at_byte(kind: Kind, count: int, **more: object) -> Fault:
    return Fault(kind=kind, direction=TO_SERVER, at=Bytes(count), **more)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_written_and_read(fault: Fault) -> None:
    """Its text names everything, so that a command line can repeat it."""
    assert Fault.parse(str(fault)) == fault


@pytest.mark.parametrize(
    ("kind", "at"),
    [
        (Kind.DUPLICATE, Bytes(1)),
        (Kind.REORDER, Bytes(1)),
        (Kind.DROP, FrameNumber(0)),
        (Kind.CORRUPT, FrameNumber(1, before=True)),
    ],
)
def test_a_fault_that_means_nothing_is_refused(kind: Kind, at: Bytes | FrameNumber) -> None:
    """Octets are not sent twice, and no frame has the number 0."""
    with pytest.raises(ValueError, match="cannot happen"):
        Fault(kind=kind, direction=TO_SERVER, at=at)


def test_without_a_fault_everything_passes_both_ways(listener: Listener) -> None:
    """Data and both ends of TCP."""
    with FaultRelay(listener.address, framed=False) as relay, say(relay) as client:
        assert client.recv(99) == b"bye"
        assert client.recv(99) == b""
    assert listener.data == DATA
    assert relay.lane(TO_SERVER).octets == len(DATA)
    assert relay.happened == {}


@pytest.mark.parametrize("count", range(len(DATA)))
@pytest.mark.parametrize("kind", [Kind.CUT, Kind.CRASH])
def test_a_cut_lets_pass_what_stands_before_it(listener: Listener, kind: Kind, count: int) -> None:
    """Not an octet more, and both sides see an ordinary end."""
    with FaultRelay(listener.address, [at_byte(kind, count)], framed=False) as relay:
        with say(relay) as client:
            assert client.recv(99) == b""
        listener.wait()
    assert (listener.data, listener.reset) == (DATA[:count], False)


def test_a_reset_reaches_both_sides(listener: Listener) -> None:
    """Neither sees an ordinary end."""
    with FaultRelay(listener.address, [at_byte(Kind.RESET, 4)], framed=False) as relay:
        with say(relay) as client, pytest.raises(ConnectionResetError):
            client.recv(99)
        listener.wait()
    assert listener.reset
    assert listener.data in (b"", DATA[:4])  # a reset may throw away what had arrived


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        (at_byte(Kind.DROP, 2, octets=3), b"0156789"),
        (at_byte(Kind.CORRUPT, 2, mask=0x01), b"0133456789"),
    ],
    ids=str,
)
def test_octets_are_changed_in_place(listener: Listener, fault: Fault, arrives: bytes) -> None:
    """What stands around them is what it was."""
    with FaultRelay(listener.address, [fault], framed=False) as relay, say(relay) as client:
        assert client.recv(99) == b"bye"
    assert listener.data == arrives


def test_a_muted_link_tells_nobody(listener: Listener) -> None:
    """What was before passes; then there is silence, not even an end, until the relay closes."""
    with FaultRelay(listener.address, [at_byte(Kind.MUTE, 4)], framed=False) as relay:
        with say(relay) as client:
            client.settimeout(0.3)
            with pytest.raises(TimeoutError):
                client.recv(99)
        assert list(relay.happened) == [at_byte(Kind.MUTE, 4)]
    listener.wait()
    assert listener.data == DATA[:4]


def test_a_link_muted_one_way_goes_on_the_other_way(listener: Listener) -> None:
    """The server says goodbye, and the client does not hear it."""
    fault = Fault(kind=Kind.MUTE_ONE_WAY, direction=TO_CLIENT, at=Bytes(0))
    with FaultRelay(listener.address, [fault], framed=False) as relay, say(relay) as client:
        listener.wait()
        client.settimeout(0.3)
        with pytest.raises(TimeoutError):
            client.recv(99)
    assert listener.data == DATA


def test_a_delay_holds_the_rest_back(listener: Listener) -> None:
    """What stands before it is not late, and nothing is lost."""
    fault = at_byte(Kind.DELAY, 4, seconds=0.3)
    with FaultRelay(listener.address, [fault], framed=False) as relay, say(relay) as client:
        assert client.recv(99) == b"bye"
    assert listener.data == DATA
    assert listener.arrivals[-1] - relay.happened[fault] >= 0.3
    lane = relay.lane(TO_SERVER)
    assert [piece.raw for piece in lane.passed] == [piece.raw for piece in lane.came] == [DATA]


def test_a_fault_happens_once(listener: Listener) -> None:
    """The next connection through the same relay is left alone."""
    second: Lane
    with FaultRelay(listener.address, [at_byte(Kind.CUT, 0)], framed=False) as relay:
        with say(relay) as client:
            assert client.recv(99) == b""
        listener.wait()
        again = threading.Thread(target=listener._listen)
        again.start()
        with say(relay) as client:
            assert client.recv(99) == b"bye"
        again.join(PATIENCE)
        second = relay.connections[1].to_server
    assert listener.data == DATA
    assert [piece.raw for piece in second.passed] == [DATA]
