"""A ledger as people read it, for tests that fail."""

from collections.abc import Sequence
from typing import TypeGuard, cast

from stompws.redaction import mask_numbers

from .ledger import Charge, Ledger

_HEADS = ("no", "kind", "amount", "reference", "of payment", "paypoint", "batch", "")
_RIGHT = (0, 2, 6)
"""Columns of numbers."""


def table_of(charges: Sequence[Charge]) -> list[str]:
    """The lines of a table."""
    if not charges:
        return ["  (no entries)"]
    rows = [_HEADS, *map(_row_of, charges)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    return ["  " + _line(row, widths).rstrip() for row in rows]


def explain_comparison(left: object, right: object) -> list[str] | None:
    """What pytest prints of `left == right` when these are charges; None for anything else."""
    found, wanted = _charges_in(left), _charges_in(right)
    if found is None or wanted is None or not (found or wanted):
        return None
    return ["the charges are not those", *table_of(found), "but should be", *table_of(wanted)]


def _charges_in(value: object) -> Sequence[Charge] | None:
    if isinstance(value, Charge):
        return (value,)
    if isinstance(value, Ledger):
        return value.charges
    return value if _is_charges(value) else None


def _is_charges(value: object) -> TypeGuard[Sequence[Charge]]:
    if not isinstance(value, list | tuple):
        return False
    return all(isinstance(item, Charge) for item in cast("Sequence[object]", value))


def _row_of(charge: Charge) -> tuple[str, ...]:
    return (
        str(charge.number),
        charge.kind.value,
        str(charge.amount),
        mask_numbers(charge.merchant_transaction_reference),  # a client can put anything there
        charge.gateway_transaction_reference,
        charge.paypoint_id,
        str(charge.batch_number),
        "offline" if charge.offline else "",
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        cell.rjust(width) if column in _RIGHT else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
