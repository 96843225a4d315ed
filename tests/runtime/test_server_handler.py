"""A handler's stubs: routes name the methods, replies are typed."""

import abc
import asyncio
from collections.abc import Mapping
from typing import ClassVar

import pytest

from kiosk import Answer, Cancel, MachineStatus, Order, OrderQuery, Progress, Question
from kiosk_api import API, ON_PROGRESS, ON_QUESTION, PLACE_ORDER, QUERY_ORDER, STATUS_OF_MACHINE
from session_line import CODEC, ORDER_TEXT, QUESTION
from stompws.descriptors import Api, Operation
from stompws.errors import RemoteProtocolError
from stompws.server import ApiHandler, Replies, RequestArrived, Route
from stompws.shapes import Struct


class Desk:
    """A reply port that writes down what it is given."""

    def __init__(self, answer: Struct | None = None) -> None:
        self.sent: list[tuple[str, Struct]] = []
        self._answer = answer

    async def send(self, operation: Operation, message: Struct) -> None:
        self.sent.append((operation.name, message))

    async def ask(self, operation: Operation, message: Struct) -> Struct:
        self.sent.append((operation.name, message))
        assert self._answer is not None
        return self._answer


class OrderReplies(Replies):
    async def progress(self, message: Progress) -> None:
        await self._send(ON_PROGRESS, message)

    async def question(self, message: Question) -> Answer:
        return await self._ask(ON_QUESTION, message, Answer)


class StatusReplies(Replies):
    async def machine_status(self, message: MachineStatus) -> None:
        await self._send(STATUS_OF_MACHINE, message)


class KioskHandler(ApiHandler):
    api: ClassVar[Api] = API
    routes: ClassVar[Mapping[str, Route]] = {
        "placeOrder": Route("place_order", OrderReplies),
        "machineStatus": Route("machine_status", StatusReplies),
    }

    @abc.abstractmethod
    async def place_order(self, request: Order, replies: OrderReplies) -> None: ...

    @abc.abstractmethod
    async def machine_status(self, replies: StatusReplies) -> None: ...


class Barista(KioskHandler):
    async def place_order(self, request: Order, replies: OrderReplies) -> None:
        answer = await replies.question(QUESTION)
        await replies.progress(Progress(text=f"{request.order_reference} {answer.accepted}"))

    async def machine_status(self, replies: StatusReplies) -> None:
        await replies.machine_status(MachineStatus(ready=True))


def arrived(operation: Operation, payload: Struct | None) -> RequestArrived:
    return RequestArrived(operation=operation, payload=payload, headers=None, correlation_id=None)


def test_a_handler_is_called_with_the_request_and_typed_replies() -> None:
    """Routes name the method; a question returns its answer."""
    desk = Desk(Answer(question_id="1", accepted=True))
    order = CODEC.decode(Order, ORDER_TEXT)
    asyncio.run(Barista().dispatch(arrived(PLACE_ORDER, order), desk))
    assert desk.sent == [("onQuestion", QUESTION), ("onProgress", Progress(text="A-1 True"))]


def test_a_handler_of_a_subscription_gets_replies_only() -> None:
    """Where the subscription is the request there is no payload."""
    desk = Desk()
    asyncio.run(Barista().dispatch(arrived(STATUS_OF_MACHINE, None), desk))
    assert desk.sent == [("machineStatus", MachineStatus(ready=True))]


def test_an_answer_of_another_type_is_an_error_of_the_peer() -> None:
    """What `_ask` returns is what its caller declares."""
    desk = Desk(Cancel())
    order = CODEC.decode(Order, ORDER_TEXT)
    with pytest.raises(RemoteProtocolError, match="expected Answer, got Cancel"):
        asyncio.run(Barista().dispatch(arrived(PLACE_ORDER, order), desk))


def test_an_operation_without_a_route_is_an_error_of_the_caller() -> None:
    """Nothing is passed over in silence."""
    query = arrived(QUERY_ORDER, OrderQuery(order_reference="A-1"))
    with pytest.raises(KeyError):
        asyncio.run(Barista().dispatch(query, Desk()))
