"""How the demonstration looks: one line per message, never a secret, never wrapped.

What may be shown of a message is listed here, message by message; everything else is left out.
Card numbers, keys, codes, tokens and the text of receipts are in no list.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import attrs
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stompws.descriptors import Operation
from worldpay_ips import (
    BatchReport,
    DeviceRestart,
    DeviceStatus,
    OfflineReport,
    PaymentActionRequired,
    PaymentComplete,
    PaymentNotification,
    PaymentReceipt,
    PaymentResult,
    PointOfSaleRegistration,
    RegistrationRefresh,
    ServiceStatus,
)

from .ledger import Charge, Totals
from .receipts import decode

# Wide enough for all destinations but one, whose text moves a little; so a line has 80 columns.
_DESTINATION: Final = 33
UNTOLD: Final = "not told"


@attrs.frozen
class _Signs:
    sent: str
    received: str
    good: str
    bad: str
    rule: str
    dot: str


_DRAWN = _Signs("→", "←", "✓", "✗", "─", "·")
_TYPED = _Signs("->", "<-", "ok", "!!", "-", "-")  # for a terminal that cannot draw


class View:
    """Prints the demonstration."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._signs = _DRAWN if "utf" in console.encoding.lower() else _TYPED

    def title(self, url: str) -> None:
        """What this is."""
        text = "A till and a simulated Worldpay IPS, Payment API 4.0.1; no card is charged"
        self._line(Text(text, "bold"))
        self._line(Text(f"{url}, STOMP over TLS", "dim"))

    def section(self, number: int, of: int, operation: str, title: str) -> None:
        """Begin an operation."""
        head = f"{number:>2}/{of}  "
        text = Text.assemble((head, "dim"), (operation, "bold cyan"), f"  {title} ")
        fill = min(self._console.width, 80) - len(text)
        self._line(Text())
        self._line(Text.assemble(text, (self._signs.rule * fill, "dim")))

    def sent(self, operation: Operation, text: str) -> None:
        """A message of the till's, or a subscription that is its request."""
        self._message(self._signs.sent, "blue", operation, text)

    def received(self, operation: Operation, payload: object) -> None:
        """A message of the server's."""
        self._message(self._signs.received, "magenta", operation, describe(payload))

    def outcome(self, text: str, *, ok: bool) -> None:
        """How the operation ended."""
        sign, style = (self._signs.good, "green") if ok else (self._signs.bad, "bold red")
        self._line(Text.assemble("   ", (f"{sign}  {text}", style)))

    def summary(self, outcomes: Iterable[tuple[Operation, bool]]) -> None:
        """The table of all operations."""
        table = Table(title="Operations", title_style="bold", title_justify="left", box=None)
        for name in ("", "operation", "destination", ""):
            table.add_column(name, no_wrap=True, header_style="dim")
        for number, (operation, ok) in enumerate(outcomes, 1):
            verdict = (f"{self._signs.good} ok", "green") if ok else ("failed", "bold red")
            table.add_row(str(number), operation.name, operation.channel.address, Text(*verdict))
        self._line(Text())
        self._console.print(table)

    def ledger(self, charges: Sequence[Charge], totals: Totals) -> None:
        """What was charged."""
        table = Table(title="Ledger", title_style="bold", title_justify="left", box=None)
        for name in ("", "charge", "reference"):
            table.add_column(name, no_wrap=True, header_style="dim")
        table.add_column("amount", no_wrap=True, header_style="dim", justify="right")
        for charge in charges:
            table.add_row(
                str(charge.number),
                charge.kind.value,
                charge.merchant_transaction_reference,
                money(charge.amount),
            )
        self._line(Text())
        self._console.print(table)
        refunds = f"{totals.refund_count} refunds of {money(totals.refund_amount)}"
        sales = f"{totals.sale_count} sales of {money(totals.sale_amount)}"
        self._line(Text(f"To be settled: {sales}, {refunds}."))

    def verdict(self, good: int, of: int) -> None:
        """The last line."""
        style = "bold green" if good == of else "bold red"
        self._line(Text())
        self._line(Text(f"{good} of {of} operations ok", style))

    def _message(self, sign: str, style: str, operation: Operation, text: str) -> None:
        address = operation.channel.address.ljust(_DESTINATION)
        self._line(Text.assemble("   ", (sign, style), "  ", (address, "dim"), f"  {text}"))

    def _line(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True)  # soft: rich neither wraps nor pads


def money(amount: int, currency: str = "GBP") -> str:
    """Minor units as people write them."""
    return f"{amount / 100:.2f} {currency}"


def describe(payload: object) -> str:
    """A message in a few words, without anything that must not be seen."""
    match payload:
        case PointOfSaleRegistration(point_of_sale_license_key=key):
            return f"license key, {len(key)} characters"
        case RegistrationRefresh(point_of_sale_license_key=key):
            return f"license key, {len(key)} characters"
        case PaymentNotification(notification_text=text):
            return text
        case PaymentActionRequired(data=data):
            return f"action: {getattr(data, 'action', 'unknown')}"
        case PaymentReceipt(type=type_, content=content):
            return f"receipt: {type_ or UNTOLD}, {len(decode(content))} characters"
        case PaymentResult(payments=payments):
            return "; ".join(
                f"{payment.payment_type or UNTOLD}: {payment.result or UNTOLD}"
                + (f", {money(payment.value.amount)}" if payment.value is not None else "")
                for payment in payments
            )
        case PaymentComplete():
            return "complete"
        case BatchReport(batch_number=number, sale_count=sales, refund_count=refunds):
            return f"batch {number}: {sales} sales, {refunds} refunds"
        case OfflineReport(count=count):
            return f"{count} stored transactions"
        case DeviceStatus(status=state):
            return f"device: {state.value}"
        case ServiceStatus(status=state):
            return f"service: {state.value}"
        case DeviceRestart(result=result):
            return f"restart: {result.value}"
        case _:
            return type(payload).__name__
