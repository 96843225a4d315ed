# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""The other side of the API: a handler for its requests, and their replies."""

import abc
from collections.abc import Mapping
from typing import ClassVar

from stompws.descriptors import Api
from stompws.server import ApiHandler, Replies, Route

from .messages.errors import Error
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
    API,
    DEVICE_STATUS,
    ON_BATCH_REPORT,
    ON_DEVICE_RESTART,
    ON_ERROR,
    ON_OFFLINE_REPORT,
    ON_PAYMENT_ACTION_REQUIRED,
    ON_PAYMENT_COMPLETE,
    ON_PAYMENT_NOTIFICATION,
    ON_PAYMENT_RECEIPT,
    ON_PAYMENT_RESULT,
    ON_POINT_OF_SALE_REGISTERED,
    ON_REGISTRATION_REFRESHED,
    SERVICE_STATUS,
)


class RefreshRegistrationReplies(Replies):
    """The replies of `refreshRegistration`."""

    async def registration_refreshed(self, message: RegistrationRefresh) -> None:
        """Send a reply of `onRegistrationRefreshed`.

        The client's side: Receive confirmation of the Point of Sale's registration refresh.
        """
        await self._send(ON_REGISTRATION_REFRESHED, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class RegisterPointOfSaleReplies(Replies):
    """The replies of `registerPointOfSale`."""

    async def point_of_sale_registered(self, message: PointOfSaleRegistration) -> None:
        """Send a reply of `onPointOfSaleRegistered`.

        The client's side: Receive confirmation of the Point of Sale's registration.
        """
        await self._send(ON_POINT_OF_SALE_REGISTERED, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class CancelPaymentReplies(Replies):
    """The replies of `cancelPayment`."""

    async def payment_receipt(self, message: PaymentReceipt) -> None:
        """Send a reply of `onPaymentReceipt`.

        The client's side: Receive the content of the receipt(s) for the payment.
        """
        await self._send(ON_PAYMENT_RECEIPT, message)

    async def payment_result(self, message: PaymentResult) -> None:
        """Send a reply of `onPaymentResult`.

        The client's side: Receive the result of a completed payment.
        """
        await self._send(ON_PAYMENT_RESULT, message)

    async def payment_complete(self, message: PaymentComplete) -> None:
        """Send a reply of `onPaymentComplete`.

        The client's side: Receive confirmation that the payment process has completed.
        """
        await self._send(ON_PAYMENT_COMPLETE, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class QueryPaymentReceiptReplies(Replies):
    """The replies of `queryPaymentReceipt`."""

    async def payment_receipt(self, message: PaymentReceipt) -> None:
        """Send a reply of `onPaymentReceipt`.

        The client's side: Receive the content of the receipt(s) for the payment.
        """
        await self._send(ON_PAYMENT_RECEIPT, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class QueryPaymentResultReplies(Replies):
    """The replies of `queryPaymentResult`."""

    async def payment_result(self, message: PaymentResult) -> None:
        """Send a reply of `onPaymentResult`.

        The client's side: Receive the result of a completed payment.
        """
        await self._send(ON_PAYMENT_RESULT, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class SettlePaymentReplies(Replies):
    """The replies of `settlePayment`."""

    async def payment_result(self, message: PaymentResult) -> None:
        """Send a reply of `onPaymentResult`.

        The client's side: Receive the result of a completed payment.
        """
        await self._send(ON_PAYMENT_RESULT, message)

    async def payment_complete(self, message: PaymentComplete) -> None:
        """Send a reply of `onPaymentComplete`.

        The client's side: Receive confirmation that the payment process has completed.
        """
        await self._send(ON_PAYMENT_COMPLETE, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class StartPaymentReplies(Replies):
    """The replies of `startPayment`."""

    async def payment_action_required(self, message: PaymentActionRequired) -> PaymentActionDone:
        """Send a reply of `onPaymentActionRequired`.

        The client's side: Receive a request to take an action in order to proceed with an in-flight
        payment.
        """
        return await self._ask(ON_PAYMENT_ACTION_REQUIRED, message, PaymentActionDone)

    async def payment_notification(self, message: PaymentNotification) -> None:
        """Send a reply of `onPaymentNotification`.

        The client's side: Receive real-time status updates for an in-flight payment.
        """
        await self._send(ON_PAYMENT_NOTIFICATION, message)

    async def payment_receipt(self, message: PaymentReceipt) -> None:
        """Send a reply of `onPaymentReceipt`.

        The client's side: Receive the content of the receipt(s) for the payment.
        """
        await self._send(ON_PAYMENT_RECEIPT, message)

    async def payment_result(self, message: PaymentResult) -> None:
        """Send a reply of `onPaymentResult`.

        The client's side: Receive the result of a completed payment.
        """
        await self._send(ON_PAYMENT_RESULT, message)

    async def payment_complete(self, message: PaymentComplete) -> None:
        """Send a reply of `onPaymentComplete`.

        The client's side: Receive confirmation that the payment process has completed.
        """
        await self._send(ON_PAYMENT_COMPLETE, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class RequestBatchReportReplies(Replies):
    """The replies of `requestBatchReport`."""

    async def batch_report(self, message: BatchReport) -> None:
        """Send a reply of `onBatchReport`.

        The client's side: Receive the X or Z Report for the current batch.
        """
        await self._send(ON_BATCH_REPORT, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class RequestOfflineReportReplies(Replies):
    """The replies of `requestOfflineReport`."""

    async def offline_report(self, message: OfflineReport) -> None:
        """Send a reply of `onOfflineReport`.

        The client's side: Receive the details of stored offline transactions.
        """
        await self._send(ON_OFFLINE_REPORT, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class DeviceStatusReplies(Replies):
    """The replies of `deviceStatus`."""

    async def device_status(self, message: DeviceStatus) -> None:
        """Send a reply of `deviceStatus`.

        The client's side: Receive the latest status of the connected payment device.
        """
        await self._send(DEVICE_STATUS, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class RestartDeviceReplies(Replies):
    """The replies of `restartDevice`."""

    async def device_restart(self, message: DeviceRestart) -> None:
        """Send a reply of `onDeviceRestart`.

        The client's side: Receive the details of the device restart request.
        """
        await self._send(ON_DEVICE_RESTART, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class ServiceStatusReplies(Replies):
    """The replies of `serviceStatus`."""

    async def service_status(self, message: ServiceStatus) -> None:
        """Send a reply of `serviceStatus`.

        The client's side: Receive the latest status of the payment service.
        """
        await self._send(SERVICE_STATUS, message)

    async def error(self, message: Error) -> None:
        """Send a reply of `onError`.

        The client's side: Receive errors that have occurred during processing a request.
        """
        await self._send(ON_ERROR, message)


class PaymentApiHandler(ApiHandler):
    """Takes the requests of Integrated Payment Server - Payment API.

    Write a subclass that has all methods. Each is called with the message and with the replies that
    may be given to it.
    """

    api: ClassVar[Api] = API
    routes: ClassVar[Mapping[str, Route]] = {
        "refreshRegistration": Route("refresh_registration", RefreshRegistrationReplies),
        "registerPointOfSale": Route("register_point_of_sale", RegisterPointOfSaleReplies),
        "cancelPayment": Route("cancel_payment", CancelPaymentReplies),
        "queryPaymentReceipt": Route("query_payment_receipt", QueryPaymentReceiptReplies),
        "queryPaymentResult": Route("query_payment_result", QueryPaymentResultReplies),
        "settlePayment": Route("settle_payment", SettlePaymentReplies),
        "startPayment": Route("start_payment", StartPaymentReplies),
        "requestBatchReport": Route("request_batch_report", RequestBatchReportReplies),
        "requestOfflineReport": Route("request_offline_report", RequestOfflineReportReplies),
        "deviceStatus": Route("device_status", DeviceStatusReplies),
        "restartDevice": Route("restart_device", RestartDeviceReplies),
        "serviceStatus": Route("service_status", ServiceStatusReplies),
        "abortPayment": Route("abort_payment", StartPaymentReplies),
    }

    @abc.abstractmethod
    async def refresh_registration(
        self, request: RegistrationRefreshRequest, replies: RefreshRegistrationReplies
    ) -> None:
        """Refresh the Point of Sale device's registration."""

    @abc.abstractmethod
    async def register_point_of_sale(
        self, request: PointOfSaleRegistrationRequest, replies: RegisterPointOfSaleReplies
    ) -> None:
        """Register a new Point of Sale device."""

    @abc.abstractmethod
    async def cancel_payment(
        self, request: PaymentCancellation, replies: CancelPaymentReplies
    ) -> None:
        """Cancel a previous payment."""

    @abc.abstractmethod
    async def query_payment_receipt(
        self, request: PaymentReceiptQuery, replies: QueryPaymentReceiptReplies
    ) -> None:
        """Query the receipt of the last payment."""

    @abc.abstractmethod
    async def query_payment_result(
        self, request: PaymentResultQuery, replies: QueryPaymentResultReplies
    ) -> None:
        """Query the result of the last payment."""

    @abc.abstractmethod
    async def settle_payment(
        self, request: PaymentSettlement, replies: SettlePaymentReplies
    ) -> None:
        """Settle a previous pre-authorised payment."""

    @abc.abstractmethod
    async def start_payment(self, request: PaymentRequest, replies: StartPaymentReplies) -> None:
        """Initiate a new payment."""

    @abc.abstractmethod
    async def request_batch_report(
        self, request: BatchReportRequest, replies: RequestBatchReportReplies
    ) -> None:
        """Request an X or Z Report for the current batch."""

    @abc.abstractmethod
    async def request_offline_report(
        self, request: OfflineReportRequest, replies: RequestOfflineReportReplies
    ) -> None:
        """Request details of stored offline transactions."""

    @abc.abstractmethod
    async def device_status(self, replies: DeviceStatusReplies) -> None:
        """Receive the latest status of the connected payment device."""

    @abc.abstractmethod
    async def restart_device(
        self, request: DeviceRestartRequest, replies: RestartDeviceReplies
    ) -> None:
        """Request the restart of the payment device."""

    @abc.abstractmethod
    async def service_status(self, replies: ServiceStatusReplies) -> None:
        """Receive the latest status of the payment service."""

    @abc.abstractmethod
    async def abort_payment(self, message: PaymentAbort, replies: StartPaymentReplies) -> None:
        """Abort a sale, refund or check card payment request."""
