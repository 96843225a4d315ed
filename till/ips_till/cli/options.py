"""Options that all commands share. Those that are given win over the environment."""

import os
from pathlib import Path
from typing import Annotated

import attrs
import platformdirs
from cyclopts import Group, Parameter

from stompws.records import Record

from .codes import CommandError

_KEYS = ("IPS_TILL_KEY_FILE", "IPS_TILL_KEYRING", "IPS_TILL_LICENSE_KEY")
_GROUP = Group("Settings", sort_key=100)


@Parameter(name="*", group=_GROUP)
@attrs.frozen(kw_only=True)
class Options(Record):
    """Where the service is, what is trusted, where things are kept, and how it is said."""

    url: str | None = None
    """Of the paypoint: wss://HOST:PORT/ipc-app/payment/PAYPOINT. IPS_TILL_URL."""
    ca_file: Path | None = None
    """Certificate authorities to trust instead of the system's. IPS_TILL_CA_FILE."""
    key_file: Path | None = None
    """The file with the license key. IPS_TILL_KEY_FILE."""
    journal: str | None = attrs.field(default=None, repr=False)
    """The journal: a file, or postgresql://…. IPS_TILL_JOURNAL."""
    as_json: Annotated[bool, Parameter(name="--json", negative="", show_default=False)] = False
    """One JSON object per line, for machines; nobody is asked."""

    def environ(self) -> dict[str, str]:
        """The environment, with what the options say put over it."""
        environ = dict(os.environ)
        if self.url is not None:
            for name in ("IPS_TILL_HOST", "IPS_TILL_PORT", "IPS_TILL_PAYPOINT"):
                environ.pop(name, None)
            environ["IPS_TILL_URL"] = self.url
        if self.ca_file is not None:
            environ["IPS_TILL_CA_FILE"] = str(self.ca_file)
        if self.key_file is not None:
            for name in _KEYS:
                environ.pop(name, None)
            environ["IPS_TILL_KEY_FILE"] = str(self.key_file)
        if self.journal is not None:
            _refuse_password(self.journal)
            environ["IPS_TILL_JOURNAL"] = self.journal
        if not any(environ.get(name, "").strip() for name in _KEYS):
            environ["IPS_TILL_KEY_FILE"] = str(default_key_file())
        return environ


def _refuse_password(journal: str) -> None:
    """A command line is seen by everybody on the machine."""
    if "://" in journal and (":" in journal.partition("://")[2].rpartition("@")[0]):
        raise CommandError(
            "--journal: no password on the command line; give the address in IPS_TILL_JOURNAL, or"
            " the password in ~/.pgpass"
        )


def default_key_file() -> Path:
    """Where the license key is kept when nobody says where."""
    return platformdirs.user_data_path("ips-till", appauthor=False) / "license-key"


DEFAULT = Options()
