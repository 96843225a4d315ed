"""A relay that kills the till, or the link, at a place; and remembers what was said over it."""

from collections.abc import Callable
from typing import Any

from tests.proof.points import AtFrame, AtJournal, AtOctet, How, Strike

from fault_relay import Bytes, Direction, Fault, FaultRelay, FrameNumber, Kind, Lane
from fault_relay import Connection as Link
from fault_relay import Piece as Part


class StrikingRelay(FaultRelay):
    """Relays to a simulator, and strikes once.

    Args:
        target: The simulator.
        strike: What shall happen here; None is nothing.
        kill: Ends the till's process at once; called by a strike that kills.
    """

    def __init__(
        self, target: tuple[str, int], strike: Strike | None, kill: Callable[[], None]
    ) -> None:
        super().__init__(target)
        wire = strike is not None and not isinstance(strike.place, AtJournal)
        self._strike = strike if wire else None
        self._kill = kill
        self.struck = False
        self.down = False
        """True during an outage: connections end as soon as they are made."""

    def _accept(self) -> None:
        super()._accept()
        if self.down:
            self.connections[-1].close(reset=True)

    def _treat(self, connection: Link, lane: Lane, piece: Part) -> None:
        strike = self._strike
        if (
            strike is None
            or self.struck
            or lane.muted
            or not self._is_here(connection, lane, piece)
        ):
            super()._treat(connection, lane, piece)
            return
        self.struck = True
        place = strike.place
        if strike.how.kills:
            if isinstance(place, AtOctet):
                size = place.count - piece.offset
            else:
                size = 0 if place.before else len(piece.raw)
            if size == len(piece.raw):
                self._pass(connection, lane, piece)
            elif size:
                self._send(connection, lane, piece.raw[:size])
            self._kill()
            connection.close()
            return
        kind = Kind.RESET if strike.how is How.RESET else Kind.CRASH
        at: Any
        if isinstance(place, AtOctet):
            at = Bytes(place.count)
        else:
            at = FrameNumber(place.number, before=place.before)
        self.down = strike.how is How.OUTAGE
        self._break(connection, lane, piece, Fault(kind=kind, direction=lane.direction, at=at))

    def _is_here(self, connection: Link, lane: Lane, piece: Part) -> bool:
        place = self._strike.place if self._strike is not None else None
        if not isinstance(place, AtFrame | AtOctet) or place.direction is not lane.direction:
            return False
        if self.connections.index(connection) + 1 != place.connection:
            return False
        if isinstance(place, AtFrame):
            return piece.number == place.number
        return piece.offset <= place.count < piece.end

    # What was said.

    def sent(self, destination: str, mark: bytes) -> int:
        """How many SEND frames to a destination, with a mark in their body, the till has sent.

        Also those that were cut off behind it.
        """
        return sum(
            frame.command == "SEND"
            and frame.header("destination") == destination
            and mark in frame.body.replace(b" ", b"")
            for link in self.connections
            for piece in link.to_server.came
            if (frame := piece.frame) is not None
        )

    def sizes(self) -> "list[dict[Direction, tuple[int, ...]]]":
        """Of each connection, the octets of each STOMP frame both ways."""
        return [
            {
                lane.direction: tuple(len(piece.raw) for piece in lane.came if piece.number)
                for lane in link.lanes
            }
            for link in self.connections
        ]

    def octets(self) -> "list[dict[Direction, int]]":
        """Of each connection, all that is there in every run: the upgrade and the STOMP frames."""
        return [
            {
                lane.direction: sum(len(p.raw) for p in lane.came if p.number is not None)
                for lane in link.lanes
            }
            for link in self.connections
        ]
