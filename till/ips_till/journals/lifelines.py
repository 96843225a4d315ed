"""Proof of life: a locked file for each lease. The system unlocks it when the process ends.

A lock belongs to the opening of a file, not to the process: a second journal in this process finds
it locked as any other process does. A forked child inherits the opening and would keep the lock
beyond its parent's death; so it closes it, which does not unlock it for the parent.
"""

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import Final

from .forks import watch

if sys.platform == "win32":  # written by the documentation; not tested
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    _look = _lock

else:
    import fcntl

    def _lock(file: int) -> bool:
        return _flock(file, fcntl.LOCK_EX)

    def _look(file: int) -> bool:
        return _flock(file, fcntl.LOCK_SH)  # several may look at the same time

    def _flock(file: int, how: int) -> bool:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class Lifelines:
    """The locked files of the leases of one journal."""

    def __init__(self, folder: Path) -> None:
        self._folder: Final = folder
        self._files: Final = dict[str, int]()
        self._mutex = threading.Lock()
        watch(self)

    def hold(self, mark: str) -> None:
        """Lock the file of a lease. Raises OSError when the disk does not let us."""
        with self._mutex:
            if mark in self._files:
                return
            self._folder.mkdir(mode=0o700, exist_ok=True)
            file = os.open(self._folder / mark, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            self._files[mark] = file
            if not _lock(file):
                raise OSError("a new file is locked by somebody else")

    def lives(self, mark: str) -> bool:
        """Tell whether some process holds the lease. Raises OSError when that cannot be told."""
        with self._mutex:
            if mark in self._files:
                return True
        try:
            file = os.open(self._folder / mark, os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            return not _look(file)
        finally:
            os.close(file)

    def let_go(self, mark: str) -> None:
        """Unlock and remove the file of a lease, also one that a dead process left."""
        with self._mutex:
            file = self._files.pop(mark, None)
        if file is not None:
            os.close(file)
        with contextlib.suppress(OSError):  # what cannot be removed is only a small empty file
            (self._folder / mark).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what killed processes left. Called while nobody can be about to lock a new one."""
        with contextlib.suppress(FileNotFoundError):
            for file in list(self._folder.iterdir()):
                if not self.lives(file.name):
                    self.let_go(file.name)

    def close(self) -> None:
        """Let go of all."""
        for mark in list(self._files):
            self.let_go(mark)

    def after_fork(self) -> None:
        """Give up what belongs to the parent, without unlocking it for the parent."""
        self._mutex = threading.Lock()  # another thread may have had it in the parent
        while self._files:
            with contextlib.suppress(OSError):
                os.close(self._files.popitem()[1])
