"""The rules of one conversation, played without a socket, a clock or a payload class."""

import pytest

from stompws.conversation import Conversation, SendFault, Standing, Verdict
from stompws.descriptors import (
    Action,
    Api,
    Channel,
    ConversationRules,
    HeaderRoles,
    Occurs,
    Operation,
    Reply,
    TerminalWhen,
)
from stompws.pointers import MISSING, JsonValue, same, value_at


def operation(name: str, action: Action, rules: ConversationRules | None = None) -> Operation:
    channel = Channel(name=name, address=f"/{name}")
    return Operation(
        name=name,
        action=action,
        channel=channel,
        messages=(),
        conversation=rules or ConversationRules(),
    )


BREW = operation(
    "brew",
    Action.SEND,
    ConversationRules(
        replies=(
            Reply(operation="onProgress", occurs=Occurs.MANY),
            Reply(operation="onQuestion", occurs=Occurs.MANY, answer="answerQuestion"),
            Reply(operation="onSlip", occurs=Occurs.SOME),
            Reply(operation="onVoucher", occurs=Occurs.OPTIONAL),
            Reply(operation="onResult", occurs=Occurs.ONE),
            Reply(operation="onDone", occurs=Occurs.ONE, terminal=True, after=("onResult",)),
        ),
        during=("answerQuestion", "cancelBrew"),
        errors=("onError",),
    ),
)
FETCH = operation(
    "fetchSlips",
    Action.SEND,
    ConversationRules(
        replies=(
            Reply(
                operation="onSlip",
                occurs=Occurs.SOME,
                terminal_when=TerminalWhen(reply="/slip/kind", request="/kind"),
            ),
        ),
        errors=("onError",),
    ),
)
RECEIVES = ("onProgress", "onQuestion", "onSlip", "onVoucher", "onResult", "onDone", "onError")
API = Api(
    title="Kiosk",
    version="1",
    operations=(
        BREW,
        FETCH,
        operation("answerQuestion", Action.SEND),
        operation("cancelBrew", Action.SEND),
        *(operation(name, Action.RECEIVE) for name in RECEIVES),
    ),
    headers=HeaderRoles(correlation_id="x-correlation", message_id="x-message"),
)
ID = "corr-1"


def brewing() -> Conversation:
    return Conversation(API, BREW, correlation_id=ID)


def count(
    conversation: Conversation,
    name: str,
    message_id: str | None = None,
    *,
    correlation_id: str | None = ID,
    body: bytes = b"{}",
) -> Verdict:
    return conversation.count_reply(
        name, correlation_id=correlation_id, message_id=message_id, body=body
    )


def test_a_conversation_played_by_the_rules_has_no_notes_and_ends_with_the_terminal_reply() -> None:
    """The terminal reply, and nothing before it, ends the conversation."""
    conversation = brewing()
    for name in ("onProgress", "onProgress", "onSlip", "onResult"):
        assert count(conversation, name) == Verdict(standing=Standing.REPLY)
        assert not conversation.ended
    assert count(conversation, "onDone") == Verdict(standing=Standing.REPLY, ends=True)
    assert conversation.ended
    assert conversation.ended_by == "onDone"
    assert conversation.count_of("onProgress") == 2


@pytest.mark.parametrize(
    ("played", "last", "notes"),
    [
        (["onSlip"], "onDone", ("onDone before onResult",)),
        (["onResult"], "onDone", ("ended without onSlip",)),
        ([], "onDone", ("onDone before onResult", "ended without onSlip")),
        (["onResult"], "onResult", ("onResult came 2 times, expected once",)),
        (["onVoucher"], "onVoucher", ("onVoucher came 2 times, expected once",)),
        (["onVoucher"] * 2, "onVoucher", ("onVoucher came 3 times, expected once",)),
        (["onProgress"] * 9, "onProgress", ()),
    ],
)
def test_a_broken_rule_of_order_or_number_is_noted_and_the_message_counts(
    played: list[str], last: str, notes: tuple[str, ...]
) -> None:
    """What the other side says is delivered whatever the rules say; the reader is told."""
    conversation = brewing()
    for name in played:
        count(conversation, name)
    verdict = count(conversation, last)
    assert verdict.standing is Standing.REPLY
    assert verdict.notes == notes


def test_an_error_message_ends_the_conversation() -> None:
    """An operation in `errors` is the last message, whatever else was due."""
    conversation = brewing()
    assert count(conversation, "onError") == Verdict(standing=Standing.ERROR, ends=True)
    assert conversation.ended_by == "onError"


