"""What is wrong with a scenario file: where, what, and what to do about it."""

from collections.abc import Iterable

import attrs

Path = tuple[str | int, ...]
"""The way to a value: names and indexes from 0."""


def show_path(path: Path) -> str:
    """A path as people write it: `payment[2].ask.kind`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".") or "the file"


@attrs.frozen
class Place:
    """A place in the text, both from 1."""

    line: int
    column: int


@attrs.frozen(kw_only=True)
class ScenarioProblem:
    """One thing that is wrong."""

    file: str
    place: Place
    path: Path
    what: str
    advice: str = ""

    def __str__(self) -> str:
        advice = f" ({self.advice})" if self.advice else ""
        place = f"{self.file}:{self.place.line}:{self.place.column}"
        return f"{place}: {show_path(self.path)}: {self.what}{advice}"


class ScenarioError(ValueError):
    """A scenario file cannot be played. All that is wrong with it is told at once."""

    def __init__(self, problems: Iterable[ScenarioProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: (one.place.line, one.place.column)))
        super().__init__("\n".join(map(str, self.problems)))


class UnknownScenarioError(LookupError):
    """There is no scenario of this name."""
