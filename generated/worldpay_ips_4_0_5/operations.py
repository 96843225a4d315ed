# Generated from ips-payment-4.0.5-invented.json by stompgen. Do not edit.
# API 4.0.5-invented, sha256 d156c212cde2…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import (
    Action,
    Api,
    ConnectHeader,
    Connection,
    ConversationRules,
    HeaderRoles,
    MessageType,
    Occurs,
    OnEnd,
    Operation,
    Recovery,
    Reply,
)

from . import channels
from .messages.errors import Error
from .messages.headers import MessageHeaders
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

BATCH_REPORT_MESSAGE = MessageType(name="BatchReport", payload=BatchReport, headers=MessageHeaders)
"""The message to receive an X or Z Report for the transactions in the current batch."""

BATCH_REPORT_REQUEST_MESSAGE = MessageType(
    name="BatchReportRequest", payload=BatchReportRequest, headers=MessageHeaders
)
"""The message to request an X or Z Report for the transactions in the current batch."""

DEVICE_RESTART_MESSAGE = MessageType(
    name="DeviceRestart", payload=DeviceRestart, headers=MessageHeaders
)
"""The message to receive the result of the payment device restart request."""

DEVICE_RESTART_REQUEST_MESSAGE = MessageType(
    name="DeviceRestartRequest", payload=DeviceRestartRequest, headers=MessageHeaders
)
"""The message to request the restart of the connected payment device."""

DEVICE_STATUS_MESSAGE = MessageType(
    name="DeviceStatus", payload=DeviceStatus, headers=MessageHeaders
)
"""The message to receive the status of the connected payment device."""

ERROR_MESSAGE = MessageType(name="Error", payload=Error, headers=MessageHeaders)
"""The message to receive errors that occur while processing a request."""

OFFLINE_REPORT_MESSAGE = MessageType(
    name="OfflineReport", payload=OfflineReport, headers=MessageHeaders
)
"""The message to receive details of stored offline transactions."""

OFFLINE_REPORT_REQUEST_MESSAGE = MessageType(
    name="OfflineReportRequest", payload=OfflineReportRequest, headers=MessageHeaders
)
"""The message to request details of stored offline transactions."""

PAYMENT_ABORT_MESSAGE = MessageType(
    name="PaymentAbort", payload=PaymentAbort, headers=MessageHeaders
)
"""The message to abort a sale, refund or check card payment."""

PAYMENT_ACTION_DONE_MESSAGE = MessageType(
    name="PaymentActionDone", payload=PaymentActionDone, headers=MessageHeaders
)
"""The message to confirm the action for the payment has been completed."""

PAYMENT_ACTION_REQUIRED_MESSAGE = MessageType(
    name="PaymentActionRequired", payload=PaymentActionRequired, headers=MessageHeaders
)
"""The message to request an action to proceed with the payment."""

PAYMENT_CANCELLATION_MESSAGE = MessageType(
    name="PaymentCancellation", payload=PaymentCancellation, headers=MessageHeaders
)
"""The message to cancel a previous payment."""

PAYMENT_COMPLETE_MESSAGE = MessageType(
    name="PaymentComplete", payload=PaymentComplete, headers=MessageHeaders
)
"""The message to communicate that the payment process is complete."""

PAYMENT_NOTIFICATION_MESSAGE = MessageType(
    name="PaymentNotification", payload=PaymentNotification, headers=MessageHeaders
)
"""The message to communicate the real-time status of an in-flight payment."""

PAYMENT_RECEIPT_MESSAGE = MessageType(
    name="PaymentReceipt", payload=PaymentReceipt, headers=MessageHeaders
)
"""The message to receive a payment receipt."""

PAYMENT_RECEIPT_QUERY_MESSAGE = MessageType(
    name="PaymentReceiptQuery", payload=PaymentReceiptQuery, headers=MessageHeaders
)
"""The message to query the receipt of the last payment."""

PAYMENT_REQUEST_MESSAGE = MessageType(
    name="PaymentRequest", payload=PaymentRequest, headers=MessageHeaders
)
"""The message to initiate a new payment."""

PAYMENT_RESULT_MESSAGE = MessageType(
    name="PaymentResult", payload=PaymentResult, headers=MessageHeaders
)
"""The message to communicate the result of a completed payment."""

PAYMENT_RESULT_QUERY_MESSAGE = MessageType(
    name="PaymentResultQuery", payload=PaymentResultQuery, headers=MessageHeaders
)
"""The message to query the result of the last payment."""

PAYMENT_SETTLEMENT_MESSAGE = MessageType(
    name="PaymentSettlement", payload=PaymentSettlement, headers=MessageHeaders
)
"""The message to settle a pre-authorised payment."""

POINT_OF_SALE_REGISTRATION_MESSAGE = MessageType(
    name="PointOfSaleRegistration", payload=PointOfSaleRegistration, headers=MessageHeaders
)
"""The message confirming the registration of a new Point of Sale."""

POINT_OF_SALE_REGISTRATION_REQUEST_MESSAGE = MessageType(
    name="PointOfSaleRegistrationRequest",
    payload=PointOfSaleRegistrationRequest,
    headers=MessageHeaders,
)
"""The message to register a new Point of Sale."""

