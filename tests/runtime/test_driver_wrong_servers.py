"""A server that is not the one meant is described in a sentence, with advice."""

import re

import pytest

from bare_servers import listening
from driver_peers import CANARY, Certificates, serving
from stompws.driver import Driver
from stompws.errors import ConnectionLostError

pytestmark = pytest.mark.usefixtures("either_driver", "nothing_left_behind")
TLS_HINT = "A port that wants TLS needs wss://"


def test_http_refusal_gives_its_status() -> None:
    """The HTTP status is told; headers and body of the answer are not."""
    answer = f"HTTP/1.1 404 Not Found\r\nX-A: {CANARY}\r\nContent-Length: 12\r\n\r\n{CANARY}"
    with listening(answer.encode()) as url, pytest.raises(ConnectionLostError) as lost:
        Driver.open(url)
    assert "HTTP 404 Not Found" in str(lost.value)
    assert CANARY not in repr(lost.value)
    assert lost.value.__context__ is None  # it would quote the whole answer


def test_redirect_is_not_followed() -> None:
    """A redirect would lead past the checks of the URL and the certificate."""
    answer = b"HTTP/1.1 302 Found\r\nLocation: ws://203.0.113.1/\r\n\r\n"
    with listening(answer) as url, pytest.raises(ConnectionLostError, match="redirects"):
        Driver.open(url)


@pytest.mark.parametrize("answer", [b"HTTP/1.1 200 OK\r\n\r\n", b"hello\r\n\r\n"])
def test_other_servers_are_recognised(answer: bytes) -> None:
    """A server that does not speak WebSocket gives a plain sentence."""
    with listening(answer) as url, pytest.raises(ConnectionLostError, match="the server"):
        Driver.open(url)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (
            b"HTTP/1.1 200 OK\r\n\r\n",
            (
                "the server answered HTTP 200 OK; is it a WebSocket server, and are port and path "
                f"right? {TLS_HINT}"
            ),
        ),
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\nThis port wants HTTPS",
            (
                "the server answered HTTP 400 Bad Request; is it a WebSocket server, "
                f"and are port and path right? {TLS_HINT}"
            ),
        ),
        (
            b"HTTP/1.1 401 Unauthorized\r\n\r\n",
            (
                "the server answered HTTP 401 Unauthorized; our credential had not been sent yet: "
                "a proxy or gateway stands between, or this machine may not connect"
            ),
        ),
        (
            b"HTTP/1.1 403 Forbidden\r\n\r\n",
            (
                "the server answered HTTP 403 Forbidden; our credential had not been sent yet: "
                "a proxy or gateway stands between, or this machine may not connect"
            ),
        ),
        (
            b"HTTP/1.1 404 Not Found\r\n\r\n",
            "the server answered HTTP 404 Not Found; is the path of the URL right?",
        ),
        (
            b"HTTP/1.1 500 Oops\r\n\r\n",
            (
                "the server answered HTTP 500 Internal Server Error; "
                "the fault is the server's: look into its log"
            ),
        ),
        (
            b"HTTP/1.1 503 x\r\n\r\n",
            (
                "the server answered HTTP 503 Service Unavailable; "
                "the server is not ready: try again later"
            ),
        ),
        (
            b"HTTP/1.1 302 Found\r\nLocation: ws://203.0.113.1/\r\n\r\n",
            (
                "the server redirects, which is not followed; is the path right? "
                "If so use the address it redirects to"
            ),
        ),
        (
            b"SSH-2.0-Example\r\n",
            f"the server is no WebSocket server; are port and path right? {TLS_HINT}",
        ),
        (
            b"\r\n\r\n",
            f"the server gave an empty answer; is the port one for WebSocket? {TLS_HINT}",
        ),
        (
            b"",
            (
                "the server closed the connection during the WebSocket handshake; "
                f"is the port right? {TLS_HINT}"
            ),
        ),
    ],
    ids=["200", "400", "401", "403", "404", "500", "503", "302", "SSH", "nothing", "end"],
)
def test_a_wrong_server_is_described_with_advice(answer: bytes, text: str) -> None:
    """Where it was, what came, and what to look at; a sentence, not a symbol."""
    with listening(answer) as url, pytest.raises(ConnectionLostError) as lost:
        Driver.open(url)
    where = url.removeprefix("ws://").removesuffix("/")
    assert str(lost.value) == f"{where}: {text}"


def test_a_plain_client_at_a_tls_port_is_told_to_use_tls(certificates: Certificates) -> None:
    """The server hangs up, and the reason for that is most often this one."""
    with serving(tls=certificates.server) as url:
        plain = url.replace("wss", "ws", 1)
        with pytest.raises(ConnectionLostError, match=re.escape(TLS_HINT)):
            Driver.open(plain)


def test_a_tls_client_at_a_plain_port_is_told_so() -> None:
    """OpenSSL calls it a wrong version number."""
    with listening(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
        where = url.removeprefix("ws://").removesuffix("/")
        text = "TLS handshake failed: the port does not speak TLS; is it the right one?"
        with pytest.raises(ConnectionLostError, match=f"^{where}: {re.escape(text)}$"):
            Driver.open(url.replace("ws", "wss", 1))
