"""A payment as the till's program holds it: a context manager and an iterator of events."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from stompws.client import ApiClient
from stompws.errors import LinkError
from worldpay_ips.operations import ABORT_PAYMENT, API

from .actions import Actions
from .answering import abort_message
from .counter import Counter
from .errors import ActionError, JournalError, TillError, UsedAfterForkError
from .events import TillEvent
from .job import Job
from .keeping import kept_alive
from .operations import MoneyOperation
from .orders import Order
from .outcome import Outcome
from .paying import Started, perform
from .player import Player, say


class Payment:
    """One payment: entered, it is journaled, leased and sent; iterated, it tells what happens.

    Leaving the `with` block reads to the end, also after an error of yours: money does not stop
    where a program does. Only when the program itself is being ended is it left as it is, for
    `Till.recover`.

    One thread iterates; `abort` may be called from any.
    """

    def __init__(
        self,
        counter: Counter,
        order: Order,
        actions: Actions,
        *,
        override: str | None,
        recover_with: Callable[[], Outcome],
    ) -> None:
        """For `Till` only: nothing has been journaled or sent."""
        self._counter, self._order, self._actions = counter, order, actions
        self._override, self._recover_with = override, recover_with
        self._lock = threading.Lock()
        self._pid = os.getpid()
        self._job: Job | None = None
        self._player: Player[Outcome] | None = None
        self._cleanup = contextlib.ExitStack()

    def __repr__(self) -> str:
        return f"<Payment {self.operation.value} {self.reference} on {self.paypoint_id}>"

    @property
    def reference(self) -> str:
        """The merchant's transaction reference."""
        return self._order.intent.reference

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
    def outcome(self) -> Outcome:
        """How it ended.

        Raises:
            TillError: It has not ended: leave the `with` block first, or iterate to the end.
        """
        if self._job is None or self._job.outcome is None:
            raise TillError(f"{self.reference}: the payment has not ended yet")
        return self._job.outcome

    def __enter__(self) -> Self:
        """Journal, lease, connect and send.

        Raises:
            NotSentError: Nothing left; it is safe to try again, as a new payment.
            UnresolvedPaymentError: The paypoint has a payment without a known outcome.
            ReferenceUsedError: The reference has been used.
            JournalError: The journal cannot be written; nothing was sent.
        """
        self._counter.check()
        if self._job is not None:
            raise TillError(f"{self.reference}: a payment is entered once; make another")
        intent, journal = self._order.intent, self._counter.journal
        lease = journal.begin(intent, override=self._override)
        job = self._job = self._counter.job(
            lease, intent, actions=self._actions, recover_with=self._recover_with
        )
        job.watch.note("begun", override=self._override is not None)
        try:
            self._cleanup.enter_context(kept_alive(job))
            client = ApiClient(
                API,
                self._counter.server,
                credential=self._counter.license_key,
                options=self._counter.options_for(job),
            )
            self._player = Player(client, perform(job, self._order.operation, self._order.request))
            told = self._player.next_told()
            while not (told is None or isinstance(told, Started)):
                told = self._player.next_told()
        except BaseException:
            self._leave()
            raise
        return self

    def __iter__(self) -> Iterator[TillEvent]:
        return self

    def __next__(self) -> TillEvent:
        """Wait for the next event.

        Raises:
            SecondResultError: Two different results came; `outcome` is `Unknown`.
        """
        if os.getpid() != self._pid:
            raise UsedAfterForkError("the payment")
        if self._player is None:
            raise TillError(f"{self.reference}: enter the payment first, with `with`")
        try:
            told: TillEvent | None = self._player.next_told()
        except BaseException:
            self._leave()
            raise
        if told is None:
            self._leave()
            raise StopIteration
        return told

    def finish(self) -> Outcome:
        """Read to the end, and return the outcome. Raises as iterating does."""
        for _ in self:
            pass
        return self.outcome

    def abort(self) -> None:
        """Ask the service to abort. It is a request: the outcome tells what came of it.

        Raises:
            ActionError: It is approved already: cancel it with `Till.cancel`.
        """
        job = self._job
        if job is None:
            raise TillError(f"{self.reference}: it has not begun")
        with self._lock:
            if job.decided:
                raise ActionError(
                    f"{self.reference} is approved already: to give the money back, cancel it"
                )
            talk = job.talk
            if talk is None or job.outcome is not None:
                return  # there is nobody to ask any more; the outcome tells
            job.abort_requested = True
            # Sent even when it cannot be journaled: it is only a request.
            with contextlib.suppress(JournalError):
                job.journal.note(job.lease, "abort-requested", {})
            job.watch.note("abort-requested")
            with contextlib.suppress(LinkError):  # who reads finds out
                say(talk, ABORT_PAYMENT, abort_message(job))

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if os.getpid() != self._pid:
            return  # a forked child leaves its parent's payment alone
        try:
            if exc is None or isinstance(exc, Exception):
                self.finish()
        finally:
            self._leave()

    def _leave(self) -> None:
        """Let go of what is held. An entry that is not resolved waits for `Till.recover`."""
        player, job = self._player, self._job
        if player is not None and not player.over:
            player.abandon()
        self._cleanup.close()
        if job is None:
            return
        if job.outcome is None:
            job.outcome = job.unknown("the till was stopped before its end.")
            with contextlib.suppress(JournalError):
                job.journal.give_back(job.lease)
        job.watch.end()
