"""What goes wrong with a file, as sentences for people."""

import contextlib
import errno
import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Final

from ..errors import JournalError

_NO_PAYMENT: Final = "Until it can be written no payment is started"
_SENTENCES: Final = {
    "SQLITE_FULL": "the disk is full. Make room",
    "SQLITE_READONLY": "it, or its folder, is read-only. Give this user the right to write both",
    "SQLITE_PERM": "this user has no right to it. Give this user the right to write it",
    "SQLITE_CANTOPEN": "it cannot be opened. Is it a file, and may this user write its folder?",
    "SQLITE_NOTADB": "it is not a SQLite database. Name another file, or put its backup there",
    "SQLITE_CORRUPT": "it is damaged. Keep a copy, and put its backup there",
    "SQLITE_IOERR": "the disk refuses to read or write. Look at the disk and at the room on it",
}
_OS_SENTENCES: Final = {
    errno.ENOSPC: _SENTENCES["SQLITE_FULL"],
    errno.EDQUOT: "the user's share of the disk is used up. Make room",
    errno.EFBIG: "the file may not grow further. Raise the limit",
    errno.EROFS: _SENTENCES["SQLITE_READONLY"],
    errno.EACCES: _SENTENCES["SQLITE_READONLY"],
    errno.EPERM: _SENTENCES["SQLITE_READONLY"],
    errno.EISDIR: "it is a folder. Name a file",
    errno.ENOTDIR: "what should be its folder is a file. Name another place",
    errno.EEXIST: "what should be its folder is a file. Name another place",
    errno.EMFILE: "this program has too many files open",
}


@contextlib.contextmanager
def plain(path: Path, wait_seconds: float) -> Generator[None]:
    """Raise `JournalError` instead of the errors of SQLite and the file system.

    Their own texts are left out: the code says as much, and no text of theirs can quote a value.
    """
    try:
        yield
    except sqlite3.Error as exc:
        raise JournalError(_sentence(path, _code(exc), wait_seconds)) from None
    except OSError as exc:
        why = _OS_SENTENCES.get(exc.errno or 0, "the system refuses it")
        code = errno.errorcode.get(exc.errno or 0, type(exc).__name__)
        raise JournalError(f"the journal {path}: {why}. {_NO_PAYMENT} ({code})") from None


def _code(exc: sqlite3.Error) -> str:
    # Absent where the module itself raises, not the library.
    return getattr(exc, "sqlite_errorname", None) or type(exc).__name__


def _sentence(path: Path, code: str, wait_seconds: float) -> str:
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        why = (
            f"another program has kept it locked for more than {wait_seconds:g} s. End that program"
        )
    elif path.is_dir():
        why = _OS_SENTENCES[errno.EISDIR]
    else:
        base = "_".join(code.split("_")[:2])  # SQLITE_IOERR_WRITE is a SQLITE_IOERR
        why = _SENTENCES.get(base, "SQLite refuses it")
    return f"the journal {path}: {why}. {_NO_PAYMENT} ({code})"
