"""A PostgreSQL server of its own for tests: in a temporary folder, on loopback."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

import attrs

SCRIPT: Final = Path(__file__).with_name("postgres.sh")
_SECONDS: Final = 60.0


class PostgresUnavailableError(Exception):
    """PostgreSQL is not installed, or does not start. The text says what to do."""


def binaries() -> Path:
    """Find the folder with the server's programs.

    Raises:
        PostgresUnavailableError: There is none.
    """
    versions = Path("/usr/lib/postgresql")
    folders = sorted(versions.glob("*/bin"), key=lambda f: int(f.parent.name), reverse=True)
    if (found := shutil.which("pg_ctl")) is not None:
        folders.append(Path(found).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresUnavailableError(f"PostgreSQL is not installed: run {SCRIPT} install")


@attrs.define(eq=False)
class Server:
    """A server with a database for each test that asks for one. It ends with this process."""

    bin: Path
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    databases: int = 0

    @classmethod
    def start(cls) -> "Server":
        """Make a server and start it. Raises `PostgresUnavailableError`."""
        server = cls(binaries(), Path(tempfile.mkdtemp(prefix="ips-till-postgres-")), _free_port())
        if os.geteuid() == 0:  # the server refuses to run as root
            user = pwd.getpwnam(_other_user())
            os.chown(server.folder, user.pw_uid, user.pw_gid)
        server.run("initdb", "-D", server.data, "-A", "trust", "-U", "owner", "-E", "UTF8", "-N")
        server.begin()
        return server

    @property
    def data(self) -> str:
        """Its data."""
        return str(self.folder / "data")

    def address(self, *, user: str = "owner", database: str = "postgres") -> str:
        """An address of it."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Make an empty database; return its address."""
        self.databases += 1
        name = f"shop{self.databases}"
        self.sql(f"CREATE DATABASE {name}")
        return self.address(database=name)

    def sql(self, statement: str, address: str | None = None) -> str:
        """Run a statement as an administrator would."""
        return self.run("psql", "-Atqc", statement, address or self.address())

    def begin(self) -> None:
        """Start it, and wait until it can be talked to."""
        command = [str(self.bin / "postgres"), "-D", self.data, "-p", str(self.port)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*_as_other("--pdeathsig", "QUIT"), *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
            )
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(PostgresUnavailableError):
                self.run("pg_isready", "-q", "-d", self.address())
                return
            time.sleep(0.02)
        self.stop()
        raise PostgresUnavailableError((self.folder / "server.log").read_text(errors="replace"))

    def end(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop it: by default at once, as in a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(_SECONDS)
            self.process = None

    def restart(self) -> None:
        """Have it crash, and come back."""
        self.end()
        self.begin()

    def stop(self) -> None:
        """End it, and leave nothing behind."""
        self.end()
        shutil.rmtree(self.folder)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of its programs; it must succeed."""
        done = subprocess.run(
            [*_as_other(), str(self.bin / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            timeout=_SECONDS,
        )
        text = done.stdout.decode(errors="replace").strip()
        if done.returncode:
            raise PostgresUnavailableError(f"{program} failed: {text}")
        return text


def _as_other(*options: str) -> list[str]:
    """Run as somebody else where we are root."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(_other_user())
        ids = ("--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups")
        return ["setpriv", *ids, *options]
    return ["setpriv", *options] if options else []


def _other_user() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise PostgresUnavailableError("run as root, and there is no user postgres or nobody")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port
