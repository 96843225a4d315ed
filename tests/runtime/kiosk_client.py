"""A client of the coffee kiosk, written as generated code is."""

from typing import ClassVar, TypeAlias

import attrs

from kiosk import (
    Answer,
    Cancel,
    Done,
    Enrolled,
    Enrolment,
    MachineStatus,
    Order,
    OrderQuery,
    Progress,
    Question,
    Receipt,
    ReceiptQuery,
)
from kiosk_api import (
    ANSWER_QUESTION,
    API,
    CANCEL_ORDER,
    ENROL,
    FETCH_RECEIPTS,
    PLACE_ORDER,
    QUERY_ORDER,
    STATUS_OF_MACHINE,
)
from stompws.client import (
    ApiClient,
    ClientConversation,
    ClientOptions,
    Deadlines,
    Secret,
)
from stompws.rules import Integer
from stompws.shapes import Server, Undecodable, field_info


@attrs.frozen(kw_only=True)
class LocalKiosk(Server):
    """A kiosk on this machine."""

    port: int = attrs.field(
        validator=Integer(minimum=1, maximum=65535), metadata=field_info("port")
    )
    location: ClassVar[str] = "127.0.0.1:{port}/kiosk"
    stomp_versions: ClassVar[tuple[str, ...]] = ("1.2", "1.1", "1.0")
    subprotocols: ClassVar[tuple[str, ...]] = ("v12.stomp",)


PlaceOrderPayload: TypeAlias = Progress | Question | Receipt | Done | Undecodable


class PlaceOrder(ClientConversation[PlaceOrderPayload]):
    """The conversation of `placeOrder`."""

    def answer_question(self, message: Answer) -> None:
        self._send(ANSWER_QUESTION, message)

    def cancel_order(self, message: Cancel | None = None) -> None:
        self._send(CANCEL_ORDER, message)


class FetchReceipts(ClientConversation[Receipt | Undecodable]):
    """The conversation of `fetchReceipts`."""


class KioskClient(ApiClient):
    """All operations of the kiosk."""

    def __init__(
        self,
        server: LocalKiosk,
        *,
        kiosk_key: Secret | None = None,
        options: ClientOptions | None = None,
    ) -> None:
        super().__init__(API, server, credential=kiosk_key, options=options)

    def place_order(self, request: Order, *, deadlines: Deadlines | None = None) -> PlaceOrder:
        return self._open(PLACE_ORDER, request, PlaceOrder, deadlines)

    def fetch_receipts(
        self, request: ReceiptQuery, *, deadlines: Deadlines | None = None
    ) -> FetchReceipts:
        return self._open(FETCH_RECEIPTS, request, FetchReceipts, deadlines)

    def query_order(self, request: OrderQuery, *, deadlines: Deadlines | None = None) -> Done:
        return self._request(QUERY_ORDER, request, Done, deadlines)

    def enrol(self, request: Enrolment, *, deadlines: Deadlines | None = None) -> Enrolled:
        return self._request(ENROL, request, Enrolled, deadlines)

    def machine_status(self, *, deadlines: Deadlines | None = None) -> MachineStatus:
        return self._request(STATUS_OF_MACHINE, None, MachineStatus, deadlines)
