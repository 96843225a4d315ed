"""Receipts: plain text in base64. The documentation shows no real one, so the layout is ours."""

import base64
import textwrap
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from worldpay_ips import Outcome, PaymentOutcome, PaymentReceipt, ReceiptType

WIDTH: Final = 32
"""Columns; a receipt printer's usual narrow roll."""


def encode(text: str) -> str:
    """How a receipt's text travels."""
    return base64.b64encode(text.encode()).decode()


def decode(content: str) -> str:
    """The text of a receipt as it travelled."""
    return base64.b64decode(content, validate=True).decode()


def make_receipts(
    outcome: PaymentOutcome, *, sign_here: bool = False
) -> Mapping[ReceiptType, PaymentReceipt]:
    """Both copies, the customer's first. `sign_here` is for the merchant's."""
    return {
        ReceiptType.CUSTOMER: make_receipt(outcome, ReceiptType.CUSTOMER),
        ReceiptType.MERCHANT: make_receipt(outcome, ReceiptType.MERCHANT, sign_here=sign_here),
    }


def make_receipt(
    outcome: PaymentOutcome, type_: ReceiptType, *, sign_here: bool = False
) -> PaymentReceipt:
    """One copy for one payment."""
    return PaymentReceipt(
        merchant_transaction_reference=outcome.merchant_transaction_reference,
        type=type_,
        content=encode(_render(outcome, type_, sign_here=sign_here)),
    )


def _render(outcome: PaymentOutcome, type_: ReceiptType, *, sign_here: bool) -> str:
    merchant = outcome.merchant.name if outcome.merchant else None
    lines = [
        (merchant or "").upper().center(WIDTH),
        f"*** {type_.value.upper()} COPY ***".center(WIDTH),
        "",
        *_pair("REF", outcome.merchant_transaction_reference or ""),
    ]
    if (card := masked_card(outcome)) is not None:
        lines += _pair("CARD", card)
    if outcome.value is not None:
        amount = f"{outcome.value.amount / 100:.2f} {outcome.value.currency_code}"
        lines += _pair((outcome.payment_type or "payment").upper(), amount)
    lines += ["", *_wrapped((outcome.result or "").upper().replace("-", " "))]
    if outcome.receipt_customer_declaration and outcome.outcome is Outcome.SUCCEEDED:
        lines += _wrapped(outcome.receipt_customer_declaration)
    if sign_here:
        lines += ["", "SIGN HERE:", "_" * WIDTH]
    if outcome.receipt_retention_reminder:
        lines += ["", *_wrapped(outcome.receipt_retention_reminder)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def masked_card(outcome: PaymentOutcome) -> str | None:
    """The card as it may be shown: the last four digits only."""
    used = outcome.payment_instrument
    number = used.card.card_number if used is not None and used.card is not None else None
    return None if number is None else f"{'*' * (len(number) - 4)}{number[-4:]}"


def _pair(left: str, right: str) -> list[str]:
    """Two words at the two edges, on two lines when they do not fit on one."""
    if len(left) + len(right) < WIDTH:
        return [left + right.rjust(WIDTH - len(left))]
    return [left, right.rjust(WIDTH)]


@lru_cache(maxsize=128)
def _wrapped(text: str) -> tuple[str, ...]:
    """The same few texts stand on all receipts, and wrapping takes longer than all the rest."""
    return tuple(textwrap.wrap(text, WIDTH))
