"""All 14 operations over a real socket, and every documented example in both directions."""

import json
from functools import partial
from typing import Any

import attrs
import pytest

from ips_simulator import Behaviour, Simulator
from ips_simulator.receipts import decode
from sim_helpers import cancel, pay, settle, till
from stompws.descriptors import Action
from stompws.errors import ApiError
from worldpay_ips import (
    CardKeyed,
    CardKeyedRecovery,
    CardNotPresent,
    CardPresent,
    CardToken,
    Error,
    Instruction,
    PaymentAbort,
    PaymentApi,
    PaymentComplete,
    PaymentNotification,
    PaymentOutcome,
    PaymentReceipt,
    PaymentReceiptQuery,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentType,
    PointOfSaleRegistrationRequest,
    ReceiptType,
    RequestValue,
    Result,
    TokenPurpose,
)
from worldpay_ips.examples import EXAMPLES, Example
from worldpay_ips.operations import API

SENDS = {op.messages[0].name: op for op in API.operations if op.action is Action.SEND}
REQUESTS = [example for example in EXAMPLES if example.message.name in SENDS]
REPLIES = [example for example in EXAMPLES if example.message.name not in SENDS]
ON_FILE = "A1B2C3D4E5F6G7H"  # the documentation's token of a card
INSIDE = ("PaymentActionDone", "PaymentAbort")
PAYMENT = "/client/v1/payment/"


def example_id(example: Example) -> str:
    return f"{example.message.name}-{example.name}"


def payload_of(name: str) -> Any:
    return next(json.loads(e.payload_text) for e in EXAMPLES if e.message.name == name)


def take(api: PaymentApi, instrument: Any, type_: PaymentType, amount: int) -> PaymentOutcome:
    request = PaymentRequest(
        payment_type=type_,
        merchant_transaction_reference="M1",
        instruction=Instruction(value=RequestValue(amount=amount), payment_instrument=instrument),
    )
    with api.start_payment(request) as payment:
        results = [e.payload for e in payment if isinstance(e.payload, PaymentResult)]
    return results[0].payments[0]


# -- the 14 operations, as a till uses them


def test_a_sale_has_the_documented_sequence(api: PaymentApi) -> None:
    """Notifications, both receipts, the result, the completion; amount and reference echoed."""
    request = PaymentRequest(
        payment_type=PaymentType.SALE,
        merchant_transaction_reference="MS1231000001",
        instruction=Instruction(value=RequestValue(amount=1099), payment_instrument=CardPresent()),
    )
    with api.start_payment(request) as payment:
        payloads = [event.payload for event in payment]
        assert payment.strays == ()
    notifications = [p for p in payloads if isinstance(p, PaymentNotification)]
    rest = payloads[len(notifications) :]
    assert payloads[: len(notifications)] == notifications
    assert notifications[0].notification_text == "PLEASE INSERT CARD"
    types = [PaymentReceipt, PaymentReceipt, PaymentResult, PaymentComplete]
    assert [type(payload) for payload in rest] == types
    customer, merchant, result, _ = rest
    assert (customer.type, merchant.type) == (ReceiptType.CUSTOMER, ReceiptType.MERCHANT)
    (outcome,) = result.payments
    assert (outcome.outcome, outcome.result) == ("succeeded", Result.AUTHORISED_ONLINE)
    assert (outcome.value.amount, outcome.value.currency_code) == (1099, "GBP")
    assert outcome.merchant_transaction_reference == "MS1231000001"
    assert outcome.gateway_transaction_reference == "1234567890AB"
    assert "************0002" in decode(customer.content)


def test_registration_and_refresh(simulator: Simulator) -> None:
    """A code becomes a key, a key becomes a new key."""
    first = PaymentApi(simulator.server()).register_point_of_sale(
        PointOfSaleRegistrationRequest(
            point_of_sale_id="D45FGT",
            point_of_sale_reference="POS123",
            point_of_sale_activation_code=simulator.activation_code,
        )
    )
    api = PaymentApi(simulator.server(), license_key=first.point_of_sale_license_key)
    assert api.refresh_registration().point_of_sale_license_key


def test_settling_and_cancelling(api: PaymentApi) -> None:
    """A settlement has no receipt, a cancellation has two; both have a result and an end."""
    assert settle(api, pay(api, PaymentType.PRE_AUTH, 8000), 6500) is Result.SUCCEEDED
    assert cancel(api, pay(api, PaymentType.SALE, 1099)) is Result.SUCCEEDED


def test_queries_answer_for_the_last_payment(api: PaymentApi) -> None:
    """The same result as the payment's, and the receipt of the type that was asked for."""
    outcome = pay(api, PaymentType.SALE, 1099, "M7")
    query = PaymentResultQuery(merchant_transaction_reference="M7")
    assert api.query_payment_result(query).payments == (outcome,)
    for type_ in (ReceiptType.CUSTOMER, ReceiptType.MERCHANT):
        ask = PaymentReceiptQuery(merchant_transaction_reference="M7", type=type_)
        with api.query_payment_receipt(ask) as conversation:
            (receipt,) = [event.payload for event in conversation]
        assert isinstance(receipt, PaymentReceipt)
        assert receipt.type is type_


