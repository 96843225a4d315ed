"""A Z report: which batch it is to close, what it returns, and what its end means."""

import attrs

from worldpay_ips import BatchReport, BatchReportRequest
from worldpay_ips.operations import REQUEST_BATCH_REPORT

from .effects import Procedure, reply_of, write
from .errors import RefusedError
from .job import Job
from .journal import Entry
from .outcome import Approved, Outcome, Unknown

_NOTE = "batch"


@attrs.frozen(kw_only=True)
class ZReport:
    """A closed batch."""

    batch_number: int | None
    """Of the batch that was closed."""
    report: BatchReport | None
    """The report that closed it; None when its reply was lost, and the batch is closed."""
    before: BatchReport
    """The X report that was taken just before, on the same paypoint."""


def take_x_report(job: Job) -> Procedure[None]:
    """Ask which batch is open, and journal its number: by it recovery sees whether it was closed.

    The paypoint is leased by now, so no other till closes the batch in between.

    Raises:
        LinkError: The service could not be asked, or refused.
        JournalError: It cannot be written.
    """
    request = BatchReportRequest(close_batch=False)
    report = yield from reply_of(REQUEST_BATCH_REPORT, request, job.asking)
    if isinstance(report, BatchReport):
        job.batch_before, job.batch_number = report, report.batch_number
        yield from write(lambda: job.write_note(_NOTE, {"number": report.batch_number}))


def batch_to_close(entry: Entry) -> int | None:
    """The number of the batch that a journaled Z report was to close."""
    numbers = [note.facts.get("number") for note in entry.notes if note.kind == _NOTE]
    return numbers[-1] if numbers else None


def z_report_of(outcome: Outcome, reply: object, before: BatchReport | None) -> ZReport:
    """What the end of a Z report means.

    Raises:
        OutcomeUnknownError: Nobody can say whether the batch is closed.
        RefusedError: It was not closed.
    """
    match outcome:
        case Approved() if before is not None:
            report = reply if isinstance(reply, BatchReport) else None
            return ZReport(batch_number=before.batch_number, report=report, before=before)
        case Unknown():
            raise outcome.as_error()
        case _:
            raise RefusedError(outcome.what_to_do)
