"""A server session, fed by a client protocol: no sockets, no clock, no threads."""

import abc
import asyncio
import json
from collections.abc import Mapping
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import (
    EXAMPLES,
    MESSAGES,
    Answer,
    Cancel,
    ConfirmName,
    Done,
    Fault,
    MachineStatus,
    Order,
    OrderQuery,
    Outcome,
    Progress,
    Question,
    Receipt,
    ReceiptKind,
)
from kiosk_api import (
    ANSWER_QUESTION,
    API,
    CANCEL_ORDER,
    ENROL,
    FETCH_RECEIPTS,
    ON_DONE,
    ON_ERROR,
    ON_ORDER_STATE,
    ON_PROGRESS,
    ON_QUESTION,
    ON_RECEIPT,
    PLACE_ORDER,
    QUERY_ORDER,
    STATUS_OF_MACHINE,
)
from stompws.codec import Codec
from stompws.descriptors import Api, Operation
from stompws.errors import InvalidMessageError, LocalProtocolError, RemoteProtocolError
from stompws.frames import Version
from stompws.protocol import (
    ClientProtocol,
    Connected,
    ErrorReceived,
    MessageReceived,
    ProtocolEvent,
    ReceiptReceived,
)
from stompws.server import (
    AnswerArrived,
    ApiHandler,
    ClientLeft,
    ConnectArrived,
    RefusalKind,
    Refused,
    Replies,
    RequestArrived,
    Route,
    SendArrived,
    ServerSession,
    SessionEvent,
)
from stompws.shapes import Struct

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


def refuse_all(_: str) -> bool:
    return False


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


# Connecting.


def test_a_client_with_an_accepted_credential_is_connected_and_authenticated() -> None:
    """CONNECTED follows by itself, and the session knows that the credential was good."""
    line = Line(authenticate=KEY.__eq__)
    assert line.connected == [
        ConnectArrived(
            authenticated=True,
            accepted=True,
            versions=(Version.V1_2, Version.V1_1, Version.V1_0),
            host="kiosk",
        )
    ]
    assert isinstance(line.heard[0], Connected)


def test_a_client_without_a_credential_is_connected_but_not_authenticated() -> None:
    """Some operations need no credential."""
    line = Line(key=None)
    assert isinstance(line.connected[0], ConnectArrived)
    assert not line.server.authenticated


@pytest.mark.parametrize("key", ["wrong", ""])
def test_a_bad_credential_is_refused_and_nothing_is_said(key: str) -> None:
    """What a bad credential is answered with is not ours to decide; its value is not repeated."""
    line = Line(key=key, authenticate=KEY.__eq__)
    refused = refusal(line.connected)
    assert refused.kind is RefusalKind.BAD_CREDENTIAL
    assert "wrong" not in repr(refused)
    assert line.heard == []


def test_after_a_bad_credential_the_caller_may_accept_or_reject() -> None:
    """Accepted all the same, the connection is one without authentication."""
    line = Line(key="wrong", authenticate=refuse_all)
    line.server.accept()
    assert isinstance(line.hear()[0], Connected)
    assert not line.server.authenticated
    other = Line(key="wrong", authenticate=refuse_all)
    other.server.stomp_error("go away")
    assert isinstance(other.hear()[0], ErrorReceived)
    assert other.server.closed


def test_a_client_may_be_kept_waiting_for_connected() -> None:
    """With `accept=False` CONNECTED is the caller's to say."""
    line = Line(accept=False)
    (event,) = line.connected
    assert isinstance(event, ConnectArrived)
    assert not event.accepted
    assert line.heard == []
    line.server.accept(Version.V1_1)
    (connected,) = line.hear()
    assert isinstance(connected, Connected)
    assert connected.version is Version.V1_1


def test_a_client_that_offers_no_version_of_ours_is_refused() -> None:
    """CONNECTED cannot name a version that was not offered."""
    session = ServerSession(API, CODEC)
    events = session.receive_data(b"CONNECT\naccept-version:9\nhost:x\n\n\0", 0.0)
    assert refusal(events).kind is RefusalKind.NO_COMMON_VERSION


