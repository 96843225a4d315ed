"""The command `stompgen vendor`."""

from pathlib import Path
from typing import TYPE_CHECKING

from . import manifest
from .usage import UsageError, require_module

if TYPE_CHECKING:
    from .distribution import Distribution
    from .trial import Generate
    from .vendor import Wanted


def vendor(
    dest: Path,
    /,
    *options: str,
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
    options
        After `--`, further options of `stompgen generate`.
    spec
        Another AsyncAPI document than that of this distribution's own bindings.
    package
        Import name of the package; needed with `--spec`.
    check
        Write nothing; tell whether the folder is current and unmodified.
    force
        Overwrite files that were changed since they were vendored.

    """
    from .cli import main
    from .distribution import PACKAGE, IncompleteError, find
    from .output import ForeignFileError
    from .trial import NotGeneratedError
    from .vendor import Wanted, vendored_files, write

    if spec is not None and package is None:
        raise UsageError("a document of your own needs a name: give --package as well")
    if check and force:
        raise UsageError("--check writes nothing, so there is nothing to --force")
    name = package or PACKAGE
    require_module(name, "package")
    if dest.exists() and not dest.is_dir():
        raise UsageError(f"{dest} is not a folder")
    try:
        parts = find()
        document = parts.document if spec is None else spec
        wanted = Wanted(spec=document, package=name, given=spec is not None, more=options)
        if check:
            return _check(wanted, dest, parts, main)
        write(vendored_files(wanted, parts, main), dest, force=force)
    except (ForeignFileError, IncompleteError) as exc:
        raise UsageError(str(exc)) from None
    except NotGeneratedError:
        return 2
    return 0


def _check(wanted: "Wanted", dest: Path, parts: "Distribution", main: "Generate") -> int:
    from .vendor import KIND, state

    known = manifest.read(dest / wanted.folder)
    if not known or known["options"].get("kind") != KIND:
        others = sorted(path.parent.name for path in dest.glob(f"*/{manifest.NAME}"))
        hint = f"; --package may be {' or '.join(others)}" if others else ""
        raise UsageError(f"{dest / wanted.folder} holds no vendored package{hint}")
    if known["options"].get("document") == "given" and not wanted.given:
        raise UsageError(f"{wanted.package} was made of {known['document']}: give it with --spec")
    found = state(wanted, dest, parts, main)
    for path, how in found.modified.items():
        print(f"modified: {wanted.folder}/{path} ({how})")
    for path, how in found.outdated.items():
        print(f"outdated: {wanted.folder}/{path} ({how})")
    return 1 if found.modified or found.outdated else 0
