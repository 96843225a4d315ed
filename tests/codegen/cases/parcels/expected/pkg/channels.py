# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""The channels."""

from stompws.addresses import Parameter
from stompws.descriptors import Channel

ANSWERS = Channel(name="answers", address="", messages=("Moved", "Scan"))

CLIENT = Channel(name="client", address="parcels.questions", messages=("Question",))

PARCELS_MOVED = Channel(name="parcels.moved", address="parcels.moved.v2", messages=("moved",))

PARCELS_MOVED_72DA26 = Channel(
    name="parcels/moved",
    address="parcels.{depot}.moved",
    parameters=(
        Parameter(
            name="depot",
            argument="depot",
            enum=("north", "south"),
            location="$message.payload#/depot",
        ),
    ),
    messages=("Moved",),
    bindings={
        "kafka": {
            "partitions": 20,
            "topic": "moved",
            "topicConfiguration": {"cleanup.policy": ["delete", "compact"]},
        }
    },
)