@pytest.mark.parametrize("data", [b"HELLO\n\n\0", b"SEND\ndestination:/x\n\n\0", b"\xff\n\n\0"])
def test_octets_that_are_not_stomp_are_reported_once_and_end_the_session(data: bytes) -> None:
    """Nothing is raised, nothing more is read, and an ERROR may still be said."""
    session = ServerSession(API, CODEC)
    refused, left = session.receive_data(data, 0.0)
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.BROKEN_PROTOCOL
    assert left == ClientLeft(polite=False, reason="the client broke the protocol")
    assert session.closed
    assert session.receive_data(data, 0.0) == []
    assert session.receive_eof() == []
    assert session.tick(0.0) == []
    session.stomp_error("what?")
    assert session.data_to_send()


def test_what_precedes_unreadable_octets_is_reported_first() -> None:
    """Events keep their order; a receipt is not owed any more."""
    session = ServerSession(API, CODEC)
    session.receive_data(b"CONNECT\naccept-version:1.2\nhost:x\nx-kiosk-key:k\n\n\0", 0.0)
    subscribe = b"SUBSCRIBE\nid:1\ndestination:/nowhere\nreceipt:r\n\n\0"
    events = session.receive_data(subscribe + b"JUNK\n\n\0", 0.0)
    kinds = [event.kind for event in events if isinstance(event, Refused)]
    assert kinds == [RefusalKind.UNKNOWN_DESTINATION, RefusalKind.BROKEN_PROTOCOL]
    assert isinstance(events[-1], ClientLeft)


LISTEN = f"SUBSCRIBE\nid:1\ndestination:{ON_ERROR.channel.address}\n"


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize(
    ("frame", "header"),
    [
        (LISTEN.replace("id:1", "id:1\r"), "id"),
        (LISTEN + "receipt:abc\r\n", "receipt"),
        (LISTEN + f"{CORRELATION}:c-1\r\n", CORRELATION),
        (f"SEND\ndestination:{PLACE_ORDER.channel.address}\n{CORRELATION}:c\r-1\n", CORRELATION),
        ("DISCONNECT\nreceipt:bye\r\n", "receipt"),
    ],
)
def test_an_id_that_cannot_be_written_back_is_refused_when_it_comes(
    version: str, frame: str, header: str
) -> None:
    """STOMP 1.0 and 1.1 read CR as a part of the value and have no escape for it.

    Whoever finds that out when a reply is due has acted already, and cannot say so.
    """
    session = ServerSession(API, CODEC)
    connect = f"CONNECT\naccept-version:{version}\nhost:x\nx-kiosk-key:{KEY}\n\n\0"
    session.receive_data(connect, 0.0)
    refused, left = session.receive_data(f"{frame}\n\0", 0.0)
    assert isinstance(refused, Refused)
    assert refused.kind is RefusalKind.BROKEN_PROTOCOL
    assert f"header {header}: STOMP {version}" in refused.detail
    assert "abc" not in refused.detail
    assert isinstance(left, ClientLeft)
    session.stomp_error(refused.detail)


def test_1_2_writes_every_id_back() -> None:
    """It has an escape for CR, so there is nothing to refuse."""
    line = Line()
    line.client.send("/nowhere", b"", {**OWN, CORRELATION: "c\r-1"}, receipt="r\r\n:1")
    assert refusal(line.pump()).correlation_id == "c\r-1"
    receipts = [event.receipt_id for event in line.heard if isinstance(event, ReceiptReceived)]
    assert receipts == ["r\r\n:1"]


@pytest.mark.parametrize("name", ["/nowhere", "/v1/ordrs", "client.v12.error"])
def test_a_destination_that_looks_misspelt_is_quoted(name: str) -> None:
    """Whoever wrote it finds it that way."""
    line = Line()
    line.client.send(name)
    assert refusal(line.pump()).detail == f"no such destination: '{name}'"


