"""What a journal is: the memory of a till that survives its process.

The rules that every journal keeps, whatever it is made of:

- When a method returns, what it wrote is on disk.
- A paypoint is leased to one entry at a time, from `begin` to `resolve`.
- An entry is found again after a crash in the phase in which it was left: in `INTENDED` nothing
  has left, for `SENDING` is written before the first octet does.
- A lease that was taken over is worthless to whoever had it: each write checks its token.
- It holds no card data but what the service has cut short, for a later settle or cancel, and no
  secret at all.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

import attrs

from stompws.records import Record

from .operations import MoneyOperation


class Phase(StrEnum):
    """How far an entry has come."""

    INTENDED = "intended"
    """The paypoint is leased; nothing has left."""
    SENDING = "sending"
    """The request is leaving or has left. The outcome must be found out."""
    RESOLVED = "resolved"
    """The outcome is known, or a person has decided. The paypoint is free."""


@attrs.frozen(kw_only=True)
class Intent(Record):
    """What is to be done, written before anything is sent."""

    reference: str
    """The merchant's transaction reference: 1 to 30 of A-Z a-z 0-9 - and _. Once per journal."""
    paypoint_id: str
    operation: MoneyOperation
    amount: int | None = None
    """Minor units; None where there is none, or all of it."""
    about: str | None = None
    """The reference of the payment that a settle or cancel acts on."""
    facts: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    """Further facts for people and for recovery, as JSON: the currency, for one."""

    @property
    def currency(self) -> str | None:
        """ISO 4217, where the amount is one of a currency; the request itself has none."""
        found = self.facts.get("currency")
        return found if isinstance(found, str) else None

    @property
    def wire_reference(self) -> str:
        """The reference in the messages.

        That of another payment where a settle or cancel is sent with the payment's.
        """
        return str(self.facts.get("wire_reference", self.reference))


@attrs.frozen(kw_only=True)
class Lease(Record):
    """The right to act on a paypoint, for one entry."""

    entry_id: int
    reference: str
    paypoint_id: str
    token: int
    """Counts up with every lease of the journal: the higher one is the living one."""


@attrs.frozen(kw_only=True)
class Note(Record):
    """One line of an entry's history. Its facts are redacted before they get here."""

    at: datetime
    """By the wall clock, UTC: for people."""
    kind: str
    facts: Mapping[str, Any] = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class StoredReceipt(Record):
    """A receipt as it came, with what must not be stored masked."""

    type: str
    """`customer`, `merchant`, or what a newer server calls it."""
    number: int
    """Counts the receipts of an entry from 1, in the order in which they came."""
    text: str = attrs.field(repr=False)
    printed: int = 0
    """How many times it was printed, or its original refused because it had been."""


@attrs.frozen(kw_only=True)
class Entry(Record):
    """One operation as the journal knows it."""

    id: int
    intent: Intent
    phase: Phase
    began_at: datetime
    sending_at: datetime | None = None
    resolved_at: datetime | None = None
    correlation_id: str | None = None
    owner: str = ""
    """Who began it or took it over last: host, process and a random mark."""
    broken: str | None = None
    """Why another operation was begun before this one was resolved: the reason that was given.
    From then on "there is no such payment" proves nothing."""
    override: str | None = None
    """The reason with which this one was begun over an unresolved one."""
    needs_person: bool = False
    """True when the service can no longer tell what became of it."""
    outcome: Mapping[str, Any] | None = attrs.field(default=None, repr=False)
    """The stored outcome, see `outcome`; None while it is not known."""
    notes: tuple[Note, ...] = ()
    receipts: tuple[StoredReceipt, ...] = ()

    @property
    def reference(self) -> str:
        """The merchant's transaction reference."""
        return self.intent.reference

    @property
    def seemed_dead(self) -> bool:
        """True when its till was taken for dead because its heart-beat was old, and for no more.

        It may have stood still just before it sent, and send yet: from then on "there is no such
        payment" proves nothing. Needs the history, as `find` and `unresolved` return it.
        """
        return any(
            note.kind == "taken-over" and note.facts.get("proof") == "heart-beat-old"
            for note in self.notes
        )

    @property
    def unresolved(self) -> bool:
        """True while the paypoint waits for it."""
        return self.phase is not Phase.RESOLVED


