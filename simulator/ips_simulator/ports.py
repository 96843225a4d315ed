"""The way of one connection's replies, with what a server that is odd needs besides."""

from typing import Any, Protocol

from stompws.descriptors import Operation
from stompws.handler import ReplyPort
from stompws.jsontext import parse, render
from stompws.shapes import Struct
from stompws.values import Json, is_mapping
from worldpay_ips.operations import API

from .documentation import codec
from .faults import Fault
from .scenario import Patch


class SimulatorPort(ReplyPort, Protocol):
    """What a handler is given; the connection is one."""

    async def send_body(self, operation: Operation, body: bytes) -> None:
        """Send any bytes as a reply."""

    async def strike(self, fault: Fault) -> None:
        """Make a fault happen now."""

    async def wait_until_left(self) -> None:
        """Return when the client is gone."""

    @property
    def left(self) -> bool:
        """True when the client is gone."""
        ...


class PatchingPort:
    """Changes the replies of one operation on their way."""

    def __init__(self, port: SimulatorPort, operation: Operation, patch: Patch) -> None:
        self._port, self._operation, self._patch = port, operation, patch

    async def send(self, operation: Operation, message: Struct) -> None:
        """Send a reply."""
        if operation is self._operation and self._patch:
            await self._port.send_body(operation, patched(message, self._patch))
        else:
            await self._port.send(operation, message)

    async def ask(self, operation: Operation, message: Struct) -> Struct:
        """Ask, unchanged."""
        return await self._port.ask(operation, message)

    async def send_body(self, operation: Operation, body: bytes) -> None:
        """Send any bytes as a reply."""
        await self._port.send_body(operation, body)

    async def strike(self, fault: Fault) -> None:
        """Make a fault happen now."""
        await self._port.strike(fault)

    async def wait_until_left(self) -> None:
        """Return when the client is gone."""
        await self._port.wait_until_left()

    @property
    def left(self) -> bool:
        """True when the client is gone."""
        return self._port.left


def main_reply(operation: Operation) -> Operation:
    """The reply that answers an operation: its result or, where there is none, its first."""
    replies = [reply.operation for reply in operation.conversation.replies]
    result = "onPaymentResult"
    return API.by_name[result if result in replies else replies[0]]


def patched(message: Struct, patch: Patch) -> bytes:
    """A message as it travels, changed by a patch that may break every rule."""
    return to_bytes(merge(to_json(message), patch))


def to_json(message: Struct) -> Json:
    """A message as the data that it travels as."""
    value, _ = parse(codec().encode(message))
    return value


def to_bytes(value: Json) -> bytes:
    """Data as it travels."""
    return render(value).encode()


def merge(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2."""
    if not is_mapping(patch):
        return patch
    merged = dict(target) if is_mapping(target) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), value)
    return merged
