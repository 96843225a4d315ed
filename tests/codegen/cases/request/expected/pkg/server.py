# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""The other side of the API: a handler for its requests, and their replies."""

import abc
from collections.abc import Mapping
from typing import ClassVar

from stompws.descriptors import Api
from stompws.server import ApiHandler, Replies, Route

from .messages.time import Answer, Fault, Question
from .operations import API, ON_FAULT, ON_TIME


class AskTimeReplies(Replies):
    """The replies of `askTime`."""

    async def time(self, message: Answer) -> None:
        """Send a reply of `onTime`.

        The client's side: Receive the time.
        """
        await self._send(ON_TIME, message)

    async def fault(self, message: Fault) -> None:
        """Send a reply of `onFault`.

        The client's side: Receive what went wrong.
        """
        await self._send(ON_FAULT, message)


class TimeApiHandler(ApiHandler):
    """Takes the requests of Clock - Time API.

    Write a subclass that has all methods. Each is called with the message and with the replies that
    may be given to it.
    """

    api: ClassVar[Api] = API
    routes: ClassVar[Mapping[str, Route]] = {
        "askTime": Route("ask_time", AskTimeReplies),
    }

    @abc.abstractmethod
    async def ask_time(self, request: Question, replies: AskTimeReplies) -> None:
        """Ask for the time."""
