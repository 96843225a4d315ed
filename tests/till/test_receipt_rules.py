"""Printing once, and what must not stand on a receipt."""

import pytest

from ips_till.journal import StoredReceipt
from ips_till.receipts import AlreadyPrintedError, Receipt, Severity, lint, print_once, reprint

STORED = StoredReceipt(type="customer", number=1, text="TOTAL 10.99")
GOOD = "THE SHOP\nCARD ************0002\nSALE 10.99 GBP\n24/08/2019 14:15\n"


class Ledger:
    """Counts in memory what a journal counts on disk."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, int], int] = {}

    def mark_printed(self, reference: str, number: int) -> int:
        before = self.counts.get((reference, number), 0)
        self.counts[reference, number] = before + 1
        return before


class Paper:
    """Remembers what was printed, and whether it says DUPLICATE."""

    def __init__(self) -> None:
        self.printed: list[tuple[str, bool]] = []

    def __call__(self, receipt: Receipt, duplicate: bool) -> None:
        self.printed.append((receipt.text, duplicate))


@pytest.mark.criterion("AC33")
def test_an_original_is_printed_once() -> None:
    """The second is refused; a reprint is a duplicate."""
    ledger, paper = Ledger(), Paper()
    print_once(STORED, "R1", ledger=ledger, output=paper)
    with pytest.raises(AlreadyPrintedError, match="DUPLICATE"):
        print_once(STORED, "R1", ledger=ledger, output=paper)
    reprint(STORED, "R1", ledger=ledger, output=paper)
    assert paper.printed == [("TOTAL 10.99", False), ("TOTAL 10.99", True)]


def test_a_crash_while_printing_never_makes_two_originals() -> None:
    """It is counted before the printer is asked."""
    ledger, paper = Ledger(), Paper()

    def jams(_receipt: Receipt, _duplicate: bool) -> None:
        raise OSError("out of paper")

    with pytest.raises(OSError, match="out of paper"):
        print_once(STORED, "R1", ledger=ledger, output=jams)
    with pytest.raises(AlreadyPrintedError):
        print_once(STORED, "R1", ledger=ledger, output=paper)


def test_a_good_copy_has_no_findings() -> None:
    """The last four digits, an amount, a date: all that is expected, and nothing more."""
    assert lint(Receipt.from_text("customer", GOOD)) == ()


@pytest.mark.parametrize(
    "line",
    [
        "CARD 1234 5678 9012 3445",
        "492949XXXXXX0002",
        "4929 49** **** 0002",
        "************00002",
        "EXPIRY DATE 12/20",
        "VALID THRU: 12/2020",
        "CVV2: 123",
        "PIN 1234",
        ";492949XXXXXX0002=2012",
        "eyJhbGciOiJIUzI1NiJ9",
    ],
)
def test_what_is_forbidden_on_a_customers_copy_is_found(line: str) -> None:
    """The finding names the line, and never quotes it."""
    findings = lint(Receipt.from_text("customer", f"{GOOD}{line}\n"))
    assert [(found.severity, found.line) for found in findings][:1] == [(Severity.FORBIDDEN, 5)]
    assert not any(line in str(found) for found in findings)


@pytest.mark.parametrize("line", ["************0002", "PIN VERIFIED", "AUTH CODE 123456"])
def test_what_is_harmless_is_not_found(line: str) -> None:
    """A linter that cries wolf is switched off."""
    assert lint(Receipt.from_text("customer", f"{GOOD}{line}\n")) == ()


def test_what_is_missing_is_advice() -> None:
    """It may be a receipt of another kind: nobody knows the rules of all."""
    findings = lint(Receipt.from_text("customer", "THANK YOU"))
    assert {found.severity for found in findings} == {Severity.ADVICE}
    assert len(findings) == 3
    assert lint(Receipt.from_text("merchant", "THANK YOU")) == ()
