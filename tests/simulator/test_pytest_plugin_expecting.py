"""Sentences about ledgers: when they hold, and what they say when they do not."""

import pytest

from ips_simulator import Charge, ChargeKind, Ledger
from ips_simulator.assertions import explain_comparison, table_of
from ips_simulator.expecting import LedgerExpectation, expect

SALE, REFUND, CANCEL = ChargeKind.SALE, ChargeKind.REFUND, ChargeKind.CANCEL
AUTHORISATION, SETTLEMENT = ChargeKind.AUTHORISATION, ChargeKind.SETTLEMENT
Entry = tuple[ChargeKind, str, int]


def ledger_of(*entries: Entry) -> Ledger:
    """Kinds, references and amounts; the payment that is acted on has the reference's name."""
    ledger = Ledger()
    for kind, reference, amount in entries:
        ledger.book(
            kind,
            paypoint_id="INST001",
            batch_number=7,
            merchant_transaction_reference=reference,
            gateway_transaction_reference=f"G-{reference}",
            amount=amount,
        )
    return ledger


def said(call: pytest.ExceptionInfo[AssertionError]) -> str:
    """The sentence: the table stands below it."""
    sentence, *table = str(call.value).splitlines()
    assert table
    return sentence


@pytest.mark.parametrize(
    ("entries", "reference"),
    [
        ([(SALE, "M1", 1099)], None),
        ([(SALE, "M1", 1099)], "M1"),
        ([(SALE, "M1", 1099), (SALE, "M2", 500)], "M1"),
        ([(AUTHORISATION, "M1", 2000), (SETTLEMENT, "M1", 1099)], None),
        ([(SALE, "M0", 700), (CANCEL, "M0", 700), (SALE, "M1", 1099)], None),
        ([(SALE, "M1", 1099), (REFUND, "M2", 1099)], None),
    ],
)
def test_what_is_paid_once_was_charged_once(entries: list[Entry], reference: str | None) -> None:
    """Sales and settlements are what a cardholder pays; the rest is not."""
    expect(ledger_of(*entries)).charged_once(1099, reference=reference)


@pytest.mark.parametrize(
    ("entries", "reference", "sentence"),
    [
        ([], None, "expected one charge of 1099, but there is none"),
        ([], "M1", "expected one charge of 1099 of payment M1, but there is none"),
        ([(SALE, "M1", 1098)], None, "expected one charge of 1099, but there is one of 1098"),
        (
            [(SALE, "M2", 1099)],
            "M1",
            "expected one charge of 1099 of payment M1, but there is none",
        ),
        (
            [(SALE, "M1", 1099), (SALE, "M1", 1099)],
            "M1",
            "expected one charge of 1099 of payment M1, but there are 2: 1099 and 1099",
        ),
        (
            [(SALE, "M1", 1099), (SALE, "M2", 5)],
            None,
            "expected one charge of 1099, but there are 2: 1099 and 5",
        ),
        (
            [(SALE, "M1", 1099), (CANCEL, "M1", 1099)],
            None,
            "expected one charge of 1099, but there is none",
        ),
        ([(AUTHORISATION, "M1", 1099)], None, "expected one charge of 1099, but there is none"),
    ],
)
def test_anything_else_was_not_charged_once(
    entries: list[Entry], reference: str | None, sentence: str
) -> None:
    """Nor twice, nor another amount, nor of another payment."""
    with pytest.raises(AssertionError) as caught:
        expect(ledger_of(*entries)).charged_once(1099, reference=reference)
    assert said(caught) == sentence


def test_nothing_is_charged_when_nothing_is_paid() -> None:
    """A cancelled sale and an authorisation cost nothing."""
    expect(ledger_of()).charged_nothing()
    cancelled = ledger_of((SALE, "M1", 1099), (CANCEL, "M1", 1099), (AUTHORISATION, "M2", 5))
    expect(cancelled).charged_nothing().cancelled(reference="M1")
    with pytest.raises(AssertionError) as caught:
        expect(ledger_of((SALE, "M1", 1099))).charged_nothing()
    assert said(caught) == "expected no charge, but there is one of 1099"


