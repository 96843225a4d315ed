"""What watchers of the feed are told about one connection. Nothing is made when nobody watches."""

from typing import Any

from stompws.frames import Frame
from stompws.session import Direction

from .documentation import codec
from .faults import Fault
from .feed import ClientConnected, ClientLeft, FaultDone, Parting
from .feed_frames import frame_seen
from .world import World


class ConnectionFeed:
    """Tells of one connection; it has the next number."""

    def __init__(self, world: World, paypoint_id: str) -> None:
        self._world = world
        self._paypoint_id = paypoint_id
        self._number = world.next_connection()

    def tell_connected(self) -> None:
        """A client is there."""
        if self._world.feed.watched:
            self._world.feed.publish(ClientConnected(**self._where()))

    def tell_left(self, how: Parting) -> None:
        """It has gone."""
        if self._world.feed.watched:
            self._world.feed.publish(ClientLeft(**self._where(), how=how))

    def tell_frame(self, direction: Direction, frame: Frame, fault: str | None = None) -> None:
        """A frame has come, or leaves."""
        if self._world.feed.watched:
            seen = frame_seen(direction, frame, codec(), **self._where(), fault=fault)
            self._world.feed.publish(seen)

    def tell_fault(self, fault: Fault) -> None:
        """A fault happens."""
        if self._world.feed.watched:
            self._world.feed.publish(FaultDone(**self._where(), kind=fault.kind.value))

    def _where(self) -> dict[str, Any]:
        return {
            "at": self._world.clock.now(),
            "paypoint_id": self._paypoint_id,
            "connection": self._number,
        }
