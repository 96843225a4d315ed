# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 64f10e7f0cb8…
"""The channels: STOMP destinations."""

from stompws.descriptors import Channel

IN = Channel(name="in", address="/in")
