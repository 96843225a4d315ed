"""Files that may be open at once: every till needs one, and many systems allow 1,024."""

import asyncio
import errno
import logging
import sys
from typing import Any, Final

if sys.platform != "win32":
    import resource

ENOUGH: Final = 10_240
"""What every system can be asked for; macOS knows no more by default."""
FOR_ITSELF: Final = 40
"""Files that a simulator has open without any till, with room for what comes and goes."""
TILLS: Final = 1000
"""As many should find room."""

_LOG = logging.getLogger("ips_simulator")
_SILENCE_SECONDS = 30.0


def allow_open_files(wanted: int = ENOUGH) -> int | None:
    """Raise this program's limit as far as it may itself, and return it. None: there is none."""
    if sys.platform == "win32":
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return None if soft == resource.RLIM_INFINITY else soft
    raised = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
    except (ValueError, OSError):  # a sandbox may forbid it: then it stays as it is
        return soft
    return raised


def tell_few_files(limit: int | None) -> str | None:
    """What to say of a limit that is too low for very many tills."""
    if limit is None or limit >= TILLS + FOR_ITSELF:
        return None
    room = max(limit - FOR_ITSELF, 0)
    return (
        f"this program may open {limit} files: room for about {room} tills at once"
        " (allow more with 'ulimit -n')"
    )


class Exhaustion:
    """An event loop's exception handler: says in one line that no further till can be let in.

    The event loop tries again every second, so nobody who waits at the door is lost; without this
    it would write its traceback a hundred times for each try.
    """

    def __init__(self) -> None:
        self._silent_until = 0.0

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Handle what nobody else did."""
        exc = context.get("exception")
        if not isinstance(exc, OSError) or exc.errno not in (errno.EMFILE, errno.ENFILE):
            loop.default_exception_handler(context)
        elif loop.time() >= self._silent_until:
            self._silent_until = loop.time() + _SILENCE_SECONDS
            _LOG.error(
                "too many open files: further tills wait until others have left"
                " (allow more with 'ulimit -n')"
            )
