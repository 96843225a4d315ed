"""Requests of the client over real loopback sockets: sent, not sent, and nobody knows."""

import contextlib
import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from kiosk import (
    Enrolled,
    Enrolment,
    LoyaltyCard,
    MachineStatus,
    OrderQuery,
    Progress,
)
from kiosk_api import (
    API,
    ON_DONE,
    ON_ENROLLED,
    ON_PROGRESS,
    ON_RECEIPT,
    QUERY_ORDER,
    STATUS_OF_MACHINE,
)
from kiosk_client import KioskClient, LocalKiosk
from kiosk_scripts import (
    CORRELATION,
    DONE,
    KEY,
    MESSAGE,
    NOBODY,
    ORDER,
    PUBLISHER,
    QUERY,
    RECEIPT,
    client_of,
    only_listen,
    refuse_all,
    reply_to_query,
    say_no,
)
from kiosk_server import CODEC, PATIENCE_SECONDS, Call, Kiosk
from stompws.client import Deadlines
from stompws.deadlines import Patience
from stompws.driver import Driver
from stompws.errors import (
    ConnectionLostError,
    InvalidMessageError,
    LinkError,
    LocalProtocolError,
    NotSentError,
    OutcomeUnknownError,
    RemoteProtocolError,
    RemoteRejectedError,
    ReplyTimeoutError,
)
from stompws.frames import Frame
from stompws.handing_over import hand_over
from stompws.opening import prepare, secrets_of
from stompws.server import (
    ClientLeft,
    ConnectArrived,
    RefusalKind,
    Refused,
)
from stompws.shapes import UnknownFields

pytestmark = pytest.mark.usefixtures("either_driver")

# One request, one reply.


def test_a_request_returns_its_reply_and_says_goodbye() -> None:
    """Credential in CONNECT, subscriptions before SEND, the roles filled, then DISCONNECT."""
    with Kiosk(reply_to_query, authenticate=KEY.__eq__) as kiosk:
        client = client_of(kiosk, publisher_id="till-1")
        assert client.query_order(QUERY) == DONE
        call = kiosk.finished()
    connect, *subscribes, send, disconnect = call.frames
    assert connect.header("x-kiosk-key") == KEY
    assert [frame.header("destination") for frame in subscribes] == [
        "/client/error",
        "/client/order/state",
    ]
    assert (send.command, send.header("destination")) == ("SEND", "/kiosk/order/query")
    assert json.loads(send.body) == {"orderReference": "A-1"}
    assert send.header("content-type") == "application/json"
    assert send.header("content-length") == str(len(send.body))
    said = [*subscribes, send]
    assert len({frame.header(CORRELATION) for frame in said}) == 1
    assert len({frame.header(MESSAGE) for frame in said}) == len(said)
    assert {frame.header(PUBLISHER) for frame in said} == {"till-1"}
    assert disconnect.command == "DISCONNECT"
    assert call.seen[-1] == ClientLeft(polite=True, reason="the client said goodbye")


def test_an_operation_without_authentication_carries_no_credential() -> None:
    """The credential goes only where it is needed."""

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_ENROLLED, Enrolled(kiosk_key="new"))

    with Kiosk(script) as kiosk:
        enrolled = client_of(kiosk).enrol(Enrolment(activation_code="12345"))
        assert enrolled.kiosk_key == "new"
        assert kiosk.finished().frames[0].header("x-kiosk-key") is None


def test_a_subscription_that_is_the_request_comes_last_and_correlates() -> None:
    """Errors are listened to before the subscription that asks."""

    def script(call: Call) -> None:
        assert call.request().payload is None
        call.reply(STATUS_OF_MACHINE, MachineStatus(ready=True))

    with Kiosk(script) as kiosk:
        assert client_of(kiosk).machine_status() == MachineStatus(ready=True)
        subscribes = [f for f in kiosk.finished().frames if f.command == "SUBSCRIBE"]
    addresses = [frame.header("destination") for frame in subscribes]
    assert addresses == ["/client/error", "/client/machine/status"]
    assert subscribes[1].header(CORRELATION)


def test_every_request_has_a_connection_and_ids_of_its_own() -> None:
    """Nothing is shared between two requests but the publisher id."""
    with Kiosk(reply_to_query) as kiosk:
        client = client_of(kiosk)
        sends: list[Frame] = []
        for _ in range(2):
            client.query_order(QUERY)
            sends += [f for f in kiosk.finished().frames if f.command == "SEND"]
    first, second = sends
    assert first.header(CORRELATION) != second.header(CORRELATION)
    assert first.header(PUBLISHER) == second.header(PUBLISHER)


