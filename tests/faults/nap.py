"""A consumer that sleeps while messages arrive: it loses nothing, and the link lives on."""

import time
from typing import Any, Final

import attrs
from tests.faults.operations import REFERENCE

from fault_relay import FaultRelay, Lane
from ips_simulator import Behaviour, Simulator
from ips_simulator.behaviour import Hold, Step
from worldpay_ips import (
    CardPresent,
    Instruction,
    OnPremise,
    PaymentApi,
    PaymentRequest,
    PaymentType,
    RequestValue,
)

_NOTIFICATIONS: Final = 200  # before the nap's middle, and as many after it
_FIXED_MESSAGES: Final = 4  # two receipts, result, completion


@attrs.frozen(kw_only=True)
class Nap:
    """What was seen while the consumer slept."""

    seconds: float
    messages: int
    expected: int
    beats_sent: int
    beats_received: int

    @property
    def violations(self) -> tuple[str, ...]:
        """What should not be; empty when nothing was lost."""
        found: list[str] = []
        if self.messages != self.expected:
            found.append(f"{self.messages} of {self.expected} messages were delivered")
        least = int(self.seconds / 10)  # both sides beat every ten seconds, or a little earlier
        if min(self.beats_sent, self.beats_received) < least:
            beats = f"{self.beats_sent} sent, {self.beats_received} received"
            found.append(f"expected {least} heart-beats each way, {beats}")
        return tuple(found)


def take_a_nap(seconds: float) -> Nap:
    """Start a payment, sleep, and only then read what came."""
    hold = Hold(Step.AUTHORISATION)
    behaviour = Behaviour(
        before_card=("PLEASE INSERT CARD",) * _NOTIFICATIONS,
        after_card=("ENTER PIN",) * _NOTIFICATIONS,
        hold=hold,
    )
    request = PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference=REFERENCE,
        instruction=Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent()),
    )
    events: list[Any] = []
    with Simulator(behaviour=behaviour) as simulator, FaultRelay(simulator.address) as relay:
        server = OnPremise(host="127.0.0.1", port=relay.port, paypoint_id="INST001", plain=True)
        api = PaymentApi(server, license_key=simulator.license_key)
        with api.start_payment(request) as payment:
            time.sleep(seconds / 2)
            hold.release()
            time.sleep(seconds / 2)
            events.extend(payment)
        lanes = relay.connections[0]
        return Nap(
            seconds=seconds,
            messages=len({event.headers.x_wp_message_id for event in events}),
            expected=2 * _NOTIFICATIONS + _FIXED_MESSAGES,
            beats_sent=_beats(lanes.to_server),
            beats_received=_beats(lanes.to_client),
        )


def _beats(lane: Lane) -> int:
    return sum(piece.payload == b"\n" for piece in lane.passed if piece.number is None)
