"""What a client makes of replies that are odd: strays, repetitions, what cannot be read."""

from typing import Any

import pytest

from kiosk import (
    Fault,
    Outcome,
    Progress,
)
from kiosk_api import (
    ON_DONE,
    ON_ERROR,
    ON_ORDER_STATE,
    ON_PROGRESS,
    ON_RECEIPT,
)
from kiosk_scripts import (
    CORRELATION,
    DONE,
    ORDER,
    QUERY,
    RECEIPT,
    client_of,
    done_json,
    raw_order_reply,
)
from kiosk_server import Call, Kiosk
from stompws.client import Event, ReplyDecodeError, Stray
from stompws.errors import (
    ApiError,
)
from stompws.server import (
    ClientLeft,
)
from stompws.shapes import Undecodable

pytestmark = pytest.mark.usefixtures("either_driver")

# Strays, duplicates, and what cannot be read.


@pytest.mark.parametrize("correlation_id", ["c-of-somebody-else", None])
def test_a_reply_that_does_not_correlate_is_a_stray(
    correlation_id: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    """Kept, reported and logged without values; never attached, never dropped."""
    reported: list[Stray] = []
    number = "4929000000000002"

    def script(call: Call) -> None:
        call.request()
        body = done_json(note=number)
        call.reply_raw(ON_DONE, body, correlation_id=correlation_id, headers={"x-note": number})
        call.reply(ON_RECEIPT, RECEIPT)
        call.reply(ON_DONE, DONE)

    with (
        Kiosk(script) as kiosk,
        client_of(kiosk, on_stray=reported.append).place_order(ORDER) as conversation,
    ):
        assert [event.payload for event in conversation] == [RECEIPT, DONE]
    (stray,) = conversation.strays
    assert reported == [stray]
    assert stray.operation is ON_DONE
    assert stray.reason == ("a foreign correlation id" if correlation_id else "no correlation id")
    assert number in stray.body.decode()
    assert number not in repr(stray)
    assert "a stray message" in caplog.text
    assert "x-note" in caplog.text
    assert number not in caplog.text


def test_an_error_that_does_not_correlate_is_a_stray() -> None:
    """Somebody else's error is not ours."""

    def script(call: Call) -> None:
        call.request()
        call.reply_raw(ON_ERROR, b'{"code": "1"}', correlation_id="foreign")
        call.reply(ON_ORDER_STATE, DONE)

    reported: list[Stray] = []
    with Kiosk(script) as kiosk:
        assert client_of(kiosk, on_stray=reported.append).query_order(QUERY) == DONE
    assert [stray.operation for stray in reported] == [ON_ERROR]


def test_a_message_from_an_unknown_destination_is_a_stray() -> None:
    """A newer server may use destinations that we do not know."""

    def script(call: Call) -> None:
        call.request()
        subscription = next(iter(call.session.protocol.subscriptions))
        head = f"MESSAGE\ndestination:/client/new\nsubscription:x{subscription}\nmessage-id:1"
        call.session.protocol.send_raw(f"{head}\n\n{{}}\0".encode())
        call.reply(ON_ORDER_STATE, DONE)

    reported: list[Stray] = []
    with Kiosk(script) as kiosk:
        assert client_of(kiosk, on_stray=reported.append).query_order(QUERY) == DONE
    (stray,) = reported
    assert (stray.destination, stray.operation) == ("/client/new", None)


def test_a_stray_shows_no_card_number() -> None:
    """Whoever sent it chose its destination and the names of its headers."""
    number = "4111111111111111"
    stray = Stray(
        destination=f"/client/{number}",
        reason="an unknown destination",
        operation=None,
        headers={number: "x", "own": number},
        body=b"",
    )
    assert "/client/************1111" in repr(stray)
    assert number not in repr(stray)
    assert stray.destination == f"/client/{number}"


def test_a_stray_names_its_operation_and_does_not_describe_it() -> None:
    """A line in a log is for people."""
    stray = Stray(
        destination=ON_ORDER_STATE.channel.address,
        reason="no correlation id",
        operation=ON_ORDER_STATE,
        headers={},
        body=b"",
    )
    assert f"operation={ON_ORDER_STATE.name}," in repr(stray)
    assert len(repr(stray)) < 200


def test_a_rewritten_destination_is_known_by_its_subscription() -> None:
    """What we subscribed to tells which reply it is."""

    def script(call: Call) -> None:
        request = call.request()
        ids = {value: key for key, value in call.session.protocol.subscriptions.items()}
        call.session.protocol.message(
            subscription=ids["/client/order/state"],
            destination="/user/7/order/state",
            body=done_json(),
            headers={CORRELATION: request.correlation_id},
        )
        call.flush()

    with Kiosk(script) as kiosk:
        assert client_of(kiosk).query_order(QUERY) == DONE


def test_a_repeated_message_is_delivered_once() -> None:
    """Same destination, message id and bytes: dropped and counted."""
    progress = (ON_PROGRESS, b'{"text": "grinding"}', {"message_id": "m-1"})
    script = raw_order_reply(progress, progress, progress, (ON_DONE, done_json(), {}))
    with Kiosk(script) as kiosk, client_of(kiosk).place_order(ORDER) as conversation:
        assert [event.operation for event in conversation] == [ON_PROGRESS, ON_DONE]
        assert conversation.duplicates == 2


def test_what_comes_after_the_end_is_a_stray() -> None:
    """It cannot count, and it is not lost."""
    script = raw_order_reply(
        (ON_DONE, done_json(), {"message_id": "m-1"}),
        (ON_DONE, done_json(), {"message_id": "m-1"}),
        (ON_PROGRESS, b'{"text": "late"}', {}),
    )
    with Kiosk(script) as kiosk, client_of(kiosk).place_order(ORDER) as conversation:
        assert [event.operation for event in conversation] == [ON_DONE]
        # The kiosk says all three before it reads DISCONNECT, so they precede its receipt.
        assert [stray.reason for stray in conversation.strays] == ["placeOrder had ended"]
        assert conversation.duplicates == 1


def test_an_undecodable_terminal_message_is_delivered_and_ends_the_conversation() -> None:
    """Raw and marked; the bytes are kept and not shown."""
    body = b'{"outcome": "4929000000000002"'
    with (
        Kiosk(raw_order_reply((ON_DONE, body, {}))) as kiosk,
        client_of(kiosk).place_order(ORDER) as conversation,
    ):
        (event,) = conversation
    assert isinstance(event.payload, Undecodable)
    assert event.payload.raw == body
    assert event.problems
    assert conversation.ended
    assert "4929" not in repr(event)


def test_an_undecodable_reply_to_a_request_is_raised_with_all_of_it() -> None:
    """A caller who wants one typed reply gets an error that holds what came."""

    def script(call: Call) -> None:
        call.request()
        call.reply_raw(ON_ORDER_STATE, b'{"orderReference": "4929000000000002"}')

    with (
        Kiosk(script) as kiosk,
        pytest.raises(ReplyDecodeError, match=r"Done: \$\.outcome") as caught,
    ):
        client_of(kiosk).query_order(QUERY)
    payload = caught.value.event.payload
    assert isinstance(payload, Undecodable)
    assert b"4929" in payload.raw
    assert "4929" not in str(caught.value) + repr(caught.value)
    assert caught.value.outcome_known  # a query may be asked again


def test_problems_beside_a_reply_are_reported_and_the_reply_is_returned(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Receiving loses nothing: the value stands as it came."""

    def script(call: Call) -> None:
        call.request()
        call.reply_raw(
            ON_ORDER_STATE, done_json(total={"amount": 4929000000000002, "currency": "GBP"})
        )

    seen: list[Event[Any]] = []
    with Kiosk(script) as kiosk:
        done = client_of(kiosk, on_problem=seen.append).query_order(QUERY)
    assert done.total is not None
    assert done.total.amount == 4929000000000002
    ((problem,),) = [event.problems for event in seen]
    assert problem.path == "$.total.amount"
    assert "$.total.amount" in caplog.text
    assert "4929" not in caplog.text


def test_strict_raises_for_a_reply_with_a_problem_and_reading_goes_on() -> None:
    """The error holds the event; the next message can still be read."""
    script = raw_order_reply(
        (ON_PROGRESS, b'{"text": "grinding", "percent": 101}', {}),
        (ON_RECEIPT, b'{"kind": "customer", "text": "one"}', {}),
        (ON_DONE, done_json(), {}),
    )
    with Kiosk(script) as kiosk, client_of(kiosk, strict=True).place_order(ORDER) as conversation:
        with pytest.raises(ReplyDecodeError) as caught:
            next(conversation)
        progress = caught.value.event.payload
        assert isinstance(progress, Progress)
        assert progress.percent == 101
        assert not caught.value.outcome_known
        assert [event.operation for event in conversation] == [ON_RECEIPT, ON_DONE]


def test_a_callback_that_raises_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged by its type: its text might quote a message."""

    def broken(_: object) -> None:
        raise ValueError("4929000000000002")

    def script(call: Call) -> None:
        call.request()
        call.reply_raw(ON_ORDER_STATE, b"{}", correlation_id="foreign")
        call.reply_raw(ON_ORDER_STATE, done_json(total=7))

    with Kiosk(script) as kiosk:
        client = client_of(kiosk, on_stray=broken, on_problem=broken)
        assert client.query_order(QUERY).outcome is Outcome.SERVED
    assert caplog.text.count("a callback failed: ValueError") == 2
    assert "4929" not in caplog.text


# Error messages.


@pytest.mark.parametrize("body", [b'{"code": "7", "message": "out of beans"}', b"oops"])
def test_an_error_message_is_raised_with_its_payload(body: bytes) -> None:
    """Also one that does not decode. Of an order, nobody knows what became of it."""
    script = raw_order_reply((ON_ERROR, body, {}))
    with Kiosk(script) as kiosk, client_of(kiosk).place_order(ORDER) as conversation:
        with pytest.raises(ApiError) as caught:
            next(conversation)
        with pytest.raises(ApiError):
            next(conversation)
        assert conversation.ended
        assert not caught.value.outcome_known
        assert "beans" not in str(caught.value)
        assert isinstance(kiosk.finished().seen[-1], ClientLeft)
    payload = caught.value.payload
    if body == b"oops":
        assert isinstance(payload, Undecodable)
    else:
        assert payload == Fault(code="7", message="out of beans")


def test_an_error_message_of_a_repeatable_request_is_a_known_outcome() -> None:
    """A query changes nothing, so its error is the whole story."""

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_ERROR, Fault(code="7"))

    with Kiosk(script) as kiosk:
        with pytest.raises(ApiError) as caught:
            client_of(kiosk).query_order(QUERY)
        assert caught.value.outcome_known
        assert kiosk.finished().seen[-1] == ClientLeft(
            polite=True, reason="the client said goodbye"
        )