@pytest.mark.parametrize(
    "name",
    [
        "/v1/4929491234560002",
        "/v1/4929/4912/3456/0002",
        "/4929 4912 3456 0002",
        "eyJhbGciOiJIUzI1NiJ9.eyJvIjoiMSJ9.c2lnbmVk",
        "AV46HTR3",
        "/v1/\N{SNOWMAN}",
        "/v1/x'",
        "/" + "x" * 33,
        "",
    ],
)
def test_another_unknown_destination_is_not_quoted(name: str) -> None:
    """It may be anything: a card number, a key, a code. Its length is told."""
    line = Line()
    line.client.send(name)
    assert refusal(line.pump()).detail == (f"no such destination: a name of {len(name)} characters")


# Requests.


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


@given(
    st.lists(
        st.tuples(
            st.sampled_from([op.channel.address for op in API.operations]) | st.text(max_size=9),
            st.binary(max_size=20) | st.sampled_from([ORDER_TEXT, QUERY_TEXT, b"{}"]),
            st.dictionaries(
                st.sampled_from([CORRELATION, MESSAGE, "x-other"]), st.text(max_size=3)
            ),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_whatever_a_client_says_nothing_is_raised(
    said: list[tuple[str, bytes, dict[str, str], bool]],
) -> None:
    """Each frame is judged: an event, a refusal, or a subscription noted in silence."""
    line = Line()
    for destination, body, headers, subscribes in said:
        try:
            if subscribes:
                line.client.subscribe(destination, headers)
            else:
                line.client.send(destination, body, headers)
        except LocalProtocolError:
            continue  # the client's own protocol knows better than to say it
        assert len(line.pump()) <= 1
    assert not line.server.closed


@given(st.lists(st.binary(max_size=30), max_size=5))
def test_whatever_octets_come_nothing_is_raised(portions: list[bytes]) -> None:
    """Nonsense is reported at most once, and then nothing more is read."""
    session = ServerSession(API, CODEC)
    head = b"CONNECT\naccept-version:1.2\nhost:x\n\n\0"
    events = [e for data in (head, *portions) for e in session.receive_data(data, 0.0)]
    broken = [e for e in events if getattr(e, "kind", None) is RefusalKind.BROKEN_PROTOCOL]
    assert len(broken) == session.closed


# Inside a conversation.


def test_a_send_inside_the_conversation_arrives() -> None:
    """A `during` operation that answers nothing is reported as it is."""
    line = ordering()
    (event,) = line.send(CANCEL_ORDER, b"{}")
    assert isinstance(event, SendArrived)
    assert event.operation is CANCEL_ORDER
    assert isinstance(event.payload, Cancel)


@pytest.mark.parametrize("operation", [CANCEL_ORDER, ANSWER_QUESTION])
def test_a_send_without_a_conversation_is_refused(operation: Operation) -> None:
    """There has to be something to cancel or to answer."""
    line = Line()
    assert refusal(line.send(operation, b"{}")).kind is RefusalKind.NO_CONVERSATION


def test_a_send_of_another_conversation_is_refused() -> None:
    """A query has nothing to cancel."""
    line = Line()
    line.subscribe(ON_ERROR, ON_ORDER_STATE)
    line.send(QUERY_ORDER, QUERY_TEXT)
    assert refusal(line.send(CANCEL_ORDER, b"{}")).kind is RefusalKind.NO_CONVERSATION


def test_each_question_gets_exactly_one_answer() -> None:
    """An answer before the question, or a second one, is refused."""
    line = ordering()
    answer = b'{"questionId": "1", "accepted": true}'
    assert refusal(line.send(ANSWER_QUESTION, answer)).kind is RefusalKind.NOTHING_TO_ANSWER
    line.server.reply(ON_QUESTION, QUESTION)
    (event,) = line.send(ANSWER_QUESTION, answer)
    assert isinstance(event, AnswerArrived)
    assert event.payload == Answer(question_id="1", accepted=True)
    assert refusal(line.send(ANSWER_QUESTION, answer)).kind is RefusalKind.ALREADY_ANSWERED


def test_a_malformed_answer_leaves_the_question_open() -> None:
    """What could not be read has not answered."""
    line = ordering()
    line.server.reply(ON_QUESTION, QUESTION)
    refused = refusal(line.send(ANSWER_QUESTION, b'{"accepted": "yes"}'))
    assert refused.kind is RefusalKind.MALFORMED_BODY
    (event,) = line.send(ANSWER_QUESTION, b'{"questionId": "1", "accepted": false}')
    assert isinstance(event, AnswerArrived)


@pytest.mark.parametrize("headers", [{}, {CORRELATION: "c-2"}])
def test_a_send_with_another_correlation_id_is_refused(headers: dict[str, str]) -> None:
    """A missing id is not a match."""
    refused = refusal(ordering().send(CANCEL_ORDER, b"{}", headers))
    assert refused.kind is RefusalKind.FOREIGN_CORRELATION


@pytest.mark.parametrize("last", [ON_DONE, ON_ERROR])
def test_a_send_after_the_end_is_refused(last: Operation) -> None:
    """The terminal reply and the error message end the conversation."""
    line = ordering()
    line.server.reply(ON_RECEIPT, RECEIPT)
    line.server.reply(last, DONE if last is ON_DONE else Fault(code="1"))
    assert refusal(line.send(CANCEL_ORDER, b"{}")).kind is RefusalKind.ENDED


# Replies.


def test_a_reply_echoes_the_correlation_id_and_has_a_fresh_message_id() -> None:
    """The three roles are filled; the content type says JSON."""
    line = ordering()
    ids = [line.server.reply(ON_PROGRESS, Progress(text="grinding")) for _ in range(2)]
    first, second = line.messages()
    assert [first.headers[MESSAGE], second.headers[MESSAGE]] == ids
    assert ids[0] != ids[1]
    assert first.headers[CORRELATION] == second.headers[CORRELATION] == "c-1"
    assert first.headers[PUBLISHER] == second.headers[PUBLISHER] != "till-1"
    assert first.headers["content-type"] == "application/json"


def test_a_request_without_correlation_id_is_answered_without_one() -> None:
    """An echo of nothing is nothing."""
    line = Line()
    line.subscribe(ON_ERROR, ON_ORDER_STATE)
    line.send(QUERY_ORDER, QUERY_TEXT, {})
    line.server.reply(ON_ORDER_STATE, DONE)
    (message,) = line.messages()
    assert CORRELATION not in message.headers


@pytest.mark.parametrize(
    ("played", "operation", "message", "text"),
    [
        ((), ON_DONE, DONE, "onDone before onReceipt"),
        ((), ON_ORDER_STATE, DONE, "has not subscribed|no reply of placeOrder"),
        ((), ON_PROGRESS, DONE, "Done is no message of this operation"),
        ((ON_RECEIPT, ON_DONE), ON_PROGRESS, Progress(text="late"), "placeOrder had ended"),
    ],
)
def test_a_reply_that_breaks_the_rules_is_not_sent(
    played: tuple[Operation, ...], operation: Operation, message: Struct, text: str
) -> None:
    """`reply` is exact: order, number, type and end all hold."""
    line = ordering()
    for earlier in played:
        line.server.reply(earlier, RECEIPT if earlier is ON_RECEIPT else DONE)
    line.hear()
    with pytest.raises(LocalProtocolError, match=text):
        line.server.reply(operation, message)
    assert line.messages() == []


def test_a_reply_that_breaks_its_schema_is_not_sent() -> None:
    """Unknown values of open enumerations are received, never sent."""
    line = ordering()
    line.server.reply(ON_RECEIPT, RECEIPT)
    line.hear()
    with pytest.raises(InvalidMessageError):
        line.server.reply(ON_DONE, Done(order_reference="A-1", outcome=Outcome("melted")))
    assert line.messages() == []


def test_a_raw_reply_may_break_every_rule() -> None:
    """For servers that are odd: any bytes, foreign or no ids, repeated message ids."""
    line = ordering()
    raw = line.server.reply_raw
    raw(ON_DONE, b"junk", correlation_id="c-9", message_id="m")
    raw(ON_DONE, b"junk", correlation_id=None, message_id="m")
    raw(ON_DONE, b"", headers={MESSAGE: None, "x-more": "1"})
    first, second, third = line.messages()
    assert (first.body, first.headers[CORRELATION]) == (b"junk", "c-9")
    assert CORRELATION not in second.headers
    assert first.headers[MESSAGE] == second.headers[MESSAGE] == "m"
    assert MESSAGE not in third.headers
    assert third.headers["x-more"] == "1"
    conversation = line.server.conversation
    assert conversation is not None
    assert conversation.count_of("onDone") == 1  # the third, which correlates
    assert conversation.ended


def test_a_reply_nobody_listens_to_is_an_error_of_the_caller() -> None:
    """MESSAGE needs a subscription."""
    line = Line()
    with pytest.raises(LocalProtocolError, match="not subscribed"):
        line.server.reply_raw(ON_ERROR, b"{}")


# Leaving.


def test_a_polite_client_gets_its_receipt() -> None:
    """DISCONNECT with a receipt is confirmed; then the connection may be closed."""
    line = Line()
    line.client.disconnect()
    assert line.pump() == [ClientLeft(polite=True, reason="the client said goodbye")]
    assert isinstance(line.heard[-2], ReceiptReceived)
    assert line.client.closed
    assert line.server.closed
    assert line.server.receive_eof() == []


def test_a_server_may_never_send_a_receipt() -> None:
    """As some servers do."""
    line = Line(receipts=False)
    line.client.disconnect()
    line.pump()
    assert not line.client.closed


def test_a_receipt_asked_for_with_any_frame_is_sent() -> None:
    """STOMP allows it on SEND and SUBSCRIBE too."""
    line = Line()
    line.client.subscribe(ON_ERROR.channel.address, receipt="r-1")
    line.client.send("/nowhere", receipt="r-2")
    line.pump()
    receipts = [event.receipt_id for event in line.heard if isinstance(event, ReceiptReceived)]
    assert receipts == ["r-1", "r-2"]


def test_a_client_that_vanishes_is_reported_once() -> None:
    """The end of the connection without DISCONNECT is not polite."""
    line = ordering()
    assert line.server.receive_eof("reset") == [ClientLeft(polite=False, reason="reset")]
    assert line.server.receive_eof() == []
    assert line.server.closed


def test_a_silent_client_is_reported_where_heart_beats_are_agreed() -> None:
    """Heart-beats go both ways; silence for too long is the end."""
    session = ServerSession(API, CODEC, heart_beat_ms=(1000, 1000))
    session.receive_data(b"CONNECT\naccept-version:1.2\nhost:x\nheart-beat:1000,1000\n\n\0", 0.0)
    session.data_to_send(0.0)
    assert session.seconds_to_next_beat(0.0) == pytest.approx(0.9)
    assert session.tick(1.0) == []
    assert session.data_to_send(1.0) == [b"\n"]
    (left,) = session.tick(9.0)
    assert isinstance(left, ClientLeft)
    assert not left.polite
    assert session.seconds_to_next_beat(9.0) is None


@pytest.mark.parametrize("frame", [b"ACK\nid:1\n\n\0", b"BEGIN\ntransaction:1\n\n\0"])
def test_acknowledgements_and_transactions_are_refused(frame: bytes) -> None:
    """STOMP has them; the API does not."""
    line = Line()
    events = line.server.receive_data(frame, 0.0)
    assert refusal(events).kind is RefusalKind.UNSUPPORTED


# Stubs.


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
