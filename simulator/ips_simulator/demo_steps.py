"""The 14 operations that a till can start, each as a small story."""

from collections.abc import Callable, Mapping
from typing import Final

from worldpay_ips import (
    BatchReportRequest,
    Outcome,
    PaymentAbort,
    PaymentActionDone,
    PaymentCancellation,
    PaymentReceiptQuery,
    PaymentResultQuery,
    PaymentSettlement,
    PaymentType,
    PointOfSaleRegistrationRequest,
    ReceiptType,
    RequestValue,
    VoiceAuthorisationDone,
)

from .behaviour import Ask, Behaviour, Hold, Step
from .demo_till import DemoError, Till, card_of, expect, gateway_reference, merchant_reference
from .demo_view import money

Play = Callable[[Till], str]


def _register(till: Till) -> str:
    pos = till.simulator.point_of_sale
    till.sent("registerPointOfSale", f"point of sale {pos.id}, {pos.reference}")
    reply = till.api.register_point_of_sale(
        PointOfSaleRegistrationRequest(
            point_of_sale_id=pos.id,
            point_of_sale_reference=pos.reference,
            point_of_sale_activation_code=till.simulator.activation_code,
        )
    )
    till.received("onPointOfSaleRegistered", reply)
    till.use_key(reply.point_of_sale_license_key)
    return "registered; from now on the till connects with its license key"


def _sale(till: Till) -> str:
    request = till.payment(PaymentType.SALE, 1099)
    till.sent("startPayment", "sale of 10.99, card present")
    outcome = till.follow(till.api.start_payment(request), receipts=2)
    till.last = expect(outcome, Outcome.SUCCEEDED)
    return f"approved, reference {merchant_reference(outcome)}"


def _query_result(till: Till) -> str:
    reference = merchant_reference(till.last_sale)
    till.sent("queryPaymentResult", f"reference {reference}")
    reply = till.api.query_payment_result(
        PaymentResultQuery(merchant_transaction_reference=reference)
    )
    till.received("onPaymentResult", reply)
    if reply.payments != (till.last_sale,):
        raise DemoError("the result is another than that of the sale")
    return "the same result as the sale's; a lost one can be asked for"


def _query_receipt(till: Till) -> str:
    reference = merchant_reference(till.last_sale)
    till.sent("queryPaymentReceipt", f"the customer's, {reference}")
    conversation = till.api.query_payment_receipt(
        PaymentReceiptQuery(merchant_transaction_reference=reference, type=ReceiptType.CUSTOMER)
    )
    with conversation:
        for event in conversation:
            till.view.received(event.operation, event.payload)
    return "the receipt can be printed again"


def _action(till: Till) -> str:
    request = till.payment(PaymentType.SALE, 25000)
    till.simulator.next_payment(Behaviour(actions=[Ask.VOICE_AUTHORISATION]))
    till.sent("startPayment", "sale of 250.00, to be referred")
    payment = till.api.start_payment(request)

    def call() -> None:
        till.sent("confirmPaymentAction", "the code of the call, not shown")
        payment.confirm_payment_action(
            PaymentActionDone(
                merchant_transaction_reference=request.merchant_transaction_reference,
                data=VoiceAuthorisationDone(authorisation_code="12345"),
            )
        )

    expect(till.follow(payment, receipts=2, on_action=call), Outcome.SUCCEEDED)
    return "approved by telephone; a signature or an address is asked about alike"


def _abort(till: Till) -> str:
    request = till.payment(PaymentType.SALE, 799)
    # The cardholder takes their time: the simulator waits where the card would be inserted.
    till.simulator.next_payment(Behaviour(hold=Hold(Step.CARD)))
    till.sent("startPayment", "sale of 7.99; nobody inserts a card")
    payment = till.api.start_payment(request)

    def give_up() -> None:
        till.sent("abortPayment", "the customer has left")
        reference = request.merchant_transaction_reference
        payment.abort_payment(PaymentAbort(merchant_transaction_reference=reference))

    expect(till.follow(payment, receipts=0, on_notification=give_up), Outcome.FAILED)
    return "aborted before the card was used; nothing was charged"


