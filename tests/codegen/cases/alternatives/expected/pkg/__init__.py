# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 f3149dbbded7…
"""Alternatives.

Begin with the client, `Alternatives`. What plays the other side is in `server`, examples of all
messages are in `examples`.
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
    from stompws.shapes import ABSENT, Absent, Date, DateTime, Undecodable, Unrecognised
    from stompws.trace import Trace

    from .client import Alternatives, AlternativesConnection
    from .messages.common import Bag, Box, Firm, Parcel, Person, Ping, SearchMessage
    from .messages.others import Owner, Search
    from .operations import API
    from .servers import Here

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
                "Undecodable",
                "Unrecognised",
            ),
            "stompws.trace": ("Trace",),
            ".client": ("Alternatives", "AlternativesConnection"),
            ".messages.common": ("Bag", "Box", "Firm", "Parcel", "Person", "Ping", "SearchMessage"),
            ".messages.others": ("Owner", "Search"),
            ".operations": ("API",),
            ".servers": ("Here",),
        },
    )

API_VERSION = "1.0.0"
"""Version of the API that this package was generated for."""

__version__ = API_VERSION

__all__ = [
    "ABSENT",
    "API",
    "API_VERSION",
    "Absent",
    "Alternatives",
    "AlternativesConnection",
    "ApiError",
    "Bag",
    "Box",
    "ClientConversation",
    "ClientOptions",
    "ConnectionLostError",
    "Date",
    "DateTime",
    "Deadlines",
    "DecodeError",
    "Event",
    "Firm",
    "Here",
    "InvalidMessageError",
    "LinkError",
    "LocalProtocolError",
    "NotSentError",
    "OutcomeUnknownError",
    "Owner",
    "Parcel",
    "Person",
    "Ping",
    "Problem",
    "RemoteProtocolError",
    "RemoteRejectedError",
    "ReplyDecodeError",
    "ReplyTimeoutError",
    "Search",
    "SearchMessage",
    "Secret",
    "Stray",
    "Subscription",
    "TlsOptions",
    "Trace",
    "Undecodable",
    "Unrecognised",
]
