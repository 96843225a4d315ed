"""STOMP ERROR and the end of a connection, as the server's profile does it."""

import contextlib
from typing import Final

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from stompws.frames import Frame, make_headers
from stompws.server import RefusalKind, ServerSession

from .outbound import Outbound
from .profiles import AfterError
from .refusals import Refusal
from .world import World

POLICY_VIOLATION: Final = 1008  # RFC 6455, 7.4.1
_CAN_GO_ON: Final = frozenset({
    RefusalKind.NOT_AUTHENTICATED,
    RefusalKind.UNKNOWN_DESTINATION,
    RefusalKind.UNSUPPORTED,
})  # fmt: skip
"""After these a server that does not mind its own ERROR can still serve."""


class StompErrors:
    """Says ERROR on one connection, and closes it."""

    def __init__(
        self, websocket: ServerConnection, session: ServerSession, outbound: Outbound, world: World
    ) -> None:
        self._websocket, self._session = websocket, session
        self._outbound, self._world = outbound, world
        self.close_code: int | None = None
        """Of the WebSocket; set when ERROR has been said, or would have to be."""

    @property
    def said(self) -> bool:
        """True when nothing may follow."""
        return self.close_code is not None

    async def answer(self, refusal: Refusal, kind: RefusalKind) -> None:
        """Answer a broken rule. What is said leaves with the next flush."""
        profile = self._world.profile
        if kind in profile.closes_silently:
            self._world.note(refusal)
            self.close_code = profile.closes_silently[kind]
            await self._websocket.close(self.close_code)
        elif profile.after_error is AfterError.SERVES and kind in _CAN_GO_ON:
            self._world.note(refusal)
            headers = make_headers({"message": refusal.message})
            self._session.protocol.send_frame(Frame("ERROR", headers))
        else:
            self.say(refusal)

    def say(self, refusal: Refusal, *, close_code: int = POLICY_VIOLATION) -> None:
        """Say ERROR, as the last thing."""
        self._world.note(refusal)
        if self.said:
            return  # STOMP: nothing follows ERROR
        self.close_code = close_code
        known = ",".join(sorted(self._world.profile.versions))
        versions = {"version": known} if refusal.kind == RefusalKind.NO_COMMON_VERSION else {}
        self._session.stomp_error(refusal.message, headers=versions)

    async def close(self) -> None:
        """Close the connection if ERROR was said, and the profile closes it then."""
        if self.close_code is None:
            return
        await self._outbound.wait_until_sent()
        if self._world.profile.after_error is AfterError.CLOSES:
            await self._websocket.close(self.close_code)
            return
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self._websocket.recv()  # nothing is made of it
