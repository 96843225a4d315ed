# Generated from spec.yaml by stompgen. Do not edit.
# API 2.0.0, sha256 65a4f485d3f2…
"""Example - Parcels.

Where parcels are. Kafka; so there is no client, only data.

No server of this API speaks STOMP, so there is no client: messages, channels and operations are
data. Begin with `API`, which names them all; `codec_of(API)` converts the messages. Examples of
them are in `examples`.
"""

from typing import TYPE_CHECKING

from stompws.lazy import load_on_demand

if TYPE_CHECKING:
    from stompws.codec import Codec, Received
    from stompws.decoding import codec_of
    from stompws.errors import DecodeError, InvalidMessageError, Problem
    from stompws.shapes import ABSENT, Absent, Date, DateTime, Undecodable, Unrecognised

    from .messages.common import Moved8b727a, Question, Scan
    from .messages.headers import MovedHeaders
    from .messages.live import Moved
    from .operations import API
    from .servers import PRODUCTION

else:
    __getattr__, __dir__ = load_on_demand(
        __name__,
        {
            "stompws.codec": ("Codec", "Received"),
            "stompws.decoding": ("codec_of",),
            "stompws.errors": ("DecodeError", "InvalidMessageError", "Problem"),
            "stompws.shapes": (
                "ABSENT",
                "Absent",
                "Date",
                "DateTime",
                "Undecodable",
                "Unrecognised",
            ),
            ".messages.common": ("Moved8b727a", "Question", "Scan"),
            ".messages.headers": ("MovedHeaders",),
            ".messages.live": ("Moved",),
            ".operations": ("API",),
            ".servers": ("PRODUCTION",),
        },
    )

API_VERSION = "2.0.0"
"""Version of the API that this package was generated for."""

__version__ = API_VERSION

__all__ = [
    "ABSENT",
    "API",
    "API_VERSION",
    "PRODUCTION",
    "Absent",
    "Codec",
    "Date",
    "DateTime",
    "DecodeError",
    "InvalidMessageError",
    "Moved",
    "Moved8b727a",
    "MovedHeaders",
    "Problem",
    "Question",
    "Received",
    "Scan",
    "Undecodable",
    "Unrecognised",
    "codec_of",
]
