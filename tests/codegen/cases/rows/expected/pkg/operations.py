# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 64f10e7f0cb8…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import Action, Api, MessageType, Operation

from . import channels
from .messages.common import Line, Rows

LINE_MESSAGE = MessageType(name="Line", payload=Line)

ROWS_MESSAGE = MessageType(name="Rows", payload=Rows)

SEND = Operation(
    name="send", action=Action.SEND, channel=channels.IN, messages=(LINE_MESSAGE, ROWS_MESSAGE)
)

API = Api(title="Rows", version="1.0.0", operations=(SEND,))
"""The whole API."""