def test_refunds_and_cancels_are_found() -> None:
    """Each of its own payment."""
    ledger = ledger_of((SALE, "M1", 1099), (REFUND, "M2", 500), (SALE, "M3", 1))
    expect(ledger).refunded_once(500).refunded_once(500, reference="M2")
    with pytest.raises(AssertionError) as caught:
        expect(ledger).refunded_once(500, reference="M1")
    assert said(caught) == "expected one refund of 500 of payment M1, but there is none"
    with pytest.raises(AssertionError) as caught:
        expect(ledger).cancelled(reference="M3")
    assert said(caught) == "expected a cancel of payment M3, but there is none"


def test_all_entries_can_be_read() -> None:
    """In their order."""
    ledger = ledger_of((AUTHORISATION, "M1", 1099), (SETTLEMENT, "M1", 500))
    expect(ledger).reads("authorisation 1099", "settlement 500")
    expect(ledger_of()).reads()
    with pytest.raises(AssertionError) as caught:
        expect(ledger).reads("settlement 500", "authorisation 1099")
    assert said(caught) == (
        "expected settlement 500, authorisation 1099, "
        "but the ledger reads authorisation 1099, settlement 500"
    )
    with pytest.raises(AssertionError, match="expected sale 1, but the ledger reads nothing"):
        expect(ledger_of()).reads("sale 1")


def test_sums_can_be_named() -> None:
    """By their names in `Totals`."""
    ledger = ledger_of((SALE, "M1", 1099), (REFUND, "M2", 500))
    expect(ledger).totals(net_amount=599, sale_count=1, refund_amount=500)
    with pytest.raises(AssertionError) as caught:
        expect(ledger).totals(sale_count=1, net_amount=600)
    assert said(caught) == "expected a net_amount of 600, but it is 599"
    with pytest.raises(TypeError, match="there is no total 'gross'"):
        expect(ledger).totals(gross=1)


def test_the_only_entry_is_given() -> None:
    """When there is one."""
    assert expect(ledger_of((SALE, "M1", 1099))).only.amount == 1099
    with pytest.raises(AssertionError, match="expected one entry, but there are 0"):
        _ = expect(ledger_of()).only


def test_a_table_has_a_line_for_each_entry() -> None:
    """Numbers to the right; a card number in a reference is not shown."""
    ledger = ledger_of((SALE, "M1", 1099), (CANCEL, "4444333322221111", 5))
    assert table_of(ledger.charges)[:2] == [
        "  no  kind    amount  reference         of payment          paypoint  batch",
        "   1  sale      1099  M1                G-M1                INST001       7",
    ]
    assert table_of(ledger.charges)[2].split()[3] == "************1111"
    assert table_of(()) == ["  (no entries)"]


def test_comparisons_of_charges_are_explained() -> None:
    """And no others."""
    ledger = ledger_of((SALE, "M1", 1099))
    (charge,) = ledger.charges
    assert isinstance(charge, Charge)
    table = table_of(ledger.charges)
    expected = ["the charges are not those", *table, "but should be", "  (no entries)"]
    assert explain_comparison(ledger.charges, ()) == expected
    assert explain_comparison(ledger, []) == expected
    assert explain_comparison(charge, ()) == expected
    assert explain_comparison((), ()) is None
    assert explain_comparison(ledger.charges, 7) is None
    assert explain_comparison([charge, 7], ledger.charges) is None


def test_expectations_are_strung_together() -> None:
    """Each returns itself."""
    one = expect(ledger_of((SALE, "M1", 1099)))
    assert isinstance(one, LedgerExpectation)
    assert one.charged_once(1099).reads("sale 1099").totals(net_amount=1099) is one
