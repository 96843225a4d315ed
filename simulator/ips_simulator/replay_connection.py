"""One client of a replay: its WebSocket, its STOMP session, and the conversation that is played."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Final

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from stompws.descriptors import Operation
from stompws.errors import LocalProtocolError
from stompws.frames import Frame
from stompws.server import (
    AnswerArrived,
    ClientLeft,
    Refused,
    RequestArrived,
    SendArrived,
    ServerSession,
    SessionEvent,
)
from stompws.session import Direction
from stompws.shapes import Struct
from worldpay_ips.operations import API

from .clock import within
from .documentation import codec
from .feed import ChargeBooked, ClientConnected, Parting
from .feed import ClientLeft as ClientGone
from .feed_frames import frame_seen
from .paypoint import Paypoint
from .refusals import Refusal
from .replay import DeviationError, Replay
from .replay_script import (
    CORRELATION_ID,
    MESSAGE_ID,
    Booked,
    Conversation,
    Cut,
    Heard,
    Said,
    SaidError,
    Step,
)
from .replay_text import fill
from .world import World

_POLICY_VIOLATION: Final = 1008  # RFC 6455, 7.4.1
Spawn = Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]


class ReplayConnection:
    """Serves one client with what the recording says. Every license key is accepted.

    Args:
        spawn: Starts a task that outlives this connection: charges are booked without a client.
    """

    def __init__(
        self,
        websocket: ServerConnection,
        world: World,
        paypoint: Paypoint,
        *,
        replay: Replay,
        spawn: Spawn,
    ) -> None:
        self._websocket, self._world, self._paypoint = websocket, world, paypoint
        self._replay, self._spawn = replay, spawn
        self._number = world.next_connection()
        self._session = ServerSession(
            API, codec(), heart_beat_ms=world.heart_beat_ms, observer=self._observe
        )
        self._expected: deque[Heard] = deque()
        self._heard: asyncio.Queue[None] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._flushing = asyncio.Lock()
        self._begun = self._said_error = self._polite = False

    async def run(self) -> None:
        """Serve until either side ends the connection."""
        self._publish(ClientConnected(**self._where()))
        try:
            while not self._session.closed:
                for event in await self._next_events():
                    await self._take(event)
                await self._flush()
            if self._said_error:
                await self._websocket.close(_POLICY_VIOLATION)
        finally:
            self._gone.set()
            how = Parting.GOODBYE if self._polite else Parting.LOST
            self._publish(
                ClientGone(**self._where(), how=Parting.ERROR if self._said_error else how)
            )

    async def _next_events(self) -> list[SessionEvent]:
        try:
            async with asyncio.timeout(self._session.seconds_to_next_beat(time.monotonic())):
                data = await self._websocket.recv()
        except TimeoutError:
            return self._session.tick(time.monotonic())
        except ConnectionClosed:
            return self._session.receive_eof()
        return self._session.receive_data(data, time.monotonic())

    async def _take(self, event: SessionEvent) -> None:
        if self._said_error:
            return  # nothing follows ERROR
        try:
            match event:
                case RequestArrived(operation=operation, payload=payload):
                    self._begin(operation, payload)
                case SendArrived() | AnswerArrived():
                    self._hear(event.operation, event.payload)
                case Refused():
                    self._take_refused(event)
                case ClientLeft(polite=polite):
                    self._polite = polite
                case _:
                    pass
        except DeviationError as exc:
            await self._deviate(str(exc), getattr(event, "operation", None))

    def _take_refused(self, event: Refused) -> None:
        """What breaks a rule may have broken it then, too: the recording has the answer."""
        operation = event.operation
        if operation is None:
            raise DeviationError(f"the recording has no such thing: {event.detail}")
        if operation.opens and not self._begun:
            self._begin(operation, None)
        elif self._expected and self._expected[0].operation is operation:
            self._hear(operation, None)
        else:
            raise DeviationError(f"the recording has no such thing: {event.detail}")

    def _begin(self, operation: Operation, message: Struct | None) -> None:
        conversation = self._replay.begin(operation, message, self._paypoint.id)
        self._begun = True
        self._expected.extend(step for step in conversation.steps if isinstance(step, Heard))
        self._spawn(self._play(conversation))

    def _hear(self, operation: Operation, message: Struct | None) -> None:
        self._replay.hear(self._expected[0] if self._expected else None, operation, message)
        self._expected.popleft()
        self._heard.put_nowait(None)

    # -- playing

    async def _play(self, conversation: Conversation) -> None:
        try:
            for step in conversation.steps:
                await self._step(step)
        except DeviationError as exc:
            await self._deviate(str(exc), conversation.operation)
        except LocalProtocolError:
            pass  # the session was closed between two steps: nobody is left to hear
        except Exception as exc:  # noqa: BLE001 - a task that dies in silence leaves a client waiting
            await self._deviate(f"the replay failed: {type(exc).__name__}", conversation.operation)

    async def _step(self, step: Step) -> None:
        if isinstance(step, Heard):
            await self._wait_for(step)
            return
        if not self._replay.fast:
            await self._world.clock.sleep(step.pause)
        if isinstance(step, Booked):
            self._book(step)
        elif not self._left:
            await self._tell(step)

    async def _tell(self, step: Step) -> None:
        match step:
            case Said():
                await self._say(step)
            case SaidError(message=message):
                self._said_error = True
                self._session.stomp_error(message)
                await self._flush()
                await self._websocket.close(_POLICY_VIOLATION)
            case Cut():
                self._gone.set()
                self._websocket.transport.abort()
            case _:
                pass

    async def _say(self, step: Said) -> None:
        if not self._session.is_subscribed(step.operation):
            return  # it has unsubscribed: it does not want to know
        correlation = {} if step.echoes else {"correlation_id": step.headers.get(CORRELATION_ID)}
        self._session.reply_raw(
            step.operation,
            fill(step.body, self._replay.references, receipt=step.receipt),
            message_id=step.headers.get(MESSAGE_ID),
            headers={} if MESSAGE_ID in step.headers else {MESSAGE_ID: None},
            **correlation,
        )
        await self._flush()

    async def _wait_for(self, step: Heard) -> None:
        """Wait for the client, as long as it took then and a while longer."""
        seconds = step.pause + self._replay.patience_seconds
        heard = asyncio.ensure_future(self._heard.get())
        gone = asyncio.ensure_future(self._gone.wait())
        try:
            both = asyncio.wait({heard, gone}, return_when=asyncio.FIRST_COMPLETED)
            await within(self._world.clock, seconds, both)
        except TimeoutError:
            pass
        finally:
            heard.cancel()
            gone.cancel()
        if not (heard.done() and not heard.cancelled()):
            raise DeviationError(
                f"{step.operation.name} did not come: it is line {step.line} of the recording"
            )

    def _book(self, step: Booked) -> None:
        charge, rename = step.charge, self._replay.references
        reference = str(charge["merchant_transaction_reference"])
        booked = self._world.ledger.book(
            step.kind,
            paypoint_id=self._paypoint.id,
            batch_number=int(charge["batch_number"]),
            merchant_transaction_reference=rename.get(reference, reference),
            gateway_transaction_reference=str(charge["gateway_transaction_reference"]),
            amount=int(charge["amount"]),
            offline=bool(charge["offline"]),
        )
        self._publish(
            ChargeBooked(at=self._world.clock.now(), paypoint_id=self._paypoint.id, charge=booked)
        )

    async def _deviate(self, why: str, operation: Operation | None) -> None:
        """Say what was expected, and end the connection."""
        message = f"this is not what was recorded: {why}"
        name = None if operation is None else operation.name
        self._world.note(Refusal(kind="deviation", code="", message=message, operation=name))
        if self._left or self._said_error:
            return
        self._said_error = True
        self._session.stomp_error(message)
        await self._flush()
        await self._websocket.close(_POLICY_VIOLATION)

    # -- the connection

    @property
    def _left(self) -> bool:
        return self._gone.is_set() or self._session.closed

    async def _flush(self) -> None:
        async with self._flushing:  # frames leave in the order in which they were said
            for data in self._session.data_to_send(time.monotonic()):
                try:
                    await self._websocket.send(data.decode())
                except ConnectionClosed:
                    return  # the reader sees it too, and ends the session

    def _where(self) -> dict[str, Any]:
        return {
            "at": self._world.clock.now(),
            "paypoint_id": self._paypoint.id,
            "connection": self._number,
        }

    def _publish(self, event: Any) -> None:
        if self._world.feed.watched:
            self._world.feed.publish(event)

    def _observe(self, direction: Direction, frame: Frame) -> None:
        if self._world.feed.watched:
            self._world.feed.publish(frame_seen(direction, frame, codec(), **self._where()))
