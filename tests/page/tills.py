"""Tills that pay at a simulator while a test clicks on its page."""

import threading

import attrs

from ips_simulator import Simulator
from stompws.errors import LinkError
from worldpay_ips import (
    CardPresent,
    Instruction,
    PaymentActionDone,
    PaymentActionRequired,
    PaymentApi,
    PaymentRequest,
    PaymentResult,
    PaymentType,
    RequestValue,
    SignatureVerificationDone,
    SignatureVerificationRequired,
)

PATIENCE = 10.0


class Till:
    """One payment, in a thread. What came of it stands in `result` or `error` when it has ended."""

    def __init__(self, api: PaymentApi, amount: int, reference: str) -> None:
        self.reference = reference
        self.result: str | None = None
        self.error: Exception | None = None
        self._api, self._amount = api, amount
        self._thread = threading.Thread(target=self._run, name=f"till {reference}", daemon=True)
        self._thread.start()

    def wait(self) -> "Till":
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), f"{self.reference} has not ended"
        return self

    def _run(self) -> None:
        request = PaymentRequest(
            payment_type=PaymentType.SALE,
            merchant_transaction_reference=self.reference,
            instruction=Instruction(
                value=RequestValue(amount=self._amount), payment_instrument=CardPresent()
            ),
        )
        try:
            with self._api.start_payment(request) as payment:
                for event in payment:
                    match event.payload:
                        case PaymentActionRequired(data=SignatureVerificationRequired()):
                            data = SignatureVerificationDone(is_signature_verified=True)
                            payment.confirm_payment_action(
                                PaymentActionDone(
                                    merchant_transaction_reference=self.reference, data=data
                                )
                            )
                        case PaymentResult(payments=[outcome, *_]):
                            self.result = outcome.result
        except LinkError as exc:
            self.error = exc


@attrs.define
class Tills:
    """All tills of a test."""

    simulator: Simulator
    started: list[Till] = attrs.field(factory=list[Till])

    def pay(self, amount: int = 1099, paypoint_id: str = "INST001") -> Till:
        """Start a sale and return at once."""
        server = self.simulator.server(paypoint_id)
        api = PaymentApi(server, license_key=self.simulator.license_key)
        till = Till(api, amount, f"PAGE-{len(self.started) + 1}")
        self.started.append(till)
        return till

    def wait_for_all(self) -> None:
        for till in self.started:
            till.wait()
