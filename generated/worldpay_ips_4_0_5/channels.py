# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""The channels: STOMP destinations."""

from stompws.descriptors import Channel

BATCH_REPORT = Channel(name="batchReport", address="/client/v1/payment/report/batch")
"""Batch report."""

BATCH_REPORT_REQUEST = Channel(name="batchReportRequest", address="/v1/payment/report/batch")
"""Request for a batch report."""

DEVICE_RESTART = Channel(name="deviceRestart", address="/client/v1/device/restart")
"""Result of a restart request."""

DEVICE_RESTART_REQUEST = Channel(name="deviceRestartRequest", address="/v2/device/restart")
"""Restart of the payment device."""

DEVICE_STATUS = Channel(name="deviceStatus", address="/client/v1/device/status")
"""Status of the payment device."""

ERROR = Channel(name="error", address="/client/v1/error")
"""Errors."""

OFFLINE_REPORT = Channel(name="offlineReport", address="/client/v1/payment/report/offline")
"""Offline report."""

OFFLINE_REPORT_REQUEST = Channel(name="offlineReportRequest", address="/v1/payment/report/offline")
"""Request for an offline report."""

PAYMENT_ABORT = Channel(name="paymentAbort", address="/v1/payment/abort")
"""Abort of an in-flight payment."""

PAYMENT_ACTION_DONE = Channel(name="paymentActionDone", address="/v1/payment/action")
"""Action taken for an in-flight payment."""

PAYMENT_ACTION_REQUIRED = Channel(name="paymentActionRequired", address="/client/v1/payment/action")
"""Action required for an in-flight payment."""

PAYMENT_CANCELLATION = Channel(name="paymentCancellation", address="/v1/payment/cancel")
"""Cancellation of a payment."""

PAYMENT_COMPLETE = Channel(name="paymentComplete", address="/client/v1/payment/complete")
"""End of the payment process."""

PAYMENT_NOTIFICATION = Channel(
    name="paymentNotification", address="/client/v1/payment/notification"
)
"""Status of an in-flight payment."""

PAYMENT_RECEIPT = Channel(name="paymentReceipt", address="/client/v1/payment/receipt")
"""Receipts."""

PAYMENT_RECEIPT_QUERY = Channel(name="paymentReceiptQuery", address="/v1/payment/query/receipt")
"""Query for the last receipt."""

PAYMENT_REQUEST = Channel(name="paymentRequest", address="/v1/payment")
"""Payment."""

PAYMENT_RESULT = Channel(name="paymentResult", address="/client/v1/payment/result")
"""Result of a payment."""

PAYMENT_RESULT_QUERY = Channel(name="paymentResultQuery", address="/v1/payment/query/result")
"""Query for the last result."""

PAYMENT_SETTLEMENT = Channel(name="paymentSettlement", address="/v1/payment/settle")
"""Settlement of a pre-authorised payment."""

POINT_OF_SALE_REGISTRATION = Channel(
    name="pointOfSaleRegistration", address="/client/v1/pos/registration"
)
"""Confirmation of a registration."""

POINT_OF_SALE_REGISTRATION_REQUEST = Channel(
    name="pointOfSaleRegistrationRequest", address="/v1/pos/registration"
)
"""Registration of a point of sale."""

REGISTRATION_REFRESH = Channel(
    name="registrationRefresh", address="/client/v1/pos/registration/refresh"
)
"""Confirmation of a refresh."""

REGISTRATION_REFRESH_REQUEST = Channel(
    name="registrationRefreshRequest", address="/v1/pos/registration/refresh"
)
"""Refresh of a registration."""

SERVICE_STATUS = Channel(name="serviceStatus", address="/client/v1/service/status")
"""Status of the payment service."""