class Journal(Protocol):
    """A till's memory. Safe to use from several threads and processes at once.

    Every method raises `JournalError` when the journal cannot be read or written: the disk is full,
    it is read-only, locked by another for too long, or its schema is newer than this program's.
    """

    @property
    def heart_beat_seconds(self) -> float | None:
        """How often a lease wants `renew` called; None when the operating system sees to it."""
        ...

    def begin(self, intent: Intent, *, override: str | None = None) -> Lease:
        """Lease the paypoint and write the intent.

        With `override`, an unresolved entry of the paypoint is broken, with this reason, and gives
        the lease up.

        Raises:
            UnresolvedPaymentError: The paypoint has one. `in_flight` tells whether its till lives.
            ReferenceUsedError: Something was sent with this reference, or an unresolved entry
                has it.
            ValueError: The reference is none, or the reason is empty.
        """
        ...

    def take_over(self, paypoint_id: str, reference: str | None = None) -> Lease | None:
        """Lease the paypoint for its unresolved entry again; None when there is none.

        An entry that needs a person is not taken over: `decide` is for it. With `reference`, only
        that one, also when it was broken or needs a person: a service that answered oddly may tell
        when it is asked once more. A note "taken-over" tells from whom, and what proved
        that nobody was at it: given-back, process-ended, or heart-beat-old. The last proves less:
        a machine that stood still for long may go on.

        Raises:
            UnresolvedPaymentError: The till that holds it lives: `in_flight` is true.
        """
        ...

    def renew(self, lease: Lease) -> None:
        """Say that the till lives.

        Raises:
            LeaseLostError: Somebody else took it over.
        """
        ...

    def sending(self, lease: Lease, *, correlation_id: str) -> None:
        """Write that the request is about to leave. Until this returns nothing may.

        Send at once when it returns: where a lease lives by its heart-beat, it is getting old.

        Raises:
            LeaseLostError: Somebody else took it over, or soon may; nothing may leave.
            JournalError: It was sent before, or the journal cannot be written; nothing may leave.
        """
        ...

    def note(self, lease: Lease, kind: str, facts: Mapping[str, Any]) -> None:
        """Add to the history of the entry. Raises `LeaseLostError` too."""
        ...

    def keep_receipt(self, lease: Lease, type_: str, text: str) -> StoredReceipt:
        """Keep a receipt; one of the same type and text is kept once. Raises `LeaseLostError`."""
        ...

    def resolve(self, lease: Lease, outcome: Mapping[str, Any]) -> None:
        """Store the outcome and free the paypoint: the lease ends. The same again does nothing.

        Raises:
            LeaseLostError: Somebody else took it over, or it is resolved with another outcome.
        """
        ...

    def give_back(self, lease: Lease, *, needs_person: bool = False) -> None:
        """Leave the entry unresolved, for a later `take_over`: nobody is working at it now.

        The paypoint stays closed to new payments.
        """
        ...

    def decide(self, reference: str, outcome: Mapping[str, Any], *, reason: str) -> None:
        """Let a person resolve an unresolved entry. The reason, and who, go into its history.

        Raises:
            UnresolvedPaymentError: A living till is at it.
            JournalError: There is no unresolved entry with this reference.
            ValueError: The reason is empty.
        """
        ...

    def add_facts(self, reference: str, kind: str, facts: Mapping[str, Any]) -> None:
        """Add to the history of an entry without a lease; a card is not kept.

        Raises:
            JournalError: There is no entry with this reference.
        """
        ...

    def add_receipt(self, reference: str, type_: str, text: str) -> StoredReceipt:
        """As `keep_receipt`, without a lease: for one that was fetched after the end.

        Raises:
            JournalError: There is no entry with this reference.
        """
        ...

    def find(self, reference: str) -> Entry | None:
        """Return an entry with its history and receipts; the latest with this reference."""
        ...

    def unresolved(self, paypoint_id: str | None = None) -> tuple[Entry, ...]:
        """Return what is not resolved, oldest first; broken ones included."""
        ...

    def latest(self, count: int = 20, *, paypoint_id: str | None = None) -> tuple[Entry, ...]:
        """Return the latest entries, newest first, without history and receipts."""
        ...

    def mark_printed(self, reference: str, number: int) -> int:
        """Count a printing of a receipt, before it happens; return how many there were before.

        Raises:
            JournalError: There is no such receipt.
        """
        ...

    def purge(self, *, before: datetime) -> int:
        """Forget resolved entries that ended before; return how many. Unresolved ones stay.

        Their references stay taken.
        """
        ...

    def forget_cards(self, *, before: datetime) -> int:
        """Erase what a settle or cancel would need of entries that ended before; return how many.

        It is the key `card` of stored outcomes.
        """
        ...

    def close(self) -> None:
        """Close it. Leases that are held stay with their entries, as after a crash."""
        ...


def references(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the references of entries."""
    return tuple(entry.reference for entry in entries)
