"""Listening to a conversation: each message is judged, kept, and delivered."""

import re
from collections.abc import Iterable
from typing import Any, Final

import attrs

from stompws.client import Stray
from stompws.errors import ApiError, LinkError, LocalProtocolError, OutcomeUnknownError
from stompws.masking import mask_numbers
from stompws.shapes import Undecodable
from worldpay_ips import (
    Error,
    PaymentActionRequired,
    PaymentNotification,
    PaymentOutcome,
    PaymentReceipt,
    PaymentResult,
)
from worldpay_ips.operations import ON_PAYMENT_ACTION_REQUIRED, ON_PAYMENT_RESULT

from .answering import answer
from .classify import classify, is_pending, ours
from .effects import AnyEvent, Procedure, Talk, Tell, read, write
from .errors import JournalError
from .events import JournalTrouble, Notification, ReceiptReady
from .job import Job, note
from .journal import StoredReceipt
from .outcome import Approved, Outcome, to_stored
from .receipts.decoding import decode_text

_RECEIPT_LIMIT: Final = 100_000  # characters; a receipt has some thousand


@attrs.define(eq=False)
class Heard:
    """What a conversation has told so far."""

    result: PaymentOutcome | None = attrs.field(default=None, repr=False)
    outcome: Outcome | None = None
    """What the result means."""
    second: PaymentOutcome | None = attrs.field(default=None, repr=False)
    """A second result, which differs."""
    unreadable: bool = False
    """A result came that says nothing certain: it cannot be read, or names not just our payment."""
    receipts: set[str] = attrs.field(factory=set[str], repr=False)
    """The types that came."""
    error: object = attrs.field(default=None, repr=False)
    """The service's error message, when that was the end."""
    lost: LinkError | None = None
    """Why the end was not seen."""
    payload: object = attrs.field(default=None, repr=False)
    """The reply of an operation that has one reply."""


def listen(job: Job, talk: Talk, heard: Heard) -> Procedure[None]:
    """Read a conversation to its end, or until nothing more comes after the result."""
    grace = job.settings.grace_after_result
    while True:
        timeout = None if heard.result is None else grace
        strays = len(job.strays)
        try:
            event = yield from read(talk, timeout)
        except ApiError as exc:
            heard.error = exc.payload
            job.watch.note("error", code=error_code(exc.payload))
            return
        except OutcomeUnknownError as exc:
            heard.lost = exc.reason
            job.watch.note("link-lost", phase="after-sent", why=type(exc.reason).__name__)
            return
        except LocalProtocolError as exc:
            heard.lost = exc
            return
        for stray in job.strays[strays:]:
            yield from _note_stray(job, stray)
        if event is None:
            if talk.ended:
                job.watch.note("complete")
            return
        yield from _hear(job, talk, heard, event)


def _hear(job: Job, talk: Talk, heard: Heard, event: AnyEvent) -> Procedure[None]:
    payload = event.payload
    if not job.heard:
        job.heard = True
        # From now on "there is no such payment" is no answer to be believed.
        yield from note(job, "heard", {})
    if _is_foreign(job, payload):
        job.stray(event)
        yield from _note_stray(job, event)
        return
    match payload:
        case PaymentNotification(notification_text=text):
            job.watch.note("notification", text=mask_numbers(text))
            yield Tell(Notification(text=text))
        case PaymentActionRequired():
            yield from answer(job, talk, payload.data)
        case PaymentReceipt():
            yield from keep_receipt(job, payload, heard.receipts)
        case PaymentResult():
            yield from _hear_result(job, heard, payload)
        case Undecodable() if event.operation.name == ON_PAYMENT_ACTION_REQUIRED.name:
            yield from answer(job, talk, payload.raw)
        case Undecodable() if event.operation.name == ON_PAYMENT_RESULT.name:
            heard.unreadable = True
            yield from note(job, "result-unreadable", {"problems": len(payload.problems)})
        case _:
            heard.payload = payload


def _is_foreign(job: Job, payload: Any) -> bool:
    """Tell whether a message names another payment. A result may name several, and is looked at."""
    if isinstance(payload, PaymentResult):
        named = [item.merchant_transaction_reference for item in payload.payments]
        return bool(named) and all(name not in (None, job.intent.wire_reference) for name in named)
    reference = getattr(payload, "merchant_transaction_reference", None)
    return reference is not None and reference != job.intent.wire_reference


def _note_stray(job: Job, stray: Stray | AnyEvent) -> Procedure[None]:
    """Keep that a message of something else came: it is reported, never taken for ours."""
    reason = stray.reason if isinstance(stray, Stray) else "another reference"
    name = "unknown" if stray.operation is None else stray.operation.name
    job.watch.note("stray", reason=reason, operation=name)
    yield from note(job, "stray", {"operation": name, "why": reason})


def _hear_result(job: Job, heard: Heard, result: PaymentResult) -> Procedure[None]:
    payment = ours(result, job.intent, must_name=False)
    if payment is None:
        heard.unreadable = True
        yield from note(job, "result-unclear", {"payments": len(result.payments)})
        return
    if heard.result is not None and payment == heard.result:
        job.watch.note("duplicate", operation="result")
        return
    if is_pending(payment):
        # Not the end: it may come still, and otherwise it is asked for.
        yield from note(job, "result-pending", {})
        return
    # Once: an abort that comes after the result does not change what the result means.
    outcome = classify(payment, job.intent, abort_requested=job.abort_requested)
    stored = to_stored(outcome)
    job.watch.note("result", outcome=stored["kind"], result=outcome.result)
    # Written at once: after a crash between the result and the end it need not be asked for.
    yield from note(job, "result", stored)
    if heard.result is None:
        heard.result, heard.outcome = payment, outcome
        job.decided = isinstance(outcome, Approved)
    else:
        heard.second = payment


def keep_receipt(job: Job, receipt: PaymentReceipt, kept: set[str]) -> Procedure[None]:
    """Write a receipt into the journal, then deliver it."""
    type_ = "unknown" if receipt.type is None else mask_numbers(str(receipt.type.value))
    whole = decode_text(receipt.content)[0]
    # Cut when it is masked: a number may stand on both sides of the limit.
    text = masked_receipt(whole, [job.intent.wire_reference])[:_RECEIPT_LIMIT]
    stored = StoredReceipt(type=type_, number=0, text=text)
    try:
        stored = yield from write(lambda: job.write_receipt(type_, text))
    except JournalError as exc:
        job.watch.note("journal-trouble", why=type(exc).__name__)
        yield Tell(JournalTrouble(text=str(exc)))
    kept.add(type_)
    job.printed = True
    job.watch.note("receipt", type=type_, number=stored.number)
    yield Tell(ReceiptReady(receipt=stored, message=receipt))


def masked_receipt(text: str, references: Iterable[str]) -> str:
    """Mask card numbers in a receipt; references, which may look like one, are left alone."""
    # Only those that would be masked, and as whole words: a short one may be part of a card number.
    names = [re.escape(name) for name in references if mask_numbers(name) != name]
    parts = re.split(rf"(?<!\w)({'|'.join(names)})(?!\w)", text) if names else [text]
    # Every second part is a reference.
    return "".join(part if at % 2 else mask_numbers(part) for at, part in enumerate(parts))


def error_code(payload: object) -> str | None:
    """The code of the service's error message, masked if it looks like a card number."""
    return mask_numbers(payload.code) if isinstance(payload, Error) and payload.code else None
