"""One client connection as a server sees it, without sockets.

`ServerSession` reads requests strictly and keeps the rules of the conversation. A rule that the
client breaks is *reported*, with a kind that a program can act on: whether the answer is an error
message, a STOMP ERROR or silence is the decision of whoever plays the server.
"""

from collections.abc import Callable, Mapping

from .codec import Codec
from .conversation import Conversation
from .descriptors import Api, Operation
from .errors import LocalProtocolError, RemoteProtocolError
from .frames import Limits, Version
from .headers import new_id, write_headers
from .protocol import (
    Acknowledged,
    ConnectRequested,
    Disconnected,
    DisconnectRequested,
    HeartbeatReceived,
    Observer,
    SendReceived,
    ServerEvent,
    ServerProtocol,
    State,
    Subscribed,
    TransactionRequested,
    Unsubscribed,
)
from .reception import Letter, Reception
from .server_events import (
    ClientLeft,
    ConnectArrived,
    RefusalKind,
    Refused,
    SessionEvent,
)
from .shapes import Raw, Struct

ECHO = "\0echo"
"""Stands for the correlation id of the request. It is no id: no header can hold NUL."""


class ServerSession:
    """The server's end of one connection.

    Args:
        api: The API to serve.
        codec: Built from the messages of that API; one can serve many sessions.
        authenticate: Says whether a credential is accepted. None accepts any that is not empty.
        publisher_id: Names this server in its messages; a random UUID when None.
        accept: False leaves it to the caller to `accept` each CONNECT, for servers that are slow
            or silent, and to call `receive_data(b"", now)` then, for what has come meanwhile.
        receipts: False never sends a RECEIPT, as some servers do.
        heart_beat_ms: What we can send and wish to receive, milliseconds; 0 is never.
        limits: What a client may make us hold in memory.
        observer: Sees every frame, both ways, not redacted.

    Bytes come in through `receive_data`, go out through `data_to_send`; time is monotonic seconds
    of the caller's choice. Not thread-safe.
    """

    def __init__(
        self,
        api: Api,
        codec: Codec,
        *,
        authenticate: Callable[[str], bool] | None = None,
        publisher_id: str | None = None,
        accept: bool = True,
        receipts: bool = True,
        heart_beat_ms: tuple[int, int] = (0, 0),
        limits: Limits | None = None,
        observer: Observer | None = None,
    ) -> None:
        self._api, self._codec = api, codec
        self._authenticate = authenticate or bool
        self._publisher_id = publisher_id or new_id()
        self._accepts, self._receipts = accept, receipts
        self._heart_beat = heart_beat_ms
        correlation = api.headers.correlation_id
        self.protocol = ServerProtocol(
            limits=limits, observer=observer, echoed=() if correlation is None else [correlation]
        )
        """The STOMP session, for whatever this class does not offer."""
        self._reception = Reception(api, codec)
        self._listening: dict[str, str] = {}  # id to destination, when the frame in hand came
        self._acknowledges = False  # a subscription, running or not, has an `ack` but `auto`
        self._left = False

    @property
    def authenticated(self) -> bool:
        """True when CONNECT carried a credential that was accepted."""
        return self._reception.authenticated

    @property
    def conversation(self) -> Conversation | None:
        """The conversation of the connection's request; None before a request came."""
        return self._reception.conversation

    @property
    def closed(self) -> bool:
        """True when nothing more is to be read; flush `data_to_send` and close the connection."""
        return self._left or self.protocol.closed

    # Bytes in and out, and time.

    def receive_data(self, data: bytes | str, now: float) -> list[SessionEvent]:
        """Take what arrived and return what it means. Never raises for what a client sent."""
        if self.closed:
            return []
        waits = self.protocol.state is State.CONNECTING
        found = self._read(data, now)
        if waits and self.protocol.state is State.CONNECTED and self.protocol.failure is None:
            found += self._read(b"", now)  # what stood behind the CONNECT that was accepted
        return found

    def _read(self, data: bytes | str, now: float) -> list[SessionEvent]:
        try:
            events = self.protocol.receive_data(data, now)
        except RemoteProtocolError as exc:
            return self._broken(exc)
        found = [reported for event in events for reported in self._take(event)]
        if self.protocol.failure is not None:
            found += self._broken(self.protocol.failure)
        return found

    def receive_eof(self, reason: str = "the client closed the connection") -> list[SessionEvent]:
        """Note that the connection is gone."""
        self.protocol.eof(reason)
        return self._leave(polite=False, reason=reason)

    def data_to_send(self, now: float | None = None) -> list[bytes]:
        """Return what is to be sent, one frame per item, and forget it."""
        return self.protocol.data_to_send(now)

    def tick(self, now: float) -> list[SessionEvent]:
        """Queue a heart-beat when one is due, and report a client that is silent for too long."""
        if self.closed:
            return []
        return [reported for event in self.protocol.tick(now) for reported in self._take(event)]

    def seconds_to_next_beat(self, now: float) -> float | None:
        """Return the seconds until `tick` is due; None when nothing is."""
        return None if self.closed else self.protocol.seconds_to_next_beat(now)

    # What the server says.

    def accept(
        self,
        version: Version | None = None,
        *,
        headers: Mapping[str, str | int | None] | None = None,
    ) -> None:
        """Say CONNECTED; raise LocalProtocolError when that is not what is due."""
        self.protocol.accept(version, heart_beat=self._heart_beat, headers=headers)

    def is_subscribed(self, operation: Operation) -> bool:
        """True when a message of this operation can be delivered."""
        return operation.channel.address in self.protocol.subscriptions.values()

    def reply(
        self, operation: Operation, message: Struct, *, correlation_id: str | None = ECHO
    ) -> str:
        """Send a reply that keeps all rules; return its message id.

        It carries the request's correlation id, a fresh message id and our publisher id.

        Raises:
            InvalidMessageError: The message breaks its schema.
            LocalProtocolError: It breaks the rules of the conversation, it is of another type, the
                client does not listen, or the session is closed. Nothing was sent.
        """
        types = tuple(type_.payload for type_ in operation.messages) or (Raw,)
        if not isinstance(message, types):
            given = type(message).__name__
            raise LocalProtocolError(f"{operation.name}: {given} is no message of this operation")
        body = self._codec.encode(message)
        conversation = None if operation.name in self._api.plain else self.conversation
        if conversation is not None and (notes := conversation.foresee(operation.name, body)):
            raise LocalProtocolError(f"{operation.name}: {'; '.join(notes)}")
        return self.reply_raw(operation, body, correlation_id=correlation_id)

    def reply_raw(
        self,
        operation: Operation,
        body: bytes,
        *,
        correlation_id: str | None = ECHO,
        message_id: str | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> str:
        """Send any bytes as a message of an operation, to play a server that is odd.

        Args:
            operation: Decides the destination. The rules of the conversation do not hold here; the
                message counts in it when its correlation id fits.
            body: Sent as it is.
            correlation_id: None leaves the header out.
            message_id: The application's message id; a fresh one when None.
            headers: Added last; None as a value leaves a header out.

        Returns:
            The application's message id.

        Raises:
            LocalProtocolError: The client has not subscribed, or the session is closed.
        """
        address = operation.channel.address
        subscriptions = self.protocol.subscriptions.items()
        subscription = next((key for key, value in subscriptions if value == address), None)
        if subscription is None:
            raise LocalProtocolError(f"{operation.name}: the client has not subscribed to it")
        if correlation_id == ECHO:
            correlation_id = self._reception.correlation_id
        message_id = message_id or new_id()
        own = write_headers(
            self._api.headers,
            correlation_id=correlation_id,
            message_id=message_id,
            publisher_id=self._publisher_id,
        )
        self.protocol.message(
            subscription=subscription,
            destination=address,
            body=body,
            headers={**own, **(headers or {})},
        )
        if self.conversation is not None:
            self.conversation.count_reply(
                operation.name, correlation_id=correlation_id, message_id=message_id, body=body
            )
        return message_id

    def stomp_error(
        self,
        message: str,
        body: bytes = b"",
        headers: Mapping[str, str | int | None] | None = None,
    ) -> None:
        """Send a STOMP ERROR frame. Nothing more is read; close the connection after it."""
        self.protocol.error(message, body, headers)

    # What the client says.

    def _take(self, event: ServerEvent) -> list[SessionEvent]:
        found: SessionEvent | None = None
        match event:
            case ConnectRequested():
                return [self._on_connect(event)]
            case Subscribed(id=name, destination=destination, headers=headers):
                self._listening[name] = destination
                self._acknowledges |= event.ack != "auto"
                found = self._reception.subscribe(Letter(destination, headers), self._listened)
            case SendReceived(destination=destination, headers=headers, body=body):
                found = self._reception.send(Letter(destination, headers, body), self._listened)
            case DisconnectRequested(receipt=receipt):
                self._confirm(receipt)
                return self._leave(polite=True, reason="the client said goodbye")
            case Disconnected(clean=clean, reason=reason):
                return self._leave(polite=clean, reason=reason)
            case HeartbeatReceived():
                return []
            case Unsubscribed(id=name):
                del self._listening[name]
            case Acknowledged() if self._acknowledges:
                pass  # nothing is delivered again, whether it says ACK or NACK
            case Acknowledged() | TransactionRequested():
                text = "acknowledgements and transactions are not used here"
                found = Refused(kind=RefusalKind.UNSUPPORTED, detail=text)
        self._confirm(event.receipt)
        return [] if found is None else [found]

    @property
    def _listened(self) -> frozenset[str]:
        # Not what the protocol says: it has read the frames behind this one as well.
        return frozenset(self._listening.values())

    def _on_connect(self, request: ConnectRequested) -> SessionEvent:
        if not request.versions:
            text = "CONNECT offers no STOMP version that we speak"
            return Refused(kind=RefusalKind.NO_COMMON_VERSION, detail=text)
        header = self._api.credential
        given = None if header is None else request.headers.get(header.name)
        if given is not None and not self._authenticate(given):
            text = "CONNECT carries a credential that is not accepted"
            return Refused(kind=RefusalKind.BAD_CREDENTIAL, detail=text)
        # An API without a credential header has nothing to ask for.
        self._reception.authenticated = header is None or given is not None
        accepted = self._accepts and self.protocol.state is State.CONNECTING
        if accepted:
            self.accept()
        return ConnectArrived(
            authenticated=self.authenticated,
            accepted=accepted,
            versions=request.versions,
            host=request.host,
        )

    def _confirm(self, receipt: str | None) -> None:
        # Unreadable octets after this frame may have closed the session already.
        if receipt is not None and self._receipts and not self.protocol.closed:
            self.protocol.receipt(receipt)

    def _leave(self, *, polite: bool, reason: str) -> list[SessionEvent]:
        if self._left:
            return []
        self._left = True
        return [ClientLeft(polite=polite, reason=reason)]

    def _broken(self, error: RemoteProtocolError) -> list[SessionEvent]:
        if self._left:
            return []
        refusal = Refused(kind=RefusalKind.BROKEN_PROTOCOL, detail=str(error))
        return [refusal, *self._leave(polite=False, reason="the client broke the protocol")]