def test_a_credential_may_be_a_function_and_is_fetched_for_each_connection() -> None:
    """So that a key can be renewed while the client lives."""
    keys = iter(["first", "second"])
    with Kiosk(reply_to_query) as kiosk:
        client = KioskClient(LocalKiosk(port=kiosk.port, plain=True), kiosk_key=lambda: next(keys))
        for expected in ("first", "second"):
            client.query_order(QUERY)
            assert kiosk.finished().frames[0].header("x-kiosk-key") == expected


# Before a socket is opened.


@pytest.mark.parametrize(
    "key", [None, "", "a\nb", "a\r\n", "a\n\udc80", "secret\udc80", lambda: "", lambda: "a\0"]
)
def test_an_unusable_credential_is_refused_before_a_socket_is_opened(key: Any) -> None:
    """The text names the parameter to give and does not repeat the value."""
    with pytest.raises(LocalProtocolError, match="kiosk_key") as caught:
        KioskClient(NOBODY, kiosk_key=key).query_order(QUERY)
    assert "a\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_message_that_breaks_its_schema_is_refused_before_a_socket_is_opened() -> None:
    """Encoding comes first; unknown fields are never sent."""
    query = OrderQuery(order_reference="A-1", unknown_fields=UnknownFields({"x": 1}))
    with pytest.raises(InvalidMessageError, match="OrderQuery"):
        KioskClient(NOBODY, kiosk_key=KEY).query_order(query)


def test_a_message_of_another_operation_is_refused_before_a_socket_is_opened() -> None:
    """Types are checked at run time as well."""
    wrong: Any = DONE
    nothing: Any = None
    client = KioskClient(NOBODY, kiosk_key=KEY)
    with pytest.raises(LocalProtocolError, match="queryOrder: Done is no message"):
        client.query_order(wrong)
    with pytest.raises(LocalProtocolError, match="queryOrder: needs a message"):
        client.query_order(nothing)


@pytest.mark.parametrize("value", [0, -1.0, float("nan")])
@pytest.mark.parametrize("name", ["connect", "first_event", "between_events", "total", "close"])
def test_a_deadline_is_more_than_zero(name: str, value: float) -> None:
    """A wait of no time would never be kept."""
    with pytest.raises(ValueError, match=name):
        Deadlines(**{name: value})


# Not sent.


def test_nobody_listening_is_not_sent() -> None:
    """Nothing left: it is safe to repeat."""
    with pytest.raises(NotSentError, match="safe to try again") as caught:
        KioskClient(NOBODY, kiosk_key=KEY).query_order(QUERY)
    assert isinstance(caught.value.reason, ConnectionLostError)
    assert caught.value.outcome_known


def test_a_stomp_error_instead_of_connected_is_not_sent() -> None:
    """The server refused before it was given the request."""

    def script(call: Call) -> None:
        assert call.wait_for(Refused).kind is RefusalKind.BAD_CREDENTIAL
        call.stomp_error("bad key")

    with Kiosk(script, authenticate=refuse_all) as kiosk:
        with pytest.raises(NotSentError) as caught:
            client_of(kiosk).place_order(ORDER)
        assert isinstance(caught.value.reason, RemoteRejectedError)
        assert caught.value.reason.server_message == "bad key"
        assert not any(frame.command == "SEND" for frame in kiosk.finished().frames)


def test_a_connection_dropped_before_connected_is_not_sent() -> None:
    """The request waits for CONNECTED."""

    def script(call: Call) -> None:
        call.wait_for(ConnectArrived)
        call.drop()

    with Kiosk(script, accept=False) as kiosk:
        with pytest.raises(NotSentError) as caught:
            client_of(kiosk).place_order(ORDER)
        assert isinstance(caught.value.reason, ConnectionLostError)


def test_a_server_that_never_says_connected_is_not_sent() -> None:
    """The deadline for connecting covers CONNECTED."""
    deadlines = Deadlines(connect=0.2)
    with (
        Kiosk(only_listen, accept=False) as kiosk,
        pytest.raises(NotSentError, match=r"no CONNECTED within 0\.2 s"),
    ):
        client_of(kiosk).query_order(QUERY, deadlines=deadlines)


