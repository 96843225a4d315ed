"""What a client must not do, and what it is told. Most answers are invented and say so."""

import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from websockets.exceptions import ConnectionClosed

from ips_simulator import Behaviour, Hold, Simulator, Step, invented
from sim_helpers import SALE, RawClient
from stompws.frames import Frame

Raw = Callable[[], RawClient]

ERROR = "/client/v1/error"


def assert_closed_after(client: RawClient, error: Frame) -> None:
    """STOMP: the server closes the connection after ERROR."""
    assert error.command == "ERROR"
    with pytest.raises(ConnectionClosed):
        client.socket.recv(timeout=10)


def test_a_connection_without_key_can_only_register(raw: Raw, simulator: Simulator) -> None:
    """Every destination but registration and error needs an authenticated connection."""
    client = raw()
    assert client.connect().command == "CONNECTED"
    client.subscribe(ERROR, "/client/v1/service/status")
    error = client.next_frame()
    assert (error.header("message") or "").startswith(
        "[invented] this connection has no license key"
    )
    assert_closed_after(client, error)
    assert [refusal.kind for refusal in simulator.refusals] == ["not-authenticated"]


def test_a_bad_key_ends_the_connection(raw: Raw, simulator: Simulator) -> None:
    """CONNECT is answered with ERROR, not with CONNECTED."""
    client = raw()
    error = client.connect("eyJhbGciOiJIUzI1NiJ9.e30.AAAA")
    assert (error.header("message") or "").startswith("[invented] the license key is not valid")
    assert_closed_after(client, error)
    assert "eyJ" not in repr(simulator.refusals)


def test_an_unknown_destination_is_refused(authenticated: RawClient) -> None:
    """There are 25 destinations, each in one direction."""
    authenticated.send("/v1/paymentz", {})
    error = authenticated.next_frame()
    assert "[invented] there is no such destination" in (error.header("message") or "")
    assert_closed_after(authenticated, error)


def test_a_destination_of_the_other_direction_is_unknown(authenticated: RawClient) -> None:
    """A client cannot send to what it subscribes to."""
    authenticated.send("/client/v1/payment/result", {"payments": []})
    assert_closed_after(authenticated, authenticated.next_frame())


def test_a_request_without_subscriptions_is_refused(
    authenticated: RawClient, simulator: Simulator
) -> None:
    """Its replies could not be delivered. Nothing is charged."""
    authenticated.subscribe(ERROR, "/client/v1/payment/result")
    authenticated.send("/v1/payment", SALE)
    destination, error = authenticated.next_message()
    assert destination == ERROR
    assert error["code"] == "90012"
    assert simulator.ledger.charges == ()


def test_without_an_error_subscription_the_refusal_is_a_stomp_error(
    authenticated: RawClient,
) -> None:
    """An error message needs a subscription to travel on."""
    authenticated.send("/v1/payment", SALE)
    assert_closed_after(authenticated, authenticated.next_frame())


def test_a_missing_required_field_is_told_as_documented(authenticated: RawClient) -> None:
    """The one error that is documented: code 10001, the path without `instruction.`."""
    authenticated.subscribe_all("startPayment")
    broken = json.loads(json.dumps(SALE))
    del broken["instruction"]["paymentInstrument"]["type"]
    correlation_id = authenticated.send("/v1/payment", broken)
    frame = authenticated.next_frame()
    assert frame.header("x-wp-correlation-id") == correlation_id
    assert json.loads(frame.body) == {
        "code": "10001",
        "message": "The required field 'paymentInstrument.type' is missing",
    }


@pytest.mark.parametrize(
    ("destination", "operation", "payload", "field"),
    [
        ("/v1/payment", "startPayment", {}, "paymentType"),
        (
            "/v1/payment",
            "startPayment",
            {**SALE, "instruction": {"value": {}, "paymentInstrument": {"type": "card/present"}}},
            "value.amount",
        ),
        ("/v1/payment/query/result", "queryPaymentResult", {}, "merchantTransactionReference"),
        ("/v1/payment/report/batch", "requestBatchReport", {}, "closeBatch"),
    ],
)
def test_each_missing_field_is_named(
    authenticated: RawClient, destination: str, operation: str, payload: object, field: str
) -> None:
    """The first field that is missing is named by its path."""
    authenticated.subscribe_all(operation)
    authenticated.send(destination, payload)
    _, error = authenticated.next_message()
    assert error == {"code": "10001", "message": f"The required field '{field}' is missing"}


