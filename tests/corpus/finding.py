"""The documents of a folder: those that its `manifest.tsv` names, or all that look like one."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import attrs

MANIFEST = "manifest.tsv"
SUFFIXES = {".json", ".yaml", ".yml"}
STARTS_LIKE_ASYNCAPI = re.compile(r"""^[\s{]*["']?asyncapi["']?\s*:""", re.MULTILINE)
FIRST_CHARACTERS = 20_000


@attrs.frozen
class Entry:
    """A document to try."""

    name: str
    path: Path
    root: Path
    """The folder of all documents: files below it may be read."""
    valid: bool
    """False when its manifest says that it breaks the specification."""
    source: str = ""
    """Where it comes from: repository and path."""


def entries(folder: Path) -> list[Entry]:
    """List the documents of a folder, by name."""
    manifest = folder / MANIFEST
    found = _from_manifest(manifest) if manifest.is_file() else _from_files(folder)
    return sorted(found, key=lambda entry: entry.name)


def _from_manifest(manifest: Path) -> Iterator[Entry]:
    """Read a table with the columns `name` and `entry`; a cell `invalid` says what it says."""
    with manifest.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            place = row.get("entry") or row.get("file") or row["path"]
            parts = (row.get("repo"), row.get("path"))
            yield Entry(
                name=row.get("name") or Path(place).stem,
                path=manifest.parent / place,
                root=manifest.parent,
                valid="invalid" not in row.values(),
                source="/".join(part for part in parts if part),
            )


def _from_files(folder: Path) -> Iterator[Entry]:
    """Take every file with a key `asyncapi`; the others are parts of these, or something else."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            start = path.read_bytes()[:FIRST_CHARACTERS].decode("utf-8", "replace")
            if STARTS_LIKE_ASYNCAPI.search(start):
                name = path.relative_to(folder).with_suffix("").as_posix()
                yield Entry(name=name, path=path, root=folder, valid=True)