@pytest.mark.parametrize(
    ("end", "reason"),
    [(Call.drop, ConnectionLostError), (say_no, RemoteRejectedError)],
)
def test_a_connection_that_ends_between_connected_and_the_request_is_not_sent(
    end: Callable[[Call], None], reason: type[LinkError]
) -> None:
    """No octet of the SEND left; the reason is what the server said last."""

    def script(call: Call) -> None:
        call.wait_for(ConnectArrived)
        end(call)

    opening = prepare(API, CODEC, QUERY_ORDER, QUERY, "till-1")
    with Kiosk(script) as kiosk:
        driver = Driver.open(LocalKiosk(port=kiosk.port, plain=True).url)
        kiosk.finished()
        with contextlib.suppress(LinkError):
            while driver.next_event(PATIENCE_SECONDS) is not None:
                pass
        with pytest.raises(NotSentError) as caught:
            hand_over(driver, opening)
        assert isinstance(caught.value.reason, reason)
        driver.close()


def test_the_last_word_of_the_server_is_the_reason_for_not_sending() -> None:
    """Also when nobody has read it by then: it says more than that sending failed."""
    refused = threading.Event()

    def script(call: Call) -> None:
        call.wait_for(ConnectArrived)
        call.stomp_error("no")

    def trace(direction: str, frame: Frame, _: float) -> None:
        if (direction, frame.command) == ("received", "ERROR"):
            refused.set()

    opening = prepare(API, CODEC, QUERY_ORDER, QUERY, "till-1")
    with Kiosk(script) as kiosk:
        driver = Driver.open(LocalKiosk(port=kiosk.port, plain=True).url, trace=trace)
        assert refused.wait(PATIENCE_SECONDS)
        with pytest.raises(
            NotSentError, match=r"127\.0\.0\.1:[0-9]+: the server refused: no"
        ) as caught:
            hand_over(driver, opening)
        assert isinstance(caught.value.reason, RemoteRejectedError)
        driver.close()


# Sent, and the end not seen.


def test_a_connection_dropped_after_the_request_leaves_the_outcome_unknown() -> None:
    """The error names the operation to ask and the key to ask with."""

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_PROGRESS, Progress(text="grinding"))
        call.drop()

    with Kiosk(script) as kiosk, client_of(kiosk).place_order(ORDER) as conversation:
        assert isinstance(next(conversation).payload, Progress)
        with pytest.raises(OutcomeUnknownError, match="ask queryOrder before") as caught:
            next(conversation)
        error = caught.value
        assert isinstance(error.reason, ConnectionLostError)
        assert (error.recover_with, error.key) == ("queryOrder", "A-1")
        assert error.correlation_id == conversation.correlation_id
        assert not error.outcome_known
        assert not conversation.ended
        with pytest.raises(OutcomeUnknownError) as again:
            next(conversation)
        assert again.value is error


def test_a_stomp_error_after_the_request_leaves_the_outcome_unknown() -> None:
    """The server refused something, and nobody knows what it had done by then."""

    def script(call: Call) -> None:
        call.request()
        call.stomp_error("overload")

    with Kiosk(script) as kiosk:
        with pytest.raises(OutcomeUnknownError) as caught:
            client_of(kiosk).query_order(QUERY)
        assert isinstance(caught.value.reason, RemoteRejectedError)
        assert caught.value.recover_with is None


def test_what_a_server_quotes_of_a_request_shows_no_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Sensitive values are masked in its ERROR, in every exception and in the log."""
    caplog.set_level(logging.DEBUG)
    code = "AV46HTR3"

    def script(call: Call) -> None:
        call.request()
        (send,) = [frame for frame in call.frames if frame.command == "SEND"]
        call.stomp_error(f"cannot read {send.body.decode()}")

    with Kiosk(script) as kiosk, pytest.raises(OutcomeUnknownError) as caught:
        client_of(kiosk).enrol(Enrolment(activation_code=code))
    assert "cannot read" in str(caught.value)
    assert caught.value.__context__ is None
    for error in (caught.value, caught.value.reason):
        assert code not in f"{error} {error!r} {error.args} {vars(error)}"
    assert "cannot read" in caplog.text
    own = [record.getMessage() for record in caplog.records if record.name == "stompws"]
    assert all(code not in text for text in own)


def test_the_secrets_of_a_message_are_found_at_any_depth() -> None:
    """A field's mark holds for all that stands in it."""
    card = LoyaltyCard(card_number="12345678")
    assert list(secrets_of(card)) == ["12345678"]
    assert list(secrets_of([{"a": (card,)}])) == ["12345678"]
    assert list(secrets_of({"a": ["code", 1234, True, None]}, sensitive=True)) == ["code", "1234"]
    assert list(secrets_of(QUERY)) == list(secrets_of(None)) == []


