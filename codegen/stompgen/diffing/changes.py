"""What a comparison finds: one class for a change, one for all of them."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property

import attrs


class Kind(StrEnum):
    """What sort of change it is."""

    REMOVED = "removed"
    RENAMED = "renamed"
    """Guessed: a document does not say what became of a name. The change tells the reason."""
    NARROWED = "narrowed"
    """Takes less than before."""
    WIDENED = "widened"
    """Takes more than before."""
    CHANGED = "changed"
    """Takes other values than before: some are gone and some are new."""
    CONVERSATION = "conversation"
    """Rules about what comes when, how often, and what may be sent."""
    ADDRESS = "address"
    SERVER = "server"
    SECURITY = "security"
    HEADER_ROLE = "header-role"
    SENSITIVITY = "sensitivity"
    PYTHON = "python"
    """A name or signature of the generated code; the wire is as it was."""
    ADDED = "added"
    DOCS = "docs"
    """Descriptions, examples, sources, titles, versions: nothing that a program notices."""


class Area(StrEnum):
    """What part of an API a change is about."""

    API = "api"
    SERVER = "server"
    SECURITY = "security"
    CHANNEL = "channel"
    OPERATION = "operation"
    MESSAGE = "message"
    CLASS = "class"


class Direction(StrEnum):
    """Whether the described application sends or receives what a change is about."""

    SENT = "sent"
    RECEIVED = "received"
    BOTH = "both"
    NONE = "none"
    """No operation uses it."""

    @property
    def sends(self) -> bool:
        """True when the described application sends it."""
        return self in {Direction.SENT, Direction.BOTH}

    @property
    def receives(self) -> bool:
        """True when the described application receives it."""
        return self in {Direction.RECEIVED, Direction.BOTH}


class Level(StrEnum):
    """How much a set of changes asks of a version number."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


@attrs.frozen(kw_only=True)
class Breaks:
    """Whom a change breaks: programs made from the old document, as they are."""

    sender: bool = False
    """Who sends this as the old document says is not understood by a new receiver."""
    receiver: bool = False
    """Who receives this as the old document says gets from a new sender what it does not know."""
    python: bool = False
    """Code written against the old bindings does not run, or not type-check, with the new ones."""

    def __or__(self, other: "Breaks") -> "Breaks":
        return Breaks(
            sender=self.sender or other.sender,
            receiver=self.receiver or other.receiver,
            python=self.python or other.python,
        )


FINE = Breaks()
WIRE = Breaks(sender=True, receiver=True)


@attrs.frozen(kw_only=True)
class Change:
    """One thing that is not as it was."""

    kind: Kind
    area: Area
    name: str
    """In Python, where it has a name there: `PaymentRequest.amount`; else as in the document."""
    what: str
    """One plain sentence."""
    old: str | None
    """JSON pointer into the old document."""
    new: str | None
    """JSON pointer into the new document."""
    direction: Direction
    breaks: Breaks = FINE
    guess: str | None = None
    """The reason, when two different names are taken for the same thing."""
    before: str | None = None
    """Python that worked with the old bindings."""
    after: str | None = None
    """What it becomes with the new ones."""

    @property
    def breaking(self) -> bool:
        """True when it breaks a program of the described application, or Python code."""
        return (
            self.breaks.python
            or (self.breaks.sender and self.direction.sends)
            or (self.breaks.receiver and self.direction.receives)
        )

    @property
    def level(self) -> Level:
        """What this change alone asks of a version number."""
        if self.breaking:
            return Level.MAJOR
        return Level.PATCH if self.kind is Kind.DOCS else Level.MINOR


@attrs.frozen(kw_only=True, slots=False)
class Side:
    """A document that was compared, in a line."""

    title: str
    version: str
    digest: str
    source_name: str


@attrs.frozen(kw_only=True, slots=False)
class Difference:
    """All changes between two documents: breaking ones first, docs last."""

    old: Side
    new: Side
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    @cached_property
    def breaking(self) -> tuple[Change, ...]:
        """What breaks the described application or Python code."""
        return tuple(change for change in self.changes if change.breaking)

    @cached_property
    def compatible(self) -> tuple[Change, ...]:
        """What a program notices and lives with."""
        return tuple(c for c in self.changes if not c.breaking and c.kind is not Kind.DOCS)

    @cached_property
    def docs(self) -> tuple[Change, ...]:
        """What only a reader notices."""
        return tuple(c for c in self.changes if not c.breaking and c.kind is Kind.DOCS)

    @property
    def level(self) -> Level:
        """The highest level of all changes."""
        order = list(Level)
        return max((c.level for c in self.changes), key=order.index, default=Level.NONE)


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Sort changes: breaking first, then by area, name and kind."""
    kinds, areas = list(Kind), list(Area)
    return tuple(
        sorted(
            dict.fromkeys(changes),
            key=lambda c: (
                not c.breaking,
                c.kind is Kind.DOCS,
                areas.index(c.area),
                c.name,
                kinds.index(c.kind),
                c.what,
            ),
        )
    )
