# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""The client: requests as methods, conversations as objects."""

from typing import TypeAlias

from stompws.client import ApiClient, ClientConversation, ClientOptions, Deadlines, Secret
from stompws.shapes import Undecodable

from .messages.monitoring import DeviceRestart, DeviceRestartRequest, DeviceStatus, ServiceStatus
from .messages.payments import (
    PaymentAbort,
    PaymentActionDone,
    PaymentActionRequired,
    PaymentCancellation,
    PaymentComplete,
    PaymentNotification,
    PaymentReceipt,
    PaymentReceiptQuery,
    PaymentRequest,
    PaymentResult,
    PaymentResultQuery,
    PaymentSettlement,
)
from .messages.registration import (
    PointOfSaleRegistration,
    PointOfSaleRegistrationRequest,
    RegistrationRefresh,
    RegistrationRefreshRequest,
)
from .messages.reports import BatchReport, BatchReportRequest, OfflineReport, OfflineReportRequest
from .operations import (
    ABORT_PAYMENT,
    API,
    CANCEL_PAYMENT,
    CONFIRM_PAYMENT_ACTION,
    DEVICE_STATUS,
    QUERY_PAYMENT_RECEIPT,
    QUERY_PAYMENT_RESULT,
    REFRESH_REGISTRATION,
    REGISTER_POINT_OF_SALE,
    REQUEST_BATCH_REPORT,
    REQUEST_OFFLINE_REPORT,
    RESTART_DEVICE,
    SERVICE_STATUS,
    SETTLE_PAYMENT,
    START_PAYMENT,
)
from .servers import CloudLive, CloudTest, OnPremise

CancelPaymentPayload: TypeAlias = PaymentReceipt | PaymentResult | PaymentComplete | Undecodable
"""What `CancelPayment` delivers; `Undecodable` is what did not fit."""


class CancelPayment(ClientConversation[CancelPaymentPayload]):
    """A conversation of `PaymentApi.cancel_payment`.

    Cancel a previous payment.

    What comes:
    - `PaymentReceipt`, any number of times.
    - `PaymentResult`, once.
    - `PaymentComplete`, once, after `PaymentResult`; the last message.

    Iterate over its events, and close it: it is a context manager.
    """


SettlePaymentPayload: TypeAlias = PaymentResult | PaymentComplete | Undecodable
"""What `SettlePayment` delivers; `Undecodable` is what did not fit."""


class SettlePayment(ClientConversation[SettlePaymentPayload]):
    """A conversation of `PaymentApi.settle_payment`.

    Settle a previous pre-authorised payment.

    What comes:
    - `PaymentResult`, once.
    - `PaymentComplete`, once, after `PaymentResult`; the last message.

    Iterate over its events, and close it: it is a context manager.
    """


StartPaymentPayload: TypeAlias = (
    PaymentActionRequired
    | PaymentNotification
    | PaymentReceipt
    | PaymentResult
    | PaymentComplete
    | Undecodable
)
"""What `StartPayment` delivers; `Undecodable` is what did not fit."""


class StartPayment(ClientConversation[StartPaymentPayload]):
    """A conversation of `PaymentApi.start_payment`.

    Initiate a new payment.

    What comes:
    - `PaymentActionRequired`, any number of times; answer each once with `confirm_payment_action`.
    - `PaymentNotification`, any number of times.
    - `PaymentReceipt`, any number of times.
    - `PaymentResult`, once.
    - `PaymentComplete`, once, after `PaymentResult`; the last message.

    While it is open: `confirm_payment_action`, `abort_payment`.

    Iterate over its events, and close it: it is a context manager.
    """

    def confirm_payment_action(self, message: PaymentActionDone) -> None:
        """Confirm the action taken for an in-flight payment.

        Publishing to this destination requires an authenticated connection.

        Clients should send a single message on this destination, and in the same session, for each
        message received on `/client/v1/payment/action`. The content of the message received on that
        destination describes the required action details to be sent on this destination.

        Source: #/operations/confirmPaymentAction

        Raises:
            InvalidMessageError: The message breaks its schema; nothing was sent.
            LocalProtocolError: It may not be sent now; nothing was sent.
        """
        self._send(CONFIRM_PAYMENT_ACTION, message)

    def abort_payment(self, message: PaymentAbort) -> None:
        """Abort a sale, refund or check card payment request.

        Publishing to this destination requires an authenticated connection.

        Clients should send this message in the same session as the original sale, refund or check
        card payment request to cancel the transaction before starting any card interaction with the
        PIN pad.

        It has no reply of its own: when the payment can be aborted its result says so, otherwise
        the payment simply continues.

        Source: #/operations/abortPayment

        Raises:
            InvalidMessageError: The message breaks its schema; nothing was sent.
            LocalProtocolError: It may not be sent now; nothing was sent.
        """
        self._send(ABORT_PAYMENT, message)


