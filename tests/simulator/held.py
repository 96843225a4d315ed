"""A payment that waits for its card, for tests of what else happens meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from crowd import payment
from ips_simulator import Behaviour, Hold, Simulator, Step
from worldpay_ips import PaymentApi, PaymentRequest, PaymentType, StartPayment

PATIENCE = 10.0  # seconds any test waits for what must come


def sale(amount: int = 1099) -> PaymentRequest:
    return payment(PaymentType.SALE, "M1", amount)


@contextmanager
def held_payment(simulator: Simulator, api: PaymentApi) -> Iterator[tuple[StartPayment, Hold]]:
    """A payment that waits for its card."""
    hold = Hold(Step.CARD)
    simulator.next_payment(Behaviour(hold=hold))
    conversation = api.start_payment(sale())
    try:
        hold.wait_until_reached()
        yield conversation, hold
    finally:
        hold.release()
        conversation.close()
