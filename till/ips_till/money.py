"""Amounts: `int` minor units, or a `Money` that knows how many decimals its currency has."""

from decimal import Decimal, InvalidOperation
from typing import Final, Self, TypeAlias

import attrs

from stompws.records import Record

# ISO 4217, list one: those that differ from two decimals.
_EXPONENTS: Final = {
    **dict.fromkeys(
        (
            *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"),
            *("PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_LARGEST: Final = 999_999_999
"""Minor units: what the service accepts."""


def exponent(currency: str) -> int:
    """Return how many decimals a currency has, by ISO 4217: 2 for GBP, 0 for JPY, 3 for KWD.

    A currency that the list does not name has two.

    Raises:
        ValueError: It is not three capital letters.
    """
    if not (
        len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()
    ):
        raise ValueError("a currency is three capital letters, such as GBP")
    return _EXPONENTS.get(currency, 2)


@attrs.frozen
class Money(Record):
    """An amount of a currency.

    Raises:
        TypeError: `minor` is not an int; a bool is none.
        ValueError: The currency is not three capital letters.
    """

    minor: int
    """Minor units: 1099 with GBP is 10.99 pounds."""
    currency: str
    """ISO 4217: three capital letters."""

    def __attrs_post_init__(self) -> None:
        _refuse_other_than_int(self.minor)
        exponent(self.currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read an amount as people write it: `10.99`, `10`.

        Raises:
            ValueError: It is no amount, or has more decimals than the currency.
        """
        try:
            scaled = Decimal(text.strip()).scaleb(exponent(currency))
        except InvalidOperation:
            raise ValueError(f"not an amount: write it like 10.99, in {currency}") from None
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise ValueError(f"{currency} has {exponent(currency)} decimals")
        return cls(int(scaled), currency)

    def __str__(self) -> str:
        """Write it with its decimals and currency: `10.99 GBP`."""
        return f"{format_minor(self.minor, self.currency)} {self.currency}"


Amount: TypeAlias = int | Money
"""Minor units of whatever currency the paypoint has, or an amount that says its currency."""


def format_minor(minor: int, currency: str | None) -> str:
    """Write minor units with decimals, as many as the currency has; two when it is not known."""
    decimals = 2 if currency is None else exponent(currency)
    return f"{Decimal(minor).scaleb(-decimals):.{decimals}f}"


def minor_units(amount: Amount, *, least: int = 0) -> int:
    """Return an amount in minor units.

    Raises:
        TypeError: It is neither an int nor a `Money`: a float is refused, whatever its value.
        ValueError: It is under `least` or over 999,999,999.
    """
    minor = amount.minor if isinstance(amount, Money) else amount
    _refuse_other_than_int(minor)
    if not least <= minor <= _LARGEST:
        raise ValueError(f"an amount is {least} to {_LARGEST} minor units")
    return minor


def _refuse_other_than_int(minor: object) -> None:
    # The annotations say so too; money is worth asking again when the program runs.
    if type(minor) is not int:
        raise TypeError(
            f"an amount is an int in minor units or a Money, not {type(minor).__name__}:"
            " 1099 is 10.99"
        )
