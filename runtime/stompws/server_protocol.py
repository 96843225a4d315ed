"""The server's end of a STOMP session, as a state machine. For simulators and tests."""

from collections.abc import Iterable, Mapping

from .errors import LocalProtocolError, RemoteProtocolError
from .frames import Frame, Limits, Version, encode_frame, make_headers
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
    Acknowledged,
    ConnectRequested,
    Disconnected,
    DisconnectRequested,
    HeartBeat,
    HeartbeatReceived,
    SendReceived,
    ServerEvent,
    Subscribed,
    TransactionRequested,
    Unsubscribed,
)

Headers = Mapping[str, str | int | None]
_ACK_MODES = {
    Version.V1_0: ("auto", "client"),
    Version.V1_1: ("auto", "client", "client-individual"),
    Version.V1_2: ("auto", "client", "client-individual"),
}


class ServerProtocol(Session[ServerEvent]):
    """Waits for CONNECT or STOMP, then tells what the client asks for.

    Answers nothing by itself: accepting, receipts and errors are the caller's to give, so that a
    simulator can also misbehave. What a client says behind CONNECT is not read before `accept`;
    `receive_data(b"", now)` then reads what waits. Methods raise LocalProtocolError, with nothing
    queued, when the session's state or STOMP forbids what they say.

    Args:
        limits: What a client may make us hold in memory.
        observer: Sees every frame, both ways, not redacted.
        echoed: Headers whose values we are going to repeat, besides those that STOMP repeats. A
            value that cannot be written in the agreed version is refused when it arrives.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        observer: Observer | None = None,
        echoed: Iterable[str] = (),
    ) -> None:
        super().__init__(limits=limits, observer=observer)
        self._most_waiting = (limits or Limits()).max_frame_bytes
        self._echoed = ("receipt", *echoed)
        self.subscriptions: dict[str, str] = {}
        """Running subscriptions: id to destination."""

        self._to_acknowledge: set[str] = set()
        self._request: ConnectRequested | None = None
        self._names_version = False
        self._error_said = False
        self._count = 0

    # What we say.

    def accept(
        self,
        version: Version | None = None,
        *,
        heart_beat: HeartBeat = (0, 0),
        headers: Mapping[str, str | int | None] | None = None,
    ) -> HeartBeat:
        """Say CONNECTED; return the agreed milliseconds (we send, we receive).

        `version` None takes the highest offered. `headers` may hold `server`, `session` and more.
        """
        self._require(State.CONNECTING, "accept")
        if (request := self._request) is None:
            raise LocalProtocolError("accept: no client has asked")
        refuse_reserved(headers, ["version", "heart-beat"])
        if version is None:
            if not request.versions:
                raise LocalProtocolError("accept: the client offers no version that we speak")
            version = request.versions[0]
        elif version not in request.versions:
            raise LocalProtocolError("accept: the client does not offer this version")
        own: dict[str, str | int | None] = {
            "version": version if self._names_version else None,  # 1.0 has no such header
            "heart-beat": check_heart_beat(heart_beat),
            **(headers or {}),
        }
        self._queue(Frame("CONNECTED", make_headers(own)))
        return self._agree(version, heart_beat, request.heart_beat)

    def reject(
        self,
        message: str,
        body: bytes = b"",
        headers: Mapping[str, str | int | None] | None = None,
    ) -> None:
        """Answer CONNECT with ERROR. The session is closed."""
        self._require(State.CONNECTING, "reject")
        self.error(message, body, headers)

    def message(
        self,
        *,
        subscription: str,
        destination: str,
        body: bytes = b"",
        message_id: str | None = None,
        headers: Mapping[str, str | int | None] | None = None,
    ) -> str:
        """Send MESSAGE to a running subscription; return its message id."""
        self._require(State.CONNECTED, "message")
        refuse_reserved(headers, ["destination", "subscription", "message-id"])
        if subscription not in self.subscriptions:
            raise LocalProtocolError("message: no running subscription has this id")
        if message_id is None:
            self._count += 1
            message_id = f"message-{self._count}"
        own = {"destination": destination, "subscription": subscription, "message-id": message_id}
        if subscription in self._to_acknowledge and self.version is Version.V1_2:
            own["ack"] = message_id  # 1.2, MESSAGE: required where the client shall acknowledge
        self._queue(Frame("MESSAGE", make_headers({**own, **(headers or {})}), body))
        return message_id

    def receipt(self, receipt_id: str) -> None:
        """Send RECEIPT. After DISCONNECT it is the last thing said; close the connection then."""
        if self.state not in (State.CONNECTED, State.DISCONNECTING):
            raise LocalProtocolError(f"receipt: the session is {self.state}")
        self._queue(Frame("RECEIPT", (("receipt-id", receipt_id),)))

    def error(
        self,
        message: str,
        body: bytes = b"",
        headers: Mapping[str, str | int | None] | None = None,
        *,
        receipt_id: str | None = None,
    ) -> None:
        """Send ERROR, also after unreadable input. STOMP: the connection is closed after it."""
        if self._error_said:
            raise LocalProtocolError("error: said before")
        refuse_reserved(headers, ["message", "receipt-id"])
        own = {"message": message, "receipt-id": receipt_id}
        self._queue(Frame("ERROR", make_headers({**own, **(headers or {})}), body))
        self._error_said = True
        self.state = State.CLOSED

    def send_frame(self, frame: Frame) -> None:
        """Queue any frame in any state, to play a server that does not keep the rules."""
        self._queue(frame)

    def send_raw(self, data: bytes) -> None:
        """Queue any octets in any state, to play a server that cannot write STOMP."""
        self._out.append((None, data))

    # What the client says.

    def _waits(self) -> bool:
        # The version, and with it how the next frame is read, is known when CONNECTED is said.
        # Cut elsewhere, the same octets would come after that.
        if self._request is None or self.state is not State.CONNECTING:
            return False
        if self._parser.buffered > self._most_waiting:
            raise RemoteProtocolError("more than one frame may hold was said before CONNECTED")
        return True

    def _received(self, frame: Frame) -> list[ServerEvent | HeartbeatReceived | Disconnected]:
        command = frame.command
        if command in ("CONNECT", "STOMP") and self._request is None:
            return [self._on_connect(frame)]
        if self.state is not State.CONNECTED:
            raise RemoteProtocolError(f"{command} from the client while {self.state}")
        headers = first_headers(frame)
        for name in self._echoed:
            self._refuse_unwritable(command, name, headers.get(name))
        receipt = headers.get("receipt")
        match command:
            case "SEND":
                destination = _needed(command, headers, "destination")
                return [SendReceived(destination, headers, frame.body, receipt)]
            case "SUBSCRIBE":
                return [self._on_subscribe(headers, receipt)]
            case "UNSUBSCRIBE":
                return [self._on_unsubscribe(headers, receipt)]
            case "ACK" | "NACK":
                return [self._on_ack(command, headers, receipt)]
            case "BEGIN" | "COMMIT" | "ABORT":
                transaction = _needed(command, headers, "transaction")
                return [TransactionRequested(command, transaction, receipt)]
            case "DISCONNECT":
                self.state = State.DISCONNECTING
                return [DisconnectRequested(receipt)]
            case _:
                raise RemoteProtocolError(f"{command} from the client while {self.state}")

    def _on_connect(self, frame: Frame) -> ConnectRequested:
        headers = first_headers(frame)
        named = headers.get("accept-version")
        self._names_version = named is not None
        # STOMP 1.2, Protocol Negotiation: no header means 1.0. Real clients put spaces around.
        offered = {text.strip() for text in (named or Version.V1_0).split(",")}
        versions = tuple(version for version in reversed(Version) if version in offered)
        self._request = ConnectRequested(
            headers, versions, headers.get("host"), read_heart_beat(frame), frame.command
        )
        if versions:
            self._parser.version = versions[0]  # for an ERROR; `accept` decides
        return self._request

    def _on_subscribe(self, headers: dict[str, str], receipt: str | None) -> Subscribed:
        destination = _needed("SUBSCRIBE", headers, "destination")
        subscription = headers.get("id")
        if subscription is None and self.version is Version.V1_0:
            subscription = destination
        if subscription is None:
            raise RemoteProtocolError("SUBSCRIBE: expected the header id")
        self._refuse_unwritable("SUBSCRIBE", "id", subscription)  # each MESSAGE repeats it
        if subscription in self.subscriptions and self.version is not Version.V1_0:
            raise RemoteProtocolError("SUBSCRIBE: this id is in use on this connection")
        ack = headers.get("ack", "auto")
        if self.version is not None and ack not in _ACK_MODES[self.version]:
            raise RemoteProtocolError("SUBSCRIBE: ack has no value of this STOMP version")
        self.subscriptions[subscription] = destination
        if ack == "auto":
            self._to_acknowledge.discard(subscription)
        else:
            self._to_acknowledge.add(subscription)
        return Subscribed(subscription, destination, ack, headers, receipt)

    def _on_unsubscribe(self, headers: dict[str, str], receipt: str | None) -> Unsubscribed:
        subscription = headers.get("id")
        if subscription is None and self.version is Version.V1_0:
            subscription = headers.get("destination")
        if subscription is None:
            raise RemoteProtocolError("UNSUBSCRIBE: expected the header id")
        if (destination := self.subscriptions.pop(subscription, None)) is None:
            raise RemoteProtocolError("UNSUBSCRIBE: no running subscription has this id")
        return Unsubscribed(subscription, destination, headers, receipt)

    def _on_ack(self, command: str, headers: dict[str, str], receipt: str | None) -> Acknowledged:
        if command == "NACK" and self.version is Version.V1_0:
            raise RemoteProtocolError("NACK: STOMP 1.0 has none")
        needed = ["id"] if self.version is Version.V1_2 else ["message-id"]
        if self.version is Version.V1_1:
            needed.append("subscription")
        for name in needed:
            _needed(command, headers, name)
        return Acknowledged(command, headers, receipt)

    def _refuse_unwritable(self, command: str, name: str, value: str | None) -> None:
        """Refuse what we would have to repeat and cannot: 1.0 and 1.1 have no escape for CR."""
        if value is None:
            return
        try:
            encode_frame(Frame("RECEIPT", (("receipt-id", value),)), self.version or Version.V1_2)
        except LocalProtocolError:
            text = f"{command}: header {name}: STOMP {self.version} cannot write this value back"
            raise RemoteProtocolError(text) from None


def _needed(command: str, headers: Mapping[str, str], name: str) -> str:
    if (value := headers.get(name)) is None:
        raise RemoteProtocolError(f"{command}: expected the header {name}")
    return value
