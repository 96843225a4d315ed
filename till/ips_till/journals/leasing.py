"""Leasing a paypoint: who may, who may not, and who no longer may."""

from typing import Final, TypeAlias

import attrs

from stompws.records import Record

from ..errors import JournalError, LeaseLostError, ReferenceUsedError, UnresolvedPaymentError
from ..journal import Intent, Lease, Phase
from .cleaning import clean_json, clean_text
from .store import Row, Work
from .tables import now_text
from .writing import add_note

_STATE: Final = "id, reference, paypoint, phase, token, mark, held, owner, needs_person, outcome"
_OPEN: Final = "paypoint = ? AND phase <> 'resolved' AND broken IS NULL"


@attrs.frozen
class State(Record):
    """An entry as far as leases go."""

    id: int
    reference: str
    paypoint_id: str
    phase: str
    token: int
    mark: str
    held: int
    owner: str
    needs_person: int
    outcome: str | None

    @property
    def resolved(self) -> bool:
        """True when its lease has ended."""
        return self.phase == Phase.RESOLVED

    def lease(self, token: int) -> Lease:
        """A lease of this entry."""
        return Lease(
            entry_id=self.id, reference=self.reference, paypoint_id=self.paypoint_id, token=token
        )


@attrs.frozen
class Claim(Record):
    """Who wants a lease."""

    owner: str
    mark: str
    """Of this one attempt, and nobody else's: by it a commit is found whose answer was lost."""


Taken: TypeAlias = tuple[Lease, str | None]
"""A lease, and the mark of whoever had the entry before."""


def begin(work: Work, intent: Intent, override: str | None, claim: Claim) -> Taken:
    """Write an intent and lease its paypoint."""
    _lock_paypoint(work, intent.paypoint_id)
    before = None
    if (open_ := _one(work, _OPEN, intent.paypoint_id)) is not None:
        if override is None:
            lives = bool(open_.held) and work.lives(open_.id, open_.mark)
            raise UnresolvedPaymentError(
                reference=open_.reference, paypoint_id=open_.paypoint_id, in_flight=lives
            )
        _break(work, open_, override, intent.reference)
        before = open_.mark
    _refuse_used(work, intent.reference)
    token = work.next_token()
    work.change(
        "INSERT INTO ips_till_entries (id, reference, paypoint, operation, amount, about, facts,"
        " phase, token, owner, mark, held, began_at, override_reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 'intended', ?, ?, ?, 1, ?, ?)",
        token,  # of its first lease: as good a number as any, and one that counts up
        intent.reference,
        intent.paypoint_id,
        intent.operation.value,
        intent.amount,
        intent.about,
        clean_json(intent.facts),
        token,
        claim.owner,
        claim.mark,
        now_text(),
        None if override is None else clean_text(override),
    )
    work.beat(token)
    lease = Lease(
        entry_id=token, reference=intent.reference, paypoint_id=intent.paypoint_id, token=token
    )
    return lease, before


def begun(work: Work, claim: Claim) -> Lease | None:
    """Find the lease of a claim that was committed without our being told."""
    state = _one(work, "mark = ?", claim.mark)
    return None if state is None else state.lease(state.token)


def take_over(
    work: Work, paypoint_id: str, reference: str | None, claim: Claim, proof: str
) -> Taken | None:
    """Lease the paypoint's unresolved entry again, or the one with a reference."""
    _lock_paypoint(work, paypoint_id)
    if reference is None:
        state = _one(work, _OPEN, paypoint_id)
    else:
        condition = "paypoint = ? AND reference = ? AND phase <> 'resolved'"
        state = _one(work, condition, paypoint_id, reference)
    if state is None or (state.needs_person and reference is None):
        return None
    refuse_living(work, state)
    token = seize(work, state, claim)
    facts = {"from": state.owner, "proof": proof if state.held else "given-back"}
    add_note(work, state.id, "taken-over", clean_json(facts), claim.mark)
    return state.lease(token), state.mark


def seize(work: Work, state: State, claim: Claim) -> int:
    """Give an entry to a claim, whoever had it."""
    token = work.next_token()
    work.change(
        "UPDATE ips_till_entries SET token = ?, owner = ?, mark = ?, held = 1 WHERE id = ?",
        token,
        claim.owner,
        claim.mark,
        state.id,
    )
    work.beat(state.id)
    return token


def refuse_living(work: Work, state: State) -> None:
    """Raise when the till that holds an entry lives."""
    if state.held and work.lives(state.id, state.mark):
        raise UnresolvedPaymentError(
            reference=state.reference, paypoint_id=state.paypoint_id, in_flight=True
        )


def held(work: Work, lease: Lease) -> State:
    """Return the state of a lease's entry, kept to this transaction.

    Raises:
        LeaseLostError: Somebody else took it over, or it was resolved.
    """
    state = fenced(work, lease)
    if state.resolved:
        raise LeaseLostError(f"{lease.reference} is resolved: the lease of its paypoint has ended")
    return state


def fenced(work: Work, lease: Lease) -> State:
    """As `held`, also when it is resolved."""
    state = _one(work, "id = ?", lease.entry_id)
    if state is None or state.token != lease.token:
        raise LeaseLostError(
            f"the lease of {lease.paypoint_id} for {lease.reference} was taken over by another"
            " till, which finds out what became of it; this one may send nothing more"
        )
    return state


def unresolved_state(work: Work, reference: str) -> State:
    """Return the state of the unresolved entry with a reference."""
    state = _one(work, "reference = ? AND phase <> 'resolved'", reference)
    if state is None:
        raise JournalError(
            f"the journal holds no unresolved entry {reference}: look it up with `till journal`"
        )
    return state


def _lock_paypoint(work: Work, paypoint_id: str) -> None:
    work.change(
        "INSERT INTO ips_till_paypoints (id) VALUES (?) ON CONFLICT (id) DO NOTHING", paypoint_id
    )
    work.rows(f"SELECT id FROM ips_till_paypoints WHERE id = ?{work.lock}", paypoint_id)  # noqa: S608


def _break(work: Work, state: State, reason: str, by: str) -> None:
    """Take the paypoint from an entry that is not resolved. Its till, if any, has lost it."""
    work.change(
        "UPDATE ips_till_entries SET broken = ?, token = ?, held = 0 WHERE id = ?",
        clean_text(reason),
        work.next_token(),
        state.id,
    )
    facts = clean_json({"reason": reason, "about": by})
    add_note(work, state.id, "broken", facts, f"broken-{state.mark}")


def _refuse_used(work: Work, reference: str) -> None:
    if work.rows("SELECT 1 FROM ips_till_sent WHERE reference = ?", reference) or work.rows(
        "SELECT 1 FROM ips_till_entries WHERE reference = ? AND phase <> 'resolved'", reference
    ):
        raise ReferenceUsedError(reference)


def _one(work: Work, condition: str, *values: object) -> State | None:
    statement = f"SELECT {_STATE} FROM ips_till_entries WHERE {condition}{work.lock}"  # noqa: S608
    rows: list[Row] = work.rows(statement, *values)
    return State(*rows[0]) if rows else None