REGISTRATION_REFRESH_MESSAGE = MessageType(
    name="RegistrationRefresh", payload=RegistrationRefresh, headers=MessageHeaders
)
"""The message confirming the refresh of a Point of Sale registration."""

REGISTRATION_REFRESH_REQUEST_MESSAGE = MessageType(
    name="RegistrationRefreshRequest", payload=RegistrationRefreshRequest, headers=MessageHeaders
)
"""The message to refresh a Point of Sale registration."""

SERVICE_STATUS_MESSAGE = MessageType(
    name="ServiceStatus", payload=ServiceStatus, headers=MessageHeaders
)
"""The message to receive the status of the payment service."""

ABORT_PAYMENT = Operation(
    name="abortPayment",
    action=Action.SEND,
    channel=channels.PAYMENT_ABORT,
    messages=(PAYMENT_ABORT_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.CURRENT, errors=("onError",), at_most_once=True
    ),
)
"""Abort a sale, refund or check card payment request."""

CANCEL_PAYMENT = Operation(
    name="cancelPayment",
    action=Action.SEND,
    channel=channels.PAYMENT_CANCELLATION,
    messages=(PAYMENT_CANCELLATION_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(
            Reply(operation="onPaymentReceipt", occurs=Occurs.MANY),
            Reply(operation="onPaymentResult", occurs=Occurs.ONE),
            Reply(
                operation="onPaymentComplete",
                occurs=Occurs.ONE,
                terminal=True,
                after=("onPaymentResult",),
            ),
        ),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
        at_most_once=True,
        recover=Recovery(operation="queryPaymentResult", key="merchantTransactionReference"),
    ),
)
"""Cancel a previous payment."""

CONFIRM_PAYMENT_ACTION = Operation(
    name="confirmPaymentAction",
    action=Action.SEND,
    channel=channels.PAYMENT_ACTION_DONE,
    messages=(PAYMENT_ACTION_DONE_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.CURRENT, errors=("onError",), at_most_once=True
    ),
)
"""Confirm the action taken for an in-flight payment."""

DEVICE_STATUS = Operation(
    name="deviceStatus",
    action=Action.RECEIVE,
    channel=channels.DEVICE_STATUS,
    messages=(DEVICE_STATUS_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="deviceStatus", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
        on_end=OnEnd.SHOULD_DISCONNECT,
    ),
)
"""Receive the latest status of the connected payment device."""

