"""The server that tills connect to, in the simulator's thread: addresses, sockets and tasks."""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Coroutine, Sequence
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote
from weakref import WeakSet

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.typing import Subprotocol

from .connection import Connection
from .handler import SimulatedIps
from .replay import Replay
from .replay_connection import ReplayConnection
from .world import World

_LONGEST_MESSAGE: Final = 1 << 20
_CLOSE_SECONDS: Final = 1
_WAITING_CLIENTS: Final = 1024


class TillServer:
    """Serves every paypoint at an address of its own.

    Args:
        handler: Answers the requests of one connection.
        replay: A recording that is played instead.
    """

    def __init__(self, world: World, *, handler: type[SimulatedIps], replay: Replay | None) -> None:
        self._world = world
        self._handler = handler
        self._replay = replay
        self._server: Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._clients: WeakSet[ServerConnection] = WeakSet()

    async def start(self, host: str, port: int, context: ssl.SSLContext | None) -> tuple[str, int]:
        """Listen, and return host and port.

        Raises:
            OSError: The address cannot be had.
        """
        # websockets logs the content of frames at DEBUG level. This logger is in no hierarchy and
        # lets nothing through, whatever a program sets up.
        silent = logging.Logger("silent", level=logging.CRITICAL + 1)  # noqa: LOG001 - see above
        clients = self._clients

        class Client(ServerConnection):
            """Known from its first moment, when it has asked for nothing."""

            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                clients.add(self)
                super().connection_made(transport)

        self._server = await serve(
            self._serve_client,
            host,
            port,
            ssl=context,
            process_request=self._check_path,
            select_subprotocol=self._select_subprotocol,
            compression=None,
            ping_interval=None,  # STOMP's heart-beats do it
            close_timeout=_CLOSE_SECONDS,
            create_connection=Client,
            max_size=_LONGEST_MESSAGE,
            logger=silent,
            backlog=_WAITING_CLIENTS,
        )
        address: tuple[str, int] = next(iter(self._server.sockets)).getsockname()[:2]
        return address

    async def stop(self) -> None:
        """Close every connection, and end what outlived its own."""
        self._world.faults.cut_half_open()
        if self._server is not None:
            self._server.close()
            for client in self._clients:
                if client.state is State.CONNECTING:
                    client.transport.abort()  # websockets would wait for its HTTP request
            with contextlib.suppress(TimeoutError):  # in the middle of a TLS handshake: cut below
                await asyncio.wait_for(self._server.wait_closed(), _CLOSE_SECONDS * 1.5)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def deliver_faults(self, paypoint_id: str) -> None:
        """Let the faults that wait for a paypoint strike, where there is something to strike."""
        self._spawn(self._world.faults.deliver(paypoint_id))

    async def _serve_client(self, websocket: ServerConnection) -> None:
        path = "" if websocket.request is None else websocket.request.path
        paypoint_id = self._paypoint_of(path)
        if paypoint_id is None:
            return  # answered with 404 before
        world, paypoint = self._world, self._world.paypoint(paypoint_id)
        connection: Connection | ReplayConnection
        if self._replay is None:
            connection = Connection(
                websocket, world, paypoint, handler=self._handler, spawn=self._spawn
            )
        else:
            connection = ReplayConnection(
                websocket, world, paypoint, replay=self._replay, spawn=self._spawn
            )
        await connection.run()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _paypoint_of(self, path: str) -> str | None:
        found = self._world.profile.path.fullmatch(unquote(path.partition("?")[0]))
        return None if found is None else found[1]

    def _check_path(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer 404 to what is no address of a paypoint."""
        if self._paypoint_of(request.path) is not None:
            return None
        return connection.respond(
            HTTPStatus.NOT_FOUND,
            "There is nothing here. A paypoint is at /ipc-app/payment/ and its id: 1 to "
            f"{self._world.profile.longest_paypoint} letters, digits, hyphens and underscores.\n",
        )

    def _select_subprotocol(
        self, _connection: ServerConnection, offered: Sequence[Subprotocol]
    ) -> Subprotocol | None:
        """Take one that is STOMP; none is needed."""
        chosen = self._world.profile.choose_subprotocol(offered)
        return None if chosen is None else Subprotocol(chosen)
