# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 4acd565cf19e…
"""The channels: STOMP destinations."""

from stompws.descriptors import Channel

IN = Channel(name="in", address="/in")
