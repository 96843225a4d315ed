"""Whoever is cancelled leaves no socket and no task behind, and never loses the truth."""

import asyncio
import socket
import threading
from typing import Any

import pytest

from async_play import async_client_of, run, until
from bare_servers import listening
from driver_peers import PATIENCE, Peer, serving
from kiosk import Progress
from kiosk_api import API, ON_DONE, ON_PROGRESS, ON_RECEIPT, PLACE_ORDER
from kiosk_client import LocalKiosk
from kiosk_scripts import DONE, KEY, ORDER, RECEIPT, only_listen, serve_order
from kiosk_server import Call, Kiosk
from stompws.async_client import AsyncApiClient
from stompws.async_driver import AsyncDriver
from stompws.errors import LocalProtocolError, OutcomeUnknownError
from stompws.protocol import ClientProtocol, SendReceived
from stompws.server import ClientLeft, RequestArrived


def port_of(url: str) -> int:
    return int(url.split(":")[2].split("/")[0])


def silent_tcp() -> Any:
    return listening(None)


def silent_stomp() -> Any:
    def play(peer: Peer) -> None:
        for _ in peer.events():
            pass

    return serving(play)


async def cancelled(work: "asyncio.Task[Any]") -> None:
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work


@pytest.mark.parametrize("server", [silent_tcp, silent_stomp], ids=["upgrade", "CONNECTED"])
def test_cancelled_while_it_opens_nothing_stays(server: Any) -> None:
    """Whatever the opening waits for."""

    async def play(port: int) -> None:
        client = AsyncApiClient(API, LocalKiosk(port=port, plain=True), credential=KEY)

        async def opening() -> None:
            await client.open(PLACE_ORDER, ORDER)

        task = asyncio.create_task(opening())
        await asyncio.sleep(0.1)
        assert not task.done()
        await cancelled(task)

    with server() as url:
        run(play(port_of(url)))


def test_cancelled_while_it_connects_nothing_stays() -> None:
    """A machine that does not answer, such as one whose queue of connections is full."""

    async def play(port: int) -> None:
        client = AsyncApiClient(API, LocalKiosk(port=port, plain=True), credential=KEY)

        async def opening() -> None:
            await client.open(PLACE_ORDER, ORDER)

        tasks = [asyncio.create_task(opening()) for _ in range(4)]
        await asyncio.sleep(0.1)
        for task in tasks:
            await cancelled(task)

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        with socket.create_connection(listener.getsockname()):
            run(play(listener.getsockname()[1]))


@pytest.mark.parametrize("steps", range(0, 40, 1))
def test_cancelled_at_any_step_of_the_opening_the_request_has_not_left(steps: int) -> None:
    """Either there is a conversation, or the server has seen no request."""

    async def play(kiosk: Kiosk) -> bool:
        client = async_client_of(kiosk)
        opened: list[Any] = []

        async def opening() -> None:
            opened.append(await client.open(PLACE_ORDER, ORDER))

        task = asyncio.create_task(opening())
        for _ in range(steps):
            await asyncio.sleep(0.0005)
            if task.done():
                break
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            return False
        await opened[0].close()
        return True

    with Kiosk(only_listen) as kiosk:
        opened = run(play(kiosk))
        if opened:
            call = kiosk.finished()
            assert any(isinstance(event, RequestArrived) for event in call.seen)
            return
    while (call := kiosk.finished_by_now()) is not None:
        assert not any(frame.command == "SEND" for frame in call.frames)


def test_cancelled_before_the_request_it_never_leaves() -> None:
    """What is awaited between the session and the request may be cancelled: nothing was sent."""

    async def play(kiosk: Kiosk) -> None:
        client = async_client_of(kiosk)
        reached = asyncio.Event()

        async def write_it_down(_: str) -> None:
            reached.set()
            await asyncio.Event().wait()

        async def opening() -> None:
            await client.open(PLACE_ORDER, ORDER, before_request=write_it_down)

        task = asyncio.create_task(opening())
        await reached.wait()
        await cancelled(task)

    with Kiosk(only_listen) as kiosk:
        run(play(kiosk))
        call = kiosk.finished()
    assert {frame.command for frame in call.frames} == {"CONNECT"}


def test_cancelled_before_its_frame_was_started_it_does_not_leave() -> None:
    """A batch that is stuck: with `abort`, what has not started never leaves."""
    over, arrived = threading.Event(), list[bytes]()

    def play(peer: Peer) -> None:
        peer.accept()
        over.wait(PATIENCE)
        arrived.extend(e.body for e in peer.events() if isinstance(e, SendReceived))

    def fill(protocol: ClientProtocol) -> None:
        for _ in range(200):
            protocol.send("/q", b"x" * 100_000)
        protocol.send("/q", b"the request")

    async def send(url: str) -> None:
        driver = await AsyncDriver.open(url)
        task = asyncio.create_task(driver.send_frames(fill, until_started=True))
        await asyncio.sleep(0.1)
        await cancelled(task)
        driver.abort()
        over.set()

    with serving(play) as url:
        run(send(url))
    assert b"the request" not in arrived


