# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""The client: requests as methods, conversations as objects."""

from typing import Literal

from stompws.client import ApiClient, ClientConnection, ClientOptions, Deadlines, Subscription
from stompws.shapes import Raw, Undecodable

from .messages.common import Note, Words
from .messages.headers import Marks
from .operations import API, HEAR, HEAR_LATER, OVERHEAR, SAY, SEND_PICTURE
from .servers import Broker


class ChatConnection(ClientConnection):
    """A connection of `Chat.connect`, for any number of messages.

    Its methods may be called at any time and from any thread. Close it: it is a context manager.
    """

    def hear(self, *, room_id: str) -> Subscription[Note | Words | Undecodable]:
        """Hear what is said in a room.

        Source: #/operations/hear

        Args:
            room_id: The room.

        Raises:
            LocalProtocolError: A parameter is not allowed, or the connection is closed.
            ConnectionLostError: The connection broke.
        """
        return self._subscribe(HEAR, {"roomId": room_id})

    def hear_later(self, *, address: str) -> Subscription[Note | Undecodable]:
        """Listen to `hearLater`.

        Source: #/operations/hearLater

        Args:
            address: The address, which the document does not know.

        Raises:
            LocalProtocolError: A parameter is not allowed, or the connection is closed.
            ConnectionLostError: The connection broke.
        """
        return self._subscribe(HEAR_LATER.to(address))

    def overhear(self) -> Subscription[Raw]:
        """Listen to `overhear`.

        Source: #/operations/overhear

        Raises:
            LocalProtocolError: A parameter is not allowed, or the connection is closed.
            ConnectionLostError: The connection broke.
        """
        return self._subscribe(OVERHEAR)

    def say(
        self,
        message: Words,
        *,
        room_id: str,
        tone: Literal["loud", "calm"] = "calm",
        headers: Marks | None = None,
    ) -> None:
        """Say something in a room.

        Source: #/operations/say

        Args:
            message: What is sent.
            room_id: The room. For example `lobby`.
            tone: Part of the address.
            headers: Application headers.

        Raises:
            InvalidMessageError: The message breaks its schema; nothing was sent.
            LocalProtocolError: It cannot be sent now; nothing was sent.
            NotSentError: The connection broke and nothing has left.
            OutcomeUnknownError: The connection broke while it left.
        """
        self._send(SAY, message, {"roomId": room_id, "tone": tone}, headers=headers)

    def send_picture(self, message: Raw) -> None:
        """Send `sendPicture`.

        Source: #/operations/sendPicture

        Raises:
            InvalidMessageError: The message breaks its schema; nothing was sent.
            LocalProtocolError: It cannot be sent now; nothing was sent.
            NotSentError: The connection broke and nothing has left.
            OutcomeUnknownError: The connection broke while it left.
        """
        self._send(SEND_PICTURE, message)


class Chat(ApiClient):
    """Example - Chat.

    Rooms in which people talk. Nothing here is a request with replies.

    `connect` opens a connection for any number of messages.
    """

    def __init__(self, server: Broker, *, options: ClientOptions | None = None) -> None:
        """Make a client; nothing is connected yet.

        Args:
            server: Where the service is.
            options: Settings for all conversations. The service asks for `login` and `passcode`.
        """
        super().__init__(API, server, options=options)

    def connect(self, *, deadlines: Deadlines | None = None) -> ChatConnection:
        """Open a connection for messages that belong to no conversation.

        Raises:
            ConnectionLostError: There is no connection, and the text tells why.
            RemoteRejectedError: The server refused it.
        """
        return self._link(ChatConnection, deadlines)
