"""What a point of sale holds: one paypoint, and what can be done there."""

import contextlib
from types import TracebackType
from typing import Self

from stompws.client import ApiClient
from worldpay_ips import (
    BatchReport,
    BatchReportRequest,
    DeviceStatus,
    OfflineReport,
    PaymentApi,
    ServiceStatus,
)
from worldpay_ips.operations import API

from .actions import OnAction, Policy
from .effects import Procedure
from .errors import ConfigurationError, JournalError, RefusedError
from .job import Job
from .journal import Entry, StoredReceipt
from .keeping import kept_alive
from .money import Amount
from .ordering import Ordering, check_override
from .orders import Order, restart_order
from .outcome import Approved, Outcome
from .payment import Payment
from .player import Player
from .recovering import complete_receipts, recover
from .renewing import refresh
from .z_reports import ZReport, z_report_of

__all__ = ["Till"]


class Till(Ordering[Payment]):
    """One paypoint of one service. At most one operation on it at a time, over all processes.

    May be shared by threads: the second payment on a paypoint is refused, not queued. Not across a
    fork. Close it, or use it with `with`.

    Args:
        server: Where the service is, and which paypoint.
        license_key: The license key, or a function that fetches it for each connection.
        journal: The till's memory: a file (SQLite), a `postgresql://` address, or a `Journal`.
        options: Of all connections: trust, heart-beats.
        settings: Deadlines, and how long recovery goes on.
        on_action: What payments go by that are given nothing of their own.
        new_reference: Makes the references.
        observe: Makes an observer for each operation: a flight recorder, telemetry.
        on_stray: Is given messages that belong to no conversation of ours.

    Every operation that moves money raises:
        NotSentError: Nothing left; it is safe to try again, as a new payment.
        UnresolvedPaymentError: The paypoint has a payment whose outcome is not known: `recover`.
        JournalError: The journal cannot be written; nothing was sent.
        UsedAfterForkError: This process was forked from the one that made the till.
    """

    def _start(
        self, order: Order, on_action: OnAction | None, override: str | None = None
    ) -> Payment:
        check_override(override)
        reference = order.intent.reference
        return Payment(
            self._counter,
            order,
            self._counter.actions(on_action),
            override=override,
            recover_with=lambda: self._recover_known(reference),
        )

    def settle(
        self, payment: Approved | str, amount: Amount | None = None, *, reference: str | None = None
    ) -> Outcome:
        """Settle a pre-authorisation, all of it or less.

        Args:
            payment: Its outcome, or its reference if it stands in the journal.
            amount: What is settled; all of it when None.
            reference: Of the settlement itself.

        Raises:
            RefusedError: It is not known well enough to be settled.
        """
        return self._run(self._settle_order(payment, amount, reference))

    def cancel(self, payment: Approved | str, *, reference: str | None = None) -> Outcome:
        """Take a sale, refund or pre-authorisation out of settlement. Its receipts are journaled.

        The authorisation is not reversed: the bank frees the money in a few days.

        Args:
            payment: Its outcome, or its reference if it stands in the journal.
            reference: Of the cancellation itself.

        Raises:
            RefusedError: It is not known well enough to be cancelled.
        """
        return self._run(self._cancel_order(payment, reference))

    def _run(self, order: Order, override: str | None = None) -> Outcome:
        with self._start(order, Policy.DECLINE, override) as payment:
            return payment.finish()

    # -- reports and the device

    def x_report(self) -> BatchReport:
        """Ask what is in the batch. Changes nothing; may be repeated.

        Raises:
            LinkError: The service could not be asked, or refused.
        """
        return self._api().request_batch_report(
            BatchReportRequest(close_batch=False),
            deadlines=self._counter.settings.request_deadlines,
        )

    def z_report(self, *, reference: str | None = None, override: str | None = None) -> ZReport:
        """Close the batch. Journaled, and never repeated: an X report tells what a lost reply hid.

        Raises:
            NotSentError: Nothing left, or the X report before it failed. The batch is open.
            OutcomeUnknownError: Nobody can say yet whether the batch is closed. `recover` it.
        """
        with self._start(self._z_order(reference), Policy.DECLINE, override) as operation:
            outcome = operation.finish()
        return z_report_of(outcome, operation.reply, operation.batch_before)

    def restart(self, *, force: str | None = None) -> Outcome:
        """Restart the PIN pad. Refused while the paypoint has a payment.

        Args:
            force: Why it is restarted all the same. The payment's outcome can then no longer be
                asked for with certainty. Recorded.
        """
        self._counter.check()
        order = restart_order(reference=self._reference(None), paypoint_id=self.paypoint_id)
        return self._run(order, force)

    def offline_report(self) -> OfflineReport:
        """Ask how many payments wait that IPS accepted on its own. Raises `LinkError`."""
        return self._api().request_offline_report(
            deadlines=self._counter.settings.request_deadlines
        )

    def device_status(self) -> DeviceStatus:
        """Ask for the PIN pad. Raises `LinkError`."""
        return self._api().device_status(deadlines=self._counter.settings.request_deadlines)

    def service_status(self) -> ServiceStatus:
        """Ask whether the service is busy. Raises `LinkError`."""
        return self._api().service_status(deadlines=self._counter.settings.request_deadlines)

    def refresh(self) -> str:
        """Renew the license key, and return the fingerprint of the new one.

        The old one is kept until the new one has connected once. Safe to call again. Raises as
        `renewing.refresh`.
        """
        self._counter.check()
        if self._counter.keys is None:
            raise ConfigurationError("license_key: this till was made without one")
        return refresh(self._counter.server, self._counter.keys, options=self._counter.options)

    # -- what was left behind

    def unresolved(self) -> tuple[Entry, ...]:
        """What has no known outcome on this paypoint, oldest first."""
        return self.journal.unresolved(self.paypoint_id)

    def ensure_receipts(self, reference: str) -> tuple[StoredReceipt, ...]:
        """Fetch missing receipts of an approved operation, and return all of them.

        The service gives them only while it is the last one of the paypoint.

        Raises:
            RefusedError: The journal does not know it.
        """
        self._counter.check()
        entry = self._approved_entry(reference)
        job = self._counter.job(None, entry.intent)
        Player(self._client(job), complete_receipts(job, entry)).run()
        job.watch.end()
        return self._approved_entry(reference).receipts

    def recover(self, reference: str | None = None) -> Outcome | None:
        """Find out what became of what was left behind, and free the paypoint. Never charges.

        Args:
            reference: Of an entry; the paypoint's unresolved one when None.

        Returns:
            None when there is nothing to recover. `Unknown` when it could not be found out.

        Raises:
            UnresolvedPaymentError: A living till is at it.
            JournalError: The journal cannot be read or written.
        """
        self._counter.check()
        taken = self._take_over(reference)
        if taken is None:
            return self._left_behind(reference)
        lease, entry = taken
        job = self._counter.recovery_job(lease, entry, lambda: self._recover_known(lease.reference))
        return self._perform(job, recover(job, entry))

    def _recover_known(self, reference: str) -> Outcome:
        outcome = self.recover(reference)
        if outcome is None:
            raise RefusedError(f"the journal has no payment {reference}")
        return outcome

    def _perform(self, job: Job, procedure: Procedure[Outcome]) -> Outcome:
        try:
            with kept_alive(job):
                return Player(self._client(job), procedure).run()
        finally:
            if job.outcome is None:
                # What ended the recovery comes out, not what the journal says to that.
                with contextlib.suppress(JournalError):
                    job.write_outcome(job.unknown("the recovery was stopped."))
            job.watch.end()

    # -- the rest

    def _client(self, job: Job) -> ApiClient:
        counter = self._counter
        return ApiClient(
            API,
            counter.server,
            credential=counter.license_key,
            options=counter.options_for(job),
        )

    def _api(self) -> PaymentApi:
        self._counter.check()
        return PaymentApi(
            self._counter.server,
            license_key=self._counter.license_key,
            options=self._counter.options,
        )

    def close(self) -> None:
        """Close it, and the journal if the till opened it."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
