# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 2498750ba22f…
"""Example - Chat.

Rooms in which people talk. Nothing here is a request with replies.

Begin with the client, `Chat`. What plays the other side is in `server`, examples of all messages
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
        Subscription,
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
    from stompws.shapes import ABSENT, Absent, Date, DateTime, Raw, Undecodable, Unrecognised
    from stompws.trace import Trace

    from .client import Chat, ChatConnection
    from .messages.common import Note, Picture, Words
    from .messages.headers import Marks
    from .operations import API
    from .servers import ARCHIVE, Broker

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
                "Subscription",
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
                "Raw",
                "Undecodable",
                "Unrecognised",
            ),
            "stompws.trace": ("Trace",),
            ".client": ("Chat", "ChatConnection"),
            ".messages.common": ("Note", "Picture", "Words"),
            ".messages.headers": ("Marks",),
            ".operations": ("API",),
            ".servers": ("ARCHIVE", "Broker"),
        },
    )

API_VERSION = "1.2.0"
"""Version of the API that this package was generated for."""

__version__ = API_VERSION

__all__ = [
    "ABSENT",
    "API",
    "API_VERSION",
    "ARCHIVE",
    "Absent",
    "ApiError",
    "Broker",
    "Chat",
    "ChatConnection",
    "ClientConversation",
    "ClientOptions",
    "ConnectionLostError",
    "Date",
    "DateTime",
    "Deadlines",
    "DecodeError",
    "Event",
    "InvalidMessageError",
    "LinkError",
    "LocalProtocolError",
    "Marks",
    "NotSentError",
    "Note",
    "OutcomeUnknownError",
    "Picture",
    "Problem",
    "Raw",
    "RemoteProtocolError",
    "RemoteRejectedError",
    "ReplyDecodeError",
    "ReplyTimeoutError",
    "Secret",
    "Stray",
    "Subscription",
    "TlsOptions",
    "Trace",
    "Undecodable",
    "Unrecognised",
    "Words",
]
