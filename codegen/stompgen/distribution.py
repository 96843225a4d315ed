"""Where the other parts of this distribution lie: installed beside us, or in the source tree.

Nothing of them is imported; they are read as files.
"""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import attrs

from . import manifest

NAME = "worldpay-ips"
PACKAGE = "worldpay_ips"
RUNTIME = "stompws"
DOCUMENTS = "documents"
"""The folder beside us into which the wheel puts the document of its bindings."""


class IncompleteError(Exception):
    """A part of the distribution is not where it has to be; the text says which."""


@attrs.frozen(kw_only=True)
class Distribution:
    """The parts of this distribution, as files."""

    version: str
    """As installed, or as the source tree says."""
    requires: tuple[str, ...]
    """What the runtime needs, as requirements."""
    python: str
    """Python's version, as a specifier."""
    licence: Path
    runtime: Path
    bindings: Path
    """The generated package."""
    documents: Path
    """The folder with the document of the bindings."""

    @property
    def document(self) -> Path:
        """The document of which the bindings were made. Raises IncompleteError."""
        name = manifest.read(self.bindings).get("document")
        if name is None:
            raise IncompleteError(f"the manifest in {self.bindings} cannot be trusted")
        if not (path := self.documents / str(name)).is_file():
            raise IncompleteError(f"{path} is missing; is {NAME} installed completely?")
        return path


def find() -> Distribution:
    """Find the parts. Raises IncompleteError."""
    here = Path(__file__).resolve().parent
    found = _installed(here) if (here.parent / RUNTIME).is_dir() else _in_tree(here.parents[1])
    for path in (found.licence, found.runtime, found.bindings):
        if not path.exists():
            raise IncompleteError(f"{path} is missing; is {NAME} installed completely?")
    return found


def _installed(here: Path) -> Distribution:
    try:
        installed = metadata.distribution(NAME)
    except metadata.PackageNotFoundError:
        raise IncompleteError(f"{NAME} is not installed") from None
    folder = here.parent
    licences = sorted(folder.glob(f"{PACKAGE}-{installed.version}.dist-info/**/LICENSE"))
    return Distribution(
        version=installed.version,
        requires=tuple(text for text in installed.requires or () if not is_optional(text)),
        python=str(installed.metadata["Requires-Python"]),
        licence=licences[0] if licences else folder / "LICENSE",
        runtime=folder / RUNTIME,
        bindings=folder / PACKAGE,
        documents=here / DOCUMENTS,
    )


def _in_tree(root: Path) -> Distribution:
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    except OSError:
        raise IncompleteError(f"{NAME} is not installed, and {root} is not its tree") from None
    return Distribution(
        version=project["version"],
        requires=tuple(project["dependencies"]),
        python=project["requires-python"],
        licence=root / "LICENSE",
        runtime=root / "runtime" / RUNTIME,
        bindings=root / "generated" / PACKAGE,
        documents=root / "spec",
    )


def is_optional(requirement: str) -> bool:
    """Tell whether a requirement belongs to an extra."""
    return re.search(r";.*\bextra\s*==", requirement) is not None
