"""A server session, fed by a client protocol: no sockets, no clock, no threads."""

from collections.abc import Mapping

from kiosk import (
    EXAMPLES,
    MESSAGES,
    ConfirmName,
    Done,
    Order,
    Outcome,
    Question,
    Receipt,
    ReceiptKind,
)
from kiosk_api import API, ON_DONE, ON_ERROR, ON_PROGRESS, ON_QUESTION, ON_RECEIPT, PLACE_ORDER
from stompws.codec import Codec
from stompws.descriptors import Operation
from stompws.protocol import ClientProtocol, MessageReceived, ProtocolEvent
from stompws.server import Refused, RequestArrived, ServerSession, SessionEvent

CODEC = Codec(MESSAGES)
KEY = "key-of-the-till"
CORRELATION, MESSAGE, PUBLISHER = (
    "x-kiosk-correlation-id",
    "x-kiosk-message-id",
    "x-kiosk-publisher-id",
)
OWN = {CORRELATION: "c-1", MESSAGE: "m-1", PUBLISHER: "till-1"}
ORDER_TEXT = EXAMPLES[Order][0].encode()
QUERY_TEXT = b'{"orderReference": "A-1"}'
QUESTION = Question(question_id="1", required=ConfirmName(name="Zoe"))
RECEIPT = Receipt(kind=ReceiptKind.CUSTOMER, text="one coffee")
DONE = Done(order_reference="A-1", outcome=Outcome.SERVED)


class Line:
    """A client protocol and a server session, joined."""

    def __init__(self, *, key: str | None = KEY, connect: bool = True, **options: object) -> None:
        self.client = ClientProtocol()
        self.server = ServerSession(API, CODEC, **options)  # type: ignore[arg-type]
        self.heard: list[ProtocolEvent] = []
        if connect:
            self.client.connect({"x-kiosk-key": key}, host="kiosk")
            self.connected = self.pump()

    def pump(self) -> list[SessionEvent]:
        """Carry everything both ways; return what the server reports."""
        events: list[SessionEvent] = []
        while out := self.client.data_to_send():
            events += self.server.receive_data(b"".join(out), 0.0)
        self.hear()
        return events

    def hear(self) -> list[ProtocolEvent]:
        """Carry what the server said to the client."""
        news: list[ProtocolEvent] = []
        for data in self.server.data_to_send():
            news += self.client.receive_data(data, 0.0)
        self.heard += news
        return news

    def subscribe(
        self, *operations: Operation, headers: Mapping[str, str] | None = None
    ) -> list[SessionEvent]:
        for operation in operations:
            self.client.subscribe(operation.channel.address, headers)
        return self.pump()

    def send(
        self, operation: Operation, body: bytes, headers: Mapping[str, str] = OWN
    ) -> list[SessionEvent]:
        self.client.send(operation.channel.address, body, headers)
        return self.pump()

    def messages(self) -> list[MessageReceived]:
        return [event for event in self.hear() if isinstance(event, MessageReceived)]


ORDER_REPLIES = (ON_ERROR, ON_PROGRESS, ON_QUESTION, ON_RECEIPT, ON_DONE)


def ordering() -> Line:
    """A line on which an order has been placed."""
    line = Line()
    assert line.subscribe(*ORDER_REPLIES) == []
    (event,) = line.send(PLACE_ORDER, ORDER_TEXT)
    assert isinstance(event, RequestArrived)
    return line


def refusal(events: list[SessionEvent]) -> Refused:
    (event,) = events
    assert isinstance(event, Refused)
    return event
