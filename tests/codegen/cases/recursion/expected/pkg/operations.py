# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4acd565cf19e…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import Action, Api, MessageType, Operation

from . import channels
from .messages.common import Deep, ExprMessage, Nested, Tree

DEEP_MESSAGE = MessageType(name="Deep", payload=Deep)

EXPR_MESSAGE = MessageType(name="Expr", payload=ExprMessage)

NESTED_MESSAGE = MessageType(name="Nested", payload=Nested)

TREE_MESSAGE = MessageType(name="Tree", payload=Tree)

SEND = Operation(
    name="send",
    action=Action.SEND,
    channel=channels.IN,
    messages=(DEEP_MESSAGE, EXPR_MESSAGE, NESTED_MESSAGE, TREE_MESSAGE),
)

API = Api(title="Recursion", version="1.0.0", operations=(SEND,))
"""The whole API."""
