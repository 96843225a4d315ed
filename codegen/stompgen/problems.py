"""What is wrong with a document: one class for a problem, one to collect them.

Nothing is raised while a document is examined. Each stage adds to the same collector and goes on as
far as it can, so that the author of a document sees everything at once.
"""

from collections.abc import Iterator
from enum import StrEnum

import attrs

MAX_SHOWN = 1000
"""Characters of a sentence that are shown."""


class Severity(StrEnum):
    """Whether code can be generated in spite of the problem."""

    ERROR = "error"
    WARNING = "warning"


@attrs.frozen(kw_only=True, order=False)
class Problem:
    """One thing that is wrong: where, what, and what to do about it."""

    file: str
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    pointer: str
    """JSON pointer into the document; empty for the whole document."""
    what: str
    advice: str = ""
    severity: Severity = attrs.field(default=Severity.ERROR, converter=Severity)
    place: str = attrs.field(default="", eq=False, repr=False)
    """Pointer into the document as it was read, its further files included."""

    def __str__(self) -> str:
        # The pointer is printed as a URI fragment (RFC 6901, section 6), as `$ref` spells it.
        label = "warning: " if self.severity is Severity.WARNING else ""
        advice = f" ({_short(self.advice)})" if self.advice else ""
        place = f"{self.file}:{self.line}:{self.column}: #{self.pointer}"
        return one_line(f"{place}: {label}{_short(self.what)}{advice}")

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str, str]:
        """The order of the text: file, line, column; the rest only makes it complete."""
        return (
            self.file,
            self.line,
            self.column,
            self.pointer,
            self.severity.value,
            self.what,
            self.advice,
        )


class Problems:
    """The problems found so far. Iterating gives each once, in the order of the document."""

    def __init__(self) -> None:
        self._found: set[Problem] = set()

    def add(self, problem: Problem) -> None:
        """Keep one problem; the same problem found twice is kept once."""
        self._found.add(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found, key=lambda problem: problem.sort_key))

    def __len__(self) -> int:
        return len(self._found)

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid generating code."""
        return tuple(problem for problem in self if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that can be lived with."""
        return tuple(problem for problem in self if problem.severity is Severity.WARNING)


def _short(text: str) -> str:
    """Cut what quotes half a document."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


def one_line(text: str) -> str:
    """Escape what would break a line or steer a terminal: a document's text is untrusted."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )
