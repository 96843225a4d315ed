"""One money-moving operation on its way: what is known of it while a procedure works at it."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from stompws.client import Deadlines, Event, Stray
from stompws.inbox import call_back
from worldpay_ips import BatchReport

from .actions import Actions
from .effects import Procedure, Talk, Tell, write
from .errors import JournalError
from .events import JournalTrouble
from .journal import Intent, Journal, Lease, StoredReceipt
from .observing import Watch
from .outcome import Outcome, Unknown, to_stored
from .settings import TillSettings


@attrs.define(kw_only=True, eq=False, repr=False)
class Job:
    """What the procedures of one operation share."""

    intent: Intent
    lease: Lease | None
    """None when the operation is resolved, and only its receipts are looked for."""
    journal: Journal
    settings: TillSettings
    watch: Watch
    recover_with: Callable[[], Outcome] | None = None
    """What `Unknown.recover` does."""

    # For taking a payment.
    deadlines: Deadlines = attrs.field(factory=Deadlines)
    actions: Actions | None = None

    asking: Deadlines = attrs.field(factory=Deadlines)
    """Of each question asked afterwards."""

    # What has become of it.
    correlation_id: str | None = None
    talk: Talk | None = None
    """The conversation, while it is open: an abort goes there."""
    abort_requested: bool = False
    heard: bool = False
    """True when the service has said anything in the conversation: it has received the request."""
    printed: bool = False
    """True when a receipt came: it was more than received."""
    decided: bool = False
    """True when the result has come: an abort is pointless."""
    broken: str | None = None
    """Why another operation was begun before this one was resolved."""
    seemed_dead: bool = False
    """True when only an old heart-beat says that whoever sent it is dead."""
    strays: list[Stray | Event[Any]] = attrs.field(factory=list[Stray | Event[Any]])
    """Messages that are not of this operation, in the order in which they came."""
    on_stray: Callable[[Stray | Event[Any]], None] | None = None
    """The user's."""
    reply: object = attrs.field(default=None, repr=False)
    """The reply of an operation that has one, and is no payment: a batch report."""
    batch_before: BatchReport | None = attrs.field(default=None, repr=False)
    """The X report that was taken before a Z report."""
    batch_number: int | None = None
    """Of the batch that a Z report is to close."""
    outcome: Outcome | None = None
    """The end of it."""

    def stray(self, stray: Stray | Event[Any]) -> None:
        """Keep a message that is not of this operation, and report it."""
        self.strays.append(stray)
        call_back(self.on_stray, stray)

    def write_note(self, kind: str, facts: Mapping[str, Any]) -> None:
        """Add to the history in the journal. It blocks."""
        if self.lease is None:
            self.journal.add_facts(self.intent.reference, kind, facts)
        else:
            self.journal.note(self.lease, kind, facts)

    def write_receipt(self, type_: str, text: str) -> StoredReceipt:
        """Keep a receipt in the journal. It blocks."""
        if self.lease is None:
            return self.journal.add_receipt(self.intent.reference, type_, text)
        return self.journal.keep_receipt(self.lease, type_, text)

    def write_sending(self, correlation_id: str) -> None:
        """Write that the request is about to leave. It blocks."""
        self.correlation_id = correlation_id
        if self.lease is not None:
            self.journal.sending(self.lease, correlation_id=correlation_id)

    def write_outcome(self, outcome: Outcome) -> None:
        """Resolve the entry; one that is not known is given back. It blocks."""
        if self.lease is None:
            return
        if isinstance(outcome, Unknown):
            self.journal.give_back(self.lease, needs_person=outcome.needs_person)
        else:
            self.journal.resolve(self.lease, to_stored(outcome))

    def give_back(self) -> None:
        """Leave the entry to whoever recovers it. It blocks."""
        if self.lease is not None:
            self.journal.give_back(self.lease)

    def unknown(self, why: str, *, needs_person: bool = False) -> Unknown:
        """Say that nobody knows."""
        return Unknown(
            operation=self.intent.operation,
            reference=self.intent.reference,
            paypoint_id=self.intent.paypoint_id,
            requested_amount=self.intent.amount,
            abort_requested=self.abort_requested,
            why=why,
            correlation_id=self.correlation_id,
            needs_person=needs_person,
            recover_with=self.recover_with,
        )


def note(job: Job, kind: str, facts: Mapping[str, Any]) -> Procedure[bool]:
    """Add to the history in the journal; False, and the user is told, when it cannot be written.

    The request has left: whatever the disk does, the truth must still be heard.
    """
    return (yield from keep(job, lambda: job.write_note(kind, facts)))


def keep(job: Job, call: Callable[[], object]) -> Procedure[bool]:
    """Write to the journal after the request has left; False, and told, when it cannot be."""
    try:
        yield from write(call)
    except JournalError as exc:
        job.watch.note("journal-trouble", why=type(exc).__name__)
        yield Tell(JournalTrouble(text=str(exc)))
        return False
    return True
