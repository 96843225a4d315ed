"""A whole sale as octets, the way some client or other would write it, and what must come back."""

import json
from collections.abc import Callable, Iterable

from ips_simulator import Simulator
from sim_helpers import CORRELATION, SALE, RawClient
from stompws.frames import Frame
from worldpay_ips.operations import API

ID = "3f0f6d0c-6f0e-4b53-9d0e-2f6b0c6f1a11"
RULES = API.by_name["startPayment"].conversation
ADDRESSES = tuple(
    API.by_name[name].channel.address
    for name in (*RULES.errors, *(reply.operation for reply in RULES.replies))
)
Write = Callable[[str, str, str], bytes]


def plain(command: str, headers: str, body: str = "") -> bytes:
    """A frame with the headers as they stand."""
    return f"{command}\n{headers}\n\n{body}\0".encode()


def sale_frames(
    simulator: Simulator,
    *,
    command: str = "CONNECT",
    connect: str = "accept-version:1.2\nhost:localhost",
    subscribe: Callable[[int, str], str] = lambda i, to: f"id:{i}\ndestination:{to}",
    send: str = "",
    write: Write = plain,
) -> list[bytes]:
    """Connecting, subscribing and asking for a sale: one item a frame.

    Headers are lines, the last one without its end: `connect`, to which the key is added;
    `subscribe`, from the number and the destination of each; `send`, which are added to SEND's own.
    """
    key = f"x-wp-authorization:{simulator.license_key}"
    to = f"destination:/v1/payment\n{CORRELATION}:{ID}"
    return [
        write(command, "\n".join(filter(None, (connect, key))), ""),
        *(write("SUBSCRIBE", subscribe(i, address), "") for i, address in enumerate(ADDRESSES)),
        write("SEND", "\n".join(filter(None, (to, send))), json.dumps(SALE)),
    ]


def say(client: RawClient, pieces: Iterable[bytes], *, text: bool = True) -> None:
    """Send each piece as a WebSocket message."""
    for piece in pieces:
        client.socket.send(piece.decode() if text else piece)


def cut(data: bytes, size: int) -> list[bytes]:
    """The same octets in pieces of that size."""
    return [data[i : i + size] for i in range(0, len(data), size)]


def expect_a_sale(simulator: Simulator, client: RawClient) -> tuple[Frame, list[Frame]]:
    """Return CONNECTED and the messages of a sale that went as it should, charged once."""
    connected = client.next_frame()
    assert connected.command == "CONNECTED", connected.header("message")
    messages: list[Frame] = []
    while not messages or messages[-1].header("destination") != "/client/v1/payment/complete":
        frame = client.next_frame()
        if frame.command == "RECEIPT":
            continue
        assert frame.command == "MESSAGE", frame.header("message")
        assert frame.header("destination") != "/client/v1/error", frame.body
        messages.append(frame)
    assert [(frame.header("destination") or "").rsplit("/", 1)[1] for frame in messages] == [
        *["notification"] * 4, "receipt", "receipt", "result", "complete",
    ]  # fmt: skip
    assert {frame.header(CORRELATION) for frame in messages} == {ID}
    assert [charge.amount for charge in simulator.ledger.charges] == [1099]
    assert simulator.refusals == ()
    return connected, messages
