"""The command `stompgen new`."""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from .usage import UsageError, require_module


def new(
    dest: Path,
    /,
    *options: str,
    spec: Path,
    package: str | None = None,
    side: Literal["described", "other"] = "described",
    lenient: bool = False,
    root: Path | None = None,
    vendored: bool = False,
    force: bool = False,
) -> int:
    """Start a project for the bindings of a document: packaging, tasks, tests and CI around them.

    It passes its own tests at once.

    Parameters
    ----------
    dest
        The project's folder; new, or empty but for `.git`.
    options
        After `--`, further options of `stompgen generate`; the project keeps them.
    spec
        The AsyncAPI document. It is copied into the project.
    package
        Import name of the package; made of the document's title when it is not given.
    side
        `other` exchanges send and receive, as for `generate`; the project keeps it.
    lenient
        Leave out what is wrong with the document; the project keeps doing so.
    root
        Folder below which files that the document refers to are read; by default its own folder.
    vendored
        Put the runtime into the package, so that it needs nothing of this distribution.
    force
        Write into a folder that is not empty. No file that is there is overwritten all the same.

    """
    from .cli import main
    from .distribution import IncompleteError, find
    from .new_project import (
        FALLBACK,
        SPEC,
        Project,
        is_free,
        package_name,
        project_files,
        split_root,
    )
    from .trial import NotGeneratedError, generated

    if package is not None:
        require_module(package, "package")
        _require_free_name(package, is_free(package))
    _require_empty(dest, force)
    options = (*_named(side, lenient=lenient, root=root), *options)
    try:
        known = generated(spec, ["--package", package or FALLBACK, *options], main).manifest
    except NotGeneratedError:
        return 2
    if known["document"] not in known["spec"]:
        raise UsageError(f"{spec} is no file that can be copied")
    given_root, others = split_root(options)
    below = spec.parent if given_root is None else Path(given_root)
    title = known["api"]["title"]
    project = Project(
        title=title,
        entry=known["document"],
        package=package or package_name(title),
        vendored=vendored,
        options=others if given_root is None else (*others, "--root", SPEC),
    )
    try:
        texts = project_files(project, find())
    except IncompleteError as exc:
        raise UsageError(str(exc)) from None
    files = {path: text.encode("utf-8") for path, text in texts.items()}
    for path in sorted(known["spec"]):
        source = spec if path == known["document"] else below / path
        files[f"{SPEC}/{path}"] = source.read_bytes()
    target = Path("src", *project.package.split("."))
    _require_room([*files, f"{target.as_posix()}/__init__.py"], dest)
    return _write(files, dest, target, project.generate)


def _named(side: str, *, lenient: bool, root: Path | None) -> list[str]:
    """Spell options as `generate` takes them."""
    found = [] if side == "described" else ["--side", side]
    found += ["--lenient"] if lenient else []
    return found if root is None else [*found, "--root", str(root)]


def _require_free_name(package: str, free: bool) -> None:
    if not free:
        raise UsageError(f"{package!r} cannot be the package: something else has that name")


def _require_empty(dest: Path, force: bool) -> None:
    if dest.exists() and not dest.is_dir():
        raise UsageError(f"{dest} is not a folder")
    if not force and dest.is_dir() and any(path.name != ".git" for path in dest.iterdir()):
        raise UsageError(f"{dest} is not empty; --force writes beside what is there")


def _require_room(paths: Sequence[str], dest: Path) -> None:
    """Refuse a folder in which something is where a file of ours would be, or a link above it."""
    from .output import ForeignFileError, require_free

    try:
        require_free(dict.fromkeys(paths, ""), dest)
    except ForeignFileError as exc:
        raise UsageError(f"{exc}; move it away first") from None
    if there := [path for path in sorted(paths) if (dest / path).exists()]:
        raise UsageError(f"{', '.join(there)} in {dest} would be overwritten; move it away first")


def _write(files: Mapping[str, bytes], dest: Path, package: Path, generate: Sequence[str]) -> int:
    """Write the files, and then the bindings as the project itself will; all of it or nothing."""
    from .cli import main

    done, made = 2, list[Path]()
    try:
        _make_folders(dest / package.parent, made)
        for path, content in files.items():
            _make_folders((dest / path).parent, made)
            with (dest / path).open("xb") as file:
                made.append(dest / path)
                file.write(content)
        with contextlib.chdir(dest):
            done = main(generate)
    finally:
        if done:
            _remove(made)
    return done


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it; add those that were not there."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir()
        made.append(path)


def _remove(made: Sequence[Path]) -> None:
    for path in reversed(made):
        with contextlib.suppress(OSError):  # a folder in which something else is by now
            path.rmdir() if path.is_dir() else path.unlink()
