# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""The client: requests as methods, conversations as objects."""

from typing import TypeAlias

from stompws.client import ApiClient, ClientConversation, ClientOptions, Deadlines
from stompws.shapes import Server, Undecodable

from .messages.alpha import Everything
from .messages.beta import End, Part
from .messages.common import Stop
from .operations import API, GO_ON, STOP, TALK

TalkPayload: TypeAlias = Part | End | Undecodable
"""What `Talk` delivers; `Undecodable` is what did not fit."""


class Talk(ClientConversation[TalkPayload]):
    """A conversation of `Shapes.talk`.

    `talk`.

    What comes:
    - `Part`, any number of times; answer each once with `go_on`.
    - `End`, once, after `Part`; the last message.

    While it is open: `go_on`, `stop`.

    Iterate over its events, and close it: it is a context manager.
    """

    def go_on(self, message: Stop) -> None:
        """Send `goOn`.

        Source: #/operations/goOn

        Raises:
            InvalidMessageError: The message breaks its schema; nothing was sent.
            LocalProtocolError: It may not be sent now; nothing was sent.
        """
        self._send(GO_ON, message)

    def stop(self, message: Stop) -> None:
        """Send `stop`.

        Source: #/operations/stop

        Raises:
            InvalidMessageError: The message breaks its schema; nothing was sent.
            LocalProtocolError: It may not be sent now; nothing was sent.
        """
        self._send(STOP, message)


class Shapes(ApiClient):
    """Shapes.

    A method opens a connection of its own for each call. It may be called from any thread.
    """

    def __init__(self, server: Server, *, options: ClientOptions | None = None) -> None:
        """Make a client; nothing is connected yet.

        Args:
            server: Where the service is.
            options: Settings for all conversations.
        """
        super().__init__(API, server, options=options)

    def talk(self, request: Everything, *, deadlines: Deadlines | None = None) -> Talk:
        """Start `talk`.

        What comes:
        - `Part`, any number of times; answer each once with `go_on`.
        - `End`, once, after `Part`; the last message.

        While it is open: `go_on`, `stop`.

        Source: #/operations/talk

        Raises:
            NotSentError: Nothing has left; it is safe to repeat.
            OutcomeUnknownError: The request left and its end was not seen. Do not repeat it
                unasked.
            InvalidMessageError: The request breaks its schema; nothing was sent.
        """
        return self._open(TALK, request, Talk, deadlines)
