"""Finding out what became of a request whose end was not seen. It asks, and never charges."""

from collections.abc import Callable, Iterable
from enum import Enum, auto
from functools import partial
from time import monotonic
from typing import TypeAlias

import attrs

from stompws.client import ReplyDecodeError
from stompws.errors import ApiError, LinkError
from worldpay_ips import (
    BatchReport,
    BatchReportRequest,
    DeviceState,
    DeviceStatus,
    PaymentResult,
    PaymentResultQuery,
    ServiceState,
    ServiceStatus,
)
from worldpay_ips.operations import (
    DEVICE_STATUS,
    QUERY_PAYMENT_RESULT,
    REQUEST_BATCH_REPORT,
    SERVICE_STATUS,
)

from .classify import classify, is_of, is_pending, ours
from .effects import Pause, Procedure, Tell, reply_of, write
from .errors import JournalError
from .events import Recovering
from .fetching import expected_receipts, has_receipt
from .job import Job
from .operations import MOVING_MONEY, MoneyOperation
from .outcome import Approved, NotTaken, Outcome
from .receiving import error_code


class Look(Enum):
    """What one look at the service found, when it found no outcome."""

    BUSY = auto()
    """Something runs on the paypoint, or the outcome is pending: look again."""
    MISSING = auto()
    """The service says that it is not the last payment."""
    SILENT = auto()
    """The service could not be reached: look again."""
    UNCLEAR = auto()
    """The service answered, and the answer decides nothing."""


Seen: TypeAlias = Outcome | Look

_TIMES = 2
"""So often "there is no such payment", or an answer that decides nothing, must be heard: a request
may have been on its way still when the first was given."""


@attrs.define
class _Tally:
    missing: int = 0
    unclear: int = 0
    last: Look = Look.SILENT
    why: str = "the service could not be reached."


def find_out(job: Job, *, refused: NotTaken | None = None) -> Procedure[Outcome]:
    """Ask until the outcome is known, a person is needed, or `recovery_total` is over.

    `refused`: what the service said when it refused the request; confirmed by one query, it is the
    outcome.
    """
    look = _LOOKS.get(job.intent.operation, _look_for_result)
    until = monotonic() + job.settings.recovery_total
    tally = _Tally()
    yield Tell(Recovering(text="Asking the service what became of the payment."))
    while True:
        seen = yield from look(job, tally)
        if not isinstance(seen, Look):
            job.watch.note("recovery-step", found=type(seen).__name__)
            return seen
        job.watch.note("recovery-step", found=seen.name.lower())
        tally.last = seen
        tally.missing += seen is Look.MISSING
        tally.unclear += seen is Look.UNCLEAR
        if tally.missing >= (1 if refused else _TIMES):
            return (yield from _not_found(job, refused))
        if tally.unclear >= _TIMES:
            return job.unknown(tally.why, needs_person=True)
        if monotonic() + job.settings.recovery_pause >= until:
            return job.unknown(tally.why)
        yield Pause(job.settings.recovery_pause)


def _not_found(job: Job, refused: NotTaken | None) -> Procedure[Outcome]:
    """Judge "there is no such payment": conclusive only where nothing speaks against it."""
    against: str | None = None
    if job.broken is not None:
        against = "another operation was begun before it was resolved"
    elif job.seemed_dead:
        against = "the till that was to send it may only have stood still, and send it yet"
    elif job.printed or (job.heard and refused is None):
        against = "the service had taken it up"
    elif (yield from has_receipt(job)):
        against = "it has a receipt of it"
    elif refused is None and _leaves_no_receipt(job):
        against = "a settlement or cancellation like this leaves no receipt that could confirm it"
    if against is not None:
        why = f"the service says that there is no such payment, but {against}."
        return job.unknown(why, needs_person=True)
    if refused is not None:
        return refused
    return NotTaken(
        operation=job.intent.operation,
        reference=job.intent.reference,
        paypoint_id=job.intent.paypoint_id,
        requested_amount=job.intent.amount,
        abort_requested=job.abort_requested,
        reason="the service has not received it.",
    )


def _leaves_no_receipt(job: Job) -> bool:
    """Where one word of the service is all there is, it is not enough to call money not taken."""
    return job.intent.operation in MOVING_MONEY and not expected_receipts(job)


