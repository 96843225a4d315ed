"""Merchant transaction references: what each payment is known by."""

import re
import secrets
import threading
import time
from collections.abc import Callable
from typing import Final, TypeAlias

ReferenceFactory: TypeAlias = Callable[[], str]
"""Makes a new reference with each call."""

_ALLOWED: Final = re.compile(r"[A-Za-z0-9_-]{1,30}\Z")
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: sorts as its numbers
_TIME_LETTERS, _CHANCE_LETTERS = 9, 12  # milliseconds until the year 3084; 60 bits


def check_reference(reference: object) -> str:
    """Return a reference that the service accepts.

    Raises:
        ValueError: It is not 1 to 30 of A-Z a-z 0-9 - and _. The text does not quote it.
    """
    if not isinstance(reference, str) or not _ALLOWED.match(reference):
        raise ValueError("a reference is 1 to 30 of A-Z a-z 0-9 - and _")
    return reference


class TimeSortedReferences:
    """Makes references that are unique over all tills and sort by the time they were made.

    21 characters: 9 for the millisecond by the wall clock, 12 of chance. Within one factory each is
    greater than the one before, also when the clock is set back.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def __call__(self) -> str:
        """Make the next one."""
        with self._lock:
            self._last = max(time.time_ns() // 1_000_000, self._last + 1)
            when = self._last
        return _letters(when, _TIME_LETTERS) + _letters(secrets.randbits(60), _CHANCE_LETTERS)


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))
