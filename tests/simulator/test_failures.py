"""When the simulator itself is at fault: here by behaviours that cannot be played."""

import logging
from typing import Any

import pytest

from ips_simulator import Behaviour, Simulator
from sim_helpers import SALE, RawClient, till
from worldpay_ips import PaymentResultQuery, Result

CARD = "4929491234560002"


class Odd:
    """No text, and nothing that can be iterated."""

    def __iter__(self) -> Any:
        raise RuntimeError(CARD)


@pytest.mark.parametrize(
    ("texts", "detail"),
    [
        (
            (int(CARD),),
            "InvalidMessageError: PaymentNotification: $.notificationText: expected string",
        ),
        (Odd(), "RuntimeError"),
    ],
)
def test_a_fault_of_the_simulator_is_told_noted_and_logged(
    authenticated: RawClient,
    simulator: Simulator,
    caplog: pytest.LogCaptureFixture,
    texts: Any,
    detail: str,
) -> None:
    """No client waits in vain: STOMP ERROR, the end of the connection, and a line for people.

    The text of an error that is not ours is told to nobody: it may quote anything.
    """
    simulator.next_payment(Behaviour(before_card=texts))
    authenticated.subscribe_all("startPayment")
    with caplog.at_level(logging.DEBUG, logger="ips_simulator"):
        authenticated.send("/v1/payment", SALE)
        error = authenticated.next_frame()
        authenticated.wait_until_closed()
    assert error.command == "ERROR"
    message = error.header("message") or ""
    assert message.startswith(f"[invented] the simulator has failed: {detail}")
    assert authenticated.socket.close_code == 1011
    (refusal,) = simulator.refusals
    assert (refusal.kind, refusal.code, refusal.operation) == ("failed", "90040", "startPayment")
    assert refusal.message == message
    logged = [record.getMessage() for record in caplog.records if record.name == "ips_simulator"]
    assert len(logged) == 1
    assert logged[0].startswith(f"startPayment: {message}")
    assert "payments.py:" in logged[0]
    assert CARD not in repr((message, simulator.refusals)) + caplog.text


def test_a_payment_that_the_simulator_could_not_play_has_failed(
    authenticated: RawClient, simulator: Simulator
) -> None:
    """It is not in progress for ever, nothing is charged, and the paypoint takes the next one."""
    simulator.next_payment(Behaviour(before_card=Odd()))  # type: ignore[arg-type]
    authenticated.subscribe_all("startPayment")
    authenticated.send("/v1/payment", SALE)
    authenticated.wait_until_closed()
    api = till(simulator)
    query = PaymentResultQuery(merchant_transaction_reference="M1")
    assert api.query_payment_result(query).payments[0].result is Result.FAILED
    assert api.service_status().status == "not-busy"
    assert simulator.ledger.charges == ()
