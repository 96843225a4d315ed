"""What must not stand on a receipt, and what one expects to. A finding never quotes a value."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import attrs

from stompws.masking import mask_numbers
from stompws.records import Record

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


_MORE_THAN_FOUR: Final = re.compile(r"[0-9]{2,6}[ -]?[0-9Xx*#. -]*[Xx*#][0-9Xx*#. -]*[0-9]{4}\b")
_FIVE_AT_END: Final = re.compile(r"[Xx*#]{4,}[ -]?[0-9]{5,}\b")
_TRACK: Final = re.compile(r"[;%]B?[0-9X*]{8,19}[=^D][0-9X*]{4,}", re.IGNORECASE)
_VERIFICATION: Final = re.compile(
    r"\b(cvv2?|cvc2?|cid|cav2?|security code)\b\W{0,3}[0-9]{3,4}\b", re.IGNORECASE
)
_PIN: Final = re.compile(r"\bpin\b\W{0,3}[0-9]{4,12}\b", re.IGNORECASE)
_EXPIRY: Final = re.compile(
    r"\b(exp(iry|ires|\.)?( date)?|valid (thru|to|until))\b\W{0,3}[0-9]{2}\s*[/.-]\s*[0-9]{2,4}",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"\beyJ[A-Za-z0-9_-]{5,}")

_FORBIDDEN: Final = (
    (_TRACK, "the contents of a card's track"),
    (_VERIFICATION, "a card verification value"),
    (_PIN, "a PIN"),
    (_TOKEN, "a license key or another token"),
)
_ON_CUSTOMER_COPY: Final = (
    (_MORE_THAN_FOUR, "more of the card's number than its last four digits"),
    (_FIVE_AT_END, "more of the card's number than its last four digits"),
    (_EXPIRY, "the card's expiry date"),
)
_EXPECTED: Final = (
    (re.compile(r"[0-9]+[.,][0-9]{2}\b"), "an amount"),
    (re.compile(r"[Xx*#.]{4,}[ -]?[0-9]{4}\b"), "the last four digits of the card"),
    (
        re.compile(r"\b[0-9]{1,4}[/.-]([0-9]{1,2}|[A-Za-z]{3})[/.-][0-9]{2,4}\b"),
        "the date",
    ),
)


def lint(receipt: Receipt) -> tuple[Finding, ...]:
    """Look for what must not stand on a receipt; on a customer's copy also for what is missing."""
    return (*_forbidden(receipt), *_missing(receipt))


def _forbidden(receipt: Receipt) -> Iterator[Finding]:
    rules = _FORBIDDEN if receipt.type == "merchant" else _FORBIDDEN + _ON_CUSTOMER_COPY
    for number, line in enumerate(receipt.lines, start=1):
        if mask_numbers(line) != line:
            yield Finding(
                severity=Severity.FORBIDDEN, line=number, what="a whole card number stands here"
            )
        for pattern, name in rules:
            if pattern.search(line):
                what = f"{name} stands here"
                yield Finding(severity=Severity.FORBIDDEN, line=number, what=what)
                break


def _missing(receipt: Receipt) -> Iterator[Finding]:
    if receipt.type != "customer":
        return
    for pattern, name in _EXPECTED:
        if not any(map(pattern.search, receipt.lines)):
            what = f"{name} is missing"
            yield Finding(severity=Severity.ADVICE, line=None, what=what)
