"""STOMP sessions without sockets: `ClientProtocol`, `ServerProtocol` and what they report.

The parts live in `session_events` (what is reported), `session` (what both ends share),
`client_protocol` and `server_protocol`; this is where to import them from.
"""

from .client_protocol import ALL_VERSIONS, ClientProtocol, Headers
from .server_protocol import ServerProtocol
from .session import Direction, Observer, State
from .session_events import (
    Acknowledged,
    Connected,
    ConnectRequested,
    Disconnected,
    DisconnectRequested,
    ErrorReceived,
    HeartBeat,
    HeartbeatReceived,
    MessageReceived,
    ProtocolEvent,
    ReceiptReceived,
    SendReceived,
    ServerEvent,
    Subscribed,
    TransactionRequested,
    Unsubscribed,
)

__all__ = [
    "ALL_VERSIONS",
    "Acknowledged",
    "ClientProtocol",
    "ConnectRequested",
    "Connected",
    "Direction",
    "DisconnectRequested",
    "Disconnected",
    "ErrorReceived",
    "Headers",
    "HeartBeat",
    "HeartbeatReceived",
    "MessageReceived",
    "Observer",
    "ProtocolEvent",
    "ReceiptReceived",
    "SendReceived",
    "ServerEvent",
    "ServerProtocol",
    "State",
    "Subscribed",
    "TransactionRequested",
    "Unsubscribed",
]
