"""What must not stand on a receipt, and what one expects to. A finding never quotes a value."""

from collections.abc import Collection, Iterator
from enum import StrEnum

import attrs

from stompws.records import Record

from .decoding import Charset
from .expected import expected
from .forbidden import card_over_two_lines, forbidden
from .receipt import Receipt


class Severity(StrEnum):
    """How bad a finding is."""

    FORBIDDEN = "forbidden"
    """It must not be handed over: card schemes and PCI DSS forbid it."""
    ADVICE = "advice"
    """Usual, and missing or odd. *Invented*: the rules of the schemes are not public."""


@attrs.frozen(kw_only=True)
class Finding(Record):
    """One thing about one receipt."""

    severity: Severity
    line: int | None
    """Counts from 1; None for the whole."""
    what: str

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}: "
        return f"{self.severity.value}: {where}{self.what}"


def lint(receipt: Receipt, *, exempt: Collection[str] = ()) -> tuple[Finding, ...]:
    """Look for what must not stand on a receipt; on a customer's copy also for what is missing.

    `exempt` are values that look like the number of a card and are none, such as the reference of
    the payment. Only whole words count.
    """
    return (*_forbidden(receipt, exempt), *_missing(receipt))


def _forbidden(receipt: Receipt, exempt: Collection[str]) -> Iterator[Finding]:
    lines = [_without(line, exempt) for line in receipt.lines]
    for number, line in enumerate(lines, start=1):
        for rule in forbidden(line):
            if receipt.type == "merchant" and not rule.everywhere:
                continue
            yield Finding(
                severity=Severity.FORBIDDEN,
                line=number,
                what=f"{rule.what} stands here ({rule.source})",
            )
        if number < len(lines) and card_over_two_lines(line, lines[number]):
            yield Finding(
                severity=Severity.FORBIDDEN,
                line=number,
                what="with the next line, a whole card number stands here",
            )


def _missing(receipt: Receipt) -> Iterator[Finding]:
    if receipt.charset is not Charset.UTF_8:
        what = f"it is not base64 of UTF-8 and was read as {receipt.charset.value}"
        yield Finding(severity=Severity.ADVICE, line=None, what=what)
    if receipt.type != "customer":
        return
    for name in expected(receipt.lines):
        yield Finding(severity=Severity.ADVICE, line=None, what=f"{name} is missing")


def _without(line: str, exempt: Collection[str]) -> str:
    """Take out whole words: a piece of a card number does not hide the rest of it."""
    return " ".join("" if word in exempt else word for word in line.split(" "))
