"""A relay between a client and a server, on loopback, that breaks the link where a test says so.

    with FaultRelay(server_address, [Fault(kind=Kind.CUT, direction="to-client", at=Bytes(300))]):
        ...

One thread moves everything, in pieces: with `framed` the HTTP upgrade and whole WebSocket frames,
else whatever came at once, such as TLS records. It remembers each piece that came and each that
passed. A fault happens once, on the first connection that reaches its position.
"""

import contextlib
import selectors
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Iterable
from types import TracebackType
from typing import Final, Self

from fault_kinds import IN_PLACE, Bytes, Direction, Fault, FrameNumber, Kind
from fault_pieces import Piece, Pieces

__all__ = ["Bytes", "Direction", "Fault", "FaultRelay", "FrameNumber", "Kind", "Lane", "Piece"]

_PORTION: Final = 64 * 1024
_SEND_SECONDS: Final = 5.0  # a side that takes nothing for so long counts as gone
_STOP_SECONDS: Final = 10.0
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


class Lane:
    """One direction of one connection."""

    def __init__(
        self, direction: Direction, source: socket.socket, sink: socket.socket, *, framed: bool
    ) -> None:
        self.direction, self.source, self.sink = direction, source, sink
        self.came: list[Piece] = []
        """What the relay was given."""

        self.passed: list[Piece] = []
        """What it handed on whole, in that order; spoiled pieces as they were handed on."""

        self.octets = 0
        """How many octets it was given."""

        self.muted = False
        self.ended = False
        """The source says nothing more."""

        self.resting_until = 0.0
        self.pieces = Pieces(framed=framed)
        self.waiting: deque[Piece] = deque()
        self.held: Piece | None = None
        """A piece that the next one overtakes."""


class Connection:
    """One client's connection: a lane each way."""

    def __init__(self, client: socket.socket, server: socket.socket, *, framed: bool) -> None:
        self.to_server = Lane(Direction.TO_SERVER, client, server, framed=framed)
        self.to_client = Lane(Direction.TO_CLIENT, server, client, framed=framed)
        self.lanes = (self.to_server, self.to_client)
        self.open = True
        self.half_open = False
        """Somebody is not told: so it stays, for as long as the relay does."""

    def close(self, *, reset: bool = False) -> None:
        """Close both sockets."""
        self.open = False
        for lane in self.lanes:
            if reset:
                lane.source.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            lane.source.close()

    def finish(self) -> None:
        """End both ways with FIN, and go on to take what comes."""
        for lane in self.lanes:
            lane.muted = True
            with contextlib.suppress(OSError):
                lane.sink.shutdown(socket.SHUT_WR)


