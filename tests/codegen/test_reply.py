"""`reply` of AsyncAPI 3.x, and the side from which a document is read."""

import json
from copy import deepcopy
from typing import Any

from stompgen.check import check
from stompgen.document import Document
from stompgen.loading import load_text
from stompgen.model import ApiModel, ConversationModel, ReplyModel, ReplyRule
from stompgen.normalise import build_model
from stompgen.perspective import Side
from stompgen.problems import Problems

OBJECT = {"payload": {"type": "object"}}
ASK: dict[str, Any] = {
    "asyncapi": "3.0.0",
    "info": {"title": "Questions", "version": "1.0.0"},
    "servers": {"here": {"host": "localhost", "protocol": "stomp"}},
    "channels": {
        "question": {"address": "/question", "messages": {"Question": OBJECT}},
        "answer": {"address": "/answer", "messages": {"Answer": OBJECT, "Refusal": OBJECT}},
    },
    "operations": {
        "ask": {
            "action": "send",
            "channel": {"$ref": "#/channels/question"},
            "reply": {
                "channel": {"$ref": "#/channels/answer"},
                "messages": [{"$ref": "#/channels/answer/messages/Answer"}],
            },
        }
    },
}
ONE_ANSWER = ConversationModel(
    replies=(ReplyRule(operation="askReply", occurs="one", terminal=True),)
)


def read(data: dict[str, Any], side: Side = "described") -> tuple[Document, ApiModel, list[str]]:
    """Read, check and model a document."""
    problems = Problems()
    document = load_text(json.dumps(data), problems, side=side)
    assert document is not None
    check(document, problems)
    lines = [str(problem).split(": ", 1)[1] for problem in problems]
    return document, build_model(document, Problems()), lines


def test_a_request_with_a_reply_is_answered_once() -> None:
    """An operation that receives the answer is made when the document has none."""
    document, model, _ = read(ASK)
    assert model.operation_by_key["ask"].conversation == ONE_ANSWER
    answer = model.operation_by_key["askReply"]
    assert (answer.action, answer.channel, answer.messages) == ("receive", "answer", ("Answer",))
    assert answer.synthetic
    assert model.operation_by_key["ask"].reply == ReplyModel(channel="answer", messages=("Answer",))
    assert document.origin("/operations/askReply/action") == "/operations/ask/reply/action"


def test_an_operation_that_receives_the_answer_is_used() -> None:
    """Nothing is made then."""
    data = deepcopy(ASK)
    data["operations"]["onAnswer"] = {
        "action": "receive",
        "channel": {"$ref": "#/channels/answer"},
    }
    _, model, _ = read(data)
    assert set(model.operation_by_key) == {"ask", "onAnswer"}
    rules = model.operation_by_key["ask"].conversation
    assert rules is not None
    assert [rule.operation for rule in rules.replies] == ["onAnswer"]


def test_requests_that_share_a_reply_channel_share_the_made_operation() -> None:
    """Two subscriptions to one address would get everything twice."""
    data = deepcopy(ASK)
    data["operations"]["beg"] = deepcopy(data["operations"]["ask"])
    _, model, _ = read(data)
    assert set(model.operation_by_key) == {"ask", "askReply", "beg"}


def test_a_conversation_of_the_document_stays_as_it_is() -> None:
    """Also one that comes from a trait."""
    data = deepcopy(ASK)
    data["operations"]["ask"]["traits"] = [{"x-conversation": {"onEnd": "keep"}}]
    _, model, _ = read(data)
    assert model.operation_by_key["ask"].conversation == ConversationModel()
    assert set(model.operation_by_key) == {"ask"}


def test_a_reply_to_an_address_that_is_told_at_run_time_is_kept_as_data() -> None:
    """Nobody can subscribe to it beforehand; the author is told."""
    data = deepcopy(ASK)
    data["channels"]["answer"]["address"] = None
    data["operations"]["ask"]["reply"]["address"] = {"location": "$message.header#/reply-to"}
    _, model, lines = read(data)
    operation = model.operation_by_key["ask"]
    assert operation.conversation is None
    assert operation.reply is not None
    assert operation.reply.address_location == "$message.header#/reply-to"
    assert (
        "#/operations/ask/reply: warning: where the reply comes is known at run time only, so"
        " nothing waits for it (name a channel with an address, or write an x-conversation)"
    ) in lines


def test_other_protocols_keep_replies_as_data() -> None:
    """A conversation is a matter of STOMP clients."""
    data = deepcopy(ASK)
    data["servers"]["here"]["protocol"] = "kafka"
    _, model, _ = read(data)
    assert set(model.operation_by_key) == {"ask"}
    assert model.operation_by_key["ask"].conversation is None


def test_the_other_side_receives_what_the_described_one_sends() -> None:
    """A reply to what it receives is then something it sends: kept as data."""
    _, model, _ = read(ASK, "other")
    assert model.operation_by_key["ask"].action == "receive"
    assert set(model.operation_by_key) == {"ask"}
    assert model.operation_by_key["ask"].reply is not None


def test_a_server_that_answers_has_clients_that_ask() -> None:
    """`receive` with `reply`, from the other side, is a request."""
    data = deepcopy(ASK)
    data["operations"]["ask"]["action"] = "receive"
    _, model, _ = read(data)
    assert set(model.operation_by_key) == {"ask"}
    _, model, _ = read(data, "other")
    assert model.operation_by_key["ask"].action == "send"
    assert model.operation_by_key["ask"].conversation == ONE_ANSWER


def test_conversations_are_judged_from_the_chosen_side() -> None:
    """What is wrong seen from one side may be right seen from the other."""
    data = deepcopy(ASK)
    data["operations"] = {
        "ask": {
            "action": "receive",
            "channel": {"$ref": "#/channels/question"},
            "x-conversation": {"replies": {"answered": {"occurs": "one", "terminal": True}}},
        },
        "answered": {"action": "send", "channel": {"$ref": "#/channels/answer"}},
    }
    wrong = "#/operations/ask/x-conversation/replies/answered: 'answered' is a send operation"
    assert any(line.startswith(wrong) for line in read(data)[2])
    assert not any(line.startswith(wrong) for line in read(data, "other")[2])


def test_operations_among_the_components_are_turned_once() -> None:
    """However many keys lead there."""
    data = deepcopy(ASK)
    data["components"] = {"operations": {"ask": data["operations"]["ask"]}}
    data["operations"] = {name: {"$ref": "#/components/operations/ask"} for name in ("a", "b")}
    _, model, _ = read(data, "other")
    assert {operation.action for operation in model.operations} == {"receive"}
    _, model, _ = read(data)
    assert {operation.key for operation in model.operations} == {"a", "aReply", "b"}
