"""A till as its user's type checker sees it, against the installed package. Never run."""

from typing import assert_type

from worldpay_ips import (
    CardPresent,
    Instruction,
    OnPremise,
    PaymentApi,
    PaymentOutcome,
    PaymentRequest,
    PaymentResult,
    PaymentType,
    RequestValue,
    ServiceStatus,
    StartPaymentPayload,
)

api = PaymentApi(OnPremise(host="till-server", port=7080, paypoint_id="INST001"), license_key="…")
assert_type(api.service_status(), ServiceStatus)
sale = PaymentRequest(
    payment_type=PaymentType.SALE,
    merchant_transaction_reference="MS1231000001",
    instruction=Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent()),
)
with api.start_payment(sale) as payment:
    for event in payment:
        assert_type(event.payload, StartPaymentPayload)
        match event.payload:
            case PaymentResult(payments=[outcome]):
                assert_type(outcome, PaymentOutcome)
            case _:
                pass
