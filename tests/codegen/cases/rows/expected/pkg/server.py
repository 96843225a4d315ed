# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 64f10e7f0cb8…
"""The other side of the API: a handler for its requests, and their replies."""

import abc
from collections.abc import Mapping
from typing import ClassVar

from stompws.descriptors import Api
from stompws.server import ApiHandler, Replies, Route

from .messages.common import Line, Rows
from .operations import API


class RowsClientPublications(Replies):
    """What may be sent at any time to a client that has subscribed."""


class RowsClientHandler(ApiHandler):
    """Takes the requests of Rows.

    Write a subclass that has all methods. Each is called with the message and with the replies that
    may be given to it.
    """

    api: ClassVar[Api] = API
    routes: ClassVar[Mapping[str, Route]] = {
        "send": Route("send", RowsClientPublications),
    }

    @abc.abstractmethod
    async def send(self, message: Line | Rows, replies: RowsClientPublications) -> None:
        """Take `send`."""
