"""What a license key is, what may be shown of it, and what keeps one."""

import base64
import binascii
import hashlib
import json
import math
import re
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, Final, Protocol, runtime_checkable

from .errors import ConfigurationError

LONGEST: Final = 16_384
"""Characters. Live keys have about a thousand; a header has its limits too."""

_ALLOWED: Final = re.compile(r"[!-~]+\Z")
_FINGERPRINT_DIGITS: Final = 12


@runtime_checkable
class KeyStore(Protocol):
    """Keeps the license key of a point of sale, and for a while the one that is to follow it.

    A new key is offered, tried, and then promoted or withdrawn; until then the old one stays. Every
    method raises `ConfigurationError`, whose text says what to do and holds no key.
    """

    def current(self) -> str:
        """Return the key to connect with. It is asked for each connection.

        While there is no current key, as after a first registration that was cut short, it is the
        pending one.
        """
        ...

    def pending(self) -> str | None:
        """Return the key that was offered and is neither promoted nor withdrawn yet."""
        ...

    def check_writable(self) -> None:
        """Raise when a new key could not be stored. It is asked before one is ordered."""
        ...

    def offer(self, new: str) -> None:
        """Store a new key beside the current one. A pending one is replaced."""
        ...

    def promote(self) -> None:
        """Make the pending key the current one and forget the old. Without one, do nothing."""
        ...

    def withdraw(self) -> None:
        """Forget the pending key. Without one, do nothing."""
        ...

    def exclusive(self) -> AbstractContextManager[None]:
        """Keep others from changing the keys meanwhile. It may wait; reading goes on."""
        ...


def check_key(text: object, where: str) -> str:
    """Return a license key without the white space around it.

    Args:
        text: What was read.
        where: What to call its place in the error.

    Raises:
        ConfigurationError: It is empty, has several lines, or holds what no header can.
    """
    key = text.strip() if isinstance(text, str) else ""
    if not key:
        raise ConfigurationError(f"{where}: there is no license key in it; register first")
    if len(key) > LONGEST or not _ALLOWED.match(key):
        raise ConfigurationError(
            f"{where}: this is no license key: expected one line of printable ASCII characters"
            " without spaces"
        )
    return key


def fingerprint(key: str) -> str:
    """Return what may be shown of a license key: the start of its SHA-256, `3f1c-09ab-77de`.

    A key ends with a signature of hundreds of bits, which nobody finds by trying. A hash of a card
    number is another matter: there are so few numbers that all can be tried, so there is none here.
    """
    digits = hashlib.sha256(key.encode()).hexdigest()[:_FINGERPRINT_DIGITS]
    return "-".join(digits[start : start + 4] for start in range(0, _FINGERPRINT_DIGITS, 4))


def license_expiry(key: str) -> datetime | None:
    """Return when a license key ends, in UTC, as it says itself. The signature is not checked.

    Never raises: None when the key does not say, or is no JSON Web Token.
    """
    try:
        _, claims, _ = key.split(".")
        found: Any = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        seconds = found["exp"]
        if isinstance(seconds, bool) or not math.isfinite(seconds):
            return None
        return datetime.fromtimestamp(seconds, UTC)
    # Whoever made the key may have put anything into it.
    except (
        *(ArithmeticError, AttributeError, KeyError, IndexError, OSError),
        *(RecursionError, TypeError, ValueError, binascii.Error),
    ):
        return None
