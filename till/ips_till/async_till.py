"""What an asyncio application holds: a till whose payments cost a task, not a thread."""

import asyncio
import contextlib
from types import TracebackType
from typing import Self, cast

from stompws.async_client import AsyncApiClient
from worldpay_ips import (
    BatchReport,
    BatchReportRequest,
    DeviceStatus,
    OfflineReport,
    ServiceStatus,
)
from worldpay_ips.operations import (
    API,
    DEVICE_STATUS,
    REQUEST_BATCH_REPORT,
    REQUEST_OFFLINE_REPORT,
    SERVICE_STATUS,
)

from .actions import OnAction, Policy
from .async_payment import AsyncPayment, async_kept_alive, lease_surely
from .async_player import AsyncPlayer
from .effects import Procedure, reply_of
from .errors import ConfigurationError, JournalError
from .job import Job
from .journal import Entry, Lease, StoredReceipt
from .money import Amount
from .ordering import Ordering, check_override
from .orders import Order, restart_order
from .outcome import Approved, Outcome
from .recovering import complete_receipts, recover
from .renewing import refresh
from .z_reports import ZReport, z_report_of


class AsyncTill(Ordering[AsyncPayment]):
    """One paypoint of one service, as `Till`, for asyncio.

    The same arguments, rules and errors. Payments are entered with `async with`; everything that
    asks the service or the journal is awaited. Belongs to one event loop. The journal's disk is
    waited for in the loop's default threads.

    `Unknown.recover()` is for `Till`; here `await till.recover(unknown.reference)`.
    """

    def _start(
        self, order: Order, on_action: OnAction | None, override: str | None = None
    ) -> AsyncPayment:
        check_override(override)
        return AsyncPayment(
            self._counter,
            order,
            self._counter.actions(on_action),
            override=override,
            recover_with=None,
        )

    async def settle(
        self, payment: Approved | str, amount: Amount | None = None, *, reference: str | None = None
    ) -> Outcome:
        """Settle a pre-authorisation; as `Till.settle`."""
        order = await asyncio.to_thread(self._settle_order, payment, amount, reference)
        return await self._run(order)

    async def cancel(self, payment: Approved | str, *, reference: str | None = None) -> Outcome:
        """Take a payment out of settlement; as `Till.cancel`."""
        order = await asyncio.to_thread(self._cancel_order, payment, reference)
        return await self._run(order)

    async def _run(self, order: Order, override: str | None = None) -> Outcome:
        async with self._start(order, Policy.DECLINE, override) as payment:
            return await payment.finish()

    # -- reports and the device

    async def x_report(self) -> BatchReport:
        """Ask what is in the batch; as `Till.x_report`."""
        request = BatchReportRequest(close_batch=False)
        deadlines = self._counter.settings.request_deadlines
        asked = reply_of(REQUEST_BATCH_REPORT, request, deadlines)
        return cast("BatchReport", await self._ask(asked))

    async def z_report(
        self, *, reference: str | None = None, override: str | None = None
    ) -> ZReport:
        """Close the batch; as `Till.z_report`."""
        order = self._z_order(reference)
        async with self._start(order, Policy.DECLINE, override) as operation:
            outcome = await operation.finish()
        return z_report_of(outcome, operation.reply, operation.batch_before)

    async def restart(self, *, force: str | None = None) -> Outcome:
        """Restart the PIN pad; as `Till.restart`."""
        self._counter.check()
        order = restart_order(reference=self._reference(None), paypoint_id=self.paypoint_id)
        return await self._run(order, force)

    async def offline_report(self) -> OfflineReport:
        """Ask how many payments wait that IPS accepted on its own."""
        deadlines = self._counter.settings.request_deadlines
        asked = reply_of(REQUEST_OFFLINE_REPORT, None, deadlines)
        return cast("OfflineReport", await self._ask(asked))

    async def device_status(self) -> DeviceStatus:
        """Ask for the PIN pad."""
        asked = reply_of(DEVICE_STATUS, None, self._counter.settings.request_deadlines)
        return cast("DeviceStatus", await self._ask(asked))

    async def service_status(self) -> ServiceStatus:
        """Ask whether the service is busy."""
        asked = reply_of(SERVICE_STATUS, None, self._counter.settings.request_deadlines)
        return cast("ServiceStatus", await self._ask(asked))

    async def refresh(self) -> str:
        """Renew the license key; as `Till.refresh`."""
        self._counter.check()
        if self._counter.keys is None:
            raise ConfigurationError("license_key: this till was made without one")
        counter = self._counter
        return await asyncio.to_thread(
            refresh, counter.server, self._counter.keys, options=counter.options
        )

    # -- what was left behind

    async def unresolved(self) -> tuple[Entry, ...]:
        """What has no known outcome on this paypoint, oldest first."""
        return await asyncio.to_thread(self.journal.unresolved, self.paypoint_id)

    async def ensure_receipts(self, reference: str) -> tuple[StoredReceipt, ...]:
        """Fetch missing receipts; as `Till.ensure_receipts`."""
        self._counter.check()
        entry = await asyncio.to_thread(self._approved_entry, reference)
        job = self._counter.job(None, entry.intent)
        try:
            await AsyncPlayer(self._client(job), complete_receipts(job, entry)).run()
        finally:
            job.watch.end()
        return (await asyncio.to_thread(self._approved_entry, reference)).receipts

    async def recover(self, reference: str | None = None) -> Outcome | None:
        """Find out what became of what was left behind; as `Till.recover`."""
        self._counter.check()
        taken = await lease_surely(lambda: self._take_over(reference), self._give_back)
        if taken is None:
            return await asyncio.to_thread(self._left_behind, reference)
        lease, entry = taken
        job = self._counter.recovery_job(lease, entry, None)
        return await self._perform(job, recover(job, entry))

    async def _perform(self, job: Job, procedure: Procedure[Outcome]) -> Outcome:
        try:
            async with async_kept_alive(job):
                return await AsyncPlayer(self._client(job), procedure).run()
        finally:
            if job.outcome is None:
                # Not in a thread: a cancelled task must not leave before it is written. What it
                # had begun to write in one may be done, and the lease have ended with it.
                with contextlib.suppress(JournalError):
                    job.write_outcome(job.unknown("the recovery was stopped."))
            job.watch.end()

    def _give_back(self, taken: tuple[Lease, Entry] | None) -> None:
        if taken is not None:
            self.journal.give_back(taken[0])

    # -- the rest

    def _client(self, job: Job) -> AsyncApiClient:
        counter = self._counter
        return AsyncApiClient(
            API,
            counter.server,
            credential=counter.license_key,
            options=counter.options_for(job),
        )

    async def _ask(self, asked: Procedure[object]) -> object:
        self._counter.check()
        counter = self._counter
        client = AsyncApiClient(
            API, counter.server, credential=counter.license_key, options=counter.options
        )
        return await AsyncPlayer(client, asked).run()

    async def close(self) -> None:
        """Close it, and the journal if the till opened it."""
        await asyncio.to_thread(self._close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
