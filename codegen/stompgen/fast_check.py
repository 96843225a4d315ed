"""`generate --check` without generating: the manifest tells, when nothing at all has changed.

It answers "current" or "no idea", never "different": then the full check decides and shows how.
This runs before the command line is parsed and before anything heavy is imported.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from . import manifest
from .output import starts_as_generated, walk

FREE = frozenset({"check", "out", "root", "spec"})
"""Parameters of `generate` whose values do not matter: where things lie, and what to do."""


@attrs.frozen(kw_only=True)
class Asked:
    """A `generate --check` that was understood."""

    spec: Path
    out: Path
    root: Path
    """The folder below which the document's further files lie."""
    options: Mapping[str, object]
    """All options that matter, given or not, by name."""


def is_current(arguments: Sequence[str], command: Callable[..., object]) -> bool:
    """Tell whether a command line is `generate --check` of a package that is surely current.

    Args:
        arguments: The command line.
        command: The function behind `generate`, which knows the options and their defaults.
    """
    asked = understand(arguments, command)
    try:
        return asked is not None and nothing_changed(asked)
    except OSError:  # the full check will say what is wrong
        return False


def nothing_changed(asked: Asked) -> bool:
    """Compare everything that the code depends on, and the code, with the manifest.

    Raises OSError.
    """
    package = asked.out / str(asked.options["package"]).replace(".", "/")
    known = manifest.read(package)
    if not known or asked.options.get("lenient"):
        return False  # what a lenient run overlooked may be there by now
    us = manifest.generator()
    return (
        manifest.is_certain(us)
        and known["generator"] == us
        and known["options"] == asked.options
        and known.get("document") == entry_name(asked.spec, asked.root)
        and same_spec(known, asked.spec, asked.root)
        and not any(manifest.differing(package, known["files"]))
        and not any(_unlisted(package, known["files"]))
    )


def understand(arguments: Sequence[str], command: Callable[..., object]) -> Asked | None:
    """Read `generate SPEC --check …`; None when it is something else, or not plain enough."""
    given = list(arguments)
    if not given or given.pop(0) != "generate":
        return None
    kinds = command.__annotations__
    options: dict[str, object] = dict(getattr(command, "__kwdefaults__", None) or {})
    documents: list[str] = []
    while given:
        word = given.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("-"):
            documents.append(word)
        elif not word.startswith("--") or name not in kinds or name == "spec":
            return None
        elif kinds[name] is bool and not equals:
            options[name] = True
        elif kinds[name] is not bool and (equals or (given and not given[0].startswith("-"))):
            options[name] = value if equals else given.pop(0)
        else:
            return None
    if len(documents) != 1 or not options.get("check") or not {"out", "package"} <= set(options):
        return None
    spec, root = Path(documents[0]), options.get("root")
    return Asked(
        spec=spec,
        out=Path(str(options["out"])),
        root=Path(str(root)) if root else spec.parent,
        options=relevant(options),
    )


def entry_name(spec: Path, root: Path | None) -> str:
    """Return how the manifest names a document: its path below the root of what it refers to."""
    folder = spec.parent if root is None else root
    try:
        return spec.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return spec.name


def relevant(options: Mapping[str, Any]) -> dict[str, object]:
    """Return the options on which the code depends."""
    return {name: value for name, value in options.items() if name not in FREE}


def same_spec(known: manifest.Manifest, spec: Path, root: Path) -> bool:
    """Tell whether a document and all files that it refers to are those that a manifest knows."""
    document = known["document"]
    digest = manifest.sha256(spec.read_bytes()) if spec.is_file() else None
    others = {path: digest for path, digest in known["spec"].items() if path != document}
    return (
        digest is not None
        and digest == known["spec"].get(document)
        and not any(manifest.differing(root, others))
    )


def _unlisted(package: Path, files: Mapping[str, str]) -> list[str]:
    """List files with our header that the manifest does not know: they would be removed."""
    return [
        path
        for path in walk(package)
        if path.endswith(".py") and path not in files and starts_as_generated(package / path)
    ]
