"""What the tests of the client share: messages, scripts for the kiosk, and a client of it."""

import json
from typing import Any

from kiosk import (
    EXAMPLES,
    Answer,
    ConfirmName,
    Done,
    Order,
    OrderQuery,
    Outcome,
    Progress,
    Question,
    Receipt,
    ReceiptKind,
)
from kiosk_api import (
    ON_DONE,
    ON_ORDER_STATE,
    ON_PROGRESS,
    ON_QUESTION,
    ON_RECEIPT,
)
from kiosk_client import KioskClient, LocalKiosk
from kiosk_server import CODEC, PATIENCE_SECONDS, Call, Kiosk, Script
from stompws.client import ClientOptions, Deadlines
from stompws.server import (
    AnswerArrived,
)

KEY = "key-of-the-till"
ORDER = CODEC.decode(Order, EXAMPLES[Order][0])
QUERY = OrderQuery(order_reference="A-1")
DONE = Done(order_reference="A-1", outcome=Outcome.SERVED)
QUESTION = Question(question_id="1", required=ConfirmName(name="Zoe"))
YES = Answer(question_id="1", accepted=True)
NOBODY = LocalKiosk(port=9, plain=True)
"""Where nobody listens."""

RECEIPT = Receipt(kind=ReceiptKind.CUSTOMER, text="one coffee")
CORRELATION, MESSAGE, PUBLISHER = (
    "x-kiosk-correlation-id",
    "x-kiosk-message-id",
    "x-kiosk-publisher-id",
)


def client_of(kiosk: Kiosk, **options: Any) -> KioskClient:
    options.setdefault("deadlines", Deadlines(close=PATIENCE_SECONDS))
    server = LocalKiosk(port=kiosk.port, plain=True)
    return KioskClient(server, kiosk_key=KEY, options=ClientOptions(**options))


def reply_to_query(call: Call) -> None:
    call.request()
    call.reply(ON_ORDER_STATE, DONE)


def serve_order(call: Call) -> None:
    """Play an order as it should be."""
    call.request()
    call.reply(ON_PROGRESS, Progress(text="grinding"))
    call.reply(ON_QUESTION, QUESTION)
    call.wait_for(AnswerArrived)
    call.reply(ON_RECEIPT, RECEIPT)
    call.reply(ON_DONE, DONE)


def raw_order_reply(*parts: tuple[Any, bytes, dict[str, Any]]) -> Script:
    def script(call: Call) -> None:
        call.request()
        for operation, body, options in parts:
            call.reply_raw(operation, body, **options)

    return script


def done_json(**more: Any) -> bytes:
    return json.dumps({"orderReference": "A-1", "outcome": "served", **more}).encode()


def only_listen(_: Call) -> None:
    """Answer nothing."""


def refuse_all(_: str) -> bool:
    """Accept no credential."""
    return False


def say_no(call: Call) -> None:
    call.stomp_error("no")
