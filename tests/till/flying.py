"""Payments that are flown with a recorder, by the bindings alone."""

from pathlib import Path
from typing import Any

from ips_simulator import Simulator
from ips_till.flight import Flight, FlightLog, FlightRecorder, read_flight
from ips_till.journal import Intent
from ips_till.operations import MoneyOperation
from worldpay_ips import (
    CardPresent,
    ClientOptions,
    Instruction,
    PaymentApi,
    PaymentRequest,
    PaymentType,
    RequestValue,
)


def intent(reference: str = "MS1231000001", **more: Any) -> Intent:
    """What a till says before a sale."""
    given = {"paypoint_id": "INST001", "operation": MoneyOperation.SALE, "amount": 1099, **more}
    return Intent(reference=reference, **given)


def sale(reference: str, amount: int = 1099) -> PaymentRequest:
    """A card-present sale."""
    return PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference=reference,
        instruction=Instruction(
            value=RequestValue(amount=amount), payment_instrument=CardPresent()
        ),
    )


def fly(
    simulator: Simulator, folder: Path, reference: str = "MS1231000001", scenario: str = "approved"
) -> tuple[FlightLog, Flight]:
    """Take a sale as a till would, and read what was recorded."""
    log = FlightRecorder(folder)(intent(reference))
    simulator.next_payment(scenario)
    options = ClientOptions(trace=log.trace)
    api = PaymentApi(simulator.server(), license_key=simulator.license_key, options=options)
    log.note("begun")
    result = "none"
    with api.start_payment(sale(reference)) as payment:
        log.note("sent")
        for event in payment:
            if payments := getattr(event.payload, "payments", None):
                result = payments[0].outcome.value
                log.note("result", outcome=result)
    log.note("outcome", kind="approved" if result == "succeeded" else "declined")
    log.end()
    assert log.path is not None
    return log, read_flight(log.path)
