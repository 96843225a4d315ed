# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4444af242e1c…
"""The client: requests as methods, conversations as objects."""

from stompws.client import ApiClient, ClientConnection, ClientOptions, Deadlines

from .messages.common import IoExampleOrder
from .operations import API, SEND
from .servers import Here


class NamesConnection(ClientConnection):
    """A connection of `Names.connect`, for any number of messages.

    Its methods may be called at any time and from any thread. Close it: it is a context manager.
    """

    def send(self, message: IoExampleOrder) -> None:
        """Send `send`.

        Source: #/operations/send

        Raises:
            InvalidMessageError: The message breaks its schema; nothing was sent.
            LocalProtocolError: It cannot be sent now; nothing was sent.
            NotSentError: The connection broke and nothing has left.
            OutcomeUnknownError: The connection broke while it left.
        """
        self._send(SEND, message)


class Names(ApiClient):
    """Names.

    `connect` opens a connection for any number of messages.
    """

    def __init__(self, server: Here, *, options: ClientOptions | None = None) -> None:
        """Make a client; nothing is connected yet.

        Args:
            server: Where the service is.
            options: Settings for all conversations.
        """
        super().__init__(API, server, options=options)

    def connect(self, *, deadlines: Deadlines | None = None) -> NamesConnection:
        """Open a connection for messages that belong to no conversation.

        Raises:
            ConnectionLostError: There is no connection, and the text tells why.
            RemoteRejectedError: The server refused it.
        """
        return self._link(NamesConnection, deadlines)
