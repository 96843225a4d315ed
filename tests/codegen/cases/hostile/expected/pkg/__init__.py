# Generated from spec.yaml by stompgen. Do not edit.
# API 1____import os, sha256 8ebcb0c04f6a…
"""Evil\"\"\" \\.

say \"\"\"hi\"\"\" \\ and \u202e turn {{ 7 * 7 }} {% if x %} it's \x07 "

- a list
- of 'two'

    code = 1

ends with a quote"

Begin with the client, `Hostile`. What plays the other side is in `server`, examples of all messages
are in `examples`.
"""

from typing import TYPE_CHECKING

from stompws.lazy import load_on_demand

if TYPE_CHECKING:
    from stompws.client import (
        ClientConversation,
        ClientOptions,
        Deadlines,
        Event,
        ReplyDecodeError,
        Secret,
        Stray,
        TlsOptions,
    )
    from stompws.errors import (
        ApiError,
        ConnectionLostError,
        DecodeError,
        InvalidMessageError,
        LinkError,
        LocalProtocolError,
        NotSentError,
        OutcomeUnknownError,
        Problem,
        RemoteProtocolError,
        RemoteRejectedError,
        ReplyTimeoutError,
    )
    from stompws.shapes import ABSENT, Absent, Date, DateTime, Undecodable, Unrecognised
    from stompws.trace import Trace

    from .client import Hostile, Import, ImportPayload
    from .messages.class_ import HostileEnum, HostileOpenEnum, HostilePayload, HostileReply
    from .operations import API
    from .servers import Main

else:
    __getattr__, __dir__ = load_on_demand(
        __name__,
        {
            "stompws.client": (
                "ClientConversation",
                "ClientOptions",
                "Deadlines",
                "Event",
                "ReplyDecodeError",
                "Secret",
                "Stray",
                "TlsOptions",
            ),
            "stompws.errors": (
                "ApiError",
                "ConnectionLostError",
                "DecodeError",
                "InvalidMessageError",
                "LinkError",
                "LocalProtocolError",
                "NotSentError",
                "OutcomeUnknownError",
                "Problem",
                "RemoteProtocolError",
                "RemoteRejectedError",
                "ReplyTimeoutError",
            ),
            "stompws.shapes": (
                "ABSENT",
                "Absent",
                "Date",
                "DateTime",
                "Undecodable",
                "Unrecognised",
            ),
            "stompws.trace": ("Trace",),
            ".client": ("Hostile", "Import", "ImportPayload"),
            ".messages.class_": (
                "HostileEnum",
                "HostileOpenEnum",
                "HostilePayload",
                "HostileReply",
            ),
            ".operations": ("API",),
            ".servers": ("Main",),
        },
    )

API_VERSION = '1"""\nimport os'
"""Version of the API that this package was generated for."""

__version__ = API_VERSION

__all__ = [
    "ABSENT",
    "API",
    "API_VERSION",
    "Absent",
    "ApiError",
    "ClientConversation",
    "ClientOptions",
    "ConnectionLostError",
    "Date",
    "DateTime",
    "Deadlines",
    "DecodeError",
    "Event",
    "Hostile",
    "HostileEnum",
    "HostileOpenEnum",
    "HostilePayload",
    "HostileReply",
    "Import",
    "ImportPayload",
    "InvalidMessageError",
    "LinkError",
    "LocalProtocolError",
    "Main",
    "NotSentError",
    "OutcomeUnknownError",
    "Problem",
    "RemoteProtocolError",
    "RemoteRejectedError",
    "ReplyDecodeError",
    "ReplyTimeoutError",
    "Secret",
    "Stray",
    "TlsOptions",
    "Trace",
    "Undecodable",
    "Unrecognised",
]
