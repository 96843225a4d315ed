"""Inside a conversation: what the client sends, and what it is replied."""

import pytest

from kiosk import Answer, Cancel, Done, Fault, Outcome, Progress
from kiosk_api import (
    ANSWER_QUESTION,
    CANCEL_ORDER,
    ON_DONE,
    ON_ERROR,
    ON_ORDER_STATE,
    ON_PROGRESS,
    ON_QUESTION,
    ON_RECEIPT,
    QUERY_ORDER,
)
from session_line import (
    CORRELATION,
    DONE,
    MESSAGE,
    PUBLISHER,
    QUERY_TEXT,
    QUESTION,
    RECEIPT,
    Line,
    ordering,
    refusal,
)
from stompws.descriptors import Operation
from stompws.errors import InvalidMessageError, LocalProtocolError
from stompws.server import AnswerArrived, RefusalKind, SendArrived
from stompws.shapes import Struct


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
