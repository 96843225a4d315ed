"""What the commands that compare documents share: reading two of them, writing or showing pages."""

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import attrs

from . import DocumentError, load_checked
from .output import write_file
from .problems import Problems
from .usage import UsageError

if TYPE_CHECKING:
    from .diffing import Api, Difference
    from .document import Document

OK, DIFFERENT = 0, 1
Side = Literal["described", "other"]


@attrs.frozen(kw_only=True)
class Reading:
    """How documents are read: as `generate` reads them."""

    side: Side
    lenient: bool
    root: Path | None

    def read(self, spec: Path) -> "Document":
        """Return a document without errors; raise DocumentError."""
        problems = Problems()
        document = load_checked(
            spec, problems, side=self.side, lenient=self.lenient, root=self.root
        )
        if document is None:
            raise DocumentError(problems)
        return document


def difference(old: "Document", new: "Document") -> "Difference":
    """Return what changed from one document to another. Raises DocumentError."""
    from .diffing import compare

    return compare(_api(old), _api(new))


def _api(document: "Document") -> "Api":
    from .diffing import read_api

    problems = Problems()
    api = read_api(document, problems)
    if api is None:
        raise DocumentError(problems)
    return api


def read_page(path: Path) -> str:
    """Return the text of a file; empty when there is none. Raises UsageError, OSError."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a file")
    return path.read_bytes().decode("utf-8", "replace") if path.exists() else ""


def write_or_show(files: dict[Path, str], *, check: bool) -> int:
    """Write files, each as a whole or not at all; or show what would change."""
    changed = {path: text for path, text in files.items() if read_page(path) != text}
    if check:
        for path, text in changed.items():
            name = path.as_posix()
            before, after = (
                read_page(path).splitlines(keepends=True),
                text.splitlines(keepends=True),
            )
            sys.stdout.writelines(difflib.unified_diff(before, after, name, f"{name} (new)"))
        return DIFFERENT if changed else OK
    for path, text in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text)
    return OK
