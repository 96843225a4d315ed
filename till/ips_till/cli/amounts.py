"""Amounts on the command line. One that could mean two things is refused."""

import re

from ..money import Money, exponent, format_minor, minor_units
from .codes import CommandError

_DIGITS = re.compile(r"[0-9]{1,9}\Z")


def read_amount(text: str | None, minor: str | None, currency: str, *, least: int = 1) -> Money:
    """Read `10.99` or, with `--minor`, `1099`.

    As many decimals as the currency has must be there: `10` may be ten pounds or ten pence.

    Raises:
        CommandError: It is no amount, could mean two, or both or neither are given.
    """
    try:
        decimals = exponent(currency)
    except ValueError:
        raise CommandError("--currency: three capital letters, such as GBP") from None
    if (text is None) == (minor is None):
        raise CommandError("give the amount once: as 10.99, or as --minor 1099")
    if minor is not None:
        if not _DIGITS.match(minor):
            raise CommandError("--minor: 1 to 9 digits, in the smallest unit: 1099 is 10.99")
        return _within(Money(int(minor), currency), least)
    whole, dot, part = (text or "").partition(".")
    fits = len(part) == decimals and bool(dot) == bool(decimals)
    if not fits or not _DIGITS.match(whole) or (part and not _DIGITS.match(part)):
        example = format_minor(1099 if decimals else 1100, currency)
        count = f"{decimals} decimals" if decimals else "no decimals"
        # Not quoted: whoever is in a hurry may have typed a card number here.
        raise CommandError(
            f"this is no amount of {currency}: write it with {count}, such as {example}"
        )
    return _within(Money(int(whole + part), currency), least)


def _within(money: Money, least: int) -> Money:
    try:
        minor_units(money, least=least)
    except ValueError as exc:
        raise CommandError(str(exc)) from None
    return money
