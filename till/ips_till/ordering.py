"""What can be asked of a till, whichever driver performs it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Generic, Self, TypeVar

import attrs

from stompws.client import ClientOptions, Secret
from worldpay_ips import TokenPurpose

from .actions import OnAction
from .counter import Counter, OnStray, Server
from .entries import needs_person, stored_outcome
from .environment import TillEnvironment
from .errors import JournalError, RefusedError
from .flight.recorder import FlightRecorder
from .journal import Entry, Journal, Lease
from .journals import open_journal
from .keys import KeyStore, key_store
from .money import Amount
from .observing import ObserverFactory
from .operations import MoneyOperation
from .orders import Instrument, Order, cancel_order, payment_order, settle_order, z_order
from .outcome import Approved, Outcome
from .references import ReferenceFactory, TimeSortedReferences
from .renewing import settle_at_opening
from .settings import TillSettings
from .together import together

P_co = TypeVar("P_co", covariant=True)


class Ordering(Generic[P_co]):
    """Base of `Till` and `AsyncTill`: makes payments, which do nothing until they are entered."""

    def __init__(
        self,
        server: Server,
        *,
        license_key: Secret | KeyStore | None,
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
            keys=None if license_key is None else key_store(license_key),
            journal=open_journal(journal),
            options=options or ClientOptions(),
            settings=settings or TillSettings(),
            on_action=on_action,
            new_reference=new_reference or TimeSortedReferences(),
            observe=observe,
            on_stray=on_stray,
        )

    @classmethod
    def from_env(
        cls,
        environ: Mapping[str, str] = os.environ,
        *,
        journal: Journal | Path | str | None = None,
        options: ClientOptions | None = None,
        on_action: OnAction | None = None,
        new_reference: ReferenceFactory | None = None,
        observe: ObserverFactory | None = None,
        on_stray: OnStray | None = None,
    ) -> Self:
        """Make a till of what the environment says; `environment.VARIABLES` lists what is read.

        A license key that a crash left untried is tried: only then is the service asked anything.
        What is given as an argument is not read from there, but for two things: `options.tls` is
        the environment's, and its flight recorder records beside `observe`.

        Raises:
            ConfigurationError: Variables are missing or wrong; all of them are named.
            JournalError: The journal cannot be opened.
        """
        found = TillEnvironment.read(environ)
        options = attrs.evolve(options or ClientOptions(), tls=found.tls)
        settle_at_opening(found.server, found.key, options=options)
        folder = found.flight_folder
        recorder = None if folder is None else FlightRecorder(folder)
        return cls(
            found.server,
            license_key=found.key,
            journal=found.journal if journal is None else journal,
            options=options,
            settings=found.settings,
            on_action=found.on_action if on_action is None else on_action,
            new_reference=new_reference,
            observe=together(recorder, observe),
            on_stray=on_stray,
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.paypoint_id}>"

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
    ) -> P_co:
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
    ) -> P_co:
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
    ) -> P_co:
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
    ) -> P_co:
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
    ) -> P_co:
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
    ) -> P_co:
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

    def _start(self, order: Order, on_action: OnAction | None, override: str | None = None) -> P_co:
        """Make what performs an order."""
        raise NotImplementedError

    # -- what is checked before, and said afterwards

    def _settle_order(
        self, payment: Approved | str, amount: Amount | None, reference: str | None
    ) -> Order:
        self._counter.check()
        return settle_order(
            self._original(payment),
            amount,
            reference=self._reference(reference),
            paypoint_id=self.paypoint_id,
            own=self._counter.settings.follow_up_reference == "own",
        )

    def _cancel_order(self, payment: Approved | str, reference: str | None) -> Order:
        self._counter.check()
        return cancel_order(
            self._original(payment),
            reference=self._reference(reference),
            paypoint_id=self.paypoint_id,
            own=self._counter.settings.follow_up_reference == "own",
        )

    def _z_order(self, reference: str | None) -> Order:
        self._counter.check()
        return z_order(reference=self._reference(reference), paypoint_id=self.paypoint_id)

    def _original(self, payment: Approved | str) -> Approved:
        if isinstance(payment, Approved):
            return payment
        outcome = self._known(payment)
        if not isinstance(outcome, Approved):
            raise RefusedError(f"{payment} was not approved, as far as the journal knows")
        return outcome

    def _take_over(self, reference: str | None) -> tuple[Lease, Entry] | None:
        """Lease what was left behind; None when there is nothing to work at. It blocks."""
        lease = self.journal.take_over(self.paypoint_id, reference)
        if lease is None:
            return None
        entry = self.journal.find(lease.reference)
        if entry is None:
            raise JournalError(f"the journal has lost {lease.reference}")
        return lease, entry

    def _left_behind(self, reference: str | None) -> Outcome | None:
        """What there is to say where nothing is to be worked at."""
        waiting = [
            entry
            for entry in self.journal.unresolved(self.paypoint_id)
            if entry.needs_person and reference in (None, entry.reference)
        ]
        if waiting:
            return needs_person(waiting[0])
        return None if reference is None else self._known(reference)

    def _approved_entry(self, reference: str) -> Entry:
        entry = self.journal.find(reference)
        if entry is None:
            raise RefusedError(f"the journal has no payment {reference}")
        if not isinstance(stored_outcome(entry), Approved):
            raise RefusedError(f"{reference} was not approved, as far as the journal knows")
        return entry

    def _known(self, reference: str) -> Outcome | None:
        """What the journal knows of a reference."""
        entry = self.journal.find(reference)
        if entry is None:
            raise RefusedError(f"the journal has no payment {reference}")
        return stored_outcome(entry)

    def _close(self) -> None:
        if not self._counter.closed:
            self._counter.closed = True
            if self._owns_journal:
                self.journal.close()

    def _reference(self, given: str | None) -> str:
        return self._counter.new_reference() if given is None else given


def check_override(override: str | None) -> None:
    """Refuse a reason that says nothing.

    Raises:
        ValueError: It is empty.
    """
    if override is not None and not override.strip():
        raise ValueError("override is the reason, in words: it is recorded")
