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


class Ledger:
    """All charges of a simulator. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._charges: tuple[Charge, ...] = ()

    def __repr__(self) -> str:
        return f"<Ledger: {len(self.charges)} charges>"

    @property
    def charges(self) -> tuple[Charge, ...]:
        """Every entry so far, oldest first. What was returned never changes."""
        return self._charges

    def totals(self, *, paypoint_id: str | None = None, batch_number: int | None = None) -> Totals:
        """Add up what will be settled, of everything or of one paypoint and batch."""
        return add_up(
            charge
            for charge in self.charges
            if paypoint_id in (None, charge.paypoint_id)
            and batch_number in (None, charge.batch_number)
        )

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
                number=len(self._charges) + 1,
                kind=kind,
                paypoint_id=paypoint_id,
                batch_number=batch_number,
                merchant_transaction_reference=merchant_transaction_reference,
                gateway_transaction_reference=gateway_transaction_reference,
                amount=amount,
                offline=offline,
            )
            self._charges = (*self._charges, charge)
        return charge


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
