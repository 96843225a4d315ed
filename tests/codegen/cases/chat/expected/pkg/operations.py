# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""The operations with the rules of their conversations, and the API as a whole."""

from stompws.descriptors import Action, Api, MessageType, Operation
from stompws.shapes import Raw

from . import channels, servers
from .messages.common import Note, Words
from .messages.headers import Marks

NOTE_MESSAGE = MessageType(name="note", payload=Note)

PICTURE_MESSAGE = MessageType(name="picture", payload=Raw, content_type="image/png")

WORDS_MESSAGE = MessageType(name="words", payload=Words, headers=Marks)
"""What somebody says."""

HEAR = Operation(
    name="hear",
    action=Action.RECEIVE,
    channel=channels.TOPIC_ROOM_ROOM_ID_30A279,
    messages=(NOTE_MESSAGE, WORDS_MESSAGE),
)
"""Hear what is said in a room."""

HEAR_LATER = Operation(
    name="hearLater", action=Action.RECEIVE, channel=channels.LATER, messages=(NOTE_MESSAGE,)
)

OVERHEAR = Operation(
    name="overhear", action=Action.RECEIVE, channel=channels.TOPIC_ROOM_ROOM_ID, messages=()
)

SAY = Operation(name="say", action=Action.SEND, channel=channels.SAY, messages=(WORDS_MESSAGE,))
"""Say something in a room."""

SEND_PICTURE = Operation(
    name="sendPicture", action=Action.SEND, channel=channels.PICTURE, messages=(PICTURE_MESSAGE,)
)

API = Api(
    title="Example - Chat",
    version="1.2.0",
    operations=(HEAR, HEAR_LATER, OVERHEAR, SAY, SEND_PICTURE),
    endpoints=(servers.ARCHIVE,),
)
"""The whole API."""
