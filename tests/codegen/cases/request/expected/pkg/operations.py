# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import (
    Action,
    Api,
    Connection,
    ConversationRules,
    HeaderRoles,
    MessageType,
    Occurs,
    OnEnd,
    Operation,
    Reply,
)

from . import channels
from .messages.headers import QuestionHeaders
from .messages.time import Answer, Fault, Question

ANSWER_MESSAGE = MessageType(name="Answer", payload=Answer)

FAULT_MESSAGE = MessageType(name="Fault", payload=Fault)

QUESTION_MESSAGE = MessageType(name="Question", payload=Question, headers=QuestionHeaders)

ASK_TIME = Operation(
    name="askTime",
    action=Action.SEND,
    channel=channels.ASK,
    messages=(QUESTION_MESSAGE,),
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="onTime", occurs=Occurs.ONE, terminal=True),),
        errors=("onFault",),
        on_end=OnEnd.MUST_DISCONNECT,
    ),
)
"""Ask for the time."""

ON_FAULT = Operation(
    name="onFault",
    action=Action.RECEIVE,
    channel=channels.WRONG,
    messages=(FAULT_MESSAGE,),
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive what went wrong."""

ON_TIME = Operation(
    name="onTime",
    action=Action.RECEIVE,
    channel=channels.TOLD,
    messages=(ANSWER_MESSAGE,),
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""Receive the time."""

API = Api(
    title="Clock - Time API",
    version="1.2.0",
    operations=(ASK_TIME, ON_FAULT, ON_TIME),
    headers=HeaderRoles(correlation_id="correlation"),
)
"""The whole API."""
