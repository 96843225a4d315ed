"""Generated files on disk. Only files that carry our header line are ever replaced or removed."""

import difflib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from . import manifest
from .swap import STAGING, exchange, is_bytecode, locked, mend, replace_folder

HEADER_START = "# Generated from "
HEADER_END = " by stompgen. Do not edit."
MARKER = "py.typed"
"""The one generated file without a header: it is empty."""


class ForeignFileError(Exception):
    """A file stands where ours would be and is not ours."""


def write_tree(
    files: Mapping[str, str],
    out_dir: Path,
    *,
    swap: Callable[[Path, Path], bool] = exchange,
) -> None:
    """Write a package below a folder, and remove files of ours that are no longer generated.

    All of it or nothing: whatever happens, the package is the old one or the new one. Links are
    never followed, and two runs at once come one after the other.

    Raises:
        ForeignFileError: A file in the way does not carry our header, or a folder or a link is in
            the way. Nothing was changed.
    """
    write_folder(files, out_dir, replaceable=_may_replace, stale=_is_generated, swap=swap)


def write_folder(
    files: Mapping[str, str],
    out_dir: Path,
    *,
    replaceable: Callable[[Path, str], bool],
    stale: Callable[[Path, str], bool],
    swap: Callable[[Path, Path], bool] = exchange,
) -> None:
    """Write a package as `write_tree` does, with other rules for what is ours.

    Args:
        files: Path → text; all paths lie in one folder, the package.
        out_dir: The folder to which the paths are relative.
        replaceable: Tells of the package's folder and a path in it whether a new file may take
            the place of the one that is there.
        stale: The same of a file that is not written any more, and may go.
        swap: Exchanges two folders, or says that it cannot.
    """
    package = package_folder(files)
    require_free(files, out_dir)
    target = out_dir / package
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.parent):
        mend(target.parent, ours_in)
        require_free(files, out_dir)
        new = {
            PurePosixPath(path).relative_to(package).as_posix(): text.encode("utf-8")
            for path, text in sorted(files.items())
        }
        for path, content in new.items():
            if _bytes(target / path) != content and not replaceable(target, path):
                raise ForeignFileError(f"{package / path} exists and was not generated")
        others = [path for path in walk(target) if path not in new]
        foreign = [path for path in others if not stale(target, path)]
        if len(foreign) == len(others) and all(
            _bytes(target / path) == content for path, content in new.items()
        ):
            return
        replace_folder(target, new, foreign, mine=ours_in, swap=swap)


def write_file(path: Path, text: str) -> None:
    """Write one file, all of it or nothing. A link is replaced, not followed. Raises OSError."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=STAGING)
    except OSError as exc:
        raise OSError(exc.errno, exc.strerror, str(path)) from None  # not that of our own file
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        mode = path.stat().st_mode if path.is_file() else 0o666 & ~_umask()
        os.chmod(name, mode & 0o777)  # noqa: PTH101 - a name, not a path, is what mkstemp gives
        os.replace(name, path)  # noqa: PTH105 - the same
    except BaseException:
        os.unlink(name)  # noqa: PTH108 - the same
        raise


def _umask() -> int:
    os.umask(mask := os.umask(0o077))
    return mask


def diff_tree(files: Mapping[str, str], out_dir: Path) -> str:
    """Return what `write_tree` would change, as a unified diff; empty when nothing.

    Another generator that writes the same code is no difference.

    Raises:
        ForeignFileError: A folder stands where a file would be, or the other way round.
    """
    require_free(files, out_dir)
    parts: list[str] = []
    for path in sorted({*files, *_stale(files, out_dir)}):
        before, after = _read(out_dir / path), files.get(path)
        if before != after and not _is_same_manifest(path, before, after):
            parts += _diff(path, before, after)
    return "".join(parts)


def package_folder(files: Mapping[str, str]) -> PurePosixPath:
    """Return the folder in which all files lie, relative as they are."""
    return PurePosixPath(os.path.commonpath([PurePosixPath(path).parent for path in files]))


def require_free(files: Mapping[str, str], out_dir: Path) -> None:
    """Refuse a folder where a file would be, a file where a folder would be, and links."""
    for path in sorted(files):
        for folder in list(PurePosixPath(path).parents)[-2::-1]:
            place = out_dir / folder
            if place.is_symlink():
                raise ForeignFileError(f"{folder} is a link, and a folder is to be there")
            if place.exists() and not place.is_dir():
                raise ForeignFileError(f"{folder} is a file, and a folder is to be there")
        if (out_dir / path).is_symlink():
            raise ForeignFileError(f"{path} is a link, and a file is to be there")
        if (out_dir / path).is_dir():
            raise ForeignFileError(f"{path} is a folder, and a file is to be there")


def walk(folder: Path) -> Iterator[str]:
    """Yield the paths of all files, links and empty folders in a folder; no compiled modules."""
    for place, folders, names in os.walk(folder):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted([*names, *links]):
            if not is_bytecode(here / name):
                yield (here / name).relative_to(folder).as_posix()
        if not names and not folders and here != folder:
            yield here.relative_to(folder).as_posix()


def ours_in(folder: Path) -> Callable[[str], bool]:
    """Return what tells of a path in a package whether it was written by us.

    The manifest says so, or the header of the file.
    """
    listed = {*manifest.listed(folder), manifest.NAME}
    return lambda path: path in listed or _is_generated(folder, path)


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


def _is_same_manifest(path: str, before: str | None, after: str | None) -> bool:
    """Tell whether two manifests differ only in what the code was made by, not in the code."""
    if PurePosixPath(path).name != manifest.NAME or before is None or after is None:
        return False
    return manifest.same_contents(before, after)


def _stale(files: Mapping[str, str], out_dir: Path) -> list[str]:
    """List generated files, in the package that is written, that are not generated any more."""
    package = package_folder(files)
    target = out_dir / package
    found = [(package / path).as_posix() for path in walk(target) if _is_generated(target, path)]
    return [path for path in found if path not in files]


def _may_replace(folder: Path, path: str) -> bool:
    """Tell whether a file may be replaced: it is not there, empty, or ours."""
    text = _read(folder / path)
    return not text or has_header(text) or path == manifest.NAME


def _is_generated(folder: Path, path: str) -> bool:
    return path.endswith(".py") and starts_as_generated(folder / path)


def starts_as_generated(path: Path) -> bool:
    """Tell whether a file carries our header."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return has_header(file.readline(1000).decode("utf-8", "replace"))


def has_header(text: str) -> bool:
    """Tell whether a text begins with our header."""
    first = text.partition("\n")[0].rstrip("\r")
    return first.startswith(HEADER_START) and first.endswith(HEADER_END)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _read(path: Path) -> str | None:
    content = _bytes(path)
    return None if content is None else content.decode("utf-8", "replace")