class FaultRelay:
    """Listens on a free port and relays to `target` until the `with` block ends."""

    def __init__(
        self, target: tuple[str, int], faults: Iterable[Fault] = (), *, framed: bool = True
    ) -> None:
        self._target, self._framed = target, framed
        self._faults = list(faults)
        self.connections: list[Connection] = []
        self.happened: dict[Fault, float] = {}
        """The faults that happened, and when on time.monotonic."""

        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self._waker, self._woken = socket.socketpair()
        self._stop = False
        self._thread = threading.Thread(target=self._run, name="fault-relay", daemon=True)

    @property
    def port(self) -> int:
        """Where clients connect."""
        port: int = self._listener.getsockname()[1]
        return port

    def lane(self, direction: Direction) -> Lane:
        """One direction of the first connection."""
        connection = self.connections[0]
        return connection.to_server if direction is Direction.TO_SERVER else connection.to_client

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop = True
        self._waker.send(b"\0")
        self._thread.join(_STOP_SECONDS)
        assert not self._thread.is_alive(), "the relay hangs"
        for sock in (self._listener, self._waker, self._woken):
            sock.close()

    # The thread.

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._woken, selectors.EVENT_READ)
            selector.register(self._listener, selectors.EVENT_READ)
            while not self._stop:
                for key, _ in selector.select(self._seconds_to_rest()):
                    if key.fileobj is self._listener:
                        self._accept()
                    elif isinstance(key.data, tuple):
                        self._read(*key.data)
                for connection in self.connections:
                    self._advance(connection)
                self._watch(selector)
        for connection in self.connections:
            connection.close()

    def _watch(self, selector: selectors.BaseSelector) -> None:
        """Listen to every source that is open and does not rest."""
        watched = {id(key.data[1]): key for key in selector.get_map().values() if key.data}
        now = time.monotonic()
        for connection in self.connections:
            for lane in connection.lanes:
                wanted = connection.open and not lane.ended and lane.resting_until <= now
                key = watched.get(id(lane))
                if wanted and key is None:
                    selector.register(lane.source, selectors.EVENT_READ, (connection, lane))
                elif key is not None and not wanted:
                    selector.unregister(key.fileobj)

    def _seconds_to_rest(self) -> float | None:
        now = time.monotonic()
        ends = [lane.resting_until for link in self.connections for lane in link.lanes]
        return min((end - now for end in ends if end > now), default=None)

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        server = socket.create_connection(self._target)
        for sock in (client, server):
            sock.settimeout(_SEND_SECONDS)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connections.append(Connection(client, server, framed=self._framed))

    def _read(self, connection: Connection, lane: Lane) -> None:
        if not connection.open:
            return
        try:
            data = lane.source.recv(_PORTION)
        except OSError:
            connection.close(reset=True)  # it was reset: so is the other side
            return
        lane.octets += len(data)
        found = lane.pieces.feed(data)
        if not data:
            lane.ended = True
            rest = lane.pieces.rest()
            found = [] if rest is None else [rest]
        lane.came += found
        lane.waiting += found

    def _advance(self, connection: Connection) -> None:
        """Pass on what may pass now, and an end that was reached."""
        for lane in connection.lanes:
            while connection.open and lane.waiting and lane.resting_until <= time.monotonic():
                self._treat(connection, lane, lane.waiting.popleft())
            if connection.open and lane.ended and not lane.waiting and not lane.muted:
                lane.muted = True
                with contextlib.suppress(OSError):
                    lane.sink.shutdown(socket.SHUT_WR)
        done = all(lane.ended and not lane.waiting for lane in connection.lanes)
        if connection.open and done and not connection.half_open:
            connection.close()

    # Faults.

    def _treat(self, connection: Connection, lane: Lane, piece: Piece) -> None:
        """Do to one piece what the faults want of it."""
        held, lane.held = lane.held, None
        fault = None if lane.muted else self._fault_of(lane, piece)
        if fault is None:
            self._pass(connection, lane, piece)
        else:
            self.happened[fault] = time.monotonic()
            if fault.kind in IN_PLACE:
                self._alter(connection, lane, piece, fault)
            else:
                self._break(connection, lane, piece, fault)
        if held is not None:
            self._pass(connection, lane, held)

    def _fault_of(self, lane: Lane, piece: Piece) -> Fault | None:
        for fault in self._faults:
            if fault in self.happened or fault.direction is not lane.direction:
                continue
            if isinstance(fault.at, FrameNumber):
                reached = piece.number == fault.at.number
            else:
                reached = piece.offset <= fault.at.count < piece.end
            if reached:
                return fault
        return None

    def _alter(self, connection: Connection, lane: Lane, piece: Piece, fault: Fault) -> None:
        index = fault.at.count - piece.offset if isinstance(fault.at, Bytes) else fault.octet
        match fault.kind:
            case Kind.CORRUPT:
                self._pass(connection, lane, piece.spoiled(index, fault.mask))
            case Kind.DUPLICATE:
                self._pass(connection, lane, piece)
                self._pass(connection, lane, piece)
            case Kind.REORDER:
                lane.held = piece
            case _ if isinstance(fault.at, Bytes):  # DROP; a frame is dropped by doing nothing
                self._send(connection, lane, piece.raw[:index] + piece.raw[index + fault.octets :])

    def _break(self, connection: Connection, lane: Lane, piece: Piece, fault: Fault) -> None:
        """Let pass what stands before the position, then break the link."""
        if isinstance(fault.at, Bytes):
            size = fault.at.count - piece.offset
        else:
            size = 0 if fault.at.before else len(piece.raw)
        if size == len(piece.raw):
            self._pass(connection, lane, piece)
        else:
            self._send(connection, lane, piece.raw[:size])
        match fault.kind:
            case Kind.CUT:
                connection.finish()
            case Kind.CRASH | Kind.RESET:
                connection.close(reset=fault.kind is Kind.RESET)
            case Kind.MUTE:
                connection.half_open = True
                connection.to_server.muted = connection.to_client.muted = True
            case Kind.MUTE_ONE_WAY:
                connection.half_open = lane.muted = True
            case _:  # DELAY
                lane.resting_until = time.monotonic() + fault.seconds
                if size < len(piece.raw):
                    rest = Piece(piece.raw[size:], piece.offset + size, whole=piece)
                    lane.waiting.appendleft(rest)

    def _pass(self, connection: Connection, lane: Lane, piece: Piece) -> None:
        if not lane.muted and connection.open and self._send(connection, lane, piece.raw):
            lane.passed.append(piece.whole or piece)

    def _send(self, connection: Connection, lane: Lane, data: bytes) -> bool:
        try:
            lane.sink.sendall(data)
        except OSError:  # it has left; what the other side still says goes nowhere
            lane.muted = True
            return False
        return connection.open
