# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 f3149dbbded7…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import Action, Api, MessageType, Operation

from . import channels
from .messages.common import Parcel, Ping, SearchMessage

ASK_MESSAGE = MessageType(name="Ask", payload=SearchMessage)

PARCEL_MESSAGE = MessageType(name="Parcel", payload=Parcel)

PING_MESSAGE = MessageType(name="Ping", payload=Ping)

SEND = Operation(
    name="send",
    action=Action.SEND,
    channel=channels.IN,
    messages=(ASK_MESSAGE, PARCEL_MESSAGE, PING_MESSAGE),
)

API = Api(title="Alternatives", version="1.0.0", operations=(SEND,))
"""The whole API."""
