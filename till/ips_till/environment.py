"""What a till is told by environment variables: where the service is, its key, its journal."""

import difflib
import importlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs

from stompws.client import TlsOptions
from stompws.errors import LocalProtocolError
from stompws.records import Record
from stompws.tls import make_context
from worldpay_ips import CloudLive, CloudTest, OnPremise

from .actions import Policy
from .addressing import read_address, read_url
from .errors import ConfigurationError
from .keys import KeyFile, KeyringKey, KeyStore, ReadOnlyKey
from .settings import LEAST_TOTAL, TillSettings

T = TypeVar("T")

PREFIX: Final = "IPS_TILL_"
_SECONDS: Final = {
    "IPS_TILL_CONNECT_SECONDS": "connect",
    "IPS_TILL_ACTION_SECONDS": "action_answer",
    "IPS_TILL_TOTAL_SECONDS": "total",
    "IPS_TILL_RECOVERY_SECONDS": "recovery_total",
}
VARIABLES: Final[Mapping[str, str]] = {
    "IPS_TILL_URL": "wss://host:port/ipc-app/payment/PAYPOINT, all in one",
    "IPS_TILL_HOST": "host name or address of the service, in place of the URL",
    "IPS_TILL_PORT": "its port; 7080 when not set",
    "IPS_TILL_PAYPOINT": "name of the paypoint",
    "IPS_TILL_CA_FILE": "PEM file of the authorities to trust; the system's when not set",
    "IPS_TILL_CERTIFICATE_SHA256": "SHA-256 of the service's certificate, 64 hexadecimal digits",
    "IPS_TILL_KEY_FILE": "file of the license key, mode 0600",
    "IPS_TILL_KEYRING": "name under which the system's keyring has the license key",
    "IPS_TILL_LICENSE_KEY": "the license key itself; it cannot be renewed from here",
    "IPS_TILL_JOURNAL": "file of the journal, or postgresql://…; the user's data folder when not"
    " set",
    "IPS_TILL_FLIGHT_FOLDER": "folder for flight records; none are written when not set",
    "IPS_TILL_ON_ACTION": "decline or abort: what is done when nobody answers an action",
    "IPS_TILL_CONNECT_SECONDS": "deadline of connecting",
    "IPS_TILL_ACTION_SECONDS": "deadline of each answer to an action",
    "IPS_TILL_TOTAL_SECONDS": "deadline of a payment; 300 or more",
    "IPS_TILL_RECOVERY_SECONDS": "deadline of a recovery",
    "IPS_TILL_PREFLIGHT": "yes or no: ask for the service's status before each payment",
}
"""All that is read, and what it means. An empty variable is one that is not set."""


@attrs.frozen(kw_only=True)
class TillEnvironment(Record):
    """What the environment says. No secret is in it: the store fetches the key when asked."""

    server: OnPremise | CloudTest | CloudLive
    tls: TlsOptions
    key: KeyStore
    journal: Path | str = attrs.field(repr=False)
    """A file, or the `postgresql://` address of a database, which may hold a password."""
    flight_folder: Path | None
    on_action: Policy | None
    settings: TillSettings

    @classmethod
    def read(
        cls, environ: Mapping[str, str] = os.environ, *, needs_key: bool = True
    ) -> "TillEnvironment":
        """Read all of it.

        Args:
            environ: The variables.
            needs_key: False for programs that have no key yet: they are about to register.

        Raises:
            ConfigurationError: Something is missing, contradicts itself or cannot be used. All of
                it is listed, by variable and with what to do, and no value that may be a secret.
        """
        reading = _Reading(environ)
        reading.refuse_misspelt()
        server = reading.server()
        tls = reading.tls()
        key = reading.key(needs_key=needs_key)
        journal = reading.journal()
        flight_folder = reading.flight_folder()
        on_action = reading.on_action()
        settings = reading.settings()
        if reading.problems or server is None or key is None or journal is None:
            raise ConfigurationError(reading.report())
        return cls(
            server=server,
            tls=tls,
            key=key,
            journal=journal,
            flight_folder=flight_folder,
            on_action=on_action,
            settings=settings,
        )


