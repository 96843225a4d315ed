"""Killed at any step of storing a key, the till still has one."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import key_crash_child
from ips_till.keys import KeyFile
from key_helpers import NEW, OLD, put

ALLOWED = {
    "offer": {(OLD, None), (OLD, NEW)},
    "promote": {(OLD, NEW), (NEW, None)},
    "withdraw": {(OLD, NEW), (OLD, None)},
}


@pytest.mark.criterion("AC50")
@pytest.mark.parametrize("what", ALLOWED)
def test_a_kill_at_any_step_leaves_whole_keys(tmp_path: Path, what: str) -> None:
    """SIGKILL before and after each call into the system: the old key or the new one, whole.

    The same change, done again, comes to its end.
    """
    seen: set[tuple[str, str | None]] = set()
    kills = 0
    while True:
        file = KeyFile(tmp_path / str(kills) / "till.key")
        file.path.parent.mkdir()
        put(file, OLD)
        if what != "offer":
            file.offer(NEW)
        child = [sys.executable, key_crash_child.__file__, str(file.path), what, str(kills)]
        done = subprocess.run(child, capture_output=True, check=False)
        state = file.current(), file.pending()
        assert state in ALLOWED[what], f"killed at {kills}"
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        seen.add(state)
        kills += 1
        with file.exclusive():
            getattr(file, what)(*([NEW] if what == "offer" else []))
        names = {path.name for path in file.path.parent.iterdir()}
        assert not any(name.endswith(".tmp") for name in names)
    assert seen == ALLOWED[what]  # both sides of the moment that decides were met
    assert kills >= 8
