"""The boundary to the server: a wrong license key, and a server that is the wrong one."""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from datetime import timedelta
from typing import ClassVar

import pytest
from websockets.sync.server import ServerConnection, serve

from ips_simulator import Simulator
from worldpay_ips import (
    ClientOptions,
    Deadlines,
    InvalidMessageError,
    LinkError,
    LocalProtocolError,
    NotSentError,
    OnPremise,
    PaymentApi,
)

OPTIONS = ClientOptions(
    deadlines=Deadlines(connect=10, first_event=10, between_events=10, total=30)
)
KEY = Simulator().license_key  # one that no other simulator knows


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator() as running:
        yield running


@pytest.fixture(scope="module")
def tls_simulator() -> Iterator[Simulator]:
    with Simulator(tls=True) as running:
        yield running


def refusal(server: OnPremise, key: str | None = KEY) -> LinkError:
    """Ask for the status of the service; return why that was not possible."""
    with pytest.raises(LinkError) as refused:
        PaymentApi(server, license_key=key, options=OPTIONS).service_status()
    assert refused.value.outcome_known
    assert not key or key not in str(refused.value)
    return refused.value


def not_sent(server: OnPremise, key: str | None = KEY) -> str:
    """The text of a `NotSentError`, between the operation with the address and the advice."""
    error = refusal(server, key)
    assert isinstance(error, NotSentError)
    start, end = (
        f"serviceStatus: not sent: {server.host}:{server.port}: ",
        "it is safe to try again",
    )
    assert str(error).startswith(start)
    assert str(error).endswith(f" ({end})")
    return str(error)[len(start) : -len(end) - 3]


# A wrong license key.


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (None, "serviceStatus needs a credential: give the client license_key=…"),
        ("", "serviceStatus: license_key must be a text that is not empty"),
        (
            f"{KEY}\nx:y",
            "serviceStatus: license_key holds a line end or control character",
        ),
    ],
)
def test_a_license_key_that_cannot_be_sent_is_refused_at_once(
    simulator: Simulator, key: str | None, sentence: str
) -> None:
    """Before a connection is opened, and without a word of the key."""
    error = refusal(simulator.server(), key)
    assert isinstance(error, LocalProtocolError)
    assert str(error) == sentence
    assert KEY not in str(error)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(lambda _: KEY, "the license key is not valid", id="unknown"),
        pytest.param(lambda _: "AV46HTR3", "the license key is not valid", id="no key at all"),
        pytest.param(
            lambda simulator: simulator.issue_license_key(timedelta(seconds=-1)),
            "the license key has expired",
            id="expired",
        ),
    ],
)
def test_a_license_key_that_the_server_refuses_is_told_with_the_reason(
    simulator: Simulator, make: Callable[[Simulator], str], reason: str
) -> None:
    """The server's reason, and where to look; nothing of the request left."""
    assert not_sent(simulator.server(), make(simulator)) == (
        f"the server refused: [invented] {reason}: CONNECT carries a credential that is not"
        " accepted; it was the answer to CONNECT: are the credential and the host right?"
    )


# A wrong server.


def wrong(port: int, *, plain: bool = True) -> OnPremise:
    return OnPremise(host="127.0.0.1", port=port, paypoint_id="INST001", plain=plain)


@contextlib.contextmanager
def answering(answer: bytes) -> Generator[int]:
    """A TCP server that answers what comes first with octets of its own, and hangs up."""

    def play() -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=play, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            thread.join(10)


