"""The command `till` beside a simulator: in this process, in another, and at a terminal."""

import contextlib
import fcntl
import io
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import attrs
import pytest

from ips_simulator import Simulator
from ips_till.cli.app import run

PATHS = ":".join(path for path in sys.path if path)
CODE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# A terminal of its own, so that Ctrl-C is a signal to the command and to nobody else.
_LAUNCH = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.executable, [sys.executable, '-m', 'ips_till.cli', *sys.argv[1:]])"
)
# The same, as a shell's job in the background.
_BEHIND = (
    "import fcntl, subprocess, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "sys.exit(subprocess.run([sys.executable, '-m', 'ips_till.cli', *sys.argv[1:]],"
    " process_group=0, timeout=30).returncode)"
)
PATIENCE = 30.0


@attrs.frozen(kw_only=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """What it said in JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    def event(self, name: str) -> dict[str, Any]:
        """The only event of this name."""
        (found,) = [one for one in self.events if one["event"] == name]
        return found


class Shop:
    """A folder with a key and a journal, and the settings for a simulator."""

    def __init__(self, folder: Path, simulator: Simulator, paypoint: str = "INST001") -> None:
        self.folder, self.simulator = folder, simulator
        self.key_file, self.journal = folder / "key", folder / "journal.sqlite3"
        self.key_file.write_text(simulator.license_key, encoding="ascii")
        self.key_file.chmod(0o600)
        self.environ: dict[str, str] = {
            "IPS_TILL_URL": simulator.server(paypoint).url,
            "IPS_TILL_KEY_FILE": str(self.key_file),
            "IPS_TILL_JOURNAL": str(self.journal),
            "IPS_TILL_FLIGHT_FOLDER": str(folder / "flights"),
            "PYTHONPATH": PATHS,
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "COLUMNS": "80",
            "TERM": "xterm",
        }

    def till(self, *arguments: str, typed: str = "") -> Ended:
        """Run the command to its end in this process, without a terminal."""
        out, err, before = io.StringIO(), io.StringIO(), sys.stdin
        sys.stdin = io.StringIO(typed)
        try:
            with (
                mock.patch.dict(os.environ, self.environ, clear=True),
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(err),
                pytest.raises(SystemExit) as ended,
            ):
                run(list(arguments))
        finally:
            sys.stdin = before
        return Ended(code=int(ended.value.code or 0), out=out.getvalue(), err=err.getvalue())

    @contextmanager
    def started(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """Run it in a process of its own, without a terminal."""
        with subprocess.Popen(
            [sys.executable, "-m", "ips_till.cli", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environ,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    @contextmanager
    def terminal(
        self, *arguments: str, columns: int = 80, background: bool = False
    ) -> Iterator["Terminal"]:
        """Run it at a terminal."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        environ = {**self.environ, "COLUMNS": str(columns)}
        with subprocess.Popen(
            [sys.executable, "-c", _BEHIND if background else _LAUNCH, *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, env=environ,
        ) as process:  # fmt: skip
            terminal = Terminal(process, ours, theirs)
            try:
                yield terminal
            finally:
                process.kill()
                process.wait()
                if not terminal.gone:
                    os.close(ours)
                    os.close(theirs)


class Terminal:
    """A terminal with the command at it."""

    def __init__(self, process: subprocess.Popen[bytes], ours: int, theirs: int) -> None:
        self.process, self._ours, self._theirs = process, ours, theirs
        self.seen = ""
        """All that was written, without colours."""
        self.gone = False
        self.modes = termios.tcgetattr(theirs)
        """As they were before."""

    def wait_for(self, text: str) -> None:
        """Read until something is shown."""
        until = time.monotonic() + PATIENCE
        while text not in " ".join(self.seen.split()):  # wherever the line was broken
            assert time.monotonic() < until, f"{text!r} did not come:\n{self.seen}"
            assert self._read(0.1) or self.process.poll() is None, self.seen

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._ours, text.encode())

    def forget(self) -> None:
        """Look only at what comes from now on."""
        self.seen = ""

    def ends(self) -> int:
        """Wait for the end; return the exit code."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < until, self.seen
            self._read(0.1)
        while self._read(0.05):
            pass
        return self.process.returncode

    def modes_now(self) -> list[Any]:
        """Echo, line editing and so on."""
        return termios.tcgetattr(self._theirs)

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._ours)
        os.close(self._theirs)
        self.gone = True

    def stop(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], seconds)
        if ready:
            data = os.read(self._ours, 65536).decode(errors="replace")
            self.seen += CODE.sub("", data).replace("\r\n", "\n")
        return bool(ready)
