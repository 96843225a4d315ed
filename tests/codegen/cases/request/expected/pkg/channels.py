# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""The channels: STOMP destinations."""

from stompws.descriptors import Channel

ASK = Channel(name="ask", address="/ask")

TOLD = Channel(name="told", address="/told")

WRONG = Channel(name="wrong", address="/wrong")
