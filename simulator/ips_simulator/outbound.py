"""The way of a connection's frames from its session to its WebSocket, where faults strike them."""

import asyncio
from collections import deque
from collections.abc import Coroutine, Iterable
from typing import Any, Protocol

import attrs

from stompws.frames import Frame, Version, encode_frame

from .connection_feed import ConnectionFeed
from .fault_desk import comes_by
from .fault_frames import Parcel, change
from .faults import OF_A_FRAME, Fault, FaultKind
from .profiles import dress
from .world import World

BEAT = b"\n"


class Line(Protocol):
    """What the outbound way needs of its connection."""

    async def write(self, message: str | bytes) -> None:
        """Send one WebSocket message; to a client that has gone it goes nowhere."""

    async def strike_now(self, fault: Fault) -> None:
        """Make a fault of the connection happen."""

    def later(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run something that may outlive the connection."""
        ...


class Outbound:
    """Sends what the session says, in its order and as the profile writes it, unless faults strike.

    What is to be sent is handed over without waiting; a held-up frame holds up nobody who speaks.
    """

    def __init__(self, line: Line, feed: ConnectionFeed, world: World, paypoint_id: str) -> None:
        self._line, self._feed = line, feed
        self._profile, self._clock, self._desk = world.profile, world.clock, world.faults
        self._paypoint_id = paypoint_id
        self._said: deque[Frame] = deque()
        self._ready: deque[Frame | None] = deque()
        """What was said and is not on its way: frames, and None for heart-beats."""
        self._octets: deque[bytes] = deque()
        self._writing = asyncio.Lock()
        self._armed: list[Fault] = []
        self._count = 0
        self._held: list[Parcel] = []
        """Waiting for those that shall overtake, or travel with, them."""
        self._holds: Fault | None = None
        self._delayed: asyncio.Task[None] | None = None
        self._silent = self._no_receipts = self._no_beats = False
        self._chunk: int | None = None
        self._receipts: dict[str, str] = {}  # receipt id to the command that asked for it
        self._send_receipt: str | None = None
        self.version = Version.V1_2

    # -- what the connection tells

    def note_received(self, frame: Frame) -> None:
        """A frame came in; a profile may be choosy about its receipt."""
        if (receipt := frame.header("receipt")) is not None:
            self._receipts[receipt] = frame.command
            if frame.command == "SEND":
                self._send_receipt = receipt

    def note_said(self, frame: Frame) -> None:
        """The session says a frame; its octets follow in `send`."""
        self._said.append(frame)

    def arm(self, fault: Fault) -> None:
        """Have a fault strike when its frame comes by."""
        self._armed.append(fault)

    # -- faults of the whole way

    def fall_silent(self) -> None:
        """Nothing leaves any more."""
        self._silent = True
        self._held.clear()

    def stop_receipts(self) -> None:
        """No RECEIPT leaves any more."""
        self._no_receipts = True

    def stop_beats(self) -> None:
        """No heart-beat leaves any more."""
        self._no_beats = True

    def chunk(self, octets: int) -> None:
        """Cut every frame into WebSocket messages of so many octets."""
        self._chunk = octets

    async def inject(self, frame: Frame, fault: Fault) -> None:
        """Send a frame that the session knows nothing of. For `strike_now`."""
        if not self._silent:
            parcel = Parcel(frame, encode_frame(frame, self.version), fault.kind.value)
            await self._write([parcel])

    # -- sending

    async def send(self, items: Iterable[bytes]) -> None:
        """Send what the session has said."""
        for data in items:
            self._octets.append(data)
            self._ready.append(None if data == BEAT else self._said.popleft())
        if self._delayed is None:
            await self._send_ready()

    async def wait_until_sent(self) -> None:
        """Return when nothing is held up."""
        if self._delayed is not None:
            await asyncio.wait({self._delayed})
        async with self._writing:
            await self._release()

    async def _send_ready(self) -> None:
        async with self._writing:  # frames leave in the order in which they were said
            while self._ready and self._delayed is None:
                frame, data = self._ready.popleft(), self._octets.popleft()
                if frame is None:
                    await self._send_beat()
                elif self._is_sent(frame):
                    await self._send_frame(Parcel(frame, data))

    async def _send_beat(self) -> None:
        if not self._silent and not self._no_beats:
            await self._line.write("\n")

    def _is_sent(self, frame: Frame) -> bool:
        if frame.command != "RECEIPT":
            return True
        command = self._receipts.pop(frame.header("receipt-id") or "", "")
        return not self._no_receipts and command in self._profile.receipts

    async def _send_frame(self, parcel: Parcel) -> None:
        self._count += 1
        if self._profile.repeats_receipt and parcel.frame.command == "MESSAGE":
            parcel = self._with_receipt(parcel)
        faults = self._due(parcel.frame)
        ways: list[Fault] = []
        for fault in faults:
            if fault.kind in OF_A_FRAME:
                self._feed.tell_fault(fault)
                parcel = change(parcel, fault, self.version)
                ways.append(fault)
            else:
                await self._line.strike_now(fault)
        if not self._silent:
            await self._send_on_its_way(parcel, ways)

    def _with_receipt(self, parcel: Parcel) -> Parcel:
        if self._send_receipt is None:
            return parcel
        headers = (*parcel.frame.headers, ("receipt", self._send_receipt))
        frame = Frame(parcel.frame.command, headers, parcel.frame.body)
        return Parcel(frame, encode_frame(frame, self.version))

    def _due(self, frame: Frame) -> list[Fault]:
        due: list[Fault] = []
        if self._armed:
            due = [one for one in self._armed if comes_by(one, frame, self._count)]
            self._armed = [one for one in self._armed if not any(one is other for other in due)]
        if not self._desk.empty:
            due += self._desk.take_for_frame(self._paypoint_id, frame, self._count)
        return due

    async def _send_on_its_way(self, parcel: Parcel, faults: list[Fault]) -> None:
        for fault in faults:
            match fault.kind:
                case FaultKind.LATE:
                    self._line.later(self._send_late(parcel, fault.pause))
                    return
                case FaultKind.DELAY:
                    self._hold_up(parcel, fault.pause)
                    return
                case FaultKind.REORDER | FaultKind.MERGED if self._holds is None:
                    self._holds, self._held = fault, [parcel]
                    self._line.later(self._give_up_holding(fault))
                    return
                case FaultKind.DUPLICATE:
                    for _ in range(fault.number):
                        await self._write([parcel])
                case _:
                    pass  # what is in the frame is changed already
        await self._send_with_held(parcel)

    async def _send_with_held(self, parcel: Parcel) -> None:
        match self._holds:
            case None:
                await self._write([parcel])
            case Fault(kind=FaultKind.REORDER):
                await self._write([parcel])
                await self._release()
            case Fault() as merging:
                self._held.append(attrs.evolve(parcel, fault=parcel.fault or merging.kind.value))
                if len(self._held) >= merging.number:
                    await self._release()

    async def _release(self) -> None:
        held, self._held, self._holds = self._held, [], None
        if held and not self._silent:
            await self._write(held)

    async def _give_up_holding(self, fault: Fault) -> None:
        """No further frame has come: send what waits for one."""
        await self._clock.sleep(fault.pause)
        async with self._writing:
            if self._holds is fault:
                await self._release()

    async def _send_late(self, parcel: Parcel, seconds: float) -> None:
        await self._clock.sleep(seconds)
        async with self._writing:
            if not self._silent:
                await self._write([parcel])

    def _hold_up(self, parcel: Parcel, seconds: float) -> None:
        async def go_on() -> None:
            await self._clock.sleep(seconds)
            async with self._writing:
                if not self._silent:
                    await self._send_with_held(parcel)
            self._delayed = None
            await self._send_ready()

        self._delayed = self._line.later(go_on())

    async def _write(self, parcels: list[Parcel]) -> None:
        """Send frames in one WebSocket message or, chunked, in many."""
        for parcel in parcels:
            self._feed.tell_frame("sent", parcel.frame, parcel.fault or self._way)
        data = b"".join(dress(parcel.data, self._profile) for parcel in parcels)
        size = self._chunk or len(data)
        for start in range(0, len(data), size):
            await self._line.write(_message(data[start : start + size]))

    @property
    def _way(self) -> str | None:
        return None if self._chunk is None else FaultKind.CHUNKED.value


def _message(data: bytes) -> str | bytes:
    """Text where it is text: half a character and damaged octets travel as binary."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data
