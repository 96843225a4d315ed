# Generated from spec.yaml by stompgen. Do not edit.
# API 1.2.0, sha256 ac4ec221a86b…
"""Clock - Time API.

Begin with the client, `TimeApi`. What plays the other side is in `server`, examples of all messages
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

    from .client import TimeApi
    from .messages.headers import QuestionHeaders
    from .messages.time import Answer, Fault, Question
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
            ".client": ("TimeApi",),
            ".messages.headers": ("QuestionHeaders",),
            ".messages.time": ("Answer", "Fault", "Question"),
            ".operations": ("API",),
            ".servers": ("Main",),
        },
    )

API_VERSION = "1.2.0"
"""Version of the API that this package was generated for."""

__version__ = API_VERSION

__all__ = [
    "ABSENT",
    "API",
    "API_VERSION",
    "Absent",
    "Answer",
    "ApiError",
    "ClientConversation",
    "ClientOptions",
    "ConnectionLostError",
    "Date",
    "DateTime",
    "Deadlines",
    "DecodeError",
    "Event",
    "Fault",
    "InvalidMessageError",
    "LinkError",
    "LocalProtocolError",
    "Main",
    "NotSentError",
    "OutcomeUnknownError",
    "Problem",
    "Question",
    "QuestionHeaders",
    "RemoteProtocolError",
    "RemoteRejectedError",
    "ReplyDecodeError",
    "ReplyTimeoutError",
    "Secret",
    "Stray",
    "TimeApi",
    "TlsOptions",
    "Trace",
    "Undecodable",
    "Unrecognised",
]
