"""One client: its WebSocket, its STOMP session, and the conversation it opened."""

import asyncio
import contextlib
import logging
import time
import traceback
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from stompws.descriptors import Operation
from stompws.errors import ConnectionLostError
from stompws.frames import Frame
from stompws.server import (
    AnswerArrived,
    ClientLeft,
    ConnectArrived,
    RefusalKind,
    Refused,
    RequestArrived,
    SendArrived,
    ServerSession,
    SessionEvent,
)
from stompws.session import Direction
from stompws.shapes import Struct
from worldpay_ips.operations import API

from .connection_feed import ConnectionFeed
from .documentation import codec
from .fault_line import LineFaults
from .faults import Fault
from .feed import Parting
from .handler import SimulatedIps
from .invented import KEY_EXPIRED, Invention
from .licences import Standing
from .outbound import Outbound
from .paypoint import Paypoint
from .refusals import (
    BY_STOMP_ERROR,
    Refusal,
    RefusedError,
    business_refusal,
    error_of,
    failure_refusal,
    refusal_of,
)
from .stomp_errors import StompErrors
from .world import World

_ON_ERROR = API.by_name["onError"]
_LOG = logging.getLogger("ips_simulator")
_INTERNAL_ERROR = 1011  # RFC 6455, 7.4.1

Spawn = Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]


