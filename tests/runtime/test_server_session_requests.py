"""Requests: when they are due, and what refuses them."""

import json

import pytest

from kiosk import Fault, MachineStatus, Order, Progress
from kiosk_api import (
    API,
    CANCEL_ORDER,
    ENROL,
    FETCH_RECEIPTS,
    ON_DONE,
    ON_ERROR,
    ON_ORDER_STATE,
    ON_PROGRESS,
    PLACE_ORDER,
    QUERY_ORDER,
    STATUS_OF_MACHINE,
)
from session_line import (
    CORRELATION,
    ORDER_REPLIES,
    ORDER_TEXT,
    OWN,
    QUERY_TEXT,
    Line,
    ordering,
    refusal,
)
from stompws.descriptors import Operation
from stompws.server import RefusalKind, RequestArrived


def test_a_request_arrives_decoded_with_its_headers() -> None:
    """Payload and headers are the classes that the operation declares."""
    line = Line()
    line.subscribe(*ORDER_REPLIES)
    (event,) = line.send(PLACE_ORDER, ORDER_TEXT)
    assert isinstance(event, RequestArrived)
    assert event.operation is PLACE_ORDER
    assert isinstance(event.payload, Order)
    assert event.payload.order_reference == "A-1"
    assert event.correlation_id == "c-1"
    assert getattr(event.headers, "publisher_id") == "till-1"  # noqa: B009
    assert "A-1" not in repr(event)


def test_a_subscription_can_be_the_request() -> None:
    """A receive operation that answers itself is opened by subscribing, and has no payload."""
    line = Line()
    line.subscribe(ON_ERROR)
    (event,) = line.subscribe(STATUS_OF_MACHINE, headers=OWN)
    assert isinstance(event, RequestArrived)
    assert (event.operation, event.payload) == (STATUS_OF_MACHINE, None)
    line.server.reply(STATUS_OF_MACHINE, MachineStatus(ready=True))
    (message,) = line.messages()
    assert json.loads(message.body) == {"ready": True}
    assert message.headers[CORRELATION] == "c-1"
    conversation = line.server.conversation
    assert conversation is not None
    assert conversation.ended


@pytest.mark.parametrize("missing", ORDER_REPLIES)
def test_a_request_before_its_subscriptions_is_refused(missing: Operation) -> None:
    """Every destination that answers a request, errors included, is subscribed to first."""
    line = Line()
    line.subscribe(*(operation for operation in ORDER_REPLIES if operation is not missing))
    refused = refusal(line.send(PLACE_ORDER, ORDER_TEXT))
    assert refused.kind is RefusalKind.MISSING_SUBSCRIPTION
    assert missing.channel.address in refused.detail


def test_an_unsubscribed_destination_no_longer_counts() -> None:
    """UNSUBSCRIBE ends a subscription."""
    line = Line()
    id_ = line.client.subscribe(ON_ORDER_STATE.channel.address)
    line.subscribe(ON_ERROR)
    line.client.unsubscribe(id_)
    line.pump()
    assert not line.server.is_subscribed(ON_ORDER_STATE)
    assert line.server.is_subscribed(ON_ERROR)
    assert refusal(line.send(QUERY_ORDER, QUERY_TEXT)).kind is RefusalKind.MISSING_SUBSCRIPTION


def test_without_authentication_only_open_operations_work() -> None:
    """Also a subscription needs authentication where its operation does."""
    line = Line(key=None)
    assert refusal(line.subscribe(ON_DONE)).kind is RefusalKind.NOT_AUTHENTICATED
    assert refusal(line.send(QUERY_ORDER, QUERY_TEXT)).kind is RefusalKind.NOT_AUTHENTICATED
    status = refusal(line.subscribe(STATUS_OF_MACHINE))
    assert (status.kind, status.operation) == (RefusalKind.NOT_AUTHENTICATED, STATUS_OF_MACHINE)
    open_ones = [API.by_name["onEnrolled"], API.by_name["onEnrolError"]]
    assert line.subscribe(*open_ones) == []
    (event,) = line.send(ENROL, b'{"activationCode": "12345"}')
    assert isinstance(event, RequestArrived)


