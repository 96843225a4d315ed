"""Tills in an event loop: each is a WebSocket, our STOMP session, and what it was told."""

import json
import logging
import ssl
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import attrs
from tests.simulator.crowd import payment
from websockets.asyncio.client import ClientConnection, connect

from stompws.client_protocol import ClientProtocol
from stompws.codec import Codec
from stompws.session_events import Connected, Disconnected, ErrorReceived, MessageReceived
from worldpay_ips import PaymentType
from worldpay_ips.operations import API

_START = API.by_name["startPayment"]
_RULES = _START.conversation
_ADDRESSES = [
    API.by_name[name].channel.address
    for name in (*_RULES.errors, *(reply.operation for reply in _RULES.replies))
]
_RESULT = API.by_name["onPaymentResult"].channel.address
_COMPLETE = API.by_name["onPaymentComplete"].channel.address
_OPEN_SECONDS = 120.0
# websockets writes frames into its log at DEBUG level; here they hold keys.
_SILENT = logging.Logger("silent", level=logging.CRITICAL + 1)  # noqa: LOG001 - in no hierarchy


def make_codec() -> Codec:
    """Of all messages; it serves any number of tills."""
    return Codec([message.payload for message in API.messages])


@attrs.define
class Told:
    """What one till has heard of its sale. Times are seconds of `time.perf_counter`."""

    reference: str
    amount: int
    payments: list[dict[str, Any]] = attrs.field(factory=list[dict[str, Any]])
    """As they stand in the result messages."""
    sent_at: float = 0.0
    """When SEND was handed to the socket."""
    heard_at: list[float] = attrs.field(factory=list[float])
    """When each message came."""
    complete: bool = False

    @property
    def sold(self) -> bool:
        """True when it came to one approved result, its own, and to the end."""
        own = [
            (one.get("merchantTransactionReference"), one.get("value", {}).get("amount"))
            for one in self.payments
            if one.get("outcome") == "succeeded"
        ]
        return self.complete and own == [(self.reference, self.amount)]


class Till:
    """The frames of one sale over one connection; `overheard` is given what comes, as it came."""

    def __init__(
        self,
        socket: ClientConnection,
        told: Told,
        *,
        overheard: Callable[[str], None] | None = None,
    ) -> None:
        self._socket, self._told, self._overheard = socket, told, overheard
        self._stomp = ClientProtocol()

    async def begin(self, license_key: str) -> None:
        """Connect, as STOMP has it, and subscribe."""
        self._stomp.connect({"x-wp-authorization": license_key}, host="localhost")
        await self._flush()
        while not await self.hear():
            pass
        for address in _ADDRESSES:
            self._stomp.subscribe(address)
        await self._flush()

    async def ask(self, codec: Codec) -> None:
        """Ask for the sale."""
        request = payment(PaymentType.SALE, self._told.reference, self._told.amount)
        headers = {"x-wp-correlation-id": str(uuid4()), "content-type": "application/json"}
        self._stomp.send(_START.channel.address, codec.encode(request), headers)
        self._told.sent_at = time.perf_counter()
        await self._flush()

    async def hear(self) -> bool:
        """Read what comes next, and note it; False when it was a heart-beat."""
        data = await self._socket.recv()
        if self._overheard is not None:
            self._overheard(str(data))
        events = self._stomp.receive_data(data, time.monotonic())
        for event in events:
            match event:
                case MessageReceived(destination=destination, body=body):
                    self._told.heard_at.append(time.perf_counter())
                    if destination == _RESULT:
                        self._told.payments += json.loads(body)["payments"]
                    self._told.complete |= destination == _COMPLETE
                case ErrorReceived() | Disconnected():
                    raise ConnectionError("the simulator said ERROR")
                case _:
                    pass
        return any(isinstance(event, Connected | MessageReceived) for event in events)

    async def _flush(self) -> None:
        for data in self._stomp.data_to_send(time.monotonic()):
            await self._socket.send(data.decode())


def dial(url: str, tls: ssl.SSLContext | None = None) -> connect:
    """A WebSocket to a paypoint."""
    return connect(
        url, ssl=tls, compression=None, ping_interval=None, open_timeout=_OPEN_SECONDS,
        logger=_SILENT,
    )  # fmt: skip


async def sell(
    url: str,
    license_key: str,
    reference: str,
    amount: int,
    *,
    codec: Codec,
    tls: ssl.SSLContext | None = None,
    after_first: Callable[[], Awaitable[None]] | None = None,
) -> Told:
    """Take one payment over a connection of its own; `after_first` follows its first message."""
    told = Told(reference, amount)
    async with dial(url, tls) as socket:
        till = Till(socket, told)
        await till.begin(license_key)
        await till.ask(codec)
        while not told.complete:
            await till.hear()
            if after_first is not None and told.heard_at:
                await after_first()
                after_first = None
    return told
