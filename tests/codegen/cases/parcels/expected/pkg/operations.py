# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import Action, Api, MessageType, Operation, ReplyAddress, SecurityScheme

from . import channels, servers
from .messages.common import Moved8b727a, Question, Scan
from .messages.headers import MovedHeaders
from .messages.live import Moved

MOVED_MESSAGE = MessageType(
    name="Moved",
    payload=Moved,
    headers=MovedHeaders,
    correlation_id="$message.header#/reply-to",
    tags=("live",),
)

QUESTION_MESSAGE = MessageType(name="Question", payload=Question)

SCAN_MESSAGE = MessageType(name="Scan", payload=Scan, content_type="application/octet-stream")

MOVED_MESSAGE_5EDD18 = MessageType(name="moved", payload=Moved8b727a)

API_C8E599 = Operation(
    name="API",
    action=Action.RECEIVE,
    channel=channels.CLIENT,
    messages=(QUESTION_MESSAGE,),
    reply=ReplyAddress(
        channel=channels.ANSWERS, messages=(MOVED_MESSAGE,), location="$message.header#/reply-to"
    ),
    security=("scram",),
    bindings={"kafka": {"groupId": {"enum": ["finders"], "type": "string"}}},
)
"""Where is my parcel?"""

NOTHING = Operation(name="nothing", action=Action.SEND, channel=channels.PARCELS_MOVED, messages=())

TELL_MOVED = Operation(
    name="tell/moved",
    action=Action.SEND,
    channel=channels.PARCELS_MOVED_72DA26,
    messages=(MOVED_MESSAGE,),
    tags=("live",),
)

API = Api(
    title="Example - Parcels",
    version="2.0.0",
    operations=(API_C8E599, NOTHING, TELL_MOVED),
    endpoints=(servers.PRODUCTION,),
    channels=(
        channels.ANSWERS,
        channels.CLIENT,
        channels.PARCELS_MOVED,
        channels.PARCELS_MOVED_72DA26,
    ),
    other_messages=(SCAN_MESSAGE, MOVED_MESSAGE_5EDD18),
    security=(
        SecurityScheme(name="certificate", type="X509"),
        SecurityScheme(
            name="scram", type="scramSha256", details={"description": "Name and password"}
        ),
    ),
)
"""The whole API."""
