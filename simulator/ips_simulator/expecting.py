"""What a test expects of the ledger, in words; what it is told when that is not so.

    expect(ips_simulator.ledger).charged_once(1099, reference="MS1231000001")

Each expectation looks at the ledger as it is now, and returns itself: they can be strung together.
"""

from collections.abc import Sequence
from typing import Self

from stompws.redaction import mask_numbers

from .assertions import table_of
from .ledger import Charge, ChargeKind, Ledger, Totals, add_up

_PAID = (ChargeKind.SALE, ChargeKind.SETTLEMENT)


def expect(ledger: Ledger) -> "LedgerExpectation":
    """Begin to say what should stand in a ledger."""
    return LedgerExpectation(ledger)


class LedgerExpectation:
    """Sentences about a ledger. Each raises AssertionError, with the ledger, when it is not true.

    `reference` is the `merchantTransactionReference`: with it only that payment is looked at.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def charged_once(self, amount: int, *, reference: str | None = None) -> Self:
        """The cardholder pays this amount, one time, and nothing else.

        A sale counts, and a settlement of an authorisation; what was cancelled does not.
        """
        __tracebackhide__ = True
        paid = self._paid(reference)
        if [charge.amount for charge in paid] != [amount]:
            wish = f"one charge of {amount}{_of(reference)}"
            self._fail(f"expected {wish}, but there {_found(paid)}")
        return self

    def charged_nothing(self, *, reference: str | None = None) -> Self:
        """The cardholder pays nothing: nothing was taken, or it was cancelled."""
        __tracebackhide__ = True
        if paid := self._paid(reference):
            self._fail(f"expected no charge{_of(reference)}, but there {_found(paid)}")
        return self

    def refunded_once(self, amount: int, *, reference: str | None = None) -> Self:
        """The cardholder is paid this amount back, one time."""
        __tracebackhide__ = True
        refunds = self._standing((ChargeKind.REFUND,), reference)
        if [charge.amount for charge in refunds] != [amount]:
            wish = f"one refund of {amount}{_of(reference)}"
            self._fail(f"expected {wish}, but there {_found(refunds)}")
        return self

    def cancelled(self, *, reference: str) -> Self:
        """The payment was booked, and cancelled."""
        __tracebackhide__ = True
        if not any(one.kind is ChargeKind.CANCEL for one in self._entries(reference)):
            self._fail(f"expected a cancel{_of(reference)}, but there is none")
        return self

    def reads(self, *entries: str) -> Self:
        """These are all entries, oldest first: `expect(ledger).reads("sale 1099", "refund 500")`.

        What `expect:` in a scenario file calls charges.
        """
        __tracebackhide__ = True
        found = tuple(f"{charge.kind} {charge.amount}" for charge in self._ledger.charges)
        if found != entries:
            wish = ", ".join(entries) or "no entries"
            self._fail(f"expected {wish}, but the ledger reads {', '.join(found) or 'nothing'}")
        return self

    def totals(self, **sums: int) -> Self:
        """These sums of what will be settled: `expect(ledger).totals(net_amount=599)`."""
        __tracebackhide__ = True
        found = add_up(self._ledger.charges)
        for name, wish in sums.items():
            if not hasattr(Totals, name):
                raise TypeError(f"there is no total {name!r}")
            if (is_ := getattr(found, name)) != wish:
                self._fail(f"expected a {name} of {wish}, but it is {is_}")
        return self

    @property
    def only(self) -> Charge:
        """The one entry that there is."""
        __tracebackhide__ = True
        charges = self._ledger.charges
        if len(charges) != 1:
            self._fail(f"expected one entry, but there are {len(charges)}")
        return charges[0]

    def _entries(self, reference: str | None) -> list[Charge]:
        return [
            charge
            for charge in self._ledger.charges
            if reference in (None, charge.merchant_transaction_reference)
        ]

    def _standing(self, kinds: Sequence[ChargeKind], reference: str | None) -> list[Charge]:
        """Entries of some kinds whose payment was not cancelled."""
        cancelled = {
            (charge.paypoint_id, charge.gateway_transaction_reference)
            for charge in self._ledger.charges
            if charge.kind is ChargeKind.CANCEL
        }
        return [
            charge
            for charge in self._entries(reference)
            if charge.kind in kinds
            and (charge.paypoint_id, charge.gateway_transaction_reference) not in cancelled
        ]

    def _paid(self, reference: str | None) -> list[Charge]:
        return self._standing(_PAID, reference)

    def _fail(self, sentence: str) -> None:
        __tracebackhide__ = True
        raise AssertionError("\n".join([sentence, *table_of(self._ledger.charges)]))


def _of(reference: str | None) -> str:
    return "" if reference is None else f" of payment {mask_numbers(reference)}"


def _found(charges: Sequence[Charge]) -> str:
    amounts = " and ".join(str(charge.amount) for charge in charges)
    match len(charges):
        case 0:
            return "is none"
        case 1:
            return f"is one of {amounts}"
        case number:
            return f"are {number}: {amounts}"
