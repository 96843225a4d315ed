"""Deletes old flight recordings: of a folder's files only those that a recorder named."""

import contextlib
import re
import time
from pathlib import Path
from typing import Final

from .format import SUFFIX

_OURS: Final = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z-[A-Za-z0-9_-]{1,50}" + re.escape(SUFFIX))
_SECONDS_A_DAY: Final = 86_400


def prune(folder: Path, *, keep: int | None, days: float | None) -> int:
    """Delete the oldest beyond `keep`, and those older than `days`; return how many.

    Raises:
        OSError: The folder cannot be listed. One file that cannot be deleted stays, silently.
    """
    # Their names begin with the time, so that they sort by age.
    ours = sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))
    old = set(ours[:-keep] if keep is not None else ())
    if days is not None:
        limit = time.time() - days * _SECONDS_A_DAY
        for path in ours:
            with contextlib.suppress(OSError):
                if path.lstat().st_mtime < limit:
                    old.add(path)
                else:
                    break
    deleted = 0
    for path in old:
        with contextlib.suppress(OSError):
            path.unlink()
            deleted += 1
    return deleted
