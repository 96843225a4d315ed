"""One folder put in the place of another, so that a crash leaves the old one whole or the new one.

The new folder is built beside the old one, with everything in it that is not ours, and then the two
change names. Linux and macOS do that in one step. Elsewhere it takes two renames, and who comes
next mends what a crash left between them. Nothing is promised for a power failure.
"""

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Generator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from . import manifest

Mine: TypeAlias = Callable[[Path], Callable[[str], bool]]
"""Tells of a folder which paths in it are files that were written by us."""

STAGING = ".stompgen-"
BUILDING, NEW, OLD = "building", "new", "old"
CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})
AT_CURRENT_FOLDER, EXCHANGE = -100, 2


class KeptFileError(Exception):
    """A file that is not ours was changed while we worked; the text says where both are."""


def exchange(one: Path, other: Path) -> bool:
    """Let two names change places in one step; False where that cannot be done."""
    if sys.platform == "win32":
        return False
    library: Any = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(first, second, EXCHANGE)
        else:
            at = AT_CURRENT_FOLDER
            failed = library.renameat2(at, first, at, second, EXCHANGE)
    except AttributeError:  # an old C library
        return False
    number = ctypes.get_errno()
    if failed and number not in CANNOT:
        raise OSError(number, os.strerror(number), str(other))
    return not failed


@contextlib.contextmanager
def locked(folder: Path) -> Generator[None, None, None]:
    """Keep other runs out of a folder; what a run that died has left there is mended first."""
    descriptor = _lock(folder)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _lock(folder: Path) -> int | None:
    if sys.platform == "win32":
        return None  # a folder cannot be locked there: of two runs at once, one fails
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    with contextlib.suppress(OSError):  # some network file systems have no locks
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def replace_folder(
    target: Path,
    files: Mapping[str, bytes],
    foreign: Collection[str],
    *,
    mine: Mine,
    swap: Callable[[Path, Path], bool] = exchange,
) -> None:
    """Let a folder hold some files and what is foreign in it, and nothing else. Call it `locked`.

    Args:
        target: The folder; it need not be there.
        files: Its new files, by path.
        foreign: Paths of files and empty folders that are there now, and have to stay.
        mine: Tells what may be thrown away of the old folder.
        swap: Exchanges two folders, or says that it cannot.
    """
    staging = Path(tempfile.mkdtemp(dir=target.parent, prefix=STAGING))
    new, old = staging / NEW / target.name, staging / OLD / target.name
    try:
        building = staging / BUILDING
        _build(building / target.name, target, files, foreign)
        building.rename(staging / NEW)
        if not target.exists():
            new.rename(target)
        elif swap(new, target):
            old = new
        else:
            old.parent.mkdir()
            target.rename(old)
            new.rename(target)
    except BaseException:
        if not target.exists() and old.exists():
            old.rename(target)
        # What is foreign in it is in the target as well.
        shutil.rmtree(staging, ignore_errors=True)
        raise
    _tidy(staging, mine)


def mend(parent: Path, mine: Mine) -> None:
    """Finish or undo what a run that died has left in a folder. Call it `locked`."""
    for staging in sorted(parent.glob(f"{STAGING}*")):
        if staging.is_dir() and not staging.is_symlink():
            _tidy(staging, mine)


def _tidy(staging: Path, mine: Mine) -> None:
    shutil.rmtree(staging / BUILDING, ignore_errors=True)  # never complete, and never alone
    for kind in (OLD, NEW):
        for left in sorted((staging / kind).glob("*")):
            target = staging.parent / left.name
            if target.exists():
                _discard(left, target, left, mine(left))
            else:
                left.rename(target)
        with contextlib.suppress(FileNotFoundError):
            (staging / kind).rmdir()
    staging.rmdir()


def _build(new: Path, target: Path, files: Mapping[str, bytes], foreign: Collection[str]) -> None:
    new.mkdir(parents=True)
    if target.exists():
        shutil.copymode(target, new)
    for path, content in files.items():
        place, before = new / path, target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if before.is_file() and before.read_bytes() == content:
            _take_over(before, place)  # with its time: nobody has to compile it again
        else:
            place.write_bytes(content)
    for path in foreign:
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        _take_over(target / path, new / path)


def _take_over(before: Path, place: Path) -> None:
    """Give a file a second name; a copy where files cannot have two."""
    if before.is_symlink():
        place.symlink_to(before.readlink())
    elif before.is_dir():
        place.mkdir(exist_ok=True)
    else:
        try:
            place.hardlink_to(before)
        except OSError:
            shutil.copy2(before, place)


def _discard(folder: Path, kept: Path, root: Path, mine: Callable[[str], bool]) -> None:
    """Remove a folder; what is neither ours nor in the folder that is kept moves there."""
    # The manifest goes last: it is what tells a run that has to finish this what is ours.
    for path in sorted(folder.iterdir(), key=lambda path: (path.name == manifest.NAME, path)):
        there = kept / path.name
        if path.is_dir() and not path.is_symlink():
            _discard(path, there, root, mine)
        elif is_bytecode(path) or mine(path.relative_to(root).as_posix()) or _is_same(path, there):
            path.unlink()
        elif os.path.lexists(there):
            raise KeptFileError(f"{there} changed meanwhile; {path} is what it was")
        else:
            there.parent.mkdir(parents=True, exist_ok=True)
            path.rename(there)
    folder.rmdir()


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two names are of one file, or of two equal ones."""
    if not os.path.lexists(other):
        return False
    if os.path.samestat(one.lstat(), other.lstat()):
        return True
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def is_bytecode(path: Path) -> bool:
    """Tell whether a file is Python's own copy of a module, which it makes again by itself."""
    return path.parent.name == "__pycache__" and path.suffix == ".pyc"
