"""A package generated on trial: nobody's folder is touched, and what it is made of is known."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import attrs

from . import manifest

Generate: TypeAlias = Callable[[Sequence[str]], int]
"""The command line of the generator: takes arguments, returns its exit code."""


class NotGeneratedError(Exception):
    """The generator refused; it has told why."""


@attrs.frozen(kw_only=True)
class Package:
    """A generated package."""

    files: Mapping[str, str]
    """Path in the package → text; without the manifest."""
    manifest: manifest.Manifest


def generated(spec: Path, options: Sequence[str], generate: Generate) -> Package:
    """Let the generator write a package somewhere, and return it.

    Args:
        spec: The document.
        options: The options of `stompgen generate`, but for `--out`.
        generate: The generator.

    Raises:
        NotGeneratedError: No code can be made of the document.
    """
    with tempfile.TemporaryDirectory() as folder:
        if generate(["generate", str(spec), "--out", folder, *options]):
            raise NotGeneratedError
        (found,) = Path(folder).rglob(manifest.NAME)
        known = manifest.read(found.parent)
        return Package(
            files={path: text_of(found.parent / path) for path in known["files"]}, manifest=known
        )


def text_of(path: Path) -> str:
    """Return the text of a file, its line ends as they are."""
    return path.read_bytes().decode("utf-8")
