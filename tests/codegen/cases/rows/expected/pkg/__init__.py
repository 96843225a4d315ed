# Generated from spec.yaml by stompgen. Do not edit.
# API 1.0.0, sha256 64f10e7f0cb8…
"""Rows.

Begin with the client, `RowsClient`. What plays the other side is in `server`, examples of all
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

    from .client import RowsClient, RowsClientConnection
    from .messages.common import Line, Rows
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
            ".client": ("RowsClient", "RowsClientConnection"),
            ".messages.common": ("Line", "Rows"),
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
    "ApiError",
    "ClientConversation",
    "ClientOptions",
    "ConnectionLostError",
    "Date",
    "DateTime",
    "Deadlines",
    "DecodeError",
    "Event",
    "Here",
    "InvalidMessageError",
    "Line",
    "LinkError",
    "LocalProtocolError",
    "NotSentError",
    "OutcomeUnknownError",
    "Problem",
    "RemoteProtocolError",
    "RemoteRejectedError",
    "ReplyDecodeError",
    "ReplyTimeoutError",
    "Rows",
    "RowsClient",
    "RowsClientConnection",
    "Secret",
    "Stray",
    "Subscription",
    "TlsOptions",
    "Trace",
    "Undecodable",
    "Unrecognised",
]
