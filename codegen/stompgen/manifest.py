"""The manifest of a generated package: of what, by what and with which options it was made.

It lies in the package as `_manifest.json`. Whoever has the document and the generator can tell from
it, without generating anything, that a package is current and as it was written.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias, cast

NAME = "_manifest.json"
FORMAT = 1
TOOLS = ("datamodel-code-generator", "inflect", "jinja2", "pyyaml", "ruff", "worldpay-ips")
"""The distributions whose versions may show in the generated code; the last is the generator's."""

Manifest: TypeAlias = dict[str, Any]
UNREADABLE: Manifest = {}

TABLES = ("api", "files", "generator", "options", "spec")
# What a package is made by does not tell whether it is current; what it is made of does.
PROVENANCE = ("checksum", "generator", "spec")


def make(
    files: Mapping[str, str],
    *,
    api: Mapping[str, str],
    document: str,
    spec: Mapping[str, str],
    options: Mapping[str, object],
    made_by: Mapping[str, object] | None = None,
) -> str:
    """Return the text of a manifest.

    Args:
        files: The files of the package, path relative to it → text.
        api: Title and version of the API, as the document gives them.
        document: Name of the document, which is one of the spec's files.
        spec: Path → sha256 of every file that the document consists of.
        options: What else the code depends on.
        made_by: What the package was made by; `generator()` when it was the generator alone.
    """
    found: Manifest = {
        "format": FORMAT,
        "api": dict(api),
        "document": document,
        "spec": dict(spec),
        "options": dict(options),
        "generator": dict(made_by or generator()),
        "files": {path: sha256(text.encode("utf-8")) for path, text in files.items()},
    }
    return dump(found)


def with_manifest(
    files: Mapping[str, str],
    folder: str,
    *,
    api: Mapping[str, str],
    document: str,
    spec: Mapping[str, str],
    options: Mapping[str, object],
    made_by: Mapping[str, object] | None = None,
) -> dict[str, str]:
    """Return the files of a package that lies in a folder, and their manifest with them."""
    inside = {PurePosixPath(path).relative_to(folder).as_posix(): files[path] for path in files}
    text = make(inside, api=api, document=document, spec=spec, options=options, made_by=made_by)
    return {**files, f"{folder}/{NAME}": text}


def dump(manifest: Manifest) -> str:
    """Return the text of a manifest, with its checksum."""
    complete = {**manifest, "checksum": _checksum(manifest)}
    return json.dumps(complete, indent=2, sort_keys=True) + "\n"


def read(folder: Path) -> Manifest:
    """Return the manifest of a package; an empty one when there is none that can be trusted."""
    path = folder / NAME
    if path.is_symlink() or not path.is_file():
        return UNREADABLE
    return parse(path.read_bytes())


def parse(text: bytes) -> Manifest:
    """Return a manifest; an empty one when the text was changed, merged or is something else."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return UNREADABLE
    known = cast(Manifest, found) if isinstance(found, dict) else UNREADABLE
    if known.get("format") != FORMAT:
        return UNREADABLE
    tables = [known.get(key) for key in TABLES]
    if known.get("checksum") != _checksum(known) or not all(isinstance(t, dict) for t in tables):
        return UNREADABLE
    return known if all(map(_is_inside, [*known["files"], *known["spec"]])) else UNREADABLE


def listed(folder: Path) -> Mapping[str, str]:
    """Return the files that a package's manifest lists, path → sha256."""
    files: Mapping[str, str] = read(folder).get("files", {})
    return files


def same_contents(one: str, other: str) -> bool:
    """Tell whether two manifests list the same files, made with the same options."""
    first, second = parse(one.encode("utf-8", "replace")), parse(other.encode("utf-8", "replace"))
    return bool(first) and _contents(first) == _contents(second)


def differing(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    """Yield the listed files that are missing, changed, or links."""
    for path, digest in files.items():
        if file_digest(folder, path) != digest:
            yield path


def file_digest(folder: Path, path: str) -> str | None:
    """Return the sha256 of a file in a folder; None when it is no file, or reached by a link."""
    place = folder
    for part in PurePosixPath(path).parts:
        place /= part
        if place.is_symlink():
            return None
    return sha256(place.read_bytes()) if place.is_file() else None


def generator() -> dict[str, Any]:
    """Return what this generator is: a digest of its own files, and the versions of its tools."""
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "sources": tree_digest(Path(__file__).parent, leave_out=("documents",)),
        "tools": versions(TOOLS),
    }


def is_certain(facts: Mapping[str, Any]) -> bool:
    """Tell whether a generator's facts identify it: no version of a tool is unknown."""
    return all(facts["tools"][name] is not None for name in TOOLS[:-1])


def tree_digest(folder: Path, leave_out: Iterable[str] = ()) -> str:
    """Return one sha256 over the paths and contents of all files in a folder."""
    digest = hashlib.sha256()
    for path in sorted(_files(folder, {"__pycache__", *leave_out})):
        content = (folder / path).read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def versions(names: Iterable[str]) -> dict[str, str | None]:
    """Return the versions of installed distributions, None of those that are not.

    Read from the names of their folders: `importlib.metadata` takes longer than all the rest.
    """
    found: dict[str, str | None] = dict.fromkeys(names)
    for entry in reversed(sys.path):  # the first on the path counts, so it comes last
        try:
            folders = os.listdir(entry or ".")  # noqa: PTH208 - the names are all that is needed
        except OSError:
            continue
        for folder in folders:
            if folder.endswith(".dist-info"):
                name, _, version = folder.removesuffix(".dist-info").partition("-")
                name = name.replace("_", "-").replace(".", "-").lower()
                if name in found:
                    found[name] = version
    return found


def spec_digest(spec: Path, name: str) -> dict[str, str]:
    """Return a document's name and sha256; nothing when it is no file, which can be read once."""
    if not spec.is_file():
        return {}
    with spec.open("rb") as file:
        return {name: hashlib.file_digest(file, "sha256").hexdigest()}


def sha256(content: bytes) -> str:
    """Return a digest as text."""
    return hashlib.sha256(content).hexdigest()


def _files(folder: Path, leave_out: set[str]) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in leave_out]
        for name in names:
            yield (Path(place) / name).relative_to(folder).as_posix()


def _contents(manifest: Manifest) -> Manifest:
    return {key: value for key, value in manifest.items() if key not in PROVENANCE}


def _checksum(manifest: Manifest) -> str:
    rest = {key: value for key, value in manifest.items() if key != "checksum"}
    return sha256(json.dumps(rest, sort_keys=True).encode("utf-8"))


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not PurePosixPath(path).is_absolute()
