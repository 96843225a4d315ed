"""Regular expressions of a document, searched in texts of a document, in bounded time."""

import re
import warnings

import attrs

from .ecma import compile_pattern

MAX_SECONDS = 0.25
"""For one text."""
TOTAL_SECONDS = 2.0
"""For all texts of a document that took any time worth counting."""
HARMLESS_LENGTH = 1000
REPEATING = re.compile(r"[*+{]")
CHOOSING = re.compile(r"[(|]")


class TakesTooLongError(ValueError):
    """A search that backtracks without end."""


@attrs.define
class Patience:
    """How long all searches of one document may take together."""

    seconds: float = TOTAL_SECONDS

    def search(self, pattern: str, text: str) -> bool:
        """Tell whether a pattern of a schema occurs. Raises BadPatternError, TakesTooLongError."""
        compiled = compile_pattern(pattern)
        if _is_harmless(pattern) and len(text) <= HARMLESS_LENGTH:
            return compiled.search(text) is not None
        # Imported here: few documents need it. Python's own `re` knows no time limit.
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


def _is_harmless(pattern: str) -> bool:
    """Tell whether there is nothing to backtrack between: one repetition, and nothing to choose."""
    repeating = len(REPEATING.findall(pattern))
    return repeating == 0 or (repeating == 1 and not CHOOSING.search(pattern))
