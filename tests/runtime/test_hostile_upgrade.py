"""The WebSocket upgrade: no value becomes a line of the request, no answer does harm."""

import contextlib
import re
import socket
import string
import threading
from collections.abc import Generator
from typing import ClassVar
from urllib.parse import unquote, urlsplit

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bare_servers import listening
from stompws.driver import Driver
from stompws.errors import ConnectionLostError, InvalidMessageError, LinkError, LocalProtocolError
from stompws.rules import Text
from stompws.shapes import Server, field_info
from strategies import any_text
from worldpay_ips import OnPremise

OWN = ("Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version")
REFUSAL = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
INJECTED = "v12.stomp\r\nX-Evil: 1"


@attrs.define
class Recorder:
    """A server that refuses every upgrade and keeps what was asked."""

    port: int
    requests: list[bytes] = attrs.field(factory=list)

    def ask(self, path: str = "/", **options: object) -> bytes | None:
        """Try to connect; return what came, None when nothing was tried."""
        return self.ask_url(f"ws://127.0.0.1:{self.port}{path}", **options)

    def ask_url(self, url: str, **options: object) -> bytes | None:
        self.requests.clear()
        try:
            Driver.open(url, **options)  # type: ignore[arg-type]  # any option at all
        except LocalProtocolError:
            assert self.requests == [], "refused, and yet something was sent"
            return None
        except ConnectionLostError:
            (request,) = self.requests
            return request
        raise AssertionError("connected to a server that refuses")


@pytest.fixture(scope="module")
def recorder() -> Generator[Recorder]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Recorder(listener.getsockname()[1])

        def serve() -> None:
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    request = b""
                    while b"\r\n\r\n" not in request and (more := connection.recv(65536)):
                        request += more
                    if not request:
                        return
                    found.requests.append(request)
                    connection.sendall(REFUSAL)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield found
        with socket.create_connection(listener.getsockname()):
            pass  # without a word: the end
        thread.join(10)


def lines_of(request: bytes) -> tuple[str, list[tuple[str, str]]]:
    """Return the request line and the headers; nothing may be behind them."""
    head, end, rest = request.partition(b"\r\n\r\n")
    assert (end, rest) == (b"\r\n\r\n", b"")
    first, *lines = head.decode("latin-1").split("\r\n")
    assert not re.search(r"[\r\n\0]", "".join([first, *lines]))
    pairs = [line.partition(":")[::2] for line in lines]
    return first, [(name, value.strip(" \t")) for name, value in pairs]


def names_of(request: bytes) -> list[str]:
    return sorted(name for name, _ in lines_of(request)[1])


http_texts = any_text | st.text(string.ascii_letters + string.digits + "-_.,; \t", max_size=12)


@settings(max_examples=150, deadline=None)
@given(name=http_texts, value=http_texts)
@example(name="X-A", value="b\r\nX-Evil: 1")
@example(name="X-A", value="b\nX-Evil: 1")
@example(name="X-A: b\r\nX-Evil", value="1")
def test_an_own_http_header_stays_one(recorder: Recorder, name: str, value: str) -> None:
    """Any name and value: sent as one header, or refused before anything is tried."""
    request = recorder.ask(http_headers={name: value}, subprotocols=())
    if request is not None:
        assert names_of(request) == sorted([*OWN, name])
        assert (name, value.strip(" \t")) in lines_of(request)[1]


@settings(max_examples=150, deadline=None)
@given(protocols=st.lists(http_texts, max_size=3))
@example(protocols=[INJECTED])
@example(protocols=["a, b"])
def test_a_subprotocol_stays_one(recorder: Recorder, protocols: list[str]) -> None:
    """RFC 6455, 4.1: each is a token; anything else is refused before anything is tried."""
    request = recorder.ask(subprotocols=protocols)
    if request is not None:
        offered = [value for name, value in lines_of(request)[1] if name not in OWN]
        assert offered == ([", ".join(protocols)] if protocols else [])


@settings(max_examples=150, deadline=None)
@given(rest=any_text)
@example(rest=" HTTP/1.1\r\nX-Evil: 1\r\n\r\n")
@example(rest="\tx")
@example(rest="?")
@example(rest=";")
@example(rest="a;b/c?d;e")
@example(rest="a/b;c?d")
def test_a_path_stays_in_the_request_line(recorder: Recorder, rest: str) -> None:
    """A URL of any characters: asked for as it is, or refused before anything is tried.

    Only the mark of a query that is empty is left out, by urllib.
    """
    request = recorder.ask("/" + rest, subprotocols=())
    if request is not None:
        first, _ = lines_of(request)
        path, mark, query = rest.partition("?")
        assert first == f"GET /{path}{mark if query else ''}{query} HTTP/1.1"
        assert names_of(request) == sorted(OWN)


@settings(max_examples=100, deadline=None)
@given(host=any_text)
def test_a_virtual_host_stays_in_its_header(recorder: Recorder, host: str) -> None:
    """It is for CONNECT, which has no escapes; the upgrade does not name it."""
    request = recorder.ask(host=host, subprotocols=())
    if request is not None:
        assert dict(lines_of(request)[1])["Host"] == f"127.0.0.1:{recorder.port}"
        assert not set(host) & set("\r\n\0")