@contextlib.contextmanager
def saying(answer: str) -> Generator[int]:
    """A WebSocket server that answers CONNECT with a text of its own."""

    def play(connection: ServerConnection) -> None:
        connection.recv()
        connection.send(answer)

    with serve(play, "127.0.0.1", 0, compression=None) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.socket.getsockname()[1]
        finally:
            server.shutdown()
            thread.join(10)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        pytest.param(
            b"HTTP/1.1 200 OK\r\n\r\n",
            (
                "the server answered HTTP 200 OK; is it a WebSocket server, and are port and path"
                " right? A port that wants TLS needs wss://"
            ),
            id="a web server",
        ),
        pytest.param(
            b"HTTP/1.1 404 Not Found\r\n\r\n",
            "the server answered HTTP 404 Not Found; is the path of the URL right?",
            id="a web server without this path",
        ),
        pytest.param(
            b"HTTP/1.1 403 Forbidden\r\n\r\n",
            (
                "the server answered HTTP 403 Forbidden; our credential had not been sent yet:"
                " a proxy or gateway stands between, or this machine may not connect"
            ),
            id="a gateway",
        ),
        pytest.param(
            b"HTTP/1.1 503 Busy\r\n\r\n",
            (
                "the server answered HTTP 503 Service Unavailable; the server is not ready:"
                " try again later"
            ),
            id="not ready",
        ),
        pytest.param(
            b"SSH-2.0-Example\r\n",
            (
                "the server is no WebSocket server; are port and path right?"
                " A port that wants TLS needs wss://"
            ),
            id="another protocol",
        ),
        pytest.param(
            b"",
            (
                "the server closed the connection during the WebSocket handshake;"
                " is the port right? A port that wants TLS needs wss://"
            ),
            id="hangs up",
        ),
    ],
)
def test_a_server_that_is_no_websocket_server_is_described(answer: bytes, text: str) -> None:
    """What it answered, and what to look at: port, path or TLS."""
    with answering(answer) as port:
        assert not_sent(wrong(port)) == text


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        pytest.param(
            "hello\n\n\0",
            "not a STOMP frame, octet 0 of the stream: expected a STOMP command",
            id="no STOMP",
        ),
        pytest.param(
            "MESSAGE\ndestination:/q\n\n\0",
            "MESSAGE from the server while connecting",
            id="no CONNECTED",
        ),
        pytest.param(
            "CONNECTED\nversion:1.3\n\n\0",
            "CONNECTED: the server chose a version that was not offered",
            id="another version",
        ),
        pytest.param(
            f"ERROR\nmessage:who is {KEY}\n\n\0",
            (
                "the server refused: who is ***;"
                " it was the answer to CONNECT: are the credential and the host right?"
            ),
            id="quotes the key",
        ),
    ],
)
def test_a_websocket_server_that_does_not_speak_stomp_as_agreed_is_described(
    answer: str, text: str
) -> None:
    """The request stays here: it is sent after CONNECTED only."""
    with saying(answer) as port:
        assert not_sent(wrong(port)) == text


class Elsewhere(OnPremise):
    """The same server under another path."""

    location: ClassVar[str] = "{host}:{port}/ipc-app/payments/{paypointId}"


def test_a_wrong_path_is_told_as_such(simulator: Simulator) -> None:
    """The server's own 404 becomes the question that helps."""
    host, port = simulator.address
    server = Elsewhere(host=host, port=port, paypoint_id="INST001", plain=True)
    assert not_sent(server, simulator.license_key) == (
        "the server answered HTTP 404 Not Found; is the path of the URL right?"
    )


def test_a_port_where_nobody_listens_is_told_as_such() -> None:
    """A port that is bound and not listened on belongs to nobody else meanwhile."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        assert not_sent(wrong(bound.getsockname()[1])) == (
            "connection refused; is the server running, and is the port right?"
        )


def test_an_untrusted_certificate_is_refused_with_the_way_to_trust_it(
    tls_simulator: Simulator,
) -> None:
    """The simulator's throw-away authority is not among the system's."""
    text = not_sent(tls_simulator.server(), tls_simulator.license_key)
    assert re.fullmatch(
        r"the server's certificate is not trusted \([a-z -]+\); for an authority of your own give"
        r" its certificate as ca_file, for a self-signed one its fingerprint_sha256",
        text,
    )


def test_a_plain_client_at_a_tls_port_is_told_to_use_tls(tls_simulator: Simulator) -> None:
    """The server hangs up, one way or the other; the most likely reason is named."""
    text = not_sent(wrong(tls_simulator.address[1]), tls_simulator.license_key)
    assert re.fullmatch(
        r"the .*connection.* during the WebSocket handshake.*; is the port right\?"
        r" A port that wants TLS needs wss://",
        text,
    )


def test_a_tls_client_at_a_plain_port_is_told_so() -> None:
    """What answered was not TLS."""
    with answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        assert not_sent(wrong(port, plain=False)) == (
            "TLS handshake failed: the port does not speak TLS; is it the right one?"
        )


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (
            {"host": "ips.example.com", "plain": True},
            "$.plain: expected a loopback host: without TLS all is readable",
        ),
        ({"port": 70000}, "$.port: expected at most 65535"),
        ({"paypoint_id": "a/b"}, "$.paypointId: expected a match of the pattern ^[A-Za-z0-9_-]+$"),
    ],
)
def test_an_address_that_cannot_be_right_is_refused_when_it_is_made(
    address: dict[str, object], problem: str
) -> None:
    """No socket is needed to see it."""
    right: dict[str, object] = {"host": "127.0.0.1", "paypoint_id": "INST001"}
    with pytest.raises(InvalidMessageError) as refused:
        OnPremise(**right | address)  # type: ignore[arg-type]
    assert str(refused.value) == f"OnPremise: {problem}"