class _Reading:
    """Reads variables, and keeps what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def report(self) -> str:
        """All problems, one a line when there are several."""
        if len(self.problems) == 1:
            return self.problems[0]
        lines = "".join(f"\n- {problem}" for problem in self.problems)
        return f"the environment cannot be used:{lines}"

    def refuse_misspelt(self) -> None:
        """A name that is almost one of ours is a slip; others may belong to other programs."""
        for name in sorted(self._environ):
            if name.startswith(PREFIX) and name not in VARIABLES:
                meant = difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.85)
                if meant:
                    self.problems.append(f"{name}: there is no such setting; is it {meant[0]}?")

    def server(self) -> OnPremise | CloudTest | CloudLive | None:
        """Where the service is."""
        pieces = [f"IPS_TILL_{part}" for part in ("HOST", "PORT", "PAYPOINT")]
        given = [name for name in pieces if self._get(name)]
        url = self._get("IPS_TILL_URL")
        if url and given:
            names = ", ".join(given)
            self.problems.append(f"IPS_TILL_URL says it all: leave it out, or {names}")
            return None
        if url:
            return self._try("IPS_TILL_URL", lambda: read_url(url))
        host, paypoint = self._get("IPS_TILL_HOST"), self._get("IPS_TILL_PAYPOINT")
        if not host and not paypoint:
            example = "wss://ips.example.com:7080/ipc-app/payment/INST001"
            self.problems.append(f"IPS_TILL_URL: say where the service is, such as {example}")
            return None
        for name in ("IPS_TILL_HOST", "IPS_TILL_PAYPOINT"):
            if not self._get(name):
                self.problems.append(f"{name}: it is missing beside {', '.join(given)}")
        if not host or not paypoint:
            return None
        port = self._get("IPS_TILL_PORT")
        return self._try("IPS_TILL_HOST", lambda: read_address(host, port, paypoint))

    def tls(self) -> TlsOptions:
        """Whom to trust. There is no variable that turns verification off."""
        ca_file, pin = self._get("IPS_TILL_CA_FILE"), self._get("IPS_TILL_CERTIFICATE_SHA256")
        options = TlsOptions()
        if ca_file:
            options = attrs.evolve(options, ca_file=Path(ca_file))
            self._try("IPS_TILL_CA_FILE", lambda: make_context(TlsOptions(ca_file=Path(ca_file))))
        if pin:
            options = attrs.evolve(options, fingerprint_sha256=pin)
            self._try("IPS_TILL_CERTIFICATE_SHA256", TlsOptions(fingerprint_sha256=pin).pin)
        return options

    def key(self, *, needs_key: bool) -> KeyStore | None:
        """Where the license key is."""
        names = ["IPS_TILL_KEY_FILE", "IPS_TILL_KEYRING", "IPS_TILL_LICENSE_KEY"]
        given = [name for name in names if self._get(name)]
        if len(given) != 1:
            what = " and ".join(given) + ": give one of them" if given else f"{names[0]}: it is"
            more = "" if given else f" missing; or give {names[1]}, or {names[2]}"
            self.problems.append(f"{what}{more}")
            return None
        if given[0] == "IPS_TILL_KEYRING":
            # Not read here: some ask the user to unlock them.
            return self._try(given[0], lambda: KeyringKey(self._get(given[0])))
        store: KeyStore = (
            KeyFile(self._get(given[0]))
            if given[0] == "IPS_TILL_KEY_FILE"
            else ReadOnlyKey.from_environment(given[0], self._environ)
        )
        if needs_key and self._try(given[0], store.current) is None:
            return None
        return store

    def journal(self) -> Path | str | None:
        """Where the journal is."""
        given = self._get("IPS_TILL_JOURNAL")
        if not given:
            return self._try("IPS_TILL_JOURNAL", _default_journal)
        if given.startswith(("postgresql://", "postgres://")):
            return given
        if "://" in given:
            self.problems.append("IPS_TILL_JOURNAL: expected a file, or postgresql://…")
            return None
        if Path(given).is_dir():
            self.problems.append(f"IPS_TILL_JOURNAL: {given} is a folder; name a file in it")
        return Path(given)

    def flight_folder(self) -> Path | None:
        """Where flight records go."""
        given = self._get("IPS_TILL_FLIGHT_FOLDER")
        if not given:
            return None
        if Path(given).exists() and not Path(given).is_dir():
            self.problems.append(f"IPS_TILL_FLIGHT_FOLDER: {given} is no folder")
        return Path(given)

    def on_action(self) -> Policy | None:
        """What is done when nobody answers."""
        given = self._get("IPS_TILL_ON_ACTION")
        if given in ("", *Policy):
            return Policy(given) if given else None
        self.problems.append("IPS_TILL_ON_ACTION: expected decline or abort")
        return None

    def settings(self) -> TillSettings:
        """Deadlines and habits; the defaults where something is wrong."""
        values: dict[str, Any] = {}
        for name, field in _SECONDS.items():
            text = self._get(name)
            if text and (seconds := self._seconds(name, text)) is not None:
                values[field] = seconds
        match self._get("IPS_TILL_PREFLIGHT").lower():
            case "" | "no":
                pass
            case "yes":
                values["preflight"] = True
            case _:
                self.problems.append("IPS_TILL_PREFLIGHT: expected yes or no")
        return TillSettings(**values)

    def _seconds(self, name: str, text: str) -> float | None:
        try:
            seconds = float(text)
            TillSettings(total=seconds)
        except (ValueError, ConfigurationError):
            self.problems.append(f"{name}: expected a number of seconds above 0")
            return None
        if name == "IPS_TILL_TOTAL_SECONDS" and seconds < LEAST_TOTAL:
            self.problems.append(
                f"{name}: expected {LEAST_TOTAL:g} or more; a person finds a card, types a PIN or"
                " makes a call in this time"
            )
        return seconds

    def _get(self, name: str) -> str:
        return self._environ.get(name, "").strip()

    def _try(self, name: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except (ConfigurationError, LocalProtocolError) as exc:
            text = str(exc)
            self.problems.append(text if text.startswith(name) else f"{name}: {text}")
            return None


def _default_journal() -> Path:
    try:
        platformdirs = importlib.import_module("platformdirs")
    except ImportError:
        raise ConfigurationError(
            "say where the journal is kept; with the extra till (pip install 'worldpay-ips[till]')"
            " it would be the user's data folder"
        ) from None
    folder: Path = platformdirs.user_data_path("ips-till", appauthor=False)
    return folder / "journal.sqlite3"
