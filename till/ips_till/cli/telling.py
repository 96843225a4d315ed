"""Outcomes, receipts and other things as the command tells them."""

from typing import Any

from stompws.masking import mask_numbers

from ..journal import Entry, Intent, StoredReceipt
from ..money import format_minor
from ..outcome import Approved, Declined, NotTaken, Outcome, Unknown, kind_of
from ..receipts import Receipt, TaxFreeVoucher, plain
from ..receipts.layout import LEAST_COLUMNS
from .codes import Code, code_of
from .speaking import Speaker

_WIDEST = 48
_STYLES = {
    Code.DONE: "bold green",
    Code.DECLINED: "bold red",
    Code.NOT_TAKEN: "bold yellow",
    Code.UNKNOWN: "bold white on red",
}
_LABELS = {
    "reference": "Reference",
    "gateway_reference": "Service's reference",
    "card": "Card",
    "card_scheme": "Card scheme",
    "result": "Result",
}


def tell_outcome(speaker: Speaker, outcome: Outcome) -> Code:
    """Say how an operation ended and what to do now; return the exit code."""
    code, facts = code_of(outcome), outcome_facts(outcome)
    speaker.tell("outcome", outcome.what_to_do, style=_STYLES[code], exit_code=int(code), **facts)
    for name, label in _LABELS.items():
        if facts.get(name):
            speaker.say(f"  {label}: {facts[name]}")
    if isinstance(outcome, Approved) and outcome.tax_free_voucher:
        _tell_voucher(speaker, outcome, outcome.tax_free_voucher)
    if isinstance(outcome, Unknown):
        if outcome.needs_person:
            speaker.say(f"  Its history: till journal show {outcome.reference}")
            speaker.say(
                f"  When it is clear: till journal decide {outcome.reference}"
                " --as approved|not-taken --reason WHY"
            )
        else:
            speaker.say("  Find out: till recover")
    return code


def outcome_facts(outcome: Outcome) -> dict[str, Any]:
    """An outcome for machines. The keys are those of the documentation; none is ever left out."""
    approved = outcome if isinstance(outcome, Approved) else None
    card = None if approved is None else approved.card
    return {
        "outcome": kind_of(outcome),
        "operation": outcome.operation.value,
        "reference": outcome.reference,
        "paypoint": outcome.paypoint_id,
        "amount": outcome.amount,
        "requested_amount": outcome.requested_amount,
        "currency": outcome.currency,
        "result": outcome.result,
        "amount_differs": approved is not None and approved.amount_differs,
        "abort_requested": outcome.abort_requested,
        "gateway_reference": None if approved is None else approved.gateway_reference,
        "card": None if card is None else f"{'*' * 12}{card.last_four}",
        "card_scheme": None if approved is None else approved.card_scheme,
        "missing_receipts": [] if approved is None else list(approved.missing_receipts),
        "reason": _reason(outcome),
        "error_code": outcome.error_code if isinstance(outcome, NotTaken) else None,
        "needs_person": isinstance(outcome, Unknown) and outcome.needs_person,
        "what_to_do": outcome.what_to_do,
    }


def _reason(outcome: Outcome) -> str:
    match outcome:
        case Declined(reason=reason) | NotTaken(reason=reason):
            return reason
        case Unknown(why=why):
            return why
        case Approved():
            return ""


def tell_receipt(speaker: Speaker, reference: str, receipt: StoredReceipt) -> None:
    """Show a receipt for the first time. It counts as printed: the caller has marked it before."""
    text = plain(Receipt.from_stored(receipt), columns=_columns(speaker))
    speaker.tell(
        "receipt",
        f"  {receipt.type} receipt\n{_beside(text)}",
        reference=reference,
        type=receipt.type,
        number=receipt.number,
        duplicate=False,
        text=text,
    )


def _tell_voucher(speaker: Speaker, outcome: Outcome, content: str) -> None:
    """It is not in the journal: shown now, or never."""
    voucher = plain(TaxFreeVoucher.from_base64(content), columns=_columns(speaker))
    text = mask_numbers(voucher)  # on the screen also a barcode that looks like a card
    speaker.tell(
        "voucher", f"  tax-free voucher\n{_beside(text)}", reference=outcome.reference, text=text
    )


def _columns(speaker: Speaker) -> int:
    return max(LEAST_COLUMNS, min(speaker.width - 4, _WIDEST))


def _beside(text: str) -> str:
    return "\n".join(f"  | {line}".rstrip() for line in text.rstrip("\n").split("\n"))


def what(intent: Intent, currency: str | None = None) -> str:
    """An operation in a few words: `sale 10.99`."""
    name = intent.operation.value.replace("-", " ")
    if intent.amount is None:
        return name
    return f"{name} {format_minor(intent.amount, currency)} {currency or ''}".rstrip()


def entry_facts(entry: Entry) -> dict[str, Any]:
    """An entry of the journal for machines."""
    outcome = entry.outcome or {}
    return {
        "reference": entry.reference,
        "paypoint": entry.intent.paypoint_id,
        "operation": entry.intent.operation.value,
        "amount": entry.intent.amount,
        "about": entry.intent.about,
        "phase": entry.phase.value,
        "began_at": entry.began_at.isoformat(),
        "sending_at": None if entry.sending_at is None else entry.sending_at.isoformat(),
        "resolved_at": None if entry.resolved_at is None else entry.resolved_at.isoformat(),
        "correlation_id": entry.correlation_id,
        "needs_person": entry.needs_person,
        "broken": entry.broken,
        "override": entry.override,
        "outcome": outcome.get("kind"),
        "outcome_amount": outcome.get("amount"),
        "currency": outcome.get("currency"),
        "result": outcome.get("result"),
    }


def shown(text: str) -> str:
    """A text of the service's, with card numbers masked."""
    return mask_numbers(text)
