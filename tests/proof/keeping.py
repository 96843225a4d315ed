"""Results of a long run, kept in a file: one that was interrupted goes on where it ended."""

import pickle
from collections.abc import Iterator
from pathlib import Path

from tests.proof.campaign import Portion, Result


def load(path: Path | None) -> Iterator[tuple[Portion, list[Result]]]:
    """Read what an earlier run has kept; a torn end is left out."""
    if path is None or not path.exists():
        return
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)  # noqa: S301 - our own file, of this machine
            except (EOFError, pickle.UnpicklingError):
                return


def save(path: Path | None, portion: Portion, results: list[Result]) -> None:
    """Add a portion."""
    if path is not None:
        with path.open("ab") as file:
            pickle.dump((portion, results), file)
