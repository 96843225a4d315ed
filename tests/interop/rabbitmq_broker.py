"""One RabbitMQ of its own, started and stopped by `rabbitmq.sh`, and sessions with it."""

import os
import subprocess
import time
from pathlib import Path
from typing import Any, Final

import attrs
import psutil
import trustme

from stompws.driver import Driver

from .relay import Relay

SCRIPT: Final = Path(__file__).with_name("rabbitmq.sh")
LOGIN: Final = {"login": "guest", "passcode": "guest"}  # RabbitMQ's documented default
PATIENCE: Final = 10.0  # seconds any test waits for what must come
_EXIT_SECONDS: Final = 10.0


class BrokerUnavailableError(Exception):
    """RabbitMQ is not installed or does not start. The text is the script's advice."""


@attrs.frozen
class Broker:
    """A running broker. It ends with `stop`, and with this process at the latest."""

    folder: Path
    url: str
    secure_url: str
    ca_file: Path

    @classmethod
    def start(cls, folder: Path) -> "Broker":
        """Start a broker with listeners for `ws` and `wss`, the latter of an authority of its own.

        Raises:
            BrokerUnavailableError: It cannot be had.
        """
        authority = trustme.CA()
        issued = authority.issue_cert("localhost", "127.0.0.1")
        ca_file, certificate, key = (folder / name for name in ("ca.pem", "cert.pem", "key.pem"))
        authority.cert_pem.write_to_path(str(ca_file))
        issued.cert_chain_pems[0].write_to_path(str(certificate))
        issued.private_key_pem.write_to_path(str(key))
        files = {"CERT": str(certificate), "KEY": str(key), "CA": str(ca_file)}
        done = _script("start", str(folder), str(os.getpid()), **files)
        if done.returncode == 1:  # once more: a port may have been taken since it was found free
            done = _script("start", str(folder), str(os.getpid()), **files)
        if done.returncode:
            raise BrokerUnavailableError(done.stderr)
        url, secure_url = (folder / "addresses").read_text().split()
        return cls(folder, url, secure_url, ca_file)

    def control(self, *arguments: str) -> None:
        """Run `rabbitmqctl`."""
        done = _script("ctl", str(self.folder), *arguments)
        assert done.returncode == 0, done.stderr

    def stop(self) -> None:
        """Stop the broker; the clients are told as RabbitMQ tells them."""
        done = _script("stop", str(self.folder))
        assert done.returncode == 0, done.stderr

    def processes(self) -> list[str]:
        """Name the processes of this broker that live."""
        home = str(self.folder / "home")
        return [
            process.name()
            for process in psutil.process_iter()
            if process.is_running() and _home_of(process) == home
        ]

    def processes_after_stop(self) -> list[str]:
        """Name those that have not ended within some seconds: ports and helpers notice late."""
        deadline = time.monotonic() + _EXIT_SECONDS
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return left


@attrs.frozen
class Line:
    """A way to the broker."""

    name: str
    url: str
    relay: Relay | None

    def open(self, **options: Any) -> Driver:
        """Open a session as the broker's default user, unless `options` say otherwise."""
        settings: dict[str, Any] = {"connect_headers": LOGIN, "host": "/", **options}
        return Driver.open(self.url, **settings)


def _home_of(process: psutil.Process) -> str | None:
    try:
        home: str | None = process.environ().get("HOME")
    except (psutil.Error, OSError):  # over by now, a corpse, or not ours to look at
        return None
    return home


def _script(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SCRIPT), *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
