"""The result message where a scenario says it is another than usual."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from stompws.values import Json
from worldpay_ips import PaymentOutcome, PaymentResult

from .ports import merge, to_bytes, to_json
from .results import make_outcome
from .scenario import TellResult

if TYPE_CHECKING:
    from .payments import Payment


def result_body(payment: "Payment", outcome: PaymentOutcome, step: TellResult) -> bytes | None:
    """The message as it travels; None when it is the usual one."""
    if step == TellResult():
        return None
    outcomes = [
        outcome
        if result == "decided"
        else make_outcome(
            payment.request,
            result,
            paypoint_id=payment.paypoint.id,
            numbers=payment.paypoint.next_numbers(),
        )
        for result in step.payments
    ]
    document = to_json(PaymentResult(payments=(outcome,)))
    if not isinstance(document, Mapping):
        raise TypeError("a message is an object")
    payments: list[Json] = [merge(to_json(one), step.payment_patch) for one in outcomes]
    return to_bytes(merge({**document, "payments": payments}, step.patch))
