"""Clients that go without a word: the simulator serves the others, and its ledger stays right."""

import contextlib
import logging
import socket
import ssl
import struct
from collections.abc import Callable, Iterator

import pytest

from foreign import cut, sale_frames
from ips_simulator import Behaviour, Hold, Inventions, Simulator, Step
from sim_helpers import PROMPT, pay, till
from stompws.client import ClientOptions, TlsOptions
from worldpay_ips import PaymentApi, PaymentResultQuery, PaymentType, Result

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_TEXT, _CLOSE = 0x81, 0x88  # RFC 6455, 5.2: final frame of a message, and its opcode


class BareClient:
    """A TCP socket and the few octets of WebSocket that it takes to stop anywhere in them."""

    def __init__(self, simulator: Simulator) -> None:
        self.socket = socket.create_connection(simulator.address, timeout=10)
        path = simulator.server().url.split(str(simulator.address[1]))[1]
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += self.socket.recv(1)
        assert answer.startswith(b"HTTP/1.1 101 ")

    def message(self, data: bytes, first: int = _TEXT) -> bytes:
        """A WebSocket frame, masked with zeros, which change nothing."""
        size = len(data)
        short = size < 126
        head = struct.pack("!B", 0x80 | size) if short else struct.pack("!BH", 0x80 | 126, size)
        return bytes([first]) + head + bytes(4) + data

    def say(self, *messages: bytes) -> None:
        """Send each as a text message."""
        self.socket.sendall(b"".join(self.message(data) for data in messages))

    def reset(self) -> None:
        """TCP RST."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.socket.close()

    def hang_up(self) -> None:
        """TCP FIN, without the closing handshake of WebSocket."""
        self.socket.close()

    def close(self) -> None:
        """Closing handshake of WebSocket, without DISCONNECT."""
        self.socket.sendall(self.message(struct.pack("!H", 1000), _CLOSE))
        with contextlib.suppress(ConnectionResetError), self.socket:
            while self.socket.recv(4096):
                pass


WAYS: list[Callable[[BareClient], None]] = [
    BareClient.reset, BareClient.hang_up, BareClient.close,
]  # fmt: skip
ways = pytest.mark.parametrize("leave", WAYS, ids=lambda way: way.__name__)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A client that goes is no error of the simulator's, nor of the event loop's."""
    with caplog.at_level(logging.WARNING):
        yield
    assert [record.getMessage() for record in caplog.records] == []


def read_by_now(api: PaymentApi) -> None:
    """Two conversations of another client: what came before them has been read."""
    assert api.service_status()
    assert api.service_status()


def wait_until_idle(api: PaymentApi) -> None:
    while api.service_status().status == "busy":
        pass


def result_of(api: PaymentApi) -> Result:
    query = PaymentResultQuery(merchant_transaction_reference="M1")
    return api.query_payment_result(query).payments[0].result


@ways
@pytest.mark.parametrize("part", ["of the SEND frame", "of the WebSocket frame", "of CONNECT"])
def test_half_a_frame_is_nothing(
    simulator: Simulator, leave: Callable[[BareClient], None], part: str
) -> None:
    """What was not said to its end is not done, and the others do not notice."""
    api = till(simulator)
    client = BareClient(simulator)
    *before, send = sale_frames(simulator)
    match part:
        case "of CONNECT":
            client.say(before[0][:-1])
        case "of the SEND frame":
            client.say(*before, send[:-1])
        case _:
            client.say(*before)
            client.socket.sendall(client.message(send)[:-1])
    leave(client)
    read_by_now(api)
    assert api.service_status().status == "not-busy"
    assert simulator.ledger.charges == ()
    assert pay(api, PaymentType.SALE, 5).result is Result.AUTHORISED_ONLINE
    assert [charge.amount for charge in simulator.ledger.charges] == [5]


