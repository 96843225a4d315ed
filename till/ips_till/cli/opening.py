"""Settings of the environment and the command line, made into a till and its parts."""

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import Self

import attrs
import platformdirs

from stompws.client import ClientOptions
from worldpay_ips import OnPremise

from ..environment import TillEnvironment
from ..flight import FlightRecorder
from ..journal import Journal
from ..journals import open_journal
from ..registering import KeyNotTriedError, KeyRefusedError, settle_pending
from ..till import Till
from .options import Options
from .speaking import Speaker


@attrs.frozen
class Opening:
    """What a command works with; nothing is opened yet."""

    environment: TillEnvironment

    @classmethod
    def read(cls, options: Options, *, needs_key: bool = True) -> Self:
        """Read the settings. Raises `ConfigurationError` with all that is wrong with them."""
        return cls(TillEnvironment.read(options.environ(), needs_key=needs_key))

    @property
    def client_options(self) -> ClientOptions:
        """Of all connections."""
        return ClientOptions(tls=self.environment.tls)

    @property
    def paypoint_id(self) -> str:
        """The paypoint: its id, or its reference with a cloud server."""
        server = self.environment.server
        return server.paypoint_id if isinstance(server, OnPremise) else server.paypoint_ref

    @contextlib.contextmanager
    def till(self, voice: Speaker) -> Generator[Till, None, None]:
        """Open the till; a new license key that was never tried is tried first."""
        found = self.environment
        try:
            settle_pending(found.server, found.key, options=self.client_options)
        except (KeyNotTriedError, KeyRefusedError) as exc:
            voice.tell("warning", str(exc), message=str(exc))  # the old one is kept: go on with it
        flights = found.flight_folder
        with Till(
            found.server,
            license_key=found.key,
            journal=found.journal,
            options=self.client_options,
            settings=found.settings,
            on_action=found.on_action,
            observe=None if flights is None else FlightRecorder(flights),
        ) as till:
            yield till


@contextlib.contextmanager
def opened_journal(options: Options) -> Generator[Journal, None, None]:
    """Open the journal alone: no service and no key are needed for it."""
    given = options.environ().get("IPS_TILL_JOURNAL", "").strip()
    default = platformdirs.user_data_path("ips-till", appauthor=False) / "journal.sqlite3"
    journal = open_journal(given or Path(default))
    try:
        yield journal
    finally:
        journal.close()
