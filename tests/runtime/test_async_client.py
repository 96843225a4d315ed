"""The asyncio client where it differs from the other one; the rest is asked of both together."""

import asyncio
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any

import attrs
import pytest

from async_play import async_client_of, run
from driver_peers import CANARY, PATIENCE, serving
from fault_relay import Direction, Fault, FaultRelay, FrameNumber, Kind
from kiosk import Done, Order, Outcome, Progress, Question
from kiosk_api import (
    ANSWER_QUESTION,
    ON_DONE,
    ON_PROGRESS,
    ON_QUESTION,
    ON_RECEIPT,
    PLACE_ORDER,
    QUERY_ORDER,
)
from kiosk_scripts import (
    DONE,
    ORDER,
    QUERY,
    QUESTION,
    RECEIPT,
    YES,
    done_json,
    only_listen,
    raw_order_reply,
    reply_to_query,
    serve_order,
)
from kiosk_server import PATIENCE_SECONDS, Call, Kiosk
from stompws.async_client import Deadlines, Stray
from stompws.async_driver import AsyncDriver
from stompws.errors import (
    LocalProtocolError,
    NotSentError,
    OutcomeUnknownError,
    ReplyTimeoutError,
)
from stompws.protocol import MessageReceived
from stompws.server import AnswerArrived, ClientLeft, RequestArrived


def test_a_conversation_is_read_with_async_for() -> None:
    """Events in order, one answer, DISCONNECT, and then the end of the iteration."""

    async def play(kiosk: Kiosk) -> list[Any]:
        payloads: list[Any] = []
        async with async_client_of(kiosk).open(PLACE_ORDER, ORDER) as conversation:
            async for event in conversation:
                payloads.append(event.payload)
                if isinstance(event.payload, Question):
                    await conversation.send(ANSWER_QUESTION, YES)
            assert conversation.ended
            assert [event async for event in conversation] == []
        return payloads

    with Kiosk(serve_order) as kiosk:
        assert run(play(kiosk)) == [Progress(text="grinding"), QUESTION, RECEIPT, DONE]
        call = kiosk.finished()
    assert call.seen[-1] == ClientLeft(polite=True, reason="the client said goodbye")


def test_one_reply_is_awaited() -> None:
    """`request` returns the payload as its type."""

    async def play(kiosk: Kiosk) -> Done:
        return await async_client_of(kiosk).request(QUERY_ORDER, QUERY, reply=Done)

    with Kiosk(reply_to_query) as kiosk:
        assert run(play(kiosk)) == DONE


def test_many_conversations_need_no_thread_each() -> None:
    """A hundred at once, each with its own replies, in the one thread of the loop."""
    started: list[str] = []

    def script(call: Call) -> None:
        request = call.request()
        assert isinstance(request.payload, Order)
        name = request.payload.pick_up_name or ""
        call.reply(ON_PROGRESS, Progress(text=name))
        call.reply(ON_RECEIPT, RECEIPT)
        call.reply(ON_DONE, Done(order_reference=name, outcome=Outcome.SERVED))

    async def play(kiosk: Kiosk) -> list[list[Any]]:
        client = async_client_of(kiosk)

        async def order(number: int) -> list[Any]:
            request = attrs.evolve(ORDER, pick_up_name=f"n{number}")
            async with client.open(PLACE_ORDER, request) as conversation:
                return [event.payload async for event in conversation]

        found = await asyncio.gather(*map(order, range(100)))
        started.extend(thread.name for thread in threading.enumerate())
        return found

    with Kiosk(script) as kiosk:
        found = run(play(kiosk))
    for number, payloads in enumerate(found):
        name = f"n{number}"
        assert payloads == [
            Progress(text=name),
            RECEIPT,
            Done(order_reference=name, outcome=Outcome.SERVED),
        ]
    assert not any("stompws" in name or "asyncio" in name for name in started)


def test_what_was_opened_is_not_opened_again() -> None:
    """The same call awaited twice would be a second request."""

    async def play(kiosk: Kiosk) -> None:
        opening = async_client_of(kiosk).open(PLACE_ORDER, ORDER)
        async with opening:
            pass
        with pytest.raises(LocalProtocolError, match="opened before"):
            await opening

    with Kiosk(only_listen) as kiosk:
        run(play(kiosk))
        kiosk.finished()
        assert kiosk.finished_by_now() is None


# Before the request.


@pytest.mark.parametrize("awaited", [False, True], ids=["called", "awaited"])
def test_somebody_may_act_between_the_session_and_the_request(awaited: bool) -> None:
    """With the correlation id, when nothing of the request has left; it may be awaited."""
    noted: list[str] = []

    async def later(correlation_id: str) -> None:
        await asyncio.sleep(0.05)
        noted.append(correlation_id)

    hook: Callable[[str], Awaitable[None] | None] = later if awaited else noted.append

    async def play(kiosk: Kiosk) -> None:
        client = async_client_of(kiosk)
        async with client.open(PLACE_ORDER, ORDER, before_request=hook) as conversation:
            assert noted == [conversation.correlation_id]

    with Kiosk(only_listen) as kiosk:
        run(play(kiosk))
        assert any(isinstance(event, RequestArrived) for event in kiosk.finished().seen)


