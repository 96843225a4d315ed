"""Printing once, and what must not stand on a receipt."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ips_till.errors import JournalError
from ips_till.journal import StoredReceipt
from ips_till.receipts import (
    AlreadyPrintedError,
    Charset,
    Receipt,
    Severity,
    lint,
    print_once,
    reprint,
)

STORED = StoredReceipt(type="customer", number=1, text="TOTAL 10.99")
GOOD = """THE SHOP
CARD ************0002
SALE 10.99 GBP
24/08/2019 14:15
AID A0000000031010  AUTH CODE: 78901A
"""


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
        "411111••••••1111",
        "4***********1111",
        "****1111****1111",
        "EXPIRY DATE 12/20",
        "VALID THRU 1220",
        "VALID THRU: 12/2020",
        "CVV2: 123",
        "PIN 1234",
        "PIN BLOCK 0412AC89ABCDEF67",
        ";492949XXXXXX0002=2012",
        "%B4111111111111111^DOE/J^2912",
        "4111111111111111D2912",
        "LICENCE KEY: abcdefgh12",
        "eyJhbGciOiJIUzI1NiJ9",
    ],
)
def test_what_is_forbidden_on_a_customers_copy_is_found(line: str) -> None:
    """The finding names the line, and never quotes it."""
    findings = lint(Receipt.from_text("customer", f"{GOOD}{line}\n"))
    assert [(found.severity, found.line) for found in findings][:1] == [(Severity.FORBIDDEN, 6)]
    assert not any(line in str(found) for found in findings)


@pytest.mark.parametrize(
    "line",
    [
        "************0002",
        "**** **** **** 0002 03",
        "QTY 12 ************0002",
        "12 x 1250",
        "*** 1010.99 ***",
        "*" * 32,
        "PIN VERIFIED",
        "CVV MATCHED",
        "EXP **/**",
        "EXPRESS 12",
        "AUTH CODE 123456",
        "TEL 0113 496 0000",
    ],
)
def test_what_is_harmless_is_not_found(line: str) -> None:
    """A linter that cries wolf is switched off."""
    assert lint(Receipt.from_text("customer", f"{GOOD}{line}\n")) == ()


def test_a_card_number_on_two_lines_is_found() -> None:
    """Wrapping does not hide it; two numbers that end and begin elsewhere are no card."""
    found = lint(Receipt.from_text("merchant", "CARD 41111111\n11111111 VISA"))
    assert [(one.severity, one.line) for one in found] == [(Severity.FORBIDDEN, 1)]
    assert lint(Receipt.from_text("merchant", "CARD 41111111\nREF 11111111")) == ()


def test_a_reference_is_exempt_by_its_spelling() -> None:
    """A reference may be digits that pass the check: named, it is none. A part exempts nothing."""
    one = Receipt.from_text("merchant", "REF 4111111111111111")
    assert len(lint(one)) == 1
    assert lint(one, exempt=["4111111111111111"]) == ()
    assert len(lint(one, exempt=["1111", "", "5555555555554444"])) == 1


def test_a_merchants_copy_is_held_to_the_same_format() -> None:
    """Four digits of a number on every copy; an expiry date is kept from customers' only."""
    assert lint(Receipt.from_text("merchant", "EXP 12/29")) == ()
    for line in ("411111******1111", "4111 1111 1111 1111"):
        assert len(lint(Receipt.from_text("merchant", line))) == 1


def test_a_guessed_charset_is_advised_about() -> None:
    """Characters may be wrong on it."""
    found = lint(Receipt.from_text("merchant", "x", charset=Charset.WINDOWS_1252))
    assert [one.severity for one in found] == [Severity.ADVICE]


@given(st.text())
def test_findings_never_quote(text: str) -> None:
    """A finding says what and where; what it found would be in the log otherwise."""
    for found in lint(Receipt.from_text("customer", f"{text} CVV 987\n4111111111111111 EXP 12/29")):
        assert not any(value in repr(found) + str(found) for value in ("987", "41111", "12/29"))


def test_of_many_threads_one_prints_the_original() -> None:
    """The ledger decides; nothing here remembers anything."""
    paper = Paper()
    ledger, lock = Ledger(), Lock()

    class Locked:
        def mark_printed(self, reference: str, number: int) -> int:
            with lock:
                return ledger.mark_printed(reference, number)

    def one(_: int) -> bool:
        try:
            print_once(STORED, "R1", ledger=Locked(), output=paper)
        except AlreadyPrintedError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(one, range(64))) == 1
    assert len(paper.printed) == 1


def test_what_cannot_be_counted_is_not_printed() -> None:
    """A full disk costs a receipt, never the rule."""
    paper = Paper()

    class Full:
        def mark_printed(self, reference: str, number: int) -> int:
            raise JournalError(f"no room for {reference} {number}")

    for print_ in (print_once, reprint):
        with pytest.raises(JournalError):
            print_(STORED, "R1", ledger=Full(), output=paper)
    assert paper.printed == []


def test_what_is_missing_is_advice() -> None:
    """It may be a receipt of another kind: nobody knows the rules of all."""
    findings = lint(Receipt.from_text("customer", "THANK YOU"))
    assert {found.severity for found in findings} == {Severity.ADVICE}
    assert len(findings) == 5
    assert lint(Receipt.from_text("merchant", "THANK YOU")) == ()
