"""The coffee kiosk's operations, as generated code declares them, for the tests."""

from kiosk import (
    Answer,
    Cancel,
    Done,
    Enrolled,
    Enrolment,
    Fault,
    KioskHeaders,
    MachineStatus,
    Order,
    OrderQuery,
    Progress,
    Question,
    Receipt,
    ReceiptQuery,
)
from stompws.descriptors import (
    Action,
    Api,
    Channel,
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
    TerminalWhen,
)

ORDER = MessageType(name="Order", payload=Order, headers=KioskHeaders)
PROGRESS = MessageType(name="Progress", payload=Progress, headers=KioskHeaders)
QUESTION = MessageType(name="Question", payload=Question, headers=KioskHeaders)
ANSWER = MessageType(name="Answer", payload=Answer, headers=KioskHeaders)
CANCEL = MessageType(name="Cancel", payload=Cancel, headers=KioskHeaders)
RECEIPT = MessageType(name="Receipt", payload=Receipt, headers=KioskHeaders)
DONE = MessageType(name="Done", payload=Done, headers=KioskHeaders)
ORDER_QUERY = MessageType(name="OrderQuery", payload=OrderQuery, headers=KioskHeaders)
RECEIPT_QUERY = MessageType(name="ReceiptQuery", payload=ReceiptQuery, headers=KioskHeaders)
MACHINE_STATUS = MessageType(name="MachineStatus", payload=MachineStatus, headers=KioskHeaders)
ENROLMENT = MessageType(name="Enrolment", payload=Enrolment, headers=KioskHeaders)
ENROLLED = MessageType(name="Enrolled", payload=Enrolled, headers=KioskHeaders)
FAULT = MessageType(name="Fault", payload=Fault, headers=KioskHeaders)


def _send(
    name: str, address: str, message: MessageType, rules: ConversationRules, *, open_: bool = False
) -> Operation:
    return Operation(
        name=name,
        action=Action.SEND,
        channel=Channel(name=name, address=address),
        messages=(message,),
        authenticated=not open_,
        conversation=rules,
    )


def _receive(
    name: str,
    address: str,
    message: MessageType,
    rules: ConversationRules | None = None,
    *,
    open_: bool = False,
) -> Operation:
    return Operation(
        name=name,
        action=Action.RECEIVE,
        channel=Channel(name=name, address=address),
        messages=(message,),
        authenticated=not open_,
        conversation=rules or ConversationRules(),
    )


PLACE_ORDER = _send(
    "placeOrder",
    "/kiosk/order",
    ORDER,
    ConversationRules(
        connection=Connection.NEW,
        replies=(
            Reply(operation="onProgress", occurs=Occurs.MANY),
            Reply(operation="onQuestion", occurs=Occurs.MANY, answer="answerQuestion"),
            Reply(operation="onReceipt", occurs=Occurs.SOME),
            Reply(operation="onDone", occurs=Occurs.ONE, terminal=True, after=("onReceipt",)),
        ),
        during=("answerQuestion", "cancelOrder"),
        errors=("onError",),
        on_end=OnEnd.MUST_DISCONNECT,
        at_most_once=True,
        recover=Recovery(operation="queryOrder", key="orderReference"),
    ),
)
ANSWER_QUESTION = _send(
    "answerQuestion", "/kiosk/answer", ANSWER, ConversationRules(connection=Connection.CURRENT)
)
CANCEL_ORDER = _send(
    "cancelOrder", "/kiosk/cancel", CANCEL, ConversationRules(connection=Connection.CURRENT)
)
QUERY_ORDER = _send(
    "queryOrder",
    "/kiosk/order/query",
    ORDER_QUERY,
    ConversationRules(
        replies=(Reply(operation="onOrderState", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
        on_end=OnEnd.SHOULD_DISCONNECT,
    ),
)
FETCH_RECEIPTS = _send(
    "fetchReceipts",
    "/kiosk/receipts",
    RECEIPT_QUERY,
    ConversationRules(
        replies=(
            Reply(
                operation="onReceipt",
                occurs=Occurs.SOME,
                terminal_when=TerminalWhen(reply="/kind", request="/kind"),
            ),
        ),
        errors=("onError",),
    ),
)
ENROL = _send(
    "enrol",
    "/kiosk/enrol",
    ENROLMENT,
    ConversationRules(
        replies=(Reply(operation="onEnrolled", occurs=Occurs.ONE, terminal=True),),
        errors=("onEnrolError",),
    ),
    open_=True,
)
STATUS_OF_MACHINE = _receive(
    "machineStatus",
    "/client/machine/status",
    MACHINE_STATUS,
    ConversationRules(
        replies=(Reply(operation="machineStatus", occurs=Occurs.ONE, terminal=True),),
        errors=("onError",),
    ),
)
ON_PROGRESS = _receive("onProgress", "/client/progress", PROGRESS)
ON_QUESTION = _receive("onQuestion", "/client/question", QUESTION)
ON_RECEIPT = _receive("onReceipt", "/client/receipt", RECEIPT)
ON_DONE = _receive("onDone", "/client/done", DONE)
ON_ORDER_STATE = _receive("onOrderState", "/client/order/state", DONE)
ON_ERROR = _receive("onError", "/client/error", FAULT)
ON_ENROLLED = _receive("onEnrolled", "/client/enrolled", ENROLLED, open_=True)
ON_ENROL_ERROR = _receive("onEnrolError", "/client/enrol/error", FAULT, open_=True)

API = Api(
    title="Coffee kiosk",
    version="1.0.0",
    operations=(
        PLACE_ORDER, ANSWER_QUESTION, CANCEL_ORDER, QUERY_ORDER, FETCH_RECEIPTS, ENROL,
        STATUS_OF_MACHINE, ON_PROGRESS, ON_QUESTION, ON_RECEIPT, ON_DONE, ON_ORDER_STATE,
        ON_ERROR, ON_ENROLLED, ON_ENROL_ERROR,
    ),
    headers=HeaderRoles(
        correlation_id="x-kiosk-correlation-id",
        message_id="x-kiosk-message-id",
        publisher_id="x-kiosk-publisher-id",
    ),
    credential=ConnectHeader(name="x-kiosk-key", parameter="kiosk_key"),
)  # fmt: skip
