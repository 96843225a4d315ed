"""The 14 operations, each as a till would play it to its end."""

from collections.abc import Callable
from typing import Any, Final

import attrs

from ips_simulator import Behaviour, Simulator
from ips_simulator.behaviour import Ask, Hold, Step
from ips_simulator.demo_till import card_of, gateway_reference
from stompws.client import ClientConversation, Event
from stompws.errors import OutcomeUnknownError
from worldpay_ips import (
    BatchReportRequest,
    CardPresent,
    Instruction,
    PaymentAbort,
    PaymentActionDone,
    PaymentActionRequired,
    PaymentApi,
    PaymentCancellation,
    PaymentNotification,
    PaymentOutcome,
    PaymentReceiptQuery,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentSettlement,
    PaymentType,
    PointOfSaleRegistrationRequest,
    ReceiptType,
    RequestValue,
    VoiceAuthorisationDone,
)

REFERENCE: Final = "MS1231000001"

Keep = Callable[[Event[Any]], None]
Play = Callable[[PaymentApi, Any, Keep], None]


def _nothing(_api: PaymentApi, _simulator: Simulator) -> None:
    """Nothing comes before it."""


@attrs.frozen
class Operation:
    """How one operation is played, and what it leaves in the ledger."""

    opens: str
    """The operation that opens the conversation."""

    play: Play
    """Plays it to the end, and keeps every event."""

    prepare: Callable[[PaymentApi, Simulator], Any] = _nothing
    """What comes before it in a shop, over a link that works. Its result is given to `play`."""

    behaviour: Callable[[], Behaviour] = Behaviour
    """How the simulator plays the payment of this operation."""

    charges: int = 0
    """How many entries of the ledger it makes when it is played to its end."""


def _request(kind: PaymentType) -> PaymentRequest:
    value = RequestValue(amount=1099)
    return PaymentRequest(
        payment_type=kind,
        merchant_transaction_reference=REFERENCE,
        instruction=Instruction(value=value, payment_instrument=CardPresent()),
    )


def _paid(kind: PaymentType) -> Callable[[PaymentApi, Simulator], PaymentOutcome]:
    def prepare(api: PaymentApi, _simulator: Simulator) -> PaymentOutcome:
        with api.start_payment(_request(kind)) as payment:
            results = [e.payload for e in payment if isinstance(e.payload, PaymentResult)]
        outcome: PaymentOutcome = results[0].payments[0]
        return outcome

    return prepare


def _follow(
    conversation: ClientConversation[Any],
    keep: Keep,
    cue: type | None = None,
    say: Callable[[], None] | None = None,
) -> None:
    """Read to the end; say something, once, when a message of the type `cue` comes."""
    with conversation:
        for event in conversation:
            keep(event)
            if say is not None and cue is not None and isinstance(event.payload, cue):
                once, say = say, None
                try:
                    once()
                except OutcomeUnknownError:
                    continue  # what had arrived by then can still be read


def _sale(api: PaymentApi, _prepared: object, keep: Keep) -> None:
    _follow(api.start_payment(_request(PaymentType.SALE)), keep)


def _action(api: PaymentApi, _prepared: object, keep: Keep) -> None:
    payment = api.start_payment(_request(PaymentType.SALE))
    done = PaymentActionDone(
        merchant_transaction_reference=REFERENCE,
        data=VoiceAuthorisationDone(authorisation_code="12345"),
    )
    _follow(payment, keep, PaymentActionRequired, lambda: payment.confirm_payment_action(done))


def _abort(api: PaymentApi, _prepared: object, keep: Keep) -> None:
    payment = api.start_payment(_request(PaymentType.SALE))
    abort = PaymentAbort(merchant_transaction_reference=REFERENCE)
    _follow(payment, keep, PaymentNotification, lambda: payment.abort_payment(abort))


def _settle(api: PaymentApi, paid: PaymentOutcome, keep: Keep) -> None:
    settlement = PaymentSettlement(
        merchant_transaction_reference=REFERENCE,
        gateway_transaction_reference=gateway_reference(paid),
        value=RequestValue(amount=650),
        payment_instrument=card_of(paid),
    )
    _follow(api.settle_payment(settlement), keep)


def _cancel(api: PaymentApi, paid: PaymentOutcome, keep: Keep) -> None:
    cancellation = PaymentCancellation(
        merchant_transaction_reference=REFERENCE,
        gateway_transaction_reference=gateway_reference(paid),
        payment_instrument=card_of(paid),
    )
    _follow(api.cancel_payment(cancellation), keep)


def _query_result(api: PaymentApi, _prepared: object, _keep: Keep) -> None:
    api.query_payment_result(PaymentResultQuery(merchant_transaction_reference=REFERENCE))


def _query_receipt(api: PaymentApi, _prepared: object, keep: Keep) -> None:
    kind = ReceiptType.CUSTOMER
    query = PaymentReceiptQuery(merchant_transaction_reference=REFERENCE, type=kind)
    _follow(api.query_payment_receipt(query), keep)


def _registration(_api: PaymentApi, simulator: Simulator) -> PointOfSaleRegistrationRequest:
    pos = simulator.point_of_sale
    return PointOfSaleRegistrationRequest(
        point_of_sale_id=pos.id,
        point_of_sale_reference=pos.reference,
        point_of_sale_activation_code=simulator.activation_code,
    )


def _register(api: PaymentApi, request: PointOfSaleRegistrationRequest, _keep: Keep) -> None:
    api.register_point_of_sale(request)


def _batch(api: PaymentApi, _prepared: object, _keep: Keep) -> None:
    api.request_batch_report(BatchReportRequest(close_batch=False))


def _plain(method: str) -> Play:
    def play(api: PaymentApi, _prepared: object, _keep: Keep) -> None:
        getattr(api, method)()

    return play


def _voice() -> Behaviour:
    return Behaviour(actions=[Ask.VOICE_AUTHORISATION])


def _held() -> Behaviour:
    return Behaviour(hold=Hold(Step.CARD))


_SALE: Final = _paid(PaymentType.SALE)

OPERATIONS: Final = {
    "registerPointOfSale": Operation("registerPointOfSale", _register, _registration),
    "refreshRegistration": Operation("refreshRegistration", _plain("refresh_registration")),
    "startPayment": Operation("startPayment", _sale, charges=1),
    "confirmPaymentAction": Operation("startPayment", _action, behaviour=_voice, charges=1),
    "abortPayment": Operation("startPayment", _abort, behaviour=_held),
    "settlePayment": Operation("settlePayment", _settle, _paid(PaymentType.PRE_AUTH), charges=1),
    "cancelPayment": Operation("cancelPayment", _cancel, _SALE, charges=1),
    "queryPaymentResult": Operation("queryPaymentResult", _query_result, _SALE),
    "queryPaymentReceipt": Operation("queryPaymentReceipt", _query_receipt, _SALE),
    "requestBatchReport": Operation("requestBatchReport", _batch),
    "requestOfflineReport": Operation("requestOfflineReport", _plain("request_offline_report")),
    "deviceStatus": Operation("deviceStatus", _plain("device_status")),
    "serviceStatus": Operation("serviceStatus", _plain("service_status")),
    "restartDevice": Operation("restartDevice", _plain("restart_device")),
}
"""By the operation's name in the document."""
