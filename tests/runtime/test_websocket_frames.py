"""WebSocket frames of a server (RFC 6455, 5.2): however they are cut, the same data comes out."""

import socket
import time
from collections.abc import Generator
from contextlib import contextmanager

import pytest
import websocket

from stompws.closing import Close
from stompws.errors import RemoteProtocolError
from stompws.stream import Stream
from stompws.wslink import WebSocketLink

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
LIMIT = 200_000


def frame(data: bytes, opcode: int = TEXT, *, fin: int = 1, masked: bool = False) -> bytes:
    return websocket.ABNF(fin, 0, 0, 0, opcode, int(masked), data).format()


@contextmanager
def linked(limit: int = LIMIT) -> Generator[tuple[socket.socket, WebSocketLink]]:
    """A link after its handshake, and the server's end of its socket."""
    near, far = socket.socketpair()
    with near, far:
        stream = Stream(near, deadline=time.monotonic() + 5, limit=limit, where="here")
        stream.deadline = None
        stream.message_complete()
        ws = websocket.WebSocket(skip_utf8_validation=True, enable_multithread=False)
        ws.sock = stream
        yield far, WebSocketLink(ws, stream, "here")


def read_all(link: WebSocketLink) -> list[bytes]:
    """What is there by now."""
    found = []
    while isinstance(data := link.receive(), bytes):
        found.append(data)
    assert data is None
    return found


STORY = [
    frame(b""),
    frame(b"a"),
    frame(b"b" * 125),
    frame(b"c" * 126, BINARY),
    frame(b"ping", PING),
    frame(b"d1", fin=0) + frame(b"pong", PONG) + frame(b"d2", 0),
    frame(b"e", masked=True),  # RFC 6455, 5.1 forbids it; websocket-client reads it
    frame(b"f"),
]
WIRE = b"".join(STORY)
DATA = [b"", b"a", b"b" * 125, b"c" * 126, b"d1", b"d2", b"e", b"f"]


@pytest.mark.parametrize("cut", range(len(WIRE)))
def test_frames_cut_anywhere_bring_the_same(cut: int) -> None:
    """Where the network happens to cut the octets makes no difference."""
    with linked() as (server, link):
        server.sendall(WIRE[:cut])
        found = read_all(link)
        server.sendall(WIRE[cut:])
        assert found + read_all(link) == DATA


def test_frames_octet_by_octet_bring_the_same() -> None:
    """Also cut everywhere."""
    found = []
    with linked() as (server, link):
        for start in range(len(WIRE)):
            server.sendall(WIRE[start : start + 1])
            found += read_all(link)
    assert found == DATA


@pytest.mark.parametrize("size", [125, 126, 127, 65_000, 65_535, 65_536, 150_000])
def test_each_form_of_length_is_read(size: int) -> None:
    """RFC 6455, 5.2: seven bits, two octets, eight octets."""
    with linked() as (server, link):
        data, wire = b"x" * size, frame(b"x" * size) + frame(b"next")
        found = []
        for start in range(0, len(wire), 30_000):  # no more than the sockets hold
            server.sendall(wire[start : start + 30_000])
            found += read_all(link)
        assert found == [data, b"next"]


def test_a_ping_is_answered_and_data_goes_on() -> None:
    """What is no data goes to websocket-client; what follows it is read as before."""
    with linked() as (server, link):
        server.sendall(frame(b"hello?", PING) + frame(b"data"))
        assert read_all(link) == [b"data"]
        link._stream.flush()
        assert server.recv(100)[0] == 0x80 | PONG


@pytest.mark.parametrize("first", [0xC1, 0xA1, 0x91, 0x83, 0x8B], ids=hex)
def test_a_bit_or_opcode_without_a_meaning_is_refused(first: int) -> None:
    """RFC 6455, 5.2: no extension was agreed on."""
    with linked() as (server, link):
        server.sendall(bytes([first, 1]) + b"x")
        with pytest.raises(RemoteProtocolError, match="broken WebSocket framing"):
            link.receive()


def test_a_message_inside_another_is_refused() -> None:
    """RFC 6455, 5.4: fragments of one message are not interrupted by another."""
    with linked() as (server, link):
        server.sendall(frame(b"begin", fin=0))
        assert read_all(link) == [b"begin"]
        server.sendall(frame(b"whole"))
        with pytest.raises(RemoteProtocolError, match="broken WebSocket framing"):
            link.receive()


@pytest.mark.parametrize("size", [120, 1_000])
def test_a_whole_message_is_held_to_the_limit(size: int) -> None:
    """The limit counts the octets of a frame, however it arrives."""
    with linked(limit=size) as (server, link):
        server.sendall(frame(b"x" * (size - 10)))
        assert read_all(link) == [b"x" * (size - 10)]
        server.sendall(frame(b"x" * (size + 1)))
        with pytest.raises(RemoteProtocolError, match="longer than the limit"):
            link.receive()


def test_the_end_comes_after_what_was_said() -> None:
    """Data that arrived before the end is not lost, and the end is told."""
    with linked() as (server, link):
        server.sendall(frame(b"last"))
        server.shutdown(socket.SHUT_WR)
        assert link.receive() == b"last"
        assert link.receive() == Close(None)
