"""Faults that happen to a whole connection, or to the device: one small function for each."""

import socket
import struct
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final, Protocol

from websockets.asyncio.server import ServerConnection

from stompws.frames import Frame

from .faults import Fault, FaultKind
from .invented import MARK
from .outbound import Outbound
from .paypoint import Paypoint
from .stomp_errors import POLICY_VIOLATION
from .world import World


class Ends(Protocol):
    """What a connection is told about its end."""

    def tell_gone(self) -> None:
        """Its client is gone, or will never hear of anything again."""

    def tell_error(self, close_code: int) -> None:
        """ERROR was said."""

    def later(self, work: Coroutine[Any, Any, None]) -> object:
        """Run something that may outlive it."""


class LineFaults:
    """Makes the faults of one connection happen."""

    def __init__(
        self,
        websocket: ServerConnection,
        outbound: Outbound,
        world: World,
        paypoint: Paypoint,
        ends: Ends,
    ) -> None:
        self.websocket, self.outbound, self.ends = websocket, outbound, ends
        self.world, self.paypoint = world, paypoint
        self.deaf = False
        """Nothing that the client says arrives any more."""

    async def strike(self, fault: Fault) -> None:
        """Make a fault happen now."""
        await _STRIKES[fault.kind](self, fault)

    def cut(self) -> None:
        """Cut the TCP connection."""
        self.ends.tell_gone()
        self.outbound.fall_silent()
        self.websocket.transport.abort()

    def reset(self) -> None:
        """Cut it with RST: closing a socket that shall not linger says so."""
        held: socket.socket | None = self.websocket.transport.get_extra_info("socket")
        if held is not None and held.fileno() != -1:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.cut()


async def _drop(line: LineFaults, _fault: Fault) -> None:
    line.cut()


async def _reset(line: LineFaults, _fault: Fault) -> None:
    line.reset()


async def _half_open(line: LineFaults, fault: Fault) -> None:
    line.deaf = True
    line.outbound.fall_silent()
    line.websocket.transport.pause_reading()
    line.world.faults.note_half_open(line.websocket.transport)
    line.ends.later(_end_half_open(line, fault.pause))


async def _end_half_open(line: LineFaults, seconds: float) -> None:
    await line.world.clock.deadline(seconds)
    line.world.faults.forget_half_open(line.websocket.transport)
    line.reset()


async def _mute(line: LineFaults, _fault: Fault) -> None:
    line.outbound.fall_silent()


async def _stomp_error(line: LineFaults, fault: Fault) -> None:
    await line.outbound.inject(_error(fault), fault)
    line.outbound.fall_silent()  # STOMP: nothing follows ERROR
    line.ends.tell_error(POLICY_VIOLATION)
    line.ends.later(line.websocket.close(POLICY_VIOLATION))


async def _stomp_error_without_close(line: LineFaults, fault: Fault) -> None:
    await line.outbound.inject(_error(fault), fault)


def _error(fault: Fault) -> Frame:
    return Frame("ERROR", (("message", f"{MARK} the fault {fault.kind}"),))


async def _no_receipts(line: LineFaults, _fault: Fault) -> None:
    line.outbound.stop_receipts()


async def _no_heart_beats(line: LineFaults, _fault: Fault) -> None:
    line.outbound.stop_beats()


async def _chunked(line: LineFaults, fault: Fault) -> None:
    line.outbound.chunk(fault.number)


async def _device_restart(line: LineFaults, fault: Fault) -> None:
    line.world.faults.restart_device(line.paypoint, line.world.clock.now() + fault.pause)


_STRIKES: Final[Mapping[FaultKind, Callable[[LineFaults, Fault], Awaitable[None]]]] = {
    FaultKind.DROP: _drop,
    FaultKind.RESET: _reset,
    FaultKind.HALF_OPEN: _half_open,
    FaultKind.MUTE: _mute,
    FaultKind.STOMP_ERROR: _stomp_error,
    FaultKind.STOMP_ERROR_WITHOUT_CLOSE: _stomp_error_without_close,
    FaultKind.NO_RECEIPTS: _no_receipts,
    FaultKind.NO_HEART_BEATS: _no_heart_beats,
    FaultKind.CHUNKED: _chunked,
    FaultKind.DEVICE_RESTART: _device_restart,
}
