"""How the command fails: in sentences, on stderr, without a traceback."""

import sys
from typing import Final

USAGE: Final = 2
"""The exit code when nothing was done: a wrong option, a bad file, a port in use."""


class CommandError(Exception):
    """The command cannot do what it was asked to. The text is for people; lines are allowed."""


def fail(reason: str) -> int:
    """Tell why, and return the exit code."""
    print(f"ips-simulator: {reason}", file=sys.stderr)
    return USAGE
