"""A till that does what the `expect:` of a scenario says, through a real `PaymentApi`."""

import json
from collections.abc import Mapping
from typing import Any

import attrs

from ips_simulator import Simulator, VirtualClock
from ips_simulator.documentation import codec
from ips_simulator.scenario import Ask, Expected
from stompws.errors import ApiError, OutcomeUnknownError
from worldpay_ips import (
    AvsConfirmationDone,
    BatchReportRequest,
    Error,
    OfflineReportRequest,
    PaymentAbort,
    PaymentActionDone,
    PaymentActionRequired,
    PaymentApi,
    PaymentCancellation,
    PaymentNotification,
    PaymentOutcome,
    PaymentReceipt,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentSettlement,
    SignatureVerificationDone,
    VoiceAuthorisationDone,
)

ANSWERS = {
    (Ask.VOICE_AUTHORISATION, True): VoiceAuthorisationDone(authorisation_code="AB12"),
    (Ask.VOICE_AUTHORISATION, False): VoiceAuthorisationDone(),
    (Ask.SIGNATURE_VERIFICATION, True): SignatureVerificationDone(is_signature_verified=True),
    (Ask.SIGNATURE_VERIFICATION, False): SignatureVerificationDone(is_signature_verified=False),
    (Ask.AVS_CONFIRMATION, True): AvsConfirmationDone(is_avs_confirmed=True),
    (Ask.AVS_CONFIRMATION, False): AvsConfirmationDone(is_avs_confirmed=False),
}


@attrs.define
class Came:
    """What came of one operation."""

    payloads: list[Any] = attrs.field(factory=list)
    answer: Any = None
    """The message that answers it."""
    error: Error | None = None
    lost: bool = False
    charges: tuple[str, ...] = ()

    @property
    def receipts(self) -> tuple[str, ...]:
        return tuple(one.type for one in self.payloads if isinstance(one, PaymentReceipt))


class Till:
    """Does one operation after the other."""

    def __init__(self, simulator: Simulator, api: PaymentApi) -> None:
        self._simulator, self._api = simulator, api
        self._first: PaymentOutcome | None = None

    def do(self, expected: Expected) -> Came:
        """Do what the till of an expectation does."""
        came, before = Came(), len(self._simulator.ledger.charges)
        try:
            self._do(expected, came)
        except ApiError as exc:
            came.error = exc.payload if isinstance(exc.payload, Error) else None
        except OutcomeUnknownError:
            came.lost = True
        if expected.operation == "startPayment" and came.answer is None and came.error is None:
            came.lost = True  # it has ended without a result that can be read
        if came.lost:
            while self._api.service_status().status == "busy":
                pass  # each question is a round trip
        made = self._simulator.ledger.charges[before:]
        came.charges = tuple(f"{charge.kind} {charge.amount}" for charge in made)
        return came

    def _do(self, expected: Expected, came: Came) -> None:
        send, api = expected.send, self._api
        match expected.operation:
            case "startPayment":
                self._pay(expected, came)
            case "settlePayment" | "cancelPayment":
                self._follow_up(expected, came)
            case "queryPaymentResult":
                query = PaymentResultQuery(
                    merchant_transaction_reference=send.get("reference", "M1")
                )
                came.answer = api.query_payment_result(query)
            case "requestBatchReport":
                request = BatchReportRequest(close_batch=send["closeBatch"])
                came.answer = api.request_batch_report(request)
            case "requestOfflineReport":
                came.answer = api.request_offline_report(OfflineReportRequest())
            case "deviceStatus":
                came.answer = api.device_status()
            case "serviceStatus":
                came.answer = api.service_status()
            case other:
                raise NotImplementedError(other)

    def _pay(self, expected: Expected, came: Came) -> None:
        send = expected.send
        request = codec().decode(
            PaymentRequest,
            json.dumps(
                {
                    "paymentType": send.get("paymentType", "sale"),
                    "merchantTransactionReference": "M1",
                    "instruction": {
                        "value": {"amount": send.get("amount", 1099)},
                        "paymentInstrument": send.get("instrument", {"type": "card/present"}),
                    },
                }
            ),
        )
        with self._api.start_payment(request) as payment:
            for event in payment:
                came.payloads.append(event.payload)
                match event.payload:
                    case PaymentNotification(notification_text=text) if text == expected.abort_at:
                        payment.abort_payment(PaymentAbort(merchant_transaction_reference="M1"))
                    case PaymentActionRequired(data=data):
                        kind = Ask(data.action)
                        if kind in expected.answers:
                            done = ANSWERS[kind, expected.answers[kind]]
                            payment.confirm_payment_action(
                                PaymentActionDone(merchant_transaction_reference="M1", data=done)
                            )
                        else:
                            self._stay_silent()
                    case PaymentResult():
                        came.answer = event.payload
        if self._first is None and came.answer is not None and came.answer.payments:
            self._first = came.answer.payments[0]

    def _stay_silent(self) -> None:
        """Let an hour pass without an answer."""
        clock = self._simulator.clock
        assert isinstance(clock, VirtualClock)
        clock.wait_until_asleep()
        clock.advance(3600)

    def _follow_up(self, expected: Expected, came: Came) -> None:
        send, original = expected.send, self._first
        assert original is not None
        assert original.payment_instrument is not None
        card = original.payment_instrument.card
        assert card is not None
        expiry: Mapping[str, int] | None = send.get("cardExpiryDate")
        document = {
            "merchantTransactionReference": "M1",
            "gatewayTransactionReference": send.get(
                "reference", original.gateway_transaction_reference
            ),
            "paymentInstrument": {
                "type": "card",
                "cardNumber": send.get("cardNumber", card.card_number),
                "cardExpiryDate": expiry
                or {"month": card.expiry_date.month, "year": card.expiry_date.year},
            },
        }
        if expected.operation == "settlePayment":
            if "amount" in send:
                document["value"] = {"amount": send["amount"]}
            settlement = codec().decode(PaymentSettlement, json.dumps(document))
            conversation = self._api.settle_payment(settlement)
        else:
            cancellation = codec().decode(PaymentCancellation, json.dumps(document))
            conversation = self._api.cancel_payment(cancellation)
        with conversation as events:
            came.payloads = [event.payload for event in events]
        (came.answer,) = (one for one in came.payloads if isinstance(one, PaymentResult))
