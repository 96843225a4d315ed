# Generated from spec.yaml by stompgen. Do not edit.
# API 1____import os, sha256 8ebcb0c04f6a…
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
from .messages.class_ import HostilePayload, HostileReply

HOSTILE_MESSAGE = MessageType(name="HostileMessage", payload=HostilePayload)
"""say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

- a list
- of 'two'

    code = 1

ends with a quote".
"""

HOSTILE_REPLY_MESSAGE = MessageType(name="HostileReply", payload=HostileReply)

IMPORT = Operation(
    name="import",
    action=Action.SEND,
    channel=channels.CLASS,
    messages=(HOSTILE_MESSAGE,),
    conversation=ConversationRules(
        connection=Connection.NEW,
        replies=(Reply(operation="onReply", occurs=Occurs.OPTIONAL, terminal=True),),
    ),
)
"""say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

- a list
- of 'two'

    code = 1

ends with a quote".
"""

ON_REPLY = Operation(
    name="onReply",
    action=Action.RECEIVE,
    channel=channels.REPLY,
    messages=(HOSTILE_REPLY_MESSAGE,),
    conversation=ConversationRules(connection=Connection.CURRENT),
)
"""say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

- a list
- of 'two'

    code = 1

ends with a quote".
"""

API = Api(title='Evil""" \\', version='1"""\nimport os', operations=(IMPORT, ON_REPLY))
"""The whole API."""
