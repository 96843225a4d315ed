# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 92efdc6486d3…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import Action, Api, MessageType, Operation

from . import channels
from .messages.common import LevelMessage, Values_

LEVEL_MESSAGE = MessageType(name="Level", payload=LevelMessage)

VALUES_MESSAGE = MessageType(name="Values", payload=Values_)

SEND = Operation(
    name="send", action=Action.SEND, channel=channels.IN, messages=(LEVEL_MESSAGE, VALUES_MESSAGE)
)

API = Api(title="Values", version="1.0.0", operations=(SEND,))
"""The whole API."""
