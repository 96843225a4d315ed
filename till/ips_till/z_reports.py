"""What a Z report returns, and what its end means."""

import attrs

from worldpay_ips import BatchReport

from .errors import NotSentError, RefusedError
from .operations import MoneyOperation
from .outcome import Approved, Outcome, Unknown


@attrs.frozen(kw_only=True)
class ZReport:
    """A closed batch."""

    batch_number: int | None
    """Of the batch that was closed."""
    report: BatchReport | None
    """The report that closed it; None when its reply was lost, and the batch is closed."""
    before: BatchReport
    """The X report that was taken just before, on the same paypoint."""


def z_report_of(outcome: Outcome, reply: object, before: BatchReport) -> ZReport:
    """What the end of a Z report means.

    Raises:
        OutcomeUnknownError: Nobody can say whether the batch is closed.
        RefusedError: It was not closed.
    """
    match outcome:
        case Approved():
            report = reply if isinstance(reply, BatchReport) else None
            return ZReport(batch_number=before.batch_number, report=report, before=before)
        case Unknown():
            raise outcome.as_error()
        case _:
            raise RefusedError(outcome.what_to_do)


def z_not_sent(reference: str, reason: BaseException) -> NotSentError:
    """The error of a Z report before which the X report failed."""
    operation = MoneyOperation.Z_REPORT.value
    return NotSentError(operation=operation, reference=reference, reason=reason)