@pytest.mark.parametrize("address", ["/kiosk/tea", "", "/client/done", "/Kiosk/order"])
def test_a_message_to_an_unknown_destination_is_refused(address: str) -> None:
    """Also to one that exists in the other direction only; names are case sensitive."""
    line = Line()
    line.client.send(address, b"{}", OWN)
    refused = refusal(line.pump())
    assert (refused.kind, refused.operation) == (RefusalKind.UNKNOWN_DESTINATION, None)
    assert refused.correlation_id == "c-1"


@pytest.mark.parametrize("address", ["/client/tea", "/kiosk/order"])
def test_a_subscription_of_an_unknown_destination_is_refused(address: str) -> None:
    """A subscription needs a receive operation."""
    line = Line()
    line.client.subscribe(address)
    assert refusal(line.pump()).kind is RefusalKind.UNKNOWN_DESTINATION


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (b"", "$"),
        (b"no json", "$"),
        (b"[]", "$"),
        (b"[" * 100_000, "$"),
        (b"\xff", "$"),
        (b"{}", "$.orderReference"),
        (b'{"orderReference": 7}', "$.orderReference"),
        (b'{"orderReference": ""}', "$.orderReference"),
        (b'{"orderReference": null}', "$.orderReference"),
    ],
)
def test_a_malformed_body_is_refused_with_its_problems(body: bytes, path: str) -> None:
    """The server reads strictly; the refusal tells where, and holds no value."""
    line = Line()
    line.subscribe(ON_ERROR, ON_ORDER_STATE)
    refused = refusal(line.send(QUERY_ORDER, body))
    assert (refused.kind, refused.operation) == (RefusalKind.MALFORMED_BODY, QUERY_ORDER)
    assert path in [problem.path for problem in refused.problems]


def test_malformed_headers_are_refused() -> None:
    """Application headers have a schema too; paths say that a header is meant."""
    line = Line()
    line.subscribe(ON_ERROR, ON_ORDER_STATE)
    refused = refusal(line.send(QUERY_ORDER, QUERY_TEXT, {CORRELATION: ""}))
    assert refused.kind is RefusalKind.MALFORMED_HEADERS
    assert refused.problems[0].path.startswith("headers")


def test_a_refused_request_can_be_answered_with_an_error_that_correlates() -> None:
    """The error carries the correlation id of the request that it refuses, and ends it."""
    line = Line()
    line.subscribe(ON_ERROR, ON_ORDER_STATE)
    line.send(QUERY_ORDER, b"{}")
    line.server.reply(ON_ERROR, Fault(code="incomplete"))
    (message,) = line.messages()
    assert message.headers[CORRELATION] == "c-1"
    assert message.destination == "/client/error"


def test_nothing_can_follow_a_refused_request() -> None:
    """It has used the connection up: there is no conversation, and no second request."""
    line = Line()
    line.subscribe(*ORDER_REPLIES)
    line.send(PLACE_ORDER, b"{}")
    assert refusal(line.send(CANCEL_ORDER, b"{}")).kind is RefusalKind.NO_CONVERSATION
    assert refusal(line.send(PLACE_ORDER, ORDER_TEXT)).kind is RefusalKind.SECOND_REQUEST


@pytest.mark.parametrize("second", [PLACE_ORDER, QUERY_ORDER, FETCH_RECEIPTS, ENROL])
def test_a_second_request_on_a_connection_is_refused(second: Operation) -> None:
    """One request per connection, and the first one goes on undisturbed."""
    line = ordering()
    refused = refusal(line.send(second, b"{}", {CORRELATION: "c-2"}))
    assert refused.kind is RefusalKind.SECOND_REQUEST
    assert refused.correlation_id == "c-2"
    line.server.reply(ON_PROGRESS, Progress(text="grinding"))
    (message,) = line.messages()
    assert message.headers[CORRELATION] == "c-1"


def test_a_second_request_by_subscription_is_refused() -> None:
    """Subscribing to a status while an order runs is a second request."""
    line = ordering()
    assert refusal(line.subscribe(STATUS_OF_MACHINE)).kind is RefusalKind.SECOND_REQUEST
