"""What the commands share: mistakes on the command line, told in a sentence."""

import re
from keyword import iskeyword

MODULE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


class UsageError(Exception):
    """A sentence for the user."""


def require_module(name: str, what: str) -> None:
    """Refuse a name under which nothing can be imported."""
    parts = name.split(".")
    if not MODULE.fullmatch(name) or any(iskeyword(part) for part in parts):
        raise UsageError(f"{name!r} cannot be the {what}: it is not a Python module name")
    if any(part.startswith("__") and part.endswith("__") for part in parts):
        raise UsageError(f"{name!r} cannot be the {what}: Python keeps such names for itself")
