"""The operations that move money or may: each is journaled, leased, and sent at most once."""

from enum import StrEnum
from typing import Final


class MoneyOperation(StrEnum):
    """What a journal entry stands for."""

    SALE = "sale"
    REFUND = "refund"
    PRE_AUTH = "pre-auth"
    CHECK_CARD = "check-card"
    ACCOUNT_VERIFICATION = "account-verification"
    SETTLE = "settle"
    CANCEL = "cancel"
    Z_REPORT = "z-report"
    """Closes the batch. Its entry holds the report."""
    RESTART = "restart"
    """Of the PIN pad. It moves nothing, and disturbs what does."""


PAYMENTS: Final = frozenset(
    {
        MoneyOperation.SALE,
        MoneyOperation.REFUND,
        MoneyOperation.PRE_AUTH,
        MoneyOperation.CHECK_CARD,
        MoneyOperation.ACCOUNT_VERIFICATION,
    }
)
"""Those that are requested as payments: with notifications, actions and receipts."""

MOVING_MONEY: Final = frozenset(
    {
        MoneyOperation.SALE,
        MoneyOperation.REFUND,
        MoneyOperation.PRE_AUTH,
        MoneyOperation.SETTLE,
        MoneyOperation.CANCEL,
    }
)
"""Those after which somebody has more money, or less."""

WITH_RESULT: Final = PAYMENTS | {MoneyOperation.SETTLE, MoneyOperation.CANCEL}
"""Those whose result can be asked for afterwards."""