def test_what_is_raised_before_the_request_stops_it() -> None:
    """It comes out as it is, and nothing was sent."""

    async def refuse(_: str) -> None:
        raise KeyError("mine")

    async def play(kiosk: Kiosk) -> None:
        with pytest.raises(KeyError, match="mine"):
            await async_client_of(kiosk).open(PLACE_ORDER, ORDER, before_request=refuse)

    with Kiosk(only_listen) as kiosk:
        run(play(kiosk))
        assert {frame.command for frame in kiosk.finished().frames} == {"CONNECT"}


def test_a_link_that_breaks_before_the_request_is_not_sent() -> None:
    """Also when it breaks while something is awaited in between."""

    def script(call: Call) -> None:
        call.drop()

    async def wait(_: str) -> None:
        await asyncio.sleep(0.2)

    async def play(kiosk: Kiosk) -> None:
        with pytest.raises(NotSentError):
            await async_client_of(kiosk).open(PLACE_ORDER, ORDER, before_request=wait)

    with Kiosk(script) as kiosk:
        run(play(kiosk))


@pytest.mark.parametrize("kind", [Kind.CUT, Kind.RESET], ids=str)
@pytest.mark.parametrize("direction", [Direction.TO_SERVER, Direction.TO_CLIENT], ids=str)
def test_a_cut_at_any_frame_tells_the_truth(kind: Kind, direction: Direction) -> None:
    """What has not left is not sent; what left without an end is unknown; else all came."""

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_PROGRESS, Progress(text="grinding"))
        call.reply(ON_RECEIPT, RECEIPT)
        call.reply(ON_DONE, DONE)

    async def order(kiosk: Kiosk) -> tuple[list[Any], Exception | None]:
        payloads: list[Any] = []
        try:
            async with async_client_of(kiosk).open(PLACE_ORDER, ORDER) as conversation:
                while (event := await conversation.next_event()) is not None:
                    payloads.append(event.payload)
        except (NotSentError, OutcomeUnknownError) as exc:
            return payloads, exc
        return payloads, None

    whole = [Progress(text="grinding"), RECEIPT, DONE]
    kinds: set[str] = set()
    with Kiosk(script) as kiosk:
        port = kiosk.port
        for number in range(12):
            kiosk.port = port
            fault = Fault(kind=kind, direction=direction, at=FrameNumber(number))
            with relay_to(kiosk, fault) as relay:
                kiosk.port = relay.port
                payloads, error = run(order(kiosk))
                passed = relay.lane(Direction.TO_SERVER).passed
            requested = any(p.frame and p.frame.command == "SEND" for p in passed)
            assert payloads == whole[: len(payloads)]
            assert (error is None) == (payloads == whole)
            assert not (isinstance(error, NotSentError) and requested)
            kinds.add(type(error).__name__)
            if fault not in relay.happened:
                break
    assert kinds == {"NotSentError", "OutcomeUnknownError", "NoneType"}


# Waiting.


def test_a_caller_that_computes_loses_nothing_that_came_in_time() -> None:
    """The loop did not turn for longer than all deadlines; what had arrived is still read."""

    def script(call: Call) -> None:
        call.request()
        for number in range(150):
            call.reply(ON_PROGRESS, Progress(text=f"step {number}"))
        call.reply(ON_RECEIPT, RECEIPT)
        call.reply(ON_DONE, DONE)

    deadlines = Deadlines(first_event=0.4, between_events=0.4, total=0.8)

    async def play(kiosk: Kiosk) -> list[Any]:
        client = async_client_of(kiosk, deadlines=deadlines)
        async with client.open(PLACE_ORDER, ORDER) as conversation:
            time.sleep(1.0)
            return [event.payload async for event in conversation]

    with Kiosk(script) as kiosk:
        payloads = run(play(kiosk))
    assert payloads == [*(Progress(text=f"step {n}") for n in range(150)), RECEIPT, DONE]


def test_after_an_answer_of_another_task_the_deadlines_run_again() -> None:
    """A reader that waits while an answer is owed notices, at once, when it has been given."""

    def script(call: Call) -> None:
        call.request()
        call.reply(ON_QUESTION, QUESTION)
        call.wait_for(AnswerArrived)

    deadlines = Deadlines(between_events=0.1, total=PATIENCE_SECONDS * 10)

    async def play(kiosk: Kiosk) -> float:
        client = async_client_of(kiosk)
        async with client.open(PLACE_ORDER, ORDER, deadlines=deadlines) as conversation:
            await anext(conversation)
            reader = asyncio.create_task(conversation.next_event())
            await asyncio.sleep(0.3)
            assert not reader.done()
            answered = time.monotonic()
            await conversation.send(ANSWER_QUESTION, YES)
            with pytest.raises(OutcomeUnknownError) as unknown:
                await reader
            assert isinstance(unknown.value.reason, ReplyTimeoutError)
            return time.monotonic() - answered

    with Kiosk(script) as kiosk:
        assert 0.1 <= run(play(kiosk)) < PATIENCE_SECONDS / 2


