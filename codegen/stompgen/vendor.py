"""One self-contained folder: a generated package with the runtime that it needs inside."""

import shlex
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import attrs

from . import manifest
from .distribution import NAME, PACKAGE, Distribution
from .fast_check import same_spec
from .output import ForeignFileError, package_folder, walk, write_folder
from .scaffolding import render

Generate: TypeAlias = Callable[[Sequence[str]], int]
"""The command line of the generator: takes arguments, returns its exit code."""

INSIDE = "_stompws"
RUNTIME = f".{INSIDE}"
KIND = "vendored"


class NotGeneratedError(Exception):
    """The generator refused; it has told why."""


@attrs.frozen(kw_only=True)
class Wanted:
    """What is to be vendored."""

    spec: Path
    package: str
    given: bool
    """The document was named by the user: it is not that of the distribution."""
    more: tuple[str, ...] = ()
    """Further options of `stompgen generate`."""

    @property
    def options(self) -> dict[str, object]:
        """As the manifest keeps them."""
        return {
            "document": "given" if self.given else "distribution",
            "kind": KIND,
            "more": list(self.more),
            "package": self.package,
            "runtime": RUNTIME,
        }

    @property
    def folder(self) -> str:
        """Where the package lies in the folder it is vendored into."""
        return self.package.replace(".", "/")


@attrs.frozen(kw_only=True)
class State:
    """How a vendored folder differs from what was written, and from what would be written now."""

    modified: Mapping[str, str]
    """Path → what happened to it: changed, missing or added."""
    outdated: Mapping[str, str]
    """Path → what would happen to it: changed, added or removed."""


def vendored_files(wanted: Wanted, parts: Distribution, generate: Generate) -> dict[str, str]:
    """Return the files of the folder, manifest included, by path from where it is put.

    Raises:
        NotGeneratedError: No code can be made of the document.
        OSError: A file cannot be read.
    """
    files, known = _generated(wanted, generate)
    inside = f"{wanted.folder}/{INSIDE}"
    for path in walk(parts.runtime):
        files[f"{inside}/{path}"] = _text(parts.runtime / path)
    files[f"{wanted.folder}/LICENSE"] = _text(parts.licence)
    files[f"{wanted.folder}/VENDORED.md"] = render(
        "VENDORED.md.jinja",
        package=wanted.package,
        title=known["api"]["title"],
        version=known["api"]["version"],
        document=wanted.spec.name,
        digest=known["spec"].get(known["document"], "unknown: it was read from a pipe"),
        distribution=NAME,
        distribution_version=parts.version,
        requires=parts.requires,
        python=parts.python,
        refresh=command(wanted),
        check=command(wanted, "--check"),
        left_out="the document," if wanted.given else "the document and its sources,",
    )
    return manifest.with_manifest(
        dict(sorted(files.items())),
        wanted.folder,
        api=known["api"],
        document=known["document"],
        spec=known["spec"],
        options=wanted.options,
        made_by=made_by(parts),
    )


def _generated(wanted: Wanted, generate: Generate) -> tuple[dict[str, str], manifest.Manifest]:
    """Let the generator write the package somewhere; return its files and its manifest."""
    with tempfile.TemporaryDirectory() as folder:
        where = ["--out", folder, "--package", wanted.package, "--runtime", RUNTIME]
        if generate(["generate", str(wanted.spec), *where, *wanted.more]):
            raise NotGeneratedError
        package = Path(folder) / wanted.folder
        known = manifest.read(package)
        return {f"{wanted.folder}/{path}": _text(package / path) for path in known["files"]}, known


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def command(wanted: Wanted, *check: str) -> str:
    """Return the command that writes the folder again, to be run beside it."""
    words = ["stompgen", "vendor", "../" * wanted.package.count(".") or ".", *check]
    if wanted.given:
        name = wanted.spec.name
        words += ["--spec", f"PATH/TO/{name if name.isprintable() else 'DOCUMENT'}"]
    if wanted.package != PACKAGE:
        words += ["--package", wanted.package]
    if wanted.more:
        words += ["--", *wanted.more]
    return shlex.join(words)


def made_by(parts: Distribution) -> dict[str, object]:
    """Return what the folder is made by, as the manifest keeps it."""
    return {
        **manifest.generator(),
        "distribution": parts.version,
        "runtime": manifest.tree_digest(parts.runtime),
    }


def write(files: Mapping[str, str], dest: Path, *, force: bool = False) -> None:
    """Write the folder: all of it or nothing.

    Raises:
        ForeignFileError: What is there was not vendored by us, or was changed since and `force`
            is not set. Nothing was changed.
    """
    package = package_folder(files)
    target = dest / package
    if target.is_dir() and any(target.iterdir()) and not (target / manifest.NAME).is_file():
        raise ForeignFileError(f"{target} exists and was not vendored")
    listed = manifest.listed(target)
    if not force and (target / manifest.NAME).is_file():
        if not listed:
            raise ForeignFileError(f"{target / manifest.NAME} was changed; --force overwrites all")
        changed = [path for path, how in modifications(target).items() if how == "changed"]
        if changed:
            raise ForeignFileError(
                f"changed since they were vendored: {', '.join(changed)}; --force overwrites them"
            )
    ours = {*listed, manifest.NAME}
    if force:
        ours |= {Path(path).relative_to(package).as_posix() for path in files}
    write_folder(
        files,
        dest,
        replaceable=lambda folder, path: path in ours or not (folder / path).exists(),
        stale=lambda _, path: path in ours,
    )


def modifications(target: Path) -> dict[str, str]:
    """Return the files that are not as they were written."""
    listed = manifest.listed(target)
    found = {
        path: "changed" if (target / path).exists() else "missing"
        for path in manifest.differing(target, listed)
    }
    added = [path for path in walk(target) if path not in listed and path != manifest.NAME]
    return dict(sorted({**found, **dict.fromkeys(added, "added")}.items()))


def state(wanted: Wanted, dest: Path, parts: Distribution, generate: Generate) -> State:
    """Compare a vendored folder with what was written, and with what would be written now.

    Raises:
        NotGeneratedError: No code can be made of the document.
    """
    target = dest / wanted.folder
    outdated = _outdated(wanted, target, parts, generate)
    return State(modified=modifications(target), outdated=outdated)


def _outdated(
    wanted: Wanted, target: Path, parts: Distribution, generate: Generate
) -> dict[str, str]:
    known, us = manifest.read(target), made_by(parts)
    if (
        manifest.is_certain(us)
        and known["generator"] == us
        and known["options"] == wanted.options
        and not wanted.more  # they may say where files lie, or which of them may be missing
        and same_spec(known, wanted.spec, wanted.spec.parent)
    ):
        return {}  # the same document, generator and runtime: the same files
    files = vendored_files(wanted, parts, generate)
    now = manifest.parse(files[f"{wanted.folder}/{manifest.NAME}"].encode())["files"]
    found = {
        path: "added" if path not in known["files"] else "changed"
        for path, digest in now.items()
        if known["files"].get(path) != digest
    }
    removed = dict.fromkeys(set(known["files"]) - set(now), "removed")
    return dict(sorted({**found, **removed}.items()))
