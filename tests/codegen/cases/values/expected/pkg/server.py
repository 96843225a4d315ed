# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 92efdc6486d3…
"""The other side of the API: a handler for its requests, and their replies."""

import abc
from collections.abc import Mapping
from typing import ClassVar

from stompws.descriptors import Api
from stompws.server import ApiHandler, Replies, Route

from .messages.common import LevelMessage, Values_
from .operations import API


class Values_ClientPublications(Replies):
    """What may be sent at any time to a client that has subscribed."""


class Values_ClientHandler(ApiHandler):
    """Takes the requests of Values.

    Write a subclass that has all methods. Each is called with the message and with the replies that
    may be given to it.
    """

    api: ClassVar[Api] = API
    routes: ClassVar[Mapping[str, Route]] = {
        "send": Route("send", Values_ClientPublications),
    }

    @abc.abstractmethod
    async def send(
        self, message: LevelMessage | Values_, replies: Values_ClientPublications
    ) -> None:
        """Take `send`."""
