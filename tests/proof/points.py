"""Where a case strikes, and how: the vocabulary of the proof. `str` and `parse` are opposites."""

import re
from enum import StrEnum
from typing import Final, TypeAlias

import attrs

from fault_relay import Direction


class How(StrEnum):
    """What happens at the place."""

    KILL = "kill"
    """SIGKILL of the till's process; what it had not written is gone."""

    CUT = "cut"
    """The link ends both ways, as when a router dies. The till goes on, and finds a new link."""

    RESET = "reset"
    """The same with RST."""

    OUTAGE = "outage"
    """The link ends, and no other stands before the till has given up."""

    FULL = "full"
    """From here on the disk takes no further octet of the journal."""

    LOCKED = "locked"
    """From here on another program keeps the journal locked, until the till has ended."""

    TORN = "torn"
    """SIGKILL, and behind what was written lies what a power cut leaves of a further write."""

    RESTART = "restart"
    """The database crashes, and comes back."""

    @property
    def kills(self) -> bool:
        """True when the process dies."""
        return self in (How.KILL, How.TORN)

    @property
    def is_of_journal(self) -> bool:
        """True when it happens to the journal, not to the till or its link."""
        return self in (How.FULL, How.LOCKED, How.TORN, How.RESTART)


class Stage(StrEnum):
    """Which process of the case is struck."""

    ACT = "act"
    """The one that begins the operation."""
    RECOVER = "recover"
    """The next one, that finds out what became of it, after the first was killed."""


@attrs.frozen
class AtFrame:
    """A boundary between STOMP frames; heart-beats are none."""

    connection: int
    """Of the struck process, from 1: asking for the truth takes further connections."""
    direction: Direction
    number: int
    """Counts the frames of its direction from 1; 0 is the HTTP upgrade."""
    before: bool
    """True: the frame came, and nothing of it passed. False: all of it passed."""

    def __str__(self) -> str:
        side = "before" if self.before else "after"
        return f"{self.connection}.{self.direction}.{side}.{self.number}"


@attrs.frozen
class AtOctet:
    """Behind so many octets of one direction, the HTTP upgrade included."""

    connection: int
    direction: Direction
    count: int

    def __str__(self) -> str:
        return f"{self.connection}.{self.direction}.octet.{self.count}"


@attrs.frozen
class AtJournal:
    """A write into the journal, counted from 1 in the struck process."""

    number: int
    before: bool

    def __str__(self) -> str:
        return f"journal.{'before' if self.before else 'after'}.{self.number}"


_TROUBLES: Final = {
    How.FULL: "disk full",
    How.LOCKED: "journal locked",
    How.TORN: "journal torn",
    How.RESTART: "database restarted",
}
Place: TypeAlias = AtFrame | AtOctet | AtJournal


@attrs.frozen
class Strike:
    """One thing that goes wrong, once."""

    how: How
    place: Place
    stage: Stage = Stage.ACT

    def __str__(self) -> str:
        return f"{self.stage}/{self.how}/{self.place}"

    @property
    def kind(self) -> str:
        """Its column group in the matrix."""
        if self.stage is Stage.RECOVER:
            return f"{self.how.value} while recovering"
        if self.how.is_of_journal:
            return _TROUBLES[self.how]
        where = {AtFrame: "at frames", AtOctet: "at octets", AtJournal: "at the journal"}
        return f"{self.how.value} {where[type(self.place)]}"


_TEXT: Final = re.compile(
    rf"(?P<stage>{'|'.join(Stage)})/(?P<how>{'|'.join(How)})/"
    r"(?:journal\.(?P<when>before|after)\.(?P<call>\d+)"
    r"|(?P<link>\d+)\.(?P<way>to-server|to-client)\.(?P<side>before|after|octet)\.(?P<at>\d+))"
)


def parse(text: str) -> Strike:
    """Read what `str` of a strike wrote."""
    if (found := _TEXT.fullmatch(text)) is None:
        raise ValueError(f"{text!a} is no strike")
    how, stage = How(found["how"]), Stage(found["stage"])
    if found["call"]:
        return Strike(how, AtJournal(int(found["call"]), found["when"] == "before"), stage)
    link, way, at = int(found["link"]), Direction(found["way"]), int(found["at"])
    if found["side"] == "octet":
        return Strike(how, AtOctet(link, way, at), stage)
    return Strike(how, AtFrame(link, way, at, found["side"] == "before"), stage)
