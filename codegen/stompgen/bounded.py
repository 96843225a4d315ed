"""Regular expressions of a document, searched in texts of a document, in bounded time."""

import math
import re
import warnings

import attrs

from .ecma import compile_pattern

MAX_SECONDS = 0.25
"""For one text."""
TOTAL_SECONDS = 2.0
"""For all texts of a document that took any time worth counting."""
MAX_TRIES = 1_000_000
"""Ways to match that Python's own `re` may try; it knows no time limit."""

REPEATING = re.compile(r"[*+]|\{[0-9]*,")
CHOOSING = re.compile(r"[?|]")
REPEATED_GROUP = re.compile(r"\)[*+?{]")


class TakesTooLongError(ValueError):
    """A search that backtracks without end."""


@attrs.define
class Patience:
    """How long all searches of one document may take together."""

    seconds: float = TOTAL_SECONDS

    def search(self, pattern: str, text: str) -> bool:
        """Tell whether a pattern of a schema occurs. Raises BadPatternError, TakesTooLongError."""
        compiled = compile_pattern(pattern)
        if _tries(pattern, len(text)) <= MAX_TRIES:
            return compiled.search(text) is not None
        # Imported here: few documents need it.
        import regex

        if self.seconds <= 0:
            raise TakesTooLongError
        limit = min(MAX_SECONDS, self.seconds)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)
                return regex.search(compiled.pattern, text, timeout=limit) is not None
        except TimeoutError:
            self.seconds -= limit
            raise TakesTooLongError from None
        except regex.error:  # what only Python's own understands
            raise TakesTooLongError from None


def _tries(pattern: str, length: int) -> float:
    """Return how many ways there are, at most, for a pattern to meet a text of a length.

    Each repetition may end anywhere, and each choice doubles the ways. A repeated group may do so
    at every character.
    """
    if REPEATED_GROUP.search(pattern):
        return math.inf
    repetitions, choices = len(REPEATING.findall(pattern)), len(CHOOSING.findall(pattern))
    if repetitions + choices > 100:
        return math.inf
    # A search starts anywhere, which is as good as one repetition more.
    anywhere = 0 if pattern.startswith("^") else 1
    return float(length + 1) ** (repetitions + anywhere) * 2.0**choices
