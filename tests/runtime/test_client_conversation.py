"""Conversations of the client over real loopback sockets: events, sends, ends, threads."""

import gc
import os
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from kiosk import (
    Answer,
    Done,
    OrderQuery,
    Outcome,
    Progress,
    Question,
    Receipt,
    ReceiptKind,
    ReceiptQuery,
)
from kiosk_api import (
    API,
    CANCEL_ORDER,
    ON_DONE,
    ON_ORDER_STATE,
    ON_PROGRESS,
    ON_QUESTION,
    ON_RECEIPT,
    STATUS_OF_MACHINE,
)
from kiosk_client import KioskClient, PlaceOrder
from kiosk_scripts import (
    DONE,
    KEY,
    NOBODY,
    ORDER,
    QUERY,
    QUESTION,
    RECEIPT,
    YES,
    client_of,
    done_json,
    only_listen,
    raw_order_reply,
    reply_to_query,
    serve_order,
)
from kiosk_server import CODEC, PATIENCE_SECONDS, Call, Kiosk
from stompws.client import Deadlines, Event, Stray
from stompws.errors import (
    InvalidMessageError,
    LinkError,
    LocalProtocolError,
    OutcomeUnknownError,
    ReplyTimeoutError,
)
from stompws.opening import prepare
from stompws.server import (
    AnswerArrived,
    ClientLeft,
    Refused,
    RequestArrived,
    SendArrived,
)
from stompws.shapes import Undecodable, UnknownFields

pytestmark = pytest.mark.usefixtures("either_driver")

# A whole conversation.


def test_a_conversation_delivers_typed_events_and_ends_after_the_terminal_one() -> None:
    """Events in order, one answer, DISCONNECT, and then the end of the iteration."""
    with Kiosk(serve_order) as kiosk:
        events: list[Event[Any]] = []
        with client_of(kiosk).place_order(ORDER) as conversation:
            for event in conversation:
                events.append(event)
                if isinstance(event.payload, Question):
                    conversation.answer_question(YES)
            assert conversation.ended
            assert conversation.next_event() is None
            assert list(conversation) == []
        call = kiosk.finished()
    assert [event.payload for event in events] == [
        Progress(text="grinding"),
        QUESTION,
        RECEIPT,
        DONE,
    ]
    assert [event.operation for event in events] == [ON_PROGRESS, ON_QUESTION, ON_RECEIPT, ON_DONE]
    assert all(event.problems == () for event in events)
    assert getattr(events[0].headers, "correlation_id") == conversation.correlation_id  # noqa: B009
    assert call.seen[-1] == ClientLeft(polite=True, reason="the client said goodbye")
    assert (conversation.strays, conversation.duplicates) == ((), 0)


def test_a_server_that_never_confirms_disconnect_is_left_after_the_deadline() -> None:
    """The receipt of DISCONNECT is waited for, and its absence is no error."""
    with Kiosk(reply_to_query, receipts=False) as kiosk:
        began = time.monotonic()
        deadlines = Deadlines(close=0.1)
        assert client_of(kiosk, deadlines=deadlines).query_order(QUERY) == DONE
        assert time.monotonic() - began < PATIENCE_SECONDS


def test_a_conditional_end_follows_the_request() -> None:
    """The reply whose value equals the request's is the last one."""

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_RECEIPT, RECEIPT)
        call.reply(ON_RECEIPT, Receipt(kind=ReceiptKind.STAFF, text="copy"))

    query = ReceiptQuery(order_reference="A-1", kind=ReceiptKind.STAFF)
    with Kiosk(script) as kiosk, client_of(kiosk).fetch_receipts(query) as conversation:
        kinds = [e.payload.kind for e in conversation if isinstance(e.payload, Receipt)]
    assert kinds == [ReceiptKind.CUSTOMER, ReceiptKind.STAFF]
    assert conversation.ended


def test_a_reply_out_of_order_is_delivered_with_a_problem() -> None:
    """A broken rule is reported beside the message; the conversation goes on."""
    seen: list[Event[Any]] = []
    script = raw_order_reply((ON_DONE, done_json(), {}))
    with (
        Kiosk(script) as kiosk,
        client_of(kiosk, on_problem=seen.append).place_order(ORDER) as conversation,
    ):
        (event,) = conversation
    assert [str(problem) for problem in event.problems] == ["conversation: onDone before onReceipt"]
    assert seen == [event]


def test_next_event_returns_none_when_nothing_came_in_time() -> None:
    """Polling leaves the conversation as it is."""
    go = threading.Event()

    def script(call: Call) -> None:
        call.request()
        assert go.wait(PATIENCE_SECONDS)
        call.reply(ON_RECEIPT, RECEIPT)
        call.reply(ON_DONE, DONE)

    with Kiosk(script) as kiosk, client_of(kiosk).place_order(ORDER) as conversation:
        assert conversation.next_event(0) is None
        assert conversation.next_event(0.01) is None
        assert not conversation.ended
        go.set()
        events = [conversation.next_event(PATIENCE_SECONDS) for _ in range(2)]
        assert [event and event.payload for event in events] == [RECEIPT, DONE]
        assert conversation.next_event(PATIENCE_SECONDS) is None
        assert conversation.ended