@pytest.mark.parametrize(
    "payload",
    [
        "{",
        "[]",
        '"4929491234560002"',
        {**SALE, "paymentType": "gift"},
        {**SALE, "merchantTransactionReference": "4929 4912 3456 0002"},
        {**SALE, "instruction": {**SALE["instruction"], "value": {"amount": 10.5}}},
        {**SALE, "instruction": {**SALE["instruction"], "value": {"amount": -1}}},
        {**SALE, "instruction": {**SALE["instruction"], "value": {"amount": "1099"}}},
    ],
)
def test_a_malformed_message_is_refused_without_quoting_it(
    authenticated: RawClient, simulator: Simulator, payload: object
) -> None:
    """Requests are read strictly; the answer names places and rules, never a value."""
    authenticated.subscribe_all("startPayment")
    authenticated.send("/v1/payment", payload)
    destination, error = authenticated.next_message()
    assert destination == ERROR
    assert error["code"] == "90020"
    assert str(error["message"]).startswith("[invented] the message is not valid")
    assert "4929" not in str(error)
    assert "4929" not in repr(simulator.refusals)
    assert simulator.ledger.charges == ()


def test_a_second_request_on_a_connection_is_refused(
    authenticated: RawClient, simulator: Simulator
) -> None:
    """Each request needs a connection of its own; the first one goes on."""
    hold = Hold(Step.CARD)
    simulator.next_payment(Behaviour(hold=hold))
    authenticated.subscribe_all("startPayment")
    first = authenticated.send("/v1/payment", SALE)
    authenticated.next_message()
    hold.wait_until_reached()
    second = authenticated.send("/v1/payment", {**SALE, "merchantTransactionReference": "M2"})
    refusal = authenticated.next_frame()
    assert refusal.header("x-wp-correlation-id") == second
    assert json.loads(refusal.body)["code"] == "90010"
    hold.release()
    frames = [authenticated.next_frame() for _ in range(7)]
    assert {frame.header("x-wp-correlation-id") for frame in frames} == {first}
    assert frames[-1].header("destination") == "/client/v1/payment/complete"
    assert len(simulator.ledger.charges) == 1


def test_a_request_after_the_end_is_refused(authenticated: RawClient) -> None:
    """After the last message the client must disconnect."""
    authenticated.subscribe_all("requestOfflineReport")
    authenticated.send("/v1/payment/report/offline", {})
    authenticated.next_message()
    authenticated.send("/v1/payment/report/offline", {})
    error = authenticated.next_frame()
    assert "a connection carries one request" in (error.header("message") or "")
    assert_closed_after(authenticated, error)


def answer(action: str, **more: object) -> dict[str, object]:
    return {"merchantTransactionReference": "M1", "data": {"action": action, **more}}


def ask_for_signature(client: RawClient, simulator: Simulator) -> str:
    """Bring a payment to the question whether the signature matches."""
    simulator.next_payment(Behaviour(actions=["signature-verification"]))
    client.subscribe_all("startPayment")
    correlation_id = client.send("/v1/payment", SALE)
    while client.next_message()[0] != "/client/v1/payment/action":
        pass
    return correlation_id


def test_the_answer_to_another_question_is_refused(
    authenticated: RawClient, simulator: Simulator
) -> None:
    """The action of an answer is the one that was asked for. The payment ends without a charge."""
    correlation_id = ask_for_signature(authenticated, simulator)
    wrong = answer("avs-confirmation", isAvsConfirmed=True)
    authenticated.send("/v1/payment/action", wrong, correlation_id)
    assert authenticated.next_message()[1]["code"] == "90023"
    assert simulator.ledger.charges == ()


def test_an_answer_for_another_payment_is_refused(
    authenticated: RawClient, simulator: Simulator
) -> None:
    """The reference of an answer is that of the payment."""
    correlation_id = ask_for_signature(authenticated, simulator)
    wrong = answer("signature-verification", isSignatureVerified=True)
    wrong["merchantTransactionReference"] = "M2"
    authenticated.send("/v1/payment/action", wrong, correlation_id)
    assert authenticated.next_message()[1]["code"] == "90021"
    assert simulator.ledger.charges == ()


def test_an_answer_that_nobody_asked_for_is_refused(
    authenticated: RawClient, simulator: Simulator
) -> None:
    """One confirmation for each action, and none without."""
    hold = Hold(Step.CARD)
    simulator.next_payment(Behaviour(hold=hold))
    authenticated.subscribe_all("startPayment")
    correlation_id = authenticated.send("/v1/payment", SALE)
    authenticated.next_message()
    unasked = answer("voice-authorisation", authorisationCode="12345")
    authenticated.send("/v1/payment/action", unasked, correlation_id)
    assert authenticated.next_message()[1]["code"] == "90022"
    assert simulator.ledger.charges == ()


