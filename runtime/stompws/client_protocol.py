"""The client's end of a STOMP session, as a state machine."""

from collections.abc import Iterable, Mapping, Sequence

from .errors import LocalProtocolError, RemoteProtocolError
from .frames import SAFE_HEADERS, Frame, Limits, Version, make_headers
from .scrubbing import Scrubber
from .session import (
    Observer,
    Session,
    State,
    check_heart_beat,
    first_headers,
    read_heart_beat,
    refuse_reserved,
)
from .session_events import (
    Connected,
    Disconnected,
    ErrorReceived,
    HeartBeat,
    HeartbeatReceived,
    MessageReceived,
    ProtocolEvent,
    ReceiptReceived,
)

Headers = Mapping[str, str | int | None]
"""What callers pass: an int is written in decimal, a None left out."""

ALL_VERSIONS = (Version.V1_0, Version.V1_1, Version.V1_2)


class ClientProtocol(Session[ProtocolEvent]):
    """Says CONNECT, subscribes, sends, and tells what the server says.

    Every method that says something queues frames for `data_to_send`, and raises
    LocalProtocolError, with nothing queued, when the session's state or STOMP forbids it.
    """

    def __init__(self, *, limits: Limits | None = None, observer: Observer | None = None) -> None:
        super().__init__(limits=limits, observer=observer)
        self._offered: tuple[Version, ...] = ()
        self._heart_beat: HeartBeat = (0, 0)
        self._scrubber = Scrubber()
        self._subscriptions: dict[str, str] = {}  # running: id to destination
        self._used_ids: set[str] = set()
        self._receipts: dict[str, None] = {}  # open, in the order asked for
        self._goodbye: str | None = None
        self._count = 0

    # What we say.

    def connect(
        self,
        headers: Headers | None = None,
        *,
        host: str | None,
        versions: Sequence[Version] = ALL_VERSIONS,
        heart_beat: HeartBeat = (0, 0),
    ) -> None:
        """Ask for a session. Must be the first thing said, once.

        `headers` (login, passcode, own ones) are never shown; `host` is the virtual host and may be
        None only when nothing but 1.0 is offered; `heart_beat` is in milliseconds.
        """
        self._require(State.CONNECTING, "connect")
        if self._offered:
            raise LocalProtocolError("connect: said before")
        if not versions:
            raise LocalProtocolError("connect: no version offered")
        refuse_reserved(headers, ["accept-version", "host", "heart-beat"])
        if host is None and any(version is not Version.V1_0 for version in versions):
            raise LocalProtocolError("connect: STOMP 1.1 and 1.2 need a host")
        offered = tuple(sorted(set(versions)))
        # No space after the commas: RabbitMQ misreads it.
        written: dict[str, str | int | None] = {
            "accept-version": ",".join(offered),
            "host": host,
            "heart-beat": check_heart_beat(heart_beat),
            **(headers or {}),
        }
        self._queue(Frame("CONNECT", make_headers(written)))
        self._offered, self._heart_beat = offered, heart_beat
        self.keep_secret(value for name, value in make_headers(headers) if name not in SAFE_HEADERS)

    def subscribe(
        self,
        destination: str,
        headers: Headers | None = None,
        *,
        subscription_id: str | None = None,
        ack: str | None = None,
        receipt: bool | str = False,
    ) -> str:
        """Ask for the messages of `destination`; return the subscription's id.

        Ids are unique per connection, also after `unsubscribe`. `ack` is `auto` (also when None),
        `client` or, from 1.1 on, `client-individual`.
        """
        self._require(State.CONNECTED, "subscribe")
        refuse_reserved(headers, ["destination", "id", "ack", "receipt"])
        if ack not in (None, "auto", "client", "client-individual"):
            raise LocalProtocolError("subscribe: ack is auto, client or client-individual")
        if ack == "client-individual" and self.version is Version.V1_0:
            raise LocalProtocolError("subscribe: STOMP 1.0 has no ack client-individual")
        if subscription_id is not None and subscription_id in self._used_ids:
            raise LocalProtocolError("subscribe: this id was used before on this connection")
        chosen = subscription_id or self._new_id("sub", self._used_ids)
        self._say(
            "SUBSCRIBE",
            {"id": chosen, "destination": destination, "ack": ack},
            headers,
            receipt=receipt,
        )
        self._used_ids.add(chosen)
        self._subscriptions[chosen] = destination
        return chosen

    def unsubscribe(
        self,
        subscription_id: str,
        headers: Headers | None = None,
        *,
        receipt: bool | str = False,
    ) -> str | None:
        """End a subscription; return the receipt's id when one was asked for."""
        self._require(State.CONNECTED, "unsubscribe")
        refuse_reserved(headers, ["destination", "id", "receipt"])
        if subscription_id not in self._subscriptions:
            raise LocalProtocolError("unsubscribe: no running subscription has this id")
        own: dict[str, str | None] = {"id": subscription_id}
        if self.version is Version.V1_0:  # where a server may know subscriptions by destination
            own["destination"] = self._subscriptions[subscription_id]
        given = self._say("UNSUBSCRIBE", own, headers, receipt=receipt)
        del self._subscriptions[subscription_id]
        return given

    def send(
        self,
        destination: str,
        body: bytes = b"",
        headers: Headers | None = None,
        *,
        receipt: bool | str = False,
    ) -> str | None:
        """Send octets to `destination`; return the receipt's id when one was asked for."""
        self._require(State.CONNECTED, "send")
        refuse_reserved(headers, ["destination", "receipt"])
        return self._say("SEND", {"destination": destination}, headers, body, receipt=receipt)

    def ack(
        self,
        message: MessageReceived,
        *,
        transaction: str | None = None,
        receipt: bool | str = False,
    ) -> str | None:
        """Acknowledge a message of a subscription with ack `client` or `client-individual`."""
        return self._answer("ACK", message, transaction, receipt)

    def nack(
        self,
        message: MessageReceived,
        *,
        transaction: str | None = None,
        receipt: bool | str = False,
    ) -> str | None:
        """Refuse a message; STOMP 1.0 cannot."""
        if self.version is Version.V1_0:
            raise LocalProtocolError("nack: STOMP 1.0 has no NACK")
        return self._answer("NACK", message, transaction, receipt)

    def begin(self, transaction: str, *, receipt: bool | str = False) -> str | None:
        """Start a transaction; name it in the header `transaction` of its SEND and ACK frames."""
        return self._say("BEGIN", {"transaction": transaction}, None, receipt=receipt)

    def commit(self, transaction: str, *, receipt: bool | str = False) -> str | None:
        """Commit a transaction."""
        return self._say("COMMIT", {"transaction": transaction}, None, receipt=receipt)

    def abort(self, transaction: str, *, receipt: bool | str = False) -> str | None:
        """Roll a transaction back."""
        return self._say("ABORT", {"transaction": transaction}, None, receipt=receipt)

    def disconnect(self) -> str:
        """Say goodbye and ask for a receipt; return its id. Nothing can be said after it.

        `Disconnected(clean=True)` follows with the receipt, or with the end of the connection.
        """
        self._require(State.CONNECTED, "disconnect")
        given = self._new_id("receipt", self._receipts)
        self._say("DISCONNECT", {}, None, receipt=given)
        self._goodbye = given
        self.state = State.DISCONNECTING
        return given

    def _answer(
        self,
        command: str,
        message: MessageReceived,
        transaction: str | None,
        receipt: bool | str,
    ) -> str | None:
        own: dict[str, str | None]
        if self.version is Version.V1_2:
            # STOMP 1.2, ACK: `id` is the `ack` header of the MESSAGE
            if (ack := message.headers.get("ack")) is None:
                raise LocalProtocolError(f"{command}: the message has no ack header to answer")
            own = {"id": ack}
        else:
            if message.message_id is None:
                raise LocalProtocolError(f"{command}: the message has no message-id to answer")
            own = {"message-id": message.message_id}
            if self.version is Version.V1_1:
                own["subscription"] = message.subscription
        own["transaction"] = transaction
        return self._say(command, own, None, receipt=receipt)

    def _say(
        self,
        command: str,
        own: Mapping[str, str | None],
        headers: Headers | None,
        body: bytes = b"",
        *,
        receipt: bool | str,
    ) -> str | None:
        self._require(State.CONNECTED, command)
        receipt_id: str | None = None
        if receipt is True:
            receipt_id = self._new_id("receipt", self._receipts)
        elif receipt:
            if receipt in self._receipts:
                raise LocalProtocolError(f"{command}: this receipt is still open")
            receipt_id = receipt
        self._queue(
            Frame(command, make_headers({**own, **(headers or {}), "receipt": receipt_id}), body)
        )
        if receipt_id is not None:
            self._receipts[receipt_id] = None
        return receipt_id

    def _new_id(self, kind: str, used: "set[str] | dict[str, None]") -> str:
        while True:
            self._count += 1
            if (candidate := f"{kind}-{self._count}") not in used:
                return candidate

    # What the server says.

    def _received(self, frame: Frame) -> list[ProtocolEvent | HeartbeatReceived | Disconnected]:
        match frame.command:
            case "ERROR":
                return [self._on_error(frame)]
            case "CONNECTED" if self.state is State.CONNECTING and self._offered:
                return [self._on_connected(frame)]
            case "MESSAGE" if self.state is not State.CONNECTING:
                return [self._on_message(frame)]
            case "RECEIPT" if self.state is not State.CONNECTING:
                return self._on_receipt(frame)
            case command:
                raise RemoteProtocolError(f"{command} from the server while {self.state}")

    def _on_connected(self, frame: Frame) -> Connected:
        # STOMP 1.2, Protocol Negotiation: a server that names no version speaks 1.0
        named = frame.header("version", Version.V1_0)
        version = next((offer for offer in self._offered if offer == named), None)
        if version is None:
            raise RemoteProtocolError("CONNECTED: the server chose a version that was not offered")
        agreed = self._agree(version, self._heart_beat, read_heart_beat(frame))
        headers = first_headers(frame)
        return Connected(version, headers.get("server"), headers.get("session"), agreed, headers)

    def _on_message(self, frame: Frame) -> MessageReceived:
        headers = first_headers(frame)
        subscription = headers.get("subscription")
        destination = headers.get("destination")
        if destination is None and subscription is not None:
            # STOMP says MUST, but what it is for is known, and a message is not thrown away.
            destination = self._subscriptions.get(subscription)
        if destination is None:
            raise RemoteProtocolError("MESSAGE: expected the header destination")
        return MessageReceived(
            destination, subscription, headers.get("message-id"), headers, frame.body
        )

    def _on_receipt(self, frame: Frame) -> list[ProtocolEvent | HeartbeatReceived | Disconnected]:
        receipt_id = frame.header("receipt-id")
        if receipt_id is None:
            raise RemoteProtocolError("RECEIPT: expected the header receipt-id")
        if receipt_id not in self._receipts:
            return [ReceiptReceived(receipt_id, expected=False)]
        asked = list(self._receipts)
        del self._receipts[receipt_id]
        # STOMP 1.2, RECEIPT: "also a cumulative acknowledgment" of everything before
        earlier = tuple(asked[: asked.index(receipt_id)])
        event = ReceiptReceived(receipt_id, expected=True, earlier=earlier)
        if receipt_id != self._goodbye:
            return [event]
        self.state = State.CLOSED
        return [event, Disconnected(clean=True, reason="the server confirmed the DISCONNECT")]

    def _on_error(self, frame: Frame) -> ErrorReceived:
        # STOMP 1.2, ERROR: the server closes after it. Some do not, so we end it here.
        self.state = State.CLOSED
        self._out.clear()
        headers = first_headers(frame)
        message = self.scrub(headers.get("message", "no message"))
        return ErrorReceived(message, headers, frame.body, headers.get("receipt-id"))

    # What is shown.

    def keep_secret(self, values: Iterable[str]) -> None:
        """Mask these in everything the server says; values of under 4 characters are left alone."""
        self._scrubber.keep_secret(values)

    def scrub(self, text: str) -> str:
        """Make a server's text fit to be shown; see `Scrubber.scrub`."""
        return self._scrubber.scrub(text)