def test_after_a_deadline_the_goodbye_is_short() -> None:
    """A server that let it pass is not waited for again as long as `Deadlines.close` allows."""
    took: list[float] = []
    with Kiosk(only_listen, receipts=False) as kiosk:
        for _ in range(2):  # the better of two: the machine may be busy
            began = time.monotonic()
            with pytest.raises(OutcomeUnknownError):
                client_of(kiosk).query_order(QUERY, deadlines=Deadlines(first_event=0.1))
            took.append(time.monotonic() - began)
    assert min(took) < 0.8


def test_octets_that_are_not_stomp_leave_the_outcome_unknown() -> None:
    """What cannot be read is reported, not skipped."""

    def script(call: Call) -> None:
        call.request()
        call.session.protocol.send_raw(b"HELLO\n\n\0")
        call.flush()

    with Kiosk(script) as kiosk:
        with pytest.raises(OutcomeUnknownError) as caught:
            client_of(kiosk).query_order(QUERY)
        assert isinstance(caught.value.reason, RemoteProtocolError)


@pytest.mark.parametrize(
    ("replies", "deadlines"),
    [
        (0, Deadlines(first_event=0.15, close=0.2)),
        (1, Deadlines(between_events=0.15, close=0.2)),
        (1, Deadlines(total=0.4, close=0.2)),
    ],
)
def test_each_deadline_ends_the_wait_with_the_outcome_unknown(
    replies: int, deadlines: Deadlines
) -> None:
    """No reply in time is not a failure of the request: the other side may still act."""

    def script(call: Call) -> None:
        call.request()
        for _ in range(replies):
            call.reply(ON_PROGRESS, Progress(text="grinding"))

    with (
        Kiosk(script) as kiosk,
        client_of(kiosk).place_order(ORDER, deadlines=deadlines) as conversation,
    ):
        assert [type(next(conversation).payload) for _ in range(replies)] == [Progress] * replies
        with pytest.raises(OutcomeUnknownError) as caught:
            next(conversation)
        assert isinstance(caught.value.reason, ReplyTimeoutError)
        assert 0.1 < caught.value.reason.waited < PATIENCE_SECONDS


def test_while_an_answer_is_owed_only_the_total_runs() -> None:
    """The other side waits for us: its silence is no sign of trouble."""
    limits = Deadlines(first_event=1, between_events=2, total=100)
    patience = Patience(limits, 1000.0)
    patience.sent(1010.0)
    assert patience.left(1010.5, answer_owed=False) == pytest.approx(0.5)
    patience.received(1011.0)
    assert patience.left(1011.0, answer_owed=False) == pytest.approx(2)
    assert patience.left(1050.0, answer_owed=True) == pytest.approx(50)
    assert patience.left(1050.0, answer_owed=False) < 0
    patience.sent(1050.0)
    assert patience.left(1050.0, answer_owed=False) == pytest.approx(2)
    assert patience.left(1099.5, answer_owed=False) < 0
    assert patience.waited(1051.0) == pytest.approx(1)


def test_what_arrived_in_time_is_read_after_the_deadline() -> None:
    """A caller who was slow loses nothing that the server said."""
    arrived = threading.Event()

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_PROGRESS, Progress(text="grinding"))
        call.reply(ON_RECEIPT, RECEIPT)
        call.reply(ON_DONE, DONE)

    def trace(direction: str, frame: Frame, _: float) -> None:
        if (direction, frame.header("destination")) == ("received", "/client/done"):
            arrived.set()

    deadlines = Deadlines(first_event=1e-6, between_events=1e-6)
    with (
        Kiosk(script) as kiosk,
        client_of(kiosk, trace=trace).place_order(ORDER, deadlines=deadlines) as conversation,
    ):
        assert arrived.wait(PATIENCE_SECONDS)
        # Sending takes its turn after the delivery of what the trace has seen.
        conversation.cancel_order()
        names = [event.operation.name for event in conversation]
    assert names == ["onProgress", "onReceipt", "onDone"]
