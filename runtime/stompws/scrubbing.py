"""Making a server's text fit to be shown: it may quote what we sent."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from .masking import HIDDEN, mask_numbers

MAX_ERROR_CHARACTERS = 200
_LONG_NUMBER = re.compile(r"[0-9](?:[ -]?[0-9]){11,}")
_SHORTEST_SECRET = 4  # shorter values would mask ordinary words
_TELLING_CHARACTERS = 8
"""So many characters of a secret in a row are masked: servers quote parts, and cut texts off."""
_JSON_WEB_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{5,}[A-Za-z0-9_.=-]*")


class Scrubber:
    """Knows a session's secrets, and masks them in texts."""

    def __init__(self) -> None:
        self._secrets: dict[str, None] = {}

    def keep_secret(self, values: Iterable[str]) -> None:
        """Mask these from now on; values of under 4 characters are left alone."""
        for value in values:
            if len(value) >= _SHORTEST_SECRET:
                self._secrets[_printable(value)] = None

    def scrub(self, text: str) -> str:
        """Return `text` as it may be shown.

        Masks our secrets, also 8 characters in a row of one; what looks like a JSON web token or
        the number of a card; and numbers of 12 digits and more. Cuts to 200 characters.
        """
        text = _printable(text)
        hidden = bytearray(len(text))
        # Marked first and masked then: what one rule hides must not keep another from matching.
        for start, end in _places(text, self._secrets):
            hidden[start:end] = b"\1" * (end - start)
        runs = groupby(zip(hidden, text, strict=True), key=itemgetter(0))
        text = "".join(HIDDEN if mark else "".join(c for _, c in run) for mark, run in runs)
        text = mask_numbers(text).strip()
        if len(text) > MAX_ERROR_CHARACTERS:
            text = text[: MAX_ERROR_CHARACTERS - 1] + "…"
        return text


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _places(text: str, secrets: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Find what must not be seen of a text."""
    for pattern in (_JSON_WEB_TOKEN, _LONG_NUMBER):
        yield from (found.span() for found in pattern.finditer(text))
    for secret in secrets:
        size = min(len(secret), _TELLING_CHARACTERS)
        parts = {secret[at : at + size] for at in range(len(secret) - size + 1)}
        for at in range(len(text) - size + 1):
            if text[at : at + size] in parts:
                yield at, at + size