def _look_for_result(job: Job, tally: _Tally) -> Procedure[Seen]:
    busy = yield from service_is_busy(job, tally)
    if busy is not None:
        return busy
    query = PaymentResultQuery(merchant_transaction_reference=job.intent.wire_reference)
    try:
        result = yield from reply_of(QUERY_PAYMENT_RESULT, query, job.asking)
    except ApiError as exc:
        return _refusal(job, exc, tally)
    except ReplyDecodeError:
        tally.why = "the service's answer cannot be read."
        return Look.UNCLEAR
    except LinkError as exc:
        return _silent(exc, tally)
    if not isinstance(result, PaymentResult):
        tally.why = "the service's answer cannot be read."
        return Look.UNCLEAR
    payment = ours(result, job.intent, must_name=True)
    if payment is not None:
        if is_pending(payment):
            tally.why = "the service has not finished it."
            return Look.BUSY
        return classify(payment, job.intent, abort_requested=job.abort_requested)
    named = [item.merchant_transaction_reference for item in result.payments]
    if named and not any(is_of(item, job.intent, must_name=False) for item in result.payments):
        if (yield from _are_ours(job, named)):
            return Look.MISSING  # the last payment is an earlier one
        tally.why = (
            "the service names a payment that is not in the journal, as if another till used the"
            " paypoint."
        )
        return Look.UNCLEAR
    tally.why = "the service's answer names no payment." if not named else "it is ambiguous."
    return Look.UNCLEAR


def _are_ours(job: Job, references: Iterable[str | None]) -> Procedure[bool]:
    """Tell whether the journal knows payments: one of somebody else's may have come after ours."""
    for reference in references:
        if reference in (None, job.intent.wire_reference):
            continue
        try:
            if (yield from write(partial(job.journal.find, reference))) is None:
                return False
        except JournalError:
            return False
    return True


def service_is_busy(job: Job, tally: _Tally) -> Procedure[Look | None]:
    """Ask whether something runs on the paypoint; None when nothing does."""
    try:
        status = yield from reply_of(SERVICE_STATUS, None, job.asking)
    except ApiError:
        return None  # it may not say; the query tells
    except LinkError as exc:
        return _silent(exc, tally)
    if isinstance(status, ServiceStatus) and status.status == ServiceState.NOT_BUSY:
        return None
    tally.why = "the service is busy."
    return Look.BUSY


def look_ahead(job: Job) -> Procedure[tuple[str, str] | None]:
    """Before a payment: return what hinders it and the advice, None when nothing does.

    One question after the other, each with a deadline. Where no answer comes the payment is tried.
    """
    if (yield from service_is_busy(job, _Tally())) is Look.BUSY:
        return "the paypoint is busy.", "Wait until it is free, then try again."
    try:
        device = yield from reply_of(DEVICE_STATUS, None, job.asking)
    except LinkError:
        return None
    if isinstance(device, DeviceStatus) and device.status != DeviceState.CONNECTED:
        return "the PIN pad is not connected.", "Check that it is on, then try again."
    return None


def _refusal(job: Job, error: ApiError, tally: _Tally) -> Look:
    code = error_code(error.payload)
    if code in job.settings.not_found_codes:
        return Look.MISSING
    tally.why = f"the service answered the query with error {code or 'without a code'}."
    return Look.UNCLEAR


def _silent(exc: LinkError, tally: _Tally) -> Look:
    if isinstance(exc, ReplyDecodeError):
        tally.why = "the service's answer cannot be read."
        return Look.UNCLEAR
    tally.why = f"the service could not be asked: {exc}."
    return Look.SILENT


def _look_for_batch(job: Job, tally: _Tally) -> Procedure[Seen]:
    """A Z report: the batch was closed when the X report has another batch number than before."""
    try:
        request = BatchReportRequest(close_batch=False)
        report = yield from reply_of(REQUEST_BATCH_REPORT, request, job.asking)
    except ApiError as exc:
        tally.why = f"the service refused an X report with error {error_code(exc.payload)}."
        return Look.UNCLEAR
    except LinkError as exc:
        return _silent(exc, tally)
    before = job.batch_number
    now = report.batch_number if isinstance(report, BatchReport) else None
    if before is None or now is None:
        tally.why = "the number of the batch is not known."
        return Look.UNCLEAR
    if now != before:
        return Approved(
            operation=job.intent.operation,
            reference=job.intent.reference,
            paypoint_id=job.intent.paypoint_id,
        )
    return Look.MISSING


def _look_for_device(job: Job, tally: _Tally) -> Procedure[Seen]:
    """A restart: what matters is whether the PIN pad answers."""
    try:
        status = yield from reply_of(DEVICE_STATUS, None, job.asking)
    except ApiError as exc:
        tally.why = f"the service told error {error_code(exc.payload)} of the PIN pad."
        return Look.BUSY
    except LinkError as exc:
        return _silent(exc, tally)
    if isinstance(status, DeviceStatus) and status.status == DeviceState.CONNECTED:
        return Approved(
            operation=job.intent.operation,
            reference=job.intent.reference,
            paypoint_id=job.intent.paypoint_id,
        )
    tally.why = "the PIN pad does not answer yet."
    return Look.BUSY


_Looker: TypeAlias = Callable[[Job, _Tally], Procedure[Seen]]
_LOOKS: dict[MoneyOperation, _Looker] = {
    MoneyOperation.Z_REPORT: _look_for_batch,
    MoneyOperation.RESTART: _look_for_device,
}