@attrs.frozen(kw_only=True)
class Anywhere(Server):
    """A server whose variables the document does not limit."""

    location: ClassVar[str] = "{host}:{port}/first/{one}/last/{two}"

    host: str = attrs.field(validator=Text(), metadata=field_info("host"))
    port: str = attrs.field(validator=Text(), metadata=field_info("port"))
    one: str = attrs.field(validator=Text(), metadata=field_info("one"))
    two: str = attrs.field(validator=Text(), metadata=field_info("two"))


@settings(max_examples=200, deadline=None)
@given(one=any_text, two=any_text)
@example(one="..", two="a")
@example(one="a/b?c#d", two="%2F")
@example(one="\ud800", two="a")
def test_a_variable_of_the_path_stays_one_segment(recorder: Recorder, one: str, two: str) -> None:
    """Whatever it holds, the path has as many segments, and each reads back as it was given."""
    try:
        url = Anywhere(host="127.0.0.1", port=str(recorder.port), one=one, two=two).url
    except InvalidMessageError:
        assert one in (".", "..") or two in (".", "..") or re.search(r"[\ud800-\udfff]", one + two)
        return
    request = recorder.ask_url(url.replace("wss:", "ws:"), subprotocols=())
    assert request is not None
    target = lines_of(request)[0].split(" ")[1]
    assert [unquote(part) for part in target.split("/")] == ["", "first", one, "last", two]


@settings(max_examples=300, deadline=None)
@given(host=any_text, port=any_text)
@example(host="good.example@evil.example", port="1")
@example(host="good.example/evil", port="1")
@example(host="\udcff", port="1")
@example(host="::1%/evil]@evil.example", port="1")
def test_a_variable_of_the_host_stays_the_host(host: str, port: str) -> None:
    """It ends where the next part begins: it is refused, or it is what the URL names."""
    try:
        url = Anywhere(host=host, port=port, one="a", two="b").url
    except InvalidMessageError:
        return
    parts = urlsplit(url)
    assert (parts.path, parts.query, parts.fragment) == ("/first/a/last/b", "", "")
    assert parts.username is None
    assert re.fullmatch(r"[\x21-\x7e]+", url)


@settings(max_examples=200, deadline=None)
@given(paypoint=any_text)
@example(paypoint="INST001\n")
@example(paypoint="INST001\r\nX-Evil: 1")
def test_a_paypoint_is_what_the_document_allows(paypoint: str) -> None:
    """Its pattern leaves nothing that could be more than a segment."""
    try:
        server = OnPremise(host="127.0.0.1", paypoint_id=paypoint)
    except InvalidMessageError:
        return
    assert re.fullmatch(r"[A-Za-z0-9_-]+", paypoint)
    assert urlsplit(server.url).path == f"/ipc-app/payment/{paypoint}"


# What a server may answer.

SWITCHING = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
ANSWERS = [
    b"HTTP/1.1",
    b"HTTP/1.1 \r\n\r\n",
    b"HTTP/1.1 abc Bad\r\n\r\n",
    b"HTTP/1.1 99999999999999999999 Bad\r\n\r\n",
    b"HTTP/1.1 -1 Bad\r\n\r\n",
    b"HTTP/1.1 400 Bad\r\nContent-Length: abc\r\n\r\n",
    b"HTTP/1.1 400 Bad\r\nContent-Length: -5\r\n\r\n",
    b"HTTP/1.1 400 Bad\r\nContent-Length: 1000000000000\r\n\r\nx",
    b"HTTP/1.1 400 Bad\r\nno colon\r\n\r\n",
    b"HTTP/1.1 400 \xff\r\n\r\n",
    b"\xff\xfe\r\n\r\n",
    SWITCHING + b"\r\n",
    SWITCHING + b"Sec-WebSocket-Accept: wrong\r\n\r\n",
    SWITCHING + b"Sec-WebSocket-Accept: \xc3\xa9\r\n\r\n",
    b"HTTP/1.1 302 Found\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nSet-Cookie: a/b=1; domain=localhost\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nSet-Cookie: \"\\015\r\nLocation: ::\r\n\r\n",
]  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_a_hostile_answer_is_a_lost_connection(answer: bytes) -> None:
    """No exception of websocket-client's or of the library's below it gets out."""
    with listening(answer) as url, pytest.raises(ConnectionLostError) as lost:
        Driver.open(url, connect_timeout=5)
    assert lost.value.__context__ is None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [b"HTTP/1.1 ", b"101 ", b"302 x", b"Set-Cookie: ", b"a=b", b": ", b"domain="]
        )
        | st.binary(max_size=5)
        | st.just(b"\r\n"),
        max_size=12,
    )
)
def test_any_answer_is_a_lost_connection(parts: list[bytes]) -> None:
    """Or whatever else of ours; the server closes after it."""
    with listening(b"".join(parts)) as url, pytest.raises(LinkError):
        Driver.open(url, connect_timeout=5)


def test_no_cookie_of_a_server_is_sent(recorder: Recorder) -> None:
    """websocket-client keeps cookies for any domain that a server names, and unquotes line ends."""
    for domain in ("127.0.0.1", ".127.0.0.1"):
        cookie = f'a="b\\015\\012X-Evil: 1"; domain={domain}'.encode()
        answer = b"HTTP/1.1 302 Found\r\nSet-Cookie: " + cookie + b"\r\n\r\n"
        with listening(answer) as url, pytest.raises(ConnectionLostError):
            Driver.open(url)
    request = recorder.ask(http_headers={"Cookie": "own=1"}, subprotocols=())
    assert request is not None
    assert names_of(request) == sorted([*OWN, "Cookie"])
    assert dict(lines_of(request)[1])["Cookie"] == "own=1"
