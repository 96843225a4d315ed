"""Generated files on disk. Only files that carry our header line are ever replaced or removed."""

import difflib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

HEADER_START = "# Generated from "
HEADER_END = " by stompgen. Do not edit."
MARKER = "py.typed"
"""The one generated file without a header: it is empty."""


class ForeignFileError(Exception):
    """A file stands where ours would be and is not ours."""


def write_tree(files: Mapping[str, str], out_dir: Path) -> None:
    """Write files below a folder, and remove those of ours that are no longer generated.

    Everything is written beside its target first, so that a full disk leaves the old files whole.

    Raises:
        ForeignFileError: A file in the way does not carry our header, or a folder is in the way.
            Nothing was changed.
    """
    _require_free(files, out_dir)
    changed = [path for path in sorted(files) if _read(out_dir / path) != files[path]]
    for path in changed:
        if not _is_ours(out_dir / path):
            raise ForeignFileError(f"{path} exists and was not generated")
    stale = _stale(files, out_dir)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out_dir, prefix=".stompgen-") as folder:
        for index, path in enumerate(changed):
            (Path(folder) / str(index)).write_bytes(files[path].encode("utf-8"))
        for index, path in enumerate(changed):
            target = out_dir / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / str(index)).replace(target)
    for path in stale:
        (out_dir / path).unlink()


def diff_tree(files: Mapping[str, str], out_dir: Path) -> str:
    """Return what `write_tree` would change, as a unified diff; empty when nothing.

    Raises:
        ForeignFileError: A folder stands where a file would be, or the other way round.
    """
    _require_free(files, out_dir)
    parts: list[str] = []
    for path in sorted({*files, *_stale(files, out_dir)}):
        before, after = _read(out_dir / path), files.get(path)
        if before != after:
            parts += _diff(path, before, after)
    return "".join(parts)


def _require_free(files: Mapping[str, str], out_dir: Path) -> None:
    """Refuse a folder where a file would be, and a file where a folder would be."""
    for path in sorted(files):
        if (out_dir / path).is_dir():
            raise ForeignFileError(f"{path} is a folder, and a file is to be there")
        for folder in list(PurePosixPath(path).parents)[:-1]:
            if (out_dir / folder).exists() and not (out_dir / folder).is_dir():
                raise ForeignFileError(f"{folder} is a file, and a folder is to be there")


def _diff(path: str, before: str | None, after: str | None) -> Iterator[str]:
    old = "/dev/null" if before is None else f"a/{path}"
    new = "/dev/null" if after is None else f"b/{path}"
    lines = list(
        difflib.unified_diff(
            (before or "").splitlines(keepends=True),
            (after or "").splitlines(keepends=True),
            old,
            new,
        )
    )
    if not lines:  # an empty file comes or goes
        lines = [f"--- {old}\n", f"+++ {new}\n"]
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _stale(files: Mapping[str, str], out_dir: Path) -> list[str]:
    """List generated files, in the packages that are written, that are not generated any more."""
    tops = sorted({PurePosixPath(path).parts[0] for path in files})
    found: list[str] = []
    for top in tops:
        for path in sorted((out_dir / top).rglob("*.py")):
            name = path.relative_to(out_dir).as_posix()
            if name not in files and _has_header(_read(path)):
                found.append(name)
    return found


def _is_ours(path: Path) -> bool:
    """Tell whether a file may be replaced: it is not there, empty, or carries our header."""
    text = _read(path)
    return not text or _has_header(text)


def _has_header(text: str | None) -> bool:
    first = (text or "").partition("\n")[0]
    return first.startswith(HEADER_START) and first.endswith(HEADER_END)


def _read(path: Path) -> str | None:
    if not path.is_file():
        return None
    return path.read_bytes().decode("utf-8", "replace")