@pytest.mark.parametrize("correlation_id", [None, "", "corr-2", "CORR-1"])
@pytest.mark.parametrize("name", ["onResult", "onDone", "onError"])
def test_without_the_same_correlation_id_a_message_is_a_stray(
    name: str, correlation_id: str | None
) -> None:
    """A missing or foreign id is not a match, also for errors and for the terminal reply."""
    conversation = brewing()
    verdict = count(conversation, name, correlation_id=correlation_id)
    assert verdict.standing is Standing.STRAY
    assert not verdict.ends
    assert not conversation.ended
    assert conversation.count_of(name) == 0


def test_a_request_without_correlation_id_is_matched_by_replies_without_one() -> None:
    """The ids must be the same; none on both sides is the same."""
    conversation = Conversation(API, BREW, correlation_id=None)
    assert count(conversation, "onResult", correlation_id=None).standing is Standing.REPLY
    assert count(conversation, "onResult", correlation_id="x").standing is Standing.STRAY


def test_where_the_api_names_no_correlation_header_every_message_matches() -> None:
    """Without a correlation header the connection alone ties replies to the request."""
    conversation = Conversation(
        Api(title="t", version="1", operations=API.operations), BREW, correlation_id=ID
    )
    assert count(conversation, "onResult", correlation_id=None).standing is Standing.REPLY


@pytest.mark.parametrize("name", ["answerQuestion", "brew", "onNothing"])
def test_a_message_of_an_operation_that_is_no_reply_is_a_stray(name: str) -> None:
    """Only the listed replies and errors belong to the conversation."""
    verdict = count(brewing(), name)
    assert verdict == Verdict(standing=Standing.STRAY, notes=(f"{name} is no reply of brew",))


def test_a_repeated_message_is_a_duplicate_and_does_not_count() -> None:
    """Same destination, same message id and same bytes: a repetition, dropped and counted."""
    conversation = brewing()
    first = count(conversation, "onQuestion", "m1")
    again = count(conversation, "onQuestion", "m1")
    assert (first.standing, again.standing) == (Standing.REPLY, Standing.DUPLICATE)
    assert conversation.duplicates == 1
    assert conversation.unanswered == ("answerQuestion",)


def test_messages_without_a_message_id_are_never_duplicates() -> None:
    """Two slips may read the same; without an id nothing proves a repetition."""
    conversation = brewing()
    assert [count(conversation, "onSlip").standing for _ in range(2)] == [Standing.REPLY] * 2


def test_a_reused_message_id_on_a_different_message_loses_nothing() -> None:
    """Different bytes are a different message: it is delivered, with a note."""
    conversation = brewing()
    count(conversation, "onSlip", "m1", body=b'{"kind":"guest"}')
    verdict = count(conversation, "onSlip", "m1", body=b'{"kind":"house"}')
    assert verdict.standing is Standing.REPLY
    assert verdict.notes == ("onSlip reuses the message id of a different message",)
    assert count(conversation, "onProgress", "m1").notes == ()


def test_after_the_end_a_repeated_message_is_a_duplicate_and_a_new_one_a_stray() -> None:
    """Nothing counts after the end, and nothing is lost either."""
    conversation = brewing()
    count(conversation, "onError", "m1")
    assert count(conversation, "onError", "m1").standing is Standing.DUPLICATE
    late = count(conversation, "onResult", "m2")
    assert late == Verdict(standing=Standing.STRAY, notes=("brew had ended",))


@pytest.mark.parametrize(
    ("request_body", "replies", "ends"),
    [
        (b'{"kind":"house"}', [b'{"slip":{"kind":"guest"}}'], False),
        (b'{"kind":"house"}', [b'{"slip":{"kind":"guest"}}', b'{"slip":{"kind":"house"}}'], True),
        (b'{"kind":"house"}', [b'{"slip":{"kind":"house"},"odd":7}'], True),
        (b'{"kind":"house"}', [b'{"slip":"house"}'], False),
        (b'{"kind":"house"}', [b"{}", b"no json", b""], False),
        (b'{"kind":null}', [b'{"slip":{"kind":null}}'], True),
        (b"{}", [b"{}"], False),
        (b'{"kind":1}', [b'{"slip":{"kind":true}}'], False),
        (None, [b'{"slip":{"kind":"house"}}'], False),
    ],
)
def test_a_conditional_end_compares_the_reply_with_the_request(
    request_body: bytes | None, replies: list[bytes], ends: bool
) -> None:
    """`terminalWhen` holds when both values exist and are equal as JSON."""
    conversation = Conversation(API, FETCH, correlation_id=ID, request=request_body)
    verdicts = [count(conversation, "onSlip", body=body) for body in replies]
    assert verdicts[-1].ends is ends
    assert conversation.ended is ends


