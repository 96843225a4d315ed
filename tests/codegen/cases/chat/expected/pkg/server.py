# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""The other side of the API: a handler for its requests, and their replies."""

import abc
from collections.abc import Mapping
from typing import ClassVar, Literal

from stompws.descriptors import Api
from stompws.server import ApiHandler, Replies, Route
from stompws.shapes import Raw

from .messages.common import Note, Words
from .operations import API, HEAR, HEAR_LATER, OVERHEAR


class ChatPublications(Replies):
    """What may be sent at any time to a client that has subscribed."""

    async def hear(self, message: Note | Words, *, room_id: str) -> None:
        """Send a reply of `hear`.

        The client's side: Hear what is said in a room.
        """
        await self._send(HEAR.at({"roomId": room_id}), message)

    async def hear_later(self, message: Note, *, address: str) -> None:
        """Send a reply of `hearLater`."""
        await self._send(HEAR_LATER.to(address), message)

    async def overhear(self, message: Raw) -> None:
        """Send a reply of `overhear`."""
        await self._send(OVERHEAR, message)


class ChatHandler(ApiHandler):
    """Takes the requests of Example - Chat.

    Write a subclass that has all methods. Each is called with the message and with the replies that
    may be given to it.
    """

    api: ClassVar[Api] = API
    routes: ClassVar[Mapping[str, Route]] = {
        "say": Route("say", ChatPublications),
        "sendPicture": Route("send_picture", ChatPublications),
    }

    @abc.abstractmethod
    async def say(
        self,
        message: Words,
        replies: ChatPublications,
        *,
        room_id: str,
        tone: Literal["loud", "calm"] = "calm",
    ) -> None:
        """Say something in a room."""

    @abc.abstractmethod
    async def send_picture(self, message: Raw, replies: ChatPublications) -> None:
        """Take `sendPicture`."""
