"""X and Z reports against the ledger, after any mix of what tills do on several paypoints."""

from collections import defaultdict

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from ips_simulator import Charge, ChargeKind
from ips_simulator.behaviour import Behaviour
from ips_simulator.ledger import add_up
from ips_simulator.world import World
from straight import StraightTill, make_world
from worldpay_ips import BatchReport, Outcome, PaymentOutcome, PaymentType, Result

PAYPOINTS = ("INST001", "INST002", "INST003")
RESULTS = (
    None, Result.AUTHORISED_OFFLINE, Result.REFUSED_ONLINE, Result.ABORTED_DEVICE_UNAVAILABLE,
)  # fmt: skip


@attrs.frozen
class Take:
    """A payment, and how it ends; None is the success that fits."""

    kind: PaymentType
    amount: int
    result: Result | None


@attrs.frozen
class FollowUp:
    """Settling (a part of the amount, or all) or cancelling one of the earlier payments."""

    which: int
    part: float | None
    """None cancels."""


@attrs.frozen
class Ask:
    """An X report, or a Z report."""

    close: bool


Deed = Take | FollowUp | Ask
kinds = st.sampled_from([PaymentType.SALE, PaymentType.REFUND, PaymentType.PRE_AUTH])
deeds = st.one_of(
    st.builds(Take, kinds, st.integers(0, 10_000), st.sampled_from(RESULTS)),
    st.builds(Take, kinds, st.integers(1, 10_000), st.none()),
    st.builds(FollowUp, st.integers(0, 20), st.one_of(st.none(), st.floats(0, 1.2))),
    st.builds(Ask, st.booleans()),
)


class Shop:
    """Tills on several paypoints, and what each report should say by simple book-keeping."""

    def __init__(self) -> None:
        self.world: World = make_world()
        self.taken: dict[str, list[PaymentOutcome]] = defaultdict(list)
        self.booked: dict[str, list[Charge]] = defaultdict(list)
        """Of the open batch of each paypoint: what the ledger got since its last Z report."""
        self.all_booked: list[Charge] = []
        self._count = 0

    def do(self, paypoint_id: str, deed: Deed) -> None:
        """Do it, and look at what the ledger has gained."""
        self._count += 1
        till, reference = StraightTill(self.world, paypoint_id), f"MIX-{self._count}"
        match deed:
            case Take(kind, amount, result):
                self.world.choices.queue(Behaviour(outcome=result), paypoint_id=paypoint_id)
                outcome = till.pay(kind, reference, amount)
                self._note(paypoint_id, moved=outcome.outcome is Outcome.SUCCEEDED and amount > 0)
                if outcome.gateway_transaction_reference is not None:
                    self.taken[paypoint_id].append(outcome)
            case FollowUp(which, part) if self.taken[paypoint_id]:
                original = self.taken[paypoint_id][which % len(self.taken[paypoint_id])]
                outcome = self._follow_up(till, reference, original, part)
                self._note(paypoint_id, moved=outcome.outcome is Outcome.SUCCEEDED)
            case Ask(close):
                self.look(paypoint_id, till.report(close=close))
                self._note(paypoint_id, moved=False)
                if close:
                    self.booked[paypoint_id].clear()
            case FollowUp():
                pass  # nothing was taken here

    @staticmethod
    def _follow_up(
        till: StraightTill, reference: str, original: PaymentOutcome, part: float | None
    ) -> PaymentOutcome:
        if part is None:
            return till.cancel(reference, original)
        value = original.value
        return till.settle(reference, original, 0 if value is None else int(value.amount * part))

    def _note(self, paypoint_id: str, *, moved: bool) -> None:
        """What succeeded is one entry, everything else none."""
        charges = self.world.ledger.charges
        new = charges[len(self.all_booked) :]
        assert [charge.paypoint_id for charge in new] == [paypoint_id] * moved
        self.all_booked += new
        self.booked[paypoint_id] += new

    def look(self, paypoint_id: str, report: BatchReport) -> None:
        """A report is the sum of what its own paypoint booked since the last Z report."""
        booked = self.booked[paypoint_id]
        gone = {c.gateway_transaction_reference for c in booked if c.kind is ChargeKind.CANCEL}
        kept = [c for c in booked if c.gateway_transaction_reference not in gone]
        sales = [c.amount for c in kept if c.kind in (ChargeKind.SALE, ChargeKind.SETTLEMENT)]
        refunds = [c.amount for c in kept if c.kind is ChargeKind.REFUND]
        assert (report.sale_count, report.sale_total_amount) == (len(sales), sum(sales))
        assert (report.refund_count, report.refund_total_amount) == (len(refunds), sum(refunds))
        assert {charge.batch_number for charge in booked} <= {report.batch_number}

    def look_at_everything(self) -> None:
        """Batch by batch, and all batches together."""
        ledger = self.world.ledger
        assert ledger.charges == tuple(self.all_booked)
        batches = {(charge.paypoint_id, charge.batch_number) for charge in ledger.charges}
        sums = [ledger.totals(paypoint_id=where, batch_number=batch) for where, batch in batches]
        for (where, batch), kept in zip(batches, sums, strict=True):
            own = [c for c in ledger.charges if (c.paypoint_id, c.batch_number) == (where, batch)]
            assert kept == add_up(own)
        assert sum(one.net_amount for one in sums) == ledger.totals().net_amount
        for paypoint_id in PAYPOINTS:
            offline = sum(charge.offline for charge in self.booked[paypoint_id])
            assert StraightTill(self.world, paypoint_id).offline_count() == offline
            self.look(paypoint_id, StraightTill(self.world, paypoint_id).report(close=False))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PAYPOINTS), deeds), max_size=60))
def test_reports_add_up_with_the_ledger(mix: list[tuple[str, Deed]]) -> None:
    """Batch by batch and paypoint by paypoint, whatever was paid, settled, cancelled and closed."""
    shop = Shop()
    for paypoint_id, deed in mix:
        shop.do(paypoint_id, deed)
    shop.look_at_everything()


@given(st.lists(st.tuples(st.sampled_from(PAYPOINTS[:2]), deeds), min_size=1, max_size=30))
@settings(max_examples=50, deadline=None)
def test_a_closed_batch_does_not_change(mix: list[tuple[str, Deed]]) -> None:
    """What a Z report said stays true of its batch: nothing is booked or cancelled in it later."""
    shop = Shop()
    shop.do("INST001", Take(PaymentType.SALE, 700, None))
    report = StraightTill(shop.world, "INST001").report(close=True)
    shop.booked["INST001"].clear()
    for paypoint_id, deed in mix:
        shop.do(paypoint_id, deed)
    closed = shop.world.ledger.totals(paypoint_id="INST001", batch_number=report.batch_number or 1)
    assert (closed.sale_count, closed.sale_amount) == (1, 700)
    assert report.sale_total_amount == 700
