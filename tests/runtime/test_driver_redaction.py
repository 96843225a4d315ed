"""Secrets stay out of logs, traces, reprs and errors."""

import io
import logging

import pytest
import websocket

from driver_peers import CANARY, Peer, serving, wait_for
from stompws.driver import Driver, TlsOptions
from stompws.errors import RemoteRejectedError
from stompws.frames import Frame
from stompws.protocol import ClientProtocol, Direction, Disconnected, MessageReceived, SendReceived
from stompws.trace import Trace

pytestmark = pytest.mark.usefixtures("either_driver", "nothing_left_behind")


@pytest.mark.conformance(103, role="client", versions=["1.2"])
def test_secrets_stay_out_of_logs_and_traces(caplog: pytest.LogCaptureFixture) -> None:
    """Credentials and bodies appear in no log line, trace line or repr."""
    caplog.set_level(logging.DEBUG)
    out = io.StringIO()

    def ask(protocol: ClientProtocol) -> None:
        protocol.subscribe("/q", {"own": CANARY})
        protocol.send("/q", CANARY.encode(), {"x-key": CANARY, "x-shown": "harmless"})

    with (
        serving() as url,
        Driver.open(
            url + f"?key={CANARY}",
            connect_headers={"login": CANARY, "passcode": CANARY},
            http_headers={"Authorization": CANARY},
            trace=Trace(out, safe_headers=["x-shown"]),
        ) as driver,
    ):
        driver.send_frames(ask)
        assert CANARY not in repr(wait_for(driver, MessageReceived))
        assert CANARY not in repr(driver)
    own_records = [record for record in caplog.records if record.name == "stompws"]
    assert own_records
    assert all(CANARY not in record.getMessage() for record in own_records)
    assert CANARY not in out.getvalue()
    lines = out.getvalue().splitlines()
    assert any("-> <SEND destination='/q' x-key=… x-shown='harmless'" in line for line in lines)
    assert any("<- <MESSAGE destination='/q'" in line for line in lines)


@pytest.mark.conformance(103, role="client", versions=["1.2"])
@pytest.mark.threads_only("another library")
def test_tracing_of_the_websocket_library_shows_no_secret() -> None:
    """A program that has switched that trace on gets nothing of what a session says in its log."""
    out = io.StringIO()
    websocket.enableTrace(True, handler=logging.StreamHandler(out))
    try:
        with serving() as url, Driver.open(url, connect_headers={"passcode": CANARY}) as driver:
            driver.send_frames(
                lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", CANARY.encode()))
            )
            assert wait_for(driver, MessageReceived)
    finally:
        websocket.enableTrace(False)
    assert "GET /stomp" in out.getvalue()  # the handshake is traced, and what follows is not
    assert CANARY not in out.getvalue()
    assert "CONNECT" not in out.getvalue()


@pytest.mark.conformance(103, role="client", versions=["1.2"])
def test_secrets_of_a_message_and_of_the_upgrade_are_masked_in_what_the_server_says() -> None:
    """A server that cannot read a message quotes it; a gateway quotes the HTTP headers."""

    def play(peer: Peer) -> None:
        peer.accept()
        sent = next(event for event in peer.events() if isinstance(event, SendReceived))
        peer.protocol.error(f"cannot read {sent.body.decode()} of gateway-key-1")
        peer.flush()

    with serving(play) as url:
        driver = Driver.open(url, http_headers={"X-Gateway": "gateway-key-1"})
        driver.send("/q", f"code {CANARY}".encode(), secrets=[CANARY])
        with pytest.raises(RemoteRejectedError) as refusal:
            wait_for(driver, Disconnected)
        assert refusal.value.server_message == "cannot read code *** of ***"
        driver.close()


@pytest.mark.conformance(103, role="client", versions=["1.2"])
def test_key_password_is_not_in_the_repr() -> None:
    """The options can be printed."""
    assert CANARY not in repr(TlsOptions(client_key_password=CANARY))


def test_broken_trace_does_no_harm() -> None:
    """A trace callback that raises does not disturb the session."""

    def broken(_way: Direction, _frame: Frame, _when: float) -> None:
        raise ValueError(CANARY)

    with serving() as url, Driver.open(url, trace=broken) as driver:
        driver.send_frames(lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", b"x")))
        assert wait_for(driver, MessageReceived)
