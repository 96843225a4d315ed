# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 f3149dbbded7…
"""The client: requests as methods, conversations as objects."""

from typing import TypeAlias

from stompws.client import ApiClient, ClientConversation, ClientOptions, Deadlines
from stompws.shapes import Undecodable

from .messages.common import Parcel, Ping, Search
from .operations import API, SEND
from .servers import Here

SendPayload: TypeAlias = Undecodable
"""What `Send` delivers; `Undecodable` is what did not fit."""


class Send(ClientConversation[SendPayload]):
    """A conversation of `Alternatives.send`.

    `send`.

    Iterate over its events, and close it: it is a context manager.
    """


class Alternatives(ApiClient):
    """Alternatives.

    A method opens a connection of its own for each call. It may be called from any thread.
    """

    def __init__(self, server: Here, *, options: ClientOptions | None = None) -> None:
        """Make a client; nothing is connected yet.

        Args:
            server: Where the service is.
            options: Settings for all conversations.
        """
        super().__init__(API, server, options=options)

    def send(self, request: Search | Parcel | Ping, *, deadlines: Deadlines | None = None) -> Send:
        """Start `send`.

        Source: #/operations/send

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. It may be repeated.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._open(SEND, request, Send, deadlines)
