"""`till sale`, `refund`, `preauth`, `check-card`: a payment at the terminal."""

from typing import Annotated

from cyclopts import Parameter

from ..actions import Actions
from ..payment import Payment
from ..till import Till
from .amounts import read_amount
from .options import DEFAULT, Options
from .taking import TAKING, Taking, take

_Minor = Annotated[str | None, Parameter(name="--minor")]


def sale(
    amount: str | None = None,
    /,
    *,
    minor: _Minor = None,
    currency: str = "GBP",
    keyed: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    not_present: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    auth_code: str | None = None,
    taking: Taking = TAKING,
    options: Options = DEFAULT,
) -> int:
    """Charge a card.

    Args:
        amount: With as many decimals as the currency has: 10.99.
        minor: The amount in the smallest unit instead: 1099 is 10.99.
        currency: Tells the decimals of the amount. What is charged is the paypoint's currency.
        keyed: The card's number is typed in at the PIN pad.
        not_present: The same, with the cardholder elsewhere.
        auth_code: Of a sale that was authorised by telephone, and is only entered again.
        taking: Of all payments.
        options: Of all commands.
    """
    money = read_amount(amount, minor, currency)

    def start(till: Till, actions: Actions) -> Payment:
        return till.sale(
            money,
            on_action=actions,
            reference=taking.reference,
            keyed=keyed,
            not_present=not_present,
            auth_code=auth_code,
            override=taking.override,
        )

    return take(start, money, taking, options)


def refund(
    amount: str | None = None,
    /,
    *,
    minor: _Minor = None,
    currency: str = "GBP",
    keyed: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    taking: Taking = TAKING,
    options: Options = DEFAULT,
) -> int:
    """Pay back to a card.

    Args:
        amount: With as many decimals as the currency has: 10.99.
        minor: The amount in the smallest unit instead: 1099 is 10.99.
        currency: Tells the decimals of the amount.
        keyed: The card's number is typed in at the PIN pad.
        taking: Of all payments.
        options: Of all commands.
    """
    money = read_amount(amount, minor, currency)

    def start(till: Till, actions: Actions) -> Payment:
        return till.refund(
            money,
            on_action=actions,
            reference=taking.reference,
            keyed=keyed,
            override=taking.override,
        )

    return take(start, money, taking, options)


def preauth(
    amount: str | None = None,
    /,
    *,
    minor: _Minor = None,
    currency: str = "GBP",
    taking: Taking = TAKING,
    options: Options = DEFAULT,
) -> int:
    """Authorise an amount now, and settle it later: `till settle`.

    Args:
        amount: With as many decimals as the currency has: 10.99.
        minor: The amount in the smallest unit instead: 1099 is 10.99.
        currency: Tells the decimals of the amount.
        taking: Of all payments.
        options: Of all commands.
    """
    money = read_amount(amount, minor, currency)

    def start(till: Till, actions: Actions) -> Payment:
        return till.pre_auth(
            money, on_action=actions, reference=taking.reference, override=taking.override
        )

    return take(start, money, taking, options)


def check_card(*, taking: Taking = TAKING, options: Options = DEFAULT) -> int:
    """Read a card. Nothing is charged."""

    def start(till: Till, actions: Actions) -> Payment:
        return till.check_card(
            on_action=actions, reference=taking.reference, override=taking.override
        )

    return take(start, None, taking, options)
