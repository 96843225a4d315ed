"""WebSocket, STOMP and TLS as the simulator speaks them, and how it starts and stops."""

import contextlib
import socket
import ssl
import threading
import time
from typing import Any

import pytest
from websockets.sync.client import connect

from ips_simulator import Behaviour, Hold, Simulator, Step
from sim_helpers import SALE, SILENT, RawClient, card_of, pay, till
from stompws.client import ClientOptions, TlsOptions
from worldpay_ips import PaymentApi, PaymentType


@pytest.mark.parametrize("command", ["CONNECT", "STOMP"])
@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.2,1.1,1.0", None])
def test_every_version_and_both_greetings_are_understood(
    raw: Any, simulator: Simulator, command: str, version: str | None
) -> None:
    """STOMP 1.0 to 1.2; a client that names no version speaks 1.0."""
    client = raw()
    headers = {"x-wp-authorization": simulator.license_key, "host": "localhost"}
    client.say(command, headers if version is None else {**headers, "accept-version": version})
    connected = client.next_frame()
    assert connected.command == "CONNECTED"
    expected = None if version is None else version.split(",")[0]
    assert connected.header("version") == expected
    client.subscribe("/client/v1/error", "/client/v1/service/status")
    assert client.next_message()[1] == {"status": "not-busy"}


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, None),
        (["v12.stomp"], "v12.stomp"),
        (["v10.stomp", "v11.stomp"], "v10.stomp"),
        (["mqtt"], None),
    ],
)
def test_a_subprotocol_is_echoed_and_not_needed(
    simulator: Simulator, offered: Any, chosen: str | None
) -> None:
    """Clients offer STOMP's names, or nothing."""
    client = RawClient(simulator, subprotocols=offered)
    try:
        assert client.socket.subprotocol == chosen
    finally:
        client.close()


def test_binary_frames_are_read_and_text_is_sent(raw: Any, simulator: Simulator) -> None:
    """Clients may send either; the answer is text."""
    client = raw()
    key = simulator.license_key
    client.socket.send(f"CONNECT\naccept-version:1.2\nx-wp-authorization:{key}\n\n\0".encode())
    assert isinstance(client.socket.recv(timeout=10), str)


def test_heart_beats_are_agreed(raw: Any, simulator: Simulator) -> None:
    """The server offers beats every ten seconds."""
    client = raw()
    connected = client.connect(simulator.license_key, **{"heart-beat": "5000,5000"})
    assert connected.header("heart-beat") == "10000,10000"


def test_any_paypoint_will_do(simulator: Simulator) -> None:
    """The address selects it; messages name it."""
    api = till(simulator, "Shop-1_till-2")
    status = api.device_status()
    assert status.paypoint is not None
    assert status.paypoint.paypoint_id == "Shop-1_till-2"


def test_tls_is_verified_with_the_throw_away_authority() -> None:
    """The same over TLS; a client that does not know the authority does not connect."""
    with Simulator(tls=True) as simulator:
        ca_file = simulator.ca_file
        assert ca_file is not None
        options = ClientOptions(tls=TlsOptions(ca_file=ca_file))
        api = PaymentApi(simulator.server(), license_key=simulator.license_key, options=options)
        assert api.server.url.startswith("wss://127.0.0.1:")
        assert api.service_status().status == "not-busy"
        with (
            pytest.raises(ssl.SSLCertVerificationError),
            connect(api.server.url, logger=SILENT, proxy=None),
        ):
            pass
    assert not ca_file.exists()


def test_a_stopped_simulator_leaves_no_thread_and_no_socket() -> None:
    """A test suite starts hundreds."""
    before = threading.active_count()
    with Simulator() as simulator:
        address = simulator.address
        assert card_of(pay(till(simulator), PaymentType.SALE, 1)) is not None
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address, timeout=5)
    assert threading.active_count() == before
    with pytest.raises(RuntimeError, match="not running"):
        _ = simulator.address
    with simulator:  # it can be started again
        assert till(simulator).service_status()


def test_stopping_does_not_wait_for_a_client_that_says_nothing() -> None:
    """A TCP connection that never sent HTTP is cut; WebSocket's own patience would be 10 s."""
    simulator = Simulator()
    simulator.start()
    with socket.create_connection(simulator.address, timeout=10) as idle:
        assert till(simulator).service_status()  # it came later, so the idle one was taken before
        before = time.monotonic()
        simulator.stop()
        assert time.monotonic() - before < 2
        with contextlib.suppress(ConnectionResetError):
            assert idle.recv(1) == b""


def test_a_version_that_nobody_speaks_is_refused(raw: Any, simulator: Simulator) -> None:
    """STOMP 1.2, Protocol Negotiation: ERROR, with the versions that the server speaks."""
    client = raw()
    error = client.connect(simulator.license_key, **{"accept-version": "2.0"})
    assert (error.command, error.header("version")) == ("ERROR", "1.0,1.1,1.2")
    assert [refusal.invented for refusal in simulator.refusals] == [False]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_names_of_this_machine_are_certified(host: str) -> None:
    """The certificate holds for the name and for the address that it stands for."""
    with Simulator(host=host, tls=True) as simulator:
        options = ClientOptions(tls=TlsOptions(ca_file=simulator.ca_file))
        key = simulator.license_key
        assert PaymentApi(simulator.server(), license_key=key, options=options).service_status()


@pytest.mark.parametrize(
    ("command", "headers"),
    [
        ("DISCONNECT", {}),
        ("SEND", {"destination": "/nowhere"}),
        ("ACK", {"id": "1"}),
        ("UNSUBSCRIBE", {"id": "99"}),
    ],
)
def test_a_payment_survives_what_its_client_does(
    authenticated: RawClient, simulator: Simulator, command: str, headers: dict[str, str]
) -> None:
    """Leaving, or breaking a rule that ends the connection, does not undo a payment in flight."""
    hold = Hold(Step.AUTHORISATION)
    simulator.next_payment(Behaviour(hold=hold))
    authenticated.subscribe_all("startPayment")
    authenticated.send("/v1/payment", SALE)
    hold.wait_until_reached()
    authenticated.say(command, headers)
    authenticated.wait_until_closed()
    hold.release()
    api = till(simulator)
    while api.service_status().status == "busy":
        pass
    assert [charge.amount for charge in simulator.ledger.charges] == [1099]


def test_a_client_that_unsubscribes_is_not_told(
    authenticated: RawClient, simulator: Simulator
) -> None:
    """The rest of the sequence comes all the same."""
    hold = Hold(Step.CARD)
    simulator.next_payment(Behaviour(hold=hold))
    authenticated.subscribe_all("startPayment")
    authenticated.send("/v1/payment", SALE)
    authenticated.say("UNSUBSCRIBE", {"id": authenticated.ids["/client/v1/payment/notification"]})
    authenticated.say("UNSUBSCRIBE", {"id": authenticated.ids["/client/v1/payment/receipt"]})
    hold.wait_until_reached()
    authenticated.wait_until_read()
    hold.release()
    destinations = []
    while not destinations or not destinations[-1].endswith("/complete"):
        destinations.append(authenticated.next_message()[0])
    assert destinations == ["/client/v1/payment/result", "/client/v1/payment/complete"]
