"""Receipts: reading, rendering, printing once, and looking at what must not stand on them.

for event in payment:
    if isinstance(event, ReceiptReady):
        receipt = Receipt.from_message(event.message)
        print(plain(receipt, columns=32))
"""

from .linting import Finding, Severity, lint
from .plain import plain
from .printing import AlreadyPrintedError, PrintLedger, print_once, reprint
from .receipt import Charset, Receipt
from .voucher import TaxFreeVoucher
from .web import html

__all__ = [
    "AlreadyPrintedError",
    "Charset",
    "Finding",
    "PrintLedger",
    "Receipt",
    "Severity",
    "TaxFreeVoucher",
    "html",
    "lint",
    "plain",
    "print_once",
    "reprint",
]
