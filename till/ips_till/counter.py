"""What a till and its payments share, whichever driver performs them."""

import os
from collections.abc import Callable
from typing import TypeAlias

import attrs

from stompws.client import ClientOptions, Secret, Stray
from stompws.frames import Frame
from stompws.session import Direction
from worldpay_ips import CloudLive, CloudTest, OnPremise

from .actions import Actions, OnAction, actions_from
from .effects import AnyEvent
from .errors import ConfigurationError, UsedAfterForkError
from .job import Job
from .journal import Entry, Intent, Journal, Lease
from .keys import KeyStore, store_credential
from .observing import ObserverFactory, Watch
from .outcome import Outcome
from .references import ReferenceFactory, TimeSortedReferences
from .settings import TillSettings

Server: TypeAlias = OnPremise | CloudTest | CloudLive
OnStray: TypeAlias = Callable[[Stray | AnyEvent], None]
"""Is given every message that belongs to no conversation of ours: a `Stray`, or an event that
names another payment."""


@attrs.define(kw_only=True)
class Counter:
    """The paypoint, and all that is settled before a payment begins. Safe to share."""

    server: Server
    keys: KeyStore | None = attrs.field(repr=False)
    """Where the license key comes from."""
    journal: Journal
    options: ClientOptions = attrs.field(factory=ClientOptions)
    settings: TillSettings = attrs.field(factory=TillSettings)
    on_action: OnAction | None = None
    new_reference: ReferenceFactory = attrs.field(factory=TimeSortedReferences)
    observe: ObserverFactory | None = None
    on_stray: OnStray | None = None
    closed: bool = False
    _pid: int = attrs.field(init=False, factory=os.getpid)

    @property
    def license_key(self) -> Secret | None:
        """What a client asks for the key, for each connection."""
        return None if self.keys is None else store_credential(self.keys)

    @property
    def paypoint_id(self) -> str:
        """The paypoint: its id, or its reference with a cloud server."""
        server = self.server
        return server.paypoint_id if isinstance(server, OnPremise) else server.paypoint_ref

    def check(self) -> None:
        """Refuse to go on in a forked process, or closed.

        Raises:
            UsedAfterForkError: This process was forked from the one that made the till.
            ConfigurationError: The till is closed.
        """
        if os.getpid() != self._pid:
            raise UsedAfterForkError("the till")
        if self.closed:
            raise ConfigurationError("the till is closed")

    def actions(self, given: OnAction | None) -> Actions:
        """What a payment goes by; raises `ConfigurationError` when nothing is given."""
        return actions_from(given, self.on_action)

    def job(
        self,
        lease: Lease | None,
        intent: Intent,
        *,
        actions: Actions | None = None,
        recover_with: Callable[[], Outcome] | None = None,
    ) -> Job:
        """The state of an operation that is leased, or resolved and looked at again."""
        return Job(
            intent=intent,
            lease=lease,
            journal=self.journal,
            settings=self.settings,
            watch=Watch(self.observe, intent),
            recover_with=recover_with,
            deadlines=self.settings.deadlines,
            asking=self.settings.request_deadlines,
            actions=actions,
            on_stray=self.on_stray,
        )

    def recovery_job(
        self, lease: Lease, entry: Entry, recover_with: Callable[[], Outcome] | None
    ) -> Job:
        """The state of an entry that was taken over."""
        job = self.job(lease, entry.intent, recover_with=recover_with)
        job.broken, job.correlation_id = entry.broken, entry.correlation_id
        job.seemed_dead = entry.seemed_dead
        return job

    def options_for(self, job: Job) -> ClientOptions:
        """The options of a job's connections: its strays and frames are its own."""

        def trace(direction: Direction, frame: Frame, when: float) -> None:
            job.watch.trace(direction, frame, when)
            if self.options.trace is not None:
                self.options.trace(direction, frame, when)

        return attrs.evolve(
            self.options,
            on_stray=job.stray,
            trace=trace if job.watch.traces else self.options.trace,
        )
