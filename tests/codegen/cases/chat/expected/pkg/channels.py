# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""The channels: STOMP destinations."""

from stompws.addresses import Parameter
from stompws.descriptors import Channel

TOPIC_ROOM_ROOM_ID_30A279 = Channel(
    name="/topic/room/{roomId}",
    address="/topic/room/{roomId}",
    parameters=(Parameter(name="roomId", argument="room_id"),),
)

LATER = Channel(name="later", address="")

PICTURE = Channel(name="picture", address="/app/picture")

SAY = Channel(
    name="say",
    address="/app/room/{roomId}/{tone}",
    parameters=(
        Parameter(name="roomId", argument="room_id"),
        Parameter(name="tone", argument="tone", enum=("loud", "calm"), default="calm"),
    ),
)

TOPIC_ROOM_ROOM_ID = Channel(name="topic.room.roomId", address="/topic/everything")