def test_a_settlement_has_no_receipt_to_ask_for(api: PaymentApi) -> None:
    """The query ends with an error, which is invented."""
    outcome = pay(api, PaymentType.PRE_AUTH, 8000, "M7")
    settle(api, outcome)
    ask = PaymentReceiptQuery(merchant_transaction_reference="M7", type=ReceiptType.CUSTOMER)
    with pytest.raises(ApiError) as caught, api.query_payment_receipt(ask) as conversation:
        list(conversation)
    assert isinstance(caught.value.payload, Error)
    assert caught.value.payload.code == "90033"


def test_monitoring(api: PaymentApi) -> None:
    """Status comes by subscribing; a restart is begun."""
    device = api.device_status()
    assert device.status == "connected"
    assert device.payment_device is not None
    assert device.payment_device.serial_number == "A123-4567890"
    assert api.service_status().status == "not-busy"
    assert api.restart_device().result == "initiated"


# -- kinds of payment


@pytest.mark.parametrize(
    ("instrument", "type_", "amount", "result", "shown", "entry"),
    [
        (CardPresent(), "sale", 1099, "authorised-online", "card/present", "contactless-chip"),
        (
            CardPresent(token_purpose=TokenPurpose.RECURRING),
            "sale",
            0,
            "authorised-online",
            "card/present",
            "contactless-chip",
        ),
        (
            CardToken(token_id=ON_FILE),
            "sale",
            1099,
            "authorised-online",
            "card/token",
            "cardholder-not-present",
        ),
        (
            CardKeyedRecovery(auth_code="1234AA"),
            "sale",
            1099,
            "keyed-recovery-success",
            "card/keyed-recovery",
            "keyed",
        ),
        (CardKeyed(), "sale", 1099, "authorised-online", "card/keyed", "keyed"),
        (
            CardNotPresent(),
            "sale",
            1099,
            "authorised-online",
            "card/not-present",
            "cardholder-not-present",
        ),
        (CardPresent(), "refund", 1099, "authorised-online", "card/present", "contactless-chip"),
        (CardPresent(), "pre-auth", 1099, "pre-auth-completed", "card/present", "contactless-chip"),
        (CardPresent(), "check-card", 1099, "succeeded", "card/present", "contactless-chip"),
        (
            CardPresent(),
            "check-card-payment",
            1099,
            "succeeded",
            "card/present",
            "contactless-chip",
        ),
    ],
)
def test_results_fit_the_kind_of_payment(
    api: PaymentApi,
    instrument: Any,
    type_: str,
    amount: int,
    result: str,
    shown: str,
    entry: str,
) -> None:
    """Type, amount and instrument are the request's."""
    outcome = take(api, instrument, PaymentType(type_), amount)
    assert (outcome.payment_type, outcome.outcome, outcome.result) == (type_, "succeeded", result)
    assert outcome.value is not None
    assert outcome.value.amount == amount
    used = outcome.payment_instrument
    assert used is not None
    assert (used.type, used.pos_entry_mode) == (shown, entry)


def test_a_token_and_a_recovery_code_come_back(api: PaymentApi) -> None:
    """A card on file is named by its token, a recovered sale by its code."""
    token = take(api, CardToken(token_id=ON_FILE), PaymentType.SALE, 1)
    assert token.payment_instrument.card.token_id == ON_FILE
    assert token.payment_instrument.card.track2_data is None
    recovery = take(api, CardKeyedRecovery(auth_code="1234AA"), PaymentType.SALE, 1)
    assert recovery.payment_instrument.authorisation.authorisation_code == "1234AA"


# -- the documentation's examples


@pytest.mark.parametrize(
    "example", [e for e in REQUESTS if e.message.name not in INSIDE], ids=example_id
)
def test_every_documented_request_is_accepted(raw: Any, simulator: Simulator, example: Any) -> None:
    """Sent as it is printed, it is answered to the end without a refusal.

    What comes before it in a shop (the payment that is settled, cancelled or asked for) comes
    before it here.
    """
    api = till(simulator)
    name, payload = example.message.name, json.loads(example.payload_text)
    if name in ("PaymentSettlement", "PaymentCancellation", "PaymentResultQuery") or (
        name == "PaymentReceiptQuery"
    ):
        kind = PaymentType.PRE_AUTH if name == "PaymentSettlement" else PaymentType.SALE
        pay(api, kind, 1099, payload["merchantTransactionReference"])
    operation = SENDS[name]
    client = raw()
    client.connect(simulator.license_key)
    client.subscribe_all(operation.name)
    correlation_id = client.send(
        operation.channel.address,
        example.payload_text,
        example.headers["x-wp-correlation-id"],
    )
    last = operation.conversation.replies[-1]
    end = API.by_name[last.operation].channel.address
    while (frame := client.next_frame()).header("destination") != end:
        assert frame.header("destination") != "/client/v1/error", frame.body
        assert frame.header("x-wp-correlation-id") == correlation_id
    assert simulator.refusals == ()