# Sending inside a conversation.


def test_an_answer_needs_an_open_question_and_is_given_once() -> None:
    """An illegal send is refused before anything leaves."""

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_QUESTION, QUESTION)
        call.wait_for(AnswerArrived)
        call.wait_for(SendArrived)

    with Kiosk(script) as kiosk:
        with client_of(kiosk).place_order(ORDER) as conversation:
            with pytest.raises(LocalProtocolError, match="nothing to answer"):
                conversation.answer_question(YES)
            next(conversation)
            conversation.answer_question(YES)
            with pytest.raises(LocalProtocolError, match="one answer"):
                conversation.answer_question(YES)
            conversation.cancel_order()
        seen = kiosk.finished().seen
    assert not any(isinstance(event, Refused) for event in seen)
    answers = [event.payload for event in seen if isinstance(event, AnswerArrived)]
    assert answers == [YES]


def test_a_malformed_answer_is_not_sent_and_the_question_stays_open() -> None:
    """Exact encoding comes before the rules are touched."""

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_QUESTION, QUESTION)
        call.wait_for(AnswerArrived)

    odd = Answer(question_id="1", accepted=True, unknown_fields=UnknownFields({"x": 1}))
    with Kiosk(script) as kiosk, client_of(kiosk).place_order(ORDER) as conversation:
        next(conversation)
        with pytest.raises(InvalidMessageError):
            conversation.answer_question(odd)
        conversation.answer_question(YES)


def test_a_send_after_the_end_or_after_close_is_refused() -> None:
    """Nothing is sent into a conversation that is over."""
    with Kiosk(raw_order_reply((ON_DONE, done_json(), {}))) as kiosk:
        with client_of(kiosk).place_order(ORDER) as conversation:
            next(conversation)
            with pytest.raises(LocalProtocolError, match="has ended"):
                conversation.cancel_order()
        kiosk.finished()
        other = client_of(kiosk).place_order(ORDER)
        other.close()
        with pytest.raises(LocalProtocolError, match="is closed"):
            other.cancel_order()


def test_an_undecodable_question_can_be_answered() -> None:
    """A message that does not fit its type still counts in its conversation."""

    def script(call: Call) -> None:
        call.request()
        call.reply_raw(ON_QUESTION, b'{"question": 7}')
        call.wait_for(AnswerArrived)

    with Kiosk(script) as kiosk, client_of(kiosk).place_order(ORDER) as conversation:
        event = next(conversation)
        assert isinstance(event.payload, Undecodable)
        conversation.answer_question(YES)


# Leaving early, and threads.


def test_leaving_early_closes_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    """No exception, a warning, and `ended` that tells; the server sees a goodbye."""
    with Kiosk(serve_order) as kiosk:
        with client_of(kiosk).place_order(ORDER) as conversation:
            for _ in conversation:
                break
        assert not conversation.ended
        assert "closed before its end" in caplog.text
        assert "closed before its end" in repr(conversation)
        conversation.close()
        with pytest.raises(OutcomeUnknownError, match="closed before its end"):
            list(conversation)


def test_a_forgotten_conversation_says_goodbye_when_it_is_collected(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Else its thread and connection would stay for as long as the server does."""
    with Kiosk(only_listen) as kiosk:
        conversation = client_of(kiosk).place_order(ORDER)
        del conversation
        gc.collect()
        call = kiosk.finished()
    assert call.seen[-1] == ClientLeft(polite=True, reason="the client said goodbye")
    assert "left open and forgotten" in caplog.text


def test_an_exception_in_the_block_passes_and_the_connection_closes() -> None:
    """The user's own error is not replaced."""
    with Kiosk(only_listen) as kiosk:
        with pytest.raises(KeyError, match="mine"), client_of(kiosk).place_order(ORDER):
            raise KeyError("mine")
        assert isinstance(kiosk.finished().seen[-1], ClientLeft)


def test_closing_from_another_thread_wakes_the_reader() -> None:
    """The reader must not take it for the end of the conversation."""
    found: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
    got_progress = threading.Event()

    def read(conversation: PlaceOrder) -> None:
        try:
            for _ in conversation:
                got_progress.set()
        except LinkError as exc:
            found.put(exc)
        else:
            found.put(None)

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_PROGRESS, Progress(text="grinding"))

    with Kiosk(script) as kiosk:
        conversation = client_of(kiosk).place_order(ORDER)
        reader = threading.Thread(target=read, args=(conversation,))
        reader.start()
        assert got_progress.wait(PATIENCE_SECONDS)
        conversation.close()
        error = found.get(timeout=PATIENCE_SECONDS)
        reader.join(PATIENCE_SECONDS)
    assert isinstance(error, OutcomeUnknownError)
    assert isinstance(error.reason, LocalProtocolError)


