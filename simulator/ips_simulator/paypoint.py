"""One paypoint: what it is busy with, what it did last, and its batch."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import attrs

from stompws.shapes import DateTime
from worldpay_ips import (
    BatchReport,
    BatchReportDetails,
    CardSchemeTotals,
    PaymentOutcome,
    PaymentReceipt,
    ReceiptType,
)
from worldpay_ips import (
    Paypoint as PaypointShown,
)

from .documentation import documented
from .ledger import Charge, ChargeKind, Ledger
from .pin_pad import PinPad
from .results import Numbers

MOST_REMEMBERED: Final = 1000
"""References of a paypoint that can be asked for, the last ones; a simulator may run for weeks."""


@attrs.frozen(kw_only=True)
class Done:
    """What the paypoint remembers of a payment, settlement or cancellation."""

    outcome: PaymentOutcome
    receipts: Mapping[ReceiptType, PaymentReceipt] = attrs.field(
        factory=dict[ReceiptType, PaymentReceipt]
    )
    told: bytes | None = attrs.field(default=None, repr=False)
    """The result message as a scenario changed it; a query is told the same."""

    @property
    def reference(self) -> str:
        """The merchant's reference, by which it is asked for."""
        return self.outcome.merchant_transaction_reference or ""


class Paypoint:
    """The state behind one address. Used from the simulator's event loop only."""

    def __init__(
        self,
        paypoint_id: str,
        ledger: Ledger,
        pad: PinPad,
        *,
        on_charge: Callable[[Charge], None] | None = None,
    ) -> None:
        report = documented(BatchReport)
        self.id = paypoint_id
        self.busy = False
        self.last: Done | None = None
        self.payments: dict[str, Done] = {}
        """Payments with a card, by the gateway's reference, for settling and cancelling."""
        self.batch_number = report.batch_number or 1
        self.device_back_at = float("-inf")
        """When the device is there again that restarts, on the simulator's clock."""
        self._report = report
        self._ledger = ledger
        self._sequence = 0
        self.pad = pad
        self._on_charge = on_charge
        self._by_reference: OrderedDict[str, Done] = OrderedDict()
        self._waiting: deque[asyncio.Future[None]] = deque()

    def __repr__(self) -> str:
        return f"<Paypoint {self.id}, {'busy' if self.busy else 'not busy'}>"

    @contextmanager
    def occupied(self) -> Generator[None]:
        """One payment at a time: mark the paypoint as busy with one."""
        self.busy = True
        try:
            yield
        finally:
            self.busy = False
            # All are woken, in their order: the first may find that its client has left.
            for waiting in self._waiting:
                if not waiting.done():
                    waiting.set_result(None)

    async def until_free(self) -> None:
        """Wait for the end of the payment that runs, behind those who wait already."""
        while self.busy:
            mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(mine)
            try:
                await mine
            finally:
                self._waiting.remove(mine)

    def next_numbers(self) -> Numbers:
        """Numbers for a payment."""
        self._sequence += 1
        return Numbers(sequence=self._sequence)

    def remember(self, done: Done) -> None:
        """Make this the last payment: the one that can be asked for."""
        self.last = done
        self._by_reference[done.reference] = done
        self._by_reference.move_to_end(done.reference)
        if len(self._by_reference) > MOST_REMEMBERED:
            self._by_reference.popitem(last=False)

    def find(self, reference: str) -> Done | None:
        """The latest of a reference, if it is among the last that the paypoint remembers."""
        return self._by_reference.get(reference)

    def remember_payment(self, done: Done) -> None:
        """Make this the last payment, and one that can be settled or cancelled."""
        self.remember(done)
        if (gateway_reference := done.outcome.gateway_transaction_reference) is not None:
            self.payments[gateway_reference] = Done(outcome=done.outcome)  # without its receipts

    def book(
        self, kind: ChargeKind, outcome: PaymentOutcome, amount: int, *, offline: bool = False
    ) -> None:
        """Enter a charge into the ledger."""
        charge = self._ledger.book(
            kind,
            paypoint_id=self.id,
            batch_number=self.batch_number,
            merchant_transaction_reference=outcome.merchant_transaction_reference or "",
            gateway_transaction_reference=outcome.gateway_transaction_reference or "",
            amount=amount,
            offline=offline,
        )
        if self._on_charge is not None:
            self._on_charge(charge)

    def booked(self, gateway_reference: str) -> dict[ChargeKind, Charge]:
        """What the ledger holds of one payment: its charges by their kinds, oldest first."""
        charges = self._ledger.of_payment(self.id, gateway_reference)
        return {charge.kind: charge for charge in charges}

    @property
    def offline_count(self) -> int:
        """Payments of the open batch that IPS accepted on its own; they wait to be sent on."""
        return self._ledger.offline_count(self.id, self.batch_number)

    @property
    def shown(self) -> PaypointShown:
        """How the paypoint names itself in messages."""
        template = self._report.paypoint or PaypointShown()
        return attrs.evolve(template, paypoint_id=self.id)

    def report(self, *, close: bool) -> BatchReport:
        """Report on the open batch: the sums of its charges in the ledger."""
        totals = self._ledger.totals(paypoint_id=self.id, batch_number=self.batch_number)
        scheme = CardSchemeTotals(
            card_scheme="Visa",  # the documentation's card is the only one there is
            credit_count=totals.refund_count,
            credit_totals=totals.refund_amount,
            debit_count=totals.sale_count,
            debit_totals=totals.sale_amount,
        )
        report = BatchReport(
            paypoint=self.shown,
            batch_number=self.batch_number,
            currency_code=self._report.currency_code,
            sale_count=totals.sale_count,
            refund_count=totals.refund_count,
            sale_total_amount=totals.sale_amount,
            refund_total_amount=totals.refund_amount,
            batch_report=BatchReportDetails(
                fcr=self.batch_number,
                report_date=DateTime.of(datetime.now(UTC)),
                report=(scheme,) if totals.sale_count or totals.refund_count else (),
            ),
        )
        if close:
            self.batch_number += 1
        return report
