"""The server's side of an API without sockets: where to import it from.

The parts live in `server_events` (what a session reports), `reception` (the rules it keeps),
`server_session` (one connection) and `handler` (what generated stubs are made of). `codec_of` makes
the codec that sessions share.
"""

from .decoding import codec_of
from .handler import ApiHandler, Replies, ReplyPort, Route
from .server_events import (
    AnswerArrived,
    ClientLeft,
    ConnectArrived,
    RefusalKind,
    Refused,
    RequestArrived,
    SendArrived,
    SessionEvent,
)
from .server_session import ECHO, ServerSession

__all__ = [
    "ECHO",
    "AnswerArrived",
    "ApiHandler",
    "ClientLeft",
    "ConnectArrived",
    "RefusalKind",
    "Refused",
    "Replies",
    "ReplyPort",
    "RequestArrived",
    "Route",
    "SendArrived",
    "ServerSession",
    "SessionEvent",
    "codec_of",
]