ON_BATCH_REPORT = Operation(
    name="onBatchReport",
    action=Action.RECEIVE,
    channel=channels.BATCH_REPORT,
    messages=(BATCH_REPORT_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive the X or Z Report for the current batch."""

ON_DEVICE_RESTART = Operation(
    name="onDeviceRestart",
    action=Action.RECEIVE,
    channel=channels.DEVICE_RESTART,
    messages=(DEVICE_RESTART_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive the details of the device restart request."""

ON_ERROR = Operation(
    name="onError",
    action=Action.RECEIVE,
    channel=channels.ERROR,
    messages=(ERROR_MESSAGE,),
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive errors that have occurred during processing a request."""

ON_OFFLINE_REPORT = Operation(
    name="onOfflineReport",
    action=Action.RECEIVE,
    channel=channels.OFFLINE_REPORT,
    messages=(OFFLINE_REPORT_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive the details of stored offline transactions."""

ON_PAYMENT_ACTION_REQUIRED = Operation(
    name="onPaymentActionRequired",
    action=Action.RECEIVE,
    channel=channels.PAYMENT_ACTION_REQUIRED,
    messages=(PAYMENT_ACTION_REQUIRED_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive a request to take an action in order to proceed with an in-flight payment."""

ON_PAYMENT_COMPLETE = Operation(
    name="onPaymentComplete",
    action=Action.RECEIVE,
    channel=channels.PAYMENT_COMPLETE,
    messages=(PAYMENT_COMPLETE_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive confirmation that the payment process has completed."""

ON_PAYMENT_NOTIFICATION = Operation(
    name="onPaymentNotification",
    action=Action.RECEIVE,
    channel=channels.PAYMENT_NOTIFICATION,
    messages=(PAYMENT_NOTIFICATION_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive real-time status updates for an in-flight payment."""

ON_PAYMENT_RECEIPT = Operation(
    name="onPaymentReceipt",
    action=Action.RECEIVE,
    channel=channels.PAYMENT_RECEIPT,
    messages=(PAYMENT_RECEIPT_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive the content of the receipt(s) for the payment."""

ON_PAYMENT_RESULT = Operation(
    name="onPaymentResult",
    action=Action.RECEIVE,
    channel=channels.PAYMENT_RESULT,
    messages=(PAYMENT_RESULT_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive the result of a completed payment."""

ON_POINT_OF_SALE_REGISTERED = Operation(
    name="onPointOfSaleRegistered",
    action=Action.RECEIVE,
    channel=channels.POINT_OF_SALE_REGISTRATION,
    messages=(POINT_OF_SALE_REGISTRATION_MESSAGE,),
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive confirmation of the Point of Sale's registration."""

ON_REGISTRATION_REFRESHED = Operation(
    name="onRegistrationRefreshed",
    action=Action.RECEIVE,
    channel=channels.REGISTRATION_REFRESH,
    messages=(REGISTRATION_REFRESH_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive confirmation of the Point of Sale's registration refresh."""

QUERY_PAYMENT_RECEIPT = Operation(
    name="queryPaymentReceipt",
    action=Action.SEND,
    channel=channels.PAYMENT_RECEIPT_QUERY,
    messages=(PAYMENT_RECEIPT_QUERY_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="onPaymentReceipt", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
    ),
)
"""Query the receipt of the last payment."""

QUERY_PAYMENT_RESULT = Operation(
    name="queryPaymentResult",
    action=Action.SEND,
    channel=channels.PAYMENT_RESULT_QUERY,
    messages=(PAYMENT_RESULT_QUERY_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="onPaymentResult", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
    ),
)
"""Query the result of the last payment."""

REFRESH_REGISTRATION = Operation(
    name="refreshRegistration",
    action=Action.SEND,
    channel=channels.REGISTRATION_REFRESH_REQUEST,
    messages=(REGISTRATION_REFRESH_REQUEST_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="onRegistrationRefreshed", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
    ),
)
"""Refresh the Point of Sale device's registration."""

REGISTER_POINT_OF_SALE = Operation(
    name="registerPointOfSale",
    action=Action.SEND,
    channel=channels.POINT_OF_SALE_REGISTRATION_REQUEST,
    messages=(POINT_OF_SALE_REGISTRATION_REQUEST_MESSAGE,),
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="onPointOfSaleRegistered", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
        at_most_once=True,
    ),
)
"""Register a new Point of Sale device."""

REQUEST_BATCH_REPORT = Operation(
    name="requestBatchReport",
    action=Action.SEND,
    channel=channels.BATCH_REPORT_REQUEST,
    messages=(BATCH_REPORT_REQUEST_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="onBatchReport", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
        at_most_once=True,
    ),
)
"""Request an X or Z Report for the current batch."""

REQUEST_OFFLINE_REPORT = Operation(
    name="requestOfflineReport",
    action=Action.SEND,
    channel=channels.OFFLINE_REPORT_REQUEST,
    messages=(OFFLINE_REPORT_REQUEST_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="onOfflineReport", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
    ),
)
"""Request details of stored offline transactions."""

RESTART_DEVICE = Operation(
    name="restartDevice",
    action=Action.SEND,
    channel=channels.DEVICE_RESTART_REQUEST,
    messages=(DEVICE_RESTART_REQUEST_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="onDeviceRestart", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
        at_most_once=True,
    ),
)
"""Request the restart of the payment device."""

SERVICE_STATUS = Operation(
    name="serviceStatus",
    action=Action.RECEIVE,
    channel=channels.SERVICE_STATUS,
    messages=(SERVICE_STATUS_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="serviceStatus", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
    ),
)
"""Receive the latest status of the payment service."""

SETTLE_PAYMENT = Operation(
    name="settlePayment",
    action=Action.SEND,
    channel=channels.PAYMENT_SETTLEMENT,
    messages=(PAYMENT_SETTLEMENT_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(
            Reply(operation="onPaymentResult", occurs=Occurs.ONE),
            Reply(
                operation="onPaymentComplete",
                occurs=Occurs.ONE,
                terminal=True,
                after=("onPaymentResult",),
            ),
        ),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
        at_most_once=True,
        recover=Recovery(operation="queryPaymentResult", key="merchantTransactionReference"),
    ),
)
"""Settle a previous pre-authorised payment."""

START_PAYMENT = Operation(
    name="startPayment",
    action=Action.SEND,
    channel=channels.PAYMENT_REQUEST,
    messages=(PAYMENT_REQUEST_MESSAGE,),
    authenticated=True,
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(
            Reply(
                operation="onPaymentActionRequired",
                occurs=Occurs.MANY,
                answer="confirmPaymentAction",
            ),
            Reply(operation="onPaymentNotification", occurs=Occurs.MANY),
            Reply(operation="onPaymentReceipt", occurs=Occurs.MANY),
            Reply(operation="onPaymentResult", occurs=Occurs.ONE),
            Reply(
                operation="onPaymentComplete",
                occurs=Occurs.ONE,
                terminal=True,
                after=("onPaymentResult",),
            ),
        ),
        during=("confirmPaymentAction", "abortPayment"),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
        at_most_once=True,
        recover=Recovery(operation="queryPaymentResult", key="merchantTransactionReference"),
    ),
)
"""Initiate a new payment."""

API = Api(
    title="Integrated Payment Server - Payment API",
    version="4.0.5-invented",
    operations=(
        ABORT_PAYMENT,
        CANCEL_PAYMENT,
        CONFIRM_PAYMENT_ACTION,
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
    ),
    headers=HeaderRoles(
        correlation_id="x-wp-correlation-id",
        message_id="x-wp-message-id",
        publisher_id="x-wp-publisher-id",
    ),
    credential=ConnectHeader(name="x-wp-authorization", parameter="license_key"),
)
"""The whole API."""
