"""What a point of sale holds: one paypoint, and what can be done there."""

from pathlib import Path
from types import TracebackType
from typing import Self

import attrs

from stompws.client import ApiClient, ClientOptions, Secret
from worldpay_ips import (
    BatchReport,
    BatchReportRequest,
    DeviceStatus,
    OfflineReport,
    PaymentApi,
    ServiceStatus,
    TokenPurpose,
)
from worldpay_ips.operations import API

from .actions import OnAction, Policy
from .counter import Counter, OnStray, Server, open_journal
from .effects import Procedure
from .errors import RefusedError
from .job import Job
from .journal import Entry, Journal
from .keeping import kept_alive
from .money import Amount
from .observing import ObserverFactory
from .operations import MoneyOperation
from .orders import (
    Instrument,
    Order,
    cancel_order,
    payment_order,
    restart_order,
    settle_order,
    z_order,
)
from .outcome import Approved, Outcome, Unknown, from_stored
from .payment import Payment
from .player import Player
from .recovering import recover
from .references import ReferenceFactory, TimeSortedReferences
from .settings import TillSettings


@attrs.frozen(kw_only=True)
class ZReport:
    """A closed batch."""

    batch_number: int | None
    """Of the batch that was closed."""
    report: BatchReport | None
    """The report that closed it; None when its reply was lost, and the batch is closed."""
    before: BatchReport
    """The X report that was taken just before, on the same paypoint."""


