"""The last released bindings: their version, and the document they were made from.

They are kept beside the generated package, so that each generation can tell what has changed since.
"""

import json
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import attrs

from .changelog import is_version
from .pointers import Json, as_object
from .problems import Problems
from .reader import read
from .usage import UsageError

if TYPE_CHECKING:
    from .document import Document
    from .perspective import Side

FORMAT, SCHEMA_VERSION = "stompgen-released", 1


@attrs.frozen(kw_only=True)
class Baseline:
    """A release."""

    version: str
    """Of the bindings, `1.2.3`; not of the API."""
    api: str
    """Version of the API."""
    entry: str
    """Name of the document."""
    files: dict[str, Json] = attrs.field(hash=False)
    """The document's files by relative path, as data: layout and comments are not kept."""

    def text(self) -> str:
        """Write the release as a file: the same bytes for the same release."""
        held: dict[str, Json] = {
            "format": FORMAT,
            "schemaVersion": SCHEMA_VERSION,
            "bindings": self.version,
            "api": self.api,
            "entry": self.entry,
            "files": self.files,
        }
        return json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def load(self, *, side: "Side" = "described", lenient: bool = False) -> "Document":
        """Read the released document again. Raises UsageError when that cannot be done any more."""
        from . import load_checked

        problems = Problems()
        with tempfile.TemporaryDirectory(prefix="stompgen-") as folder:
            for name, data in self.files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps(data), encoding="utf-8")
            document = load_checked(
                Path(folder, self.entry), problems, side=side, lenient=lenient, root=folder
            )
        if document is None:
            first = problems.errors[0]
            raise UsageError(
                f"the released document has errors, the first at #{first.pointer}: {first.what}; "
                "take the baseline from the history, or remove it and release anew with --number"
            )
        return document


def take(spec: Path, document: "Document", version: str, root: Path | None = None) -> Baseline:
    """Make a release of a document that was read from a path, with the files it refers to."""
    info = as_object(document.data.get("info"))
    folder = spec.parent if root is None else root
    try:
        entry = spec.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:  # elsewhere: nothing below the root refers to it
        entry = spec.name
    further = sorted({*document.files} - {entry})
    return Baseline(
        version=version,
        api=str(info.get("version", "")),
        entry=entry,
        files={entry: _data_of(spec), **{name: _data_of(folder / name) for name in further}},
    )


def _data_of(path: Path) -> Json:
    """Read a file once more, as it is written: what was checked follows references."""

    def ignore(*_: object, **__: object) -> None:
        """Forget a problem: all have been told when the document was checked."""

    return read(path.read_bytes().decode("utf-8").removeprefix("\ufeff"), ignore)[0]


def read_baseline(path: Path) -> Baseline | None:
    """Read a release; None when there is none. Raises UsageError, OSError."""
    if not path.exists():
        return None
    try:
        held: Json = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise UsageError(f"{path} is not JSON; take it from the history again") from None
    found = as_object(held)
    version, api, entry = (found.get(name) for name in ("bindings", "api", "entry"))
    files = as_object(found.get("files"))
    if found.get("format") != FORMAT or found.get("schemaVersion") != SCHEMA_VERSION:
        raise UsageError(f"{path} was not written by this version of `stompgen release`")
    if not isinstance(version, str) or not is_version(version):
        raise UsageError(f"{path}: its version is not of the form 1.2.3")
    if (
        not isinstance(api, str)
        or not isinstance(entry, str)
        or "asyncapi" not in as_object(files.get(str(entry)))
    ):
        raise UsageError(f"{path} lacks the released document")
    if not all(map(_stays_inside, files)):
        raise UsageError(f"{path} names a file outside its folder")
    return Baseline(version=version, api=api, entry=entry, files=files)


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name
