"""What a payment holds, whichever driver performs it."""

import contextlib
import os
import threading
from collections.abc import Callable

from worldpay_ips import BatchReport

from .actions import Actions
from .counter import Counter
from .effects import Talk
from .errors import ActionError, JournalError, TillError, UsedAfterForkError
from .job import Job
from .journal import Lease
from .operations import MoneyOperation
from .orders import Order
from .outcome import Approved, Outcome


class Held:
    """Base of `Payment` and `AsyncPayment`."""

    def __init__(
        self,
        counter: Counter,
        order: Order,
        actions: Actions,
        *,
        override: str | None,
        recover_with: Callable[[], Outcome] | None,
    ) -> None:
        """For tills only: nothing has been journaled or sent."""
        self._counter, self._order, self._actions = counter, order, actions
        self._override, self._recover_with = override, recover_with
        self._pid = os.getpid()
        self._lock = threading.RLock()  # an observer may ask for an abort
        self._job: Job | None = None

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__} {self.operation.value} {self.reference} on {self.paypoint_id}>"
        )

    @property
    def reference(self) -> str:
        """The merchant's transaction reference."""
        return self._order.intent.reference

    @property
    def sent_with(self) -> str:
        """The reference in its messages."""
        return self._order.intent.wire_reference

    @property
    def paypoint_id(self) -> str:
        """Where it is taken."""
        return self._order.intent.paypoint_id

    @property
    def operation(self) -> MoneyOperation:
        """What it is."""
        return self._order.intent.operation

    @property
    def correlation_id(self) -> str | None:
        """Ties its messages together; None before they could be sent."""
        return None if self._job is None else self._job.correlation_id

    @property
    def strays(self) -> int:
        """How many messages came that are not of this payment. `Till` hands them to `on_stray`."""
        return 0 if self._job is None else len(self._job.strays)

    @property
    def reply(self) -> object:
        """The reply of an operation that is no payment, such as a batch report; else None."""
        return None if self._job is None else self._job.reply

    @property
    def batch_before(self) -> BatchReport | None:
        """The X report that was taken before a Z report; else None."""
        return None if self._job is None else self._job.batch_before

    @property
    def outcome(self) -> Outcome:
        """How it ended.

        Raises:
            TillError: It has not ended: leave the `with` block first, or iterate to the end.
        """
        if self._job is None or self._job.outcome is None:
            raise TillError(f"{self.reference}: the payment has not ended yet")
        return self._job.outcome

    def _check_enter(self) -> None:
        self._counter.check()
        if self._job is not None:
            raise TillError(f"{self.reference}: a payment is entered once; make another")

    def _begin(self) -> Lease:
        """Journal the intent and lease the paypoint. It blocks."""
        return self._counter.journal.begin(self._order.intent, override=self._override)

    def _leased(self, lease: Lease) -> Job:
        job = self._job = self._counter.job(
            lease, self._order.intent, actions=self._actions, recover_with=self._recover_with
        )
        job.watch.note("begun", override=self._override is not None)
        return job

    def _check_process(self) -> None:
        if os.getpid() != self._pid:
            raise UsedAfterForkError("the payment")

    def _abort_wanted(self) -> Talk | None:
        """Note that an abort is asked for; return whom to ask, None when there is nobody."""
        self._check_process()
        job = self._job
        if job is None:
            raise TillError(f"{self.reference}: it has not begun")
        if job.decided or isinstance(job.outcome, Approved):
            raise ActionError(
                f"{self.reference} is approved already: to give the money back, cancel it"
            )
        if job.outcome is not None or (job.talk is None and job.correlation_id is not None):
            return None  # there is nobody to ask any more; the outcome tells
        # Before the request has left this keeps it from leaving.
        job.abort_requested = True
        job.watch.note("abort-requested")
        return job.talk

    def _note_abort(self) -> None:
        """Journal it. Sent even when it cannot be: it is only a request. It blocks."""
        job = self._job
        if job is not None:
            with contextlib.suppress(JournalError):
                job.write_note("abort-requested", {})

    def _give_back(self) -> None:
        """Leave an entry that is not resolved to `recover`. It blocks."""
        job = self._job
        if job is not None and job.outcome is None:
            job.outcome = job.unknown("the till was stopped before its end.")
            with contextlib.suppress(JournalError):
                job.write_outcome(job.outcome)
