"""What a protocol reports. Immutable; payloads and headers never show in a `repr`."""

from collections.abc import Mapping

import attrs

from .frames import Version
from .masking import show
from .records import Record

HeartBeat = tuple[int, int]
"""Milliseconds: (what I can send at least every, what I want to receive at least every); 0 = no."""


@attrs.frozen
class Connected(Record):
    """The server accepted the session."""

    version: Version
    server: str | None = attrs.field(repr=show)
    session: str | None = attrs.field(repr=show)
    heart_beat: HeartBeat
    """Agreed milliseconds between signs of life: (ours, the server's); 0 = none."""

    headers: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False)


@attrs.frozen
class MessageReceived(Record):
    """A MESSAGE. Of repeated headers the first is kept."""

    destination: str = attrs.field(repr=show)
    subscription: str | None = attrs.field(repr=show)
    """Id of our SUBSCRIBE; STOMP 1.0 servers may leave it out."""

    message_id: str | None = attrs.field(repr=show)
    headers: Mapping[str, str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)


@attrs.frozen
class ReceiptReceived(Record):
    """The server received a frame that asked for a receipt."""

    receipt_id: str = attrs.field(repr=show)
    expected: bool
    """False when nobody asked for it, or it came before. Reported, otherwise without effect."""

    earlier: tuple[str, ...] = ()
    """Receipts still open for frames sent before that one; the server has received those too."""


@attrs.frozen
class ErrorReceived(Record):
    """The server sent ERROR; the session is over."""

    message: str
    """At most 200 printable characters; what we sent as a secret and long numbers are masked."""

    headers: Mapping[str, str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)
    receipt_id: str | None = None
    """The receipt asked for by the frame that caused the error, when the server says so."""


@attrs.frozen
class HeartbeatReceived(Record):
    """The peer had nothing to say, and is alive."""


@attrs.frozen
class Disconnected(Record):
    """The session is over: nothing comes after this event."""

    clean: bool
    """True after DISCONNECT, whether or not its RECEIPT came."""

    reason: str


ProtocolEvent = (
    Connected | MessageReceived | ReceiptReceived | ErrorReceived | HeartbeatReceived | Disconnected
)
"""What a `ClientProtocol` reports."""


@attrs.frozen
class ConnectRequested(Record):
    """A client wants a session: answer with `accept` or `reject`."""

    headers: Mapping[str, str] = attrs.field(repr=False)
    versions: tuple[Version, ...]
    """Offered and known to us, highest first; (1.0,) when the client names none; may be empty."""

    host: str | None
    heart_beat: HeartBeat
    command: str = "CONNECT"
    """`CONNECT` or `STOMP`."""


@attrs.frozen
class Subscribed(Record):
    """A client wants the messages of a destination."""

    id: str
    """Unique among the running subscriptions. Without one (STOMP 1.0) it is the destination."""

    destination: str
    ack: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    receipt: str | None = None


@attrs.frozen
class Unsubscribed(Record):
    """A client ends a subscription."""

    id: str
    destination: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    receipt: str | None = None


@attrs.frozen
class SendReceived(Record):
    """A SEND."""

    destination: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)
    receipt: str | None = None


@attrs.frozen
class Acknowledged(Record):
    """An ACK or a NACK, with its headers as they came."""

    command: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    receipt: str | None = None


@attrs.frozen
class TransactionRequested(Record):
    """BEGIN, COMMIT or ABORT. Reported only; whoever plays the server decides what it means."""

    command: str
    transaction: str
    receipt: str | None = None


@attrs.frozen
class DisconnectRequested(Record):
    """A client says goodbye: answer with the receipt, when it asked for one, and close."""

    receipt: str | None = None


ServerEvent = (
    ConnectRequested
    | Subscribed
    | Unsubscribed
    | SendReceived
    | Acknowledged
    | TransactionRequested
    | DisconnectRequested
    | HeartbeatReceived
    | Disconnected
)
"""What a `ServerProtocol` reports."""