def test_after_an_answer_from_another_thread_the_deadlines_run_again() -> None:
    """A reader that waits while an answer is owed notices when it has been given."""
    found: queue.SimpleQueue[BaseException] = queue.SimpleQueue()
    about_to_read = threading.Event()

    def read() -> None:
        about_to_read.set()
        try:
            next(conversation)
        except LinkError as exc:
            found.put(exc)

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_QUESTION, QUESTION)
        call.wait_for(AnswerArrived)

    deadlines = Deadlines(between_events=0.05, total=PATIENCE_SECONDS * 10)
    with (
        Kiosk(script) as kiosk,
        client_of(kiosk).place_order(ORDER, deadlines=deadlines) as conversation,
    ):
        next(conversation)
        reader = threading.Thread(target=read)
        reader.start()
        assert about_to_read.wait(PATIENCE_SECONDS)
        conversation.answer_question(YES)
        error = found.get(timeout=PATIENCE_SECONDS)
        reader.join(PATIENCE_SECONDS)
    assert isinstance(error, OutcomeUnknownError)
    assert isinstance(error.reason, ReplyTimeoutError)


@pytest.mark.threads_only("a callback of an event loop does not wait")
def test_one_thread_reads_at_a_time() -> None:
    """Two readers would share the events between them by chance."""
    reading = threading.Event()
    found: queue.SimpleQueue[BaseException] = queue.SimpleQueue()

    def on_stray(_: Stray) -> None:
        reading.set()
        try:
            conversation.next_event(0)
        except LinkError as exc:
            found.put(exc)

    script = raw_order_reply(
        (ON_PROGRESS, b"{}", {"correlation_id": "foreign"}), (ON_DONE, done_json(), {})
    )
    with Kiosk(script) as kiosk:
        conversation = client_of(kiosk, on_stray=on_stray).place_order(ORDER)
        with conversation:
            assert [event.operation for event in conversation] == [ON_DONE]
    assert "another thread reads" in str(found.get(timeout=PATIENCE_SECONDS))


@pytest.mark.threads_only("a callback of an event loop does not wait")
def test_a_callback_may_close_the_conversation() -> None:
    """Also while it is being closed."""

    def on_stray(_: Stray) -> None:
        conversation.close()

    script = raw_order_reply(
        (ON_DONE, done_json(), {}), (ON_PROGRESS, b"{}", {"correlation_id": "foreign"})
    )
    with Kiosk(script) as kiosk:
        conversation = client_of(kiosk, on_stray=on_stray).place_order(ORDER)
        assert [event.operation for event in conversation] == [ON_DONE]


def test_threads_share_one_client() -> None:
    """Each conversation has a connection of its own; replies never cross."""

    def script(call: Call) -> None:
        request = call.request()
        assert isinstance(request.payload, OrderQuery)
        reference = request.payload.order_reference
        barrier.wait(PATIENCE_SECONDS)
        call.reply(ON_ORDER_STATE, Done(order_reference=reference, outcome=Outcome.SERVED))

    def ask(reference: str) -> None:
        found.put((reference, client.query_order(OrderQuery(order_reference=reference))))

    barrier = threading.Barrier(4)
    found: queue.SimpleQueue[tuple[str, Done]] = queue.SimpleQueue()
    with Kiosk(script) as kiosk:
        client = client_of(kiosk)
        threads = [threading.Thread(target=ask, args=(f"A-{n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        pairs = [found.get(timeout=PATIENCE_SECONDS) for _ in threads]
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
    assert all(reference == done.order_reference for reference, done in pairs)


@pytest.mark.threads_only("the loop of the other one is on a thread, which does not survive a fork")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_use_after_a_fork_raises() -> None:
    """Two processes must share neither a connection nor a publisher id."""
    with Kiosk(only_listen) as kiosk:
        client = client_of(kiosk)
        conversation = client.place_order(ORDER)
        child = os.fork()
        if child == 0:
            refused = 0
            attempts: list[Callable[[], object]] = [
                lambda: client.query_order(QUERY),
                lambda: conversation.next_event(0),
                conversation.cancel_order,
                conversation.close,
            ]
            for attempt in attempts:
                try:
                    attempt()
                except LocalProtocolError as exc:
                    refused += "fork" in str(exc)
            conversation.__exit__(None, None, None)
            os._exit(0 if refused == len(attempts) else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        conversation.close()


def test_the_text_of_a_client_shows_where_it_goes_and_no_secret() -> None:
    """A client may be printed."""
    client = KioskClient(NOBODY, kiosk_key=KEY)
    assert repr(client) == "<KioskClient ws://127.0.0.1:9/kiosk>"
    assert KEY not in repr(client.options)


def test_operations_are_opened_as_they_are_declared() -> None:
    """A send inside a conversation opens none, and a subscription has no request."""
    with pytest.raises(LocalProtocolError, match="opens no conversation"):
        prepare(API, CODEC, CANCEL_ORDER, None, "till-1")
    with pytest.raises(LocalProtocolError, match="has no request"):
        prepare(API, CODEC, STATUS_OF_MACHINE, QUERY, "till-1")


def test_the_request_arrives_as_it_was_built() -> None:
    """What the server decodes equals what the client was given."""
    with Kiosk(serve_order) as kiosk:
        with client_of(kiosk).place_order(ORDER):
            pass
        (request,) = [e for e in kiosk.finished().seen if isinstance(e, RequestArrived)]
    assert request.payload == ORDER
