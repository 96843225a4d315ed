"""Killed at any step of storing a key, the till still has one."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import key_crash_child
from ips_simulator import Inventions, Simulator
from ips_till.keys import KeyFile
from ips_till.registering import settle_pending
from key_helpers import NEW, OLD, PROMPT, connects, put

ALLOWED = {
    "offer": {(OLD, None), (OLD, NEW)},
    "promote": {(OLD, NEW), (NEW, None)},
    "withdraw": {(OLD, NEW), (OLD, None)},
}


def killed_everywhere(
    folder: Path, prepare: Callable[[KeyFile], None], *what: str
) -> list[KeyFile]:
    """Do the same until it was killed at every step; return the files, the last one unharmed."""
    files: list[KeyFile] = []
    child = [sys.executable, key_crash_child.__file__, *what]
    with subprocess.Popen(
        child, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ended = ""
        while ended != "0\n":
            assert ended in ("", f"{-signal.SIGKILL}\n")
            files.append(KeyFile(folder / str(len(files)) / "till.key"))
            files[-1].path.parent.mkdir()
            prepare(files[-1])
            process.stdin.write(f"{files[-1].path}\n")
            process.stdin.flush()
            ended = process.stdout.readline()
        process.stdin.close()
    return files


@pytest.mark.criterion("AC50")
@pytest.mark.parametrize("what", ALLOWED)
def test_a_kill_at_any_step_leaves_whole_keys(tmp_path: Path, what: str) -> None:
    """SIGKILL before and after each call into the system: the old key or the new one, whole.

    The same change, done again, comes to its end.
    """

    def prepare(file: KeyFile) -> None:
        put(file, OLD)
        if what != "offer":
            file.offer(NEW)

    files = killed_everywhere(tmp_path, prepare, what)
    states = [(file.current(), file.pending()) for file in files]
    assert set(states) == ALLOWED[what]  # both sides of the moment that decides were met
    assert len(files) >= 12
    for file in files:
        with file.exclusive():
            getattr(file, what)(*([NEW] if what == "offer" else []))
        assert (file.current(), file.pending()) == states[-1]
        assert not list(file.path.parent.glob(".*.tmp"))


@pytest.mark.criterion("AC50")
@pytest.mark.parametrize("old_survives", [True, False])
def test_a_kill_at_any_step_of_a_refresh_leaves_a_key_that_works(
    tmp_path: Path, *, old_survives: bool
) -> None:
    """SIGKILL between any two steps; the next till tries what it finds.

    Where the old key ends with the refresh, one moment cannot be saved: the new key has come, and
    is not on disk yet. Then nothing half is left either.
    """
    lost = 0
    with Simulator(inventions=Inventions(keys_survive_refresh=old_survives)) as simulator:
        old: dict[Path, str] = {}

        def prepare(file: KeyFile) -> None:
            old[file.path] = simulator.issue_license_key()
            put(file, old[file.path])

        files = killed_everywhere(tmp_path, prepare, "refresh", str(simulator.server().port))
        for file in files:
            settle_pending(simulator.server(), file, options=PROMPT)
            assert file.pending() is None
            if not connects(simulator, file.current()):
                assert file.current() == old[file.path]
                lost += 1
    assert len(files) >= 12
    assert files[-1].current() != old[files[-1].path]
    assert lost <= (0 if old_survives else 4)  # around writing it, before its rename