class Connection:
    """Moves bytes between a WebSocket and a session, and plays what the session reports.

    Args:
        spawn: Starts a task that outlives this connection; a payment goes on without its client.
    """

    def __init__(
        self,
        websocket: ServerConnection,
        world: World,
        paypoint: Paypoint,
        *,
        handler: type[SimulatedIps],
        spawn: Spawn,
    ) -> None:
        self._websocket = websocket
        self._world = world
        self._spawn = spawn
        self._license_key: str | None = None
        self._key_standing = Standing.MISSING
        self._paypoint = paypoint
        self._feed = ConnectionFeed(world, paypoint.id)
        self._session = ServerSession(
            API,
            codec(),
            authenticate=self._check_key,
            accept=False,
            heart_beat_ms=world.heart_beat_ms,
            limits=world.limits,
            observer=self._observe,
        )
        self._outbound = Outbound(self, self._feed, world, paypoint.id)
        self._errors = StompErrors(websocket, self._session, self._outbound, world)
        self._faults = LineFaults(websocket, self._outbound, world, paypoint, self)
        self._handler = handler(world, paypoint, license_key=lambda: self._license_key, port=self)
        self._request: asyncio.Task[None] | None = None
        self._answers: asyncio.Queue[Struct] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._polite = False

    async def run(self) -> None:
        """Serve until either side ends the connection."""
        self._feed.tell_connected()
        try:
            while not self._session.closed:
                for event in await self._next_events():
                    await self._take(event)
                await self._flush()
            await self._errors.close()
            if self._faults.deaf:
                self._gone.set()  # by its silence; the connection itself stays
                await self._websocket.wait_closed()
        except Exception as exc:  # noqa: BLE001 - whatever it is, the client shall hear of it
            await self._fail(exc, None)
        finally:
            self._gone.set()
            self._tell_left()

    async def _next_events(self) -> list[SessionEvent]:
        try:
            async with asyncio.timeout(self._session.seconds_to_next_beat(time.monotonic())):
                data = await self._websocket.recv()
        except TimeoutError:
            return self._session.tick(time.monotonic())
        except ConnectionClosed:
            return self._session.receive_eof()
        if self._faults.deaf:
            return []
        return self._session.receive_data(data, time.monotonic())

    async def _take(self, event: SessionEvent) -> None:
        if self._errors.said and not isinstance(event, Refused):
            return  # it came in one piece with what ERROR has answered: nothing follows ERROR
        match event:
            case RequestArrived():
                self._request = self._spawn(self._play(event))
            case SendArrived():
                await self._handler.dispatch(event, self)
            case AnswerArrived():
                self._answers.put_nowait(event.payload)
            case Refused():
                await self._refuse(event)
            case ClientLeft(polite=polite):
                self._polite = polite
            case ConnectArrived():
                await self._welcome(event)

    async def _welcome(self, event: ConnectArrived) -> None:
        """Say CONNECTED, and read what stood behind CONNECT."""
        version = self._world.profile.choose_version(event.versions)
        if version is None:
            text = "CONNECT offers no STOMP version that we speak"
            await self._refuse(Refused(kind=RefusalKind.NO_COMMON_VERSION, detail=text))
            return
        self._session.accept(version)
        self._outbound.version = version
        for further in self._session.receive_data(b"", time.monotonic()):
            await self._take(further)

    async def _play(self, event: RequestArrived) -> None:
        """Have a request handled, in a task of its own: the connection goes on being read."""
        try:
            await self._handler.dispatch(event, self)
        except RefusedError as exc:
            await self._say_error(business_refusal(exc.why, event.operation.name))
        except ConnectionLostError:
            pass  # nobody is left to hear of it; the paypoint remembers
        except Exception as exc:  # noqa: BLE001 - a task that dies in silence leaves a client waiting
            await self._fail(exc, event.operation.name)

    # -- the way of the replies: this class is the `ReplyPort` of its handler

    async def send(self, operation: Operation, message: Struct) -> None:
        """Send a reply. To a client that has gone it goes nowhere, or ends the request."""
        if self.left:
            if self._world.inventions_for(self._paypoint.id).payment_survives_client:
                return
            raise ConnectionLostError("the client is gone")
        if not self._session.is_subscribed(operation):
            return  # it has unsubscribed: it does not want to know
        self._session.reply(operation, message)
        await self._flush()

    async def send_body(self, operation: Operation, body: bytes) -> None:
        """Send any bytes as a reply, to play a server that is odd."""
        if self.left:
            if self._world.inventions_for(self._paypoint.id).payment_survives_client:
                return
            raise ConnectionLostError("the client is gone")
        if self._session.is_subscribed(operation):
            self._session.reply_raw(operation, body)
            await self._flush()

    @property
    def left(self) -> bool:
        """True when the client is gone."""
        return self._gone.is_set() or self._session.closed

    async def wait_until_left(self) -> None:
        """Return when the client is gone."""
        await self._gone.wait()

    async def strike(self, fault: Fault) -> None:
        """Make a fault happen now, or to the frame that it is for."""
        if fault.waits:
            self._outbound.arm(fault)
        else:
            await self.strike_now(fault)

    async def ask(self, operation: Operation, message: Struct) -> Struct:
        """Send a reply that wants an answer, and wait for it as long as the client is there."""
        await self.send(operation, message)
        answered = asyncio.ensure_future(self._answers.get())
        gone = asyncio.ensure_future(self._gone.wait())
        try:
            await asyncio.wait({answered, gone}, return_when=asyncio.FIRST_COMPLETED)
            if answered.done():
                return answered.result()
            raise ConnectionLostError("the client left without an answer")
        finally:
            answered.cancel()
            gone.cancel()

    async def _flush(self) -> None:
        await self._outbound.send(self._session.data_to_send(time.monotonic()))

    # -- what faults need

    async def write(self, message: str | bytes) -> None:
        """Send one WebSocket message."""
        with contextlib.suppress(ConnectionClosed):  # the reader sees it too, and ends the session
            await self._websocket.send(message)

    async def strike_now(self, fault: Fault) -> None:
        """Make a fault of the connection happen."""
        self._feed.tell_fault(fault)
        await self._faults.strike(fault)

    def tell_gone(self) -> None:
        """The client will hear of nothing any more."""
        self._gone.set()

    def tell_error(self, close_code: int) -> None:
        """ERROR was said, and nothing follows it."""
        self._errors.close_code = close_code

    def later(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run something that may outlive this connection."""
        return self._spawn(work)

    # -- what watchers are told

    def _observe(self, direction: Direction, frame: Frame) -> None:
        if direction == "sent":
            self._outbound.note_said(frame)
        else:
            self._outbound.note_received(frame)
            self._feed.tell_frame(direction, frame)

    def _tell_left(self) -> None:
        said_error = self._errors.said
        how = Parting.ERROR if said_error else Parting.GOODBYE if self._polite else Parting.LOST
        self._feed.tell_left(how)

    # -- what is refused

    def _check_key(self, key: str) -> bool:
        self._license_key = key
        self._key_standing = self._world.licences.check_key(key)
        return self._key_standing is Standing.VALID

    async def _refuse(self, refused: Refused) -> None:
        """Answer a broken rule: with an error message or, where none fits, a STOMP ERROR.

        Which of the two a real server sends is not known.
        """
        refusal = refusal_of(refused, answer=self._answer(refused))
        if self._session.closed and refused.kind is not RefusalKind.BROKEN_PROTOCOL:
            # In one piece with it came a goodbye, something unreadable, or what ERROR has answered.
            self._world.note(refusal)
            return
        ended = self._session.conversation is not None and self._session.conversation.ended
        silently = refused.kind in self._world.profile.closes_silently
        by_error = silently or refused.kind in BY_STOMP_ERROR or ended
        if by_error or not self._session.is_subscribed(_ON_ERROR):
            await self._errors.answer(refusal, refused.kind)
            await self._flush()
            return
        self._world.note(refusal)
        self._session.reply_raw(
            _ON_ERROR, codec().encode(error_of(refusal)), correlation_id=refused.correlation_id
        )
        conversation = self._session.conversation
        if conversation is not None and conversation.ended and self._request is not None:
            # The error has ended the request, so its handler stops before it says anything more.
            self._request.cancel()
        await self._flush()

    def _answer(self, refused: Refused) -> Invention | None:
        expired = self._key_standing is Standing.EXPIRED
        return KEY_EXPIRED if expired and refused.kind is RefusalKind.BAD_CREDENTIAL else None

    async def _say_error(self, refusal: Refusal) -> None:
        self._world.note(refusal)
        with contextlib.suppress(ConnectionLostError):  # then nobody is left to hear of it
            await self.send(_ON_ERROR, error_of(refusal))

    async def _fail(self, exc: Exception, operation: str | None) -> None:
        """Say that the simulator is at fault, and end the connection."""
        refusal = failure_refusal(exc, operation)
        # No traceback is logged: it ends with the text of the error, which may hold a secret.
        _LOG.error("%s: %s, at %s", operation or "connection", refusal.message, _places(exc))
        if self._session.closed:
            self._world.note(refusal)
        else:
            self._errors.say(refusal, close_code=_INTERNAL_ERROR)
            await self._flush()
            await self._errors.close()


def _places(exc: Exception) -> str:
    """Where an error came from: files and lines, the outermost first."""
    frames = traceback.extract_tb(exc.__traceback__)
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
