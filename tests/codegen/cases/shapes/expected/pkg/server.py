# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""The other side of the API: a handler for its requests, and their replies."""

import abc
from collections.abc import Mapping
from typing import ClassVar

from stompws.descriptors import Api
from stompws.server import ApiHandler, Replies, Route

from .messages.alpha import Everything
from .messages.beta import End, Part
from .messages.common import Stop
from .operations import API, ON_END, ON_PART


class TalkReplies(Replies):
    """The replies of `talk`."""

    async def part(self, message: Part) -> Stop:
        """Send a reply of `onPart`."""
        return await self._ask(ON_PART, message, Stop)

    async def end(self, message: End) -> None:
        """Send a reply of `onEnd`."""
        await self._send(ON_END, message)


class ShapesHandler(ApiHandler):
    """Takes the requests of Shapes.

    Write a subclass that has all methods. Each is called with the message and with the replies that
    may be given to it.
    """

    api: ClassVar[Api] = API
    routes: ClassVar[Mapping[str, Route]] = {
        "talk": Route("talk", TalkReplies),
        "stop": Route("stop", TalkReplies),
    }

    @abc.abstractmethod
    async def talk(self, request: Everything, replies: TalkReplies) -> None:
        """Take `talk`."""

    @abc.abstractmethod
    async def stop(self, message: Stop, replies: TalkReplies) -> None:
        """Take `stop`."""