class PaymentApi(ApiClient):
    """Integrated Payment Server - Payment API.

    INVENTED revision, an example of this project: not Worldpay's, and not what Worldpay's API 4.0.5
    says. It shows how bindings of two versions live side by side.

    A method opens a connection of its own for each call. It may be called from any thread.
    """

    def __init__(
        self,
        server: CloudLive | CloudTest | OnPremise,
        *,
        license_key: Secret | None = None,
        options: ClientOptions | None = None,
    ) -> None:
        """Make a client; nothing is connected yet.

        Args:
            server: Where the service is.
            license_key: The license key of the point of sale, as it was received, without any
                prefix. It is a header of the STOMP CONNECT frame, not of the HTTP upgrade; a
                registration refresh delivers a new one. A function is asked for each connection.
            options: Settings for all conversations.
        """
        super().__init__(API, server, credential=license_key, options=options)

    def refresh_registration(
        self,
        request: RegistrationRefreshRequest | None = None,
        *,
        deadlines: Deadlines | None = None,
    ) -> RegistrationRefresh:
        """Refresh the Point of Sale device's registration.

        The reply delivers a new license key.

        Publishing to this destination requires an authenticated connection. Each request must be
        made in a new web socket connection.

        The reply is one `RegistrationRefresh`.

        Source: #/operations/refreshRegistration

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. It may be repeated.
            ApiError: The service answered with `Error`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._request(
            REFRESH_REGISTRATION,
            request or RegistrationRefreshRequest(),
            RegistrationRefresh,
            deadlines,
        )

    def register_point_of_sale(
        self, request: PointOfSaleRegistrationRequest, *, deadlines: Deadlines | None = None
    ) -> PointOfSaleRegistration:
        """Register a new Point of Sale device.

        The only request that needs no license key; its reply delivers one.

        Each request must be made in a new web socket connection. An activation code works once, so
        a registration is never repeated unasked.

        The reply is one `PointOfSaleRegistration`.

        Source: #/operations/registerPointOfSale

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. Do not repeat it
                unasked.
            ApiError: The service answered with `Error`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._request(REGISTER_POINT_OF_SALE, request, PointOfSaleRegistration, deadlines)

    def cancel_payment(
        self, request: PaymentCancellation, *, deadlines: Deadlines | None = None
    ) -> CancelPayment:
        """Cancel a previous payment.

        Cancelling a card payment prevents it from being sent for settlement, however the
        authorisation is not reversed. This means the funds ring-fenced in the customer's account
        will not be released immediately. Funds will be released according to the card issuer's
        policy, typically 3 to 5 days.

        Publishing to this destination requires an authenticated connection. Each request must be
        made in a new web socket connection.

        What comes:
        - `PaymentReceipt`, any number of times.
        - `PaymentResult`, once.
        - `PaymentComplete`, once, after `PaymentResult`; the last message.

        Source: #/operations/cancelPayment

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. Ask with
                `query_payment_result`, by `merchant_transaction_reference`.
            ApiError: The service answered with `Error`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._open(CANCEL_PAYMENT, request, CancelPayment, deadlines)

    def query_payment_receipt(
        self, request: PaymentReceiptQuery, *, deadlines: Deadlines | None = None
    ) -> PaymentReceipt:
        """Query the receipt of the last payment.

        INVENTED: exactly one receipt comes, and it is the last message.

        Publishing to this destination requires an authenticated connection. Each request must be
        made in a new web socket connection.

        The reply is one `PaymentReceipt`.

        Source: #/operations/queryPaymentReceipt

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. It may be repeated.
            ApiError: The service answered with `Error`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._request(QUERY_PAYMENT_RECEIPT, request, PaymentReceipt, deadlines)

    def query_payment_result(
        self, request: PaymentResultQuery, *, deadlines: Deadlines | None = None
    ) -> PaymentResult:
        """Query the result of the last payment.

        Only the last payment can be asked for; the transaction reference ensures that it is the
        expected one. The result is the last message: nothing says that the payment is complete.

        Publishing to this destination requires an authenticated connection. Each request must be
        made in a new web socket connection.

        The reply is one `PaymentResult`.

        Source: #/operations/queryPaymentResult

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. It may be repeated.
            ApiError: The service answered with `Error`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._request(QUERY_PAYMENT_RESULT, request, PaymentResult, deadlines)

    def settle_payment(
        self, request: PaymentSettlement, *, deadlines: Deadlines | None = None
    ) -> SettlePayment:
        """Settle a previous pre-authorised payment.

        Publishing to this destination requires an authenticated connection. Each request must be
        made in a new web socket connection.

        What comes:
        - `PaymentResult`, once.
        - `PaymentComplete`, once, after `PaymentResult`; the last message.

        Source: #/operations/settlePayment

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. Ask with
                `query_payment_result`, by `merchant_transaction_reference`.
            ApiError: The service answered with `Error`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._open(SETTLE_PAYMENT, request, SettlePayment, deadlines)

    def start_payment(
        self, request: PaymentRequest, *, deadlines: Deadlines | None = None
    ) -> StartPayment:
        """Initiate a new payment.

        Notifications, required actions, receipts and one result follow; the message that the
        payment is complete is the last. Each required action is answered with one confirmation.
        Until the card interaction starts, the payment can be aborted.

        Publishing to this destination requires an authenticated connection. Each request must be
        made in a new web socket connection.

        When the connection is lost, ask for the result with the same merchant transaction
        reference; the request itself is never sent twice.

        What comes:
        - `PaymentActionRequired`, any number of times; answer each once with
          `confirm_payment_action`.
        - `PaymentNotification`, any number of times.
        - `PaymentReceipt`, any number of times.
        - `PaymentResult`, once.
        - `PaymentComplete`, once, after `PaymentResult`; the last message.

        While it is open: `confirm_payment_action`, `abort_payment`.

        Source: #/operations/startPayment

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. Ask with
                `query_payment_result`, by `merchant_transaction_reference`.
            ApiError: The service answered with `Error`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._open(START_PAYMENT, request, StartPayment, deadlines)

    def request_batch_report(
        self, request: BatchReportRequest, *, deadlines: Deadlines | None = None
    ) -> BatchReport:
        """Request an X or Z Report for the current batch.

        A Z report closes the batch, so the request is never repeated unasked.

        Publishing to this destination requires an authenticated connection. Each request must be
        made in a new web socket connection.

        The reply is one `BatchReport`.

        Source: #/operations/requestBatchReport

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. Do not repeat it
                unasked.
            ApiError: The service answered with `Error`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._request(REQUEST_BATCH_REPORT, request, BatchReport, deadlines)

    def request_offline_report(
        self, request: OfflineReportRequest | None = None, *, deadlines: Deadlines | None = None
    ) -> OfflineReport:
        """Request details of stored offline transactions.

        Publishing to this destination requires an authenticated connection. Each request must be
        made in a new web socket connection.

        The reply is one `OfflineReport`.

        Source: #/operations/requestOfflineReport

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. It may be repeated.
            ApiError: The service answered with `Error`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._request(
            REQUEST_OFFLINE_REPORT, request or OfflineReportRequest(), OfflineReport, deadlines
        )

    def device_status(self, *, deadlines: Deadlines | None = None) -> DeviceStatus:
        """Receive the latest status of the connected payment device.

        Subscribing to this destination requires an authenticated connection, and is the request
        itself.

        Clients will receive a message on this destination to confirm the current status of the
        payment device. Once received the client should disconnect from the web socket connection.

        The reply is one `DeviceStatus`.

        Source: #/operations/deviceStatus

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. It may be repeated.
            ApiError: The service answered with `Error`.
        """
        return self._request(DEVICE_STATUS, None, DeviceStatus, deadlines)

    def restart_device(
        self, request: DeviceRestartRequest | None = None, *, deadlines: Deadlines | None = None
    ) -> DeviceRestart:
        """Request the restart of the payment device.

        Publishing to this destination requires an authenticated connection. Each request must be
        made in a new web socket connection.

        The reply is one `DeviceRestart`.

        Source: #/operations/restartDevice

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. Do not repeat it
                unasked.
            ApiError: The service answered with `Error`.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._request(
            RESTART_DEVICE, request or DeviceRestartRequest(), DeviceRestart, deadlines
        )

    def service_status(self, *, deadlines: Deadlines | None = None) -> ServiceStatus:
        """Receive the latest status of the payment service.

        Subscribing to this destination requires an authenticated connection, and is the request
        itself.

        Clients will receive a message on this destination to confirm the current status of the
        payment service. Once received the client must disconnect from the web socket connection.

        The reply is one `ServiceStatus`.

        Source: #/operations/serviceStatus

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. It may be repeated.
            ApiError: The service answered with `Error`.
        """
        return self._request(SERVICE_STATUS, None, ServiceStatus, deadlines)
