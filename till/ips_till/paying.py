"""The procedure of one money-moving operation: sent at most once, read to its end, kept.

Before it the paypoint is leased and the intent is on disk. After it the journal knows the outcome,
or knows that it is not known.
"""

import contextlib
from typing import Final

import attrs

from stompws.descriptors import Operation
from stompws.errors import InvalidMessageError, LocalProtocolError
from stompws.errors import NotSentError as LinkNotSentError
from stompws.shapes import Struct
from worldpay_ips import BatchReport, DeviceRestart

from .effects import Close, Procedure, Talk, Tell, open_talk, write
from .errors import JournalError, LeaseLostError, NotSentError, SecondResultError, TillError
from .events import JournalTrouble
from .fetching import fetch_receipts
from .finding import find_out, look_ahead
from .job import Job, note
from .operations import WITH_RESULT, MoneyOperation
from .outcome import TRY_AGAIN, Approved, NotTaken, Outcome, Unknown, kind_of
from .receiving import Heard, error_code, listen
from .redaction import safe_fields
from .z_reports import take_x_report


class Started:
    """Delivered when the request has left."""


def perform(job: Job, operation: Operation, request: Struct) -> Procedure[Outcome]:
    """Send the request of a job, read to its end, and find out what was not seen of it.

    Raises:
        NotSentError: Nothing left. The journal says so.
        JournalError: The journal could not be written before anything left.
        SecondResultError: Two results came that differ. The journal keeps both.
    """
    if job.settings.preflight and (hindrance := (yield from look_ahead(job))) is not None:
        return (yield from store(job, _not_taken(job, *hindrance)))
    talk = yield from _send(job, operation, request)
    job.talk = talk
    job.watch.note("sent", correlation_id=talk.correlation_id)
    yield Tell(Started())
    heard = Heard()
    yield from listen(job, talk, heard)
    job.talk = None
    yield Close(talk)
    outcome = yield from _conclude(job, heard)
    outcome = yield from store(job, outcome)
    if heard.second is not None:
        raise SecondResultError(
            operation=job.intent.operation.value, reference=job.intent.reference
        )
    return outcome


def _send(job: Job, operation: Operation, request: Struct) -> Procedure[Talk]:
    def before(correlation_id: str) -> None:
        job.watch.note("connected")
        if job.abort_requested:
            raise LocalProtocolError("it was aborted before it was sent")
        job.write_sending(correlation_id)

    try:
        if job.intent.operation is MoneyOperation.Z_REPORT:
            yield from take_x_report(job)
        return (yield from open_talk(operation, request, job.deadlines, before))
    except Exception as exc:
        if job.correlation_id is not None and not isinstance(exc, _NOTHING_LEFT):
            raise  # nobody has told what this means: the entry waits for recovery
        job.watch.note("link-lost", phase="before-sent", why=type(exc).__name__)
        yield from _keep_not_sent(job)
        if isinstance(exc, TillError):
            raise  # of the journal, or of whatever fetches the license key
        reason = exc.reason if isinstance(exc, LinkNotSentError) else exc
        raise NotSentError(
            operation=job.intent.operation.value, reference=job.intent.reference, reason=reason
        ) from exc


_NOTHING_LEFT: Final = (LinkNotSentError, LocalProtocolError, InvalidMessageError, JournalError)


def _keep_not_sent(job: Job) -> Procedure[None]:
    """Free the paypoint. If that fails too, recovery finds the same: nothing was sent."""
    outcome = _not_taken(job, "it was not sent.")
    try:
        yield from write(lambda: job.write_outcome(outcome))
    except JournalError as exc:
        job.watch.note("journal-trouble", why=type(exc).__name__)


def _conclude(job: Job, heard: Heard) -> Procedure[Outcome]:
    if heard.second is not None:
        return job.unknown("two different results came.", needs_person=True)
    if job.intent.operation not in WITH_RESULT and heard.payload is not None:
        return (yield from _done(job, heard.payload))
    if heard.outcome is not None and not heard.unreadable:
        outcome = attrs.evolve(heard.outcome, abort_requested=job.abort_requested)
        if not isinstance(outcome, Unknown):
            return (yield from with_receipts(job, outcome, heard.receipts))
    refused = None
    if heard.error is not None:
        code = error_code(heard.error)
        yield from note(job, "error", {"code": code})
        refused = attrs.evolve(
            _not_taken(job, f"the service answered with error {code or 'without a code'}."),
            error_code=code,
        )
    outcome = agreed(job, heard.outcome, (yield from find_out(job, refused=refused)))
    return (yield from with_receipts(job, outcome, heard.receipts))


def agreed(job: Job, told: Outcome | None, found: Outcome) -> Outcome:
    """Judge what was found out when a result had been told before: both must say the same."""
    if told is None or isinstance(told, Unknown) or isinstance(found, Unknown | type(told)):
        return found
    return job.unknown("the service told one thing, and says another now.", needs_person=True)


def with_receipts(job: Job, outcome: Outcome, kept: set[str]) -> Procedure[Outcome]:
    """Fetch what an approved operation should have printed and has not delivered."""
    if not isinstance(outcome, Approved):
        return outcome
    missing = yield from fetch_receipts(job, kept)
    return attrs.evolve(outcome, missing_receipts=missing)


def store(job: Job, outcome: Outcome) -> Procedure[Outcome]:
    """Write the outcome into the journal and free the paypoint, unless it is not known."""
    needs_person = isinstance(outcome, Unknown) and outcome.needs_person
    job.watch.note("outcome", outcome=kind_of(outcome), needs_person=needs_person)
    try:
        yield from write(lambda: job.write_outcome(outcome))
    except LeaseLostError:
        outcome = job.unknown("another till has taken it over, and will find it out.")
    except JournalError as exc:
        job.watch.note("journal-trouble", why=type(exc).__name__)
        yield Tell(JournalTrouble(text=str(exc)))
        with contextlib.suppress(JournalError):
            yield from write(job.give_back)
    job.outcome = outcome
    return outcome


def _done(job: Job, payload: object) -> Procedure[Outcome]:
    """Return what a reply means that is no result of a payment."""
    if not isinstance(payload, BatchReport | DeviceRestart):
        return (yield from find_out(job))
    job.reply = payload
    if isinstance(payload, BatchReport):
        # Shown, not encoded: a newer server's report has more than what may be sent.
        yield from note(job, "report", safe_fields(payload))
    return Approved(
        operation=job.intent.operation,
        reference=job.intent.reference,
        paypoint_id=job.intent.paypoint_id,
    )


def _not_taken(job: Job, reason: str, advice: str = TRY_AGAIN) -> NotTaken:
    return NotTaken(
        operation=job.intent.operation,
        reference=job.intent.reference,
        paypoint_id=job.intent.paypoint_id,
        requested_amount=job.intent.amount,
        abort_requested=job.abort_requested,
        reason=reason,
        advice=advice,
    )
