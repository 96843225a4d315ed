"""The command `stompgen vendor`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import manifest
from .usage import UsageError, require_module

if TYPE_CHECKING:
    from .distribution import Distribution
    from .problems import Problems
    from .vendor import Wanted


def vendor(
    dest: Path,
    /,
    *,
    spec: Path | None = None,
    package: str | None = None,
    check: bool = False,
    force: bool = False,
) -> int:
    """Write one self-contained folder: generated bindings with the runtime inside.

    Exit codes with `--check`: 0 current and as it was written; 1 modified or outdated, each file on
    a line of its own; 2 the question could not be answered.

    Parameters
    ----------
    dest
        The folder into which the package's folder is put.
    spec
        Another AsyncAPI document than that of this distribution's own bindings.
    package
        Import name of the package; needed with `--spec`.
    check
        Write nothing; tell whether the folder is current and unmodified.
    force
        Overwrite files that were changed since they were vendored.

    """
    from .distribution import PACKAGE, IncompleteError, find
    from .output import ForeignFileError
    from .problems import Problems
    from .vendor import Wanted, vendored_files, write

    if spec is not None and package is None:
        raise UsageError("a document of your own needs a name: give --package as well")
    if check and force:
        raise UsageError("--check writes nothing, so there is nothing to --force")
    name = package or PACKAGE
    require_module(name, "package")
    if dest.exists() and not dest.is_dir():
        raise UsageError(f"{dest} is not a folder")
    problems = Problems()
    try:
        parts = find()
        wanted = Wanted(spec=spec or parts.document, package=name, given=spec is not None)
        if check:
            return _check(wanted, dest, parts, problems)
        files = vendored_files(wanted, parts, problems)
        write(files, dest, force=force)
    except (ForeignFileError, IncompleteError) as exc:
        raise UsageError(str(exc)) from None
    finally:
        for problem in problems.warnings:
            print(problem, file=sys.stderr)
    return 0


def _check(wanted: "Wanted", dest: Path, parts: "Distribution", problems: "Problems") -> int:
    from .vendor import KIND, state

    known = manifest.read(dest / wanted.folder)
    if not known or known["options"].get("kind") != KIND:
        raise UsageError(f"{dest / wanted.folder} holds no vendored package")
    if known["options"].get("document") == "given" and not wanted.given:
        raise UsageError(f"{wanted.package} was made of {known['document']}: give it with --spec")
    found = state(wanted, dest, parts, problems)
    for path, how in found.modified.items():
        print(f"modified: {wanted.folder}/{path} ({how})")
    for path, how in found.outdated.items():
        print(f"outdated: {wanted.folder}/{path} ({how})")
    return 1 if found.modified or found.outdated else 0
