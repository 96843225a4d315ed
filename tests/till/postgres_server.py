"""A PostgreSQL server of its own for tests: in a temporary folder, on loopback, ended for sure."""

import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Final

import attrs

SCRIPT: Final = Path(__file__).with_name("postgres.sh")
_SECONDS: Final = "60"


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


@attrs.define
class Server:
    """A server with one database for each test that asks for it."""

    bin: Path
    folder: Path
    port: int
    databases: int = 0

    @classmethod
    def start(cls, folder: Path) -> "Server":
        """Make a server in an empty folder, and start it. Raises `PostgresUnavailableError`."""
        server = cls(binaries(), folder / "postgres", _free_port())
        server.folder.mkdir()
        if os.geteuid() == 0:  # the server refuses to run as root
            user = pwd.getpwnam(_other_user())
            os.chown(server.folder, user.pw_uid, user.pw_gid)
            for parent in server.folder.parents:
                if parent != Path(parent.anchor) and parent.stat().st_uid == 0:
                    parent.chmod(parent.stat().st_mode | 0o011)  # it must pass through
        server.run("initdb", "-D", server.data, "-A", "trust", "-U", "owner", "-E", "UTF8", "-N")
        server.control("start")
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

    def sql(self, statement: str, *, database: str = "postgres") -> str:
        """Run a statement as an administrator would."""
        return self.run("psql", "-Atqc", statement, self.address(database=database))

    def restart(self, how: str = "immediate") -> None:
        """Stop it, by default as a crash does, and start it again."""
        self.control("restart", how)

    def stop(self) -> None:
        """End it."""
        self.control("stop", "immediate")

    def control(self, what: str, how: str = "fast") -> None:
        """Start, stop or restart it, and wait until that is done."""
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        log = str(self.folder / "server.log")
        how_long = ("-w", "-t", _SECONDS, "-m", how)
        options = ("-o", settings) if what != "stop" else ()
        self.run("pg_ctl", what, "-D", self.data, "-l", log, *how_long, *options)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of its programs; it must succeed."""
        command = [str(self.bin / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", _other_user(), "--", *command]
        # No pipe: a server that was started inherits it, and would keep it open.
        with (self.folder / "output.txt").open("w+b") as output:
            code = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
            ).returncode
            output.seek(0)
            text = output.read().decode()
        if code:
            raise PostgresUnavailableError(f"{program} failed: {text}")
        return text.strip()


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