def _settle(till: Till) -> str:
    till.sent("startPayment", "pre-authorisation of 80.00")
    request = till.payment(PaymentType.PRE_AUTH, 8000)
    authorised = expect(till.follow(till.api.start_payment(request), receipts=2), Outcome.SUCCEEDED)
    till.sent("settlePayment", "65.00 of the 80.00")
    settlement = PaymentSettlement(
        merchant_transaction_reference=request.merchant_transaction_reference,
        gateway_transaction_reference=gateway_reference(authorised),
        value=RequestValue(amount=6500),
        payment_instrument=card_of(authorised),
    )
    expect(till.follow(till.api.settle_payment(settlement), receipts=0), Outcome.SUCCEEDED)
    return "settled; it may be less than was authorised"


def _cancel(till: Till) -> str:
    sale = till.last_sale
    till.sent("cancelPayment", f"the sale {merchant_reference(sale)}")
    cancellation = PaymentCancellation(
        merchant_transaction_reference=merchant_reference(sale),
        gateway_transaction_reference=gateway_reference(sale),
        payment_instrument=card_of(sale),
    )
    expect(till.follow(till.api.cancel_payment(cancellation), receipts=2), Outcome.SUCCEEDED)
    return "cancelled; it will not be settled"


def _batch(till: Till) -> str:
    till.sent("requestBatchReport", "X report, the batch stays open")
    report = till.api.request_batch_report(BatchReportRequest(close_batch=False))
    till.received("onBatchReport", report)
    totals = till.simulator.ledger.totals()
    if (report.sale_count, report.sale_total_amount) != (totals.sale_count, totals.sale_amount):
        raise DemoError("the report does not add up with the ledger")
    return f"adds up with the ledger: {money(totals.sale_amount)}"


def _offline(till: Till) -> str:
    till.sent("requestOfflineReport", "empty")
    report = till.api.request_offline_report()
    till.received("onOfflineReport", report)
    return "nothing waits to be sent on" if not report.count else "some wait to be sent on"


def _device(till: Till) -> str:
    till.sent("deviceStatus", "subscribing is the request")
    status = till.api.device_status()
    till.received("deviceStatus", status)
    return "the payment device is there"


def _service(till: Till) -> str:
    till.sent("serviceStatus", "subscribing is the request")
    status = till.api.service_status()
    till.received("serviceStatus", status)
    return "the payment service takes requests"


def _restart(till: Till) -> str:
    till.sent("restartDevice", "empty")
    till.received("onDeviceRestart", till.api.restart_device())
    return "the payment device restarts"


def _refresh(till: Till) -> str:
    till.sent("refreshRegistration", "empty")
    reply = till.api.refresh_registration()
    till.received("onRegistrationRefreshed", reply)
    till.use_key(reply.point_of_sale_license_key)
    till.api.service_status()
    return "the new license key works"


TOUR: Final[Mapping[str, tuple[str, Play]]] = {
    "registerPointOfSale": ("register the point of sale", _register),
    "startPayment": ("take a card-present sale", _sale),
    "queryPaymentResult": ("ask for the result again", _query_result),
    "queryPaymentReceipt": ("ask for a receipt again", _query_receipt),
    "confirmPaymentAction": ("answer a question in a payment", _action),
    "abortPayment": ("abort a payment in time", _abort),
    "settlePayment": ("settle a pre-authorisation", _settle),
    "cancelPayment": ("cancel the sale", _cancel),
    "requestBatchReport": ("report on the batch", _batch),
    "requestOfflineReport": ("report on stored transactions", _offline),
    "deviceStatus": ("ask for the device", _device),
    "serviceStatus": ("ask for the service", _service),
    "restartDevice": ("restart the device", _restart),
    "refreshRegistration": ("renew the license key", _refresh),
}
"""The operations in their order: title, and what is done."""