def test_the_documented_action_and_abort_are_accepted(raw: Any, simulator: Simulator) -> None:
    """Both belong into a payment with the documented reference."""
    client = raw()
    client.connect(simulator.license_key)
    client.subscribe_all("startPayment")
    simulator.next_payment(Behaviour(actions=["voice-authorisation"]))
    request = payload_of("PaymentRequest") | {"merchantTransactionReference": "MS123A54B3DF"}
    correlation_id = client.send("/v1/payment", request)
    asked = None
    while True:
        destination, payload = client.next_message()
        if destination == PAYMENT + "action":
            asked = payload
            # The abort first: once the question is answered, the payment may end at any moment.
            client.send("/v1/payment/abort", payload_of("PaymentAbort"), correlation_id)
            client.send("/v1/payment/action", payload_of("PaymentActionDone"), correlation_id)
        if destination == PAYMENT + "result":
            result = payload["payments"][0]
        if destination == PAYMENT + "complete":
            break
    assert asked == payload_of("PaymentActionRequired")
    assert result["result"] == "authorised-referral"
    assert result["paymentInstrument"]["authorisation"] == {"authorisationCode": "12345"}
    assert simulator.refusals == ()


def test_every_documented_reply_is_produced_and_understood() -> None:
    """`as_documented` answers with the page's examples, and the client loses nothing of them."""
    received: dict[str, Any] = {}
    with Simulator(as_documented=True) as simulator:
        api = till(simulator)

        def keep(*payloads: Any) -> None:
            for payload in payloads:
                received[type(payload).__name__] = json.loads(api.codec.dump(payload))

        keep(
            api.register_point_of_sale(
                PointOfSaleRegistrationRequest(
                    point_of_sale_id="D45FGT",
                    point_of_sale_reference="POS123",
                    point_of_sale_activation_code="AV46HTR3",
                )
            ),
            api.refresh_registration(),
            api.request_batch_report(_decoded(api, "BatchReportRequest")),
            api.request_offline_report(),
            api.device_status(),
            api.service_status(),
            api.restart_device(),
        )
        with api.start_payment(_decoded(api, "PaymentRequest")) as payment:
            for event in payment:
                assert event.problems == ()
                keep(event.payload)
                if event.operation.name == "onPaymentActionRequired":
                    payment.abort_payment(PaymentAbort(merchant_transaction_reference="M1"))
                    payment.confirm_payment_action(_decoded(api, "PaymentActionDone"))
    with Simulator(behaviour=Behaviour(error=_documented_error())) as simulator:
        api = till(simulator)
        with pytest.raises(ApiError) as caught:
            pay(api, PaymentType.SALE, 1099)
        received["Error"] = json.loads(api.codec.dump(caught.value.payload))
    assert received == {e.message.name: json.loads(e.payload_text) for e in REPLIES}


def _decoded(api: PaymentApi, name: str) -> Any:
    example = next(e for e in EXAMPLES if e.message.name == name)
    return api.codec.decode(example.message.payload, example.payload_text)


def _documented_error() -> Error:
    return Error(**payload_of("Error"))


@pytest.mark.parametrize("type_", [PaymentType.SALE, PaymentType.REFUND, PaymentType.PRE_AUTH])
def test_type_reference_and_amount_come_back(api: PaymentApi, type_: PaymentType) -> None:
    """What the client said is echoed; everything else is the documentation's."""
    outcome = pay(api, type_, 4321, "TILL-7")
    assert outcome.payment_type.value == type_.value
    assert outcome.merchant_transaction_reference == "TILL-7"
    assert outcome.value is not None
    assert (outcome.value.amount, outcome.value.currency_code) == (4321, "GBP")


@pytest.mark.parametrize(("amount", "settled"), [(None, 8000), (6500, 6500)])
def test_a_follow_up_names_itself_and_its_amount(
    api: PaymentApi, amount: int | None, settled: int
) -> None:
    """A settlement has the reference of its request; a cancel takes back what was settled."""
    authorised = pay(api, PaymentType.PRE_AUTH, 8000, "FIRST")
    renamed = attrs.evolve(authorised, merchant_transaction_reference="SECOND")
    query = PaymentResultQuery(merchant_transaction_reference="SECOND")
    for follow_up, kind in ((partial(settle, amount=amount), "settle"), (cancel, "cancel")):
        assert follow_up(api, renamed) is Result.SUCCEEDED
        outcome = api.query_payment_result(query).payments[0]
        assert outcome.payment_type.value == kind
        assert outcome.gateway_transaction_reference == authorised.gateway_transaction_reference
        assert outcome.value is not None
        assert outcome.value.amount == settled
