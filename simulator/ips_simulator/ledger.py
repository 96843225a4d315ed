"""What was really charged: the judge in every test.

Entries are only ever added. One operation that moved money makes one entry, so a charge that was
made twice stands there twice.
"""

import threading
from collections.abc import Iterable
from enum import StrEnum

import attrs


class ChargeKind(StrEnum):
    """What an entry of the ledger stands for."""

    SALE = "sale"
    """Authorised, and settled with its batch."""
    AUTHORISATION = "authorisation"
    """A pre-authorisation: nothing is paid until it is settled."""
    SETTLEMENT = "settlement"
    """Of an earlier authorisation; what is paid."""
    REFUND = "refund"
    """Paid back to the cardholder."""
    CANCEL = "cancel"
    """Takes an earlier sale, refund or authorisation out of settlement."""


@attrs.frozen(kw_only=True)
class Charge:
    """One entry. It holds no card data."""

    number: int
    """Counts from 1 over the whole ledger."""
    kind: ChargeKind
    paypoint_id: str
    batch_number: int
    merchant_transaction_reference: str
    gateway_transaction_reference: str
    """Of the payment; a settlement or cancel names the payment it acts on."""
    amount: int
    """Minor units: 1099 is 10.99. A cancel repeats the amount that it takes back: what was settled
    of an authorisation, or all of it where nothing was. Only a settlement can be 0."""
    offline: bool = False
    """True when IPS accepted the payment on its own."""


@attrs.frozen(kw_only=True)
class Totals:
    """What will be settled: cancelled payments are not in it."""

    sale_count: int = 0
    sale_amount: int = 0
    refund_count: int = 0
    refund_amount: int = 0

    @property
    def net_amount(self) -> int:
        """What the merchant receives."""
        return self.sale_amount - self.refund_amount

    def plus(self, other: "Totals") -> "Totals":
        """Both together."""
        return Totals(
            sale_count=self.sale_count + other.sale_count,
            sale_amount=self.sale_amount + other.sale_amount,
            refund_count=self.refund_count + other.refund_count,
            refund_amount=self.refund_amount + other.refund_amount,
        )

    def minus(self, other: "Totals") -> "Totals":
        """What remains without the other."""
        return Totals(
            sale_count=self.sale_count - other.sale_count,
            sale_amount=self.sale_amount - other.sale_amount,
            refund_count=self.refund_count - other.refund_count,
            refund_amount=self.refund_amount - other.refund_amount,
        )


class _Batch:
    """The sums of one paypoint's batch, kept up to date: a report does not read them all again."""

    def __init__(self) -> None:
        self.totals = Totals()
        self.offline_count = 0
        self._kept: dict[str, Totals] = {}
        self._cancelled: set[str] = set()

    def add(self, charge: Charge) -> None:
        reference = charge.gateway_transaction_reference
        self.offline_count += charge.offline
        if reference in self._cancelled:
            return
        if charge.kind is ChargeKind.CANCEL:
            self._cancelled.add(reference)
            self.totals = self.totals.minus(self._kept.pop(reference, Totals()))
            return
        counted = add_up([charge])
        self.totals = self.totals.plus(counted)
        self._kept[reference] = self._kept.get(reference, Totals()).plus(counted)


class Ledger:
    """All charges of a simulator. Safe to use from several threads.

    What an entry costs does not grow with their number; only `charges` copies, once for each entry
    that it is asked after.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[Charge] = []
        self._snapshot: tuple[Charge, ...] | None = ()
        self._payments: dict[tuple[str, str], list[Charge]] = {}
        self._batches: dict[tuple[str, int], _Batch] = {}

    def __repr__(self) -> str:
        return f"<Ledger: {len(self._entries)} charges>"

    @property
    def charges(self) -> tuple[Charge, ...]:
        """Every entry so far, oldest first. What was returned never changes."""
        with self._lock:
            if self._snapshot is None:
                self._snapshot = tuple(self._entries)
            return self._snapshot

    def of_payment(self, paypoint_id: str, gateway_reference: str) -> tuple[Charge, ...]:
        """The entries of one payment, oldest first."""
        with self._lock:
            return tuple(self._payments.get((paypoint_id, gateway_reference), ()))

    def to_json(self) -> str:
        """The ledger as a JSON document; `ledger.schema.json` describes it."""
        from .ledger_export import render_ledger  # it is made of the classes of this file

        return render_ledger(self)

    def totals(self, *, paypoint_id: str | None = None, batch_number: int | None = None) -> Totals:
        """Add up what will be settled, of everything or of one paypoint and batch."""
        if paypoint_id is not None and batch_number is not None:
            return self._batch(paypoint_id, batch_number).totals
        return add_up(
            charge
            for charge in self.charges
            if paypoint_id in (None, charge.paypoint_id)
            and batch_number in (None, charge.batch_number)
        )

    def offline_count(self, paypoint_id: str, batch_number: int) -> int:
        """How many payments of a batch IPS accepted on its own, cancelled ones included."""
        return self._batch(paypoint_id, batch_number).offline_count

    def book(
        self,
        kind: ChargeKind,
        *,
        paypoint_id: str,
        batch_number: int,
        merchant_transaction_reference: str,
        gateway_transaction_reference: str,
        amount: int,
        offline: bool = False,
    ) -> Charge:
        """Add an entry."""
        with self._lock:
            charge = Charge(
                number=len(self._entries) + 1,
                kind=kind,
                paypoint_id=paypoint_id,
                batch_number=batch_number,
                merchant_transaction_reference=merchant_transaction_reference,
                gateway_transaction_reference=gateway_transaction_reference,
                amount=amount,
                offline=offline,
            )
            self._entries.append(charge)
            self._snapshot = None
            of_payment = (paypoint_id, gateway_transaction_reference)
            self._payments.setdefault(of_payment, []).append(charge)
            self._batches.setdefault((paypoint_id, batch_number), _Batch()).add(charge)
        return charge

    def _batch(self, paypoint_id: str, batch_number: int) -> _Batch:
        with self._lock:
            return self._batches.get((paypoint_id, batch_number)) or _Batch()


def add_up(charges: Iterable[Charge]) -> Totals:
    """Totals of what remains when cancelled payments are left out."""
    entries = tuple(charges)
    cancelled = {
        (entry.paypoint_id, entry.gateway_transaction_reference)
        for entry in entries
        if entry.kind is ChargeKind.CANCEL
    }
    kept = [
        entry
        for entry in entries
        if (entry.paypoint_id, entry.gateway_transaction_reference) not in cancelled
    ]
    sales = [e.amount for e in kept if e.kind in (ChargeKind.SALE, ChargeKind.SETTLEMENT)]
    refunds = [e.amount for e in kept if e.kind is ChargeKind.REFUND]
    return Totals(
        sale_count=len(sales),
        sale_amount=sum(sales),
        refund_count=len(refunds),
        refund_amount=sum(refunds),
    )
