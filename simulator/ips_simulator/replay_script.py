"""What a recording says that a server did: conversations, each as a list of steps.

One connection of the recording is one conversation. What the client sent in it is `Heard`, what
the server sent is `Said`; STOMP's own frames (CONNECT, SUBSCRIBE, RECEIPT, …) are left out, for
they are negotiated anew.
"""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from stompws.descriptors import Action, Connection, Operation
from stompws.values import Json
from worldpay_ips.operations import API

from .ledger import ChargeKind
from .recording import Recorded, Recording, RecordingError

CORRELATION_ID: Final = "x-wp-correlation-id"
MESSAGE_ID: Final = "x-wp-message-id"
REFERENCE: Final = "merchantTransactionReference"

_NEW: Final = [one for one in API.operations if one.conversation.connection is Connection.NEW]
_SENT: Final = {one.channel.address: one for one in API.operations if one.action is Action.SEND}
_OPENED_BY_SEND: Final = {one.channel.address for one in _NEW if one.action is Action.SEND}
_OPENED_BY_SUBSCRIBING: Final = {
    one.channel.address: one for one in _NEW if one.action is Action.RECEIVE
}
_RECEIVED: Final = {
    one.channel.address: one for one in API.operations if one.action is Action.RECEIVE
}
_CUTS: Final = frozenset({"drop", "reset"})


@attrs.frozen(kw_only=True)
class Heard:
    """The client sends a message inside the conversation."""

    line: int
    pause: float
    """Seconds since the step before."""
    operation: Operation
    body: Json


@attrs.frozen(kw_only=True)
class Said:
    """The server sends a message."""

    line: int
    pause: float
    operation: Operation
    body: Json
    headers: Mapping[str, str]
    """The application's; without the correlation id where it is that of the request."""
    echoes: bool
    """Whether it carries the correlation id of the request."""
    receipt: str | None = None
    """The text of a receipt."""


@attrs.frozen(kw_only=True)
class SaidError:
    """The server sends a STOMP ERROR and closes the connection."""

    line: int
    pause: float
    message: str


@attrs.frozen(kw_only=True)
class Cut:
    """The server's end of the connection breaks."""

    line: int
    pause: float


@attrs.frozen(kw_only=True)
class Booked:
    """The ledger gets an entry."""

    line: int
    pause: float
    kind: ChargeKind
    charge: Mapping[str, Any]


Step = Heard | Said | SaidError | Cut | Booked


@attrs.frozen(kw_only=True)
class Conversation:
    """One request and all that came of it."""

    line: int
    paypoint_id: str | None
    operation: Operation
    body: Json
    """Of the request; None when a subscription was the request."""
    steps: tuple[Step, ...]

    @property
    def reference(self) -> str | None:
        """What the recorded client called the payment."""
        return reference_of(self.body)


def reference_of(body: Json) -> str | None:
    """The merchant's reference in a message."""
    found = body.get(REFERENCE) if isinstance(body, Mapping) else None
    return found if isinstance(found, str) else None


def conversations_of(recording: Recording) -> tuple[Conversation, ...]:
    """The conversations of a recording, in the order of their requests.

    Raises:
        RecordingError: There is none, or an event is not as the recorder writes it.
    """
    writer = _Writer()
    for event in recording.events:
        try:
            writer.take(event)
        except (KeyError, TypeError, ValueError, AttributeError) as exc:
            raise RecordingError(
                f"line {event.line}: a {event.event} is not as the recorder writes it"
                f" ({type(exc).__name__})"
            ) from None
    found = [one.finish() for one in writer.begun]
    if not found:
        raise RecordingError("there is nothing to replay: nobody has sent a request")
    return tuple(found)


