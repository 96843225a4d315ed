"""Any order of calls by several tills, crashes among them, against a model of a few lines."""

import tempfile
from pathlib import Path
from typing import Any

import attrs
import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from ips_till.errors import JournalError, LeaseLostError, ReferenceUsedError, UnresolvedPaymentError
from ips_till.journal import Lease, Phase
from ips_till.journals import SqliteJournal
from journal_place import APPROVED, intent

REFERENCES = st.sampled_from(["A", "B", "C", "D"])
PAYPOINTS = st.sampled_from(["P1", "P2"])
TILLS = st.integers(0, 2)


@attrs.define
class Known:
    """An entry as the model knows it."""

    reference: str
    paypoint: str
    phase: Phase = Phase.INTENDED
    holder: tuple[int, int] | None = None
    """The till, and the token, of whoever may write."""
    broken: bool = False
    person: bool = False
    notes: int = 0
    token: int = 0


class Tills(RuleBasedStateMachine):
    """Three tills at one file. Closing a journal is what a kill does to it."""

    leases: Bundle[tuple[int, Lease, Known]] = Bundle("leases")

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "till.sqlite3"
        self.tills = [SqliteJournal(self.path) for _ in range(3)]
        self.entries: list[Known] = []
        self.used: set[str] = set()
        self.highest = 0

    def open_at(self, paypoint: str) -> Known | None:
        """What closes a paypoint."""
        found = [e for e in self.entries if e.paypoint == paypoint and not e.broken]
        return next((e for e in found if e.phase is not Phase.RESOLVED), None)

    def given(self, till: int, lease: Lease, known: Known) -> tuple[int, Lease, Known]:
        """A lease was given: its token is the highest so far."""
        assert lease.token > self.highest
        self.highest = known.token = lease.token
        known.holder = (till, lease.token)
        return till, lease, known

    @rule(target=leases, till=TILLS, reference=REFERENCES, paypoint=PAYPOINTS, force=st.booleans())
    def begin(self, till: int, reference: str, paypoint: str, force: bool) -> Any:
        before = self.open_at(paypoint)
        used = reference in self.used or any(
            e.reference == reference and e.phase is not Phase.RESOLVED for e in self.entries
        )
        try:
            lease = self.tills[till].begin(
                intent(reference, paypoint), override="because" if force else None
            )
        except UnresolvedPaymentError as exc:
            assert before is not None
            assert not force
            told = exc.reference, exc.in_flight
            assert told == (before.reference, before.holder is not None)
            return (till, None, None)
        except ReferenceUsedError:
            assert used
            return (till, None, None)
        assert not used
        if before is not None:
            assert force
            before.broken, before.holder = True, None
            before.notes += 1
            self.highest += 1
        known = Known(reference, paypoint)
        self.entries.append(known)
        return self.given(till, lease, known)

    @rule(target=leases, till=TILLS, paypoint=PAYPOINTS, reference=st.none() | REFERENCES)
    def take_over(self, till: int, paypoint: str, reference: str | None) -> Any:
        if reference is None:
            known = self.open_at(paypoint)
        else:
            named = [e for e in self.entries if (e.reference, e.paypoint) == (reference, paypoint)]
            known = next((e for e in named if e.phase is not Phase.RESOLVED), None)
        try:
            lease = self.tills[till].take_over(paypoint, reference)
        except UnresolvedPaymentError:
            assert known is not None
            assert known.holder is not None
            return (till, None, None)
        if lease is None:
            assert known is None or (known.person and reference is None)
            return (till, None, None)
        assert known is not None
        assert not known.person or reference is not None
        assert known.holder is None
        known.notes += 1
        return self.given(till, lease, known)

    def writes(self, held: Any, call: Any) -> Known | None:
        """Write with a lease; the entry when it was let, None when it was refused rightly."""
        till, lease, known = held
        if lease is None:
            return None
        try:
            call(self.tills[till], lease)
        except LeaseLostError:
            assert known.token != lease.token or known.broken or known.phase is Phase.RESOLVED
            return None
        assert known.token == lease.token
        assert not known.broken or known.holder is not None
        return known  # type: ignore[no-any-return]

    @rule(held=leases)
    def sending(self, held: Any) -> None:
        try:
            known = self.writes(held, lambda j, lease: j.sending(lease, correlation_id="c"))
        except JournalError as exc:
            told = str(exc)
            assert "never sent twice" in told
            assert held[2].phase is Phase.SENDING
            return
        if known is not None:
            assert known.phase is Phase.INTENDED
            known.phase = Phase.SENDING
            self.used.add(known.reference)

    @rule(held=leases)
    def note(self, held: Any) -> None:
        known = self.writes(held, lambda j, lease: j.note(lease, "n", {}))
        if known is not None:
            known.notes += 1

    @rule(held=leases)
    def resolve(self, held: Any) -> None:
        known = self.writes(held, lambda j, lease: j.resolve(lease, APPROVED))
        if known is not None:
            known.phase, known.holder, known.person = Phase.RESOLVED, None, False

    @rule(held=consumes(leases), person=st.booleans())
    def give_back(self, held: Any, person: bool) -> None:
        known = self.writes(held, lambda j, lease: j.give_back(lease, needs_person=person))
        if known is not None:
            known.holder, known.person = None, person

    @rule(till=TILLS, reference=REFERENCES)
    def decide(self, till: int, reference: str) -> None:
        named = [e for e in self.entries if e.reference == reference]
        known = next((e for e in named if e.phase is not Phase.RESOLVED), None)
        try:
            self.tills[till].decide(reference, APPROVED, reason="seen")
        except UnresolvedPaymentError:
            assert known is not None
            assert known.holder is not None
        except JournalError:
            assert known is None
        else:
            assert known is not None
            assert known.holder is None
            known.phase, known.person = Phase.RESOLVED, False
            known.notes += 1
            self.highest += 1
            known.token = self.highest

    @rule(till=TILLS)
    def crash(self, till: int) -> None:
        self.tills[till].close()
        self.tills[till] = SqliteJournal(self.path)
        for known in self.entries:
            if known.holder is not None and known.holder[0] == till:
                known.holder = None

    @invariant()
    def every_till_reads_what_the_model_knows(self) -> None:
        for journal in self.tills:
            kept = [(e.reference, e.phase, bool(e.broken)) for e in journal.latest(1000)]
            assert kept == [(e.reference, e.phase, e.broken) for e in reversed(self.entries)]
        unresolved = {e.reference: e for e in self.tills[0].unresolved()}
        expected = {e.reference: e for e in self.entries if e.phase is not Phase.RESOLVED}
        assert unresolved.keys() == expected.keys()
        for name, entry in unresolved.items():
            assert len(entry.notes) == expected[name].notes
            assert entry.needs_person == expected[name].person

    def teardown(self) -> None:
        for journal in self.tills:
            journal.close()
        self.folder.cleanup()


Tills.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestTills = Tills.TestCase
