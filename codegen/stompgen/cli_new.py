"""The command `stompgen new`."""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from .usage import UsageError, require_module


def new(
    dest: Path,
    /,
    *options: str,
    spec: Path,
    package: str | None = None,
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
    vendored
        Put the runtime into the package, so that it needs nothing of this distribution.
    force
        Write into a folder that is not empty. No file that is there is overwritten all the same.

    """
    from . import DocumentError, load
    from .check import check
    from .distribution import IncompleteError, find
    from .new_project import Project, is_free, package_name, project_files
    from .output import ForeignFileError, require_free
    from .problems import Problems

    if package is not None:
        require_module(package, "package")
    if dest.exists() and not dest.is_dir():
        raise UsageError(f"{dest} is not a folder")
    if not force and dest.is_dir() and any(path.name != ".git" for path in dest.iterdir()):
        raise UsageError(f"{dest} is not empty; --force writes beside what is there")
    spec = spec.resolve() if spec.is_symlink() else spec
    problems = Problems()
    document = load(spec, problems)
    if document is not None and not options:  # which may overlook what is wrong
        check(document, problems)
    if document is None or (problems.errors and not options):
        raise DocumentError(problems)
    name = package or package_name(document)
    if not is_free(name):
        raise UsageError(f"{name!r} cannot be the package: something else has that name")
    read: Mapping[str, str] = getattr(document, "files", None) or {spec.name: ""}
    project = Project(
        document=document, spec=spec, package=name, vendored=vendored, options=options
    )
    try:
        texts = project_files(project, find())
    except IncompleteError as exc:
        raise UsageError(str(exc)) from None
    files = {path: text.encode("utf-8") for path, text in texts.items()}
    files |= {f"spec/{path}": (spec.parent / path).read_bytes() for path in sorted(read)}
    try:
        require_free(dict.fromkeys([*files, f"src/{name.replace('.', '/')}/x"], ""), dest)
    except ForeignFileError as exc:
        raise UsageError(f"{exc}; move it away first") from None
    if there := [path for path in sorted(files) if (dest / path).exists()]:
        raise UsageError(f"{', '.join(there)} in {dest} would be overwritten; move it away first")
    return _write(files, dest, Path("src", *name.split(".")), project.generate)


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
