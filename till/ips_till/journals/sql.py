"""The journal over any database that has transactions: what each method means.

Each writing method is one transaction, and may be run again when it is not known whether its commit
arrived: its mark tells.
"""

import getpass
import os
import secrets
import socket
import threading
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Self

from ..errors import JournalError, LeaseLostError
from ..journal import Entry, Intent, Lease, Phase, StoredReceipt
from ..references import check_reference
from . import keeping, leasing
from .cleaning import clean_json, clean_text
from .leasing import Claim, fenced, held
from .store import Action, Store, Work
from .tables import now_text, read_entries, read_whole, time_text
from .writing import add_note, add_receipt, latest_id

_TYPE_LETTERS: Final = 60
_REASON_LETTERS: Final = 500
_CLOCK: Final = getattr(time, "CLOCK_BOOTTIME", None)  # goes on while the machine is suspended


class SqlJournal:
    """A journal in a database. See `Journal` for what its methods promise."""

    def __init__(self, store: Store) -> None:
        self._store: Final = store
        self._marks: Final = dict[int, str]()  # of the leases that this object gave, by token
        self._lock: Final = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def heart_beat_seconds(self) -> float | None:
        """How often a lease wants `renew` called; None when the operating system sees to it."""
        return self._store.heart_beat_seconds

    def begin(self, intent: Intent, *, override: str | None = None) -> Lease:
        """Lease the paypoint and write the intent."""
        _check_intent(intent)
        reason = None if override is None else _reason(override)
        claim = _claim()

        def action(work: Work, again: bool) -> leasing.Taken | None:
            if again and (lease := leasing.begun(work, claim)) is not None:
                return lease, None
            self._store.hold(claim.mark)
            return leasing.begin(work, intent, reason, claim)

        lease = self._taken(action, claim.mark)
        assert lease is not None  # noqa: S101 - for the type checkers
        return lease

    def take_over(self, paypoint_id: str, reference: str | None = None) -> Lease | None:
        """Lease the paypoint for its unresolved entry again; None when there is none."""
        claim = _claim()

        def action(work: Work, again: bool) -> leasing.Taken | None:
            if again and (lease := leasing.begun(work, claim)) is not None:
                return lease, None
            self._store.hold(claim.mark)
            proof = self._store.death_certificate
            return leasing.take_over(work, paypoint_id, reference, claim, proof)

        return self._taken(action, claim.mark)

    def renew(self, lease: Lease) -> None:
        """Say that the till lives."""

        def action(work: Work, _again: bool) -> None:
            held(work, lease)
            work.beat(lease.entry_id)

        self._store.write(action)

    def sending(self, lease: Lease, *, correlation_id: str) -> None:
        """Write that the request is about to leave. Until this returns nothing may."""
        began = _seconds()

        def action(work: Work, again: bool) -> None:
            state = held(work, lease)
            if state.phase == Phase.SENDING:
                if again and work.rows(
                    "SELECT 1 FROM ips_till_entries WHERE id = ? AND correlation_id = ?",
                    lease.entry_id,
                    correlation_id,
                ):
                    return
                raise JournalError(
                    f"{lease.reference} has been sent already, and is never sent twice: recover it"
                )
            at = now_text()
            work.change(
                "UPDATE ips_till_entries SET phase = 'sending', sending_at = ?, correlation_id = ?"
                " WHERE id = ?",
                at,
                correlation_id,
                lease.entry_id,
            )
            work.change("INSERT INTO ips_till_sent VALUES (?, ?)", lease.reference, at)
            work.beat(lease.entry_id)

        self._store.write(action)
        limit = self._store.lease_seconds
        if limit is not None and _seconds() - began > limit / 2:
            # This process stood still, and another may take the lease over for dead any moment.
            raise LeaseLostError(
                f"writing the journal took longer than half of a lease of {limit:g} s; "
                f"{lease.reference} is not sent"
            )

    def note(self, lease: Lease, kind: str, facts: Mapping[str, Any]) -> None:
        """Add to the history of the entry."""
        mark, line, text = _mark(), clean_text(kind), clean_json(facts, card=True)

        def action(work: Work, _again: bool) -> None:
            held(work, lease)
            add_note(work, lease.entry_id, line, text, mark)

        self._store.write(action)

    def keep_receipt(self, lease: Lease, type_: str, text: str) -> StoredReceipt:
        """Keep a receipt; one of the same type and text is kept once."""
        line, cleaned = _receipt(lease.reference, type_, text)

        def action(work: Work, _again: bool) -> StoredReceipt:
            held(work, lease)
            return add_receipt(work, lease.entry_id, line, cleaned)

        return self._store.write(action)

    def resolve(self, lease: Lease, outcome: Mapping[str, Any]) -> None:
        """Store the outcome and free the paypoint. The same again changes nothing."""
        text = clean_json(outcome, card=True)

        def action(work: Work, _again: bool) -> None:
            state = fenced(work, lease)
            if not state.resolved:
                keeping.end(work, lease.entry_id, text)
            elif state.outcome != text:
                raise LeaseLostError(f"{lease.reference} is resolved already, with another outcome")

        self._store.write(action)
        self._released(lease)

    def give_back(self, lease: Lease, *, needs_person: bool = False) -> None:
        """Leave the entry unresolved, for a later `take_over`. The paypoint stays closed."""

        def action(work: Work, _again: bool) -> None:
            held(work, lease)
            work.change(
                "UPDATE ips_till_entries SET held = 0, needs_person = ? WHERE id = ?",
                int(needs_person),
                lease.entry_id,
            )

        try:
            self._store.write(action)
        finally:
            # Also when it cannot be written: whoever comes then finds that nobody is at it.
            self._released(lease)

    def decide(self, reference: str, outcome: Mapping[str, Any], *, reason: str) -> None:
        """Let a person resolve an unresolved entry."""
        claim, text = _claim(), clean_json(outcome, card=True)
        facts = clean_json({"reason": _reason(reason), "by": claim.owner})

        def action(work: Work, again: bool) -> str | None:
            if again and work.rows("SELECT 1 FROM ips_till_notes WHERE mark = ?", claim.mark):
                return None
            state = leasing.unresolved_state(work, reference)
            leasing.refuse_living(work, state)
            leasing.seize(work, state, claim)  # whoever had it, and was thought dead, has lost it
            add_note(work, state.id, "decided", facts, claim.mark)
            keeping.end(work, state.id, text)
            return state.mark

        before = self._store.write(action)
        if before is not None:
            self._store.let_go(before)

    def add_facts(self, reference: str, kind: str, facts: Mapping[str, Any]) -> None:
        """Add to the history of an entry, without a lease."""
        mark, line, text = _mark(), clean_text(kind), clean_json(facts)

        def action(work: Work, _again: bool) -> None:
            add_note(work, latest_id(work, reference), line, text, mark)

        self._store.write(action)

    def add_receipt(self, reference: str, type_: str, text: str) -> StoredReceipt:
        """Keep a receipt that was fetched when the entry had been resolved, without a lease."""
        line, cleaned = _receipt(reference, type_, text)

        def action(work: Work, _again: bool) -> StoredReceipt:
            return add_receipt(work, latest_id(work, reference), line, cleaned)

        return self._store.write(action)

    def find(self, reference: str) -> Entry | None:
        """Return an entry with its history and receipts; the latest with this reference."""
        found = self._store.read(
            lambda work: read_whole(work, "WHERE reference = ? ORDER BY id DESC LIMIT 1", reference)
        )
        return found[0] if found else None

    def unresolved(self, paypoint_id: str | None = None) -> tuple[Entry, ...]:
        """Return what is not resolved, oldest first; broken ones included."""
        # All of them, which are few: with the paypoint, SQLite would read all that it ever had.
        condition = "WHERE phase <> 'resolved' ORDER BY id"
        found = self._store.read(lambda work: read_whole(work, condition))
        return tuple(e for e in found if paypoint_id in (None, e.intent.paypoint_id))

    def latest(self, count: int = 20, *, paypoint_id: str | None = None) -> tuple[Entry, ...]:
        """Return the latest entries, newest first, without history and receipts."""
        if paypoint_id is None:
            condition = "ORDER BY id DESC LIMIT ?"
            return self._store.read(lambda work: read_entries(work, condition, count))
        condition = "WHERE paypoint = ? ORDER BY id DESC LIMIT ?"
        return self._store.read(lambda work: read_entries(work, condition, paypoint_id, count))

    def mark_printed(self, reference: str, number: int) -> int:
        """Count a printing of a receipt, before it happens; return how many there were before."""
        return self._store.write(lambda work, _again: keeping.print_once(work, reference, number))

    def purge(self, *, before: datetime) -> int:
        """Forget resolved entries that ended before; return how many. Unresolved ones stay."""
        limit = time_text(before)
        count = self._store.write(lambda work, _again: keeping.purge(work, limit))
        self._store.overwrite()
        return count

    def forget_cards(self, *, before: datetime) -> int:
        """Erase what a settle or cancel would need of entries that ended before."""
        limit = time_text(before)
        count = self._store.write(lambda work, _again: keeping.forget_cards(work, limit))
        self._store.overwrite()
        return count

    def close(self) -> None:
        """Close it. Leases that are held stay with their entries, as after a crash."""
        self._store.close()

    def _taken(self, action: Action[leasing.Taken | None], mark: str) -> Lease | None:
        """Take a lease, and remember by which mark this process proves that it lives."""
        try:
            taken = self._store.write(action)
        except BaseException:
            self._store.let_go(mark)
            raise
        if taken is None:
            self._store.let_go(mark)
            return None
        lease, before = taken
        with self._lock:
            self._marks[lease.token] = mark
        if before is not None:
            self._store.let_go(before)
        return lease

    def _released(self, lease: Lease) -> None:
        with self._lock:
            mark = self._marks.pop(lease.token, None)
        if mark is not None:
            self._store.let_go(mark)


def _check_intent(intent: Intent) -> None:
    check_reference(intent.reference)
    if intent.about is not None:
        check_reference(intent.about)
    if not intent.paypoint_id or "\0" in intent.paypoint_id:
        raise ValueError("a paypoint has an identifier")
    if intent.amount is not None and type(intent.amount) is not int:
        raise TypeError("an amount is an int in minor units")


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ValueError("give a reason: it goes into the journal, for those who ask later")
    return clean_text(reason.strip()[:_REASON_LETTERS])


def _receipt(reference: str, type_: str, text: str) -> tuple[str, str]:
    return clean_text(type_)[:_TYPE_LETTERS], clean_text(text, exempt=[reference])


def _claim() -> Claim:
    mark = _mark()
    return Claim(f"{_user()}@{socket.gethostname()} {os.getpid()} {mark[:8]}", mark)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return str(getattr(os, "getuid", lambda: "?")())


def _mark() -> str:
    return secrets.token_hex(16)


def _seconds() -> float:
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)