class _Begun:
    """A conversation that is being collected."""

    def __init__(self, event: Recorded, operation: Operation, body: Json, headers: Any) -> None:
        self.event, self.operation, self.body = event, operation, body
        self.correlation_id = dict(headers).get(CORRELATION_ID)
        self.steps: list[Step] = []
        self.last = event.at
        self.over = False

    def pause(self, event: Recorded) -> dict[str, Any]:
        """Line and pause of a step."""
        pause, self.last = max(event.at - self.last, 0.0), max(event.at, self.last)
        return {"line": event.line, "pause": pause}

    def finish(self) -> Conversation:
        return Conversation(
            line=self.event.line,
            paypoint_id=self.event.paypoint_id,
            operation=self.operation,
            body=self.body,
            steps=tuple(self.steps),
        )


class _Writer:
    """Sorts the events of all connections."""

    def __init__(self) -> None:
        self.begun: list[_Begun] = []
        self._open: dict[int | None, _Begun] = {}

    def take(self, event: Recorded) -> None:
        match event.event:
            case "FrameSeen":
                self._take_frame(event)
            case "FaultDone" if event.data["kind"] in _CUTS:
                if (begun := self._open.get(event.connection)) is not None and not begun.over:
                    begun.over = True
                    begun.steps.append(Cut(**begun.pause(event)))
            case "ClientLeft":
                if (begun := self._open.get(event.connection)) is not None:
                    begun.over = True
            case "ReceiptSent":
                self._take_receipt(event)
            case "ChargeBooked":
                self._take_charge(event)
            case _:
                pass  # for people

    def _take_frame(self, event: Recorded) -> None:
        data = event.data
        headers, body = [(str(n), str(v)) for n, v in data["headers"]], data.get("body")
        # STOMP 1.2, Repeated Header Entries: the first one wins.
        address = dict(reversed(headers)).get("destination", "")
        begun = self._open.get(event.connection)
        if begun is None:
            if data["direction"] == "in" and (opened := _opened(data["command"], address)):
                begun = self._open[event.connection] = _Begun(event, opened, body, headers)
                self.begun.append(begun)
            return
        match data["direction"], data["command"]:
            case "in", "SEND" if address in _SENT:
                operation = _SENT[address]
                begun.steps.append(Heard(**begun.pause(event), operation=operation, body=body))
            case "out", "MESSAGE" if address in _RECEIVED:
                begun.steps.append(_said(begun, event, _RECEIVED[address], headers, body))
            case "out", "ERROR":
                message = dict(headers).get("message", "")
                begun.steps.append(SaidError(**begun.pause(event), message=message))
            case _:
                pass

    def _take_receipt(self, event: Recorded) -> None:
        """Give the latest receipt of its kind its text."""
        for begun in reversed(self.begun):
            if begun.event.paypoint_id != event.paypoint_id:
                continue
            for index, step in reversed(list(enumerate(begun.steps))):
                if isinstance(step, Said) and step.operation.name == "onPaymentReceipt":
                    if step.receipt is None:
                        begun.steps[index] = attrs.evolve(step, receipt=str(event.data["text"]))
                    return

    def _take_charge(self, event: Recorded) -> None:
        charge = event.data["charge"]
        kind, reference = ChargeKind(charge["kind"]), charge["merchant_transaction_reference"]
        own = [one for one in self.begun if one.event.paypoint_id == event.paypoint_id]
        same = [one for one in own if reference_of(one.body) == reference]
        begun = (same or own)[-1] if own else None
        if begun is not None:
            begun.steps.append(Booked(**begun.pause(event), kind=kind, charge=charge))


def _opened(command: str, address: str) -> Operation | None:
    if command == "SEND" and address in _OPENED_BY_SEND:
        return _SENT[address]
    return _OPENED_BY_SUBSCRIBING.get(address) if command == "SUBSCRIBE" else None


def _said(
    begun: _Begun, event: Recorded, operation: Operation, headers: list[tuple[str, str]], body: Json
) -> Said:
    own = {name: value for name, value in headers if name in (CORRELATION_ID, MESSAGE_ID)}
    echoes = own.get(CORRELATION_ID) == begun.correlation_id
    if echoes:
        own.pop(CORRELATION_ID, None)
    return Said(**begun.pause(event), operation=operation, body=body, headers=own, echoes=echoes)
