# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import (
    Action,
    Api,
    Connection,
    ConversationRules,
    MessageType,
    Occurs,
    Operation,
    Reply,
)

from . import channels
from .messages.alpha import Everything
from .messages.beta import End, Part
from .messages.common import Stop

END_MESSAGE = MessageType(name="End", payload=End)

EVERYTHING_MESSAGE = MessageType(name="Everything", payload=Everything)

PART_MESSAGE = MessageType(name="Part", payload=Part)

STOP_MESSAGE = MessageType(name="Stop", payload=Stop)

GO_ON = Operation(
    name="goOn",
    action=Action.SEND,
    channel=channels.STOP,
    messages=(STOP_MESSAGE,),
    conversation=ConversationRules(connection=Connection.CURRENT),
)

ON_END = Operation(
    name="onEnd",
    action=Action.RECEIVE,
    channel=channels.DOWN,
    messages=(END_MESSAGE,),
    conversation=ConversationRules(connection=Connection.CURRENT),
)

ON_PART = Operation(
    name="onPart",
    action=Action.RECEIVE,
    channel=channels.DOWN,
    messages=(PART_MESSAGE,),
    conversation=ConversationRules(connection=Connection.CURRENT),
)

STOP = Operation(
    name="stop",
    action=Action.SEND,
    channel=channels.STOP,
    messages=(STOP_MESSAGE,),
    conversation=ConversationRules(connection=Connection.CURRENT),
)

TALK = Operation(
    name="talk",
    action=Action.SEND,
    channel=channels.UP,
    messages=(EVERYTHING_MESSAGE,),
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(
            Reply(operation="onPart", occurs=Occurs.MANY, answer="goOn"),
            Reply(operation="onEnd", occurs=Occurs.ONE, terminal=True, after=("onPart",)),
        ),
        during=("goOn", "stop"),
        at_most_once=True,
    ),
)

API = Api(title="Shapes", version="0.1.0", operations=(GO_ON, ON_END, ON_PART, STOP, TALK))
"""The whole API."""