def test_closing_from_another_task_wakes_the_reader() -> None:
    """The reader must not take it for the end of the conversation."""

    async def play(kiosk: Kiosk) -> None:
        conversation = await async_client_of(kiosk).open(PLACE_ORDER, ORDER)
        reader = asyncio.create_task(conversation.next_event())
        await asyncio.sleep(0.05)
        await conversation.close()
        with pytest.raises(OutcomeUnknownError, match="closed before its end"):
            await reader

    with Kiosk(only_listen) as kiosk:
        run(play(kiosk))


def test_one_task_reads_at_a_time() -> None:
    """Two readers would share the events between them by chance."""

    async def play(kiosk: Kiosk) -> None:
        async with async_client_of(kiosk).open(PLACE_ORDER, ORDER) as conversation:
            reader = asyncio.create_task(conversation.next_event())
            await asyncio.sleep(0.05)
            with pytest.raises(LocalProtocolError, match="another task reads"):
                await conversation.next_event()
            reader.cancel()
            await asyncio.wait([reader])
            assert await conversation.next_event(0.01) is None

    with Kiosk(only_listen) as kiosk:
        run(play(kiosk))


def relay_to(kiosk: Kiosk, *faults: Fault) -> FaultRelay:
    return FaultRelay(("127.0.0.1", kiosk.port), faults)


# Where it belongs.


def test_another_loop_is_refused() -> None:
    """A connection belongs to the loop it was opened in."""

    async def opening(kiosk: Kiosk) -> Any:
        return await async_client_of(kiosk).open(PLACE_ORDER, ORDER)

    async def use(conversation: Any) -> None:
        with pytest.raises(LocalProtocolError, match="another event loop"):
            await conversation.next_event()

    with Kiosk(only_listen) as kiosk, asyncio.Runner() as runner:
        conversation = runner.run(opening(kiosk))
        thread = threading.Thread(target=lambda: asyncio.run(use(conversation)))
        thread.start()
        thread.join(PATIENCE)
        runner.run(conversation.close())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_use_after_a_fork_is_refused() -> None:
    """Two processes must share neither a connection nor a publisher id."""

    def refuses(work: Any) -> bool:
        try:
            work.send(None)
        except LocalProtocolError as exc:
            return "fork" in str(exc)
        return False

    async def play(kiosk: Kiosk) -> None:
        client = async_client_of(kiosk)
        async with client.open(PLACE_ORDER, ORDER) as conversation:
            child = os.fork()
            if child == 0:
                attempts = [
                    client.request(QUERY_ORDER, QUERY, reply=Done),
                    conversation.next_event(0),
                    conversation.send(ANSWER_QUESTION, YES),
                    conversation.close(),
                ]
                os._exit(0 if all(map(refuses, attempts)) else 1)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    with Kiosk(only_listen) as kiosk:
        run(play(kiosk))


def test_a_callback_sees_strays_after_the_end() -> None:
    """What comes after the last message is reported, not lost."""
    seen: list[Stray] = []
    script = raw_order_reply(
        (ON_DONE, done_json(), {}), (ON_PROGRESS, b"{}", {"correlation_id": "foreign"})
    )

    async def play(kiosk: Kiosk) -> list[Any]:
        async with async_client_of(kiosk, on_stray=seen.append).open(
            PLACE_ORDER, ORDER
        ) as conversation:
            return [event.operation async for event in conversation]

    with Kiosk(script) as kiosk:
        assert run(play(kiosk)) == [ON_DONE]
    assert [stray.reason for stray in seen] == ["a foreign correlation id"]


def test_the_log_of_websockets_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """A program that logs everything finds no octet of ours that is not redacted."""

    async def play(url: str) -> None:
        async with await AsyncDriver.open(url, connect_headers={"passcode": CANARY}) as driver:
            await driver.send_frames(
                lambda protocol: (protocol.subscribe("/q"), protocol.send("/q", CANARY.encode()))
            )
            while not isinstance(await driver.next_event(PATIENCE), MessageReceived):
                pass

    with serving() as url, caplog.at_level(logging.DEBUG):
        run(play(url))
    ours = [each for each in caplog.records if each.name != "websockets.server"]
    assert not any(each.name.startswith("websockets") for each in ours)
    assert CANARY not in "\n".join(each.getMessage() for each in ours)


def test_without_websockets_a_sentence_names_the_extra() -> None:
    """Nothing of the package is needed, and not asyncio either, by who does not use this client."""
    program = """
import sys
sys.modules["websockets"] = None
import stompws.client
assert "asyncio" not in sys.modules
try:
    import stompws.async_client
except ModuleNotFoundError as exc:
    print(exc)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == (
        "asyncio connections need the package websockets, 14 or newer: "
        "install it, or the extra [asyncio] of this package\n"
    )
