"""Several frames in one WebSocket message: what follows is there before the first is answered."""

import json
from collections.abc import Callable

import pytest

from ips_simulator import Simulator
from sim_helpers import CORRELATION, SALE, RawClient
from stompws.frames import Frame, Version, encode_frame, make_headers

PAYMENT, NOWHERE, GARBAGE = "/v1/payment", "/v1/nowhere", "GARBAGE\n\n\0"


def frame(command: str, headers: dict[str, str], payload: object = None) -> str:
    body = b"" if payload is None else json.dumps(payload).encode()
    return encode_frame(Frame(command, make_headers(headers), body), Version.V1_2).decode()


def send(destination: str, payload: object) -> str:
    return frame("SEND", {"destination": destination, CORRELATION: "c-1"}, payload)


DISCONNECT = frame("DISCONNECT", {"receipt": "bye"})


@pytest.mark.parametrize(
    ("piece", "commands", "code", "kinds"),
    [
        (send(PAYMENT, {}) + DISCONNECT, ["RECEIPT"], 1000, ["malformed-body"]),
        (send(NOWHERE, {}) + DISCONNECT, ["RECEIPT"], 1000, ["unknown-destination"]),
        (send(PAYMENT, {}) + GARBAGE, ["ERROR"], 1008, ["malformed-body", "broken-protocol"]),
        (send(NOWHERE, {}) + GARBAGE, ["ERROR"], 1008, ["unknown-destination", "broken-protocol"]),
        (send(NOWHERE, {}) * 2, ["ERROR"], 1008, ["unknown-destination"] * 2),
        (send(NOWHERE, {}) + send(PAYMENT, SALE), ["ERROR"], 1008, ["unknown-destination"]),
        (DISCONNECT + GARBAGE, [], 1000, []),
    ],
)
def test_a_refusal_and_what_ends_the_connection_in_one_piece(
    authenticated: RawClient,
    simulator: Simulator,
    piece: str,
    commands: list[str],
    code: int,
    kinds: list[str],
) -> None:
    """Every refusal is noted; what can still be said is said, once; nothing follows ERROR.

    After a goodbye only its receipt is said, and that not when garbage follows it.
    """
    authenticated.subscribe_all("startPayment")
    authenticated.wait_until_read()
    authenticated.socket.send(piece)
    assert [authenticated.next_frame().command for _ in commands] == commands
    authenticated.wait_until_closed()
    assert authenticated.socket.close_code == code
    assert [refusal.kind for refusal in simulator.refusals] == kinds
    assert simulator.ledger.charges == ()


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("spoilt", ["id:last", "x-wp-correlation-id:c-1", "receipt:r-1"])
def test_an_id_that_no_reply_could_carry_is_refused_before_anything_is_charged(
    raw: Callable[[], RawClient], simulator: Simulator, version: str, spoilt: str
) -> None:
    """In STOMP 1.0 and 1.1 a CR belongs to the value and cannot be written back."""
    client = raw()
    connected = client.connect(simulator.license_key, **{"accept-version": version})
    assert connected.command == "CONNECTED"
    listen = "SUBSCRIBE\nid:last\ndestination:/client/v1/error\nx-wp-correlation-id:c-1\n"
    listen += "receipt:r-1\n\n\0"
    client.socket.send(listen.replace(spoilt, spoilt + "\r") + send(PAYMENT, SALE))
    error = client.next_frame()
    assert error.command == "ERROR"
    assert "cannot write this value back" in (error.header("message") or "")
    client.wait_until_closed()
    assert client.socket.close_code == 1008
    assert [refusal.kind for refusal in simulator.refusals] == ["broken-protocol"]
    assert simulator.ledger.charges == ()


def test_a_card_number_in_a_destination_is_not_repeated(
    authenticated: RawClient, simulator: Simulator
) -> None:
    """Neither to the client nor in the record of refusals."""
    authenticated.send("/v1/payment/4929491234560002", {})
    error = authenticated.next_frame()
    assert "no such destination: a name of 28 characters" in (error.header("message") or "")
    assert "4929" not in repr((error.headers, simulator.refusals))


def test_a_whole_visit_in_one_piece(raw: Callable[[], RawClient], simulator: Simulator) -> None:
    """What stands behind CONNECT is read as if it had come right after CONNECTED."""
    client = raw()
    greeting = {"accept-version": "1.2", "host": "x", "x-wp-authorization": simulator.license_key}
    listen = frame("SUBSCRIBE", {"id": "1", "destination": "/client/v1/error"})
    listen += frame("SUBSCRIBE", {"id": "2", "destination": "/client/v1/service/status"})
    client.socket.send(frame("CONNECT", greeting) + listen)
    assert client.next_frame().command == "CONNECTED"
    assert client.next_message()[1] == {"status": "not-busy"}
    client.say("DISCONNECT", {"receipt": "bye"})
    assert client.next_frame().command == "RECEIPT"
    assert simulator.refusals == ()
