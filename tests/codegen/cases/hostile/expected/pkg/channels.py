# Generated from spec.yaml by stompgen. Do not edit.
# API 1____import os, sha256 8ebcb0c04f6a…
"""The channels: STOMP destinations."""

from stompws.addresses import Parameter
from stompws.descriptors import Channel

CLASS = Channel(
    name="class",
    address='/"""\\{{ 7*7 }}\n',
    parameters=(Parameter(name=" 7*7 ", argument="n7_7"),),
)
"""say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

- a list
- of 'two'

    code = 1

ends with a quote".
"""

REPLY = Channel(name="reply", address="/r")