def test_a_second_answer_is_refused(authenticated: RawClient, simulator: Simulator) -> None:
    """Clients send a single message for each action."""
    hold = Hold(Step.RECEIPTS)
    simulator.next_payment(Behaviour(actions=["avs-confirmation"], hold=hold))
    authenticated.subscribe_all("startPayment")
    correlation_id = authenticated.send("/v1/payment", SALE)
    while authenticated.next_message()[0] != "/client/v1/payment/action":
        pass
    yes = answer("avs-confirmation", isAvsConfirmed=True)
    authenticated.send("/v1/payment/action", yes, correlation_id)
    hold.wait_until_reached()
    authenticated.send("/v1/payment/action", yes, correlation_id)
    assert authenticated.next_message()[1]["code"] == "90022"


def test_an_abort_without_a_payment_is_refused(
    authenticated: RawClient, simulator: Simulator
) -> None:
    """An abort belongs into the session of its payment."""
    authenticated.subscribe(ERROR)
    authenticated.send("/v1/payment/abort", {"merchantTransactionReference": "M1"})
    assert authenticated.next_message()[1]["code"] == "90013"
    assert [refusal.operation for refusal in simulator.refusals] == ["abortPayment"]


def test_a_query_for_another_payment_is_refused(authenticated: RawClient) -> None:
    """Only the last payment can be asked for."""
    authenticated.subscribe_all("queryPaymentResult")
    authenticated.send("/v1/payment/query/result", {"merchantTransactionReference": "M9"})
    assert authenticated.next_message()[1] == {
        "code": "90032",
        "message": "[invented] this is not the reference of the last payment",
    }


def test_every_invented_answer_says_so() -> None:
    """Nobody shall take one for Worldpay's: marked text, a code of ours, and what is unknown."""
    found = [value for value in vars(invented).values() if isinstance(value, invented.Invention)]
    assert len(found) > 10
    assert len({invention.code for invention in found}) == len(found)
    for invention in found:
        assert invention.message.startswith("[invented] ")
        assert re.fullmatch("9[0-9]{4}", invention.code)
        assert invention.unknown


def test_what_is_not_stomp_ends_the_connection(raw: Raw, simulator: Simulator) -> None:
    """The rest of the connection could not be understood."""
    client = raw()
    client.socket.send("GET / HTTP/1.1\n\n\0")
    assert_closed_after(client, client.next_frame())
    assert [refusal.kind for refusal in simulator.refusals] == ["broken-protocol"]


@pytest.mark.parametrize("path", ["/", "/ipc-app/payment/", "/ipc-app/payment/a%20b", "/v1"])
def test_another_path_is_not_found(simulator: Simulator, path: str) -> None:
    """A plain sentence tells where a paypoint is."""
    host, port = simulator.address
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"http://{host}:{port}{path}", timeout=10)
    with caught.value as response:
        assert response.code == 404
        assert b"/ipc-app/payment/" in response.read()


def test_one_payment_at_a_time(raw: Raw, simulator: Simulator) -> None:
    """A second payment on a busy paypoint ends as `aborted-busy`; another paypoint is not busy."""
    hold = Hold(Step.CARD)
    simulator.next_payment(Behaviour(hold=hold))
    first, second = raw(), raw()
    for client in (first, second):
        client.connect(simulator.license_key)
        client.subscribe_all("startPayment")
    first.send("/v1/payment", SALE)
    hold.wait_until_reached()
    second.send("/v1/payment", {**SALE, "merchantTransactionReference": "M2"})
    destination, result = second.next_message()
    assert destination == "/client/v1/payment/result"
    assert result["payments"][0]["result"] == "aborted-busy"  # type: ignore[index]
    assert second.next_message()[0] == "/client/v1/payment/complete"
    hold.release()
    while first.next_message()[0] != "/client/v1/payment/complete":
        pass
    charged = [charge.merchant_transaction_reference for charge in simulator.ledger.charges]
    assert charged == ["M1"]


def test_stopping_leaves_nothing_behind(simulator: Simulator) -> None:
    """No thread and no open connection, also in the middle of a payment."""
    hold = Hold(Step.CARD)
    simulator.next_payment(Behaviour(hold=hold))
    client = RawClient(simulator)
    client.connect(simulator.license_key)
    client.subscribe_all("startPayment")
    client.send("/v1/payment", SALE)
    hold.wait_until_reached()
    simulator.stop()
    assert [thread for thread in threading.enumerate() if thread.name == "ips-simulator"] == []
    client.next_frame()  # the notification
    with pytest.raises(ConnectionClosed):
        client.next_frame()
    hold.release()
