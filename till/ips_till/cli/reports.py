"""`till report`, `offline`, `status`, `restart`: the batch, the service and the PIN pad."""

from typing import Any, Literal

from rich.table import Table

from worldpay_ips import BatchReport

from ..money import format_minor
from ..outcome import Outcome
from ..till import Till
from ..z_reports import ZReport
from .codes import Code
from .opening import Opening
from .options import DEFAULT, Options
from .running import Running
from .speaking import Speaker, speaker
from .telling import tell_outcome


def report(
    kind: Literal["x", "z"],
    /,
    *,
    override: str | None = None,
    options: Options = DEFAULT,
) -> int:
    """Tell what is in the batch, and with `z` close it.

    An X report changes nothing. A Z report is in the journal and is never repeated: when its reply
    is lost, `till recover` finds out whether the batch is closed.

    Args:
        kind: x or z.
        override: Why a Z report is begun although the paypoint has an unresolved payment. Recorded.
        options: Of all commands.
    """
    voice, opening = speaker(as_json=options.as_json), Opening.read(options)
    with opening.till(voice) as till:
        if kind == "x":
            _tell_report(voice, till.x_report(), kind, closed=False)
            return Code.DONE
        with Running[ZReport](voice) as running:
            closed = running.run(lambda: till.z_report(override=override))
            _tell_report(voice, closed.report or closed.before, kind, closed=True)
        if closed.report is None:
            voice.say("The reply was lost; the numbers are those of the report just before.")
        return Code.DONE


def _tell_report(voice: Speaker, found: BatchReport, kind: str, *, closed: bool) -> None:
    currency = found.currency_code
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("count", justify="right", header_style="dim")
    table.add_column(currency or "amount", justify="right", header_style="dim")
    table.add_row("Sales", *_pair(found.sale_count, found.sale_total_amount, currency))
    table.add_row("Refunds", *_pair(found.refund_count, found.refund_total_amount, currency))
    details = found.batch_report
    for one in (details and details.report) or ():
        name = one.card_scheme or "not told"
        table.add_row(f"{name}, debits", *_pair(one.debit_count, one.debit_totals, currency))
        table.add_row(f"{name}, credits", *_pair(one.credit_count, one.credit_totals, currency))
    number = "not told" if found.batch_number is None else found.batch_number
    voice.say(f"{kind.upper()} report, batch {number}{', closed' if closed else ''}", style="bold")
    voice.tell(
        "batch-report",
        table,
        kind=kind,
        closed=closed,
        batch_number=found.batch_number,
        currency=currency,
        sale_count=found.sale_count,
        sale_total=found.sale_total_amount,
        refund_count=found.refund_count,
        refund_total=found.refund_total_amount,
        exit_code=0,
    )


def _pair(count: int | None, amount: int | None, currency: str | None) -> tuple[str, str]:
    return (
        "-" if count is None else str(count),
        "-" if amount is None else _amount(amount, currency),
    )


def _amount(amount: int, currency: str | None) -> str:
    try:
        return format_minor(amount, currency)
    except ValueError:  # the service named a currency that is none
        return f"{amount} minor units"


def offline(*, options: Options = DEFAULT) -> int:
    """Tell how many payments wait that IPS accepted on its own."""
    voice, opening = speaker(as_json=options.as_json), Opening.read(options)
    with opening.till(voice) as till:
        count = till.offline_report().count
    text = f"{count} payment{'' if count == 1 else 's'} accepted offline and not forwarded yet."
    voice.tell("offline-report", text, count=count, exit_code=0)
    return Code.DONE


def status(*, options: Options = DEFAULT) -> int:
    """Tell how the service, the PIN pad and the journal are."""
    voice, opening = speaker(as_json=options.as_json), Opening.read(options)
    with opening.till(voice) as till:
        facts = _status(till)
    voice.say(f"Service: {facts['service']}")
    voice.say(f"PIN pad: {facts['device']}{_serial(facts)}")
    left = facts["unresolved"]
    voice.tell("status", None, **facts, exit_code=int(Code.UNRESOLVED if left else Code.DONE))
    if left:
        voice.say(f"Unresolved: {', '.join(left)}. Find out: till recover", style="bold red")
        return Code.UNRESOLVED
    voice.say("Unresolved payments: none")
    return Code.DONE


def _status(till: Till) -> dict[str, Any]:
    service, device = till.service_status(), till.device_status()
    pad = device.payment_device
    return {
        "paypoint": till.paypoint_id,
        "service": service.status.value,
        "device": device.status.value,
        "device_serial": None if pad is None else pad.serial_number,
        "unresolved": [entry.reference for entry in till.unresolved()],
    }


def _serial(facts: dict[str, Any]) -> str:
    return f", serial number {facts['device_serial']}" if facts["device_serial"] else ""


def restart(*, force: str | None = None, options: Options = DEFAULT) -> int:
    """Restart the PIN pad. Refused while the paypoint has a payment.

    Args:
        force: Why it is restarted all the same. The payment's outcome may then be lost. Recorded.
        options: Of all commands.
    """
    voice, opening = speaker(as_json=options.as_json), Opening.read(options)
    with opening.till(voice) as till:
        voice.tell(
            "begun",
            f"restart on {till.paypoint_id}",
            style="bold",
            operation="restart",
            paypoint=till.paypoint_id,
        )
        with Running[Outcome](voice) as running:
            return tell_outcome(voice, running.run(lambda: till.restart(force=force)))
