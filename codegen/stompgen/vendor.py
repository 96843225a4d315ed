"""One self-contained folder: a generated package with the runtime that it needs inside."""

import shlex
from collections.abc import Mapping
from pathlib import Path

import attrs

from . import DocumentError, generate_from, load, manifest
from .distribution import NAME, PACKAGE, Distribution
from .output import ForeignFileError, package_folder, walk, write_folder
from .pointers import as_object
from .problems import Problems
from .scaffolding import render

INSIDE = "_stompws"
RUNTIME = f".{INSIDE}"
KIND = "vendored"


@attrs.frozen(kw_only=True)
class Wanted:
    """What is to be vendored."""

    spec: Path
    package: str
    given: bool
    """The document was named by the user: it is not that of the distribution."""

    @property
    def options(self) -> dict[str, object]:
        """As the manifest keeps them."""
        return {
            "document": "given" if self.given else "distribution",
            "kind": KIND,
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


def vendored_files(wanted: Wanted, parts: Distribution, problems: Problems) -> dict[str, str]:
    """Return the files of the folder, manifest included, by path from where it is put.

    Raises:
        DocumentError: No code can be made of the document.
        OSError: A file cannot be read.
    """
    from .check import check

    spec = manifest.spec_digest(wanted.spec, wanted.spec.name)
    document = load(wanted.spec, problems)
    if document is not None:
        check(document, problems)
    if document is None or problems.errors:
        raise DocumentError(problems)
    files = generate_from(document, problems, package=wanted.package, runtime=RUNTIME)
    inside = f"{wanted.folder}/{INSIDE}"
    for path in sorted(parts.runtime.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            name = path.relative_to(parts.runtime).as_posix()
            files[f"{inside}/{name}"] = path.read_bytes().decode("utf-8")
    info = as_object(document.data.get("info"))
    files[f"{wanted.folder}/LICENSE"] = parts.licence.read_bytes().decode("utf-8")
    files[f"{wanted.folder}/VENDORED.md"] = render(
        "VENDORED.md.jinja",
        package=wanted.package,
        title=str(info.get("title", "")),
        version=str(info.get("version", "")),
        document=wanted.spec.name,
        digest=spec.get(wanted.spec.name, document.digest),
        distribution=NAME,
        distribution_version=parts.version,
        requires=parts.requires,
        python=parts.python,
        refresh=command(wanted),
        check=f"{command(wanted)} --check",
        left_out="the document," if wanted.given else "the document and its sources,",
    )
    return manifest.with_manifest(
        dict(sorted(files.items())),
        wanted.folder,
        document=wanted.spec.name,
        spec=getattr(document, "files", None) or spec,
        options=wanted.options,
        made_by=made_by(parts),
    )


def command(wanted: Wanted) -> str:
    """Return the command that writes the folder again, to be run beside it."""
    words = ["stompgen", "vendor", "../" * wanted.package.count(".") or "."]
    if wanted.given:
        name = wanted.spec.name
        words += ["--spec", f"PATH/TO/{name if name.isprintable() else 'DOCUMENT'}"]
    if wanted.package != PACKAGE:
        words += ["--package", wanted.package]
    return " ".join(word if word.isidentifier() else shlex.quote(word) for word in words)


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


def state(wanted: Wanted, dest: Path, parts: Distribution, problems: Problems) -> State:
    """Compare a vendored folder with what was written, and with what would be written now.

    Raises:
        DocumentError: No code can be made of the document.
    """
    target = dest / wanted.folder
    return State(
        modified=modifications(target), outdated=_outdated(wanted, target, parts, problems)
    )


def _outdated(
    wanted: Wanted, target: Path, parts: Distribution, problems: Problems
) -> dict[str, str]:
    known = manifest.read(target)
    us = made_by(parts)
    spec = manifest.spec_digest(wanted.spec, wanted.spec.name)
    if (
        manifest.is_certain(us)
        and known["generator"] == us
        and known["options"] == wanted.options
        and spec
        and known["spec"] == spec
    ):
        return {}  # the same document, generator and runtime: the same files
    prefix = f"{wanted.folder}/"
    files = vendored_files(wanted, parts, problems)
    now = manifest.parse(files[prefix + manifest.NAME].encode())["files"]
    found = {
        path: "added" if path not in known["files"] else "changed"
        for path, digest in now.items()
        if known["files"].get(path) != digest
    }
    return dict(
        sorted({**found, **dict.fromkeys(set(known["files"]) - set(now), "removed")}.items())
    )
