"""The page's own small server: files over HTTP, and one WebSocket for each open page."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from ..scenario_problems import ScenarioError
from ..world import World
from .commands import Commands, PageHost
from .files import files, headers_for
from .guard import is_own_host, is_own_origin
from .history import History
from .views import Json, scenario_view

HOST: Final = "127.0.0.1"
FIRST_PAYPOINT: Final = "INST001"
"""Stands on the page before it is used."""
LIVE: Final = "/live"
MOST_PAGES: Final = 20
MOST_ANSWERS: Final = 100
"""That wait for a browser which wishes but does not read."""
_LONGEST_COMMAND: Final = 4096
_SEND_SECONDS: Final = 10
"""A browser that takes nothing for so long is cut off; it comes again by itself."""


class PageServer:
    """Serves the page to this machine. In the simulator's thread."""

    def __init__(self, host: PageHost, world: World) -> None:
        world.paypoint(FIRST_PAYPOINT)
        self._world = world
        self._history = History(world)
        self._commands = Commands(host, world, self._history)
        self._pages: set[_Page] = set()
        self._scenarios: asyncio.Task[list[Json]] | None = None
        self._server: Server | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    async def start(self, port: int) -> str:
        """Listen, and return the address.

        Raises:
            OSError: The port cannot be had.
        """
        silent = logging.Logger("silent", level=logging.CRITICAL + 1)  # noqa: LOG001 - frames are not logged
        self._server = await serve(
            self._serve_page,
            HOST,
            port,
            process_request=self._answer,
            compression=None,
            max_size=_LONGEST_COMMAND,
            close_timeout=1,
            logger=silent,
        )
        self._unsubscribe = self._world.feed.subscribe(self._take)
        port = next(iter(self._server.sockets)).getsockname()[1]
        return f"http://{HOST}:{port}/"

    async def stop(self) -> None:
        """Close every page."""
        self._unsubscribe()
        if self._scenarios is not None:
            self._scenarios.cancel()
        if self._server is not None:
            self._server.close()
            for page in tuple(self._pages):
                page.cut()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._server.wait_closed(), 2)

    def _take(self, event: Any) -> None:
        self._history.take(event)
        self._wake()

    def _wake(self) -> None:
        for page in self._pages:
            page.wake()

    # -- HTTP

    def _answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer with a file; None lets the WebSocket be opened."""
        hosts = request.headers.get_all("Host")
        host = hosts[0] if len(hosts) == 1 else None
        if host is None or not is_own_host(host):
            return connection.respond(
                HTTPStatus.MISDIRECTED_REQUEST, "This page has another address.\n"
            )
        path = request.path.partition("?")[0]
        if path == LIVE:
            return self._admit(connection, request, host)
        found = files().get(path)
        if found is None:
            return connection.respond(HTTPStatus.NOT_FOUND, "There is nothing here.\n")
        type_, content = found
        headers = Headers(
            {**headers_for(host), "Content-Type": type_, "Content-Length": str(len(content))}
        )
        headers["Connection"] = "close"
        return Response(HTTPStatus.OK, HTTPStatus.OK.phrase, headers, content)

    def _admit(self, connection: ServerConnection, request: Request, host: str) -> Response | None:
        origins = request.headers.get_all("Origin")
        if len(origins) != 1 or not is_own_origin(origins[0], host):
            return connection.respond(HTTPStatus.FORBIDDEN, "Only the page itself may do this.\n")
        if len(self._pages) >= MOST_PAGES:
            return connection.respond(HTTPStatus.SERVICE_UNAVAILABLE, "Too many pages are open.\n")
        return None

    # -- WebSocket

    async def _serve_page(self, websocket: ServerConnection) -> None:
        page = _Page(websocket, self._history, await self._menu())
        self._pages.add(page)
        writing = asyncio.create_task(page.write())
        try:
            async for message in websocket:
                page.answer(self._commands.do(message if isinstance(message, str) else ""))
                self._wake()
        except ConnectionClosed:
            pass  # the page was closed, or reloaded
        finally:
            self._pages.discard(page)
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)

    async def _menu(self) -> list[Json]:
        """The scenarios. Reading all of their files takes a moment, so a thread does it."""
        if self._scenarios is None:
            self._scenarios = asyncio.create_task(asyncio.to_thread(self._read_scenarios))
        return await asyncio.shield(self._scenarios)

    def _read_scenarios(self) -> list[Json]:
        library, menu = self._world.library, list[Json]()
        for name in library.names:
            with contextlib.suppress(ScenarioError):  # told when somebody wants to play it
                menu.append(scenario_view(library.get(name)))
        return menu


class _Page:
    """One browser. It is told what is new when it has taken what was said before."""

    def __init__(
        self, websocket: ServerConnection, history: History, scenarios: list[Json]
    ) -> None:
        self._websocket = websocket
        self._history = history
        self._scenarios = scenarios
        self._answers: list[Json] = []
        self._awake = asyncio.Event()
        self._awake.set()

    def wake(self) -> None:
        """Something has happened."""
        self._awake.set()

    def answer(self, answer: Json) -> None:
        """Say what came of a wish."""
        self._answers.append(answer)
        if len(self._answers) > MOST_ANSWERS:
            self.cut()

    def cut(self) -> None:
        """End it, whatever the browser thinks."""
        self._websocket.transport.abort()

    async def write(self) -> None:
        """Tell the browser everything, then what is new, until it is gone."""
        seen = -1
        try:
            while True:
                await self._awake.wait()
                self._awake.clear()
                news = self._history.since(seen) if seen >= 0 else self._history.everything()
                if news["type"] == "snapshot":
                    news["scenarios"] = self._scenarios
                seen = news["revision"]
                answers, self._answers = self._answers, []
                async with asyncio.timeout(_SEND_SECONDS):
                    for message in (news, *answers):
                        await self._websocket.send(json.dumps(message))
        except ConnectionClosed:
            pass
        except TimeoutError:
            self.cut()
