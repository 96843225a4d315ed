# Generated from spec.yaml by stompgen. Do not edit.
# API 0.1.0, sha256 4353a5f0a3b8…
"""Shapes.

Begin with the client, `Shapes`. What plays the other side is in `server`, examples of all messages
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

    from .client import Shapes, Talk, TalkPayload
    from .messages.alpha import (
        Cat,
        Colour,
        Dog,
        Everything,
        EverythingChoice,
        EverythingInside,
        HousePet,
        Mood,
        Node,
        Pet,
    )
    from .messages.beta import End, Part
    from .messages.common import Shared, Stop
    from .messages.others import Base
    from .operations import API

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
            ".client": ("Shapes", "Talk", "TalkPayload"),
            ".messages.alpha": (
                "Cat",
                "Colour",
                "Dog",
                "Everything",
                "EverythingChoice",
                "EverythingInside",
                "HousePet",
                "Mood",
                "Node",
                "Pet",
            ),
            ".messages.beta": ("End", "Part"),
            ".messages.common": ("Shared", "Stop"),
            ".messages.others": ("Base",),
            ".operations": ("API",),
        },
    )

API_VERSION = "0.1.0"
"""Version of the API that this package was generated for."""

__version__ = API_VERSION

__all__ = [
    "ABSENT",
    "API",
    "API_VERSION",
    "Absent",
    "ApiError",
    "Base",
    "Cat",
    "ClientConversation",
    "ClientOptions",
    "Colour",
    "ConnectionLostError",
    "Date",
    "DateTime",
    "Deadlines",
    "DecodeError",
    "Dog",
    "End",
    "Event",
    "Everything",
    "EverythingChoice",
    "EverythingInside",
    "HousePet",
    "InvalidMessageError",
    "LinkError",
    "LocalProtocolError",
    "Mood",
    "Node",
    "NotSentError",
    "OutcomeUnknownError",
    "Part",
    "Pet",
    "Problem",
    "RemoteProtocolError",
    "RemoteRejectedError",
    "ReplyDecodeError",
    "ReplyTimeoutError",
    "Secret",
    "Shapes",
    "Shared",
    "Stop",
    "Stray",
    "Talk",
    "TalkPayload",
    "TlsOptions",
    "Trace",
    "Undecodable",
    "Unrecognised",
]