@pytest.mark.parametrize(
    ("received", "sent", "operation_name", "fault"),
    [
        ([], [], "brew", SendFault.SECOND_REQUEST),
        ([], [], "fetchSlips", SendFault.NOT_PART),
        ([], [], "onResult", SendFault.NOT_PART),
        ([], [], "answerQuestion", SendFault.NOTHING_TO_ANSWER),
        (["onProgress"], [], "answerQuestion", SendFault.NOTHING_TO_ANSWER),
        (["onQuestion"], [], "answerQuestion", None),
        (["onQuestion"], ["answerQuestion"], "answerQuestion", SendFault.ALREADY_ANSWERED),
        (["onQuestion"] * 2, ["answerQuestion"], "answerQuestion", None),
        ([], [], "cancelBrew", None),
        ([], ["cancelBrew"], "cancelBrew", None),
        (["onResult"], [], "cancelBrew", None),
        (["onResult", "onDone"], [], "cancelBrew", SendFault.ENDED),
        (["onQuestion", "onError"], [], "answerQuestion", SendFault.ENDED),
        (["onDone"], [], "brew", SendFault.SECOND_REQUEST),
    ],
)
def test_what_may_be_sent(
    received: list[str], sent: list[str], operation_name: str, fault: SendFault | None
) -> None:
    """Answers need an open question, one each; other sends need an open conversation."""
    conversation = brewing()
    for name in received:
        count(conversation, name)
    for name in sent:
        conversation.count_send(name)
    assert conversation.check_send(operation_name) is fault


def test_a_stray_question_is_not_to_be_answered() -> None:
    """A question of somebody else's conversation opens no answer."""
    conversation = brewing()
    count(conversation, "onQuestion", correlation_id="corr-2")
    assert conversation.check_send("answerQuestion") is SendFault.NOTHING_TO_ANSWER


def test_the_text_of_a_conversation_shows_no_body() -> None:
    """Bodies are kept to recognise duplicates and never shown."""
    conversation = brewing()
    count(conversation, "onSlip", "m1", body=b'{"number":"4111"}')
    assert repr(conversation) == "<Conversation brew corr-1 open>"
    count(conversation, "onError")
    assert repr(conversation) == "<Conversation brew corr-1 ended by onError>"


@pytest.mark.parametrize(
    ("pointer", "found"),
    [
        ("", {"a": [10, {"~x/": None}], "0": "zero"}),
        ("/a/0", 10),
        ("/a/1/~0x~1", None),
        ("/0", "zero"),
        ("/a/2", MISSING),
        ("/a/01", MISSING),
        ("/a/-1", MISSING),
        ("/a/-", MISSING),
        ("/a/²", MISSING),
        ("/a/99999999999999999999", MISSING),
        ("/b", MISSING),
        ("/a/0/x", MISSING),
        ("/", MISSING),
    ],
)
def test_json_pointers(pointer: str, found: JsonValue) -> None:
    """RFC 6901, and `MISSING` where nothing is; never an exception."""
    assert value_at(pointer, b'{"a": [10, {"~x/": null}], "0": "zero"}') == found


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[" * 100_000, None])
def test_a_pointer_into_something_that_is_no_json_finds_nothing(text: bytes | None) -> None:
    """A body that cannot be read equals nothing; it is reported by whoever decodes it."""
    assert value_at("/a", text) is MISSING


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (True, True, True),
        ([1, True], [1, 1], False),
        ([1], [1, 2], False),
        ({"a": [1]}, {"a": [1]}, True),
        ({"a": True}, {"a": 1}, False),
        ({"a": 1}, {"b": 1}, False),
        (None, None, True),
        ("1", 1, False),
        (MISSING, MISSING, False),
        (MISSING, None, False),
    ],
)
def test_json_equality(left: JsonValue, right: JsonValue, equal: bool) -> None:
    """Numbers by value, true is not 1, what is missing equals nothing."""
    assert same(left, right) is equal
    assert same(right, left) is equal
