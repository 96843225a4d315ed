"""A payment as the till's program holds it: a context manager and an iterator of events."""

import contextlib
import os
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from stompws.client import ApiClient
from stompws.errors import LinkError
from worldpay_ips.operations import ABORT_PAYMENT, API

from .answering import abort_message
from .errors import TillError
from .events import TillEvent
from .held import Held
from .keeping import kept_alive
from .outcome import Outcome
from .paying import Started, perform
from .player import Player, say


class Payment(Held):
    """One payment: entered, it is journaled, leased and sent; iterated, it tells what happens.

    Leaving the `with` block reads to the end, also after an error of yours: money does not stop
    where a program does. Only when the program itself is being ended is it left as it is, for
    `Till.recover`.

    Threads that iterate take turns, and each event comes to one of them. `abort` may be called from
    any.
    """

    _player: Player[Outcome] | None = None
    _cleanup: contextlib.ExitStack | None = None

    def __enter__(self) -> Self:
        """Journal, lease, connect and send.

        Raises:
            NotSentError: Nothing left; it is safe to try again, as a new payment.
            UnresolvedPaymentError: The paypoint has a payment without a known outcome.
            ReferenceUsedError: The reference has been used.
            JournalError: The journal cannot be written; nothing was sent.
        """
        self._check_enter()
        self._cleanup = contextlib.ExitStack()
        # Two threads in one procedure would each be given what the other asked for.
        self._turn = threading.RLock()
        job = self._leased(self._begin())
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
        self._check_process()
        if self._player is None:
            raise TillError(f"{self.reference}: enter the payment first, with `with`")
        with self._turn:
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
        with self._lock:
            talk = self._abort_wanted()
            if talk is None:
                return
            self._note_abort()
            with contextlib.suppress(LinkError):  # who reads finds out
                say(talk, ABORT_PAYMENT, abort_message(self.sent_with))

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
        try:
            if self._player is not None and not self._player.over:
                self._player.abandon()
        finally:
            self._let_go()

    def _let_go(self) -> None:
        try:
            if self._cleanup is not None:
                self._cleanup.close()
        finally:
            # Whoever is interrupted once more during the goodbye must not leave before it is
            # written: the paypoint would be held as long as this process lives.
            self._give_back()
            if self._job is not None:
                self._job.watch.end()
