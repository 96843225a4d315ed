# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""The channels: STOMP destinations."""

from stompws.descriptors import Channel

DOWN = Channel(name="down", address="/down")

STOP = Channel(name="stop", address="/stop")

UP = Channel(name="up", address="/up")
