"""A license key in a file that nobody else can read."""

import contextlib
import os
import secrets
import stat
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import Final

from .errors import ConfigurationError
from .license_keys import LONGEST, check_key

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_POSIX: Final = os.name == "posix"
# Windows knows neither; there the folder of the user's profile protects the file.
_SAFELY: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_WAIT_SECONDS: Final = 60.0
_PAUSE_SECONDS: Final = 0.05


class KeyFile:
    """The key in one file, mode 0600, and a pending one in `FILE.new` beside it.

    Each step is one rename, and is on disk when the method returns: whenever the process is killed,
    the file holds the old key or the new one, whole. Processes may share the file. A file that
    others can read, that belongs to somebody else, or that is a link is refused.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path).absolute()
        self._pending = self._path.with_name(self._path.name + ".new")
        self._lock_path = self._path.with_name(self._path.name + ".lock")
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<KeyFile {str(self._path)!r}>"

    @property
    def path(self) -> Path:
        """Where the current key is."""
        return self._path

    def current(self) -> str:
        """Return the key: the pending one while there is no other, after a first registration."""
        found = _read(self._path) or self.pending()
        if found is None:
            raise ConfigurationError(f"{self._path}: there is no license key file; register first")
        return found

    def pending(self) -> str | None:
        """Return the pending key."""
        return _read(self._pending)

    def check_writable(self) -> None:
        """Write as much as a key needs, and take it away again."""
        if self._path.is_symlink() or (self._path.exists() and not self._path.is_file()):
            raise ConfigurationError(f"{self._path}: expected a file, not a folder or a link")
        with self._reporting():
            self._write_beside("x" * 4096).unlink()

    def offer(self, new: str) -> None:
        """Store a new key beside the current one."""
        key = check_key(new, "the new key")
        with self._reporting():
            self._write_beside(key + "\n").replace(self._pending)
            _sync_folder(self._path.parent)

    def promote(self) -> None:
        """Put the pending key in the place of the current one."""
        with self._reporting(), contextlib.suppress(FileNotFoundError):
            self._pending.replace(self._path)
            _sync_folder(self._path.parent)

    def withdraw(self) -> None:
        """Remove the pending key."""
        with self._reporting():
            self._pending.unlink(missing_ok=True)
            _sync_folder(self._path.parent)

    @contextlib.contextmanager
    def exclusive(self) -> Generator[None, None, None]:
        """Hold the lock `FILE.lock`; it ends with the process that holds it."""
        until = time.monotonic() + _WAIT_SECONDS
        if not self._lock.acquire(timeout=_WAIT_SECONDS):
            raise self._busy()
        try:
            with self._reporting():
                handle = os.open(self._lock_path, os.O_RDWR | os.O_CREAT | _SAFELY, 0o600)
            try:
                while not _try_lock(handle):
                    if time.monotonic() > until:
                        raise self._busy()
                    time.sleep(_PAUSE_SECONDS)
                self._clear()
                yield
            finally:
                os.close(handle)  # and with it the lock
        finally:
            self._lock.release()

    def _busy(self) -> ConfigurationError:
        return ConfigurationError(
            f"{self._path}: another program is renewing this key; try again when it is done"
        )

    def _clear(self) -> None:
        """Remove what a process that was killed has left half written."""
        with contextlib.suppress(OSError):
            for left in self._path.parent.glob(f".{_escaped(self._path.name)}.*.tmp"):
                left.unlink()

    def _write_beside(self, text: str) -> Path:
        path = self._path.with_name(f".{self._path.name}.{secrets.token_hex(8)}.tmp")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFELY, 0o600)
            try:
                left = memoryview(text.encode())
                while left:
                    left = left[os.write(handle, left) :]
                os.fsync(handle)
            finally:
                os.close(handle)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    @contextlib.contextmanager
    def _reporting(self) -> Generator[None, None, None]:
        try:
            yield
        except FileNotFoundError:
            folder = self._path.parent
            raise ConfigurationError(f"{folder}: there is no such folder; make it first") from None
        except OSError as exc:
            raise ConfigurationError(f"{self._path}: cannot be written: {exc.strerror}") from None


def _read(path: Path) -> str | None:
    """Return the key in a file, or None when there is no file."""
    try:
        if path.is_symlink():  # for systems that cannot refuse to follow it
            raise ConfigurationError(f"{path}: this is a link; give the file itself")
        # Not waiting: it might be a pipe.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _SAFELY)
        try:
            _refuse_unsafe(path, os.fstat(handle))
            data = os.read(handle, LONGEST + 16)
        finally:
            os.close(handle)
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise ConfigurationError(f"{path}: cannot be read: {exc.strerror}") from None
    return check_key(data.decode("ascii", "replace"), str(path))


def _refuse_unsafe(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise ConfigurationError(f"{path}: expected a file, not a folder, a pipe or a device")
    if not _POSIX:
        return
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077:
        raise ConfigurationError(
            f"{path}: others may read or write it (mode {mode:04o}); run `chmod 600` on it, and"
            " renew the key if others could have read it"
        )
    if found.st_uid not in (os.geteuid(), 0):
        raise ConfigurationError(f"{path}: it belongs to another user; make it your own")


def _sync_folder(folder: Path) -> None:
    """Put a rename on disk."""
    if not _POSIX:
        return
    handle = os.open(folder, os.O_RDONLY | _SAFELY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _escaped(name: str) -> str:
    return "".join(f"[{char}]" if char in "[*?" else char for char in name)
