"""What several tests use: a client that may break every rule, and a till in a few calls."""

import contextlib
import json
import logging
import uuid
from collections import deque
from contextlib import ExitStack
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from ips_simulator import Simulator
from stompws.frame_parser import FrameParser, Heartbeat
from stompws.frames import Frame, Version, encode_frame, make_headers
from worldpay_ips import (
    CardPresent,
    ClientOptions,
    Deadlines,
    Instruction,
    OriginalCard,
    PaymentApi,
    PaymentCancellation,
    PaymentOutcome,
    PaymentRequest,
    PaymentResult,
    PaymentSettlement,
    PaymentType,
    RequestValue,
    Result,
)
from worldpay_ips.operations import API

CORRELATION = "x-wp-correlation-id"
# websockets writes frames into its log at DEBUG level; here they hold keys.
SILENT = logging.Logger("silent", level=logging.CRITICAL + 1)  # noqa: LOG001 - in no hierarchy


SALE: dict[str, Any] = {
    "paymentType": "sale",
    "merchantTransactionReference": "M1",
    "instruction": {"value": {"amount": 1099}, "paymentInstrument": {"type": "card/present"}},
}
# Nothing here takes seconds; a test that waits in vain should not take minutes.
PROMPT = ClientOptions(deadlines=Deadlines(first_event=10, between_events=10, total=30))


def till(simulator: Simulator, paypoint_id: str = "INST001") -> PaymentApi:
    """A till with a valid key."""
    server = simulator.server(paypoint_id)
    return PaymentApi(server, license_key=simulator.license_key, options=PROMPT)


class RawClient:
    """Frames to and from a simulator, without any rule."""

    def __init__(self, simulator: Simulator, *, subprotocols: list[str] | None = None) -> None:
        self.simulator = simulator
        self._stack = ExitStack()
        self.socket: ClientConnection = self._stack.enter_context(
            connect(
                simulator.server().url,
                subprotocols=subprotocols,
                logger=SILENT,
                compression=None,
                proxy=None,
            )
        )
        self._parser = FrameParser()
        self._received: deque[Frame] = deque()
        self.ids: dict[str, str] = {}
        """Subscriptions: destination to id."""

    def close(self) -> None:
        """Close the WebSocket."""
        self._stack.close()

    def say(self, command: str, headers: dict[str, str] | None = None, body: bytes = b"") -> None:
        """Send a frame as text."""
        frame = Frame(command, make_headers(headers or {}), body)
        self.socket.send(encode_frame(frame, Version.V1_2).decode())

    def connect(
        self, license_key: str | None = None, command: str = "CONNECT", **more: str
    ) -> Frame:
        """Ask for a session; return what is answered."""
        headers = {"accept-version": "1.0,1.1,1.2", "host": "localhost", **more}
        if license_key is not None:
            headers["x-wp-authorization"] = license_key
        self.say(command, headers)
        return self.next_frame()

    def subscribe(self, *addresses: str) -> None:
        """Subscribe."""
        for address in addresses:
            self.ids[address] = str(len(self.ids) + 1)
            self.say("SUBSCRIBE", {"id": self.ids[address], "destination": address})

    def subscribe_all(self, operation: str) -> None:
        """Subscribe to everything that answers an operation."""
        rules = API.by_name[operation].conversation
        names = [*rules.errors, *(reply.operation for reply in rules.replies)]
        self.subscribe(*(API.by_name[name].channel.address for name in names))

    def send(self, destination: str, payload: object, correlation_id: str | None = None) -> str:
        """Send a payload, as JSON or as the text that it is; return its correlation id."""
        correlation_id = correlation_id or str(uuid.uuid4())
        text = payload if isinstance(payload, str) else json.dumps(payload)
        self.say("SEND", {"destination": destination, CORRELATION: correlation_id}, text.encode())
        return correlation_id

    def next_frame(self) -> Frame:
        """The next frame; heart-beats are skipped."""
        while not self._received:
            data = self.socket.recv(timeout=10)
            self._parser.feed(data.encode() if isinstance(data, str) else data)
            while (item := self._parser.next_frame()) is not None:
                if not isinstance(item, Heartbeat):
                    self._received.append(item)
        return self._received.popleft()

    def wait_until_read(self) -> None:
        """Return when the simulator has taken everything that was said."""
        self.say("SUBSCRIBE", {"id": "last", "destination": "/client/v1/error", "receipt": "read"})
        while self.next_frame().command != "RECEIPT":
            pass

    def wait_until_closed(self) -> None:
        """Return when the simulator has closed the connection."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                self.socket.recv(timeout=10)

    def next_message(self) -> tuple[str, dict[str, object]]:
        """Destination and payload of the next MESSAGE."""
        frame = self.next_frame()
        assert frame.command == "MESSAGE", frame.header("message")
        return frame.header("destination") or "", json.loads(frame.body)


def pay(api: PaymentApi, type_: PaymentType, amount: int, reference: str = "M1") -> PaymentOutcome:
    request = PaymentRequest(
        payment_type=type_,
        merchant_transaction_reference=reference,
        instruction=Instruction(
            value=RequestValue(amount=amount), payment_instrument=CardPresent()
        ),
    )
    with api.start_payment(request) as payment:
        results = [e.payload for e in payment if isinstance(e.payload, PaymentResult)]
    return results[0].payments[0]


def card_of(outcome: PaymentOutcome) -> OriginalCard:
    assert outcome.payment_instrument is not None
    card = outcome.payment_instrument.card
    assert card is not None
    return OriginalCard(card_number=card.card_number, card_expiry_date=card.expiry_date)


def cancel(api: PaymentApi, outcome: PaymentOutcome, card: OriginalCard | None = None) -> Result:
    request = PaymentCancellation(
        merchant_transaction_reference=outcome.merchant_transaction_reference,
        gateway_transaction_reference=outcome.gateway_transaction_reference,
        payment_instrument=card or card_of(outcome),
    )
    with api.cancel_payment(request) as conversation:
        results = [e.payload for e in conversation if isinstance(e.payload, PaymentResult)]
    return results[0].payments[0].result


def settle(api: PaymentApi, outcome: PaymentOutcome, amount: int | None = None) -> Result:
    request = PaymentSettlement(
        merchant_transaction_reference=outcome.merchant_transaction_reference,
        gateway_transaction_reference=outcome.gateway_transaction_reference,
        value=None if amount is None else RequestValue(amount=amount),
        payment_instrument=card_of(outcome),
    )
    with api.settle_payment(request) as conversation:
        results = [e.payload for e in conversation if isinstance(e.payload, PaymentResult)]
    return results[0].payments[0].result
