"""Pages of a reference on disk. Only pages that begin as ours do are ever replaced or removed."""

import difflib
from collections.abc import Mapping
from pathlib import Path

from .output import write_file
from .reference import FIRST_WORDS


class ForeignPageError(Exception):
    """Something that is not ours stands where a page would be. Nothing was changed."""


def write_pages(pages: Mapping[str, str], folder: Path, *, whole: bool) -> None:
    """Write pages into a folder, each in one step.

    Args:
        pages: Name → text.
        folder: Where they go; made when it is missing.
        whole: True when the reference is the whole folder: then pages of ours that are no longer
            written are removed.

    Raises:
        ForeignPageError: A file in the way is not ours, or a folder is in the way.
        OSError: The folder cannot be written.
    """
    for name in pages:
        place = folder / name
        if place.is_symlink() or place.is_dir() or not _is_free(place):
            raise ForeignPageError(f"{place} exists and is not a page of ours")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        if _read(folder / name) != text:
            write_file(folder / name, text)
    for name in _stale(pages, folder) if whole else ():
        (folder / name).unlink()


def diff_pages(pages: Mapping[str, str], folder: Path, *, whole: bool) -> str:
    """Return what `write_pages` would change, as a unified diff; empty when nothing."""
    parts: list[str] = []
    names = {*pages, *(_stale(pages, folder) if whole else ())}
    for name in sorted(names):
        path = (folder / name).as_posix()
        before, after = _read(folder / name), pages.get(name, "")
        parts += difflib.unified_diff(
            before.splitlines(keepends=True), after.splitlines(keepends=True), path, f"{path} (new)"
        )
    return "".join(parts)


def _stale(pages: Mapping[str, str], folder: Path) -> list[str]:
    found = sorted(folder.glob("*.md"))
    return [p.name for p in found if p.name not in pages and p.is_file() and _is_ours(p)]


def _is_free(place: Path) -> bool:
    return not _read(place) or _is_ours(place)


def _is_ours(place: Path) -> bool:
    return not place.is_symlink() and _read(place).startswith(FIRST_WORDS)


def _read(place: Path) -> str:
    return place.read_bytes().decode("utf-8", "replace") if place.is_file() else ""
