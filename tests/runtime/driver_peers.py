"""A small WebSocket server for the driver's tests, and what they wait with."""

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import attrs
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection
from websockets.sync.server import serve as serve_websocket
from websockets.typing import Subprotocol

from stompws.driver import Driver
from stompws.protocol import (
    ConnectRequested,
    DisconnectRequested,
    ProtocolEvent,
    SendReceived,
    ServerEvent,
    ServerProtocol,
)

CANARY = "canary-6f1d2"
PATIENCE = 5.0  # seconds any test waits for what must come


class Peer:
    """One accepted connection, on the server's side."""

    def __init__(self, ws: ServerConnection, heart_beat: tuple[int, int] = (0, 0)) -> None:
        self.ws, self.heart_beat = ws, heart_beat
        self.protocol = ServerProtocol()

    def events(self) -> Iterator[ServerEvent]:
        """What the client says, until it goes away."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                data = self.ws.recv(decode=False)
                yield from self.protocol.receive_data(data, time.monotonic())

    def flush(self) -> None:
        for data in self.protocol.data_to_send():
            self.ws.send(data, text=True)

    def accept(self) -> None:
        """Take the client's CONNECT."""
        next(event for event in self.events() if isinstance(event, ConnectRequested))
        self.protocol.accept(heart_beat=self.heart_beat)
        self.flush()

    def echo(self) -> None:
        """Send back what is sent, to the subscription of its destination; say goodbye."""
        for event in self.events():
            match event:
                case SendReceived(destination=destination, body=body, receipt=receipt):
                    for subscription, wanted in self.protocol.subscriptions.items():
                        if wanted == destination:
                            self.protocol.message(
                                subscription=subscription, destination=destination, body=body
                            )
                    if receipt:
                        self.protocol.receipt(receipt)
                case DisconnectRequested(receipt=receipt) if receipt:
                    self.protocol.receipt(receipt)
                case _:
                    pass
            self.flush()


Play = Callable[[Peer], None]


def well_behaved(peer: Peer) -> None:
    peer.accept()
    peer.echo()


@contextlib.contextmanager
def serving(
    play: Play = well_behaved,
    *,
    tls: ssl.SSLContext | None = None,
    heart_beat: tuple[int, int] = (0, 0),
    subprotocols: Sequence[Subprotocol] | None = None,
) -> Generator[str]:
    """Run a server whose side of each connection is `play`; give its URL."""

    def handle(ws: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            play(Peer(ws, heart_beat))

    with serve_websocket(
        handle,
        "127.0.0.1",
        0,
        ssl=tls,
        subprotocols=subprotocols,
        compression=None,
        max_size=2**24,
        close_timeout=0.5,
    ) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        port = server.socket.getsockname()[1]
        try:
            yield f"{'wss' if tls else 'ws'}://localhost:{port}/stomp"
        finally:
            server.shutdown()
            thread.join(PATIENCE)


def wait_for(driver: Driver, kind: type[ProtocolEvent]) -> ProtocolEvent:
    """Take events until one of `kind` comes."""
    while True:
        event = driver.next_event(PATIENCE)
        assert event is not None, f"no {kind.__name__} in time"
        if isinstance(event, kind):
            return event


@attrs.frozen
class Certificates:
    """A server's TLS context, the authority that signed it, and the certificate's digest."""

    server: ssl.SSLContext
    ca_file: Path
    fingerprint: str