@ways
@pytest.mark.parametrize("step", list(Step))
def test_a_payment_goes_on_without_its_client(
    simulator: Simulator, leave: Callable[[BareClient], None], step: Step
) -> None:
    """Wherever it stands: it is charged once, and its result can be asked for. Invented."""
    api, client, hold = till(simulator), BareClient(simulator), Hold(step)
    simulator.next_payment(Behaviour(hold=hold))
    client.say(*sale_frames(simulator))
    hold.wait_until_reached()
    leave(client)
    read_by_now(api)
    hold.release()
    wait_until_idle(api)
    assert [charge.amount for charge in simulator.ledger.charges] == [1099]
    assert result_of(api) is Result.AUTHORISED_ONLINE


@ways
@pytest.mark.parametrize(
    ("step", "charges", "result"),
    [
        (Step.STARTED, [], Result.FAILED),
        (Step.CARD, [], Result.FAILED),
        (Step.AUTHORISATION, [1099], Result.AUTHORISED_ONLINE),  # nothing is said before it
        (Step.RECEIPTS, [1099], Result.AUTHORISED_ONLINE),
        (Step.RESULT, [1099], Result.AUTHORISED_ONLINE),
        (Step.COMPLETE, [1099], Result.AUTHORISED_ONLINE),
    ],
)
def test_a_payment_that_ends_with_its_client_says_whether_it_was_charged(
    leave: Callable[[BareClient], None], step: Step, charges: list[int], result: Result
) -> None:
    """With the switch the other way, it ends at the next word to the client; what is charged stays.

    Ledger and result agree in any case.
    """
    with Simulator(inventions=Inventions(payment_survives_client=False)) as simulator:
        api, client, hold = till(simulator), BareClient(simulator), Hold(step)
        simulator.next_payment(Behaviour(hold=hold))
        client.say(*sale_frames(simulator))
        hold.wait_until_reached()
        leave(client)
        read_by_now(api)
        hold.release()
        wait_until_idle(api)
        assert [charge.amount for charge in simulator.ledger.charges] == charges
        assert result_of(api) is result


@ways
def test_another_client_in_the_middle_of_a_payment_does_not_notice(
    simulator: Simulator, leave: Callable[[BareClient], None]
) -> None:
    """Ten clients leave in the middle of a frame while a payment waits for its card."""
    client, hold = BareClient(simulator), Hold(Step.CARD)
    simulator.next_payment(Behaviour(hold=hold))
    client.say(*sale_frames(simulator))
    hold.wait_until_reached()
    for piece in cut(sale_frames(simulator)[0], 20)[:10]:
        other = BareClient(simulator)
        other.say(piece)
        leave(other)
    hold.release()
    received = b""
    while b"/client/v1/payment/complete" not in received:
        portion = client.socket.recv(4096)
        assert portion, "the connection ended before the payment"
        received += portion
    client.hang_up()
    assert [charge.amount for charge in simulator.ledger.charges] == [1099]


def client_hello() -> bytes:
    """What a TLS client says first."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    connection = ssl.create_default_context().wrap_bio(incoming, outgoing, server_hostname="x")
    with contextlib.suppress(ssl.SSLWantReadError):
        connection.do_handshake()
    return outgoing.read()


@pytest.mark.parametrize("reset", [True, False], ids=["reset", "hang_up"])
@pytest.mark.parametrize("said", ["nothing", "half a hello", "a hello", "HTTP"])
def test_a_client_that_goes_during_the_tls_handshake(said: str, *, reset: bool) -> None:
    """Before the handshake, in it, or instead of it; the next client is served."""
    hello = client_hello()
    words = {
        "nothing": b"",
        "half a hello": hello[: len(hello) // 2],
        "a hello": hello,
        "HTTP": b"GET / HTTP/1.1\r\n\r\n",
    }
    with Simulator(tls=True) as simulator:
        gone = socket.create_connection(simulator.address, timeout=10)
        gone.sendall(words[said])
        if said == "a hello":
            assert gone.recv(1)  # of the server's answer, so it has been read
        if reset:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        gone.close()
        options = ClientOptions(
            tls=TlsOptions(ca_file=simulator.ca_file), deadlines=PROMPT.deadlines
        )
        key = simulator.license_key
        api = PaymentApi(simulator.server(), license_key=key, options=options)
        assert pay(api, PaymentType.SALE, 7).result is Result.AUTHORISED_ONLINE
        assert [charge.amount for charge in simulator.ledger.charges] == [7]