class Till:
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

    def __init__(
        self,
        server: Server,
        *,
        license_key: Secret | None,
        journal: Journal | Path | str,
        options: ClientOptions | None = None,
        settings: TillSettings | None = None,
        on_action: OnAction | None = None,
        new_reference: ReferenceFactory | None = None,
        observe: ObserverFactory | None = None,
        on_stray: OnStray | None = None,
    ) -> None:
        self._owns_journal = isinstance(journal, str | Path)
        self._counter = Counter(
            server=server,
            license_key=license_key,
            journal=open_journal(journal),
            options=options or ClientOptions(),
            settings=settings or TillSettings(),
            on_action=on_action,
            new_reference=new_reference or TimeSortedReferences(),
            observe=observe,
            on_stray=on_stray,
        )

    def __repr__(self) -> str:
        return f"<Till {self.paypoint_id}>"

    @property
    def paypoint_id(self) -> str:
        """The paypoint."""
        return self._counter.paypoint_id

    @property
    def journal(self) -> Journal:
        """The till's memory."""
        return self._counter.journal

    # -- payments

    def sale(
        self,
        amount: Amount,
        *,
        on_action: OnAction | None = None,
        reference: str | None = None,
        token: str | None = None,
        token_purpose: TokenPurpose | None = None,
        auth_code: str | None = None,
        keyed: bool = False,
        not_present: bool = False,
        override: str | None = None,
    ) -> Payment:
        """Charge a card: at the PIN pad, by its token, or again after a voice authorisation.

        Args:
            amount: Minor units, or `Money`.
            on_action: What is done when the payment asks something; the till's when None.
            reference: 1 to 30 of A-Z a-z 0-9 - and _, never used before; made for you when None.
            token: Of the card, from an earlier payment.
            token_purpose: What a token is stored or used for.
            auth_code: Of a sale that was authorised by telephone (keyed recovery).
            keyed: The card's number is typed in at the PIN pad.
            not_present: The same, with the cardholder elsewhere.
            override: Why this is begun although the paypoint has an unresolved payment. Its outcome
                can then no longer be asked for. Recorded.
        """
        instrument = Instrument(
            token=token,
            token_purpose=token_purpose,
            auth_code=auth_code,
            keyed=keyed,
            not_present=not_present,
        )
        return self._payment(
            MoneyOperation.SALE, amount, on_action, reference, instrument, override
        )

    def refund(
        self,
        amount: Amount,
        *,
        on_action: OnAction | None = None,
        reference: str | None = None,
        token: str | None = None,
        original_gateway_reference: str | None = None,
        keyed: bool = False,
        override: str | None = None,
    ) -> Payment:
        """Pay back to a card: at the PIN pad, or by token with the original's gateway reference."""
        instrument = Instrument(token=token, keyed=keyed)
        return self._payment(
            MoneyOperation.REFUND,
            amount,
            on_action,
            reference,
            instrument,
            override,
            original_gateway_reference=original_gateway_reference,
        )

    def pre_auth(
        self,
        amount: Amount,
        *,
        on_action: OnAction | None = None,
        reference: str | None = None,
        override: str | None = None,
    ) -> Payment:
        """Authorise an amount now, to be settled later with `settle`."""
        return self._payment(
            MoneyOperation.PRE_AUTH, amount, on_action, reference, Instrument(), override
        )

    def check_card(
        self,
        *,
        on_action: OnAction | None = None,
        reference: str | None = None,
        override: str | None = None,
    ) -> Payment:
        """Read a card without a payment."""
        return self._payment(
            MoneyOperation.CHECK_CARD, 0, on_action, reference, Instrument(online=True), override
        )

    def verify_account(
        self,
        *,
        token_purpose: TokenPurpose,
        on_action: OnAction | None = None,
        reference: str | None = None,
        override: str | None = None,
    ) -> Payment:
        """Verify an account with an amount of 0, and have a token made for later payments."""
        return self._payment(
            MoneyOperation.ACCOUNT_VERIFICATION,
            0,
            on_action,
            reference,
            Instrument(token_purpose=token_purpose),
            override,
        )

    def _payment(
        self,
        kind: MoneyOperation,
        amount: Amount,
        on_action: OnAction | None,
        reference: str | None,
        instrument: Instrument,
        override: str | None,
        original_gateway_reference: str | None = None,
    ) -> Payment:
        self._counter.check()
        order = payment_order(
            kind,
            amount,
            reference=self._reference(reference),
            paypoint_id=self.paypoint_id,
            instrument=instrument,
            original_gateway_reference=original_gateway_reference,
        )
        return self._start(order, on_action, override)

    def _start(
        self, order: Order, on_action: OnAction | None, override: str | None = None
    ) -> Payment:
        if override is not None and not override.strip():
            raise ValueError("override is the reason, in words: it is recorded")
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
        self._counter.check()
        order = settle_order(
            self._original(payment),
            amount,
            reference=self._reference(reference),
            paypoint_id=self.paypoint_id,
            own=self._counter.settings.follow_up_reference == "own",
        )
        return self._run(order)

    def cancel(self, payment: Approved | str, *, reference: str | None = None) -> Outcome:
        """Take a sale, refund or pre-authorisation out of settlement. Its receipts are journaled.

        The authorisation is not reversed: the bank frees the money in a few days.

        Args:
            payment: Its outcome, or its reference if it stands in the journal.
            reference: Of the cancellation itself.

        Raises:
            RefusedError: It is not known well enough to be cancelled.
        """
        self._counter.check()
        order = cancel_order(
            self._original(payment),
            reference=self._reference(reference),
            paypoint_id=self.paypoint_id,
            own=self._counter.settings.follow_up_reference == "own",
        )
        return self._run(order)

    def _run(self, order: Order, override: str | None = None) -> Outcome:
        with self._start(order, Policy.DECLINE, override) as payment:
            return payment.finish()

    def _original(self, payment: Approved | str) -> Approved:
        if isinstance(payment, Approved):
            return payment
        entry = self.journal.find(payment)
        if entry is None:
            raise RefusedError(f"the journal has no payment {payment}")
        outcome = _stored_outcome(entry)
        if not isinstance(outcome, Approved):
            raise RefusedError(f"{payment} was not approved, as far as the journal knows")
        return outcome

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
            OutcomeUnknownError: Nobody can say yet whether the batch is closed. `recover` it.
        """
        self._counter.check()
        before = self.x_report()
        order = z_order(
            reference=self._reference(reference),
            paypoint_id=self.paypoint_id,
            facts={"batch_number": before.batch_number},
        )
        with self._start(order, Policy.DECLINE, override) as operation:
            outcome = operation.finish()
        reply = operation.reply
        match outcome:
            case Approved():
                report = reply if isinstance(reply, BatchReport) else None
                return ZReport(batch_number=before.batch_number, report=report, before=before)
            case Unknown():
                raise outcome.as_error()
            case _:
                raise self._not_done(outcome)

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

    # -- what was left behind

    def unresolved(self) -> tuple[Entry, ...]:
        """What has no known outcome on this paypoint, oldest first."""
        return self.journal.unresolved(self.paypoint_id)

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
        lease = self.journal.take_over(self.paypoint_id, reference)
        if lease is None:
            return None if reference is None else self._known(reference)
        entry = self.journal.find(lease.reference)
        if entry is None:
            raise RefusedError(f"the journal has lost {lease.reference}")
        job = self._counter.recovery_job(lease, entry, lambda: self._recover_known(lease.reference))
        return self._perform(job, recover(job, entry))

    def _recover_known(self, reference: str) -> Outcome:
        outcome = self.recover(reference)
        if outcome is None:
            raise RefusedError(f"the journal has no payment {reference}")
        return outcome

    def _known(self, reference: str) -> Outcome | None:
        entry = self.journal.find(reference)
        return None if entry is None else _stored_outcome(entry)

    def _perform(self, job: Job, procedure: Procedure[Outcome]) -> Outcome:
        client = ApiClient(
            API,
            self._counter.server,
            credential=self._counter.license_key,
            options=self._counter.options_for(job),
        )
        try:
            with kept_alive(job):
                return Player(client, procedure).run()
        finally:
            if job.outcome is None:
                job.journal.give_back(job.lease)
            job.watch.end()

    # -- the rest

    def _reference(self, given: str | None) -> str:
        return self._counter.new_reference() if given is None else given

    def _api(self) -> PaymentApi:
        self._counter.check()
        return PaymentApi(
            self._counter.server,
            license_key=self._counter.license_key,
            options=self._counter.options,
        )

    def _not_done(self, outcome: Outcome) -> RefusedError:
        return RefusedError(outcome.what_to_do)

    def close(self) -> None:
        """Close it, and the journal if the till opened it."""
        if not self._counter.closed:
            self._counter.closed = True
            if self._owns_journal:
                self.journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _stored_outcome(entry: Entry) -> Outcome | None:
    if entry.outcome is None:
        return None
    return from_stored(
        entry.outcome,
        operation=entry.intent.operation,
        reference=entry.reference,
        paypoint_id=entry.intent.paypoint_id,
    )
