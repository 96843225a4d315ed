"""Printing once: the original, and after it only what says DUPLICATE."""

from collections.abc import Callable
from typing import Protocol

from ..errors import TillError
from ..journal import StoredReceipt
from .receipt import Receipt


class PrintLedger(Protocol):
    """Counts printings. A `Journal` is one."""

    def mark_printed(self, reference: str, number: int) -> int:
        """Count a printing before it happens; return how many there were before."""
        ...


class AlreadyPrintedError(TillError):
    """The original was printed, or was about to be when the program ended. Print a duplicate."""

    def __init__(self, reference: str, type_: str) -> None:
        super().__init__(
            f"{reference}: the {type_} receipt has been printed; a reprint says DUPLICATE"
        )
        self.reference, self.type = reference, type_


Output = Callable[[Receipt, bool], None]
"""Prints a receipt; the second argument tells whether it is a duplicate."""


def print_once(
    stored: StoredReceipt, reference: str, *, ledger: PrintLedger, output: Output
) -> None:
    """Print the original.

    It is counted first: a crash in between costs an original, and never makes two.

    Raises:
        AlreadyPrintedError: It was counted before. Nothing was printed.
    """
    if ledger.mark_printed(reference, stored.number):
        raise AlreadyPrintedError(reference, stored.type)
    output(Receipt.from_stored(stored), False)


def reprint(stored: StoredReceipt, reference: str, *, ledger: PrintLedger, output: Output) -> None:
    """Print it as a duplicate, also where no original was printed."""
    ledger.mark_printed(reference, stored.number)
    output(Receipt.from_stored(stored), True)
