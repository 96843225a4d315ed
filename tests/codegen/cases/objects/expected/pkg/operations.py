# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 6ad3617370f3…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import Action, Api, MessageType, Operation

from . import channels
from .messages.common import Closed, Objects

CLOSED_MESSAGE = MessageType(name="Closed", payload=Closed)

OBJECTS_MESSAGE = MessageType(name="Objects", payload=Objects)

SEND = Operation(
    name="send", action=Action.SEND, channel=channels.IN, messages=(CLOSED_MESSAGE, OBJECTS_MESSAGE)
)

API = Api(title="Objects", version="1.0.0", operations=(SEND,))
"""The whole API."""