def test_a_cancelled_read_takes_nothing() -> None:
    """Whenever it is cancelled, each message comes to somebody, once and in order."""
    count = 60

    def script(call: Call) -> None:
        call.request()
        for number in range(count):
            call.reply(ON_PROGRESS, Progress(text=f"step {number}"))
        call.reply(ON_RECEIPT, RECEIPT)
        call.reply(ON_DONE, DONE)

    async def play(kiosk: Kiosk) -> list[Any]:
        payloads: list[Any] = []
        async with async_client_of(kiosk).open(PLACE_ORDER, ORDER) as conversation:

            async def read() -> None:
                event = await conversation.next_event()
                assert event is not None
                payloads.append(event.payload)

            turn = 0
            while not conversation.ended:
                task = asyncio.create_task(read())
                for _ in range(turn % 5):
                    await asyncio.sleep(0)
                if turn % 7 == 0:
                    await asyncio.sleep(0.001)
                task.cancel()
                await asyncio.wait([task])
                turn += 1
        return payloads

    with Kiosk(script) as kiosk:
        payloads = run(play(kiosk))
    assert payloads == [*(Progress(text=f"step {n}") for n in range(count)), RECEIPT, DONE]


def test_a_cancelled_conversation_closes_with_a_warning_and_stays_unknown(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Its request left: whoever reads next is told so, and never that nothing happened."""

    async def play(kiosk: Kiosk) -> None:
        held: list[Any] = []

        async def order() -> None:
            async with async_client_of(kiosk).open(PLACE_ORDER, ORDER) as conversation:
                held.append(conversation)
                async for _ in conversation:
                    pass

        task = asyncio.create_task(order())
        await until(lambda: held)
        await asyncio.sleep(0.05)
        await cancelled(task)
        with pytest.raises(OutcomeUnknownError, match="closed before its end") as unknown:
            await held[0].next_event()
        assert not unknown.value.outcome_known
        assert not held[0].ended

    with Kiosk(only_listen) as kiosk:
        run(play(kiosk))
        call = kiosk.finished()
    assert call.seen[-1] == ClientLeft(polite=True, reason="the client said goodbye")
    assert "closed before its end" in caplog.text


def test_a_time_limit_around_a_read_ends_nothing() -> None:
    """`asyncio.timeout` is one way to wait; the conversation goes on."""

    async def play(kiosk: Kiosk) -> list[Any]:
        async with async_client_of(kiosk).open(PLACE_ORDER, ORDER) as conversation:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await conversation.next_event()
            go.set()
            return [event.payload async for event in conversation]

    go = threading.Event()

    def script(call: Call) -> None:
        call.request()
        assert go.wait(PATIENCE)
        call.reply(ON_RECEIPT, RECEIPT)
        call.reply(ON_DONE, DONE)

    with Kiosk(script) as kiosk:
        assert run(play(kiosk)) == [RECEIPT, DONE]


def test_a_cancelled_goodbye_closes_at_once() -> None:
    """A server that never answers DISCONNECT holds up nobody who is cancelled."""

    def mute(peer: Peer) -> None:
        peer.accept()
        for _ in peer.events():
            pass

    async def play(port: int) -> None:
        client = AsyncApiClient(API, LocalKiosk(port=port, plain=True), credential=KEY)
        conversation = await client.open(PLACE_ORDER, ORDER)
        task = asyncio.create_task(conversation.close())
        await asyncio.sleep(0.05)
        assert not task.done()
        await cancelled(task)
        with pytest.raises(OutcomeUnknownError):
            await conversation.next_event()
        await conversation.close()

    with serving(mute) as url:
        run(play(port_of(url)))


def test_all_at_once_cancelled_nothing_stays() -> None:
    """A task group that fails cancels what runs beside."""

    async def play(kiosk: Kiosk) -> None:
        client = async_client_of(kiosk)

        async def order() -> None:
            async with client.open(PLACE_ORDER, ORDER) as conversation:
                async for _ in conversation:
                    pass

        async def fail() -> None:
            await asyncio.sleep(0.15)
            raise LocalProtocolError("mine")

        async def all_of_them() -> None:
            async with asyncio.TaskGroup() as group:
                for _ in range(20):
                    group.create_task(order())
                group.create_task(fail())

        with pytest.raises(ExceptionGroup) as failed:
            await all_of_them()
        assert [str(exc) for exc in failed.value.exceptions] == ["mine"]

    with Kiosk(serve_order) as kiosk:
        run(play(kiosk))
