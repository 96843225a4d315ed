# Generated from spec.yaml by stompgen. Do not edit.
# API 1____import os, sha256 8ebcb0c04f6a…
"""The other side of the API: a handler for its requests, and their replies."""

import abc
from collections.abc import Mapping
from typing import ClassVar

from stompws.descriptors import Api
from stompws.server import ApiHandler, Replies, Route

from .messages.class_ import HostilePayload, HostileReply
from .operations import API, ON_REPLY


class ImportReplies(Replies):
    """The replies of `import`."""

    async def reply(self, message: HostileReply) -> None:
        """Send a reply of `onReply`.

        The client's side: say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

        - a list
        - of 'two'

            code = 1

        ends with a quote".
        """
        await self._send(ON_REPLY, message)


class HostileHandler(ApiHandler):
    """Takes the requests of Evil\"\"\" \\.

    Write a subclass that has all methods. Each is called with the message and with the replies that
    may be given to it.
    """

    api: ClassVar[Api] = API
    routes: ClassVar[Mapping[str, Route]] = {
        "import": Route("import_", ImportReplies),
    }

    @abc.abstractmethod
    async def import_(self, request: HostilePayload, replies: ImportReplies, *, n7_7: str) -> None:
        """Take `import`.

        say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

        - a list
        - of 'two'

            code = 1

        ends with a quote"
        """
