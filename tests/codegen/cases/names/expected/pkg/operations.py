# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4444af242e1c…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import Action, Api, MessageType, Operation

from . import channels
from .messages.common import IoExampleOrder

ORDER_MESSAGE = MessageType(name="Order", payload=IoExampleOrder)

SEND = Operation(name="send", action=Action.SEND, channel=channels.IN, messages=(ORDER_MESSAGE,))

API = Api(title="Names", version="1.0.0", operations=(SEND,))
"""The whole API."""
